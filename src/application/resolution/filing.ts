import { pause } from '@tichet-albastru/kernel/pause';
import { defined } from '@tichet-albastru/kernel/defined';
import { type Refusal, refuse } from '../../domain/kernel/refusal';
import { documentsOf, documentToFile, noteResolutionFiled, recordFiled as recordFiledDecision } from '../../domain/ticket/resolution';
import { isRequested, type RequestedTicket } from '../../domain/ticket/ticket';
import { plusSeconds } from '../../domain/time/civil-time';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import type { CommandContext } from '../kernel/execute';
import { Command } from '../kernel/message';
import { AskedToWait } from '../kernel/ports/asked-to-wait';
import { type Filed, RegisterUnavailable } from '../kernel/ports/document-register';
import type { Ports } from '../kernel/ports/ports';
import { dueAfter, type Waits } from '../kernel/processes/process';
import {
  causedBy,
  noteOutcome,
  raiseTaskOn,
  type TicketEvent,
  ticketProcess,
  type TicketTodo,
  type TicketWork,
} from '../kernel/processes/ticket-process';
import { currentTicket, tickets } from '../kernel/streams';

/** Who makes the connected document: the machine through the register's gateway, or a person in the register itself. */
type FilingHand = 'machine' | 'person';
type TurnPorts = Pick<Ports, 'operations'>;

const holderOf = (ticketId: string, hand: FilingHand): string => `filing/${hand}/${ticketId}`;

/**
 * Only one of the two may file: between the process's look at the log and the register's answer no official may enter a number, and once an
 * official has begun to, the process must not file any more. The turn is one place under a tag, taken by one statement in every store. It
 * outlives a crash: the process takes its own again when it repeats the call, the official when the form is sent again.
 * @returns false while the other one has it
 */
export const takeFilingTurn = ({ operations }: TurnPorts, ticketId: string, hand: FilingHand): Promise<boolean> =>
  operations.places.claim(`filing/${ticketId}`, holderOf(ticketId, hand), 1);

export const leaveFilingTurn = ({ operations }: TurnPorts, ticketId: string, hand: FilingHand): Promise<void> =>
  operations.places.release(holderOf(ticketId, hand));

export type RecordFiledInput = { readonly ticketId: string; readonly documentNumber: string };

/** Longer than the register is given for its answer, in milliseconds. */
const mostPatience = 5000;
const pauseMilliseconds = 50;

/** `filed`: the log has said meanwhile which number counts; a machine that crashed behind that has kept its turn. */
const turnInTime = async (ports: Ports, ticketId: string): Promise<'mine' | 'filed' | 'taken'> => {
  const until = performance.now() + mostPatience;
  while (!(await takeFilingTurn(ports, ticketId, 'person'))) {
    const ticket = await currentTicket(ports, ticketId);
    if (isRequested(ticket) && documentToFile(ticket) === undefined) return 'filed';
    if (performance.now() > until) return 'taken';
    await pause(pauseMilliseconds);
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
    const stream = tickets.of(ports, ticketId);
    const forbidden = await stream.forbids(context, (await stream.load()).state, { type: 'ResolutionFiled', data: {} });
    if (forbidden) return forbidden;
    const turn = await turnInTime(ports, ticketId);
    if (turn === 'taken') return refuse('wrong-state', { article: '7', reason: 'being-filed' });
    if (turn === 'filed') return decide();
    const outcome = await decide();
    await leaveFilingTurn(ports, ticketId, 'person');
    return outcome;
  };

/** The resolution, or an amendment by its number, to be filed; and those that wait behind it: they are filed in their order. */
type FilingTodo = TicketTodo & { readonly amendment?: number; readonly behind?: readonly FilingTodo[] };

const evolve = (todo: FilingTodo | undefined, event: TicketEvent): FilingTodo | undefined => {
  const { fact } = event;
  switch (fact.type) {
    case 'ResolutionIssued':
      return { ...causedBy(event), ...dueAfter(event) };
    case 'ResolutionAmended': {
      const amended = { ...causedBy(event), ...dueAfter(event), amendment: fact.data.amendment };
      return todo === undefined ? amended : { ...todo, behind: [...(todo.behind ?? []), amended] };
    }
    case 'TaskRaised': {
      // Once a person was asked, the person files: the machine must not make a second document behind their back.
      if (todo === undefined || fact.data.kind !== 'file-resolution' || fact.data.subjectId !== todo.causeId) return todo;
      const { dueAt: _, countedFrom: __, ...waiting } = todo;
      return waiting;
    }
    case 'ResolutionFiled': {
      if (todo === undefined || todo.amendment !== fact.data.amendment) return todo;
      const [next, ...behind] = todo.behind ?? [];
      return next && { ...next, ...(behind.length === 0 ? {} : { behind }) };
    }
    default:
      return todo;
  }
};

/** A person is entering the number just now: whether they did is seen at the next attempt. */
class FiledByHandNow extends Error {
  override readonly name = 'FiledByHandNow';
}

const isFiled = ({ resolution }: RequestedTicket, { amendment }: FilingTodo): boolean =>
  documentsOf(resolution).some((document) => document.amendment === amendment && document.filed !== undefined);

const askPerson = async (ports: Ports, work: TicketWork<FilingTodo>): Promise<void> => {
  const { staffId } = work.ticket.booking;
  const task = { kind: 'file-resolution', staffId, subjectId: work.todo.causeId } as const;
  await raiseTaskOn(ports, work, task, (ticket) => !isFiled(ticket, work.todo));
};

/** What the register is asked; where it wants to be left alone for a while, it is. */
export const askRegister = async <T>({ clock }: Pick<Ports, 'clock'>, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    const seconds = error instanceof RegisterUnavailable ? error.retryAfterSeconds : undefined;
    // from its answer on: a call among many has waited for a while when the answer comes
    throw seconds === undefined ? error : new AskedToWait(plusSeconds(clock.now(), seconds));
  }
};

/** In Romanian, as everything in the register is: what of the resolution the document puts right. */
const headings = { erratum: 'Erată', replacement: 'Înlocuire' } as const;

/** What is filed: the resolution as it was issued, or the amendment. */
const writtenOf = ({ resolution, reference }: RequestedTicket, { amendment }: FilingTodo) => {
  if (amendment === undefined) return resolution.issued && { ...resolution.issued, at: resolution.issued.issuedAt, heading: '' };
  const amended = resolution.amendments.find((one) => one.amended.amendment === amendment)?.amended;
  return (
    amended && {
      ...amended,
      at: amended.amendedAt,
      heading: `${headings[amended.form]} nr. ${amendment} la rezoluția tichetului ${reference}.\n\n`,
    }
  );
};

/** With the turn: no official has entered a number, and none can before this is over. */
const fileNow = async (ports: Ports, work: TicketWork<FilingTodo>): Promise<Filed | undefined> => {
  const { ticketId, ticket, todo } = work;
  const written = writtenOf(ticket, todo);
  if (written === undefined) return undefined;
  if (written.documentNumber !== undefined) return { documentNumber: written.documentNumber };
  const conclusions = await ports.personalData.open(written.conclusions);
  // The record key ends with the retention of the document: what is gone cannot be filed any more.
  if (conclusions === undefined) return undefined;
  // A number that was entered while this waited for its turn.
  const now = await currentTicket(ports, ticketId);
  if (isRequested(now) && isFiled(now, todo)) return undefined;
  const { at: issuedAt, heading } = written;
  const document = { ticketId, request: ticket.booking.request, conclusions: `${heading}${conclusions}`, issuedAt };
  return askRegister(ports, () => ports.documents.file({ ...document, ...defined({ amendment: todo.amendment }) }));
};

/**
 * Seconds between the attempts: what is but a restart of the gateway is over soon, and a gateway that is away for a day is asked twelve
 * times. The sum, with its jitter, stays below 24 hours.
 */
const waits: Waits = { seconds: [5, 60, 300, 900, 1800, 3600, 7200, 14_400, 14_400, 14_400, 14_400], jitterPercent: 20 };

/** Art. 7: makes of the resolution a document connected to the request. A number that the civil servant gave counts. */
export const filingProcess = ticketProcess<FilingTodo>({
  name: 'process-filing',
  version: 4,
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
      // A number that the civil servant typed is what a person says.
      const grade = writtenOf(work.ticket, work.todo)?.documentNumber === undefined ? 'observed' : 'declared';
      const { amendment } = work.todo;
      await noteOutcome(ports, work, 'file', (state) => noteResolutionFiled({ documentNumber, amendment, grade, at }, state));
    } finally {
      await leaveFilingTurn(ports, ticketId, 'machine');
    }
  },
  giveUp: async (ports, work) => {
    await askPerson(ports, work);
    await leaveFilingTurn(ports, work.ticketId, 'machine');
  },
});
