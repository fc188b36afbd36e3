import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Logger } from '../../../application/kernel/ports/logger';
import { defined } from '../../../domain/kernel/defined';
import { followLog } from '../../../projections/kernel/projector';
import { rebuild } from '../../../projections/kernel/rebuild';
import { systemClock } from '../../runtime/clock/system-clock';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { openSqliteEventStore } from '../../log/event-store/sqlite/sqlite-event-store';
import { createMemoryKeyStore } from '../../log/keys/memory-key-store';
import { createEventCodec } from '../../log/codec/event-codec.codec';
import { tableNamed } from './known-to-threads';
import { SqliteReadModels } from './sqlite-read-models';
import { failedWith, threadHears, threadTask, type ThreadSaid } from './thread-messages.codec';

const port = parentPort;
if (!port) throw new Error('This module runs as a worker thread only.');

const say = (said: ThreadSaid): void => {
  port.postMessage(said);
};

const noting =
  (level: keyof Logger): Logger['info'] =>
  (event, values) => {
    say({ kind: 'noted', level, event, ...defined({ values }) });
  };

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

/** Events that are folded and written together: more than where others wait for the same thread, so that fewer rows are written twice. */
const batchSize = 8000;

const main = async (): Promise<void> => {
  const { folder, task, tables } = threadTask(workerData);
  if (task === 'rebuild') standBack();
  const stop = new AbortController();
  const { signal } = stop;
  let appended = (): void => undefined;
  port.on('message', (message) => {
    if (threadHears(message) === 'stop') stop.abort();
    else appended();
  });
  const projections = tables.flatMap(({ name, version }) => tableNamed(name, version));
  const store = await openSqliteEventStore({ folder, readOnly: true });
  const rows = new SqliteReadModels(pathIn(folder, dataFiles.readModels));
  try {
    // Nothing is encrypted or opened here: the keys of this codec are never asked for.
    const codec = createEventCodec({ keys: createMemoryKeyStore() });
    const logger: Logger = { info: noting('info'), warn: noting('warn'), error: noting('error') };
    const parts = { store, codec, rows, clock: systemClock, logger };
    if (task === 'rebuild') {
      for (const projection of projections) say({ kind: 'rebuilt', outcome: await rebuild(parts, projection, { signal, batchSize }) });
      return;
    }
    appended = () => {
      store.lookAgain();
    };
    rows.whenCommitted((changes) => {
      say({ kind: 'committed', changes });
    });
    await followLog(parts, projections, { signal });
  } finally {
    rows.close();
    await store.close();
  }
};

main()
  .catch((error: unknown) => {
    say(failedWith(error));
  })
  .finally(() => {
    port.close();
  });
