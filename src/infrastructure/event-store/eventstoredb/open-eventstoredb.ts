import { EventStoreUnavailable } from '../../../application/ports/event-store';
import { EventStoreDbUnusable } from './address';
import { EventStoreDbEventStore, type EventStoreDbSettings } from './eventstoredb-event-store';

/**
 * Asks the server once, so that a wrong address is told when the service starts and not by its first request.
 * @throws EventStoreDbUnusable when the address cannot be used, nobody answers there, or access is denied
 * @throws EventLogCorrupt when the newest event is not one of ours
 */
export const openEventStoreDb = async (settings: EventStoreDbSettings): Promise<EventStoreDbEventStore> => {
  const store = new EventStoreDbEventStore(settings);
  try {
    await store.end();
    return store;
  } catch (error) {
    await store.close();
    if (!(error instanceof EventStoreUnavailable)) throw error;
    throw new EventStoreDbUnusable(
      `${error.message} It was asked at ${store.hosts}: look at TICHET_EVENTSTOREDB_URL (a server without TLS needs ?tls=false there), and whether the server runs.`,
    );
  }
};
