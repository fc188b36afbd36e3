import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import type { StaffRole } from '../../domain/staff/facts';
import { registerStaff as registerStaffDecision } from '../../domain/staff/staff-member';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { staffMembers } from '../kernel/streams';
import { isSameText } from '../kernel/typed-values';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

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
