import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Raised when the files of a backup change their meaning. */
export const backupVersion = 1;
export const manifestFile = 'manifest.json';

export type BackupFile = { readonly name: string; readonly bytes: number; readonly sha256: string };
export type Manifest = { readonly version: number; readonly madeAt: string; readonly end: string; readonly files: readonly BackupFile[] };

/** The backup is not whole, or not a backup; a sentence for the administrator. */
export class BackupUnusable extends Error {
  override readonly name = 'BackupUnusable';
}

export const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk instanceof Buffer ? chunk : String(chunk));
  return hash.digest('hex');
};

const isFile = (value: unknown): value is BackupFile =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'bytes' in value &&
  typeof value.bytes === 'number' &&
  'sha256' in value &&
  typeof value.sha256 === 'string';

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
  value.files.every(isFile);

/** @throws BackupUnusable */
export const readManifest = (folder: string): Manifest => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(join(folder, manifestFile), 'utf8'));
  } catch {
    throw new BackupUnusable(
      `În ${folder} nu este o copie de siguranță: ${manifestFile} lipsește sau nu poate fi citit. / ` +
        `There is no backup in ${folder}: ${manifestFile} is missing or cannot be read.`,
    );
  }
  if (isManifest(value) && value.version === backupVersion) return value;
  throw new BackupUnusable(`${manifestFile} din ${folder} este de altă versiune. / ${manifestFile} in ${folder} is of another version.`);
};
