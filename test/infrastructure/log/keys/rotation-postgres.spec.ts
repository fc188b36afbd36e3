import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../../../src/infrastructure/config/settings';
import { openMasterKeyOf } from '../../../../src/infrastructure/nest/open-master-key';
import { keysStatus } from '../../../../src/infrastructure/nest/keys-status';
import { rotateKeys } from '../../../../src/infrastructure/nest/rotate-keys';
import { openPool } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { openPostgres, type Postgres } from '../../../../src/infrastructure/nest/postgres';
import { openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { openPostgresKeyStore } from '@tichet-albastru/event-log/keys/postgres-key-store';
import { derivedFrom, openPurposeKeys, purposes } from '../../../../src/infrastructure/log/keys/purpose-keys';
import { processesOn, rewrappedPostgres } from '../../../../src/infrastructure/log/keys/rotation/rewrap-postgres';
import { rotateMasterKey } from '../../../../src/infrastructure/log/keys/rotation/rotate';
import { currentMasterKey } from '../../../../src/infrastructure/log/keys/rotation/current-master-key';
import { createTestDatabase, type TestDatabase } from '../../../support/postgres';
import { closing, emptyFolder, endsByItself } from '../../../support/closing';

let database: TestDatabase;
let postgres: Postgres;
let folder = '';
beforeEach(async () => {
  folder = emptyFolder();
  database = await createTestDatabase();
  postgres = endsByItself(await openPostgres({ url: database.url }), 'close');
});

const names = Array.from({ length: 300 }, (_, n) => `contact:ticket-${n}`);
/** Of tags and of Webex; there are no local tokens here. */
const formers = 3;
const hex = (keys: readonly (Buffer | undefined)[]) => keys.map((key) => key?.toString('hex'));

describe('the rotation of the master key of a database', () => {
  it('wraps every living key anew, leaves those that were destroyed, and makes others for tickets and for every purpose', async () => {
    const path = join(folder, 'master.key');
    const masterKey = openMasterKey(path, { create: true });
    const { pool } = postgres;
    const before = await openPostgresKeyStore({ pool, masterKey });
    await before.obtain(names);
    await before.destroy(['contact:ticket-7']);
    const [secret] = await before.obtain(['manage:ticket-1']);
    const standing = hex(await Promise.all(names.map((name) => before.find(name))));
    const wrapped = async (): Promise<readonly string[]> =>
      (await pool.query<{ hex: string }>("SELECT encode(wrapped, 'hex') AS hex FROM tichet.keys WHERE wrapped IS NOT NULL")).rows.map(
        (row) => row.hex,
      );
    const old = new Set(await wrapped());

    const rotated = await rotateMasterKey(path, rewrappedPostgres(pool));
    expect(rotated).toMatchObject({ epoch: 2, keys: names.length + purposes.length + formers });
    expect((await wrapped()).filter((one) => old.has(one))).toEqual([]);
    expect(readFileSync(rotated.old)).toEqual(masterKey);

    const next = openMasterKey(path, { create: false });
    const after = await openPostgresKeyStore({ pool, masterKey: next });
    expect(hex(await Promise.all(names.map((name) => after.find(name))))).toEqual(standing);
    expect(await after.destroyed()).toEqual(['contact:ticket-7']);
    const purposeKeys = await openPurposeKeys(after, next);
    const derived = derivedFrom(masterKey);
    for (const purpose of purposes) expect(purposeKeys(purpose)).not.toEqual(derived(purpose));
    expect([purposeKeys.former?.('tag'), purposeKeys.former?.('webex-tokens')]).toEqual([[derived('tag')], [derived('webex-tokens')]]);
    expect(await after.find('manage:ticket-1')).not.toEqual(secret);
    await expect(openPostgresKeyStore({ pool, masterKey })).rejects.toThrow('put back the file of epoch 2');

    // a process that has lived on makes no key that only the old master key would open
    await expect(before.obtain(['contact:made-too-late'])).rejects.toThrow('put back the file of epoch 2');
    await expect(before.find('contact:ticket-1')).rejects.toThrow('does not fit its key');
    expect(await after.find('contact:made-too-late')).toBeUndefined();
  });

  it('ended in the midst of the keys changes nothing; ended behind them is brought to its end by the next start', async () => {
    const path = join(folder, 'master.key');
    const masterKey = openMasterKey(path, { create: true });
    const { pool } = postgres;
    await (await openPostgresKeyStore({ pool, masterKey })).obtain(names);
    const store = rewrappedPostgres(pool);
    const ended = new Error('ended');
    const end = (): never => {
      throw ended;
    };
    await expect(rotateMasterKey(path, store, { keys: end })).rejects.toBe(ended);
    await expect(openPostgresKeyStore({ pool, masterKey })).resolves.toBeDefined();
    const endBehind = (step: string): void => {
      if (step === 'rewrapped') end();
    };
    await expect(rotateMasterKey(path, store, { step: endBehind })).rejects.toBe(ended);
    expect(openMasterKey(path, { create: false })).toEqual(masterKey);
    await expect(openPostgresKeyStore({ pool, masterKey })).rejects.toThrow('put back the file of epoch 2');
    const found = await currentMasterKey(path, { create: false, finish: true }, () => store.epoch());
    expect(openMasterKey(path, { create: false })).toEqual(found);
    await expect(openPostgresKeyStore({ pool, masterKey: found })).resolves.toBeDefined();
  });

  it('is refused while a process of the service has the database open, and done by the command once none has', async () => {
    const path = join(folder, 'master.key');
    const masterKey = openMasterKey(path, { create: true });
    await (await openPostgresKeyStore({ pool: postgres.pool, masterKey })).obtain(names);
    const environment = { TICHET_DATA_DIR: folder, TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: database.url };
    const { settings } = readSettings(environment, () => '');
    expect(await rotateKeys(settings, () => undefined)).toMatchObject({ kind: 'in-use' });
    expect(openMasterKey(path, { create: false })).toEqual(masterKey);
    await postgres.close();
    expect(await rotateKeys(settings, () => undefined)).toMatchObject({ kind: 'rotated', epoch: 2 });
    const standing = { epoch: 2, living: names.length + purposes.length + formers, destroyed: 0, old: [`${path}.epoch-1`] };
    expect(await keysStatus(settings)).toMatchObject(standing);
  });

  it('the first start on a database that nobody has used makes the master key; a later one that misses it makes none', async () => {
    const empty = await createTestDatabase();
    const { settings } = readSettings(
      { TICHET_DATA_DIR: folder, TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: empty.url },
      () => '',
    );
    const started = { create: true, finish: true };
    const masterKey = await openMasterKeyOf(settings, started);
    const { pool } = endsByItself(await openPostgres({ url: empty.url }), 'close');
    await openPostgresKeyStore({ pool, masterKey });
    rmSync(join(folder, 'master.key'));
    await expect(openMasterKeyOf(settings, started)).rejects.toThrow('is missing: put it back');
    expect(existsSync(join(folder, 'master.key'))).toBe(false);
  });

  it('sees whose processes have the database open', async () => {
    const pool = closing(openPool({ url: database.url, purpose: 'rotation', most: 1 }));
    await postgres.pool.query('SELECT 1');
    expect(await processesOn(pool)).toContain('tichet-service');
    // whatever name the address would give them
    const named = closing(openPool({ url: `${database.url}?application_name=primaria&statement_timeout=0`, purpose: 'named' }));
    await named.query('SELECT 1');
    expect(await processesOn(pool)).toContain('tichet-named');
    expect((await named.query<{ statement_timeout: string }>('SHOW statement_timeout')).rows).toEqual([{ statement_timeout: '10s' }]);
  });
});
