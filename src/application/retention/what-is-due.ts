import type { RetentionPeriods } from '../../domain/retention/classes';
import { requestDue, ticketDue, type Standing, type TicketThen } from '../../domain/retention/due';
import { endOfPeriod, type Period } from '../../domain/retention/period';
import type { Instant } from '../../domain/kernel/instant';
import { isRefusal } from '../../domain/kernel/refusal';
import { requestStream, type RequestIdentity } from '../../domain/request/facts';
import { registeredRequest } from '../../domain/request/state';
import { ticketStream } from '../../domain/ticket/facts';
import { isRequested } from '../../domain/ticket/state';
import { ticket } from '../../domain/ticket/ticket';
import { loadStream } from '../execute';
import type { Ports } from '../ports/ports';
import { type EligibilityRow, tables, type TicketStatusRow } from '../ports/tables';
import { auditTicket, type ChainOf } from '../queries/audit-ticket';

/** What the rules of retention are asked with. */
export type Retaining = { readonly ports: Ports; readonly chainOf: ChainOf; readonly periods: RetentionPeriods };

/** One thing that may be erased, and how it stands. */
export type Considered =
  | { readonly kind: 'contact' | 'conclusions' | 'letters'; readonly ticketId: string; readonly standing: Standing }
  | { readonly kind: 'names'; readonly request: RequestIdentity; readonly standing: Standing };

const pageSize = 200;
const ofTickets = ['contact', 'conclusions', 'letters'] as const;

/** Judged only where nothing simpler holds it back: an audit reads more than one stream. */
const pendingChecks = async ({ ports, chainOf }: Retaining, ticketId: string): Promise<number> => {
  const audited = await auditTicket(chainOf)(ports)({ ticketId });
  return isRefusal(audited) ? 0 : audited.checks.filter(({ verdict }) => verdict === 'pending').length;
};

const factsOf = async ({ ports }: Retaining, ticketId: string): Promise<TicketThen> => {
  const { state, events } = await loadStream(ports, ticket, ticketStream(ticketId));
  const letters = isRequested(state) ? (await ports.operations.outbox.ofTicket(ticketId)).length : 0;
  return { state, events, letters, openTasks: 0, pendingChecks: 0 };
};

/** With what a ticket's own facts do not say: what somebody still has to do, and what the audit still waits for. */
const withDuties = async (retaining: Retaining, ticketId: string, then: TicketThen): Promise<TicketThen> => ({
  ...then,
  openTasks: await retaining.ports.readModels.count(tables.tasks, [{ column: 'ticketId', is: ticketId }]),
  pendingChecks: await pendingChecks(retaining, ticketId),
});

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
  const { state, events } = await loadStream(retaining.ports, registeredRequest, requestStream(request));
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
      ...(cursor === undefined ? {} : { cursor }),
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
      ...(cursor === undefined ? {} : { cursor }),
    });
    for (const { number, filedOn, request } of page.rows) if (!request.erased) yield { number, filedOn };
    cursor = page.next;
    await new Promise(setImmediate);
  } while (cursor !== undefined);
}

/** Everything whose period may have passed, one by one, with how it stands. Classes without a period are not looked at. */
export async function* consideredNow(retaining: Retaining, now: Instant): AsyncIterable<Considered> {
  const { periods } = retaining;
  if (ofTickets.some((kind) => periods[kind] !== null))
    for await (const ticketId of ticketsOver(retaining, now)) yield* await ticketStanding(retaining, ticketId, now);
  if (periods.names === null) return;
  for await (const request of requestsKnown(retaining)) yield await requestStanding(retaining, request, now);
}
