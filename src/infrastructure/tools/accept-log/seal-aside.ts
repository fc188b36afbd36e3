import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { inTransaction } from '@tichet-albastru/event-log/database/postgres/in-transaction';
import { encryptBytes, openBytes, wrappingKeyOf } from '@tichet-albastru/event-log/keys/encrypting';
import { openServiceKey, readServiceKey, serviceKeyFile, sharedNames } from '../../outside/identity/service-key';
import { createPostgresCheckpointStore } from '../../proof/checkpoints-in-postgres';
import { openSigningKey } from '../../proof/signing/sign-log';
import {
  type CheckpointStore,
  createFolderCheckpointStore,
  createNoteSigner,
  type NoteSigner,
  noteVerifierOf,
  verifierLine,
} from '@tichet-albastru/signed-log';
import { sync } from '../backup/make-backup';

/** By which a seal is known again: the line beside the checkpoints, and that of the key in place. Left out where there is none. */
export type KnownSeal = { readonly verifier?: string; readonly key?: string };

/** Where the seal of this installation stands. */
export type SealInPlace = {
  readonly checkpoints: CheckpointStore;
  known(): Promise<KnownSeal>;
  /**
   * Sets the seal that was known so aside, whole, under this name, and puts a new key of the same name in its place. What was set aside
   * before is not there any more, and what stands in its place stays: it may be ended anywhere, and run again.
   */
  setAside(known: KnownSeal, name: string): Promise<NoteSigner>;
};

const asideFolder = (folder: string, name: string): string => join(folder, `set-aside-${name.replaceAll(/[:.]/g, '-')}`);

const keptVerifier = async (checkpoints: CheckpointStore): Promise<string | undefined> => (await checkpoints.get('verifier'))?.trim();

/** @param name of the verifier beside it, which may be missing: the seed is then known by another line, and always the same */
const lineOf = (seed: Uint8Array, verifier: string | undefined): string =>
  verifierLine(createNoteSigner(noteVerifierOf(verifier ?? '')?.name ?? 'unnamed', seed));

const knownBy = (verifier: string | undefined, seed: Uint8Array | undefined): KnownSeal => ({
  ...(verifier !== undefined && { verifier }),
  ...(seed && { key: lineOf(seed, verifier) }),
});

/** In `seal/` and `seal.key`. The key goes first: while the checkpoints stand without it, nothing can be signed that continues them. */
export const sealInFolder = (folder: string, publicUrl: string): SealInPlace => {
  const checkpoints = createFolderCheckpointStore(pathIn(folder, dataFiles.seal));
  const seed = (): Uint8Array | undefined => (existsSync(serviceKeyFile(folder, 'seal')) ? readServiceKey(folder, 'seal') : undefined);
  return {
    checkpoints,
    known: async () => knownBy(await keptVerifier(checkpoints), seed()),
    setAside: async ({ verifier, key }, name) => {
      const aside = asideFolder(folder, name);
      mkdirSync(aside, { recursive: true, mode: 0o700 });
      const standing = seed();
      if (standing !== undefined && lineOf(standing, verifier) === key) renameSync(serviceKeyFile(folder, 'seal'), join(aside, 'seal.key'));
      sync(folder);
      const beside = pathIn(folder, dataFiles.seal);
      if (existsSync(beside) && (await keptVerifier(checkpoints)) === verifier) renameSync(beside, join(aside, dataFiles.seal));
      sync(aside);
      sync(folder);
      // one that remembers nothing of the files that are gone
      return openSigningKey(createFolderCheckpointStore(beside), openServiceKey(folder, 'seal'), publicUrl, verifier);
    },
  };
};

/** However much it is. */
const unbounded = 'SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0';

const evidence = [
  `INSERT INTO tichet.seal_aside SELECT $1, 'tile', level || '/' || index, hashes FROM tichet.seal_tiles`,
  `INSERT INTO tichet.seal_aside SELECT $1, 'checkpoint', lpad(size::text, 20, '0'), convert_to(note, 'UTF8') FROM tichet.seal_checkpoints`,
  `INSERT INTO tichet.seal_aside SELECT $1, 'record', name, convert_to(content, 'UTF8') FROM tichet.seal_records`,
];

/** In the tables of the database, and the key among the keys: everything in one transaction. */
export const sealInPostgres = (pool: Pool, masterKey: Buffer, publicUrl: string): SealInPlace => {
  const wrappingKey = wrappingKeyOf(masterKey);
  const name = sharedNames.seal;
  const checkpoints = createPostgresCheckpointStore(pool);
  const seed = async (): Promise<Buffer | undefined> => {
    const { rows } = await pool.query<{ readonly wrapped: Buffer | null }>('SELECT wrapped FROM tichet.keys WHERE name = $1', [name]);
    const wrapped = rows[0]?.wrapped ?? undefined;
    return wrapped && openBytes(wrappingKey, wrapped, name);
  };
  return {
    checkpoints,
    known: async () => knownBy(await keptVerifier(checkpoints), await seed()),
    setAside: async ({ verifier, key }, aside) => {
      const standing = await seed();
      if (standing === undefined || lineOf(standing, verifier) === key) {
        const next = randomBytes(32);
        const keptAs = `${name}/${aside}`;
        await inTransaction(
          pool,
          async (client) => {
            for (const text of evidence) await client.query(text, [aside]);
            await client.query('DELETE FROM tichet.seal_tiles; DELETE FROM tichet.seal_checkpoints; DELETE FROM tichet.seal_records');
            await client.query('DELETE FROM tichet.keys WHERE name = $1', [name]);
            const kept = standing === undefined ? [] : [{ name: keptAs, wrapped: encryptBytes(wrappingKey, standing, keptAs) }];
            for (const row of [...kept, { name, wrapped: encryptBytes(wrappingKey, next, name) }])
              await client.query('INSERT INTO tichet.keys (name, wrapped) VALUES ($1, $2)', [row.name, row.wrapped]);
          },
          unbounded,
        );
      }
      const now = await seed();
      if (now === undefined) throw new Error('The new key is not in the database.');
      return openSigningKey(checkpoints, now, publicUrl, verifier);
    },
  };
};
