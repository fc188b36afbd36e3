import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { inBoth, SaidError, type Sentence } from '../../phrasing/sentences';

/** Raised when the files of a backup change their meaning. 2: with the seals, and the epoch of the master key. */
export const backupVersion = 2;
const readVersions: readonly unknown[] = [1, backupVersion];
export const manifestFile = 'manifest.json';

export type BackupFile = { readonly name: string; readonly bytes: number; readonly sha256: string };
export type Manifest = {
  readonly version: number;
  readonly madeAt: string;
  readonly end: string;
  /** of the master key that opens the keys of this backup; left out by version 1 */
  readonly epoch?: number;
  /** events under the newest checkpoint of this backup; left out where nothing was sealed */
  readonly sealed?: number;
  readonly files: readonly BackupFile[];
};

/** The backup is not whole, or not a backup; a sentence for the administrator. */
export class BackupUnusable extends SaidError {
  override readonly name = 'BackupUnusable';
  /** @param at the file that is not as it should be */
  constructor(
    words: Sentence,
    readonly at?: string,
  ) {
    super(words);
  }
}

/** @throws BackupUnusable for a folder in which something stands */
export const mustBeEmpty = (folder: string): void => {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new BackupUnusable(inBoth.backup.notEmpty({ folder }));
};

export const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk instanceof Buffer ? chunk : String(chunk));
  return hash.digest('hex');
};

/** Nothing of a backup is read, or put back, outside of its folder. */
const isInside = (name: string): boolean => !isAbsolute(name) && !name.split(/[/\\]/).includes('..');

const isCount = (value: object, field: 'epoch' | 'sealed'): boolean => {
  const found: unknown = Reflect.get(value, field);
  return found === undefined || Number.isSafeInteger(found);
};

const isFile = (value: unknown): value is BackupFile =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'bytes' in value &&
  typeof value.bytes === 'number' &&
  'sha256' in value &&
  typeof value.sha256 === 'string' &&
  isInside(value.name);

const isManifest = (value: unknown): value is Manifest =>
  typeof value === 'object' &&
  value !== null &&
  'version' in value &&
  'madeAt' in value &&
  typeof value.madeAt === 'string' &&
  'end' in value &&
  typeof value.end === 'string' &&
  'files' in value &&
  Array.isArray(value.files) &&
  value.files.every(isFile) &&
  isCount(value, 'epoch') &&
  isCount(value, 'sealed');

/** @throws BackupUnusable */
export const readManifest = (folder: string): Manifest => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(folder, manifestFile), 'utf8'));
  } catch {
    throw new BackupUnusable(inBoth.backup.noBackup({ folder, file: manifestFile }));
  }
  if (isManifest(value) && readVersions.includes(value.version)) return value;
  throw new BackupUnusable(inBoth.backup.otherVersion({ folder, file: manifestFile }));
};
