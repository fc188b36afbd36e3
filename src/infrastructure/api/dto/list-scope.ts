import type { AuditScope } from '../../../application/audit/audit-list';
import type { Ports } from '../../../application/kernel/ports/ports';
import { staffNamed } from '../../../application/staff/staff-directory';
import { defined } from '../../../domain/kernel/defined';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import { parseReference } from '../../../domain/ticket/ticket';
import { startOfDay, startOfNextDay } from '../../../domain/time/civil-time';
import { inBoth } from '../../phrasing/sentences';
import { invalidField } from '../problem/invalid';
import type { AuditFileQuery } from './reading';

/** Whom a list is about, by id or by name. @throws HttpProblem `invalid` where nobody is called so, or several are */
export const staffIdIn = async (
  ports: Pick<Ports, 'readModels' | 'personalData'>,
  { staffId, staffName }: { readonly staffId?: string | undefined; readonly staffName?: string | undefined },
): Promise<string | undefined> => {
  if (staffName === undefined) return staffId;
  if (staffId !== undefined) throw invalidField('staffName', inBoth.api.invalid.oneOfPerson);
  const [found, ...others] = await staffNamed(ports, staffName);
  if (found === undefined) throw invalidField('staffName', inBoth.api.invalid.nobodyNamed);
  if (others.length === 0) return found.staffId;
  const people = [found, ...others].map((one) => `${one.staffId} (${one.department})`).join(', ');
  throw invalidField('staffName', inBoth.api.invalid.severalNamed({ people }));
};

/** Days from and to, both whole. */
export const daysIn = ({
  from,
  to,
}: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): Pick<AuditScope, 'from' | 'before'> => ({
  ...(from === undefined ? {} : { from: startOfDay(from) }),
  ...(to === undefined ? {} : { before: startOfNextDay(to) }),
});

type Asked = { readonly [F in keyof AuditFileQuery]: AuditFileQuery[F] };

/** Which tickets a query means, but for their department. @throws HttpProblem `invalid` */
export const scopeIn = async (
  ports: Pick<Ports, 'readModels' | 'personalData'>,
  { from, to, mode, ground, reference: printed, requestNumber: written, ...person }: Asked,
): Promise<Omit<AuditScope, 'departmentCode'>> => {
  const reference = printed === undefined ? undefined : parseReference(printed);
  if (printed !== undefined && reference === undefined) throw invalidField('reference', inBoth.api.invalid.notReference);
  const requestNumber = written === undefined ? undefined : parseRegistrationNumber(written)?.number;
  if (written !== undefined && requestNumber === undefined) throw invalidField('requestNumber', inBoth.api.invalid.number);
  return { ...daysIn({ from, to }), ...defined({ mode, ground, reference, requestNumber, staffId: await staffIdIn(ports, person) }) };
};
