import { Command } from 'commander';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkIds } from '../../../../src/domain/audit/judge';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { runCommandLine } from '../../../../src/infrastructure/tools/command-line/command-line';
import { commands } from '../../../../src/infrastructure/tools/command-line/commands';
import { Invocation } from '../../../../src/infrastructure/tools/command-line/invocation';
import { localTokens } from '../../../../src/infrastructure/outside/identity/local-tokens';
import { readServiceKey } from '../../../../src/infrastructure/outside/identity/service-key';
import { serveWithSocket } from '../../../../src/infrastructure/tools/local-socket/serve-with-socket';
import type { RunningService } from '../../../../src/infrastructure/service/serve';
import { verifyExport } from '../../../../src/infrastructure/proof/export/export-verify';
import { pdfText } from '../../../support/pdf-text';
import { captured, environmentOf, settingsOf, tichet, tichetIn } from './captured';
import { toldFolder } from './filled';
import { emptyFolder } from '../../../support/closing';
import { eventually } from '../../../support/eventually';
import { parkAnItem } from '../../web/states/parked-item';

let folder = '';
let concluded = '';
let pending = '';
let service: RunningService | undefined;

type Answered = {
  readonly overall: string;
  readonly checks: readonly { readonly id: string; readonly verdict: string }[];
  readonly steps: readonly {
    readonly at: string;
    readonly changed?: { readonly request?: { readonly number: string; readonly filedOn: string } };
  }[];
  readonly projections: readonly { readonly position: string }[];
  readonly end: string;
  readonly letters: readonly unknown[];
  readonly faults: readonly unknown[];
};
async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}
const json = (text: string): Answered => JSON.parse(text) as Answered;

beforeAll(async () => {
  ({ folder, concluded, newest: pending } = await toldFolder());
  service = await serveWithSocket(settingsOf(folder));
});
afterAll(async () => {
  await service?.stop();
});

describe('tichet, beside a running service', () => {
  it('prints nothing but the token', async () => {
    const { exit, stdout, stderr } = await tichet(folder, 'token', '--role', 'staff', '--staff', 'd02', '--ttl', '1h');
    expect([exit, stderr]).toEqual([0, '']);
    const official = await localTokens(readServiceKey(folder, 'token'), systemClock).read(stdout.trim());
    expect(official).toEqual({ kind: 'official', role: 'staff', person: 'd02', staffId: 'd02' });
  });

  it.each([
    [['token']],
    [['token', '--role', 'staff']],
    [['token', '--role', 'staff', '--person', 'Ana Pop']],
    [['token', '--role', 'mayor', '--person', 'Ana Pop']],
    [['token', '--role', 'auditor', '--person', 'Ana Pop', '--ttl', '1y']],
    [['token', '--role', 'admin', '--staff', 'ana.pop@primaria.example']],
    [['token', '--role', 'admin']],
    [['token', '--role', 'registry']],
    [['token', '--role', 'auditor']],
    [['token', '--role', 'reports']],
    [['token', '--role', 'admin', '--person', '  ']],
    [['token', '--role', 'admin', '--person', 'Ana Pop', '--staff', 'd02']],
    [['token', '--role', 'admin', '--service', 'statistics']],
    [['token', '--role', 'integrator']],
    [['token', '--role', 'integrator', '--person', 'Ana Pop']],
    [['token', '--role', 'integrator', '--service', 'Ana Pop']],
    [['frobnicate']],
    [['letters', 'list', '--state', 'zzz']],
    [['forget', 'TA-00000000']],
    [['import', 'dogs', 'x.csv']],
  ])('answers wrong use with 2: %j', async (argv) => {
    const { exit, stdout, stderr } = await tichet(folder, ...argv);
    expect(exit).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).not.toBe('');
  });

  it.each([
    [3, ['replay', 'TA-00000000']],
    [3, ['replay', '019c0000-0001-7000-8000-000000000001']],
    [3, ['letters', 'retry', 'nothing']],
    [3, ['projections', 'rebuild', 'nothing']],
    [3, ['projections', 'parked', '--retry', '77']],
    [3, ['projections', 'parked', '--skip', 'tasks', '--up-to', '1', '--reason', 'incidentul 7']],
    [2, ['projections', 'parked', '--skip', 'tasks', '--reason', 'incidentul 7']],
    [2, ['projections', 'parked', '--skip', 'tasks', '--up-to', '0', '--reason', 'incidentul 7']],
    [2, ['projections', 'parked', '--skip', 'tasks', '--up-to', '1', '--reason', 'incidentul 7', '--retry', '77']],
    [2, ['projections', 'parked', '--error', 'TypeError']],
    [2, ['projections', 'parked', '--retry', '77', '--up-to', '1']],
    [2, ['projections', 'parked', '--reason', 'incidentul 7']],
    [5, ['projections', 'parked', '--skip', 'tasks', '--up-to', '1', '--reason', ' ']],
    [5, ['projections', 'parked', '--skip', 'tasks', '--up-to', '1', '--reason', 'x'.repeat(1001)]],
    [3, ['import', 'staff', '/nowhere.csv']],
    [5, ['replay', 'blue']],
    [5, ['audit', '--from', 'yesterday']],
  ])('answers %i to %j', async (code, argv) => {
    expect((await tichet(folder, ...argv)).exit).toBe(code);
  });

  it('shows examples first in every help, and ends with 0', async () => {
    for (const argv of [['--help'], ['forget', '--help'], ['projections', 'rebuild', '--help']]) {
      const { exit, stdout } = await tichet(folder, ...argv);
      expect(exit).toBe(0);
      expect(stdout).toMatch(/^Examples:\n {2}tichet /);
    }
  });

  it('says its version, that of package.json', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
    expect(await tichet(folder, '--version')).toEqual({ exit: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('describes every option in the help', () => {
    const program = new Command('tichet');
    for (const add of commands) add(program, new Invocation(captured({}).terminal));
    const all = program.commands.flatMap((command) => [command, ...command.commands]);
    const bare = all.flatMap((command) => command.options.filter(({ description }) => description === '').map(({ long }) => long));
    expect(bare).toEqual([]);
  });

  it('makes no token for a person whom the log does not know, and any where no log is kept', async () => {
    for (const [role, id] of [
      ['staff', 'zzz'],
      ['admin', 'zzz'],
      ['auditor', 'D02'],
    ] as const) {
      const refused = await tichet(folder, 'token', '--role', role, '--staff', id);
      expect([refused.exit, refused.stdout]).toEqual([3, '']);
      expect(refused.stderr).toContain(`There is no person ${id}`);
    }
    const empty = emptyFolder();
    copyFileSync(join(folder, 'token.key'), join(empty, 'token.key'));
    expect((await tichet(empty, 'token', '--role', 'staff', '--staff', 'zzz')).exit).toBe(0);
  });

  it('speaks Romanian to a Romanian session', async () => {
    const { said, terminal } = captured({ ...environmentOf(folder), LANG: 'ro_RO.UTF-8' });
    expect(await runCommandLine(['replay', 'TA-00000000'], terminal)).toBe(3);
    expect(said.stderr).toBe('Nu există tichetul TA-00000000.\n');
  });

  it('colours only for a person, and never with NO_COLOR', async () => {
    const shown = async (env: Record<string, string>, isTTY: boolean): Promise<string> => {
      const { said, terminal } = captured({ ...environmentOf(folder), ...env }, { isTTY });
      await runCommandLine(['audit', concluded], terminal);
      return said.stdout;
    };
    expect(await shown({}, true)).toContain('\u001b[31mfail');
    expect(await shown({ NO_COLOR: '1' }, true)).not.toContain('\u001b');
    expect(await shown({}, false)).not.toContain('\u001b');
  });

  it('audits: all, one, one at a moment', async () => {
    const all = await tichet(folder, 'audit', '--json');
    expect(all.exit).toBe(6);
    const one = await tichet(folder, 'audit', concluded, '--json');
    expect(one.exit).toBe(6);
    expect(json(one.stdout).checks.find(({ id }) => id === 'C13')).toMatchObject({ verdict: 'fail' });
    const said = (await tichet(folder, 'audit', concluded)).stdout;
    expect(said).toMatch(/^C13 .* {2}art\. 5 {2}/m);
    expect(said).toMatch(/^C21 .* {2}Order, art\. 4 {2}/m);
    const [early] = json((await tichet(folder, 'replay', concluded, '--json')).stdout).steps;
    const then = await tichet(folder, 'audit', concluded, '--as-of', early?.at ?? '', '--json');
    expect([then.exit, json(then.stdout).overall]).toEqual([0, 'pending']);
  });

  it('names of the systems that could have confirmed what is declared those of the settings, as the service does', async () => {
    const secretFile = join(emptyFolder(), 'secret');
    writeFileSync(secretFile, 'secret\n');
    const webex = {
      TICHET_VIDEO: 'webex',
      TICHET_WEBEX_CLIENT_ID: 'C1',
      TICHET_WEBEX_CLIENT_SECRET_FILE: secretFile,
      TICHET_WEBEX_REFRESH_TOKEN_FILE: secretFile,
    };
    const gateway = { TICHET_REGISTRY: 'http', TICHET_REGISTRY_URL: 'https://gateway.example', TICHET_REGISTRY_TOKEN_FILE: secretFile };
    const namedWith = async (changes: Readonly<Record<string, string>>): Promise<readonly string[]> => {
      const { stdout } = await tichetIn({ ...environmentOf(folder), ...changes }, ['audit', '--grade', 'confirmable', '--json']);
      const { tickets } = JSON.parse(stdout) as {
        readonly tickets: readonly { readonly observable: Readonly<Record<string, string[]>> }[];
      };
      return [...new Set(tickets.flatMap(({ observable }) => Object.values(observable).flat()))].sort();
    };
    expect(await namedWith({})).toEqual(['mail']);
    expect(await namedWith(webex)).toEqual(['mail', 'webex']);
    expect(await namedWith(gateway)).toEqual(['mail']);
    expect(await namedWith({ ...gateway, TICHET_REGISTRY_LISTS_DOCUMENTS: 'on' })).toEqual(['mail', 'register-documents']);
  });

  it('replays with personal data closed, opened when asked, and up to a moment', async () => {
    const closed = await tichet(folder, 'replay', concluded);
    expect(closed.stdout).toContain('contact.name=[…]');
    expect(closed.stdout).not.toContain('posta.example');
    expect((await tichet(folder, 'replay', concluded, '--personal')).stdout).toContain('@posta.example');
    const { steps } = json((await tichet(folder, 'replay', concluded, '--json')).stdout);
    const third = steps[2]?.at ?? '';
    const some = json((await tichet(folder, 'replay', concluded, '--as-of', third, '--json')).stdout).steps;
    expect(some).toEqual(steps.filter(({ at }) => at <= third));
    expect(some.length).toBeLessThan(steps.length);
    const explained = await tichet(folder, 'replay', concluded, '--as-of', third, '--explain', '--json');
    expect([explained.exit, explained.stdout.includes('posta.example')]).toEqual([0, false]);
    const { entries } = JSON.parse(explained.stdout) as { readonly entries: readonly { readonly kind: string; readonly at: string }[] };
    expect(entries.filter(({ kind }) => kind === 'step').map(({ at }) => at)).toEqual(some.map(({ at }) => at));
    expect((await tichet(folder, 'replay', concluded, '--explain', '--personal')).stdout).toContain('@posta.example');
  });

  it('exports the audit without personal data, as CSV and as JSON lines that verify', async () => {
    const csv = await tichet(folder, 'export', '--format', 'csv');
    const lines = csv.stdout.trimEnd().split('\r\n');
    const former = checkIds.filter((id) => id <= 'C21').join();
    expect(lines[0]).toMatch(
      new RegExp(
        `^\ufeffticketId,reference,.*,asOf,${former},grade,confirmable,C01_grade,.*,C26_grade,department,requestNumber,filedOn,ground,owed,owedTargetAt,owedLimitAt,owedOverdue$`,
      ),
    );
    // of each check its verdict and how it is known
    expect(new Set(lines.map((line) => line.split(',').length))).toEqual(new Set([11 + 2 + 2 * checkIds.length + 8]));
    const { stdout, exit } = await tichet(folder, 'export');
    expect(exit).toBe(0);
    const jsonl = stdout.trimEnd().split('\n');
    // a line for each ticket, between those of the streams that its verdicts rest on
    const ofTickets = jsonl.filter((line) => line.startsWith('{"ticketId"'));
    expect(ofTickets).toHaveLength(lines.length - 1);
    expect(JSON.parse(ofTickets[0] ?? '').audited.checks).toHaveLength(checkIds.length);
    const { findings, tickets } = await verifyExport(chunksOf(stdout));
    expect(findings).toEqual([]);
    expect(tickets).toBe(lines.length - 1);
    expect(`${csv.stdout}${stdout}`).not.toMatch(/posta\.example|\+40 700/);
  });

  it('exports one ticket as a PDF, which is no text for a terminal, and says what does not fit together', async () => {
    const [, ticket = ''] = (await tichet(folder, 'export', '--format', 'csv')).stdout.split('\r\n')[1]?.split(',') ?? [];
    const { terminal } = captured(environmentOf(folder));
    const bytes: Uint8Array[] = [];
    const stdout = { write: (data: string | Uint8Array) => bytes.push(Buffer.from(data)) };
    expect(await runCommandLine(['export', '--format', 'pdf', '--ticket', ticket], { ...terminal, stdout })).toBe(0);
    expect(pdfText(Buffer.concat(bytes))).toContain(`Istoricul tichetului ${ticket}`);
    const onTerminal = captured(environmentOf(folder), { isTTY: true });
    expect(await runCommandLine(['export', '--format', 'pdf', '--ticket', ticket], onTerminal.terminal)).toBe(2);
    expect((await tichet(folder, 'export', '--format', 'pdf')).exit).toBe(2);
    expect((await tichet(folder, 'export', '--ticket', ticket)).exit).toBe(2);
    expect((await tichet(folder, 'export', '--personal')).exit).toBe(2);
    expect((await tichet(folder, 'export', '--format', 'pdf', '--ticket', ticket, '--from', '2026-03-01')).exit).toBe(2);
    expect((await tichet(folder, 'export', '--format', 'pdf', '--ticket', 'TA-00000000')).exit).toBe(3);
  });

  it('lists tables and letters; nothing is behind or parked', async () => {
    const { projections, end } = json((await tichet(folder, 'projections', 'list', '--json')).stdout);
    expect(projections.every(({ position }) => position === end)).toBe(true);
    const listed = (await tichet(folder, 'projections', 'list')).stdout;
    expect(listed).toMatch(/^tasks .*derived from ticket-duties$/m);
    expect(listed).toMatch(/^process-filing .*to-dos of a process$/m);
    expect((await tichet(folder, 'projections', 'parked')).exit).toBe(0);
    const { letters } = json((await tichet(folder, 'letters', 'list', '--state', 'accepted', '--json')).stdout);
    expect(letters.length).toBeGreaterThan(20);
    expect((await tichet(folder, 'doctor')).exit).toBe(0);
  });

  it('skips the parked rows of an error up to the one that was listed last', async () => {
    const id = await parkAnItem({ dataDirectory: folder });
    const { exit, stdout } = await tichet(folder, 'projections', 'parked');
    const error = /TypeError: .*$/m.exec(stdout)?.[0] ?? '';
    expect([exit, stdout.includes(`\n${id} `), error]).toEqual([6, true, expect.stringContaining('department')]);
    const skip = ['projections', 'parked', '--skip', 'staff-directory', '--error', error, '--reason', 'incidentul 7', '--up-to'];
    const skipped = await tichet(folder, ...skip, id);
    expect([skipped.exit, skipped.stdout]).toEqual([0, 'The event of one row was skipped; the rows go on within seconds.\n']);
    await eventually('a table that goes on', async () => ((await tichet(folder, 'projections', 'parked')).exit === 0 ? true : undefined));
  });

  it('imports through the service: good lines go in, the others are named', async () => {
    const file = join(folder, 'staff.csv');
    writeFileSync(
      file,
      'staffId,name,role,department,departmentCode,email\nx1,Ana Pop,executive,Birou,1,x1@primaria.example\nx2,Ion Rus,mayor,Birou,1,x2@primaria.example\n',
    );
    const { exit, stdout } = await tichet(folder, 'import', 'staff', file, '--json');
    expect(exit).toBe(5);
    expect(json(stdout)).toMatchObject({ lines: 2, imported: 1, faults: [{ line: 3, field: 'role' }] });
    writeFileSync(file, Buffer.from([0x6e, 0xff, 0xfe]));
    expect((await tichet(folder, 'import', 'staff', file)).exit).toBe(5);
  });

  it('rebuilds a table beside the service', async () => {
    const { exit, stdout } = await tichet(folder, 'projections', 'rebuild', 'ticket-status');
    expect([exit, stdout]).toEqual([0, 'ticket-status: switched\n']);
    const derived = await tichet(folder, 'projections', 'rebuild', 'tasks');
    expect([derived.exit, derived.stdout]).toEqual([0, 'ticket-duties: switched (and with it, derived from it, tasks)\n']);
  });

  it('refuses to forget an active ticket, forgets an ended one, and shows [șters] afterwards', async () => {
    const [{ changed: requested } = {}] = json((await tichet(folder, 'replay', concluded, '--json')).stdout).steps;
    const refused = await tichet(folder, 'forget', pending, '--reason', 'cerere');
    expect([refused.exit, refused.stderr]).toEqual([1, 'The ticket is still active; it can be forgotten once it has ended.\n']);
    const explained = await tichet(folder, 'replay', pending, '--explain');
    expect(explained.stdout).toMatch(/refused: erasing the data of the ticket · the system\s+command-line\.p\.[a-z2-7]{16} · wrong-state/);
    const forgotten = await tichet(folder, 'forget', concluded, '--reason', 'cerere', '--json');
    expect(forgotten.exit).toBe(0);
    expect(json(forgotten.stdout)).toMatchObject({ subject: 'ticket', destroyedKeys: [`contact:ticket-${concluded}`] });
    const replay = (await tichet(folder, 'replay', concluded, '--personal')).stdout;
    expect(replay).toContain('contact.name=[șters]');
    expect(replay).not.toContain('posta.example');
    expect((await tichet(folder, 'forget', concluded, '--reason', ' ')).exit).toBe(5);
    const ofRequest = (await tichet(folder, 'forget', `${requested?.request?.number}_${requested?.request?.filedOn}`, '--reason', 'cerere'))
      .stdout;
    expect(ofRequest).toContain(`Run next, for each:\ntichet forget ${concluded} --reason …\n`);
  });

  it('keeps the socket to the owner, and restore asks for a stop', async () => {
    expect(statSync(join(folder, 'control.sock')).mode & 0o777).toBe(0o600);
    const { exit, stderr } = await tichet(folder, 'restore', folder);
    expect(exit).toBe(1);
    expect(stderr).toContain('in use by another process');
  });
});

describe('tichet, without a service', () => {
  it('says where there are no data, and what is wrong with a setting', async () => {
    const empty = emptyFolder();
    expect((await tichet(empty, 'audit')).exit).toBe(3);
    const { said, terminal } = captured({ ...environmentOf(empty), PORT: 'three' });
    expect(await runCommandLine(['audit'], terminal)).toBe(5);
    expect(said.stderr).toContain('PORT');
  });

  it('opens the stores itself to write, and leaves the tables up to date', async () => {
    const empty = emptyFolder();
    const examples = resolve('examples');
    expect((await tichet(empty, 'import', 'staff', join(examples, 'staff.csv'))).exit).toBe(0);
    expect((await tichet(empty, 'import', 'requests', join(examples, 'requests.csv'))).exit).toBe(0);
    const again = json((await tichet(empty, 'import', 'requests', join(examples, 'requests.csv'), '--json')).stdout);
    expect(again.faults).toEqual([]);
    expect((await tichet(empty, 'doctor')).exit).toBe(0);
  });

  it('serves until it is told to stop', async () => {
    const empty = emptyFolder();
    const stop = new AbortController();
    const { said, terminal } = captured(environmentOf(empty), { isTTY: true, signal: stop.signal });
    const serving = runCommandLine(['serve'], terminal);
    const url = async (): Promise<string> => {
      for (;;) {
        const [found] = /http:\S+(?=;)/.exec(said.stderr) ?? [];
        if (found !== undefined) return found;
        await new Promise((resolveLater) => setTimeout(resolveLater, 20));
      }
    };
    expect((await fetch(`${await url()}/health/live`)).status).toBe(200);
    stop.abort();
    expect(await serving).toBe(0);
  });

  it('demonstrates: a week, tokens, requests to try, and nothing left behind', async () => {
    const stop = new AbortController();
    const { said, terminal } = captured({ PORT: '0' }, { signal: stop.signal });
    const demonstrating = runCommandLine(['demo', '--json'], terminal);
    while (said.stdout === '') await new Promise((resolveLater) => setTimeout(resolveLater, 20));
    const { url, dataDirectory, tokens, requests } = JSON.parse(said.stdout) as {
      readonly url: string;
      readonly dataDirectory: string;
      readonly tokens: Readonly<Record<string, string>>;
      readonly requests: readonly { readonly number: string; readonly filedOn: string; readonly name: string }[];
    };
    const audited = await fetch(`${url}/api/v1/audit/tickets?verdict=fail`, {
      headers: { authorization: `Bearer ${tokens['auditor'] ?? ''}` },
    });
    expect(audited.status).toBe(200);
    const [first] = requests;
    const found = await fetch(`${url}/api/v1/requests/lookup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ requestNumber: first?.number, applicantName: 'Ion Popescu', filedOn: first?.filedOn }),
    });
    expect(found.status).toBe(200);
    expect(statSync(dataDirectory).isDirectory()).toBe(true);
    stop.abort();
    expect(await demonstrating).toBe(0);
    expect(() => statSync(dataDirectory)).toThrow();
  });

  it('runs as a program of its own', async () => {
    // not the synchronous one: the service that is asked runs in this process
    const run = async (...argv: string[]): Promise<string> =>
      (
        await promisify(execFile)(process.execPath, ['--require', './test/support/typescript-in-threads.cjs', 'src/cli.ts', ...argv], {
          env: { ...process.env, ...environmentOf(folder) },
          encoding: 'utf8',
        })
      ).stdout;
    expect((await run('token', '--role', 'auditor', '--person', 'Ana Pop')).split('.')).toHaveLength(3);
  });
});
