import type { AuditScope } from '../../../application/audit/audit-list';
import { defined } from '@tichet-albastru/kernel/defined';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import { parseReference } from '../../../domain/ticket/ticket';
import { wholeDays } from '../../../domain/time/civil-time';
import { inBoth } from '../../phrasing/sentences';
import { invalidField } from '../problem/invalid';
import type { AuditFileQuery } from './reading';

type Asked = { readonly [F in keyof AuditFileQuery]: AuditFileQuery[F] };

/** Which tickets a query means, but for their department. @throws HttpProblem `invalid` */
export const scopeIn = ({
  from,
  to,
  mode,
  ground,
  reference: printed,
  requestNumber: written,
  staffId,
}: Asked): Omit<AuditScope, 'departmentCode'> => {
  const reference = printed === undefined ? undefined : parseReference(printed);
  if (printed !== undefined && reference === undefined) throw invalidField('reference', inBoth.api.invalid.notReference);
  const request = written === undefined ? undefined : parseRegistrationNumber(written);
  if (written !== undefined && request === undefined) throw invalidField('requestNumber', inBoth.api.invalid.number);
  return {
    ...wholeDays({ from, to }),
    ...defined({ mode, ground, reference, staffId, requestNumber: request?.number, filedOn: request?.filedOn }),
  };
};
