import { defined } from '../../domain/kernel/defined';
import type { CivilDate } from '../../domain/kernel/fact';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import type { StaffRole } from '../../domain/staff/facts';
import { registerStaff as registerStaffDecision } from '../../domain/staff/staff-member';
import { done, type Done } from '../kernel/done';
import { erasedMark } from '../kernel/ports/personal-data';
import type { CommandContext } from '../kernel/execute';
import { currentStaff, staffMembers } from '../kernel/streams';
import { isSameText } from '../kernel/typed-values';
import type { Ports } from '../kernel/ports/ports';
import { Command, Query } from '../kernel/message';

export type RegisterStaffInput = {
  readonly staffId: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly department: string;
  readonly departmentCode: string;
  readonly email: string;
};
export type StaffDone = Done<{ readonly staffId: string }>;

export class RegisterStaff extends Command<RegisterStaffInput, StaffDone> {}

/** A civil servant who may be met, for the first time or again: only what changed becomes a fact. */
export const registerStaff =
  (ports: Ports) =>
  async (context: CommandContext, command: RegisterStaffInput): Promise<StaffDone | Refusal> => {
    const { staffId, name, email, role, department, departmentCode } = command;
    const registered = await staffMembers.of(ports, staffId).transact(context, 'register', async (state) =>
      registerStaffDecision(
        {
          staffId,
          name: personal('staff', name),
          email: personal('staff', email),
          role,
          department,
          departmentCode,
          sameName: state.status === 'known' && (await isSameText(ports, state.name, name)),
          sameEmail: state.status === 'known' && (await isSameText(ports, state.email, email)),
          at: context.at,
        },
        state,
      ),
    );
    return isRefusal(registered) ? registered : done({ staffId }, registered.position);
  };

export type StaffMemberView = RegisterStaffInput & { readonly leftOn?: CivilDate };

export class GetStaffMember extends Query<{ readonly staffId: string }, StaffMemberView | Refusal> {}

/** A civil servant as registered last. */
export const staffMemberView =
  (ports: Ports) =>
  async ({ staffId }: { readonly staffId: string }): Promise<StaffMemberView | Refusal> => {
    const staff = await currentStaff(ports, staffId);
    if (staff.status === 'unknown') return refuse('not-found');
    const { role, department, departmentCode, leftOn } = staff;
    const [name, email] = await Promise.all([ports.personalData.open(staff.name), ports.personalData.open(staff.email)]);
    return { staffId, name: name ?? erasedMark, role, department, departmentCode, email: email ?? erasedMark, ...defined({ leftOn }) };
  };
