import { parentPort, workerData } from 'node:worker_threads';
import type { Logger } from '../../../application/kernel/ports/logger';
import { defined } from '../../../domain/kernel/defined';
import { followLog } from '../../../projections/kernel/projector';
import { systemClock } from '../../runtime/clock/system-clock';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { openSqliteEventStore } from '../../log/event-store/sqlite/sqlite-event-store';
import { createMemoryKeyStore } from '../../log/keys/memory-key-store';
import { createEventCodec } from '../../log/codec/event-codec.codec';
import { failedWith, followHears, followOptions, type FollowSaid } from '../../log/codec/follow-messages.codec';
import { tableNamed } from './known-to-threads';
import { SqliteReadModels } from './sqlite-read-models';

const port = parentPort;
if (!port) throw new Error('This module runs as a worker thread only.');

const say = (said: FollowSaid): void => {
  port.postMessage(said);
};

const noting =
  (level: keyof Logger): Logger['info'] =>
  (event, values) => {
    say({ kind: 'noted', level, event, ...defined({ values }) });
  };

const main = async (): Promise<void> => {
  const stop = new AbortController();
  let appended = (): void => undefined;
  port.on('message', (message) => {
    if (followHears(message) === 'stop') stop.abort();
    else appended();
  });
  const { folder, tables } = followOptions(workerData);
  const projections = tables.flatMap(({ name, version }) => tableNamed(name, version));
  const store = await openSqliteEventStore({ folder, readOnly: true });
  const rows = new SqliteReadModels(pathIn(folder, dataFiles.readModels));
  try {
    appended = () => {
      store.lookAgain();
    };
    rows.whenCommitted((changes) => {
      say({ kind: 'committed', changes });
    });
    // Nothing is sealed or opened here: the keys of this codec are never asked for.
    const codec = createEventCodec({ keys: createMemoryKeyStore() });
    const logger: Logger = { info: noting('info'), warn: noting('warn'), error: noting('error') };
    await followLog({ store, codec, rows, clock: systemClock, logger }, projections, { signal: stop.signal });
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
