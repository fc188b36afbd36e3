import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { Projection } from '../../../application/kernel/ports/projection';
import { defined } from '@tichet-albastru/kernel/defined';
import type { ProjectorPorts } from '@tichet-albastru/event-log/projector/projector-ports';
import { followLog } from '@tichet-albastru/event-log/projector/projector';
import { rebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { silentListener } from '@tichet-albastru/event-log/database/postgres/listener';
import { openPool } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { createEventCodec } from '../../log/codec/event-codec.codec';
import { askedLog } from '@tichet-albastru/event-log/read-models/asked-log';
import { tableNamed } from './known-to-threads';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import type { TableStore } from '@tichet-albastru/event-log/read-models/table-read-models';
import {
  type Asking,
  failedWith,
  type InFolder,
  type KeptIn,
  threadHears,
  threadTask,
  type ThreadHears,
  type ThreadSaid,
} from '@tichet-albastru/event-log/read-models/thread-messages.codec';

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
 * Lets the thread that answers requests run first where both want the same processor. On Linux each thread has its own priority;
 * elsewhere the whole process has one, and it is left as it is. Not the lowest priority: this thread also holds locks.
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

/** @returns `hear`: what is told meanwhile to this thread */
type Work = { readonly over: Promise<void>; readonly hear: (message: ThreadHears) => void };
type Parts = Pick<ProjectorPorts, 'codec' | 'clock' | 'logger'>;

const followingCommits = (rows: TableStore): TableStore => {
  rows.whenCommitted((changes, news) => {
    say({ kind: 'committed', changes, ...defined({ news }) });
  });
  return rows;
};

/** Log and tables are in one folder, and are opened here once more. */
const inFolder = ({ folder, task }: InFolder, tables: readonly Projection[], parts: Parts, signal: AbortSignal): Work => {
  let appended = (): void => undefined;
  const work = async (): Promise<void> => {
    const store = await openSqliteEventStore({ folder, readOnly: true });
    const rows = new SqliteReadModels(pathIn(folder, dataFiles.readModels));
    try {
      if (task === 'rebuild') {
        for (const table of tables)
          say({ kind: 'rebuilt', outcome: await rebuild({ ...parts, store, rows }, table, { signal, batchSize }) });
        return;
      }
      appended = () => {
        store.lookAgain();
      };
      await followLog({ ...parts, store, rows: followingCommits(rows) }, tables, { signal });
    } finally {
      rows.close();
      await store.close();
    }
  };
  return {
    over: work(),
    hear: () => {
      appended();
    },
  };
};

const openRows = (keptIn: KeptIn): { readonly rows: TableStore; readonly close: () => Promise<void> } => {
  if ('folder' in keptIn)
    return { rows: new SqliteReadModels(pathIn(keptIn.folder, dataFiles.readModels)), close: () => Promise.resolve() };
  const pool = openPool(keptIn.postgres);
  // only readers of the tables need to hear of commits: this thread makes them
  return { rows: new PostgresReadModels({ pool, listener: silentListener }), close: () => pool.end() };
};

/** Tables that are elsewhere, or whose log is elsewhere: only the thread that has started this one has a connection to that log. */
const asking = ({ keptIn, tellsPlaces }: Asking, tables: readonly Projection[], parts: Parts, signal: AbortSignal): Work => {
  const { log, hear } = askedLog(say, { tellsPlaces });
  const work = async (): Promise<void> => {
    const { rows, close } = openRows(keptIn);
    try {
      await followLog({ ...parts, store: log, rows: followingCommits(rows) }, tables, { signal });
    } finally {
      rows.close();
      await close();
    }
  };
  return { over: work(), hear };
};

const main = async (): Promise<void> => {
  const task = threadTask(workerData);
  if (task.task === 'rebuild') standBack();
  const stop = new AbortController();
  const { signal } = stop;
  const tables = task.tables.flatMap(({ name, version }) => tableNamed(name, version));
  const logger: Logger = { info: noting('info'), warn: noting('warn'), error: noting('error') };
  // Nothing is encrypted or opened here: the keys of this codec are never asked for.
  const parts = { codec: createEventCodec({ keys: createMemoryKeyStore() }), clock: systemClock, logger };
  const { over, hear } = task.task === 'follow-asking' ? asking(task, tables, parts, signal) : inFolder(task, tables, parts, signal);
  port.on('message', (message) => {
    const heard = threadHears(message);
    if (heard === 'stop') stop.abort();
    else hear(heard);
  });
  await over;
};

main()
  .catch((error: unknown) => {
    say({ kind: 'failed', error: failedWith(error) });
  })
  .finally(() => {
    port.close();
  });
