import { localTokens } from '../../src/infrastructure/outside/identity/local-tokens';
import { readSharedKey, readServiceKey } from '../../src/infrastructure/outside/identity/service-key';
import { openPostgresForReading } from '../../src/infrastructure/nest/postgres';
import { openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { openPostgresKeyStore } from '@tichet-albastru/event-log/keys/postgres-key-store';
import type { Role } from '../../src/application/kernel/access';
import { personFor } from './person';
import type { Service } from './service';

type Official = { readonly role: Role; readonly staffId?: string };

const sharedTokenKey = async (postgresUrl: string, masterKey: Buffer): Promise<Uint8Array> => {
  const postgres = await openPostgresForReading({ url: postgresUrl });
  const key = await readSharedKey(await openPostgresKeyStore({ pool: postgres.pool, masterKey, readOnly: true }), 'token');
  await postgres.close();
  return key;
};

const keysRead = new Map<string, Uint8Array>();

/** Read once: a crowd goes on while the disk of its service has no power. */
const readOnce = async (name: string, read: () => Promise<Uint8Array> | Uint8Array): Promise<Uint8Array> => {
  const key = keysRead.get(name) ?? (await read());
  keysRead.set(name, key);
  return key;
};

export const masterKeyOf = async ({ masterKeyFile }: Service): Promise<Buffer> =>
  Buffer.from(await readOnce(masterKeyFile, () => openMasterKey(masterKeyFile, { create: false })));

const tokenKeyOf = (service: Service): Promise<Uint8Array> => {
  const { dataFolder, postgresUrl } = service;
  return postgresUrl === undefined
    ? readOnce(dataFolder, () => readServiceKey(dataFolder, 'token'))
    : readOnce(postgresUrl, async () => sharedTokenKey(postgresUrl, await masterKeyOf(service)));
};

/** A token as the command line makes them, by the service's clock. */
export const officialToken = async (service: Service, { role, staffId }: Official): Promise<string> =>
  localTokens(await tokenKeyOf(service), { now: () => service.now().toISOString() }).official({ role, person: personFor(role, staffId) });
