import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoStaff } from '../../../../src/infrastructure/tools/demo/cast';
import { runCommandLine } from '../../../../src/infrastructure/tools/command-line/command-line';
import { openPorts } from '../../../../src/infrastructure/nest/open-ports';
import { createTestDatabase, type TestDatabase } from '../../../support/postgres';
import { captured, environmentOf, settingsOf } from '../command-line/captured';
import { emptyFolder } from '../../../support/closing';
import { applicant, filledFolder, nameIn } from '../command-line/filled';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});

const filled = (numbers: readonly string[]): Promise<string> => filledFolder(numbers, demoStaff.slice(0, 3));

const copy = async (folder: string, argv: readonly string[], more: Readonly<Record<string, string>> = {}, isTTY = false) => {
  const { said, terminal } = captured({ ...environmentOf(folder), TICHET_POSTGRES_URL: database.url, ...more }, { isTTY });
  const exit = await runCommandLine(['copy', ...argv], terminal);
  return { exit, ...said };
};

const nameOpenedBy = (folder: string, masterKeyOf: string): Promise<string | undefined> =>
  nameIn(folder, '100', { masterKeyFile: join(masterKeyOf, 'master.key') });

describe('tichet copy', () => {
  it('moves a house to PostgreSQL and back, where a service opens the same names; on a terminal with a bar', async () => {
    const folder = await filled(['100', '200']);
    const there = await copy(folder, ['--from', 'sqlite', '--to', 'postgres'], {}, true);
    expect(there.exit).toBe(0);
    expect(there.stdout).toMatch(
      /Events copied: [1-9]\d*; already there: 0\.\nsha256 ([0-9a-f]{64}) {2}--from\nsha256 \1 {2}--to\nKeys: [1-9]\d*, of which destroyed 0\./,
    );
    expect(there.stderr).toContain('Copying.');
    const again = await copy(folder, ['--from', 'sqlite', '--to', 'postgres', '--json']);
    expect(JSON.parse(again.stdout)).toMatchObject({ copied: 0, sourceGrew: false, carried: { keys: { destroyed: 0 } } });
    expect(again.stderr).toBe('');

    const back = join(emptyFolder(), 'made');
    expect((await copy(folder, ['--from', 'postgres', '--to', `sqlite:${back}`])).exit).toBe(0);
    expect(await nameOpenedBy(back, folder)).toBe(applicant);
    for (const file of ['events.db', 'operations.db', 'keys.db']) expect(readFileSync(join(back, file)).includes(applicant)).toBe(false);

    const foreign = await copy(await filled(['300']), ['--from', 'sqlite', '--to', 'postgres']);
    expect(foreign).toMatchObject({ exit: 5, stdout: '' });
    expect(foreign.stderr).toContain('Nothing was written');
  });

  it('says that readings wait which are not in the log yet, and where they have to go', async () => {
    const folder = await filled(['100']);
    const before = join(emptyFolder(), 'made');
    expect((await copy(folder, ['--from', 'sqlite', '--to', `sqlite:${before}`])).stderr).not.toContain('waiting-readings');
    mkdirSync(join(folder, 'waiting-readings'));
    writeFileSync(join(folder, 'waiting-readings', '019c0000-0000-7000-8000-000000000000'), '');
    const { exit, stderr } = await copy(folder, ['--from', 'sqlite', '--to', `sqlite:${join(emptyFolder(), 'made')}`]);
    expect([exit, stderr]).toEqual([0, expect.stringContaining(`1 file lies in ${join(folder, 'waiting-readings')}`)]);
  });

  it('does not touch a folder that is served', async () => {
    const folder = await filled(['100']);
    const opened = await openPorts(settingsOf(folder));
    const { exit, stderr } = await copy(folder, ['--from', 'sqlite', '--to', `sqlite:${emptyFolder()}`]);
    await opened.close();
    expect([exit, stderr]).toEqual([1, expect.stringContaining('in use by another process')]);
  });

  it('refuses another master key before an event is copied', async () => {
    const folder = await filled(['100']);
    const other = await filled(['200']);
    const target = emptyFolder();
    const { exit, stderr } = await copy(folder, ['--from', 'sqlite', '--to', `sqlite:${target}`], {
      TICHET_MASTER_KEY_FILE: join(other, 'master.key'),
    });
    expect([exit, stderr]).toEqual([5, expect.stringContaining('TICHET_MASTER_KEY_FILE')]);
    const right = await copy(folder, ['--from', 'sqlite', '--to', `sqlite:${target}`, '--json']);
    expect(JSON.parse(right.stdout)).toMatchObject({ alreadyThere: 0 });
  });

  it.each([
    { argv: ['--from', 'sqlite'], exit: 2, says: '--to' },
    { argv: ['--from', 'memory', '--to', 'postgres'], exit: 2, says: 'memory' },
    { argv: ['--from', 'sqlite', '--to', 'sqlite'], exit: 2, says: 'same store' },
    { argv: ['--from', 'sqlite', '--to', 'postgres://u:hunter2@h/d'], exit: 2, says: 'TICHET_POSTGRES_URL' },
    { argv: ['--from', 'sqlite', '--to', 'eventstoredb'], exit: 2, says: 'TICHET_EVENTSTOREDB_URL' },
    { argv: ['--from', 'sqlite', '--to', 'postgres'], exit: 3, says: 'no data to copy' },
    { argv: ['--from', 'postgres', '--to', 'sqlite'], exit: 1, says: 'ECONNREFUSED', url: 'postgres://u:hunter2@127.0.0.1:1/d' },
  ])('answers $argv with $exit and a sentence that holds no password', async ({ argv, exit, says, url }) => {
    const result = await copy(emptyFolder(), argv, url === undefined ? {} : { TICHET_POSTGRES_URL: url });
    expect([result.exit, result.stdout]).toEqual([exit, '']);
    expect(result.stderr).toContain(says);
    expect(result.stderr).not.toContain('hunter2');
  });
});
