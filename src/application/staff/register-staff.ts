import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate } from '../../domain/kernel/fact';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import type { StaffRole, WeeklyHours } from '../../domain/staff/facts';
import { leave, registerStaff as registerStaffDecision, setWorkingHours as setWorkingHoursDecision } from '../../domain/staff/staff-member';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { Command, Query } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { currentStaff, staffMembers } from '../kernel/streams';
import { isSameText, opened } from '../kernel/typed-values';

export type RegisterStaffInput = {
  readonly staffId: string;
  readonly name: string;
  readonly role: StaffRole;
  readonly department: string;
  readonly departmentCode: string;
  readonly email: string;
};
type StaffDone = Done<{ readonly staffId: string }>;

export class RegisterStaff extends Command<RegisterStaffInput, StaffDone> {}

/**
 * A civil servant who may be met, for the first time or again: only what changed becomes a fact.
 * @param bringsBack whether an official who has left is registered anew
 */
export const registerStaff =
  (ports: Ports, bringsBack = true) =>
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
          bringsBack,
          at: context.at,
        },
        state,
      ),
    );
    return isRefusal(registered) ? registered : done({ staffId }, registered.position);
  };

export type SetWorkingHoursInput = { readonly staffId: string; readonly from: CivilDate; readonly week: WeeklyHours };

export class SetWorkingHours extends Command<SetWorkingHoursInput, StaffDone> {}

/** A16. The week in force from that day on. */
export const setWorkingHours =
  (ports: Ports) =>
  async (context: CommandContext, { staffId, from, week }: SetWorkingHoursInput): Promise<StaffDone | Refusal> => {
    const set = await staffMembers
      .of(ports, staffId)
      .transact(context, 'hours', (state) => setWorkingHoursDecision({ from, week, at: context.at }, state));
    return isRefusal(set) ? set : done({ staffId }, set.position);
  };

/** `on` is the first day on which the person is no longer there. */
export type StaffLeft = { readonly staffId: string; readonly on: CivilDate };

export class RecordStaffDeparture extends Command<StaffLeft, StaffDone> {}

/** The person's days are closed from then on, and meetings in the way become tasks: that is for the processes. */
export const staffLeft =
  (ports: Ports) =>
  async (context: CommandContext, { staffId, on }: StaffLeft): Promise<StaffDone | Refusal> => {
    const left = await staffMembers.of(ports, staffId).transact(context, 'left', (state) => leave({ on, at: context.at }, state));
    return isRefusal(left) ? left : done({ staffId }, left.position);
  };

export type StaffMemberView = RegisterStaffInput & { readonly leftOn?: CivilDate };

export class GetStaffMember extends Query<{ readonly staffId: string }, StaffMemberView | Refusal> {}

/** A civil servant as registered last. */
export const staffMemberView =
  (ports: Ports) =>
  async ({ staffId }: { readonly staffId: string }): Promise<StaffMemberView | Refusal> => {
    const staff = await currentStaff(ports, staffId);
    if (staff.status === 'unknown') return refuse('not-found');
    const { name, email, role, department, departmentCode, leftOn } = staff;
    return opened(ports, { staffId, name, role, department, departmentCode, email, ...defined({ leftOn }) });
  };
