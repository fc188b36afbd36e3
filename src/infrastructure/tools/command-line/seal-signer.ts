import type { Settings } from '../../config/settings';
import { readServiceKey, readSharedKey } from '../../outside/identity/service-key';
import { createNoteSigner, noteVerifierOf, type NoteSigner } from '../../signed-log/signed-note';
import type { ReadingStores } from './installation';

/** The key that signs this log; `undefined` where nothing was ever sealed. @throws ServiceKeyUnusable */
export const sealSignerOf = async (
  { readModels, dataDirectory }: Settings,
  { checkpoints, keys }: Pick<ReadingStores, 'checkpoints' | 'keys'>,
): Promise<NoteSigner | undefined> => {
  const known = noteVerifierOf((await checkpoints.get('verifier')) ?? '');
  if (known === undefined) return undefined;
  return createNoteSigner(
    known.name,
    readModels === 'postgres' ? await readSharedKey(keys, 'seal') : readServiceKey(dataDirectory, 'seal'),
  );
};
