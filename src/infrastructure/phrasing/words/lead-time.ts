import type { PolicyValues } from '../../../domain/policies';

type Counted = NonNullable<PolicyValues['lead-time']['counted']>;
/** As the catalogues call them: their keys have no hyphens. */
const calledAs = { 'from-next-midnight': 'midnight', 'working-hours': 'office' } as const satisfies Record<Counted, string>;

/** What a sentence about the hours of Art. 4 wants to know (A7): how many, and how they are counted. */
export const leadTimeInWords = ({ hours, counted }: { readonly hours: number; readonly counted?: unknown }) => ({
  hours,
  counted: counted === 'from-next-midnight' || counted === 'working-hours' ? calledAs[counted] : ('elapsed' as const),
});
