import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DataFolderUnusable, folderUnusable } from '@tichet-albastru/event-log/database/data-folder/data-folder-unusable';
import { portUnusable } from '../../../../src/infrastructure/service/port-unusable';
import { onEventStoreDb, onPostgres } from '../../../support/places';
import { demoStaff } from '../../../../src/infrastructure/tools/demo/cast';
import { environmentOf, tichetIn } from './captured';
import { filledFolder } from './filled';
import { emptyFolder } from '../../../support/closing';
import { askDatabase } from '../../../support/postgres';

const serve = (env: Record<string, string>) => tichetIn(env, ['serve']);
const mount = (folder: string, options: string): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;

describe('a service that cannot start says why, in both languages, with exit code 1', () => {
  it('in a folder that cannot be made, and makes nothing', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'file'), '');
    const { exit, stderr } = await serve(environmentOf(join(folder, 'file', 'data')));
    expect(exit).toBe(1);
    expect(stderr).toMatch(/nu poate fi scris \(ENOTDIR\).*cannot be written \(ENOTDIR\).*TICHET_DATA_DIR/);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('on a disk that is read-only, and changes nothing', async () => {
    const folder = emptyFolder();
    if (!mount(folder, 'ro,size=1m')) {
      console.warn('SKIPPED: only root can mount a read-only disk here.');
      return;
    }
    try {
      const { exit, stderr } = await serve(environmentOf(folder));
      expect(exit).toBe(1);
      expect(stderr).toMatch(/nu poate fi scris \(EROFS\).*cannot be written \(EROFS\)/);
      expect(readdirSync(folder)).toEqual([]);
    } finally {
      spawnSync('umount', [folder]);
    }
  });

  it.each(['SQLITE_READONLY', 'SQLITE_CANTOPEN', 'SQLITE_FULL', 'EACCES', 'EROFS', 'ENOSPC'])('%s is a fault of the folder', (code) => {
    const fault = folderUnusable('/srv/data', Object.assign(new Error('secret'), { code }));
    expect(fault).toBeInstanceOf(DataFolderUnusable);
    expect(fault?.message).toContain(code);
    expect(fault?.message).not.toContain('secret');
    expect(folderUnusable('/srv/data', new Error('a bug'))).toBeUndefined();
  });

  it.each(['master.key', 'token.key'])('with a %s that others can read, before any store is made', async (name) => {
    const folder = emptyFolder();
    const data = join(folder, 'data');
    mkdirSync(data);
    writeFileSync(join(data, name), Buffer.alloc(32, 1));
    chmodSync(join(data, name), 0o644);
    const { exit, stderr } = await serve(environmentOf(data));
    expect(exit).toBe(1);
    expect(stderr).toMatch(/chmod 0?400.*chmod 0?400/);
    expect(readdirSync(data)).not.toContain('events.db');
  });

  it('beside a log whose keys and master key are both gone, and makes no other', async () => {
    const folder = await filledFolder(['100'], demoStaff.slice(0, 1));
    for (const file of readdirSync(folder).filter((name) => /^(keys\.db|master\.key)/.test(name))) rmSync(join(folder, file));
    const { exit, stderr } = await serve(environmentOf(folder));
    expect([exit, stderr]).toEqual([1, expect.stringContaining(join(folder, 'master.key'))]);
    expect(readdirSync(folder)).not.toContain('master.key');
  });

  it('on a port that is taken: which one, and how to choose another', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = String(typeof address === 'object' ? address?.port : 0);
    const { exit, stderr } = await serve({ ...environmentOf(emptyFolder()), HOST: '127.0.0.1', PORT: port });
    other.close();
    expect(exit).toBe(1);
    expect(stderr).toMatch(new RegExp(`Portul ${port} .*alegeți alt port \\(PORT\\).*Port ${port} .*choose another port \\(PORT\\)`));
  });

  it('on a port or an address that is not its own', () => {
    const at = { port: 80, host: '203.0.113.1' };
    expect(portUnusable(at, { code: 'EACCES' })?.message).toMatch(/80.*1024.*PORT/);
    expect(portUnusable(at, { code: 'EADDRNOTAVAIL' })?.message).toMatch(/203\.0\.113\.1.*HOST/);
    expect(portUnusable(at, new Error('a bug'))).toBeUndefined();
  });

  const bilingual = (ro: string, en: string): RegExp => new RegExp(`^[^\n]*${ro}[^\n]* / [^\n]*${en}[^\n]*\n$`);

  it.each([
    ['TICHET_POSTGRES_URL', 'nu răspunde', { TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: 'postgres://u:hunter2@127.0.0.1:1/d' }],
    [
      'TICHET_EVENTSTOREDB_URL',
      'nu ascultă nimeni',
      { TICHET_EVENT_STORE: 'eventstoredb', TICHET_EVENTSTOREDB_URL: 'esdb://u:hunter2@127.0.0.1:1' },
    ],
  ])('where nobody answers: look at %s; without the password that stands there', async (setting, said, stores) => {
    const folder = emptyFolder();
    const { exit, stderr } = await serve({ ...environmentOf(folder), ...stores });
    expect(exit).toBe(1);
    expect(stderr).toMatch(bilingual(`${said}.*${setting}`, setting));
    expect(stderr).not.toContain('hunter2');
    expect(readdirSync(folder)).not.toContain('keys.db');
  });

  it('on a database that does not let it in, and on one that is newer than the program, which stays as it is', async () => {
    const { settings } = await onPostgres();
    const url = settings['TICHET_POSTGRES_URL'] ?? '';
    const refused = await serve({
      ...environmentOf(emptyFolder()),
      ...settings,
      TICHET_POSTGRES_URL: url.replace(/\/\w+$/, '/hunter2_is_not_there'),
    });
    expect(refused.exit).toBe(1);
    expect(refused.stderr).toMatch(bilingual('nu ne primește .3D000.', 'does not let us in'));

    await askDatabase(
      url,
      "CREATE SCHEMA tichet; CREATE TABLE tichet.migrations (number integer, name text); INSERT INTO tichet.migrations VALUES (9, 'later-1')",
    );
    const newer = await serve({ ...environmentOf(emptyFolder()), ...settings });
    expect(newer.exit).toBe(1);
    expect(newer.stderr).toMatch(bilingual('mai nouă decât programul.*later-1', 'newer than this program.*later-1'));
    const tables = "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'tichet'";
    expect(await askDatabase(url, tables)).toEqual([{ name: 'migrations' }]);
  });

  it('on an EventStoreDB with facts, and a folder without their keys', async () => {
    const { settings, emulator } = await onEventStoreDb();
    const staff = join(emptyFolder(), 'staff');
    writeFileSync(staff, 'staffId,name,role,department,departmentCode,email\nx1,Ana Pop,executive,Birou,1,x1@primaria.example\n');
    const imported = await tichetIn({ ...environmentOf(emptyFolder()), ...settings }, ['import', 'staff', staff]);
    expect(imported).toMatchObject({ exit: 0, stderr: '' });
    const events = emulator.log.events.length;
    const other = emptyFolder();
    const { exit, stderr } = await serve({ ...environmentOf(other), ...settings });
    expect(exit).toBe(1);
    expect(stderr).toMatch(bilingual('nu are cheile lor', 'does not have their keys'));
    expect([emulator.log.events.length, readdirSync(other).filter((name) => name.endsWith('.db') && name !== 'lock.db')]).toEqual([
      events,
      [],
    ]);
  });
});
