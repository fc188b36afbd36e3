import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { moveInstallation, type MoveOutcome } from '../../../../src/infrastructure/tools/copy/move-installation';
import { dataFiles, pathIn } from '../../../../src/infrastructure/database/data-folder/data-files';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { openSqliteOperations } from '../../../../src/infrastructure/tables/operations/sqlite-operations';
import { DatabaseUnusable } from '@tichet-albastru/event-log/database/postgres/database-unusable';
import { KeyUnusable } from '@tichet-albastru/event-log/keys/key-store';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { askDatabase, createTestDatabase, type TestDatabase } from '../../../support/postgres';
import { emptyFolder } from '../../../support/closing';

let database: TestDatabase;
let place: string;
beforeEach(async () => {
  database = await createTestDatabase();
  place = emptyFolder();
});

const keyFile = (name: string, key: Buffer): string => {
  const file = join(place, name);
  writeFileSync(file, key, { mode: 0o400 });
  return file;
};
const move = (from: string, to: string, masterKeyFile: string): Promise<MoveOutcome> =>
  moveInstallation({ names: { from, to }, environment: { TICHET_POSTGRES_URL: database.url, TICHET_MASTER_KEY_FILE: masterKeyFile } });
const schemas = async (): Promise<readonly string[]> => {
  const which = `SELECT nspname FROM pg_namespace WHERE nspname IN ('tichet', 'reporting')`;
  return (await askDatabase<{ readonly nspname: string }>(database.url, which)).map(({ nspname }) => nspname);
};

/** A house without events whose keys are wrapped with this master key. */
const houseWith = async (folder: string, masterKey: Buffer): Promise<void> => {
  mkdirSync(folder);
  const store = await openSqliteEventStore({ folder });
  await store.close();
  openSqliteOperations({ folder, answerKey: Buffer.alloc(32) }).close();
  const keys = openSqliteKeyStore({ path: pathIn(folder, dataFiles.keys), masterKey });
  await keys.obtain(['contact:ticket-1']);
  keys.close();
};

describe('a copy', () => {
  it('makes nothing in a database that it is to read and that was never served', async () => {
    const file = keyFile('master.key', randomBytes(32));
    await expect(move('postgres', `sqlite:${join(place, 'new')}`, file)).rejects.toBeInstanceOf(DatabaseUnusable);
    expect(await schemas()).toEqual([]);
  });

  it('tried with a wrong master key first does not make it that of an empty target', async () => {
    const masterKey = randomBytes(32);
    const folder = join(place, 'old');
    await houseWith(folder, masterKey);
    const wrong = keyFile('wrong.key', randomBytes(32));
    await expect(move(`sqlite:${folder}`, 'postgres', wrong)).rejects.toBeInstanceOf(KeyUnusable);
    expect(await move(`sqlite:${folder}`, 'postgres', keyFile('master.key', masterKey))).toMatchObject({
      kind: 'moved',
      carried: { keys: { names: 1 } },
    });
  });
});
