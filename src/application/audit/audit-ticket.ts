import { type ChainState, knownIn } from '../../domain/audit/case-file';
import { type CheckResult, judge, type Judgement } from '../../domain/audit/judge';
import { caseFileFrom, type EvidenceRow } from '../../domain/audit/evidence';
import { dutiesAt, dutiesIn, type DutyAt } from '../../domain/duties/duties';
import { fold } from '../../domain/kernel/decider';
import type { Instant, RecordedFact } from '../../domain/kernel/fact';
import { type Refusal, refuse } from '../../domain/kernel/refusal';
import { requestStream } from '../../domain/request/facts';
import { needsOf, type RecordKind, type TicketFact, ticketStream } from '../../domain/ticket/facts';
import { isHeld, isRequested, publicStatus, type TicketStatus, ticket } from '../../domain/ticket/ticket';
import type { Slot } from '../../domain/time/slot';
import { Query } from '../kernel/message';
import { damageIn, EventLogCorrupt } from '@tichet-albastru/event-log/ports/event-store';
import { gatherEvidence } from '../kernel/reading/evidence';
import type { Ports } from '../kernel/ports/ports';
import type { NotedRefusal } from '../kernel/ports/refusals';
import { judgementHere } from './observers';

/** `about`: the ticket itself, or the request that it is about, before there was a ticket or beside it. */
export type RefusedAttempt = Omit<NotedRefusal, 'subject'> & { readonly about: 'ticket' | 'request' };

const requestOf = (events: readonly RecordedFact<TicketFact>[]): string | undefined => {
  for (const { fact } of events) if (fact.type === 'Requested' || fact.type === 'Lapsed') return requestStream(fact.data.request);
  return undefined;
};

/** What was refused about a ticket or its request, as far as it is still kept; oldest first. `asOf`: nothing later. */
export const refusedAttempts = async (
  { operations }: Pick<Ports, 'operations'>,
  ticketId: string,
  events: readonly RecordedFact<TicketFact>[],
  asOf?: Instant,
): Promise<readonly RefusedAttempt[]> => {
  const request = requestOf(events);
  const found = [
    ...(await operations.refusals.of(ticketStream(ticketId))).map((row) => ({ ...row, about: 'ticket' as const })),
    ...(request === undefined ? [] : await operations.refusals.of(request)).map((row) => ({ ...row, about: 'request' as const })),
  ];
  return found
    .filter(({ at }) => asOf === undefined || at <= asOf)
    .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
    .map(({ subject: _, ...attempt }) => attempt);
};

/** An event of another stream that a verdict points at. */
export type OtherEvent =
  | {
      readonly of: 'request' | 'staff' | 'calendar';
      /** the name of its stream */
      readonly stream: string;
      readonly type: string;
      readonly recordedAt: Instant;
    }
  /** the fact of another ticket that put its meeting there */
  | { readonly of: 'ticket'; readonly ticketId: string };

const eventsIn = (key: string, row: EvidenceRow): readonly (readonly [id: string, event: OtherEvent])[] => {
  if (row.kind === 'ticket' || row.kind === 'clock') return [];
  if (row.kind === 'meetings') return row.meetings.map(({ eventId, ticketId }) => [eventId, { of: 'ticket', ticketId }]);
  return row.events.map(({ id, fact, recordedAt }) => [id, { of: row.kind, stream: key, type: fact.type, recordedAt }]);
};

/** The events of other streams that a judgement of this ticket looks at, by their ids. */
export const evidenceNamed =
  (ports: Pick<Ports, 'readModels'>) =>
  async (ticketId: string): Promise<ReadonlyMap<string, OtherEvent>> =>
    new Map([...(await gatherEvidence(ports, ticketId))].flatMap(([key, row]) => eventsIn(key, row)));

/** `asOf`: what was not known then is not judged. Without it everything counts that the log knows, at this moment (`now`, or by the clock). */
export type AuditQuery = { readonly ticketId: string; readonly asOf?: Instant; readonly now?: Instant };

/** What the ticket is about, without any person of the public. */
export type AuditedFacts = {
  readonly reference: string;
  readonly status: TicketStatus;
  readonly requestNumber: string;
  readonly filedOn: string;
  readonly ground: string;
  readonly mode: string;
  readonly staffId: string;
  readonly department: string;
  readonly slot: Slot;
  readonly requestedAt: Instant;
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  /** A12 */
  readonly recordKind: RecordKind;
};
export type AuditedTicket = {
  readonly ticketId: string;
  readonly asOf: Instant;
  readonly facts: AuditedFacts;
  readonly checks: readonly Omit<CheckResult, 'warnsAt' | 'appliesAt'>[];
  /** what the procedure asks for by a time, as far as it had begun by then; the most urgent first */
  readonly duties: readonly DutyAt[];
} & Omit<Judgement, 'checks'>;

/** Verifies the hash chain of one stream over the bytes in the log, and its place under what was sealed (C21). */
export type ChainOf = (ports: Pick<Ports, 'store' | 'signedLog'>, stream: string) => Promise<ChainState>;

export class AuditTicket extends Query<AuditQuery, AuditedTicket | Refusal> {}

/**
 * Rulebook, section 5: one ticket judged as of a moment, now when none is given.
 * @param amongOthers of a stream that is not whole what it still shows is judged, for one ticket keeps no list from being told
 * @throws EventLogCorrupt where the stream of the one that was asked for is not whole
 */
export const auditTicket =
  (chainOf: ChainOf, amongOthers = false) =>
  (ports: Ports) =>
  async ({ ticketId, asOf, now = ports.clock.now() }: AuditQuery): Promise<AuditedTicket | Refusal> => {
    const evidence = await gatherEvidence(ports, ticketId);
    const caseFile = caseFileFrom(ticketId, (key) => evidence.get(key), await chainOf(ports, ticketStream(ticketId)))?.caseFile;
    const known = caseFile?.ticket.filter(asOf === undefined ? () => true : knownIn(caseFile, asOf)) ?? [];
    // also of a ticket that the tables do not know: while a stream is damaged, no reader can say that it is no ticket
    const state = fold(ticket, await wholeFacts(ports, ticketId, known, amongOthers));
    const status = publicStatus(state);
    if (caseFile === undefined || !isRequested(state) || status === undefined) return refuse('not-found');
    const judgement = judgementHere(ports, judge(caseFile, asOf ?? now, asOf === undefined));
    const { request, mode, staffId, department, slot } = state.booking;
    return {
      ticketId,
      asOf: asOf ?? now,
      facts: {
        reference: state.reference,
        status,
        requestNumber: request.number,
        filedOn: request.filedOn,
        ground: state.ground.kind,
        mode,
        staffId,
        department,
        slot,
        requestedAt: state.requestedAt,
        ...(isHeld(state) ? { startedAt: state.held.startedAt, endedAt: state.held.endedAt } : {}),
        recordKind: needsOf(mode).recording ? 'webex-recording' : 'written-record',
      },
      ...judgement,
      duties: dutiesAt(dutiesIn(caseFile, asOf ?? now, asOf === undefined), asOf ?? now),
    };
  };

/**
 * Evidence holds only what checks look at: the facts themselves, as far as it knows of them, from the log. Where the log contradicts
 * itself they end, and C21 says so. What others did to the stream (deleted, cut, denied, written into) is thrown, but for a list.
 */
const wholeFacts = async (
  { store, codec }: Ports,
  ticketId: string,
  known: readonly { readonly id: string }[],
  amongOthers: boolean,
): Promise<readonly TicketFact[]> => {
  const ids = new Set(known.map(({ id }) => id));
  const facts: TicketFact[] = [];
  try {
    for await (const recorded of store.read(ticketStream(ticketId))) {
      if (ids.has(recorded.id)) facts.push(codec.decodeOf('ticket', recorded).fact);
    }
  } catch (error) {
    if (!(error instanceof EventLogCorrupt) || (!amongOthers && damageIn(error) !== undefined)) throw error;
  }
  return facts;
};
