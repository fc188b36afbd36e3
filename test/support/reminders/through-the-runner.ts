import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reminderLetters } from '../../../src/application/booking/reminders';
import { meetingDeadlines } from '../../../src/domain/ticket/meeting';
import type { CommandContext } from '../../../src/application/kernel/execute';
import type { Delivery, Letter } from '../../../src/application/kernel/ports/mailer';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import type { ProjectionStore } from '../../../src/application/kernel/ports/projection-store';
import type { ReadModels } from '../../../src/application/kernel/ports/read-models';
import { drain } from '../../../src/application/kernel/processes/runner';
import type { Process } from '../../../src/application/kernel/processes/process';
import { StreamCache } from '../../../src/application/kernel/stream-cache';
import { staffMembers, tickets } from '../../../src/application/kernel/streams';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { accept } from '../../../src/domain/kernel/decider';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { personal } from '../../../src/domain/kernel/personal-text';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { isRequested } from '../../../src/domain/ticket/ticket';
import { policiesWith } from '../../../src/domain/policies';
import { openSqliteEventStore } from '../../../src/infrastructure/log/event-store/sqlite/sqlite-event-store';
import { openSqliteOperations } from '../../../src/infrastructure/tables/operations/sqlite-operations';
import { SqliteReadModels } from '../../../src/infrastructure/tables/read-models/sqlite-read-models';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { catchUp } from '../../../src/projections/kernel/projector';
import { aLife, chances, day, type Happening, hour, instantOf, type Life, minute, slotAt } from './lives-of-meetings';
import { clockOnTheWall, expectedReminders } from './expected-reminders';

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

const inMemory = (): Opened => {
  const ports = createTestPorts();
  return { ports, rows: ports.readModels, close: () => Promise.resolve() };
};

const inSqlite = async (): Promise<Opened> => {
  const folder = mkdtempSync(join(tmpdir(), 'tichet-reminders-'));
  const store = await openSqliteEventStore({ folder });
  const operations = openSqliteOperations({ folder, answerKey: Buffer.alloc(32, 5) });
  const rows = new SqliteReadModels(join(folder, 'read-models.db'));
  const ports = { ...createTestPorts(), store, operations };
  return {
    ports,
    rows,
    close: async () => {
      rows.close();
      operations.close();
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
};
export const storages = { memory: () => Promise.resolve(inMemory()), sqlite: inSqlite } as const;
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

/** When a reminder is of, and the hour that it says. */
const saidIn = ({ text, issuedAt }: Letter): string =>
  text.includes('Vă reamintim') ? `${issuedAt ?? ''} ${/(\d\d:\d\d)–\d\d:\d\d/u.exec(text)?.[1] ?? ''}` : 'another letter';

/** What happens to one ticket, by the letter and by the log. */
type Seen = { readonly letters: Map<string, number>; readonly issued: string[]; readonly cut: Set<string> };

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
  /** of those that a mail server that is away makes a matter of luck */
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
  const opened = await storages[storage]();
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
  const killed = (): Error => new Error('killed');
  const { store, operations } = opened.ports;

  const seenOf = (ticketId: string): Seen => {
    const known = seen.get(ticketId) ?? { letters: new Map<string, number>(), issued: [], cut: new Set<string>() };
    seen.set(ticketId, known);
    return known;
  };
  const send = (letter: Letter): Promise<Delivery> => {
    if (failing.dead || isAway(mailAway, failing.now)) return Promise.reject(new Error('away'));
    const { letters, issued, cut } = seenOf(letter.ticketId);
    const times = letters.get(letter.letterId) ?? 0;
    letters.set(letter.letterId, times + 1);
    if (times === 0) issued.push(saidIn(letter));
    else failing.again += 1;
    // the line is cut after the letter was taken, before the answer
    if (chance.next() < 0.01) {
      cut.add(saidIn(letter));
      return Promise.reject(new Error('cut'));
    }
    return Promise.resolve({ kind: 'accepted' });
  };
  const ports: Ports = {
    ...opened.ports,
    streamCache: new StreamCache(),
    store: {
      ...store,
      append: (...batch) => {
        if (failing.dead) return Promise.reject(killed());
        if (failing.dies && chance.next() < 0.02) {
          failing.dead = true;
          failing.crashes += 1;
          return Promise.reject(killed());
        }
        failing.changed = true;
        return store.append(...batch);
      },
      read: (...asked) => store.read(...asked),
      readAll: (...asked) => store.readAll(...asked),
      end: () => store.end(),
    },
    operations: {
      ...operations,
      attempts: {
        ...operations.attempts,
        failed: (...noted) => (failing.dead ? Promise.reject(killed()) : operations.attempts.failed(...noted)),
        done: (...noted) => (failing.dead ? Promise.reject(killed()) : operations.attempts.done(...noted)),
      },
    },
    mailer: { send, forget: () => Promise.resolve(0) },
    readModels: opened.rows,
  };
  const project = async (): Promise<void> => {
    await catchUp({ store, codec: ports.codec, rows: opened.rows, clock: ports.clock, logger: ports.logger }, [process]);
  };
  const reached: ReadModels['reached'] = async () => {
    if (failing.changed) {
      failing.changed = false;
      await project();
    }
    return true;
  };
  const readModels: ReadModels = {
    get: (projection, key) => opened.rows.get(projection, key),
    select: (projection, selection) => opened.rows.select(projection, selection),
    count: (projection, where) => opened.rows.count(projection, where),
    position: (projection) => opened.rows.position(projection),
    reached,
    parked: () => opened.rows.parked(),
    changes: (signal) => opened.rows.changes(signal),
  };
  const runner: Ports = { ...ports, readModels };
  const contextAt = (at: number): CommandContext => {
    const commandId = ports.identifiers.next();
    return {
      commandId,
      correlationId: commandId,
      causationId: commandId,
      asker: { kind: 'host' },
      actor: { kind: 'staff', id: 'someone' },
      at: instantOf(at),
    };
  };
  await staffMembers.of(ports, staffId).transact(contextAt(begins), 'registered', () =>
    accept({
      type: 'StaffRegistered',
      data: {
        staffId,
        name: personal('staff', 'Ioana Mureșan'),
        email: personal('staff', 'ioana@primaria.example'),
        role: 'executive',
        department: 'Urbanism',
        departmentCode: '425',
        registeredAt: instantOf(begins),
      },
    }),
  );

  /** Of one ticket in their order, of several at once: as many requests would. */
  const tellAll = async (now: readonly Told[]): Promise<void> => {
    const ofTickets = new Map<string, Told[]>();
    for (const one of now) ofTickets.set(one.ticketId, [...(ofTickets.get(one.ticketId) ?? []), one]);
    await Promise.all(
      [...ofTickets].map(async ([ticketId, facts]) => {
        for (const { fact, at } of facts) {
          if (fact === undefined) continue;
          const done = await tickets.of(ports, ticketId).transact(contextAt(at), 'told', () => accept(fact));
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
    if (failing.dead) deadAt.add(tick);
    Object.assign(failing, { dies: false, dead: false });
  }

  const wrong: string[] = [];
  let letters = 0;
  let leftOut = 0;
  let either = 0;
  for (const { ticketId, life } of lives) {
    const { letters: taken, issued, cut } = seenOf(ticketId);
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
    for (const { name, slot, from, until, standsUntil } of named) {
      if (said.has(name)) continue;
      // moved away before its time, and back again: the later one is the same letter
      if (standsUntil <= from && named.some((other) => other.name === name && other.standsUntil > from)) continue;
      const looks = between(looked, from, Math.min(until, standsUntil));
      const open = looks.filter((at) => !isAway(mailAway, at));
      const came = outcomes.get(name) ?? [];
      outcomes.delete(name);
      const text = issued.filter((said) => said === `${instantOf(from)} ${clockOnTheWall(slot)}`);
      if (text.length > 0) said.add(name);
      if (text.length > 1) faults.push(`double ${name}`);
      // taken at the first look; where the mail server was away then, its turn comes by the back-off, which chance makes longer
      const sure = open.filter((at) => !deadAt.has(at));
      const certain = sure[0] !== undefined && (sure[0] === looks[0] || (sure.length >= 3 && until - sure[0] > 40 * minute));
      if (certain && text.length === 0) faults.push(`missing ${name}`);
      if (open.length === 0 && text.length > 0) faults.push(`wrong ${name}`);
      if (open.length > 0 && !certain) either += 1;
      if (came.length > 1) faults.push(`noted twice ${name}`);
      if (came[0] === 'sent' && text.length === 0) faults.push(`noted and not sent ${name}`);
      // nobody can know of a line that was cut
      if (came[0] === 'left out' && text.some((said) => !cut.has(said))) faults.push(`sent and noted as left out ${name}`);
      leftOut += came[0] === 'left out' ? 1 : 0;
    }
    for (const name of outcomes.keys()) faults.push(`nobody expected ${name}`);
    if (issued.length > expected.length) faults.push('more letters than reminders');
    for (const [letterId, times] of taken) if (times > mostAgain) faults.push(`handed over again and again: ${letterId}`);
    for (const letterId of letterIds) if (!taken.has(letterId)) faults.push(`no letter ${letterId}`);
    letters += taken.size;
    if (faults.length > 0 && wrong.length < 3)
      wrong.push(JSON.stringify({ ticketId, faults, happenings: life.happenings.map((one) => ({ ...one, at: instantOf(one.at) })) }));
  }
  await opened.close();
  return { meetings, letters, leftOut, again: failing.again, crashes: failing.crashes, either, wrong };
};
