import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { serviceKeyFile } from '../../outside/identity/service-key';
import type { Checkpoint } from '../../signed-log/checkpoint';
import { continues, currentSealIn } from './seal-status';
import type { Manifest } from './manifest';

/** The log that stood here was sealed further than the restored one goes, or otherwise: who keeps its checkpoint elsewhere sees that. */
export type Rollback = {
  /** events under the newest checkpoint that stood here */ readonly size: number;
  /** hexadecimal */ readonly root: string;
};

/**
 * What becomes of the seals. `kept`: those that stand here go on, for the restored log begins with what they say. `from-backup`: those of
 * the backup are put in their place. `begun-anew`: the backup has none; the key and its name stay.
 */
export type SealPlan = { readonly kind: 'kept' | 'from-backup' | 'begun-anew' | 'none'; readonly rollback?: Rollback };

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
    // whoever has the line of the key knows this log by it
    const verifier = join(aside, dataFiles.seal, 'verifier');
    mkdirSync(pathIn(dataFolder, dataFiles.seal), { mode: 0o700 });
    copyFileSync(verifier, join(pathIn(dataFolder, dataFiles.seal), 'verifier'));
  }
  const keyFile = serviceKeyFile(dataFolder, 'seal');
  if (key !== undefined && !existsSync(keyFile)) writeFileSync(keyFile, key, { flag: 'wx', mode: 0o400, flush: true });
};
