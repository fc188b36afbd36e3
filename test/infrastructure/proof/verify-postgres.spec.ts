import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgres, type Postgres } from '../../../src/infrastructure/nest/postgres';
import { createPostgresCheckpointStore } from '../../../src/infrastructure/proof/checkpoints-in-postgres';
import { logInPostgres } from '../../../src/infrastructure/proof/verify/log-in-postgres';
import { verifyLog } from '../../../src/infrastructure/proof/verify/verify-log';
import { createTestDatabase, type TestDatabase } from '../../support/postgres';
import { sealKey, sealNow } from '../../support/sealed-tickets';
import { appendSmall } from '../../support/small-events';
import { closing } from '../../support/closing';

let database: TestDatabase;
let postgres: Postgres;
beforeAll(async () => {
  database = await createTestDatabase();
  postgres = closing(await openPostgres({ url: database.url }));
  const store = new PostgresEventStore(postgres);
  const checkpoints = createPostgresCheckpointStore(postgres.pool);
  for (const nth of [1, 2, 3]) {
    await appendSmall(store, 150, `stream-${nth}`);
    await sealNow(store, checkpoints);
  }
  await store.close();
});

const verified = () =>
  verifyLog({ log: logInPostgres(postgres.pool), checkpoints: createPostgresCheckpointStore(postgres.pool), verifier: sealKey });
const behindItsBack = (statement: string) => postgres.pool.query(`ALTER TABLE tichet.events DISABLE TRIGGER USER; ${statement}`);

it('a log in PostgreSQL is read around its store: what was changed, then what is missing, then that the end is', async () => {
  expect(await verified()).toMatchObject({ events: 450, sealed: 450, checkpoints: 3, faults: [] });
  await behindItsBack(`UPDATE tichet.events SET body = replace(body, '2026', '2025') WHERE position = 301`);
  expect((await verified()).faults[0]).toMatchObject({ reason: 'hash-differs', number: 301, stream: 'stream-3', revision: 0 });
  await behindItsBack('DELETE FROM tichet.events WHERE position = 200');
  expect((await verified()).faults[0]).toMatchObject({
    reason: 'event-missing',
    number: 200,
    leaf: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  await behindItsBack('DELETE FROM tichet.events WHERE position >= 120');
  expect((await verified()).faults[0]).toMatchObject({ reason: 'log-shorter', number: 120, upTo: 450 });
});
