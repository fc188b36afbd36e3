import { defined } from '../../domain/kernel/defined';
import type { Refusal } from '../../domain/kernel/refusal';
import { recordCitizenAbsent, recordStaffAbsent } from '../../domain/ticket/meeting';
import type { CommandContext } from '../kernel/execute';
import { currentCalendar } from '../kernel/streams';
import { decideAndAdvance, decideOnTicket, type TicketDone } from '../booking/on-ticket';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

export type RecordAbsent = { readonly ticketId: string; readonly who: 'citizen' | 'staff'; readonly waitedMinutes?: number };

export class RecordAbsentParty extends Command<RecordAbsent, TicketDone> {}

/** A22: the citizen did not come, which ends the ticket. A23: the staff member did not, which ends nothing. */
export const recordAbsent =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, who, waitedMinutes }: RecordAbsent): Promise<TicketDone | Refusal> => {
    const { at } = context;
    const { policies } = ports;
    if (who === 'citizen') {
      const waited = defined({ waitedMinutes });
      return decideAndAdvance(ports, context, {
        ticketId,
        step: 'citizen absent',
        decide: (state) => recordCitizenAbsent({ ...waited, at, policies }, state),
      });
    }
    const calendar = await currentCalendar(ports);
    return decideOnTicket(ports, context, {
      ticketId,
      step: 'staff absent',
      decide: (state) => recordStaffAbsent({ at, policies, calendar }, state),
    });
  };
