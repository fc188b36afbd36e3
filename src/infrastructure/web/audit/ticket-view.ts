import { tickets } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { EventLogCorrupt, type Recorded } from '../../../application/kernel/ports/event-store';
import { RowParked } from '../../../application/kernel/ports/read-models';
import { tables } from '../../../application/kernel/ports/tables';
import {
  type AuditedTicket,
  auditTicket,
  evidenceNamed,
  type OtherEvent,
  type RefusedAttempt,
  refusedAttempts,
} from '../../../application/audit/audit-ticket';
import { type HistoryStep, historySteps, type ReplayedStep, replayedStep } from '../../../domain/audit/history';
import { defined } from '../../../domain/kernel/defined';
import type { Instant, RecordedFact } from '../../../domain/kernel/fact';
import type { ChainState } from '../../../domain/audit/case-file';
import { isRefusal } from '../../../domain/kernel/refusal';
import { ticketStream, type TicketFact } from '../../../domain/ticket/facts';
import { chainOf, sealedState } from '../../proof/chain-of';
import { type ChainFault, verifyChain } from '../../log/codec/verify-chain';
import { ticketSealView, type TicketSealView } from './seal-view';
import { type Seals, sealsOf } from '../../phrasing/audit/state-rows';
import { stepNumber, type TicketQuery } from './ticket-query';

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
export const chainView = async ({ store, seal }: Pick<Ports, 'store' | 'seal'>, ticketId: string): Promise<Chain> => {
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
  const sealed = broken === undefined && seal !== undefined ? await sealedState(seal, recorded) : whole;
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

type Moments = { readonly moment: Instant; readonly now: Instant };

const verdictsAt = async (ports: Ports, ticketId: string, { moment, now }: Moments, late: boolean): Promise<Verdicts> => {
  const asOf = auditTicket(chainOf)(ports);
  try {
    const audited = await asOf({ ticketId, asOf: moment });
    if (isRefusal(audited)) return { kind: 'nothing' };
    const today = moment === now ? audited : await asOf({ ticketId, asOf: now });
    const others = await evidenceNamed(ports)(ticketId);
    return { kind: 'judged', audited, others, late, ...(moment === now || isRefusal(today) ? {} : { now: today }) };
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
  const moment = (wasChosen ? step?.at : undefined) ?? asked.until ?? now;
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
    moment,
    isNow: moment === now,
    verdicts: await verdictsAt(ports, ticketId, { moment, now }, late),
    chain: await chainView(ports, ticketId),
    refused: await refusedAttempts(ports, ticketId, events, asked.until),
    seal: await ticketSealView(ports, ticketId),
  };
};
