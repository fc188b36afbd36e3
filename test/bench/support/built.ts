import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { freePort } from '../../support/free-port';
import { secondsFor } from './measuring';

type Environment = Readonly<Record<string, string>>;

const begin = (dist: string, environment: Environment, ...argv: readonly string[]) =>
  spawn(process.execPath, ['--max-semi-space-size=64', join(dist, 'cli.js'), ...argv], {
    env: { PATH: process.env['PATH'], TICHET_LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'ignore', 'inherit'],
  });

/** `tichet serve` as `npm start` runs it, until `/health/ready` says so. `stop` gives the seconds until it has ended. */
export const serveBuilt = async (
  dist: string,
  environment: Environment,
): Promise<{ readonly seconds: number; readonly processId: number; readonly url: string; readonly stop: () => Promise<number> }> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const from = performance.now();
  const child = begin(dist, { ...environment, PORT: String(port) }, 'serve');
  const isReady = (): Promise<boolean> =>
    fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`The service of ${dist} has ended.`);
    await new Promise((wake) => setTimeout(wake, 5));
  }
  const seconds = (performance.now() - from) / 1000;
  const stop = (): Promise<number> =>
    secondsFor(async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    });
  return { seconds, processId: child.pid ?? 0, url, stop };
};

/** One command, from its start to its end, in seconds. @param findings whether it may end with some */
export const secondsOfCommand = (dist: string, environment: Environment, argv: readonly string[], findings = false): Promise<number> =>
  secondsFor(async () => {
    const [code] = (await once(begin(dist, environment, ...argv), 'exit')) as [number | null];
    if (code !== 0 && !(findings && code === 6)) throw new Error(`tichet ${argv.join(' ')} has ended with ${String(code)}.`);
  });
