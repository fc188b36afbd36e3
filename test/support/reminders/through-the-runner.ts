import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reminderLetters } from '../../../src/application/booking/reminders';
import { meetingDeadlines } from '../../../src/domain/ticket/meeting';
import type { Delivery, Letter } from '../../../src/application/kernel/ports/mailer';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import type { ProjectionStore } from '@tichet-albastru/event-log/ports/projection-store';
import type { ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import { drain } from '../../../src/application/kernel/processes/runner';
import type { Process } from '../../../src/application/kernel/processes/process';
import { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import { staffMembers, tickets } from '../../../src/application/kernel/streams';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { accept } from '../../../src/domain/kernel/decider';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { personal } from '../../../src/domain/kernel/personal-text';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { isRequested } from '../../../src/domain/ticket/ticket';
import { policiesWith } from '../../../src/domain/policies';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { openSqliteOperations } from '../../../src/infrastructure/tables/operations/sqlite-operations';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { contextAt } from '../command-context';
import { staffRegistered } from '../history';
import { aLife, chances, day, type Happening, hour, instantOf, type Life, minute, slotAt } from './lives-of-meetings';
import { dayAndHourOnTheWall, expectedReminders } from './expected-reminders';

const staffId = 's-1';
const place = { staffId, department: 'Urbanism', departmentCode: '425' };
const request = { number: '154997', filedOn: '2026-01-12' };

/** Every fact whole, as the log would have it. */
const wholeFact = (
  life: Life,
  { type, at, slot, policy }: Happening,
  before: Happening | undefined,
  index: number,
): TicketFact | undefined => {
  const now = instantOf(at);
  const start = slot ?? before?.slot ?? at;
  const booking = { request, ...place, mode: 'phone', slot: slotAt(start), holdId: `hold-${String(index)}` } as const;
  const policies = policiesWith(policy === undefined ? {} : { reminders: { value: policy, version: 2 } });
  const deadlines = meetingDeadlines({ policies, calendar: workingCalendar.initial }, 'phone', booking.slot);
  const from = { staffId, departmentCode: '425', slot: slotAt(before?.slot ?? start), holdId: 'hold-before' };
  switch (type) {
    case 'Requested':
      return {
        type,
        data: {
          ...booking,
          reference: 'TA-0123ABCD',
          requestedAt: now,
          heldUntil: now,
          ground: { kind: 'in-operation' },
          matched: ['number', 'name', 'filed-on'],
          contact: { name: personal('contact', 'Ana Pop'), ...(life.hasEmail ? { email: personal('contact', 'ana@example.ro') } : {}) },
          locale: 'ro',
          policies: [],
          calendarVersion: '1',
        },
      };
    case 'Scheduled':
      return { type, data: { ...booking, ...deadlines, requestedAt: now, scheduledAt: now, sequence: 0 } };
    case 'Rescheduled':
      return {
        type,
        data: { ...booking, ...deadlines, from, by: 'staff', reason: 'illness', citizenAgreed: true, requestedAt: now, sequence: 1 },
      };
    case 'Reassigned':
      return { type, data: { ...booking, from, reason: personal('contact', 'concediu'), reassignedAt: now, sequence: 1 } };
    case 'Cancelled':
      return { type, data: { ...booking, by: 'staff', reason: 'illness', cancelledAt: now, slotFreeFrom: now, sequence: 2 } };
    case 'StaffAbsent':
      return { type, data: { ...booking, absentAt: now, noticeDueAt: now, newSlotDueAt: now } };
    case 'MeetingStarted':
      return { type, data: { startedAt: now, slot: booking.slot, staffId, grade: 'declared' } };
    case 'Held':
      return {
        type,
        data: {
          ...booking,
          startedAt: now,
          endedAt: now,
          recordKind: 'written-record',
          resolutionTargetAt: now,
          resolutionHardLimitAt: now,
          policies: [],
          calendarVersion: '1',
          grade: 'declared',
        },
      };
    case 'CitizenAbsent':
      return { type, data: { ...booking, waitedMinutes: 10, absentAt: now } };
    case 'PersonalDataErased':
      return { type, data: { erasedAt: now, reason: personal('office', 'cerere') } };
    case 'MeetingLinkAttached':
      return undefined;
    default:
      throw new Error(`nothing is known of ${type}`);
  }
};

type Told = { readonly ticketId: string; readonly at: number; readonly fact: TicketFact | undefined };

type Opened = { readonly ports: Ports; readonly rows: ReadModels & ProjectionStore; readonly close: () => Promise<void> };
/** Stores that can be opened, closed and opened again. */
type Installation = { readonly open: () => Promise<Opened>; readonly remove: () => void };

/** What is in memory only is there still after a process that ended: of such a store the rest is lost, its cache and what was under way. */
const inMemory = (): Installation => {
  const ports = createTestPorts();
  return { open: () => Promise.resolve({ ports, rows: ports.readModels, close: () => Promise.resolve() }), remove: () => undefined };
};

const inSqlite = (): Installation => {
  const folder = mkdtempSync(join(tmpdir(), 'tichet-reminders-'));
  const ports = createTestPorts();
  return {
    open: async () => {
      const store = await openSqliteEventStore({ folder });
      const operations = openSqliteOperations({ folder, answerKey: Buffer.alloc(32, 5) });
      const rows = new SqliteReadModels(join(folder, 'read-models.db'));
      const close = async (): Promise<void> => {
        rows.close();
        operations.close();
        await store.close();
      };
      return { ports: { ...ports, store, operations }, rows, close };
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
};
export const storages = { memory: inMemory, sqlite: inSqlite } as const;
export type Storage = keyof typeof storages;

const period = 15 * minute;
/** More often than chance cuts a line, or ends a process, at one and the same letter. */
const mostAgain = 4;
/** In the weeks in which the clocks of March go forward. */
const begins = Date.UTC(2026, 2, 16);
const last = 24 * day;

/** Those of these instants, which are in order, that are in this stretch. */
const between = (instants: readonly number[], from: number, until: number): readonly number[] => {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] ?? Infinity) < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while ((instants[end] ?? Infinity) < until) end += 1;
  return instants.slice(low, end);
};

/** When a reminder is of, and the day and hour that it says. */
const saidIn = ({ text, issuedAt }: Letter): string =>
  text.includes('Vă reamintim')
    ? `${issuedAt ?? ''} ${/(\d+ \p{L}+ \d{4}, \d\d:\d\d)–\d\d:\d\d/u.exec(text)?.[1] ?? ''}`
    : 'another letter';

/** What happens to one ticket, by the letter and by the log. */
type Seen = {
  /** by their ids: how often each was taken, when first, and what it says */
  readonly letters: Map<string, { times: number; readonly at: number; readonly said: string }>;
  readonly issued: string[];
  /** what was taken, and nobody here has heard of it */
  readonly unheard: Set<string>;
};

const isAway = (stretches: Life['mailAway'], at: number): boolean => stretches.some(([from, until]) => at >= from && at < until);

/**
 * At which quarters of an hour the clock is looked at, besides every full hour: while something is just due or just too late, and while what
 * was away comes back. Between these nothing changes, and a hundred thousand meetings cost minutes.
 */
const looksWorthwhile = (lives: readonly Life[], outages: readonly (readonly [number, number])[]): ReadonlySet<number> => {
  const wanted = new Set<number>();
  const around = (at: number, minutes: number): void => {
    for (let tick = Math.ceil(at / period) * period; tick <= at + minutes * minute; tick += period) wanted.add(tick);
  };
  for (const life of lives)
    for (const { from, until } of expectedReminders(life)) {
      around(from, 30);
      around(until - period, 30);
    }
  for (const [, ends] of outages) around(ends, 60);
  return wanted;
};

export type RunnerReport = {
  readonly meetings: number;
  readonly letters: number;
  readonly leftOut: number;
  /** handed over once more, with the same id, for the process or the line ended between the letter and its fact */
  readonly again: number;
  readonly crashes: number;
  /** of those whose every look ended in the middle: they may have left or not */
  readonly either: number;
  readonly wrong: readonly string[];
};

type RunnerOptions = { readonly meetings: number; readonly seed: number; readonly storage: Storage; readonly process?: Process };

/**
 * So many tickets in one log, their facts at their times, one look at the clock every quarter of an hour at most, through the real runner, projector,
 * codec and stores. The service, the mail server and the process itself fail now and then, for everybody at once.
 */
export const throughTheRunner = async (options: RunnerOptions): Promise<RunnerReport> => {
  const { meetings, seed, storage, process = reminderLetters } = options;
  const chance = chances(seed);
  const installation = storages[storage]();
  let opened = await installation.open();
  const seen = new Map<string, Seen>();
  const failing = { now: begins, dies: false, dead: false, changed: true, crashes: 0, again: 0 };
  /** One long absence, and many that are over within an hour and a half. */
  const absences = (first: number, hours: number): (readonly [number, number])[] => [
    [first, first + hours * hour],
    ...Array.from({ length: 12 }, () => {
      const from = begins + chance.below(last);
      return [from, from + chance.between(1, 90) * minute] as const;
    }),
  ];
  const serviceAway = absences(begins + 8 * day + 3 * hour, 28);
  const mailAway = absences(begins + 12 * day + 7 * hour, 5);
  /** Nothing gets through any more once the process has ended, and it may end here. */
  const perhapsEnd = (): void => {
    if (!failing.dead && failing.dies && chance.next() < 0.002) {
      failing.dead = true;
      failing.crashes += 1;
    }
    if (failing.dead) throw new Error('killed');
  };
  /** Ends now and then before this was done, and now and then when it was done and nobody has heard of it. */
  const mortal =
    <A extends readonly unknown[], R>(act: (...asked: A) => Promise<R>) =>
    async (...asked: A): Promise<R> => {
      perhapsEnd();
      const done = await act(...asked);
      perhapsEnd();
      return done;
    };

  const seenOf = (ticketId: string): Seen => {
    const known = seen.get(ticketId) ?? { letters: new Map<string, never>(), issued: [], unheard: new Set<string>() };
    seen.set(ticketId, known);
    return known;
  };
  const take = (letter: Letter): Delivery => {
    perhapsEnd();
    if (isAway(mailAway, failing.now)) throw new Error('away');
    const { letters, issued, unheard } = seenOf(letter.ticketId);
    const taken = letters.get(letter.letterId) ?? { times: 0, at: failing.now, said: saidIn(letter) };
    letters.set(letter.letterId, taken);
    taken.times += 1;
    if (taken.times === 1) issued.push(taken.said);
    else failing.again += 1;
    unheard.add(taken.said);
    perhapsEnd();
    if (chance.next() < 0.01) throw new Error('the line was cut');
    return { kind: 'accepted' };
  };
  const portsOf = ({ ports: own, rows }: Opened): { readonly ports: Ports; readonly runner: Ports } => {
    const { store, operations } = own;
    const { attempts, outbox } = operations;
    const ports: Ports = {
      ...own,
      streamCache: new StreamCache(),
      store: {
        ...store,
        append: mortal(async (...batch) => {
          failing.changed = true;
          return store.append(...batch);
        }),
        read: (...asked) => store.read(...asked),
        readAll: (...asked) => store.readAll(...asked),
        end: () => store.end(),
      },
      operations: {
        ...operations,
        attempts: {
          ...attempts,
          begin: mortal((...noted) => attempts.begin(...noted)),
          failed: mortal((...noted) => attempts.failed(...noted)),
          done: mortal((...noted) => attempts.done(...noted)),
        },
        outbox: {
          ...outbox,
          note: mortal(async (letter) => {
            await outbox.note(letter);
            const { letters, unheard } = seenOf(letter.ticketId);
            if (letter.state === 'accepted') unheard.delete(letters.get(letter.letterId)?.said ?? '');
          }),
        },
      },
      mailer: {
        send: (letter) =>
          new Promise((resolve) => {
            resolve(take(letter));
          }),
        forget: () => Promise.resolve(0),
      },
      readModels: rows,
    };
    const reached: ReadModels['reached'] = async () => {
      // whoever has ended begins no further round
      perhapsEnd();
      if (failing.changed) {
        failing.changed = false;
        await catchUp({ store, codec: ports.codec, rows, clock: ports.clock, logger: ports.logger }, [process]);
      }
      return true;
    };
    const readModels: ReadModels = {
      get: (projection, key) => rows.get(projection, key),
      select: (projection, selection) => rows.select(projection, selection),
      count: (projection, where) => rows.count(projection, where),
      position: (projection) => rows.position(projection),
      reached,
      parked: () => rows.parked(),
      changes: (signal) => rows.changes(signal),
    };
    return { ports, runner: { ...ports, readModels } };
  };
  let { ports, runner } = portsOf(opened);
  /** As the next process finds it. */
  const beginAgain = async (): Promise<void> => {
    await opened.close();
    opened = await installation.open();
    ({ ports, runner } = portsOf(opened));
    failing.changed = true;
  };
  const contextOf = (at: number) => contextAt(instantOf(at), ports.identifiers.next(), { kind: 'staff', id: 'someone' });
  await staffMembers.of(ports, staffId).transact(contextOf(begins), 'registered', () => accept(staffRegistered(staffId)[1]));

  /** Of one ticket in their order, of several at once: as many requests would. */
  const tellAll = async (now: readonly Told[]): Promise<void> => {
    const ofTickets = new Map<string, Told[]>();
    for (const one of now) ofTickets.set(one.ticketId, [...(ofTickets.get(one.ticketId) ?? []), one]);
    await Promise.all(
      [...ofTickets].map(async ([ticketId, facts]) => {
        for (const { fact, at } of facts) {
          if (fact === undefined) continue;
          const done = await tickets.of(ports, ticketId).transact(contextOf(at), 'told', () => accept(fact));
          if (isRefusal(done)) throw new Error(`refused: ${done.code}`);
        }
      }),
    );
  };

  const lives = Array.from({ length: meetings }, () => {
    const life = aLife(chance, { from: begins, count: 7 });
    return { ticketId: ports.identifiers.next(), life: { ...life, hasPhone: false, ticks: { offset: 0, period }, serviceAway, mailAway } };
  });
  const told = lives
    .flatMap(({ ticketId, life }) =>
      life.happenings.map((happening, index) => ({
        ticketId,
        at: happening.at,
        fact: wholeFact(
          life,
          happening,
          life.happenings.slice(0, index).findLast(({ slot }) => slot !== undefined),
          index,
        ),
      })),
    )
    .sort((one, other) => one.at - other.at);
  const wanted = looksWorthwhile(
    lives.map(({ life }) => life),
    [...serviceAway, ...mailAway],
  );
  const looked: number[] = [];
  /** looks in the middle of which the process ended */
  const deadAt = new Set<number>();
  let next = 0;
  for (let tick = begins; next < told.length || tick < begins + last; tick += period) {
    const begun = next;
    while ((told[next]?.at ?? Infinity) <= tick) next += 1;
    await tellAll(told.slice(begun, next));
    if (isAway(serviceAway, tick) || !(wanted.has(tick) || tick % hour === 0)) continue;
    looked.push(tick);
    Object.assign(failing, { now: tick, dies: true, dead: false });
    try {
      await drain(runner, [process], instantOf(tick), { concurrency: 16 });
    } catch (error) {
      if (!failing.dead) throw error;
    }
    const { dead } = failing;
    Object.assign(failing, { dies: false, dead: false });
    if (dead) {
      deadAt.add(tick);
      await beginAgain();
    }
  }

  const wrong: string[] = [];
  let letters = 0;
  let leftOut = 0;
  let either = 0;
  for (const { ticketId, life } of lives) {
    const { letters: taken, issued, unheard } = seenOf(ticketId);
    const { state, events } = await tickets.of(ports, ticketId).load();
    const outcomes = new Map<string, string[]>();
    const letterIds: string[] = [];
    for (const { fact } of events) {
      if (fact.type !== 'ReminderSent' && fact.type !== 'ReminderLeftOut') continue;
      const name = `${fact.data.slot.startsAt} ${String(fact.data.hoursBefore)}`;
      outcomes.set(name, [...(outcomes.get(name) ?? []), fact.type === 'ReminderSent' ? 'sent' : 'left out']);
      if (fact.type === 'ReminderSent') letterIds.push(fact.data.letterId);
    }
    const faults: string[] = [];
    if (!isRequested(state)) faults.push('there is no ticket');
    const expected = expectedReminders(life);
    const named = expected.map((one) => ({ ...one, name: `${instantOf(one.slot)} ${String(one.hoursBefore)}` }));
    const said = new Set<string>();
    const expectedOf = new Set<string>();
    for (const { name, slot, from, until, standsUntil } of named) {
      if (said.has(name)) continue;
      // moved away before its time, and back again: the later one is the same letter, or one that says the same at the same moment
      const isAlike = (other: (typeof named)[number]): boolean => other.name === name || (other.slot === slot && other.from === from);
      if (standsUntil <= from && named.some((other) => isAlike(other) && other.standsUntil > from)) continue;
      const looks = between(looked, from, Math.min(until, standsUntil));
      const open = looks.filter((at) => !isAway(mailAway, at));
      const came = outcomes.get(name) ?? [];
      outcomes.delete(name);
      const saying = `${instantOf(from)} ${dayAndHourOnTheWall(slot)}`;
      const text = issued.filter((said) => said === saying);
      const takenAt = [...taken.values()].find(({ said }) => said === saying)?.at;
      expectedOf.add(saying);
      if (text.length > 0) said.add(name);
      if (text.length > 1) faults.push(`double ${name}`);
      // where the mail server was away at one look its back-off is over at the next
      const certain = open.some((at) => !deadAt.has(at));
      if (certain && text.length === 0) faults.push(`missing ${name}`);
      if (open.length === 0 && text.length > 0) faults.push(`wrong ${name}`);
      const latest = open.find((at) => !deadAt.has(at));
      if (takenAt !== undefined && latest !== undefined && takenAt > latest) faults.push(`late ${name}`);
      if (open.length > 0 && !certain) either += 1;
      if (came.length > 1) faults.push(`noted twice ${name}`);
      if (came[0] === 'sent' && text.length === 0) faults.push(`noted and not sent ${name}`);
      // nobody can know of what was taken before the line was cut, or the process ended
      if (came[0] === 'left out' && text.some((said) => !unheard.has(said))) faults.push(`sent and noted as left out ${name}`);
      leftOut += came[0] === 'left out' ? 1 : 0;
    }
    for (const name of outcomes.keys()) faults.push(`nobody expected ${name}`);
    for (const saying of issued) if (!expectedOf.has(saying)) faults.push(`nobody expected the letter ${saying}`);
    for (const [letterId, { times }] of taken) if (times > mostAgain) faults.push(`handed over again and again: ${letterId}`);
    for (const letterId of letterIds) if (!taken.has(letterId)) faults.push(`no letter ${letterId}`);
    letters += taken.size;
    if (faults.length > 0 && wrong.length < 3)
      wrong.push(JSON.stringify({ ticketId, faults, happenings: life.happenings.map((one) => ({ ...one, at: instantOf(one.at) })) }));
  }
  await opened.close();
  installation.remove();
  return { meetings, letters, leftOut, again: failing.again, crashes: failing.crashes, either, wrong };
};
