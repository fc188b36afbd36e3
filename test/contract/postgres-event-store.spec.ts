import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { eventStoreContract } from '@tichet-albastru/event-log/testing/event-store-contract';
import { createTestDatabase } from '../support/postgres';

describe('the postgres event store', () => {
  it.each(eventStoreContract)('$promise', async ({ check }) => {
    const database = await createTestDatabase();
    let postgres = await openPostgres({ url: database.url });
    let store = new PostgresEventStore(postgres);
    const close = async () => {
      await store.close();
      await postgres.close();
    };
    const reopen = async () => {
      await close();
      postgres = await openPostgres({ url: database.url });
      store = new PostgresEventStore(postgres);
      return store;
    };
    try {
      await expect(check({ store, reopen })).resolves.toBeUndefined();
    } finally {
      await close();
      await database.drop();
    }
  });
});
