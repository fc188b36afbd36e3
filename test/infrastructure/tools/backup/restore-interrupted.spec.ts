import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { inFolder, register, registerDemoStaff } from '../../../support/sealed-folder';
import { tichet } from '../command-line/captured';
import { closing, emptyFolder } from '../../../support/closing';

const erasedKey = 'name:request-100_2026-02-10';
const databases = ['events.db', 'operations.db', 'read-models.db', 'keys.db'];

/** A backup, and the folder it was made of, where somebody was erased since. */
const erasedSince = async () => {
  const folder = emptyFolder();
  await inFolder(folder, async (opened) => {
    await registerDemoStaff(opened);
    await register(opened, ['100', '200']);
  });
  const backup = join(emptyFolder(), 'copy');
  expect((await tichet(folder, 'backup', backup)).exit).toBe(0);
  expect((await tichet(folder, 'forget', '100_2026-02-10', '--reason', 'cerere')).exit).toBe(0);
  return { folder, backup };
};

/** What a restore that was killed has left: everything set aside, and of the new files so many. */
const killedAfter = (folder: string, backup: string, put: readonly string[]): void => {
  writeFileSync(join(folder, 'restoring'), '');
  const aside = join(folder, 'replaced-2026-03-05T10-00-00-000Z');
  mkdirSync(aside);
  for (const name of readdirSync(folder).filter((one) => databases.some((base) => one.startsWith(base))))
    renameSync(join(folder, name), join(aside, name));
  for (const name of put) copyFileSync(join(backup, name === 'keys.db' ? 'keys/keys.db' : name), join(folder, name));
};

const isReadable = async (folder: string): Promise<boolean> => {
  const masterKey = openMasterKey(join(folder, 'master.key'), { create: false });
  const keys = openSqliteKeyStore({ path: join(folder, 'keys.db'), masterKey });
  try {
    return (await keys.find(erasedKey)) !== undefined;
  } finally {
    keys.close();
  }
};

describe('a restore that was interrupted', () => {
  it.each([[[]], [['keys.db']], [databases]])('with %j put back, is refused to the service, and the next one erases again', async (put) => {
    const { folder, backup } = await erasedSince();
    killedAfter(folder, backup, put);
    await expect(inFolder(folder, () => Promise.resolve())).rejects.toThrow(/restaurare a fost întreruptă.*restore .* was interrupted/);
    const { exit, stdout } = await tichet(folder, 'restore', backup, '--json');
    expect([exit, JSON.parse(stdout)]).toMatchObject([0, { destroyedKeys: 1 }]);
    expect(existsSync(join(folder, 'restoring'))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.includes('keys.db.restoring'))).toEqual([]);
    expect(await isReadable(folder)).toBe(false);
    await inFolder(folder, () => Promise.resolve());
  });

  it('broken variant: one that asks only the key store in its place brings the erased person back', async () => {
    const { folder, backup } = await erasedSince();
    killedAfter(folder, backup, []);
    // nobody knows any more what had been destroyed
    rmSync(join(folder, 'replaced-2026-03-05T10-00-00-000Z'), { recursive: true });
    expect((await tichet(folder, 'restore', backup)).exit).toBe(0);
    expect(await isReadable(folder)).toBe(true);
  });

  it('goes on where the key store is broken, and says that nobody knows who was erased since', async () => {
    const { folder, backup } = await erasedSince();
    rmSync(join(folder, 'keys.db-wal'), { force: true });
    writeFileSync(join(folder, 'keys.db'), 'nu este o bază de date'.repeat(100));
    const { exit, stdout, stderr } = await tichet(folder, 'restore', backup, '--json');
    expect([exit, JSON.parse(stdout)]).toMatchObject([0, { unreadable: [join(folder, 'keys.db')] }]);
    expect(stderr).toContain('repeat the erasures');
    const database = closing(openSqlite(join(folder, 'keys.db'), { readonly: true }));
    expect(database.pragma('quick_check', { simple: true })).toBe('ok');
  });

  it('goes on where the operational state is broken, and says that nobody knows which tokens were revoked since', async () => {
    const { folder, backup } = await erasedSince();
    rmSync(join(folder, 'operations.db-wal'), { force: true });
    writeFileSync(join(folder, 'operations.db'), 'nu este o bază de date'.repeat(100));
    const { exit, stdout, stderr } = await tichet(folder, 'restore', backup, '--json');
    expect([exit, JSON.parse(stdout)]).toMatchObject([0, { unreadableTokens: [join(folder, 'operations.db')] }]);
    expect(stderr).toContain('tichet keys rotate');
  });
});
