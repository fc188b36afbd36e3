import {
  type AuditedTicket,
  auditTicket,
  evidenceNamed,
  type OtherEvent,
  type RefusedAttempt,
  refusedAttempts,
} from '../../../application/audit/audit-ticket';
import { EventLogCorrupt, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../../application/kernel/ports/ports';
import { RowParked } from '@tichet-albastru/event-log/ports/read-models';
import type { LogCheckpoint } from '../../../application/kernel/ports/signed-log';
import { tables } from '../../../application/kernel/ports/tables';
import { tickets } from '../../../application/kernel/streams';
import type { ChainState } from '../../../domain/audit/case-file';
import { type HistoryStep, historySteps, type ReplayedStep, replayedStep } from '../../../domain/audit/history';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant, RecordedFact } from '../../../domain/kernel/fact';
import { isRefusal } from '../../../domain/kernel/refusal';
import { type TicketFact, ticketStream } from '../../../domain/ticket/facts';
import { atLocal, isCivilDate, momentBefore, parseInstant, plusSeconds } from '../../../domain/time/civil-time';
import { HttpProblem } from '../../api/problem/problem';
import { type ChainFault, verifyChain } from '@tichet-albastru/event-log/codec/verify-chain';
import { type Seals, sealsOf } from '../../phrasing/audit/state-rows';
import { chainOf, signedState } from '../../proof/chain-of';
import { ticketProof } from '../../proof/ticket-proof';
import { checkpointOf, type Cosignature, cosignaturesIn, LogNotAsSigned, signedNoteOf } from '@tichet-albastru/signed-log';
import { queryParametersOf } from '../page/query-parameters';

/** What of a ticket's past is to be shown, as the address says it. */
type TicketQuery = {
  /** the text of the moment, as it was typed */
  readonly typed: string;
  /** nothing recorded later is known; without it: now */
  readonly until?: Instant;
  /** a moment was typed that is none */
  readonly faulty: boolean;
  /** the step to look at, from 1 on */
  readonly step?: number;
  /** the event to look at, when its step is not known */
  readonly eventId?: string;
};

const wall = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d{1,3})?)?$/;
const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/**
 * The instant of a moment in Romania, taken to the end of what was written: of its minute, or of its second. Facts are shown to the
 * second, so a reader who types the second of a fact must see that fact. With an offset or `Z`, that very instant.
 */
export const momentTyped = (text: string): Instant | undefined => {
  const exact = parseInstant(text);
  if (exact !== undefined) return exact;
  const [, date = '', time = '', seconds] = wall.exec(text) ?? [];
  if (!isCivilDate(date) || !timeOfDay.test(time) || Number(seconds ?? 0) >= 60) return undefined;
  const start = plusSeconds(atLocal(date, time), Number(seconds ?? 0));
  return momentBefore(plusSeconds(start, seconds === undefined ? 60 : 1));
};

export const ticketQuery = (query: unknown): TicketQuery => {
  const asked = queryParametersOf(query);
  const [typed, step, eventId] = [asked('la'), asked('pas'), asked('eveniment')];
  const until = momentTyped(typed);
  return {
    typed,
    faulty: typed !== '' && until === undefined,
    ...defined({ until }),
    ...(/^[1-9]\d{0,5}$/.test(step) ? { step: Number(step) } : {}),
    ...(eventId === '' ? {} : { eventId }),
  };
};

/** What is to be known of a file, as its address says it. @throws HttpProblem `invalid` for a moment that is none */
export const momentQuery = (query: unknown): { readonly asOf?: Instant } => {
  const { faulty, until } = ticketQuery(query);
  if (faulty) throw new HttpProblem({ code: 'invalid' });
  return defined({ asOf: until });
};

/** The same moment, in the address of a file. */
export const momentIn = ({ until, typed }: TicketQuery): string => (until === undefined ? '' : `?la=${encodeURIComponent(typed)}`);

/** The number of the step to show, from 1 on: the one that was asked for, as far as there are so many, else the last. */
export const stepNumber = (steps: readonly HistoryStep[], { step, eventId }: TicketQuery): number => {
  const named = eventId === undefined ? -1 : steps.findIndex((one) => one.eventId === eventId);
  return named >= 0 ? named + 1 : Math.min(step ?? steps.length, steps.length);
};

/** The address of one step of a ticket, of the past that is looked at; the place of the page where the step is told. */
export const stepPath = (ticketId: string, { typed, faulty }: Pick<TicketQuery, 'typed' | 'faulty'>, step: number): string =>
  `/audit/${ticketId}?pas=${step}${typed === '' || faulty ? '' : `&la=${encodeURIComponent(typed)}`}#pas`;

/** What the seal says of one ticket. Events are counted from 1 on, as steps are. */
export type TicketSealView =
  | {
      readonly kind: 'sealed';
      /** events of the whole log that the checkpoint covers, and the root over them */
      readonly size: number;
      readonly root: string;
      /** the ticket's first so many events are sealed */
      readonly sealed: number;
      readonly notYet: number;
      readonly cosigned: readonly Cosignature[];
    }
  /**
   * `not-sealed`: this installation does not seal; `not-yet`: nothing of this ticket was sealed yet; `broken`: what was signed last is not
   * ours, or the ticket cannot be read
   */
  | { readonly kind: 'not-sealed' | 'not-yet' | 'broken' }
  /** this event is not the one that was sealed in its place */
  | { readonly kind: 'differs'; readonly number: number };

const numberOf = async ({ store }: Pick<Ports, 'store'>, ticketId: string, eventId: string): Promise<number> => {
  for await (const event of store.read(ticketStream(ticketId))) if (event.id === eventId) return event.revision + 1;
  return 1;
};

/** A fault of the seal or of the log is an answer here, and no error: the page is there to show it. */
const ticketSealView = async (ports: Pick<Ports, 'store' | 'signedLog'>, ticketId: string): Promise<TicketSealView> => {
  try {
    const proved = await ticketProof(ports, ticketId);
    if (isRefusal(proved)) return { kind: 'not-yet' };
    if (proved.kind === 'differs' && proved.eventId !== undefined)
      return { kind: 'differs', number: await numberOf(ports, ticketId, proved.eventId) };
    if (proved.kind === 'differs' || proved.kind === 'unreadable') return { kind: 'broken' };
    if (proved.kind !== 'proved') return { kind: proved.kind };
    const { checkpoint, events, notYetSealed } = proved.proof;
    const signed = checkpointOf(signedNoteOf(checkpoint)?.text ?? '');
    if (signed === undefined) return { kind: 'broken' };
    const { size, root } = signed;
    const cosigned = cosignaturesIn(checkpoint);
    return { kind: 'sealed', size, root: root.toString('hex'), sealed: events.length, notYet: notYetSealed, cosigned };
  } catch (error) {
    if (error instanceof LogNotAsSigned || error instanceof EventLogCorrupt) return { kind: 'broken' };
    throw error;
  }
};

/** The seal of the whole log. */
export type LogSealView =
  | { readonly kind: 'not-sealed' }
  | { readonly kind: 'broken' | 'not-yet'; readonly verifier: string }
  | {
      readonly kind: 'sealed';
      readonly verifier: string;
      readonly newest: LogCheckpoint;
      /** the newest that a witness has cosigned, and who that was */
      readonly witnessed?: LogCheckpoint & { readonly cosigned: readonly Cosignature[] };
    };

export const logSealView = async ({ signedLog }: Pick<Ports, 'signedLog'>): Promise<LogSealView> => {
  if (signedLog === undefined) return { kind: 'not-sealed' };
  const { verifier } = signedLog;
  try {
    const newest = await signedLog.checkpoint();
    if (newest === undefined) return { kind: 'not-yet', verifier };
    const witnessed = await signedLog.witnessed();
    return {
      kind: 'sealed',
      verifier,
      newest,
      ...(witnessed === undefined ? {} : { witnessed: { ...witnessed, cosigned: cosignaturesIn(witnessed.note) } }),
    };
  } catch (error) {
    if (error instanceof LogNotAsSigned) return { kind: 'broken', verifier };
    throw error;
  }
};

/** The bytes of a ticket's stream, verified again from the first on (C21). */
export type Chain = {
  readonly events: number;
  readonly fault?: Omit<ChainFault, 'reason'> & { readonly reason: ChainFault['reason'] | 'not-as-sealed' };
  /** nothing vouches for the chain: what was sealed cannot be read */
  readonly sealUnreadable?: true;
  readonly lastHash?: string;
};

export type Verdicts =
  | {
      readonly kind: 'judged';
      readonly audited: AuditedTicket;
      /** as of now, where the moment that is looked at is another */
      readonly now?: AuditedTicket;
      readonly others: ReadonlyMap<string, OtherEvent>;
      /** the tables have not read the newest events yet */
      readonly late: boolean;
    }
  | { readonly kind: 'parked'; readonly table: string; readonly key: string }
  /** nothing to judge at that moment: not asked for yet, or never */
  | { readonly kind: 'nothing' };

/** One step, and what it made of the ticket. */
export type ChosenStep = ReplayedStep & { readonly number: number; readonly step: HistoryStep; readonly seals: Seals };

export type TicketView = {
  readonly ticketId: string;
  readonly asked: TicketQuery;
  readonly reference?: string;
  /** those known at the moment that is looked at */
  readonly steps: readonly HistoryStep[];
  readonly facts: ReadonlyMap<string, RecordedFact<TicketFact>>;
  /** how many there are in all */
  readonly total: number;
  readonly chosen?: ChosenStep;
  /** the moment of the verdicts */
  readonly moment: Instant;
  readonly isNow: boolean;
  readonly verdicts: Verdicts;
  readonly chain: Chain;
  /** of the ticket and its request, at the moment that is looked at */
  readonly refused: readonly RefusedAttempt[];
  readonly seal: TicketSealView;
};

/** How long a page waits for the tables to read what the log has of this ticket. */
const longestWaitMilliseconds = 2000;

const whole: ChainState = { intact: true };

/** A store that cannot read on says so by throwing: the chain is broken at what would come next. */
export const chainView = async ({ store, signedLog }: Pick<Ports, 'store' | 'signedLog'>, ticketId: string): Promise<Chain> => {
  const stream = ticketStream(ticketId);
  const recorded: Recorded[] = [];
  let unreadable: ChainFault | undefined;
  try {
    for await (const event of store.read(stream)) recorded.push(event);
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
    unreadable = { eventId: '', stream, revision: recorded.length, reason: 'not-an-envelope' };
  }
  const broken = verifyChain(recorded) ?? unreadable;
  const sealed = broken === undefined && signedLog !== undefined ? await signedState(signedLog, recorded) : whole;
  const other = recorded.find(({ id }) => id === sealed.firstBroken);
  const fault = broken ?? (other && { eventId: other.id, stream, revision: other.revision, reason: 'not-as-sealed' as const });
  const last = recorded.at(-1);
  return {
    events: recorded.length,
    ...defined({ fault }),
    ...(sealed.because === 'seal-unreadable' ? { sealUnreadable: true as const } : {}),
    ...defined({ lastHash: last?.hash }),
  };
};

const referenceIn = (events: readonly RecordedFact<TicketFact>[]): string | undefined => {
  for (const { fact } of events) if (fact.type === 'Requested') return fact.data.reference;
  return undefined;
};

/** `moment`: of the past that was asked for */
type Moments = { readonly moment?: Instant; readonly now: Instant };

const verdictsAt = async (ports: Ports, ticketId: string, { moment, now }: Moments, late: boolean): Promise<Verdicts> => {
  const asOf = auditTicket(chainOf)(ports);
  try {
    const audited = await asOf({ ticketId, now, ...defined({ asOf: moment }) });
    if (isRefusal(audited)) return { kind: 'nothing' };
    const today = moment === undefined ? audited : await asOf({ ticketId, now });
    const others = await evidenceNamed(ports)(ticketId);
    return { kind: 'judged', audited, others, late, ...(moment === undefined || isRefusal(today) ? {} : { now: today }) };
  } catch (error) {
    if (error instanceof RowParked) return { kind: 'parked', table: error.projection, key: error.key };
    throw error;
  }
};

/**
 * A ticket at one step or moment of its past: its history from the log itself, its verdicts as they stood then.
 * @returns `undefined` when there is no such ticket
 * @throws EventLogCorrupt when an event cannot be read at all
 */
export const ticketView = async (ports: Ports, ticketId: string, asked: TicketQuery): Promise<TicketView | undefined> => {
  const { events, position } = await tickets.of(ports, ticketId).load();
  if (events.length === 0) return undefined;
  const steps = historySteps(events, asked.until);
  const number = stepNumber(steps, asked);
  const step = steps[number - 1];
  const replayed = step && replayedStep(events, step.eventId);
  const wasChosen = asked.step !== undefined || asked.eventId !== undefined;
  const now = ports.clock.now();
  const moment = (wasChosen ? step?.at : undefined) ?? asked.until;
  await ports.readModels.reached(position, longestWaitMilliseconds);
  const late = (await ports.readModels.position(tables.auditEvidence)) < position;
  const reference = referenceIn(events);
  return {
    ticketId,
    asked,
    ...defined({ reference }),
    steps,
    facts: new Map(events.map((event) => [event.id, event])),
    total: historySteps(events).length,
    ...(step === undefined || replayed === undefined
      ? {}
      : {
          chosen: {
            ...replayed,
            number,
            step,
            seals: await sealsOf(ports.personalData, replayed.before, replayed.after, replayed.event.fact),
          },
        }),
    moment: moment ?? now,
    isNow: moment === undefined,
    verdicts: await verdictsAt(ports, ticketId, { now, ...defined({ moment }) }, late),
    chain: await chainView(ports, ticketId),
    refused: await refusedAttempts(ports, ticketId, events, asked.until),
    seal: await ticketSealView(ports, ticketId),
  };
};
