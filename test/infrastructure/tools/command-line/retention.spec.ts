import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerRequest } from '../../../../src/application/requests/register-request';
import { registerStaff } from '../../../../src/application/staff/register-staff';
import { noteRetentionInForce } from '../../../../src/application/privacy/retention-in-force';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { defaultRetention } from '../../../../src/domain/retention/retention';
import { demoStaff } from '../../../../src/infrastructure/tools/demo/cast';
import { contextOfCommandLine } from '../../../../src/infrastructure/tools/local-socket/socket-service';
import { readSettings } from '../../../../src/infrastructure/config/settings';
import { openPorts } from '../../../../src/infrastructure/nest/open-ports';
import { environmentOf, settingsOf, tichet, tichetIn } from './captured';
import { closing, emptyFolder } from '../../../support/closing';
import { onPostgres } from '../../../support/places';

const applicant = 'Canarul Galben-Verzui';
const request = '100_2016-02-10';

const filled = async (status: 'in-operation' | 'closed', environment?: Record<string, string>): Promise<string> => {
  const folder = environment?.['TICHET_DATA_DIR'] ?? emptyFolder();
  const opened = await openPorts(environment === undefined ? settingsOf(folder) : readSettings(environment, () => '').settings);
  const { ports } = opened;
  const told = { number: '100', filedOn: '2016-02-10', applicantName: applicant, handlerStaffId: 'd02', status };
  // long ago, whatever the clock of this machine says
  const then = () => ({ ...contextOfCommandLine(ports, 'p.test'), at: '2016-03-01T08:00:00.000Z' });
  for (const person of demoStaff) await registerStaff(ports)(then(), person);
  const registered = await registerRequest(ports)(then(), told);
  if (isRefusal(registered)) throw new Error(registered.code);
  await opened.close();
  return folder;
};

const withRetention = async (folder: string, ...argv: readonly string[]) => {
  const file = join(folder, 'retention.json');
  writeFileSync(file, JSON.stringify({ names: 'P5Y' }));
  return tichetIn({ ...environmentOf(folder), TICHET_RETENTION_FILE: file }, argv);
};

describe('tichet retention', () => {
  it('makes no data where there are none, nor does the clearing of an alarm', async () => {
    const empty = emptyFolder();
    expect((await tichet(empty, 'retention', 'apply', '--dry-run')).exit).toBe(3);
    expect((await tichet(empty, 'seal', 'clear', '--reason', 'no alarm here')).exit).toBe(3);
    expect(readdirSync(empty)).toEqual([]);
  });

  it('lists classes and counts, applies when told to, and a dry run does nothing', async () => {
    const folder = await filled('closed');
    await withRetention(folder, 'projections', 'rebuild');
    const listed = await withRetention(folder, 'retention', 'list', '--json');
    const { classes } = JSON.parse(listed.stdout) as { classes: readonly { class: string; period: string | null; today?: object }[] };
    expect(classes.find((one) => one.class === 'names')).toEqual({ class: 'names', period: 'P5Y', today: { due: 1 } });
    expect(classes.find((one) => one.class === 'archive')).toEqual({ class: 'archive', period: null });
    expect((await withRetention(folder, 'retention', 'list')).stdout).toMatch(/names +P5Y +1/);
    expect(listed.stdout).not.toContain(applicant);

    const dry = await withRetention(folder, 'retention', 'apply', '--dry-run', '--json');
    expect(JSON.parse(dry.stdout)).toMatchObject({ dryRun: true, erased: 0, counts: { names: { due: 1 } } });
    const done = await withRetention(folder, 'retention', 'apply');
    expect([done.exit, done.stdout]).toEqual([0, expect.stringContaining('Erased now: 1.')]);
    expect(JSON.parse((await withRetention(folder, 'retention', 'apply', '--json')).stdout)).toMatchObject({ erased: 0 });
    const report = await tichet(folder, 'forget', '--report-of', request, '--json');
    expect(JSON.parse(report.stdout)).toMatchObject({ erasedBy: 'system:retention', keyDestroyed: true });
  });

  it('lists and erases by no other periods than those of the service', async () => {
    const folder = await filled('closed');
    await tichet(folder, 'projections', 'rebuild');
    const opened = await openPorts(settingsOf(folder));
    await noteRetentionInForce(opened.ports, { ...defaultRetention, names: null });
    await opened.close();
    for (const command of [['list'], ['apply'], ['confirm', '--yes']]) {
      const { exit, stderr } = await tichet(folder, 'retention', ...command);
      expect([command, exit]).toEqual([command, 2]);
      expect(stderr).toContain('with other periods: names never. The settings of this command say names P3Y');
    }
    const file = join(folder, 'never.json');
    writeFileSync(file, JSON.stringify({ names: { never: 'hotărârea 12/2026' } }));
    expect((await tichetIn({ ...environmentOf(folder), TICHET_RETENTION_FILE: file }, ['retention', 'list'])).exit).toBe(0);
  });

  it('erases by the periods that are shipped, and never what somebody wants kept, whose reason it lists', async () => {
    const folder = await filled('closed');
    await tichet(folder, 'projections', 'rebuild');
    const file = join(folder, 'never.json');
    writeFileSync(file, JSON.stringify({ names: { never: 'hotărârea 12/2026' } }));
    const never = { ...environmentOf(folder), TICHET_RETENTION_FILE: file };
    expect(JSON.parse((await tichetIn(never, ['retention', 'apply', '--json'])).stdout)).toMatchObject({ erased: 0 });
    expect((await tichetIn(never, ['retention', 'list'])).stdout).toMatch(/names +- +0 +.*hotărârea 12\/2026/);
    expect(JSON.parse((await tichet(folder, 'retention', 'apply', '--json')).stdout)).toMatchObject({ erased: 1 });
  });

  it('of data in this folder, and of data on PostgreSQL, that are older than the periods waits for a person, and the doctor says so', async () => {
    const postgres = closing(await onPostgres());
    for (const settings of [{}, postgres.settings]) {
      const environment = { ...environmentOf(emptyFolder()), ...settings };
      const run = (...argv: readonly string[]) => tichetIn(environment, argv);
      const findings = async () => (JSON.parse((await run('doctor', '--json')).stdout) as { findings: { check: string }[] }).findings;
      const waits = async () => (await findings()).some(({ check }) => check === 'retention-unconfirmed');
      await filled('closed', environment);
      expect(await waits()).toBe(false);
      const opened = await openPorts(readSettings(environment, () => '').settings);
      await opened.ports.operations.keyValues.remove('retention-confirmed');
      await opened.close();
      await run('projections', 'rebuild');

      expect(await waits()).toBe(true);
      expect(await run('retention', 'apply')).toMatchObject({ exit: 1 });
      expect(await run('retention', 'confirm')).toMatchObject({
        exit: 2,
        stdout: '',
        stderr: expect.stringMatching(/names 100_2016-02-10[\s\S]*--yes/),
      });
      expect(await waits()).toBe(true);
      const confirmed = await run('retention', 'confirm', '--yes', '--json');
      expect([confirmed.exit, JSON.parse(confirmed.stdout)]).toMatchObject([0, { outcome: 'confirmed', counts: { names: { due: 1 } } }]);
      expect(confirmed.stdout).not.toContain(applicant);
      expect(await waits()).toBe(false);
      expect(await run('retention', 'confirm', '--yes')).toMatchObject({ exit: 0, stdout: expect.stringContaining('in force') });
      expect(JSON.parse((await run('retention', 'apply', '--json')).stdout)).toMatchObject({ erased: 1 });
    }
  });
});

describe('the report of an erasure', () => {
  it('goes into a new file, in both languages or as JSON, and is printed again from the facts', async () => {
    const folder = await filled('in-operation');
    const [text, json] = [join(emptyFolder(), 'raport.txt'), join(emptyFolder(), 'raport.json')];
    const { exit } = await tichet(folder, 'forget', request, '--reason', 'cerere 12/2026', '--report', text);
    expect(exit).toBe(0);
    const written = readFileSync(text, 'utf8');
    expect(statSync(text).mode & 0o777).toBe(0o600);
    for (const words of ['RAPORT DE ȘTERGERE', 'REPORT OF THE ERASURE', 'nimeni nu mai poate citi', 'Copiile de siguranță', 'INFOCET'])
      expect(written).toContain(words);
    expect(written).not.toContain(applicant);
    expect(written).not.toContain('12/2026');

    const again = await tichet(folder, 'forget', '--report-of', request, '--report', json);
    expect([again.exit, again.stdout]).toEqual([0, expect.stringContaining('REPORT OF THE ERASURE')]);
    expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject({
      subject: 'request',
      id: `request-${request}`,
      keyDestroyed: true,
      erasedBy: expect.stringMatching(/^system:command-line\.p\.[a-z2-7]{16}$/),
      destroyedKeys: [`name:request-${request}`],
    });
  });

  it('refuses before anything is erased where it cannot be kept, and tells of nobody who was not erased', async () => {
    const folder = await filled('in-operation');
    const file = join(emptyFolder(), 'raport.txt');
    writeFileSync(file, 'altceva');
    expect((await tichet(folder, 'forget', request, '--reason', 'x', '--report', file)).exit).toBe(5);
    expect(readFileSync(file, 'utf8')).toBe('altceva');
    const other = join(emptyFolder(), 'raport.txt');
    expect((await tichet(folder, 'forget', '--report-of', request, '--report', other)).exit).toBe(3);
    expect(existsSync(other)).toBe(false);
    expect((await tichet(folder, 'forget', request)).exit).toBe(2);
    expect((await tichet(folder, 'forget', '--reason', 'x')).exit).toBe(2);
    expect((await tichet(folder, 'forget', request, '--report-of', request)).exit).toBe(2);
  });
});
