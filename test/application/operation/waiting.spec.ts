import type { Attempt } from '../../../src/application/kernel/ports/operations';
import type { ParkedKey } from '@tichet-albastru/event-log/ports/read-models';
import { openingLetters } from '../../../src/application/booking/opening';
import { codeLetters } from '../../../src/application/booking/letters';
import { officialLetters } from '../../../src/application/staff/official-letters';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { awaited, never } from '../../../src/application/kernel/processes/process';
import { isChosen, parkedGroups } from '../../../src/application/operation/parked-groups';
import { retryEffectsFor, retryLetter } from '../../../src/application/operation/retry-letter';
import { waitingEffects, wantedAttempts } from '../../../src/application/operation/waiting-effects';

const at = '2026-03-02T08:00:00.000Z';
const later = '2026-03-02T08:05:00.000Z';
const attempt = (effectId: string, more: Partial<Attempt> = {}): Attempt => ({ effectId, attempts: 1, lastAt: at, done: false, ...more });

describe('effects that wait', () => {
  it('stand together by process, state and error, what was given up first; letters by their ids', () => {
    const told = waitingEffects([
      attempt('process-filing:t1', { nextAt: later, error: 'Unavailable', attempts: 3 }),
      attempt('process-code-letters:t1:l1:x', { nextAt: never, error: 'given-up', attempts: 10 }),
      attempt('process-code-letters:t2:l2:x', { nextAt: later, error: 'Error' }),
      attempt('process-code-letters:t3:l3:x', { nextAt: at, error: 'Error', attempts: 2 }),
      attempt('process-recordings:t1', { nextAt: later, error: awaited }),
      attempt('process-booking:t4'),
    ]);
    expect(told.map(({ process, state, error, count }) => [process, state, error, count])).toEqual([
      ['process-code-letters', 'given-up', 'given-up', 1],
      ['process-code-letters', 'retrying', 'Error', 2],
      ['process-filing', 'retrying', 'Unavailable', 1],
      ['process-recordings', 'awaited', undefined, 1],
      ['process-booking', 'under-way', undefined, 1],
    ]);
    expect(told[1]).toMatchObject({ attempts: 2, nextAt: at });
    expect(told[1]?.letters.map(({ letterId, ticketId }) => [letterId, ticketId])).toEqual([
      ['l2', 't2'],
      ['l3', 't3'],
    ]);
    expect(told[0]?.letters[0]).not.toHaveProperty('nextAt');
    expect(told[2]?.letters).toEqual([]);
  });
});

describe('effects that a person has tried again', () => {
  const official = 'process-official-letters:day/z01/2026-11-30:3';

  it('are no letters to officials, reminders, earlier hours or text messages: those have no number to be asked for by', async () => {
    const { operations, logger } = createTestPorts();
    const all = [
      official,
      'process-official-letters:day/z02/2026-11-30:3',
      'process-reminder-letters:t1:3:x',
      'process-earlier-hour-letters:t1:3:x',
    ];
    for (const effectId of all) {
      await operations.attempts.begin(effectId, at);
      await operations.attempts.failed(effectId, never, 'given-up');
    }
    expect(waitingEffects(await operations.attempts.unfinished()).flatMap(({ letters }) => letters)).toEqual([]);
    expect(await retryLetter({ operations }, '3')).toEqual({ again: 0, underWay: 0 });
    const admin = { kind: 'official', role: 'admin', person: 'p.admin' } as const;
    const group = { process: officialLetters.name, state: 'given-up', error: 'given-up' } as const;
    expect(await retryEffectsFor(admin, { operations, logger }, group)).toEqual({ again: 0, underWay: 0 });
    expect(await operations.attempts.unfinished()).toHaveLength(all.length);
  });

  it('are letters, and whatever else was given up; what is leaving just then is not sent twice', async () => {
    const { operations, logger } = createTestPorts();
    const [letter, filing] = ['process-code-letters:t1:l1:x', 'process-filing:t1:c:x'];
    for (const effectId of [letter, filing]) await operations.attempts.begin(effectId, at);
    expect(await retryLetter({ operations }, 'l1')).toEqual({ again: 0, underWay: 1 });
    expect(await operations.attempts.begin(letter, later)).toBe(2);
    for (const effectId of [letter, filing]) await operations.attempts.failed(effectId, never, 'given-up');
    expect(await retryLetter({ operations }, 'l1')).toEqual({ again: 1, underWay: 0 });
    const group = { process: 'process-filing', state: 'given-up', error: 'given-up' } as const;
    const auditor = { kind: 'official', role: 'auditor', person: 'p.a' } as const;
    expect(await retryEffectsFor(auditor, { operations, logger }, group)).toMatchObject({ code: 'forbidden' });
    const admin = { ...auditor, role: 'admin' } as const;
    expect(await retryEffectsFor(admin, { operations, logger }, group)).toEqual({ again: 1, underWay: 0 });
    expect(await operations.attempts.unfinished()).toEqual([]);
  });

  it('are told as given up only while the row stands that asks for them', async () => {
    const todo = { key: 't1', causeId: 'l1', correlationId: 'c', dueAt: at };
    const effectId = codeLetters.effectId({ ...todo, n: 1, expiresAt: later });
    const attempts = [attempt(effectId, { nextAt: never, error: 'given-up' }), attempt(official, { nextAt: never, error: 'given-up' })];
    const told = async (rows: Readonly<Record<string, object>>): Promise<readonly string[]> => {
      const get = <R>(_: string, key: string) => Promise.resolve(rows[key] as R | undefined);
      return (await wantedAttempts({ get }, attempts, at)).map((one) => one.effectId);
    };
    const news = { key: 'day/z01/2026-11-30', news: [1, 2, 3], until: later };
    expect(await told({ t1: todo, [news.key]: news })).toEqual([effectId, official]);
    expect(await told({ t1: { ...todo, causeId: 'l2' }, [news.key]: { ...news, until: '2026-03-01T08:00:00.000Z' } })).toEqual([]);
    expect(await told({})).toEqual([]);
  });

  it('are told as retrying or under way for ten minutes after their time, and then only while the row stands that asks for them', async () => {
    const effectId = codeLetters.effectId({ key: 't1', causeId: 'l1', correlationId: 'c', dueAt: at, n: 1, expiresAt: later });
    const row = { key: 't1', causeId: 'l1', correlationId: 'c', dueAt: at };
    const told = async (one: Attempt, moment: string, rows: Readonly<Record<string, object>> = {}): Promise<number> => {
      const get = <R>(_: string, key: string) => Promise.resolve(rows[key] as R | undefined);
      return (await wantedAttempts({ get }, [one], moment)).length;
    };
    for (const one of [attempt(effectId, { nextAt: at, error: 'Error' }), attempt(effectId)]) {
      expect(await told(one, '2026-03-02T08:10:00.000Z')).toBe(1);
      expect(await told(one, '2026-03-02T08:10:00.001Z')).toBe(0);
      expect(await told(one, '2026-03-02T08:10:00.001Z', { t1: row })).toBe(1);
    }
  });

  it('that no process asks for are told as given up, and else for ten minutes after their time', async () => {
    const effectId = `${openingLetters}:t1:l1:${at}`;
    const told = async (more: Partial<Attempt>, moment: string): Promise<number> => {
      const get = () => Promise.resolve(undefined);
      return (await wantedAttempts({ get }, [attempt(effectId, more)], moment)).length;
    };
    const retrying = { nextAt: at, error: 'Error' };
    expect(await told(retrying, '2026-03-02T08:10:00.000Z')).toBe(1);
    expect(await told(retrying, '2026-03-02T08:10:00.001Z')).toBe(0);
    expect(await told({ nextAt: never, error: 'Error' }, '2026-03-09T08:00:00.000Z')).toBe(1);
  });
});

describe('parked rows', () => {
  const row = (key: string, more: Partial<ParkedKey> = {}): ParkedKey => ({
    ...{ id: key, projection: 'tasks', key, position: '1', stream: 'ticket-x', type: 'Requested', eventId: 'e' },
    ...{ error: `TypeError: Cannot read properties of undefined (reading '${key}')`, parkedAt: later, waiting: 1, filling: false },
    ...more,
  });
  const rows = [
    row('a', { id: '10' }),
    row('b', { id: '9', parkedAt: at, type: 'Held', filling: true }),
    row('c', { id: '11', error: 'RangeError: another' }),
    row('d', { id: '12', projection: 'readings' }),
  ];

  it('stand together by table and error, whatever their values; the largest group first', () => {
    const told = parkedGroups(rows);
    expect(told.map(({ projection, error, rows: count }) => [projection, error, count])).toEqual([
      ['tasks', 'TypeError: Cannot read properties of undefined (reading …)', 2],
      ['tasks', 'RangeError', 1],
      ['readings', 'TypeError: Cannot read properties of undefined (reading …)', 1],
    ]);
    expect(told[0]).toMatchObject({ newest: '10', waiting: 2, oldest: at, types: ['Held', 'Requested'], filling: 1 });
  });

  it('are chosen by table, by error, by both, or all', () => {
    const keys = (choice: Parameters<typeof isChosen>[0]): string =>
      rows
        .filter((item) => isChosen(choice, item))
        .map(({ key }) => key)
        .join('');
    expect(keys({})).toBe('abcd');
    expect(keys({ projection: 'tasks' })).toBe('abc');
    expect(keys({ error: 'TypeError: Cannot read properties of undefined (reading …)' })).toBe('abd');
    expect(keys({ projection: 'tasks', error: 'RangeError' })).toBe('c');
  });
});
