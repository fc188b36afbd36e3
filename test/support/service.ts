import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** The service as its users have it: a process of its own, a data folder, a port, and a clock that a test can move. */
export type Service = {
  readonly url: string;
  readonly folder: string;
  readonly output: () => string;
  /** of its process, while there is one */
  readonly pid: () => number | undefined;
  /** Starts it (again) on the same folder and port; resolves once it is ready. */
  start(environment?: NodeJS.ProcessEnv): Promise<void>;
  /** SIGTERM: an orderly end. @returns the exit code */
  stop(): Promise<number | null>;
  /** SIGKILL, at once. */
  kill(): Promise<void>;
  /** Moves the service's clock to this instant; from there it goes on by itself. */
  moveClockTo(instant: string): void;
  /** The service's time now. */
  now(): Date;
  /** Ends it and removes its folder. */
  dispose(): Promise<void>;
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });

const startMilliseconds = 30_000;

export const createService = async (settings: NodeJS.ProcessEnv = {}): Promise<Service> => {
  const folder = mkdtempSync(join(tmpdir(), 'tichet-service-'));
  const clockFile = join(folder, 'clock');
  // Everybody in these tests comes from one address, and faster than people do.
  const policies = join(folder, 'policies.json');
  writeFileSync(policies, JSON.stringify({ 'code-letters': { value: null, version: 2 }, 'request-rate': { value: null, version: 2 } }));
  const port = await freePort();
  const url = `http://127.0.0.1:${String(port)}`;
  let output = '';
  let offset = 0;
  let child: ChildProcess | undefined;
  let ended: Promise<number | null> = Promise.resolve(null);

  const ready = async (): Promise<void> => {
    const patience = Date.now() + startMilliseconds;
    while (Date.now() < patience) {
      if (child?.exitCode !== null) break;
      const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
      await answer?.text();
      if (answer?.status === 200) return;
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

  return {
    url,
    folder,
    output: () => output,
    pid: () => child?.pid,
    start: async (environment = {}) => {
      const requires = ['./test/support/moved-clock.cjs', './test/support/typescript-in-threads.cjs'].flatMap((file) => [
        '--require',
        file,
      ]);
      const started = spawn(process.execPath, [...requires, 'src/main.ts'], {
        cwd: root,
        env: {
          PATH: process.env['PATH'],
          PORT: String(port),
          TICHET_DATA_DIR: join(folder, 'data'),
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
    moveClockTo: (instant) => {
      offset = Date.parse(instant) - Date.now();
      writeFileSync(clockFile, String(offset));
    },
    now: () => new Date(Date.now() + offset),
    dispose: async () => {
      if (child) await end('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
