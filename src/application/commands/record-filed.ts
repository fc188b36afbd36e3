import { refuse, type Refusal } from '../../domain/kernel/refusal';
import { recordFiled as recordFiledDecision } from '../../domain/ticket/record-filed';
import type { CommandContext } from '../execute';
import { decideOnTicket, type TicketDone } from '../on-ticket';
import type { Ports } from '../ports/ports';
import { leaveFilingTurn, takeFilingTurn } from '../processes/filing-turn';

export type RecordFiled = { readonly ticketId: string; readonly documentNumber: string };

/** Longer than the register is given for its answer, in milliseconds. */
const mostPatience = 5000;
const pause = 50;

const turnInTime = async (ports: Ports, ticketId: string): Promise<boolean> => {
  const until = performance.now() + mostPatience;
  while (!(await takeFilingTurn(ports, ticketId, 'person'))) {
    if (performance.now() > until) return false;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return true;
};

/**
 * Art. 7. A person has made the connected document in the register and gives its number, before the machine has filed it, instead of it
 * or after it has given up. While the machine is asking the register, the person waits for what it says; from the moment on in which the
 * person has the turn, the machine files no more. The turn is given back once the log has said which number counts, and not when it
 * could not say: then the person sends the form again.
 */
export const recordFiled =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, documentNumber }: RecordFiled): Promise<TicketDone | Refusal> => {
    const decide = (): Promise<TicketDone | Refusal> =>
      decideOnTicket(ports, context, {
        ticketId,
        step: 'filed by hand',
        decide: (state) => recordFiledDecision({ documentNumber, at: context.at }, state),
      });
    if (!(await turnInTime(ports, ticketId))) return refuse('wrong-state', { article: '7', reason: 'being-filed' });
    const outcome = await decide();
    await leaveFilingTurn(ports, ticketId, 'person');
    return outcome;
  };
