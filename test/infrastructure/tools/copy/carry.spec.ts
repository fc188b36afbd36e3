import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Operations } from '../../../../src/application/kernel/ports/operations';
import type { NotedRefusal } from '../../../../src/application/kernel/ports/refusals';
import { carryKeys } from '../../../../src/infrastructure/tools/copy/carry';
import {
  carryOperations,
  openSqliteOperationRows,
  postgresOperationRows,
  type CarriedRows,
} from '../../../../src/infrastructure/tools/copy/carry-operations';
import { openPostgresOperations } from '../../../../src/infrastructure/tables/operations/postgres-operations';
import { openSqliteOperations } from '../../../../src/infrastructure/tables/operations/sqlite-operations';
import { openPostgres, type Postgres } from '../../../../src/infrastructure/nest/postgres';
import { isMasterKeyOf, keyEpoch } from '@tichet-albastru/event-log/keys/key-epoch';
import { KeyUnusable, type KeyStore } from '@tichet-albastru/event-log/keys/key-store';
import { openPostgresKeyStore } from '@tichet-albastru/event-log/keys/postgres-key-store';
import { postgresWrappedKeys } from '@tichet-albastru/event-log/keys/postgres-wrapped-keys';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { openSqliteWrappedKeys } from '@tichet-albastru/event-log/keys/sqlite-wrapped-keys';
import type { WrappedKeys } from '@tichet-albastru/event-log/keys/wrapped-keys';
import { createTestDatabase, type TestDatabase } from '../../../support/postgres';
import { closing, emptyFolder } from '../../../support/closing';

const masterKey = randomBytes(32);
const answerKey = Buffer.alloc(32, 3);
const at = '2026-03-02T08:00:00.000Z';
const later = '2026-03-02T09:00:00.000Z';

/** Keys and operations in one place, as a service uses them and as a copy does. */
type Place = {
  readonly name: string;
  readonly keys: KeyStore;
  readonly operations: Operations;
  readonly wrapped: WrappedKeys;
  readonly rows: CarriedRows;
  readonly close: () => void;
};

let database: TestDatabase;
let postgres: Postgres;

const inSqlite = (): Place => {
  const folder = emptyFolder();
  const path = join(folder, 'keys.db');
  const [keys, operations] = [openSqliteKeyStore({ path, masterKey }), openSqliteOperations({ folder, answerKey })];
  const wrapped = openSqliteWrappedKeys({ path, readOnly: false });
  const rows = openSqliteOperationRows({ path: join(folder, 'operations.db'), readOnly: false });
  return {
    name: 'sqlite',
    keys,
    operations,
    wrapped,
    rows,
    close: () => {
      for (const one of [keys, operations, wrapped, rows]) one.close();
    },
  };
};
const inPostgres = async (): Promise<Place> => {
  const { pool } = postgres;
  const keys = await openPostgresKeyStore({ pool, masterKey });
  return {
    name: 'postgres',
    keys,
    operations: openPostgresOperations({ pool, answerKey }),
    wrapped: postgresWrappedKeys({ pool, destroy: (names) => keys.destroy(names) }),
    rows: postgresOperationRows(pool),
    close: () => undefined,
  };
};

beforeEach(async () => {
  database = await createTestDatabase();
  postgres = closing(await openPostgres({ url: database.url }));
});

/** One place after the other, each carried to the next. */
const places = async (): Promise<readonly Place[]> => [inSqlite(), await inPostgres(), inSqlite()];
const along = async (all: readonly Place[], carry: (from: Place, to: Place) => Promise<void>): Promise<Place> => {
  for (const [index, to] of all.entries()) {
    const from = all[index - 1];
    if (from) await carry(from, to);
  }
  const last = all.at(-1);
  if (!last) throw new Error('no place');
  return last;
};

describe('keys that are carried from SQLite to PostgreSQL and back', () => {
  it('are the same keys; destroyed ones stay destroyed; a second time changes nothing', async () => {
    const all = await places();
    const names = Array.from({ length: 600 }, (_, index) => `contact:ticket-ș${index}`);
    const first = all[0]?.keys;
    const keys = await first?.obtain(names);
    await first?.destroy(['contact:ticket-ș7', 'name:never-used']);
    const last = await along(all, async (from, to) => {
      const carried = { kind: 'carried', names: 601, destroyed: 2 };
      expect(await carryKeys({ from: from.wrapped, to: to.wrapped, masterKey })).toEqual(carried);
      expect(await carryKeys({ from: from.wrapped, to: to.wrapped, masterKey })).toEqual(carried);
    });
    for (const place of all) {
      const found = await Promise.all(names.map((name) => place.keys.find(name)));
      expect(found.map((key) => key?.toString('hex'))).toEqual(keys?.map((key, index) => (index === 7 ? undefined : key?.toString('hex'))));
      expect(await place.keys.destroyed()).toEqual(['contact:ticket-ș7', 'name:never-used']);
      expect(await place.keys.obtain(['contact:ticket-ș7', 'name:never-used'])).toEqual([undefined, undefined]);
    }
    expect(last.name).toBe('sqlite');
    for (const { close } of all) close();
  });

  it('destroy in the target what was destroyed in the source since, and bring back nobody', async () => {
    const all = await places();
    const [source, target] = all;
    if (!source || !target) throw new Error('no places');
    await source.keys.obtain(['a', 'b', 'c']);
    await carryKeys({ from: source.wrapped, to: target.wrapped, masterKey });
    await source.keys.destroy(['a']);
    await target.keys.destroy(['b']);
    expect(await carryKeys({ from: source.wrapped, to: target.wrapped, masterKey })).toEqual({ kind: 'carried', names: 3, destroyed: 2 });
    expect(await target.keys.destroyed()).toEqual(['a', 'b']);
    expect(await target.keys.find('c')).toEqual(await source.keys.find('c'));
    for (const { close } of all) close();
  });

  it('are refused by a target that has another key under a name, or by another master key, before any is carried', async () => {
    const all = await places();
    const [source, target] = all;
    if (!source || !target) throw new Error('no places');
    await source.keys.obtain(['a', 'b']);
    await target.keys.obtain(['b']);
    expect(await carryKeys({ from: source.wrapped, to: target.wrapped, masterKey })).toEqual({ kind: 'other-key', name: 'b' });
    expect(await target.keys.find('a')).toBeUndefined();
    const carrying = carryKeys({ from: source.wrapped, to: target.wrapped, masterKey: randomBytes(32) });
    await expect(carrying).rejects.toThrow(KeyUnusable);
    for (const { close } of all) close();
  });
});

const command = { commandId: 'c-1', at, ids: ['t-1', 'h „ș” "1"'] };
const answer = { status: 201, body: '{"ș":"\\u2028"}', headers: { location: '/x' } };
const letter = { letterId: 'l-1', ticketId: 't-1', kind: 'code', state: 'accepted', at, attempts: 2 } as const;

const refusal: NotedRefusal = {
  subject: 'ticket-t-1',
  commandId: 'c-7',
  at,
  command: 'cancelTicket',
  code: 'wrong-state',
  actor: { kind: 'staff', id: 's-1' },
};

/** What a service has done before it is moved. */
const use = async (operations: Operations): Promise<void> => {
  const { idempotency, verification, codes, places, attempts, outbox, keyValues, drafts, openings, refusals } = operations;
  await idempotency.remember('k-1', 'f', command);
  await idempotency.settle('k-1', answer);
  await idempotency.remember('k-2', 'f', { ...command, commandId: 'c-2' });
  await idempotency.refused('k-2');
  await verification.open('t-1', 3, later);
  await verification.takeTry('t-1', at, 5);
  await verification.takeTry('t-1', at, 5);
  await verification.open('t-2', 1, later);
  await verification.spend('t-2', 1);
  await codes.keep('t-1:3', '471147', later);
  await places.claim('tag', 't-1', 1);
  await attempts.begin('e-1', at);
  await attempts.done('e-1');
  await attempts.begin('e-2', at);
  await attempts.begin('e-2', at);
  await attempts.failed('e-2', later, 'ECONNREFUSED');
  await outbox.note(letter);
  await keyValues.put('staff-feed/s-1', 'tag');
  await drafts.put({ id: 'd-1', owner: 'o', form: 'f', ticketId: 't-1', sealed: 's', at, expiresAt: '2030-01-01T00:00:00.000Z' }, 5);
  await openings.ask({ id: 'b-1', reference: 'TA-1', n: 1_772_438_400_000, askedAt: at, expiresAt: later, vouched: true }, at);
  await openings.takeTry('b-1', at, 5);
  await openings.ask({ id: 'b-2', reference: 'TA-1', n: 1, askedAt: at, expiresAt: later, vouched: false }, at);
  await openings.spend('b-2', 1, 'c-9');
  await openings.settle('b-2', 1);
  await refusals.note(refusal);
  await refusals.note({ ...refusal, commandId: 'c-8', article: '4' });
  await operations.people.add({ tag: 'a', person: 'p.ana', sealed: 's', at });
  await operations.tokens.note({ id: 'j-1', role: 'admin', person: 'p.ana', at, expiresAt: later });
  await operations.tokens.revoke('j-1', at, later);
};

/** What the service finds where it was moved to. */
const found = async ({
  idempotency,
  verification,
  codes,
  places,
  attempts,
  outbox,
  keyValues,
  drafts,
  openings,
  refusals,
  people,
  tokens,
}: Operations) => ({
  people: await people.list(),
  tokens: await tokens.list(),
  answered: await idempotency.remember('k-1', 'f', { ...command, commandId: 'other' }),
  refused: await idempotency.remember('k-2', 'f', { commandId: 'other', at: later, ids: [] }),
  otherBody: (await idempotency.remember('k-1', 'g', command)).kind,
  tries: await verification.takeTry('t-1', at, 5),
  spent: await verification.takeTry('t-2', at, 5),
  code: await codes.get('t-1:3', at),
  cap: await places.claim('tag', 't-9', 1),
  attempts: await attempts.list(),
  letters: await outbox.list(),
  register: await keyValues.get('staff-feed/s-1'),
  drafts: await drafts.of('o', 'f', at),
  opening: await openings.takeTry('b-1', at, 5),
  openingSpent: await openings.takeTry('b-2', at, 5),
  refusals: await refusals.of('ticket-t-1'),
  unsent: (await openings.unsent()).map(({ reference, n, vouched }) => `${reference} ${n} ${vouched}`),
});

describe('the epoch of the master key', () => {
  it('is carried with the keys, and never put back', async () => {
    const all = await places();
    const [source] = all;
    await source?.keys.obtain(['a']);
    await source?.wrapped.takeEpoch(keyEpoch(masterKey, 3));
    const last = await along(all, async (from, to) => {
      await carryKeys({ from: from.wrapped, to: to.wrapped, masterKey });
    });
    for (const { wrapped } of all) {
      await wrapped.takeEpoch(keyEpoch(masterKey, 2));
      expect((await wrapped.epoch())?.number).toBe(3);
    }
    const epoch = await last.wrapped.epoch();
    expect(epoch && isMasterKeyOf(epoch, masterKey)).toBe(true);
    for (const { close } of all) close();
  });
});

describe('operations that are carried from SQLite to PostgreSQL and back', () => {
  it('are as the service left them, and replace what was there', async () => {
    const all = await places();
    const [first, second] = all;
    if (!first || !second) throw new Error('no places');
    await use(first.operations);
    await second.operations.keyValues.put('of another house', '1');
    const last = await along(all, async (from, to) => {
      const rows = {
        idempotency: 2,
        verification: 2,
        codes: 1,
        email_cap: 1,
        attempts: 2,
        outbox: 1,
        registers: 1,
        drafts: 1,
        openings: 2,
        refusals: 2,
        people: 1,
        tokens: 1,
      };
      expect(await carryOperations({ from: from.rows, to: to.rows })).toEqual(rows);
    });
    const wanted = await found(first.operations);
    expect(wanted).toMatchObject({
      tries: { n: 3, triesLeft: 2 },
      spent: { kind: 'spent' },
      code: '471147',
      cap: false,
      unsent: ['TA-1 1772438400000 true'],
    });
    expect(wanted.refusals).toEqual([refusal, { ...refusal, commandId: 'c-8', article: '4' }]);
    expect(await found(second.operations)).toEqual(wanted);
    expect(await found(last.operations)).toEqual(wanted);
    expect(await second.operations.keyValues.get('of another house')).toBeUndefined();
    for (const { close } of all) close();
  });

  it('are more than a page, and none is left out', async () => {
    const all = await places();
    const [first] = all;
    if (!first) throw new Error('no places');
    await Promise.all(Array.from({ length: 603 }, (_, index) => first.operations.keyValues.put(`ș${index}`, String(index))));
    const last = await along(all, async (from, to) => {
      expect((await carryOperations({ from: from.rows, to: to.rows })).registers).toBe(603);
    });
    expect(await last.operations.keyValues.get('ș602')).toBe('602');
    for (const { close } of all) close();
  });
});

describe('operations of a house that was last served before a table came', () => {
  it('are carried without its rows', async () => {
    const folder = emptyFolder();
    openSqliteOperations({ folder, answerKey }).close();
    const path = join(folder, 'operations.db');
    const old = openSqlite(path);
    old.exec('DROP TABLE refusals');
    old.close();
    const rows = openSqliteOperationRows({ path, readOnly: true });
    expect(await rows.after('refusals', '', 10)).toEqual([]);
    rows.close();
    const reading = closing(openSqliteOperations({ folder, readOnly: true }));
    expect(await reading.refusals.of('ticket-t-1')).toEqual([]);
  });
});
