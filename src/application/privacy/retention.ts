import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { type RequestIdentity, requestStream } from '../../domain/request/facts';
import {
  endOfPeriod,
  keptSince,
  type Period,
  type PersonalClass,
  personalClasses,
  requestDue,
  type RetentionPeriods,
  type DueStatus,
  ticketDue,
  type TicketThen,
} from '../../domain/retention/retention';
import type { SelectionMinute } from '../../domain/ticket/erasure';
import { isRequested } from '../../domain/ticket/ticket';
import { civilDateOf, daysBetween, isCivilDate, localTimeOf } from '../../domain/time/civil-time';
import { auditTicket, type ChainOf } from '../audit/audit-ticket';
import { type CommandContext, commandOf } from '../kernel/execute';
import { forbiddenEffect } from '../kernel/permission';
import type { Ports } from '../kernel/ports/ports';
import { RowParked } from '@tichet-albastru/event-log/ports/read-models';
import { type EligibilityRow, type ReadingRow, tables, type TicketStatusRow } from '../kernel/ports/tables';
import { currentTicket, requests, tickets } from '../kernel/streams';
import { forgetConclusions, forgetRequest, forgetTicket } from './forget';

/** Who erases by retention: the night, or a person's command. Both may at once, and each notes its own. */
type RetentionRunner = 'night' | 'command';
/** What was begun last: its fact may stand, and its letters still lie there. */
type UnderWay = { readonly kind: 'contact' | 'conclusions'; readonly ticketId: string };

const registerOf = (by: RetentionRunner): string => `retention-under-way-${by}`;

const readUnderWay = (text: string | undefined): UnderWay | undefined => {
  const [kind, ticketId] = (text ?? '').split(' ');
  return (kind === 'contact' || kind === 'conclusions') && ticketId !== undefined ? { kind, ticketId } : undefined;
};

/** What a crash cut off; nothing mostly. */
const leftUnderWay = async ({ operations }: Pick<Ports, 'operations'>, by: RetentionRunner): Promise<UnderWay | undefined> =>
  readUnderWay(await operations.keyValues.get(registerOf(by)));

/** Durable before the first of several steps. */
const noteUnderWay = ({ operations }: Pick<Ports, 'operations'>, by: RetentionRunner, { kind, ticketId }: UnderWay): Promise<void> =>
  operations.keyValues.put(registerOf(by), `${kind} ${ticketId}`);

const noneUnderWay = ({ operations }: Pick<Ports, 'operations'>, by: RetentionRunner): Promise<void> =>
  operations.keyValues.remove(registerOf(by));

/** What the rules of retention are asked with. */
export type Retaining = {
  readonly ports: Ports;
  readonly chainOf: ChainOf;
  readonly periods: RetentionPeriods;
  /** of the selection commission: without one, no resolution loses its text */
  readonly minute?: SelectionMinute;
  /** the tables are behind the log: nothing that depends on them may be erased */
  readonly unread?: boolean;
};

/** One thing that may be erased, and how it stands. */
type Considered =
  | { readonly kind: 'contact' | 'conclusions' | 'letters'; readonly ticketId: string; readonly standing: DueStatus }
  | { readonly kind: 'names'; readonly request: RequestIdentity; readonly standing: DueStatus };

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

/** With what a ticket's own facts do not say: what officials still have to do, and what the audit still waits for. */
const withDuties = async (retaining: Retaining, ticketId: string, then: TicketThen): Promise<TicketThen> => {
  const { readModels } = retaining.ports;
  const ofTicket = { column: 'ticketId', is: ticketId };
  const isNewHour = { column: 'kind', is: 'must-be-rescheduled' };
  const newHours = then.state.status === 'cancelled' ? await readModels.count(tables.tasks, [ofTicket, isNewHour]) : 0;
  const openTasks = (await readModels.count(tables.tasks, [ofTicket])) - newHours;
  try {
    return { ...then, openTasks, pendingChecks: await pendingChecks(retaining, ticketId) };
  } catch (error) {
    // one row that waits for a person must not keep all other tickets from being erased
    if (!(error instanceof RowParked || error instanceof EvidenceMissing)) throw error;
    return { ...then, openTasks, unread: true };
  }
};

/** Whether so much time has passed since the row last changed that any of these periods can have ended. */
const mayBeOver = (since: Instant, periods: readonly (Period | null)[], now: Instant): boolean =>
  periods.some((period) => period !== null && endOfPeriod(since, period) <= now);

/** How every class of this ticket stands now. */
export const ticketConsidered = async (retaining: Retaining, ticketId: string, now: Instant): Promise<readonly Considered[]> => {
  const statusOf = (then: TicketThen): readonly Considered[] =>
    ofTickets.map((kind) => ({ kind, ticketId, standing: ticketDue(then, kind, retaining.periods[kind], now) }));
  const facts = await factsOf(retaining, ticketId);
  const first = statusOf(facts);
  const standing = first.some((one) => one.standing === 'due') ? statusOf(await withDuties(retaining, ticketId, facts)) : first;
  return standing.map((one) =>
    one.kind === 'conclusions' && one.standing === 'due' && retaining.minute === undefined ? { ...one, standing: 'awaits-minute' } : one,
  );
};

const requestStatus = async (retaining: Retaining, request: RequestIdentity, now: Instant): Promise<Considered> => {
  const { state, events } = await requests.of(retaining.ports, request).load();
  const ids = state.status === 'unknown' || state.erased ? [] : state.admittedTicketIds;
  const statusOf = (ticketsOf: readonly TicketThen[]): Considered => ({
    kind: 'names',
    request,
    standing: requestDue({ state, events, tickets: ticketsOf }, retaining.periods.names, now),
  });
  const facts = await Promise.all(ids.map(async (ticketId) => ({ ticketId, then: await factsOf(retaining, ticketId) })));
  const first = statusOf(facts.map(({ then }) => then));
  if (first.standing !== 'due') return first;
  return statusOf(await Promise.all(facts.map(({ ticketId, then }) => withDuties(retaining, ticketId, then))));
};

/** The tickets page by page: a city has many, and other work waits for one page only. */
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
    for await (const ticketId of ticketsOver(retaining, now)) yield* await ticketConsidered(retaining, ticketId, now);
  if (periods.names === null) return;
  for await (const request of requestsKnown(retaining)) yield await requestStatus(retaining, request, now);
}

/** So many of each class, by how they stood. */
type RetentionCounts = Readonly<Record<PersonalClass, Readonly<Partial<Record<DueStatus | 'refused', number>>>>>;
export type RetentionOutcome = {
  readonly counts: RetentionCounts;
  /** erased now; of a dry run, nothing */
  readonly erased: number;
  /** an operator ended it before it was through */
  readonly interrupted: boolean;
  /** nothing was erased, because no official has confirmed yet what would be */
  readonly unconfirmed?: true;
};

type KeptRegisters = { readonly operations: { readonly keyValues: Pick<Ports['operations']['keyValues'], 'get'> } };

const confirmedRegister = 'retention-confirmed';

/** Whether anything may be erased here: the installation was begun with the periods that are shipped, or a person has confirmed what is due. */
export const retentionConfirmed = async ({ operations }: KeptRegisters): Promise<boolean> =>
  (await operations.keyValues.get(confirmedRegister)) !== undefined;

/** What holds data when it is first opened was made before periods were shipped, and waits for a person; what is empty does not. */
export const noteNewInstallation = async ({
  store,
  operations,
  clock,
  logger,
}: Pick<Ports, 'store' | 'operations' | 'clock' | 'logger'>): Promise<void> => {
  if ((await store.end()) !== '' || (await retentionConfirmed({ operations }))) return;
  try {
    await operations.keyValues.put(confirmedRegister, `${clock.now()} new`);
  } catch (error) {
    // a full disk keeps no service from starting: without the mark nothing is erased until a person has confirmed it, which the doctor asks for
    logger.warn('retention.not-marked', { error: error instanceof Error ? error.name : 'not-an-error' });
  }
};

const reasonOf = ({ periods }: Retaining, kind: PersonalClass): string =>
  `Termen de păstrare: clasa ${kind}, ${periods[kind]?.text ?? ''} / Retention: class ${kind}, ${periods[kind]?.text ?? ''}`;

/** The same erasure has the same id, however often it is begun. */
const contextOf = ({ ports }: Retaining, kind: PersonalClass, subject: string, at: Instant): CommandContext =>
  commandOf({ kind: 'process', name: 'retention' }, ports.identifiers.derive('retention', kind, subject), at);

/** Fact, key and letters, or what of them is still to be done. */
const eraseOfTicket = async (retaining: Retaining, { kind, ticketId }: UnderWay, at: Instant): Promise<boolean> => {
  const { ports } = retaining;
  const command = { ticketId, reason: reasonOf(retaining, kind), ...defined({ minute: retaining.minute }) };
  const context = contextOf(retaining, kind, ticketId, at);
  const outcome = kind === 'contact' ? await forgetTicket(ports)(context, command) : await forgetConclusions(ports)(context, command);
  return !isRefusal(outcome);
};

/** Only then there is something left to do; else it is considered anew, by the periods of now. */
const isErasedInLog = async ({ ports }: Retaining, { kind, ticketId }: UnderWay): Promise<boolean> => {
  const state = await currentTicket(ports, ticketId);
  return isRequested(state) && (kind === 'contact' ? state.erased : state.conclusionsErased);
};

/** One whose period has passed, as a command names it: nothing personal. */
export type DueSubject = { readonly class: PersonalClass; readonly subject: string };

const subjectOf = (one: Considered): DueSubject => ({
  class: one.kind,
  subject: one.kind === 'names' ? requestStream(one.request).replace(/^request-/, '') : one.ticketId,
});

/** The domain is asked again on the way: what has become active since is refused, and stays. */
const erase = async (retaining: Retaining, one: Considered, at: Instant, by: RetentionRunner): Promise<boolean> => {
  const { ports } = retaining;
  switch (one.kind) {
    case 'contact':
    case 'conclusions': {
      const underWay = { kind: one.kind, ticketId: one.ticketId };
      await noteUnderWay(ports, by, underWay);
      const went = await eraseOfTicket(retaining, underWay, at);
      await noneUnderWay(ports, by);
      return went;
    }
    case 'names': {
      const context = contextOf(retaining, one.kind, requestStream(one.request), at);
      return !isRefusal(await forgetRequest(ports)(context, { request: one.request, reason: reasonOf(retaining, one.kind) }));
    }
    case 'letters':
      // no fact: that letters went is in the history already
      await ports.operations.outbox.forget(one.ticketId);
      return true;
  }
};

type Counts = Partial<Record<DueStatus | 'refused', number>>;

/** Letters that lie here as files: counted from their writing, for no process still has to send them. @returns how many were due */
const outboxDue = async ({ ports: { mailer }, periods: { outbox } }: Retaining, now: Instant, dryRun: boolean): Promise<number> => {
  if (outbox === null || mailer.kept === undefined) return 0;
  const before = keptSince(now, outbox);
  return dryRun ? mailer.kept.count(before) : mailer.kept.erase(before);
};

const readingsRegister = 'retention-readings-until';

/**
 * Who looked: the key of each official's day, by the day on which they did, independent of what the log holds beside it. The days before
 * the one that is kept in the register are done. @returns how many were due
 */
const readingsDue = async (retaining: Retaining, now: Instant, dryRun: boolean): Promise<number> => {
  const { ports, periods } = retaining;
  // a table that is being filled knows of no reading
  if (periods.readings === null || !(await tablesRead(retaining))) return 0;
  const before = civilDateOf(keptSince(now, periods.readings));
  const register = (await ports.operations.keyValues.get(readingsRegister)) ?? '';
  const from = isCivilDate(register) ? register : '';
  const streams = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await ports.readModels.select<ReadingRow>(tables.readings, {
      where: [{ column: 'subject', from: `day-${from}`, before: `day-${before}` }],
      orderBy: [{ column: 'subject' }],
      limit: pageSize,
      ...defined({ cursor }),
    });
    for (const row of page.rows) for (const stream of row.streams) streams.add(stream);
    cursor = page.next;
  } while (cursor !== undefined);
  if (dryRun || before <= from) return streams.size;
  if (streams.size > 0) await ports.personalData.destroy([...streams].map((stream) => `reader:${stream}`));
  await ports.operations.keyValues.put(readingsRegister, before);
  return streams.size;
};

/**
 * Erases what has been kept long enough, one after the other. What a crash cut off is done to its end by the
 * next turn, and then everything is looked at again.
 * @param how.afterEach told how many were erased so far; the next one waits for it
 * @param how.whenDue told of each that is due
 */
export const applyRetention = async (
  retaining: Retaining,
  how: {
    readonly now: Instant;
    readonly by: RetentionRunner;
    readonly dryRun?: boolean;
    readonly signal?: AbortSignal;
    readonly afterEach?: (erased: number) => Promise<void>;
    readonly whenDue?: (due: DueSubject) => void;
  },
): Promise<RetentionOutcome> => {
  const { now, by, signal, afterEach, whenDue } = how;
  const unconfirmed = how.dryRun !== true && !(await retentionConfirmed(retaining.ports));
  const dryRun = how.dryRun === true || unconfirmed;
  const outcome = (interrupted: boolean): RetentionOutcome => ({ counts, erased, interrupted, ...(unconfirmed && { unconfirmed }) });
  const counts: Record<PersonalClass, Counts> = { contact: {}, names: {}, conclusions: {}, letters: {}, outbox: {}, readings: {} };
  let erased = 0;
  const left = dryRun ? undefined : await leftUnderWay(retaining.ports, by);
  if (left !== undefined) {
    if (await isErasedInLog(retaining, left)) await eraseOfTicket(retaining, left, now);
    await noneUnderWay(retaining.ports, by);
  }
  for await (const one of consideredNow(retaining, now)) {
    if (signal?.aborted === true) return outcome(true);
    const isDue = one.standing === 'due';
    if (isDue) whenDue?.(subjectOf(one));
    const went = isDue && !dryRun && (await erase(retaining, one, now, by));
    const stood = isDue && !dryRun && !went ? 'refused' : one.standing;
    counts[one.kind][stood] = (counts[one.kind][stood] ?? 0) + 1;
    if (!went) continue;
    erased += 1;
    await afterEach?.(erased);
  }
  for (const [kind, erase] of [
    ['outbox', outboxDue],
    ['readings', readingsDue],
  ] as const) {
    const due = await erase(retaining, now, dryRun);
    if (due > 0) counts[kind].due = due;
    if (!dryRun) erased += due;
  }
  return outcome(false);
};

/** When no citizen is served, in Bucharest. */
const notBefore = '02:00';
/** After so many, others have the stores for a moment. */
const mostAtOnce = 50;
const pauseMilliseconds = 1000;
const register = 'retention-applied-on';
const heldRegister = 'retention-held-on';
/** A clock that was set wrong makes everything due at once, and no erasure can be undone: after a longer gap a person decides. */
const longestGapDays = 7;

/** What was due until now is done, by the night or by a person: the nights go on from here. */
export const noteApplied = ({ operations }: Pick<Ports, 'operations'>, now: Instant): Promise<void> =>
  operations.keyValues.put(register, civilDateOf(now));

export type RetentionConfirmation = {
  /**
   * `left`: only shown; `unread`: the tables are behind the log, so that it is not known what is due in all; `changed`: more or less is due
   * than the official who confirms has seen
   */
  readonly outcome: 'confirmed' | 'already' | 'left' | 'unread' | 'changed';
  readonly due: readonly DueSubject[];
  readonly counts: RetentionCounts;
  /** everything that is due, files and who looked with it */
  readonly total: number;
};

/**
 * Shows what the next night would erase and, where `yes`, lets it: the nights go on from here. Refuses `forbidden`.
 * @param how.seen how many were due when the official who confirms looked
 */
export const confirmRetention = async (
  retaining: Retaining,
  context: CommandContext,
  { yes, seen }: { readonly yes: boolean; readonly seen?: number | undefined },
): Promise<RetentionConfirmation | Refusal> => {
  const { ports } = retaining;
  const now = context.at;
  const forbidden = yes ? forbiddenEffect(context.asker, 'retention.confirmed') : undefined;
  if (forbidden) return forbidden;
  const due: DueSubject[] = [];
  const read = await tablesRead(retaining);
  const { counts } = await applyRetention(retaining, { now, by: 'command', dryRun: true, whenDue: (one) => due.push(one) });
  const shown = { due, counts, total: personalClasses.reduce((sum, kind) => sum + (counts[kind].due ?? 0), 0) };
  if (await retentionConfirmed(ports)) return { outcome: 'already', ...shown };
  if (!yes) return { outcome: 'left', ...shown };
  if (!read) return { outcome: 'unread', ...shown };
  if (seen !== undefined && seen !== shown.total) return { outcome: 'changed', ...shown };
  // first that this day is over: what was confirmed is erased in the next night, not at once
  await noteApplied(ports, now);
  await ports.operations.keyValues.put(confirmedRegister, `${now} ${context.actor.id}`);
  ports.logger.info('retention.confirmed', { due: shown.total });
  return { outcome: 'confirmed', ...shown };
};

/** Said once a day. @returns whether the night must wait for a person */
const isHeld = async (ports: Ports, before: string | undefined, today: string): Promise<boolean> => {
  const { operations, logger } = ports;
  const confirmed = await retentionConfirmed(ports);
  const days = before === undefined || !isCivilDate(before) ? 0 : daysBetween(before, today);
  if (confirmed && days <= longestGapDays) return false;
  if ((await operations.keyValues.get(heldRegister)) !== today) {
    if (confirmed) logger.warn('retention.held', { days });
    else logger.warn('retention.unconfirmed');
    await operations.keyValues.put(heldRegister, today);
  }
  return true;
};

/**
 * One look: does the night’s work if it is due and not done; begun again from the start when it was interrupted, since what is erased is
 * erased.
 * A clock that has jumped ahead, or a service that stood still for long, makes it wait for `tichet retention apply`; data that were there
 * before periods were shipped make it wait for `tichet retention confirm`.
 * @param rest others have the stores meanwhile
 * @returns whether it did
 */
export const retentionTurn = async (
  retaining: Retaining,
  signal: AbortSignal,
  rest: (milliseconds: number) => Promise<void>,
): Promise<boolean> => {
  const { ports, periods } = retaining;
  if (personalClasses.every((kind) => periods[kind] === null)) return false;
  const now = ports.clock.now();
  const today = civilDateOf(now);
  const before = await ports.operations.keyValues.get(register);
  if (localTimeOf(now) < notBefore || before === today || (await isHeld(ports, before, today))) return false;
  // the next look comes soon: tables that are being filled know of no task
  if (!(await ports.readModels.reached(await ports.store.end(), patience))) return false;
  const afterEach = async (erased: number): Promise<void> => {
    if (erased % mostAtOnce === 0) await rest(pauseMilliseconds);
  };
  const { erased, interrupted, counts } = await applyRetention(retaining, { now, by: 'night', signal, afterEach });
  if (erased > 0) ports.logger.info('retention.applied', { erased });
  const refused = personalClasses.reduce((sum, kind) => sum + (counts[kind].refused ?? 0), 0);
  if (refused > 0) ports.logger.warn('retention.refused', { refused });
  if (interrupted) return false;
  await noteApplied(ports, now);
  return true;
};
