import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { CivilDate } from '../../../../domain/kernel/fact';
import { addDays } from '../../../../domain/time/civil-time';
import type { Environment } from '../../../config/setting';
import { readSettings, type Settings } from '../../../config/settings';
import { openPorts } from '../../../nest/open-ports';
import { localTokens } from '../../../outside/identity/local-tokens';
import { peopleIn } from '../../../outside/identity/people';
import { inBoth, type Sentences } from '../../../phrasing/sentences';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { keepDevelopmentApart } from '../../../service/development-folder';
import { type RunningService, stopOnSignals } from '../../../service/serve';
import { takeWarnings } from '../../../service/warnings';
import { type DemoStory, tellDemo } from '../../demo/tell-demo';
import { serveWithSocket } from '../../local-socket/serve-with-socket';
import { addCommand, type CommandOfTichet, type Invocation, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes, type Terminal } from '../terminal';

/** Serves until the caller's signal, or until the operating system says stop. */
const runUntilStopped = async (service: RunningService, { signal }: Terminal): Promise<void> => {
  if (signal === undefined) {
    stopOnSignals(service);
    // the process ends in the handler of the signal
    await new Promise<never>(() => undefined);
    return;
  }
  if (!signal.aborted) {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
    });
  }
  await service.stop();
};

const call = (path: string, token: string): string => `curl -s "$URL/api/v1/${path}" -H "authorization: Bearer $${token}"`;

/** What to try with the demonstration once its `URL=…` and its tokens were pasted: each line as it is, with today's values. */
export const linesToPaste = ({
  folder,
  toTry: [first],
  today,
  program,
  words,
}: Pick<DemoStory, 'toTry'> & {
  readonly folder: string;
  readonly today: CivilDate;
  /** how the program was called */
  readonly program: string;
  readonly words: Sentences['cli']['linesToPaste'];
}): readonly (readonly [string, string])[] => {
  const lookup = JSON.stringify({ requestNumber: first?.number, applicantName: first?.name, filedOn: first?.filedOn });
  return [
    [words.citizenFindsTheirRequest, `curl -s $URL/api/v1/requests/lookup -H 'content-type: application/json' -d '${lookup}'`],
    [words.civilServantLooksTheir, call(`calendar?from=${addDays(today, -7)}&to=${addDays(today, 7)}`, 'STAFF')],
    [words.auditorAsksNotKept, call('audit/tickets?verdict=fail', 'AUDITOR')],
    [words.sameFromCommandLine, `TICHET_DATA_DIR=${folder} ${program} audit --verdict fail`],
    [words.lettersSent, `ls ${join(folder, 'outbox')}`],
  ];
};

export const serveCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'serve', cli.words.serve.aboutServe, [
    'tichet serve',
    'PORT=8080 TICHET_DATA_DIR=/var/lib/tichet tichet serve',
  ]).action(async () => {
    const { settings, notices } = cli.settingsRead;
    // a caller with a signal of its own has the process to itself
    const tellWarnings = cli.terminal.signal === undefined ? takeWarnings() : undefined;
    const service = await serveWithSocket(settings, notices, cli.own);
    tellWarnings?.(service.opened.ports.logger);
    cli.tell(cli.words.serve.listeningStopCtrlC({ url: service.url }));
    await runUntilStopped(service, cli.terminal);
  });
};

const roles = [
  ['staff', 'd02'],
  ['head', 'd01'],
  ['registry', undefined],
  ['admin', undefined],
  ['auditor', undefined],
  ['reports', undefined],
] as const;

/** The dashboards of examples/dashboards find a running demonstration by it. */
export const demoFolderPrefix = 'tichet-demo-';
const folderFor = (chosen: string | undefined): string => {
  if (chosen === undefined) return mkdtempSync(join(tmpdir(), demoFolderPrefix));
  const folder = resolve(chosen);
  if (!existsSync(folder) || readdirSync(folder).length === 0) return folder;
  throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.demo.folderNotEmptyDemonstration({ folder }));
};

/** A number that is not in use: where the number of the centre is not set, it shows how a page looks with one. */
const inventedCentre: Environment = { TICHET_INFORMATION_CENTRE_PHONE: '0264 000 000' };

/** Its own data and no settings, but for where it listens and who helps by telephone. */
export const demoSettings = (environment: Environment, folder: string): Settings => {
  const { PORT: port, HOST: host, TICHET_LOG_LEVEL: level = 'silent' } = environment;
  const told = Object.entries(environment).filter(([name]) => name.startsWith('TICHET_INFORMATION_CENTRE_'));
  const centre = told.length === 0 ? inventedCentre : Object.fromEntries(told);
  const own = { PORT: port, HOST: host, TICHET_DATA_DIR: folder, TICHET_LOG_LEVEL: level, TICHET_DEVELOPMENT: 'on' };
  return readSettings({ ...centre, ...own }, readFileSync).settings;
};

const fill = async (cli: Invocation, settings: Settings): Promise<DemoStory> => {
  cli.tell(cli.words.demo.tellingWeek);
  keepDevelopmentApart(settings);
  const opened = await openPorts(settings);
  try {
    return await cli.withProgress((at) => tellDemo(opened, systemClock.now(), at));
  } finally {
    await opened.close();
  }
};

const announce = async (cli: Invocation, service: RunningService, folder: string, { toTry }: DemoStory, json: boolean): Promise<void> => {
  const { tokenKey, ports, keys } = service.opened;
  const [tokens, people] = [localTokens(tokenKey, systemClock), peopleIn({ ...ports, keys })];
  const made = await Promise.all(
    roles.map(async ([role, staffId]) => {
      const person = staffId ?? (await people.pseudonymOf({ by: 'token', name: `tichet demo: ${role}` }, `tichet demo: ${role}`));
      return [role, await tokens.official({ role, person })] as const;
    }),
  );
  const { url } = service;
  if (json) {
    cli.printJson({ url, dataDirectory: folder, tokens: Object.fromEntries(made), requests: toTry });
    return;
  }
  cli.print(cli.words.demo.openBrowserFirstPage({ url }));
  cli.print(`\n# ${cli.words.demo.apiTokenEachRole}: ${url}/api/docs`);
  cli.print(`URL=${url}`);
  for (const [role, token] of made) cli.print(`${role.toUpperCase()}=${token}`);
  const shown = { folder, toTry, today: systemClock.now().slice(0, 10), program: calledAs(), words: cli.words.linesToPaste };
  for (const [words, line] of linesToPaste(shown)) cli.print(`\n# ${words}\n${line}`);
};

/** The program as it was started: in a checkout it is not on the path. */
const calledAs = (): string => {
  const started = process.argv[1] ?? '';
  return started.endsWith('.js') ? `node ${relative(process.cwd(), started)}` : 'tichet';
};

export const demoCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'demo', cli.words.demo.aboutDemo, ['tichet demo', 'PORT=8080 tichet demo', 'tichet demo --folder ./data/demo'])
    .option('--folder <folder>', cli.words.demo.optionFolder)
    .action(async ({ folder: chosen, json = false }: JsonOption & { readonly folder?: string }) => {
      const folder = folderFor(chosen);
      const leave = (): void => {
        if (chosen === undefined) rmSync(folder, { recursive: true, force: true });
      };
      try {
        const settings = demoSettings(cli.terminal.env, folder);
        const story = await fill(cli, settings);
        const running = await serveWithSocket({ ...settings, development: { toTry: story.toTry } });
        const service: RunningService = {
          ...running,
          stop: async () => {
            await running.stop();
            leave();
          },
        };
        await announce(cli, service, folder, story, json);
        cli.tell(cli.words.demo.stopCtrlC);
        await runUntilStopped(service, cli.terminal);
      } catch (error) {
        leave();
        throw error;
      }
    });
};
