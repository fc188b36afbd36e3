import { refuse, type Refusal } from '../../domain/kernel/refusal';
import { recordFiled as recordFiledDecision } from '../../domain/ticket/resolution';
import { isRequested } from '../../domain/ticket/state';
import type { CommandContext } from '../kernel/execute';
import { currentTicket } from '../kernel/streams';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import type { Ports } from '../kernel/ports/ports';
import { leaveFilingTurn, takeFilingTurn } from './filing-turn';
import { Command } from '../kernel/message';

export type RecordFiledInput = { readonly ticketId: string; readonly documentNumber: string };

/** Longer than the register is given for its answer, in milliseconds. */
const mostPatience = 5000;
const pause = 50;

/** `filed`: the log has said meanwhile which number counts; a machine that crashed behind that has kept its turn. */
const turnInTime = async (ports: Ports, ticketId: string): Promise<'mine' | 'filed' | 'taken'> => {
  const until = performance.now() + mostPatience;
  while (!(await takeFilingTurn(ports, ticketId, 'person'))) {
    const ticket = await currentTicket(ports, ticketId);
    if (isRequested(ticket) && ticket.resolution.filed !== undefined) return 'filed';
    if (performance.now() > until) return 'taken';
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return 'mine';
};

export class RecordFiled extends Command<RecordFiledInput, TicketDone> {}

/**
 * Art. 7. A person has made the connected document in the register and gives its number, before the machine has filed it, instead of it
 * or after it has given up. While the machine is asking the register, the person waits for what it says; from the moment on in which the
 * person has the turn, the machine files no more. The turn is given back once the log has said which number counts, and not when it
 * could not say: then the person sends the form again.
 */
export const recordFiled =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, documentNumber }: RecordFiledInput): Promise<TicketDone | Refusal> => {
    const decide = (): Promise<TicketDone | Refusal> =>
      decideOnTicket(ports, context, {
        ticketId,
        step: 'filed by hand',
        decide: (state) => recordFiledDecision({ documentNumber, at: context.at }, state),
      });
    const turn = await turnInTime(ports, ticketId);
    if (turn === 'taken') return refuse('wrong-state', { article: '7', reason: 'being-filed' });
    if (turn === 'filed') return decide();
    const outcome = await decide();
    await leaveFilingTurn(ports, ticketId, 'person');
    return outcome;
  };
