import type { Condition } from '@tichet-albastru/event-log/ports/read-models';

/** Rows of one person, or of all officials of a department. */
export type Whose = { readonly staffId: string } | { readonly departmentCode: string };

export const whoseRows = (whose: Whose): readonly Condition[] =>
  'staffId' in whose ? [{ column: 'staffId', is: whose.staffId }] : [{ column: 'departmentCode', is: whose.departmentCode }];
