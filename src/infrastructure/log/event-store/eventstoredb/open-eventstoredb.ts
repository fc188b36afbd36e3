import { EventLogCorrupt, EventStoreUnavailable } from '../../../../application/kernel/ports/event-store';
import { EventStoreDbUnusable } from './eventstoredb-unusable';
import { EventStoreDbEventStore, type EventStoreDbSettings } from './eventstoredb-event-store';

/**
 * Asks the server once, so that a wrong address is told when the service starts and not by its first request.
 * An event that was damaged later is not looked for here: the service reads what can be read, and says that it is not ready.
 * @throws EventStoreDbUnusable when the address cannot be used, nobody answers there, access is denied, or the log is somebody else's
 */
export const openEventStoreDb = async (settings: EventStoreDbSettings): Promise<EventStoreDbEventStore> => {
  const store = new EventStoreDbEventStore(settings);
  try {
    await store.end();
    // whose first event is not ours is not our log
    await store.readAll({ limit: 1 })[Symbol.asyncIterator]().next();
    return store;
  } catch (error) {
    await store.close();
    if (error instanceof EventLogCorrupt)
      throw new EventStoreDbUnusable(
        `Jurnalul de pe serverul EventStoreDB nu este al acestui serviciu: ${error.message} / The log on the EventStoreDB server is not this service's: ${error.message}`,
      );
    if (!(error instanceof EventStoreUnavailable)) throw error;
    throw new EventStoreDbUnusable(
      `EventStoreDB nu răspunde la ${store.hosts} (${error.code ?? 'unknown'}): verificați TICHET_EVENTSTOREDB_URL (un server fără TLS cere ?tls=false) și dacă serverul merge. / ` +
        `${error.message} It was asked at ${store.hosts}: look at TICHET_EVENTSTOREDB_URL (a server without TLS needs ?tls=false there), and whether the server runs.`,
    );
  }
};
