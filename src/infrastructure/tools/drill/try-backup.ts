import { join } from 'node:path';
import { EventLogCorrupt, type EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import type { BackedUp } from '../backup/make-backup';
import { BackupUnusable } from '../backup/manifest';
import { restoreBackup } from '../backup/restore-backup';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { createEventCodec } from '../../log/codec/event-codec.codec';
import { checkTables, type TableCompared } from './check-tables';
import type { FollowedTables } from '../../nest/provided';
import { breathe, drillFault, type DrillFault, type DrillTurn } from './found';
import type { EncryptedText } from '../../../domain/kernel/personal-text';
import { type KeyStore, KeyUnusable } from '@tichet-albastru/event-log/keys/key-store';
import { openBytes } from '@tichet-albastru/event-log/keys/encrypting';
import type { EventCodec } from '../../../application/kernel/ports/event-codec';
import { createFolderCheckpointStore, createMemoryCheckpointStore, createNoteSigner, noteVerifierOf } from '@tichet-albastru/signed-log';
import { faultWords } from '../../proof/fault-words';
import { inBoth } from '../../phrasing/sentences';
import { logInSqlite } from '../../proof/verify/log-in-sqlite';
import { verifyLog } from '../../proof/verify/verify-log';

type LogChecked = {
  readonly events: number;
  /** events under the newest checkpoint; left out where nothing was ever sealed */
  readonly sealed?: number;
  readonly faults: readonly DrillFault[];
};

/** Where nothing was ever sealed only the chains can be verified, and no key is asked for. */
const nobodysKey = createNoteSigner('nobody/log', Buffer.alloc(32));

/**
 * The whole restored log beside its seals, as `tichet verify` does it.
 * @param outside a signed note that was kept elsewhere
 */
const checkLog = async (folder: string, outside: string | undefined, { signal, tell }: DrillTurn): Promise<LogChecked> => {
  const checkpoints = createFolderCheckpointStore(pathIn(folder, dataFiles.seal));
  const verifier = noteVerifierOf((await checkpoints.get('verifier')) ?? '');
  const log = logInSqlite(pathIn(folder, dataFiles.events));
  try {
    const { events, sealed, faults } = await verifyLog({
      log,
      checkpoints: verifier === undefined ? createMemoryCheckpointStore() : checkpoints,
      verifier: verifier ?? nobodysKey,
      outside: outside === undefined ? [] : [outside],
      signal,
      onProgress: (done, total) => {
        tell('verify', done, total);
      },
    });
    return {
      events,
      ...(verifier !== undefined && { sealed }),
      faults: faults.map((fault) => drillFault('verify', faultWords(fault), String(fault.number))),
    };
  } finally {
    log.close();
  }
};

/** Every so many-th sealed value is opened, from the first on. */
const sampledEvery = 10;
const eventsAtOnce = 500;

const isSealed = (value: object): value is EncryptedText =>
  'sealed' in value &&
  typeof value.sealed === 'string' &&
  'key' in value &&
  typeof value.key === 'string' &&
  'bound' in value &&
  typeof value.bound === 'string';

/** Sealed texts anywhere in a fact. */
const sealedIn = (value: unknown): readonly EncryptedText[] => {
  if (typeof value !== 'object' || value === null) return [];
  return isSealed(value) ? [value] : Object.values(value).flatMap(sealedIn);
};

type KeysChecked = { readonly faults: readonly DrillFault[]; /** sealed values that were opened */ readonly opened: number };

type Opened = { readonly store: EventStore; readonly codec: EventCodec; readonly keys: KeyStore; readonly events: number };

/** Every sealed value has its key, or the mark of a destroyed one; a sample of them is opened, and not shown. */
const checkKeys = async ({ store, codec, keys, events }: Opened, turn: DrillTurn): Promise<KeysChecked> => {
  const gone = new Set(await keys.destroyed());
  const known = new Map<string, Buffer | undefined>();
  const missing = new Set<string>();
  const unusable = new Set<string>();
  let [read, seen, opened] = [0, 0, 0];
  const keyOf = async (name: string): Promise<Buffer | undefined> => {
    if (!known.has(name)) known.set(name, await keys.find(name));
    return known.get(name);
  };
  const look = async ({ key: name, sealed, bound }: EncryptedText): Promise<void> => {
    if (gone.has(name)) return;
    try {
      const key = await keyOf(name);
      if (key === undefined) missing.add(name);
      else if ((seen += 1) % sampledEvery === 1) {
        openBytes(key, Buffer.from(sealed, 'base64'), bound);
        opened += 1;
      }
    } catch (error) {
      if (!(error instanceof KeyUnusable)) throw error;
      unusable.add(name);
    }
  };
  try {
    for await (const recorded of store.readAll()) {
      for (const text of sealedIn(codec.decode(recorded).fact)) await look(text);
      if ((read += 1) % eventsAtOnce !== 0) continue;
      turn.tell('keys', read, events);
      await breathe(turn);
    }
  } catch (error) {
    // what is wrong with the log was said before
    if (!(error instanceof EventLogCorrupt)) throw error;
  }
  const faults: DrillFault[] = [];
  const [firstMissing, firstUnusable] = [[...missing][0], [...unusable][0]];
  if (firstMissing !== undefined) faults.push(drillFault('keys', inBoth.backup.drill.keysMissing({ count: missing.size }), firstMissing));
  if (firstUnusable !== undefined)
    faults.push(drillFault('keys', inBoth.backup.drill.keysUnusable({ count: unusable.size }), firstUnusable));
  return { faults, opened };
};

export type BackupTried = {
  readonly events: number;
  /** events under the newest checkpoint */
  readonly sealed?: number;
  /** sealed values that were opened */
  readonly opened: number;
  readonly tables: readonly TableCompared[];
  /** tables of another version of the program, or of a program that embeds this one: not compared */
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
    return drillFault('restore', error.words, error.at);
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
  readonly tables: FollowedTables;
};

/** Restores a backup into a folder of its own and looks at everything. The data that are served are not touched. */
export const tryBackup = async (
  { backup, work, masterKeyFile, outside, at, tables: followed }: Tried,
  turn: DrillTurn,
): Promise<BackupTried> => {
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
    const tables = await checkTables({ folder, work, store, codec, tables: followed }, turn);
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
