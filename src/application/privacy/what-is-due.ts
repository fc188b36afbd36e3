import { defined } from '../../domain/kernel/defined';
import {
  endOfPeriod,
  type Period,
  requestDue,
  type RetentionPeriods,
  type Standing,
  ticketDue,
  type TicketThen,
} from '../../domain/retention/retention';
import type { Instant } from '../../domain/kernel/fact';
import { isRefusal } from '../../domain/kernel/refusal';
import type { RequestIdentity } from '../../domain/request/facts';
import { isRequested } from '../../domain/ticket/state';
import { requests, tickets } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { RowParked } from '../kernel/ports/read-models';
import { type EligibilityRow, tables, type TicketStatusRow } from '../kernel/ports/tables';
import { auditTicket, type ChainOf } from '../audit/audit-ticket';

/** What the rules of retention are asked with. */
export type Retaining = {
  readonly ports: Ports;
  readonly chainOf: ChainOf;
  readonly periods: RetentionPeriods;
  /** the tables are behind the log: nothing that depends on them may be erased */
  readonly unread?: boolean;
};

/** One thing that may be erased, and how it stands. */
export type Considered =
  | { readonly kind: 'contact' | 'conclusions' | 'letters'; readonly ticketId: string; readonly standing: Standing }
  | { readonly kind: 'names'; readonly request: RequestIdentity; readonly standing: Standing };

/** A ticket that the log has and the audit's tables have not. */
class EvidenceMissing extends Error {
  override readonly name = 'EvidenceMissing';
}

const pageSize = 200;
const ofTickets = ['contact', 'conclusions', 'letters'] as const;

/** So long a run waits for the tables to read what was written just now, in milliseconds. */
const patience = 1000;

/** Whether the tables know what the log says: one that is behind has no tasks of it, and no pending checks. */
const tablesRead = async ({ ports }: Retaining): Promise<boolean> => ports.readModels.reached(await ports.store.end(), patience);

/** Judged only where nothing simpler holds it back: an audit reads more than one stream. */
const pendingChecks = async ({ ports, chainOf }: Retaining, ticketId: string): Promise<number> => {
  const audited = await auditTicket(chainOf)(ports)({ ticketId });
  if (isRefusal(audited)) throw new EvidenceMissing('The audit knows of no such ticket.');
  return audited.checks.filter(({ verdict }) => verdict === 'pending').length;
};

const factsOf = async ({ ports, unread = false }: Retaining, ticketId: string): Promise<TicketThen> => {
  const { state, events } = await tickets.of(ports, ticketId).load();
  const letters = isRequested(state) ? (await ports.operations.outbox.ofTicket(ticketId)).length : 0;
  return { state, events, letters, openTasks: 0, unread, pendingChecks: 0 };
};

/** With what a ticket's own facts do not say: what somebody still has to do, and what the audit still waits for. */
const withDuties = async (retaining: Retaining, ticketId: string, then: TicketThen): Promise<TicketThen> => {
  const openTasks = await retaining.ports.readModels.count(tables.tasks, [{ column: 'ticketId', is: ticketId }]);
  try {
    return { ...then, openTasks, pendingChecks: await pendingChecks(retaining, ticketId) };
  } catch (error) {
    // one row that waits for a person must not keep everybody else from being erased
    if (!(error instanceof RowParked || error instanceof EvidenceMissing)) throw error;
    return { ...then, openTasks, unread: true };
  }
};

/** Whether so much time has passed since the row last changed that any of these periods can have ended. */
const mayBeOver = (since: Instant, periods: readonly (Period | null)[], now: Instant): boolean =>
  periods.some((period) => period !== null && endOfPeriod(since, period) <= now);

/** How every class of this ticket stands now. */
export const ticketStanding = async (retaining: Retaining, ticketId: string, now: Instant): Promise<readonly Considered[]> => {
  const standingOf = (then: TicketThen): readonly Considered[] =>
    ofTickets.map((kind) => ({ kind, ticketId, standing: ticketDue(then, kind, retaining.periods[kind], now) }));
  const facts = await factsOf(retaining, ticketId);
  const first = standingOf(facts);
  return first.some(({ standing }) => standing === 'due') ? standingOf(await withDuties(retaining, ticketId, facts)) : first;
};

export const requestStanding = async (retaining: Retaining, request: RequestIdentity, now: Instant): Promise<Considered> => {
  const { state, events } = await requests.of(retaining.ports, request).load();
  const ids = state.status === 'unknown' || state.erased ? [] : state.admittedTicketIds;
  const standingOf = (ticketsOf: readonly TicketThen[]): Considered => ({
    kind: 'names',
    request,
    standing: requestDue({ state, events, tickets: ticketsOf }, retaining.periods.names, now),
  });
  const facts = await Promise.all(ids.map(async (ticketId) => ({ ticketId, then: await factsOf(retaining, ticketId) })));
  const first = standingOf(facts.map(({ then }) => then));
  if (first.standing !== 'due') return first;
  return standingOf(await Promise.all(facts.map(({ ticketId, then }) => withDuties(retaining, ticketId, then))));
};

/** The tickets page by page: a city has many, and whoever works meanwhile waits for one page only. */
async function* ticketsOver({ ports, periods }: Retaining, now: Instant): AsyncIterable<string> {
  const chosen = ofTickets.map((kind) => periods[kind]);
  let cursor: string | undefined;
  do {
    const page = await ports.readModels.select<TicketStatusRow>(tables.ticketStatus, {
      orderBy: [{ column: 'startsAt' }],
      limit: pageSize,
      ...defined({ cursor }),
    });
    for (const { ticketId, updatedAt } of page.rows) if (mayBeOver(updatedAt, chosen, now)) yield ticketId;
    cursor = page.next;
    await new Promise(setImmediate);
  } while (cursor !== undefined);
}

async function* requestsKnown({ ports }: Retaining): AsyncIterable<RequestIdentity> {
  let cursor: string | undefined;
  do {
    const page = await ports.readModels.select<EligibilityRow>(tables.clarificationEligibility, {
      orderBy: [{ column: 'filedOn' }],
      limit: pageSize,
      ...defined({ cursor }),
    });
    for (const { number, filedOn, request } of page.rows) if (!request.erased) yield { number, filedOn };
    cursor = page.next;
    await new Promise(setImmediate);
  } while (cursor !== undefined);
}

/** Everything whose period may have passed, one by one, with how it stands. Classes without a period are not looked at. */
export async function* consideredNow(asked: Retaining, now: Instant): AsyncIterable<Considered> {
  const { periods } = asked;
  const retaining = { ...asked, unread: !(await tablesRead(asked)) };
  if (ofTickets.some((kind) => periods[kind] !== null))
    for await (const ticketId of ticketsOver(retaining, now)) yield* await ticketStanding(retaining, ticketId, now);
  if (periods.names === null) return;
  for await (const request of requestsKnown(retaining)) yield await requestStanding(retaining, request, now);
}
