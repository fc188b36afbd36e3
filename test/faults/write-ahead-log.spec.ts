import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createEventCodec } from '../../src/infrastructure/log/codec/event-codec.codec';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { openSqliteOperations } from '../../src/infrastructure/tables/operations/sqlite-operations';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { silentLogger } from '../../src/infrastructure/testing/test-ports';
import { allProjections } from '../../src/projections/all-projections';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { startTicketLog } from '../bench/support/logs';
import { closing, emptyFolder } from '../support/closing';

const megabyte = 1024 * 1024;
const isFull = process.env['FAULTS'] === 'full';
const [bookings, atOnce] = isFull ? [100_000, 200] : [1_000, 200];
const databases = ['events.db', 'read-models.db', 'operations.db', 'keys.db'] as const;

/** What a booking leaves there: an answer under a key, a code and a try of it, a place, a throttle, letters. */
const operate = async (operations: ReturnType<typeof openSqliteOperations>, n: number): Promise<void> => {
  const [id, at] = [`t-${String(n)}`, new Date(1_780_000_000_000 + n * 1000).toISOString()];
  await operations.idempotency.remember(id, 'a'.repeat(64), { commandId: id, at, ids: [id] });
  await operations.verification.open(id, 1, at);
  await operations.verification.takeTry(id, '2026-01-01T00:00:00.000Z', 5);
  await operations.verification.spend(id, 1);
  await operations.places.claim(`address-${id}`, id, 3);
  await operations.throttle.hits(`address-${id}`, at, at, true);
  await operations.attempts.begin(`letter-${id}`, at);
  await operations.attempts.done(`letter-${id}`);
  await operations.idempotency.settle(id, { status: 201, body: 'x'.repeat(900), headers: {} });
};

it(`after ${String(bookings)} bookings no write-ahead log has ever been longer than 8 MB`, async () => {
  const folder = emptyFolder();
  const store = closing(await openSqliteEventStore({ folder }));
  const keys = closing(openSqliteKeyStore({ path: join(folder, 'keys.db'), masterKey: Buffer.alloc(32, 1) }));
  const operations = closing(openSqliteOperations({ folder, answerKey: Buffer.alloc(32, 2) }));
  const rows = closing(new SqliteReadModels(join(folder, 'read-models.db')));
  const codec = createEventCodec({ keys });
  const log = await startTicketLog(store, codec);
  const most = new Map<string, number>();
  const look = (): void => {
    for (const name of readdirSync(folder)) most.set(name, Math.max(most.get(name) ?? 0, statSync(join(folder, name)).size));
  };
  for (let n = atOnce; n <= bookings; n += atOnce) {
    await Promise.all([log.bookUntil(n), ...Array.from({ length: atOnce }, (_, k) => operate(operations, n - k))]);
    look();
    await catchUp({ store, codec, rows, clock: systemClock, logger: silentLogger }, allProjections);
    look();
  }
  if (isFull) console.log(`Bytes at most: ${JSON.stringify(Object.fromEntries(most))}`);
  for (const name of databases) expect({ name, longest: most.get(`${name}-wal`) ?? 0 }).toEqual({ name, longest: atMost(8 * megabyte) });
  // nobody writes any more
  const together = (): number => databases.reduce((sum, name) => sum + statSync(join(folder, `${name}-wal`)).size, 0);
  while (together() >= 2 * megabyte) await new Promise((resolve) => setTimeout(resolve, 200));
});

const atMost = (limit: number): unknown => ({
  asymmetricMatch: (value: number) => value > 0 && value <= limit,
  toString: () => `at most ${String(limit)}`,
});
