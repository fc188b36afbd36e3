import { existsSync } from 'node:fs';
import { isMasterKeyOf, type KeyEpoch } from '@tichet-albastru/event-log/keys/key-epoch';
import { openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { dropNextMasterKey, keepOldMasterKey, nextFile, replaceMasterKey } from './master-key-files';

/**
 * The master key that opens the keys as they stand. Where a rotation was ended in the middle, two lie there, and the key store knows which
 * one is the right one: the new one once all keys are wrapped with it, and the old one before.
 * @param options.create make it where there is none, and no key store that was ever used (the first start)
 * @param options.finish end such a rotation; left to the next start by whoever only reads
 * @param epoch of the key store; asked only where two keys lie there, or none
 * @throws MasterKeyUnusable
 */
export const currentMasterKey = async (
  path: string,
  { create, finish }: { readonly create: boolean; readonly finish: boolean },
  epoch: () => Promise<KeyEpoch | undefined>,
): Promise<Buffer> => {
  if (!existsSync(nextFile(path))) {
    // another one in its place would be backed up as the right one
    const isFirstStart = create && !existsSync(path) && (await epoch()) === undefined;
    return openMasterKey(path, { create: isFirstStart });
  }
  const next = openMasterKey(nextFile(path), { create: false });
  const standing = await epoch();
  if (standing !== undefined && isMasterKeyOf(standing, next)) {
    if (!finish) return next;
    if (existsSync(path)) keepOldMasterKey(path, standing.number - 1);
    replaceMasterKey(path);
    return next;
  }
  const key = openMasterKey(path, { create: false });
  // where the key store does not say, both stay
  if (finish && standing !== undefined && isMasterKeyOf(standing, key)) dropNextMasterKey(path);
  return key;
};
