import { cpSync, existsSync, readdirSync, readFileSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { runCommandLine } from '../../../../src/infrastructure/tools/command-line/command-line';
import { localTokens } from '../../../../src/infrastructure/outside/identity/local-tokens';
import { captured, environmentOf, tichet, tichetIn } from './captured';
import { applicant, filledFolder, nameIn } from './filled';
import { inFolder } from '../../../support/sealed-folder';
import { emptyFolder } from '../../../support/closing';

let folder = '';
beforeEach(async () => {
  folder = await filledFolder();
});

const nameOf = (number: string): Promise<string | undefined> => nameIn(folder, number);
const shown = async () => JSON.parse((await tichet(folder, 'keys', '--json')).stdout);
const found = async (): Promise<readonly string[]> =>
  (JSON.parse((await tichet(folder, 'doctor', '--json')).stdout) as { findings: { check: string }[] }).findings.map(({ check }) => check);

it('a restore brings back neither a token that was revoked since, nor a session that was left', async () => {
  const { id } = JSON.parse((await tichet(folder, 'token', '--role', 'admin', '--person', 'Ana Pop', '--json')).stdout) as { id: string };
  const [copy, at] = [join(emptyFolder(), 'copy'), '2026-03-02T08:00:00.000Z'];
  await inFolder(folder, ({ ports }) => ports.operations.sessions.put('tag', 'sealed', '2999-01-01T00:00:00.000Z'));
  expect((await tichet(folder, 'backup', copy)).exit).toBe(0);
  expect((await tichet(folder, 'token', 'revoke', id)).exit).toBe(0);
  // the second time the revocation stands in what the first one has put there, and in what it has set aside
  for (const time of [1, 2]) {
    expect([time, (await tichet(folder, 'restore', copy)).exit]).toEqual([time, 0]);
    await inFolder(folder, async ({ ports: { operations } }) => {
      expect([await operations.tokens.isRevoked(id), await operations.sessions.get('tag', at)]).toEqual([true, undefined]);
    });
  }
});

describe('tichet keys', () => {
  it('are never made anew beside a log whose keys are missing: the service does not start, and nothing writes', async () => {
    const aside = emptyFolder();
    for (const name of readdirSync(folder).filter((file) => file.startsWith('keys.db'))) renameSync(join(folder, name), join(aside, name));
    await expect(nameOf('100')).rejects.toThrow(/keys\.db/);
    const erasing = await tichet(folder, 'forget', '100_2026-02-10', '--reason', 'cerere');
    expect(erasing.stderr).toContain('put them back from a backup');
    expect([erasing.exit, (await tichet(folder, 'keys', 'rotate')).exit]).not.toContain(0);
    expect(readdirSync(folder).filter((file) => file.startsWith('keys.db'))).toEqual([]);
    for (const name of readdirSync(aside)) renameSync(join(aside, name), join(folder, name));
    expect(await nameOf('100')).toBe(applicant);
  });

  it('replaces the master key; what was sealed opens, tokens end, and backups and restores go on', async () => {
    expect(await shown()).toMatchObject({ epoch: 1, destroyed: 0, oldMasterKeys: [] });
    const older = join(emptyFolder(), 'copy');
    await tichet(folder, 'backup', older);
    const token = await inFolder(folder, ({ ports }) => ports.personalData.manageToken('t'));
    const official = (await tichet(folder, 'token', '--role', 'auditor', '--person', 'Ana Pop')).stdout.trim();
    const { exit, stdout } = await tichet(folder, 'keys', 'rotate');
    expect([exit, stdout]).toEqual([0, expect.stringContaining('Epoch 2 has begun')]);
    expect(stdout).toContain('people sign in again');
    const old = join(folder, 'master.key.epoch-1');
    expect(await shown()).toMatchObject({ epoch: 2, oldMasterKeys: [old] });
    expect(await nameOf('100')).toBe(applicant);
    expect(await inFolder(folder, ({ ports }) => ports.personalData.isManageToken('t', token))).toBe(false);
    const read = (made: string) => inFolder(folder, ({ tokenKey, ports }) => localTokens(tokenKey, ports.clock).read(made));
    const again = (await tichet(folder, 'token', '--role', 'auditor', '--person', 'Ana Pop')).stdout.trim();
    expect([await read(official), await read(again)]).toEqual([undefined, expect.objectContaining({ role: 'auditor' })]);
    expect((await tichet(folder, 'forget', '100_2026-02-10', '--reason', 'cerere')).exit).toBe(0);

    const newer = join(emptyFolder(), 'copy');
    await tichet(folder, 'backup', newer);
    expect((await tichet(folder, 'restore', newer)).exit).toBe(0);
    expect([await nameOf('100'), await nameOf('200')]).toEqual([undefined, applicant]);
    expect((await tichet(folder, 'drill', '--json')).exit).toBe(0);

    // an older backup, for whoever still has the older master key: whom the present keys know as erased stays erased
    const { said, terminal } = captured({ ...environmentOf(folder), TICHET_MASTER_KEY_FILE: old });
    expect([await runCommandLine(['restore', older], terminal), said.stdout]).toEqual([0, expect.stringContaining('destroyed again: 1')]);
  });

  it('refuses while a service has the folder, and where there are no data', async () => {
    const files = readdirSync(folder).filter((name) => name.startsWith('master'));
    await inFolder(folder, async () => {
      const { exit, stderr } = await tichet(folder, 'keys', 'rotate');
      expect([exit, stderr]).toEqual([1, expect.stringContaining('in use by another process')]);
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('master'))).toEqual(files);
    const none = emptyFolder();
    expect((await tichet(none, 'keys', 'rotate')).exit).toBe(3);
    expect((await tichet(none, 'keys')).exit).toBe(3);
  });

  it('minds an old master key that lies there for more than thirty days, and the doctor as well', async () => {
    await tichet(folder, 'keys', 'rotate');
    expect((await tichet(folder, 'keys')).exit).toBe(0);
    expect(await found()).not.toContain('old-master-key');
    const before = new Date(Date.now() - 31 * 86_400_000);
    utimesSync(join(folder, 'master.key'), before, before);
    const { exit, stdout } = await tichet(folder, 'keys');
    expect([exit, stdout]).toEqual([6, expect.stringContaining('shred -u')]);
    expect(await found()).toContain('old-master-key');
  });

  it('of another epoch is told by the doctor, by a start and by every reading command, each in a sentence', async () => {
    const other = emptyFolder();
    cpSync(folder, other, { recursive: true });
    await tichet(folder, 'keys', 'rotate');
    cpSync(join(folder, 'keys.db'), join(other, 'keys.db'));
    const env = { ...environmentOf(other), TICHET_MASTER_KEY_FILE: join(other, 'master.key') };
    const run = (...argv: readonly string[]) => tichetIn(env, argv);
    expect((await run('doctor')).stdout).toContain('The master key is not that of epoch 2');
    for (const argv of [['serve'], ['audit'], ['letters', 'list']])
      expect(await run(...argv)).toMatchObject({ exit: 1, stderr: expect.stringContaining('that of epoch 2 is needed') });
    // a rotation that was ended before its last step: the start brings it to its end
    cpSync(join(folder, 'master.key'), join(other, 'master.key.next'));
    expect((await run('doctor')).stdout).toContain('was interrupted');
    expect(await run('letters', 'list')).toMatchObject({ exit: 0 });
    expect(existsSync(join(other, 'master.key.next'))).toBe(true);
    await inFolder(other, () => Promise.resolve());
    expect(existsSync(join(other, 'master.key.next'))).toBe(false);
    expect(readFileSync(join(other, 'master.key'))).toEqual(readFileSync(join(folder, 'master.key')));
  });
});
