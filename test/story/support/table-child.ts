import { join } from 'node:path';
import { allProcesses } from '../../../src/application/operation/all-processes';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { createIdentifiers } from '@tichet-albastru/event-log/runtime/identifiers';
import { createEventCodec } from '../../../src/infrastructure/log/codec/event-codec.codec';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { silentLogger } from '../../../src/infrastructure/testing/test-ports';
import { allProjections } from '../../../src/projections/all-projections';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';

/** Fills new tables from the log of a data folder, in whatever zone and at whatever time it is here. */
const main = async (folder: string, target: string): Promise<void> => {
  const masterKey = openMasterKey(join(folder, 'master.key'), { create: false });
  const keys = openSqliteKeyStore({ path: join(folder, 'keys.db'), masterKey, readOnly: true });
  const store = await openSqliteEventStore({ folder, readOnly: true });
  const rows = new SqliteReadModels(target);
  const ports = {
    store,
    rows,
    codec: createEventCodec({ keys }),
    clock: systemClock,
    identifiers: createIdentifiers(),
    logger: silentLogger,
  };
  await catchUp(ports, [...allProjections, ...allProcesses], { batchSize: 7 });
  rows.close();
  await store.close();
  keys.close();
  process.stdout.write(`${String(new Date('2026-03-05T08:00:00Z').getHours())} ${new Date().toISOString().slice(0, 10)}`);
};

void main(process.argv[2] ?? '', process.argv[3] ?? '');
