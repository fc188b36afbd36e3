import type { CivilDate } from '../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { leave } from '../../domain/staff/staff-member';
import { done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { staffMembers } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import type { StaffDone } from './register-staff';
import { Command } from '../kernel/message';

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
