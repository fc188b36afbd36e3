import type { Instant } from '../../domain/kernel/fact';
import { responsibleFor } from '../../domain/request/admission';
import type { RegisteredRequest } from '../../domain/request/request';
import { hasLeft, type KnownStaff } from '../../domain/staff/staff-member';
import { civilDateOf } from '../../domain/time/civil-time';
import { currentStaff } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../kernel/ports/tables';

/** Whom the citizen meets, and for whom that person stands in, if the responsible one has left (A3). */
export type Responsible = { readonly staff: KnownStaff; readonly standsInFor?: string };

/** A3. The responsible official; if that person left, the head of the office, else of the service; `undefined` when there is none. */
export const responsibleStaff = async (ports: Ports, request: RegisteredRequest, at: Instant): Promise<Responsible | undefined> => {
  const staffId = responsibleFor(request);
  const staff = await currentStaff(ports, staffId);
  if (staff.status === 'known' && !hasLeft(staff, civilDateOf(at))) return { staff };
  const departmentCode = staff.status === 'known' ? staff.departmentCode : request.departmentCode;
  const head = departmentCode === undefined ? undefined : await headOf(ports, departmentCode, at);
  return head && { staff: head, standsInFor: staffId };
};

/** Who heads it: the head of the office, else of the service; `undefined` where there is no head any more. */
export const headOf = async (ports: Ports, departmentCode: string, at: Instant): Promise<KnownStaff | undefined> => {
  const today = civilDateOf(at);
  for (const role of ['head-of-office', 'head-of-service'] as const) {
    const heads = await ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, {
      where: [
        { column: 'departmentCode', is: departmentCode },
        { column: 'role', is: role },
      ],
    });
    for (const head of heads.rows) {
      const current = await currentStaff(ports, head.staffId);
      if (current.status === 'known' && !hasLeft(current, today)) return current;
    }
  }
  return undefined;
};
