import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import type { Pool } from 'pg';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { readServiceKey, serviceKeyFile, sharedNames } from '../../outside/identity/service-key';
import { wrappingKeyOf } from '../../log/keys/purpose-keys';
import { openBytes, sealBytes } from '../../log/keys/sealing';
import type { WrappedKeys } from '../../log/keys/wrapped-keys';
import { createFolderCheckpointStore } from '../../signed-log/folder-store';
import { createPostgresCheckpointStore } from '../../proof/checkpoints-in-postgres';
import type { SealPlace } from './carry-seal';

const onlyOwnerReads = 0o400;
const folderMode = 0o700;

/** @throws ServiceKeyUnusable for a key that others may read */
export const sealInFolder = (folder: string): SealPlace => ({
  checkpoints: createFolderCheckpointStore(pathIn(folder, dataFiles.seal)),
  seed: () => Promise.resolve(existsSync(serviceKeyFile(folder, 'seal')) ? readServiceKey(folder, 'seal') : undefined),
  keepSeed: (seed) => {
    mkdirSync(folder, { recursive: true, mode: folderMode });
    writeFileSync(serviceKeyFile(folder, 'seal'), seed, { flag: 'wx', mode: onlyOwnerReads, flush: true });
    return Promise.resolve();
  },
});

/** The key lies with the keys of the people, wrapped as they are. */
export const sealInPostgres = (pool: Pool, keys: WrappedKeys, masterKey: Buffer): SealPlace => {
  const name = sharedNames.seal;
  const wrappingKey = wrappingKeyOf(masterKey);
  return {
    checkpoints: createPostgresCheckpointStore(pool),
    seed: async () => {
      const wrapped = (await keys.named([name]))[0]?.wrapped;
      return wrapped && openBytes(wrappingKey, wrapped, name);
    },
    keepSeed: (seed) => keys.take([{ name, wrapped: sealBytes(wrappingKey, Buffer.from(seed), name) }]),
  };
};
