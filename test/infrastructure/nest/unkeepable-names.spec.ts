import { randomBytes } from 'node:crypto';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgresOperations } from '../../../src/infrastructure/tables/operations/postgres-operations';
import { openPostgres, type Postgres } from '../../../src/infrastructure/nest/postgres';
import { openPostgresKeyStore } from '@tichet-albastru/event-log/keys/postgres-key-store';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { staffDirectory } from '../../../src/projections/staff-directory/staff-directory';
import { collected } from '../../support/noted';
import { createTestDatabase, type TestDatabase } from '../../support/postgres';
import { closing } from '../../support/closing';

/** Before anything is decided, what stands under a name is looked for; PostgreSQL answers an error to a text with U+0000. */
describe('nothing in PostgreSQL has a name with U+0000', () => {
  let database: TestDatabase;
  let postgres: Postgres;
  beforeAll(async () => {
    database = await createTestDatabase();
    postgres = closing(await openPostgres(database));
  });
  const name = 'a\0b';

  it('no stream', async () => {
    const store = closing(new PostgresEventStore(postgres));
    expect(await collected(store.read(name))).toEqual([]);
  });

  it('no row', async () => {
    const rows = closing(new PostgresReadModels(postgres));
    await rows.prepare(staffDirectory);
    expect(await rows.get(staffDirectory.name, name)).toBeUndefined();
  });

  it('no key', async () => {
    const keys = await openPostgresKeyStore({ pool: postgres.pool, masterKey: randomBytes(32) });
    expect(await keys.find(name)).toBeUndefined();
  });

  it('no letter, no register, no session', async () => {
    const { outbox, keyValues, sessions } = openPostgresOperations({ pool: postgres.pool, answerKey: randomBytes(32) });
    expect([await outbox.get(name), await keyValues.get(name), await sessions.get(name, '2026')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
