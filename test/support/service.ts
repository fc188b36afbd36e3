import { randomBytes } from 'node:crypto';
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port';
import { emptyFolder, endsByItself } from './closing';
import { shiftClock } from './shift-clock';

const root = join(__dirname, '../..');

/** The service as its users have it: a process of its own, a data folder, a port, and a clock that a test can move. */
export type Service = {
  readonly url: string;
  readonly folder: string;
  readonly dataFolder: string;
  readonly masterKeyFile: string;
  /** where its keys and tables are, when that is not the data folder */
  readonly postgresUrl: string | undefined;
  readonly output: () => string;
  /** of its process, while there is one */
  readonly pid: () => number | undefined;
  /** Starts it (again) on the same folder and port; resolves once it is ready. */
  start(environment?: NodeJS.ProcessEnv): Promise<void>;
  /** SIGTERM: an orderly end. @returns the exit code */
  stop(): Promise<number | null>;
  /** SIGKILL, at once. */
  kill(): Promise<void>;
  /** SIGSTOP: it stands still until `goOn`, and knows nothing of it. */
  freeze(): void;
  goOn(): void;
  /** Moves the service's clock to this instant; from there it goes on by itself. */
  moveClockTo(instant: string): void;
  /** The service's time now. */
  now(): Date;
  /** Ends it and removes its data folder. What it shares with other processes goes behind the last of them. */
  dispose(): Promise<void>;
};

const startMilliseconds = 300_000;

/** What the processes of one installation share: a folder, a clock, policies, the master key. */
type Ground = { readonly folder: string; readonly clockFile: string; readonly policies: string; offset: number };

const createGround = (): Ground => {
  const folder = emptyFolder();
  // Everybody in these tests comes from one address, and faster than people do.
  const policies = join(folder, 'policies.json');
  const wide = {
    'code-letters': null,
    'request-rate': null,
    'lookup-throttle': { unmatched: 10_000, minutes: 10 },
    openings: { letters: 10_000, minutes: 60, guesses: 100_000 },
  };
  writeFileSync(policies, JSON.stringify(Object.fromEntries(Object.entries(wide).map(([name, value]) => [name, { value, version: 2 }]))));
  return { folder, clockFile: join(folder, 'clock'), policies, offset: 0 };
};

/** What is started: the service, or another program that serves. */
const serves: readonly string[] = ['src/main.ts'];

export const createService = async (settings: NodeJS.ProcessEnv = {}, program = serves): Promise<Service> =>
  createOn(createGround(), 'data', settings, program);

/** So many processes of one installation, each with a data folder and a port of its own. They must have their stores in common. */
export const createServices = async (count: number, settings: NodeJS.ProcessEnv, program = serves): Promise<readonly Service[]> => {
  const ground = createGround();
  const shared = { TICHET_MASTER_KEY_FILE: join(ground.folder, 'master.key'), ...settings };
  writeFileSync(shared.TICHET_MASTER_KEY_FILE, randomBytes(32), { mode: 0o400 });
  return Promise.all(Array.from({ length: count }, (_, number) => createOn(ground, `data-${String(number)}`, shared, program)));
};

const createOn = async (ground: Ground, name: string, settings: NodeJS.ProcessEnv, program: readonly string[]): Promise<Service> => {
  const { folder, clockFile, policies } = ground;
  const dataFolder = join(folder, name);
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  let output = '';
  let child: ChildProcess | undefined;
  let ended: Promise<number | null> = Promise.resolve(null);

  const ready = async (): Promise<void> => {
    const patience = Date.now() + startMilliseconds;
    while (Date.now() < patience) {
      if (child?.exitCode !== null) break;
      const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
      const said = await answer?.text();
      if (answer?.status === 200) return;
      // it will not become ready any more
      if (said?.includes('log-corrupt')) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The service did not become ready:\n${output}`);
  };

  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> => {
    child?.kill(signal);
    const code = await ended;
    child = undefined;
    return code;
  };

  return endsByItself(
    {
      url,
      folder,
      dataFolder,
      masterKeyFile: settings['TICHET_MASTER_KEY_FILE'] ?? join(dataFolder, 'master.key'),
      postgresUrl: settings['TICHET_POSTGRES_URL'],
      output: () => output,
      pid: () => child?.pid,
      start: async (environment = {}) => {
        const requires = ['./test/support/moved-clock.cjs', './test/support/typescript-in-threads.cjs'].flatMap((file) => [
          '--require',
          file,
        ]);
        const started = spawn(process.execPath, [...requires, ...program], {
          cwd: root,
          env: {
            PATH: process.env['PATH'],
            PORT: String(port),
            TICHET_DATA_DIR: dataFolder,
            TICHET_POLICIES_FILE: policies,
            TEST_CLOCK_FILE: clockFile,
            ...settings,
            ...environment,
          },
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        child = started;
        const collect = (chunk: Buffer): void => {
          output += chunk.toString();
        };
        started.stdout.on('data', collect);
        started.stderr.on('data', collect);
        ended = new Promise((resolve) => {
          started.on('close', (code) => {
            resolve(code);
          });
        });
        await ready();
      },
      stop: () => end('SIGTERM'),
      kill: async () => {
        await end('SIGKILL');
      },
      freeze: () => {
        child?.kill('SIGSTOP');
      },
      goOn: () => {
        child?.kill('SIGCONT');
      },
      moveClockTo: (instant) => {
        ground.offset = shiftClock(clockFile, instant);
      },
      now: () => new Date(Date.now() + ground.offset),
      dispose: async () => {
        if (child) await end('SIGKILL');
        rmSync(dataFolder, { recursive: true, force: true });
      },
    },
    'dispose',
  );
};
