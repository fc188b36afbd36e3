import type { ChainState } from '../../domain/audit/case-file';
import type { CheckResult } from '../../domain/audit/check';
import { caseFileFrom, evidenceKeysOf, type EvidenceRow } from '../../domain/audit/evidence';
import { judge, type Judgement } from '../../domain/audit/judge';
import { fold } from '../../domain/kernel/decider';
import { defined } from '../../domain/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { refuse, type Refusal } from '../../domain/kernel/refusal';
import { ticketStream, type RecordKind, type TicketFact } from '../../domain/ticket/facts';
import { isHeld, isRequested, publicStatus, type TicketStatus } from '../../domain/ticket/state';
import { ticket } from '../../domain/ticket/ticket';
import type { Slot } from '../../domain/time/slot';
import { EventLogCorrupt } from '../kernel/ports/event-store';
import type { Ports } from '../kernel/ports/ports';
import { tables } from '../kernel/ports/tables';
import { Query } from '../kernel/message';

export type AuditAsked = { readonly ticketId: string; readonly asOf?: Instant };

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
  readonly overall: Judgement['overall'];
  readonly warnings: number;
  readonly waived: number;
  readonly checks: readonly Pick<CheckResult, 'id' | 'verdict' | 'article' | 'evidence' | 'text' | 'failsAt'>[];
  readonly nextChangeAt?: Instant;
};

/** Verifies the hash chain of one stream over the bytes in the log, and its place under what was sealed (C21). */
export type ChainOf = (ports: Pick<Ports, 'store' | 'seal'>, stream: string) => Promise<ChainState>;

export class AuditTicket extends Query<AuditAsked, AuditedTicket | Refusal> {}

/** Rulebook, section 5: one ticket judged as of a moment, now when none is given. */
export const auditTicket =
  (chainOf: ChainOf) =>
  (ports: Ports) =>
  async ({ ticketId, asOf = ports.clock.now() }: AuditAsked): Promise<AuditedTicket | Refusal> => {
    const evidence = await gatherEvidence(ports, ticketId);
    const found = caseFileFrom(ticketId, (key) => evidence.get(key), await chainOf(ports, `ticket-${ticketId}`));
    const known = found?.caseFile.ticket.filter(({ recordedAt }) => recordedAt <= asOf) ?? [];
    const state = fold(ticket, await wholeFacts(ports, ticketId, known));
    const status = publicStatus(state);
    if (found === undefined || !isRequested(state) || status === undefined) return refuse('not-found');
    const { overall, warnings, waived, checks, nextChangeAt } = judge(found.caseFile, asOf);
    const { request, mode, staffId, department, slot } = state.booking;
    return {
      ticketId,
      asOf,
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
        recordKind: mode === 'online' ? 'webex-recording' : 'written-record',
      },
      overall,
      warnings,
      waived,
      checks,
      ...defined({ nextChangeAt }),
    };
  };

/**
 * Evidence holds only what checks look at: the facts themselves, as far as it knows of them, from the log. Where the log contradicts
 * itself they end, and C21 says so.
 */
const wholeFacts = async (
  { store, codec }: Ports,
  ticketId: string,
  known: readonly { readonly id: string }[],
): Promise<readonly TicketFact[]> => {
  const ids = new Set(known.map(({ id }) => id));
  const facts: TicketFact[] = [];
  try {
    for await (const recorded of store.read(ticketStream(ticketId))) {
      if (ids.has(recorded.id)) facts.push(codec.decodeOf('ticket', recorded).fact);
    }
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
  }
  return facts;
};

/** Rows name further rows: asked until nothing new is named. */
export const gatherEvidence = async (ports: Pick<Ports, 'readModels'>, ticketId: string): Promise<ReadonlyMap<string, EvidenceRow>> => {
  const rows = new Map<string, EvidenceRow>();
  const asked = new Set<string>();
  for (;;) {
    const keys = evidenceKeysOf(ticketId, (key) => rows.get(key)).filter((key) => !asked.has(key));
    if (keys.length === 0) return rows;
    for (const key of keys) {
      asked.add(key);
      const row = await ports.readModels.get<EvidenceRow>(tables.auditEvidence, key);
      if (row !== undefined) rows.set(key, row);
    }
  }
};
