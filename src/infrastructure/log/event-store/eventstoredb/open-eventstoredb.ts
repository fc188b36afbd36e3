import { EventLogCorrupt, EventStoreUnavailable } from '../../../../application/kernel/ports/event-store';
import { inBoth } from '../../../phrasing/sentences';
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
    if (error instanceof EventLogCorrupt) throw new EventStoreDbUnusable(inBoth.unusable.eventStoreDb.notOurs({ message: error.message }));
    if (!(error instanceof EventStoreUnavailable)) throw error;
    const { hosts } = store;
    throw new EventStoreDbUnusable(inBoth.unusable.eventStoreDb.silent({ hosts, code: error.code ?? 'unknown' }));
  }
};
