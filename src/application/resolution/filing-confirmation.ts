import type { Instant } from '../../domain/kernel/fact';
import { confirmFiling } from '../../domain/ticket/filing-confirmation';
import { plusHours } from '../../domain/time/civil-time';
import { dueAfter, type Waits } from '../kernel/processes/process';
import { causedBy, noteOutcome, type TicketEvent, ticketProcess, type TicketTodo } from '../kernel/processes/ticket-process';
import { askRegister } from './filing';

/** Numbers that a person gave, and since when; after `until` the register is not asked about them any more. */
type TypedNumber = TicketTodo & {
  readonly typedAt: Instant;
  readonly until: Instant;
  /** which documents: 0 the resolution’s, else the amendment’s; left out, the resolution’s alone */
  readonly documents?: readonly number[];
};

/** Longer than any register lags behind, and than one is away. */
const askedDays = 30;
/** An official who types a number has the document before them: the register mostly has it already. */
const looks = [
  { afterHours: 48, everyHours: 24 },
  { afterHours: 1, everyHours: 4 },
  { afterHours: 0, everyHours: 0.25 },
] as const;

const waits: Waits = { seconds: [60, 300, 900, 3600, 14_400], jitterPercent: 20 };

const evolve = (todo: TypedNumber | undefined, event: TicketEvent): TypedNumber | undefined => {
  const { fact, recordedAt } = event;
  switch (fact.type) {
    case 'ResolutionFiled':
    case 'FilingDisproved': {
      const { amendment = 0 } = fact.data;
      const others = (todo?.documents ?? (todo === undefined ? [] : [0])).filter((document) => document !== amendment);
      if (fact.type === 'FilingDisproved' || fact.data.grade === 'observed')
        return todo === undefined || others.length === 0 ? undefined : { ...todo, documents: others };
      const until = plusHours(recordedAt, askedDays * 24);
      return { ...causedBy(event), ...dueAfter(event), typedAt: recordedAt, until, documents: [...others, amendment] };
    }
    default:
      return todo;
  }
};

const nextLook = ({ typedAt, until }: TypedNumber, at: Instant): Instant | undefined => {
  if (at >= until) return undefined;
  const { everyHours } = looks.find(({ afterHours }) => at >= plusHours(typedAt, afterHours)) ?? looks[2];
  return plusHours(at, everyHours);
};

/**
 * Art. 7, C14: asks a register that can be asked for the document whose number a person gave, until it shows it, or has lagged behind for
 * longer than it may (policy `filing-confirmation`). A register that is away, or cannot be asked, says nothing, and nothing changes.
 */
export const filingConfirmationProcess = ticketProcess<TypedNumber>({
  name: 'process-filing-confirmation',
  version: 2,
  attempts: Number.POSITIVE_INFINITY,
  waits,
  columns: { until: 'text' },
  indexes: [['until']],
  evolve,
  again: nextLook,
  among: (at) => [{ column: 'until', from: at }],
  perform: async (ports, work) => {
    const { request } = work.ticket.booking;
    const documents = await askRegister(ports, () => Promise.resolve(ports.documents.connected?.(request)));
    if (documents === undefined) return;
    const { policies } = ports;
    await noteOutcome(ports, work, 'confirm', (state) => confirmFiling({ documents, policies, at: work.at }, state));
  },
  giveUp: () => Promise.resolve(),
});
