import type { EventStore } from '../../src/application/ports/event-store';
import { EventStoreDbEventStore } from '../../src/infrastructure/event-store/eventstoredb/eventstoredb-event-store';
import { eventStoreContract } from '../../src/infrastructure/testing/event-store-contract';
import { Emulator } from '../support/eventstoredb/emulator';

describe('the EventStoreDB event store, on the emulator', () => {
  it.each(eventStoreContract)('$promise', async ({ check }) => {
    const emulator = await Emulator.start();
    const open = () => new EventStoreDbEventStore({ url: emulator.url });
    let store = open();
    const reopen = async (): Promise<EventStore> => {
      await store.close();
      emulator.kill();
      await emulator.open();
      store = open();
      return store;
    };
    try {
      await expect(check({ store, reopen })).resolves.toBeUndefined();
    } finally {
      await store.close();
      await emulator.stop();
    }
  });
});
