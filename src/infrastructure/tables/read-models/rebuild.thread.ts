import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { rebuild } from '../../../projections/kernel/rebuild';
import { systemClock } from '../../runtime/clock/system-clock';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { openSqliteEventStore } from '../../log/event-store/sqlite/sqlite-event-store';
import { createMemoryKeyStore } from '../../log/keys/memory-key-store';
import { createEventCodec } from '../../log/codec/event-codec.codec';
import { rebuildOptions } from '../../log/codec/rebuild-messages.codec';
import { tableNamed } from './known-to-threads';
import { SqliteReadModels } from './sqlite-read-models';

/**
 * Lets whoever answers requests run first where both want the same processor. On Linux a priority is a thread's own;
 * elsewhere it is the whole process's, and is left as it is. Not the lowest one: this thread also holds locks.
 */
const standBack = (): void => {
  if (process.platform !== 'linux') return;
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A system that forbids it has slower neighbours, and no less a rebuild.
  }
};

const port = parentPort;
if (!port) throw new Error('This module runs as a worker thread only.');
standBack();

/** Whoever asked writes down what came of it. */
const ignore = (): void => undefined;

const main = async (): Promise<void> => {
  const stop = new AbortController();
  port.on('message', () => {
    stop.abort();
  });
  const { folder, projection: name, version } = rebuildOptions(workerData);
  const [projection] = tableNamed(name, version);
  if (projection === undefined) return;
  const store = await openSqliteEventStore({ folder, readOnly: true });
  const rows = new SqliteReadModels(pathIn(folder, dataFiles.readModels));
  try {
    // Nothing is sealed or opened here: the keys of this codec are never asked for.
    const codec = createEventCodec({ keys: createMemoryKeyStore() });
    const ports = { store, codec, rows, clock: systemClock, logger: { info: ignore, warn: ignore, error: ignore } };
    port.postMessage(await rebuild(ports, projection, { signal: stop.signal }));
  } finally {
    rows.close();
    await store.close();
  }
};

main().then(
  () => {
    port.close();
  },
  (error: unknown) => {
    // An exception of a thread is the error of whoever started it.
    setImmediate(() => {
      throw error;
    });
  },
);
