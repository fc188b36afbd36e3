import { join } from 'node:path';
import { EventLogCorrupt } from '../../../application/kernel/ports/event-store';
import { defined } from '../../../domain/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import type { BackedUp } from '../backup/make-backup';
import { BackupUnusable } from '../backup/manifest';
import { restoreBackup } from '../backup/restore-backup';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { openSqliteEventStore } from '../../log/event-store/sqlite/sqlite-event-store';
import { openMasterKey } from '../../log/keys/master-key';
import { openSqliteKeyStore } from '../../log/keys/sqlite-key-store';
import { createEventCodec } from '../../log/codec/event-codec.codec';
import { checkKeys } from './check-keys';
import { checkLog } from './check-log';
import { checkTables, type TableCompared } from './check-tables';
import { breathe, drillFault, type DrillFault, type DrillTurn } from './found';

export type BackupTried = {
  readonly events: number;
  /** events under the newest checkpoint */
  readonly sealed?: number;
  /** sealed values that were opened */
  readonly opened: number;
  readonly tables: readonly TableCompared[];
  /** tables of another version of the program, not compared */
  readonly outdated: readonly string[];
  readonly faults: readonly DrillFault[];
};

const nothing = { events: 0, opened: 0, tables: [], outdated: [] } as const;

/** What kept the backup from being restored; a log with a hole is restored, and told of where it is looked at. */
const restored = async (to: BackedUp, backup: string, at: Instant): Promise<DrillFault | undefined> => {
  try {
    await restoreBackup(to, backup, at);
    return undefined;
  } catch (error) {
    if (error instanceof EventLogCorrupt) return undefined;
    if (!(error instanceof BackupUnusable)) throw error;
    const [ro = '', en = ''] = error.message.split(' / ');
    return drillFault('restore', ro, en, ro.slice(0, ro.indexOf(':')));
  }
};

type Tried = {
  readonly backup: string;
  /** for what is restored and made anew; its owner takes it away */
  readonly work: string;
  readonly masterKeyFile: string;
  /** a checkpoint that was kept elsewhere */
  readonly outside?: string;
  readonly at: Instant;
};

/** Restores a backup into a folder of its own and looks at everything. The data that are served are not touched. */
export const tryBackup = async ({ backup, work, masterKeyFile, outside, at }: Tried, turn: DrillTurn): Promise<BackupTried> => {
  const folder = join(work, 'restored');
  turn.tell('restore', 0, 1);
  const refused = await restored({ dataFolder: folder, masterKeyFile }, backup, at);
  if (refused !== undefined) return { ...nothing, faults: [refused] };
  turn.tell('restore', 1, 1);
  await breathe(turn);
  const { events, sealed, faults } = await checkLog(folder, outside, turn);
  const store = await openSqliteEventStore({ folder, readOnly: true });
  const keyStore = openSqliteKeyStore({
    path: pathIn(folder, dataFiles.keys),
    masterKey: openMasterKey(masterKeyFile, { create: false }),
    readOnly: true,
  });
  try {
    const codec = createEventCodec({ keys: keyStore });
    const keys = await checkKeys({ store, codec, keys: keyStore, events }, turn);
    const tables = await checkTables({ folder, work, store, codec }, turn);
    return {
      events,
      ...defined({ sealed }),
      opened: keys.opened,
      tables: tables.tables,
      outdated: tables.outdated,
      faults: [...faults, ...keys.faults, ...tables.faults],
    };
  } finally {
    keyStore.close();
    await store.close();
  }
};
