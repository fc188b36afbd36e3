import type { KnownStaff } from '../../domain/staff/staff-member';
import type { StaffRole } from '../../domain/staff/facts';
import { erasedMark } from '../kernel/ports/personal-data';
import type { Ports } from '../kernel/ports/ports';

/** Art. 1: whom the citizen meets. A civil servant's name, in clear. */
export type MeetWith = { readonly name: string; readonly role: StaffRole; readonly department: string };

export const meetWith = async (ports: Pick<Ports, 'personalData'>, { name, role, department }: KnownStaff): Promise<MeetWith> => ({
  name: (await ports.personalData.open(name)) ?? erasedMark,
  role,
  department,
});
