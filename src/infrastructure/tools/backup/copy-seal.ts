import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { errorCode } from '../../runtime/error-code';
import { readServiceKey, serviceKeyFile } from '../../outside/identity/service-key';
import { wrappingKeyOf } from '../../log/keys/purpose-keys';
import { encryptBytes } from '../../log/keys/encrypting';
import { notesIn } from '../../signed-log/checkpoint';
import { createFolderCheckpointStore } from '../../signed-log/folder-store';
import { bytesOfAHash } from '../../signed-log/merkle-tree';
import { hashesOfATile, tilePath, widthOf, type TileAt } from '../../signed-log/tiles';
import { sizeOfNote } from './seal-status';

/** The key that signs the log, sealed with the master key: whoever has the backup alone signs nothing. */
export const sealedSealKey = join('keys', 'seal.key.sealed');
/** What it is bound to. */
export const boundToSeal = 'seal:service';

export type CopiedSeal = { /** within the backup */ readonly files: readonly string[]; readonly sealed?: number };

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
 * Copies the seals beside whoever seals: what witnesses said before the checkpoints that they say it of, then the tiles of the newest of
 * these checkpoints, and no wider. The log must be copied after them, so that it is never shorter than what they say.
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
