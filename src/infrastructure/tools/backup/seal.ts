import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { encryptBytes, wrappingKeyOf } from '@tichet-albastru/event-log/keys/encrypting';
import { readServiceKey, serviceKeyFile } from '../../outside/identity/service-key';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import {
  bytesOfAHash,
  type Checkpoint,
  checkpointOf,
  createFolderCheckpointStore,
  createFrontier,
  hashesOfATile,
  leafHash,
  notesIn,
  signedNoteOf,
  type TileAt,
  tilePath,
  widthOf,
} from '@tichet-albastru/signed-log';
import type { Manifest } from './manifest';

const checkpointIn = (note: string): Checkpoint | undefined => {
  const signed = signedNoteOf(note);
  return signed && checkpointOf(signed.text);
};

/** Events under a checkpoint. */
export const sizeOfNote = (note: string): number | undefined => checkpointIn(note)?.size;

/** What a data folder's seals say, regardless of the signer. */
type CurrentSeal = { readonly verifier: string; readonly newest: Checkpoint | undefined };

/** @returns `undefined` where nothing was ever sealed */
export const currentSealIn = async (dataFolder: string): Promise<CurrentSeal | undefined> => {
  const checkpoints = createFolderCheckpointStore(pathIn(dataFolder, dataFiles.seal));
  const verifier = await checkpoints.get('verifier');
  if (verifier === undefined) return undefined;
  const note = await checkpoints.newest();
  return { verifier, newest: note === undefined ? undefined : checkpointIn(note) };
};

const isHash = /^[0-9a-f]{64}$/;

/** Whether the log in this file begins with what was sealed: at least so long, and with the same root. */
export const continues = (eventsFile: string, { size, root }: Checkpoint): boolean => {
  const database = openSqlite(eventsFile, { readonly: true });
  try {
    const hashes = database
      .prepare<[number], string>('SELECT lower(hex(hash)) FROM events ORDER BY position LIMIT ?')
      .pluck()
      .iterate(size);
    const tree = createFrontier(0, []);
    for (const hash of hashes) {
      if (!isHash.test(hash)) return false;
      tree.append(leafHash(hash));
    }
    return tree.size === size && tree.root().equals(root);
  } finally {
    database.close();
  }
};

/** The key that signs the log, sealed with the master key: the backup alone is not enough to sign. */
export const sealedSealKey = join('keys', 'seal.key.sealed');
/** What it is bound to. */
export const boundToSeal = 'seal:service';

type CopiedSeal = { /** within the backup */ readonly files: readonly string[]; readonly sealed?: number };

const ofChecks: readonly string[] = ['checkpoint', 'checkpoints'];

const write = (path: string, bytes: string | Uint8Array): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, bytes, { mode: 0o600, flush: true });
};

/** Small files beside the checkpoints: the verifier, what witnesses said. What is half written has another name. */
const recordsIn = (folder: string, below = ''): readonly string[] =>
  readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const name = join(below, entry.name);
    if (entry.isDirectory()) return name === 'tile' ? [] : recordsIn(folder, name);
    return entry.name.endsWith('.new') || ofChecks.includes(name) ? [] : [name];
  });

const readIfThere = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/** Every tile of a tree of this size. */
export const tilesOf = (size: number): readonly TileAt[] => {
  const tiles: TileAt[] = [];
  for (let level = 0; hashesOfATile ** level <= size; level += 1)
    for (let index = 0; widthOf({ level, index }, size) > 0; index += 1) tiles.push({ level, index });
  return tiles;
};

/**
 * Copies the seals while another process may seal: first what witnesses said, then the checkpoints that they said it of, then the tiles of
 * the newest of these checkpoints, and no wider. The log must be copied after them, so that it is never shorter than what they say.
 */
export const copySeal = async (dataFolder: string, backup: string, masterKey: () => Promise<Buffer>): Promise<CopiedSeal> => {
  const from = pathIn(dataFolder, dataFiles.seal);
  const files: string[] = [];
  const put = (name: string, bytes: string | Uint8Array): void => {
    write(join(backup, name), bytes);
    files.push(name);
  };
  if (existsSync(serviceKeyFile(dataFolder, 'seal'))) {
    const key = Buffer.from(readServiceKey(dataFolder, 'seal'));
    put(sealedSealKey, encryptBytes(wrappingKeyOf(await masterKey()), key, boundToSeal));
  }
  if (!existsSync(from)) return { files };
  for (const name of recordsIn(from)) {
    const bytes = readIfThere(join(from, name));
    if (bytes !== undefined) put(join(dataFiles.seal, name), bytes);
  }
  const notes = notesIn((readIfThere(join(from, 'checkpoints')) ?? '').toString());
  const newest = notes.at(-1);
  if (newest === undefined) return { files };
  put(join(dataFiles.seal, 'checkpoints'), notes.join(''));
  put(join(dataFiles.seal, 'checkpoint'), newest);
  const sealed = sizeOfNote(newest) ?? 0;
  const checkpoints = createFolderCheckpointStore(from);
  for (const at of tilesOf(sealed)) {
    const width = widthOf(at, sealed);
    const hashes = (await checkpoints.tile(at))?.subarray(0, width * bytesOfAHash);
    // one that is missing, or too narrow, is made anew from the log
    if (hashes?.length === width * bytesOfAHash) put(join(dataFiles.seal, tilePath(at, width)), hashes);
  }
  return { files, sealed };
};

/** The log that stood here was sealed further than the restored one goes, or otherwise: who keeps its checkpoint elsewhere sees that. */
export type Rollback = {
  /** events under the newest checkpoint that stood here */ readonly size: number;
  /** hexadecimal */ readonly root: string;
};

/**
 * What becomes of the seals. `kept`: those that stand here go on, for the restored log begins with what they say. `from-backup`: those of
 * the backup are put in their place. `begun-anew`: the backup has none; the key and its name stay.
 */
type SealPlan = { readonly kind: 'kept' | 'from-backup' | 'begun-anew' | 'none'; readonly rollback?: Rollback };

const isOfSeal = (name: string): boolean => name.startsWith(`${dataFiles.seal}/`);

const rollbackTo = (newest: Checkpoint | undefined): Pick<SealPlan, 'rollback'> =>
  newest === undefined ? {} : { rollback: { size: newest.size, root: newest.root.toString('hex') } };

/** Decided before anything is touched. */
export const planSeal = async (dataFolder: string, backup: string, { files }: Manifest): Promise<SealPlan> => {
  const standing = await currentSealIn(dataFolder);
  const brings = files.some(({ name }) => isOfSeal(name));
  if (standing === undefined) return { kind: brings ? 'from-backup' : 'none' };
  const verifier = join(backup, dataFiles.seal, 'verifier');
  const sameKey = !existsSync(verifier) || readFileSync(verifier, 'utf8') === standing.verifier;
  const { newest } = standing;
  if (
    sameKey &&
    existsSync(serviceKeyFile(dataFolder, 'seal')) &&
    newest !== undefined &&
    continues(join(backup, dataFiles.events), newest)
  )
    return { kind: 'kept' };
  return { kind: brings ? 'from-backup' : 'begun-anew', ...rollbackTo(newest) };
};

/** Names in the data folder that are set aside. */
export const asideOf = ({ kind }: SealPlan): readonly string[] => {
  if (kind === 'from-backup') return [dataFiles.seal, 'seal.key'];
  return kind === 'begun-anew' ? [dataFiles.seal] : [];
};

/** @param aside where the seals that stood here are now */
export const putSealBack = (
  { kind }: SealPlan,
  { dataFolder, backup, aside }: { readonly dataFolder: string; readonly backup: string; readonly aside: string | undefined },
  { files }: Manifest,
  key: Buffer | undefined,
): void => {
  if (kind === 'from-backup') {
    for (const { name } of files.filter((file) => isOfSeal(file.name))) {
      const to = join(dataFolder, name);
      mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
      writeFileSync(to, readFileSync(join(backup, name)), { mode: 0o600, flush: true });
    }
  }
  if (kind === 'begun-anew' && aside !== undefined) {
    // a verifier that has the line of the key knows this log by it
    const verifier = join(aside, dataFiles.seal, 'verifier');
    mkdirSync(pathIn(dataFolder, dataFiles.seal), { mode: 0o700 });
    copyFileSync(verifier, join(pathIn(dataFolder, dataFiles.seal), 'verifier'));
  }
  const keyFile = serviceKeyFile(dataFolder, 'seal');
  if (key !== undefined && !existsSync(keyFile)) writeFileSync(keyFile, key, { flag: 'wx', mode: 0o400, flush: true });
};
