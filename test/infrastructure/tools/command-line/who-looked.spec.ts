import { Command } from 'commander';
import type { PersonalDataRead } from '../../../../src/domain/reading/reading';
import { ReadingLog } from '../../../../src/infrastructure/api/access/reading-log';
import { openPorts } from '../../../../src/infrastructure/nest/open-ports';
import type { OpenedPorts } from '../../../../src/infrastructure/nest/provided';
import type { RunningService } from '../../../../src/infrastructure/service/serve';
import { runCommandLine } from '../../../../src/infrastructure/tools/command-line/command-line';
import { commands } from '../../../../src/infrastructure/tools/command-line/commands';
import { whileReading } from '../../../../src/infrastructure/tools/command-line/installation';
import { Invocation } from '../../../../src/infrastructure/tools/command-line/invocation';
import { peopleIn } from '../../../../src/infrastructure/outside/identity/people';
import { serveWithSocket } from '../../../../src/infrastructure/tools/local-socket/serve-with-socket';
import { pdfText } from '../../../support/pdf-text';
import { captured, environmentOf, settingsOf } from './captured';
import { toldFolder } from './filled';

let folder = '';
let service: RunningService;
let isRunning = false;
let ticketId = '';

beforeAll(async () => {
  ({ folder, concluded: ticketId } = await toldFolder());
  service = await serveWithSocket(settingsOf(folder));
  isRunning = true;
});
afterAll(async () => {
  if (isRunning) await service.stop();
});

/** What a command printed, a paper as its text. */
const run = async (argv: readonly string[]): Promise<{ readonly exit: number; readonly printed: string; readonly said: string }> => {
  const { said, terminal } = captured({ ...environmentOf(folder), SUDO_USER: 'ana.sistem' });
  const bytes: Buffer[] = [];
  const stdout = { write: (data: string | Uint8Array) => bytes.push(Buffer.from(data)) };
  const exit = await runCommandLine(argv, { ...terminal, stdout });
  const whole = Buffer.concat(bytes);
  return { exit, printed: whole.subarray(0, 4).toString() === '%PDF' ? pdfText(whole) : whole.toString(), said: said.stderr };
};

type Read = PersonalDataRead['data'] & { readonly opened: string | undefined; readonly sealed: string };
const readingsOf = async ({ ports }: Pick<OpenedPorts, 'ports'>): Promise<readonly Read[]> => {
  const found: Read[] = [];
  for await (const recorded of ports.store.readAll()) {
    if (!recorded.stream.startsWith('reading-')) continue;
    const { fact } = ports.codec.decodeOf('reading', recorded);
    found.push({ ...fact.data, opened: await ports.personalData.open(fact.data.person), sealed: JSON.stringify(recorded) });
  }
  return found;
};

/** How citizens of the demonstration are reached. */
const ofCitizens = /@posta\.example/;

const leavesOf = (command: Command, path = ''): readonly (readonly [string, Command])[] => {
  const name = `${path} ${command.name()}`.trim();
  const below = command.commands.flatMap((one) => leavesOf(one, name));
  return below.length === 0 ? [[name, command]] : below;
};
const leaves = (): ReadonlyMap<string, Command> => {
  const program = new Command('tichet');
  for (const add of commands) add(program, new Invocation(captured(environmentOf(folder)).terminal));
  return new Map(program.commands.flatMap((one) => leavesOf(one)));
};

/** What reads from an installation, in every way in which it shows more or less. */
const reading: Readonly<Record<string, readonly string[]>> = {
  replay: ['TICKET', 'TICKET --personal', 'TICKET --personal --json', 'TICKET --explain', 'TICKET --explain --personal --json'],
  audit: ['', '--json', 'TICKET', 'TICKET --json'],
  export: ['--format csv', '--format jsonl', '--format pdf --ticket TICKET', '--format pdf --ticket TICKET --personal'],
  'subject-access': ['TICKET', 'TICKET --language en'],
  proof: ['TICKET'],
  verify: [''],
  'projections list': ['--json'],
  'projections parked': ['--json'],
  'letters list': ['--json'],
  'webhooks list': ['--json'],
  'retention list': ['--json'],
  'retention confirm': ['--json'],
  'token list': ['--json'],
  'people list': ['', '--json'],
  'keys show': ['--json'],
  doctor: ['--json'],
};
/** What shows nothing of what is kept: it writes, carries sealed values as they are, or reads no installation. */
const others = [
  ...[
    'serve',
    'demo',
    'witness',
    'openapi',
    'settings',
    'import',
    'forget',
    'restrict',
    'backup',
    'restore',
    'drill',
    'copy',
    'keys rotate',
    'seal clear',
  ],
  ...['projections rebuild', 'projections drop', 'letters retry', 'webhooks enable', 'retention apply', 'token revoke', 'people forget'],
  // a file, away from every installation
  ...['accept-log report', 'accept-log settle', 'streams list', 'streams close', 'judge'],
];

const argvOf = (name: string, way: string): readonly string[] =>
  `${name} ${way}`
    .trim()
    .split(' ')
    .map((word) => (word === 'TICKET' ? ticketId : word));

describe('who looks at the command line', () => {
  it('every command has a row, and one that opens personal data is tried with them', () => {
    const all = leaves();
    expect([...all.keys()].filter((name) => !(name in reading) && !others.includes(name))).toEqual([]);
    for (const [name, { options }] of all)
      if (options.some(({ long }) => long === '--personal'))
        expect([name, reading[name]?.some((way) => way.includes('--personal'))]).toEqual([name, true]);
  });

  it('is noted once for each answer that shows somebody, and never else', async () => {
    const faults: string[] = [];
    for (const [name, ways] of Object.entries(reading))
      for (const way of ways) {
        const before = (await readingsOf(service.opened)).length;
        const { printed } = await run(argvOf(name, way));
        const recorded = (await readingsOf(service.opened)).length - before;
        const shows = printed.includes('@posta.example') || printed.includes('ana.sistem') || name === 'people list';
        if (recorded !== (shows ? 1 : 0)) faults.push(`${name} ${way}: ${recorded} recorded, shows ${shows}`);
      }
    expect(faults).toEqual([]);
    const read = await readingsOf(service.opened);
    expect(new Set(read.map(({ page, purpose, role }) => `${role} ${purpose} ${page}`))).toEqual(
      new Set([
        'command-line audit tichet replay',
        'command-line audit tichet export',
        'command-line subject-access tichet subject-access',
        'command-line administration tichet people list',
      ]),
    );
    expect(read.find(({ page }) => page === 'tichet export')).toMatchObject({ tickets: [ticketId] });
  });

  it('is the user of the system, by the pseudonym of the directory, which stands sealed', async () => {
    const [read] = await readingsOf(service.opened);
    const people = await peopleIn({ ...service.opened.ports, keys: service.opened.keys }).list();
    expect(people.find(({ person }) => person === read?.opened)?.name).toBe('ana.sistem');
    expect(read?.sealed).not.toContain(read?.opened);
  });

  it('sees nothing where it cannot be noted', async () => {
    const record = jest.spyOn(ReadingLog.prototype, 'record').mockRejectedValue(new Error('full'));
    for (const argv of [
      argvOf('replay', 'TICKET --personal'),
      argvOf('export', '--format pdf --ticket TICKET --personal'),
      ['people', 'list'],
    ])
      expect(await run(argv)).toMatchObject({ exit: 1, printed: '', said: expect.stringMatching(/nothing is shown/) });
    record.mockRestore();
  });

  it('a command that would open something and tell nobody opens nothing', async () => {
    const asked = whileReading(settingsOf(folder), async ({ store, codec, personalData }) => {
      for await (const recorded of store.read(`ticket-${ticketId}`)) {
        const { fact } = codec.decodeOf('ticket', recorded);
        if (fact.type === 'Requested') return personalData.open(fact.data.contact.name);
      }
      return undefined;
    });
    await expect(asked).rejects.toThrow('Nobody would know');
  });

  it('is noted without a running service, too', async () => {
    const before = (await readingsOf(service.opened)).length;
    isRunning = false;
    await service.stop();
    expect((await run(argvOf('replay', 'TICKET --personal'))).printed).toMatch(ofCitizens);
    const opened = await openPorts(settingsOf(folder));
    expect(await readingsOf(opened)).toHaveLength(before + 1);
    await opened.close();
  });
});
