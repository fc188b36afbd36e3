import { noteResolutionFiled } from '../../domain/ticket/resolution';
import { isRequested } from '../../domain/ticket/state';
import { plusSeconds } from '../../domain/time/civil-time';
import { currentTicket } from '../kernel/streams';
import { AskedToWait } from '../kernel/ports/asked-to-wait';
import type { Filed } from '../kernel/ports/document-register';
import type { Ports } from '../kernel/ports/ports';
import { RegisterUnavailable } from '../kernel/ports/register-unavailable';
import type { Waits } from '../kernel/processes/back-off';
import { leaveFilingTurn, takeFilingTurn } from './filing-turn';
import { raiseTaskOn } from '../kernel/processes/raise-task-on';
import {
  causedBy,
  noteOutcome,
  ticketProcess,
  type TicketEvent,
  type TicketTodo,
  type TicketWork,
} from '../kernel/processes/ticket-process';

const evolve = (todo: TicketTodo | undefined, event: TicketEvent): TicketTodo | undefined => {
  const { fact, recordedAt } = event;
  switch (fact.type) {
    case 'ResolutionIssued':
      return { ...causedBy(event), dueAt: recordedAt };
    case 'TaskRaised': {
      // Once a person was asked, the person files: the machine must not make a second document behind their back.
      if (todo === undefined || fact.data.kind !== 'file-resolution' || fact.data.subjectId !== todo.causeId) return todo;
      const { dueAt: _, ...waiting } = todo;
      return waiting;
    }
    case 'ResolutionFiled':
      return undefined;
    default:
      return todo;
  }
};

/** A person is entering the number just now: whether they did is seen at the next attempt. */
class FiledByHandNow extends Error {
  override readonly name = 'FiledByHandNow';
}

const askPerson = async (ports: Ports, work: TicketWork<TicketTodo>): Promise<void> => {
  const { staffId } = work.ticket.booking;
  const task = { kind: 'file-resolution', staffId, subjectId: work.todo.causeId } as const;
  await raiseTaskOn(ports, work, task, ({ resolution }) => resolution.filed === undefined);
};

/** With the turn: nobody has entered a number, and nobody can before this is over. */
const fileNow = async (ports: Ports, work: TicketWork<TicketTodo>): Promise<Filed | undefined> => {
  const { ticketId, ticket } = work;
  const { issued } = ticket.resolution;
  if (issued === undefined) return undefined;
  if (issued.documentNumber !== undefined) return { documentNumber: issued.documentNumber };
  const conclusions = await ports.personalData.open(issued.conclusions);
  // The record key ends with the retention of the document: what is gone cannot be filed any more.
  if (conclusions === undefined) return undefined;
  // A number that was entered while this waited for its turn.
  const now = await currentTicket(ports, ticketId);
  if (isRequested(now) && now.resolution.filed !== undefined) return undefined;
  try {
    return await ports.documents.file({ ticketId, request: ticket.booking.request, conclusions, issuedAt: issued.issuedAt });
  } catch (error) {
    const seconds = error instanceof RegisterUnavailable ? error.retryAfterSeconds : undefined;
    // from its answer on: whoever is among many has waited for a while when it comes
    throw seconds === undefined ? error : new AskedToWait(plusSeconds(ports.clock.now(), seconds));
  }
};

/**
 * Seconds between the attempts: what is but a restart of the gateway is over soon, and a gateway that is away for a day is asked twelve
 * times. The sum, with its jitter, stays below 24 hours.
 */
const waits: Waits = { seconds: [5, 60, 300, 900, 1800, 3600, 7200, 14_400, 14_400, 14_400, 14_400], jitterPercent: 20 };

/** Art. 7: makes of the resolution a document connected to the request. A number that the civil servant gave counts. */
export const filingProcess = ticketProcess({
  name: 'process-filing',
  version: 2,
  attempts: waits.seconds.length + 1,
  waits,
  evolve,
  perform: async (ports, work) => {
    const { ticketId, at } = work;
    if (!(await takeFilingTurn(ports, ticketId, 'machine'))) throw new FiledByHandNow('A person is entering the number.');
    try {
      const filed = await fileNow(ports, work);
      if (filed === undefined) return;
      if ('byHand' in filed) {
        await askPerson(ports, work);
        return;
      }
      const { documentNumber } = filed;
      await noteOutcome(ports, work, 'file', (state) => noteResolutionFiled({ documentNumber, at }, state));
    } finally {
      await leaveFilingTurn(ports, ticketId, 'machine');
    }
  },
  giveUp: async (ports, work) => {
    await askPerson(ports, work);
    await leaveFilingTurn(ports, work.ticketId, 'machine');
  },
});
