import { openPostgresOperations } from '../../src/infrastructure/tables/operations/postgres-operations';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { operationsContract } from '../../src/infrastructure/testing/operations-contract';
import { createTestDatabase, type TestDatabase } from '../support/postgres';

const answerKey = Buffer.alloc(32, 3);
const emptyOperations = `TRUNCATE tichet.idempotency, tichet.verification, tichet.email_cap, tichet.throttle, tichet.attempts, tichet.outbox,
  tichet.registers, tichet.sessions, tichet.drafts, tichet.openings, tichet.refusals`;

describe('the postgres operations', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });

  /** A thousand at once wait for their turn as long as this machine takes; after five seconds a service would say that it is busy. */
  const open = async () => {
    const opened = await openPostgres({ url: database.url });
    Object.assign(opened.pool.options, { connectionTimeoutMillis: 0, query_timeout: 0, statement_timeout: 0 });
    return opened;
  };

  it.each(operationsContract)('$promise', async ({ check }) => {
    let postgres = await open();
    await postgres.pool.query(emptyOperations);
    const reopen = async () => {
      await postgres.close();
      postgres = await open();
      return openPostgresOperations({ pool: postgres.pool, answerKey });
    };
    try {
      const operations = openPostgresOperations({ pool: postgres.pool, answerKey });
      await expect(check({ operations, reopen })).resolves.toBeUndefined();
    } finally {
      await postgres.close();
    }
  });
});
