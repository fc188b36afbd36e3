import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of package.json, which lies as far above the sources as above what is built of them. */
export const programVersion = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  if (typeof version !== 'string') throw new Error('package.json names no version.');
  return version;
};
