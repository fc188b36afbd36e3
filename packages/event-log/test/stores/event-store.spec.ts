import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { eventStoreContract } from '@tichet-albastru/event-log/testing/event-store-contract';
import { emptyFolder } from '../../../../test/support/closing';

describe('the memory event store', () => {
  it.each(eventStoreContract)('$promise', async ({ check }) => {
    await expect(check({ store: createMemoryEventStore() })).resolves.toBeUndefined();
  });
});

describe('the sqlite event store', () => {
  it.each(eventStoreContract)('$promise', async ({ check }) => {
    const folder = emptyFolder();
    let store = await openSqliteEventStore({ folder });
    const reopen = async () => {
      await store.close();
      store = await openSqliteEventStore({ folder });
      return store;
    };
    try {
      await expect(check({ store, reopen })).resolves.toBeUndefined();
    } finally {
      await store.close();
    }
  });
});
