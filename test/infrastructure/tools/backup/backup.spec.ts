import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { appendFileSync, chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerRequest } from '../../../../src/application/requests/register-request';
import { contextOfCommandLine } from '../../../../src/infrastructure/tools/local-socket/socket-service';
import { openPorts } from '../../../../src/infrastructure/nest/open-ports';
import { environmentOf, settingsOf, tichet, tichetIn } from '../command-line/captured';
import { emptyFolder } from '../../../support/closing';
import { applicant, filledFolder, nameIn } from '../command-line/filled';

const eventsIn = (folder: string): number => {
  const database = openSqlite(join(folder, 'events.db'), { readonly: true });
  const count = database.prepare<[], number>('SELECT count(*) FROM events').pluck().get();
  database.close();
  return count ?? 0;
};

describe('backup and restore', () => {
  it('brings back what was there, keys apart, and says so in a manifest', async () => {
    const folder = await filledFolder();
    const backup = join(emptyFolder(), 'copy');
    expect((await tichet(folder, 'backup', backup)).exit).toBe(0);
    expect(readdirSync(backup).sort()).toEqual(['events.db', 'keys', 'manifest.json', 'operations.db', 'read-models.db', 'seal']);
    expect(readdirSync(join(backup, 'keys')).sort()).toEqual(['CITESTE-README.txt', 'keys.db', 'seal.key.sealed']);
    expect(statSync(join(backup, 'keys', 'keys.db')).mode & 0o777).toBe(0o600);
    expect(existsSync(join(backup, 'master.key'))).toBe(false);
    expect((await tichet(folder, 'backup', backup)).exit).toBe(1);

    const before = eventsIn(folder);
    await tichet(folder, 'import', 'staff', 'examples/staff.csv');
    expect(eventsIn(folder)).toBeGreaterThan(before);
    // a service that ran in between has filled its reporting tables
    writeFileSync(join(folder, 'reporting.db'), '');
    const { exit, stdout } = await tichet(folder, 'restore', backup, '--json');
    expect(exit).toBe(0);
    expect(eventsIn(folder)).toBe(before);
    expect(readdirSync(JSON.parse(stdout).replaced)).toEqual(expect.arrayContaining(['events.db', 'reporting.db']));
    // what was filled from other tables than those that were put back is filled anew
    expect(existsSync(join(folder, 'reporting.db'))).toBe(false);
    expect(await nameIn(folder, '100')).toBe(applicant);
  });

  it('restores onto another machine that has the master key', async () => {
    const folder = await filledFolder();
    const backup = join(emptyFolder(), 'copy');
    await tichet(folder, 'backup', backup);
    const other = emptyFolder();
    expect((await tichet(other, 'restore', backup)).exit).toBe(1);
    expect(readdirSync(other)).not.toContain('events.db');
    copyFileSync(join(folder, 'master.key'), join(other, 'master.key'));
    expect((await tichet(other, 'restore', backup)).exit).toBe(0);
    expect(await nameIn(other, '100')).toBe(applicant);
  });

  it('makes the folder readable by its owner only, and says so where others can read one that stood there', async () => {
    const folder = await filledFolder();
    const backup = join(emptyFolder(), 'copy');
    await tichet(folder, 'backup', backup);
    const restoreTo = async (dataFolder: string): Promise<string> => {
      const environment = { ...environmentOf(dataFolder), TICHET_MASTER_KEY_FILE: join(folder, 'master.key') };
      const { exit, stderr } = await tichetIn(environment, ['restore', backup]);
      expect(exit).toBe(0);
      return stderr;
    };
    const made = join(emptyFolder(), 'made');
    expect(await restoreTo(made)).toBe('');
    expect(statSync(made).mode & 0o777).toBe(0o700);
    const stood = emptyFolder();
    chmodSync(stood, 0o755);
    expect(await restoreTo(stood)).toBe(`The data folder can be read by others.\n  → chmod 700 ${stood}\n`);
  });

  it('destroys again the keys of people who were erased after the backup was made', async () => {
    const folder = await filledFolder();
    const backup = join(emptyFolder(), 'copy');
    await tichet(folder, 'backup', backup);
    expect((await tichet(folder, 'forget', '100_2026-02-10', '--reason', 'cerere')).exit).toBe(0);
    const { stdout } = await tichet(folder, 'restore', backup, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ destroyedKeys: 1 });
    expect(await nameIn(folder, '100')).toBeUndefined();
    expect(await nameIn(folder, '200')).toBe(applicant);
  });

  it('destroys again the keys of people whom the backed-up log says are erased, even beside an older key store', async () => {
    const folder = await filledFolder();
    const older = join(emptyFolder(), 'copy');
    await tichet(folder, 'backup', older);
    await tichet(folder, 'forget', '100_2026-02-10', '--reason', 'cerere');
    const newer = join(emptyFolder(), 'copy');
    await tichet(folder, 'backup', newer);
    // the older keys with the newer log, on a machine that knows nothing of the erasure
    copyFileSync(join(older, 'keys', 'keys.db'), join(newer, 'keys', 'keys.db'));
    const manifest = JSON.parse(readFileSync(join(newer, 'manifest.json'), 'utf8'));
    const ofKeys = JSON.parse(readFileSync(join(older, 'manifest.json'), 'utf8')).files.at(-1);
    rmSync(join(newer, 'manifest.json'));
    appendFileSync(join(newer, 'manifest.json'), JSON.stringify({ ...manifest, files: [...manifest.files.slice(0, -1), ofKeys] }));
    const other = emptyFolder();
    copyFileSync(join(folder, 'master.key'), join(other, 'master.key'));
    const { exit, stdout } = await tichet(other, 'restore', newer, '--json');
    expect([exit, JSON.parse(stdout).destroyedKeys]).toEqual([0, 1]);
    expect(await nameIn(other, '100')).toBeUndefined();
  });

  it('touches nothing when the backup is damaged or is none', async () => {
    const folder = await filledFolder();
    const backup = join(emptyFolder(), 'copy');
    await tichet(folder, 'backup', backup);
    appendFileSync(join(backup, 'events.db'), 'x');
    const before = readdirSync(folder).sort();
    const { exit, stderr } = await tichet(folder, 'restore', backup);
    expect(exit).toBe(5);
    expect(stderr).toContain('events.db');
    expect((await tichet(folder, 'restore', folder)).exit).toBe(5);
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  it('copies beside a writer, and the copy is whole', async () => {
    const folder = await filledFolder();
    const opened = await openPorts(settingsOf(folder));
    const { ports } = opened;
    const stop = new AbortController();
    let written = 0;
    const writing = (async () => {
      while (!stop.signal.aborted) {
        written += 1;
        await registerRequest(ports)(contextOfCommandLine(ports, 'p.test'), {
          number: String(1000 + written),
          filedOn: '2026-02-10',
          applicantName: applicant,
          handlerStaffId: 'd02',
          status: 'in-operation',
        });
      }
    })();
    const backup = join(emptyFolder(), 'copy');
    const { exit } = await tichet(folder, 'backup', backup).finally(() => {
      stop.abort();
    });
    await writing;
    await opened.close();
    expect(exit).toBe(0);
    expect(written).toBeGreaterThan(0);
    const isOlder = eventsIn(backup) < eventsIn(folder);
    expect(eventsIn(backup)).toBeLessThanOrEqual(eventsIn(folder));
    expect((await tichet(folder, 'restore', backup)).exit).toBe(0);
    const { stdout } = await tichet(folder, 'doctor', '--json');
    const found = (JSON.parse(stdout) as { findings: readonly { check: string }[] }).findings.map(({ check }) => check);
    // nobody has folded the log into tables here
    expect(found.filter((check) => check !== 'tables-behind')).toEqual(isOlder ? ['acknowledged-missing'] : []);
  });

  it('holds no personal datum in clear', async () => {
    const folder = await filledFolder();
    const backup = join(emptyFolder(), 'copy');
    await tichet(folder, 'backup', backup);
    for (const file of ['events.db', 'operations.db', 'read-models.db', 'keys/keys.db'])
      expect(readFileSync(join(backup, file)).includes(applicant)).toBe(false);
  });
});
