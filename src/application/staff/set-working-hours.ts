import type { CivilDate } from '../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import type { WeeklyHours } from '../../domain/staff/facts';
import { setWorkingHours as setWorkingHoursDecision } from '../../domain/staff/staff-member';
import { done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { staffMembers } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import type { StaffDone } from './register-staff';
import { Command } from '../kernel/message';

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
