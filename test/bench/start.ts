import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openSqliteEventStore } from '../../src/infrastructure/log/event-store/sqlite/sqlite-event-store';
import { openMasterKey } from '../../src/infrastructure/log/keys/master-key';
import { openSqliteKeyStore } from '../../src/infrastructure/log/keys/sqlite-key-store';
import { booked, held, resolved } from '../support/chapters';
import { benchCodec, envelopesOf, plotOf } from './support/logs';
import { inTurn, ratios, spreadOf } from './support/measuring';
import type { Figure, Section } from './support/report';
import { freshFolder } from './support/stores';

/** Until it is ready: by the clock, and of the processors, all threads together. */
type Start = { readonly seconds: number; readonly processor: number };

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** What a process has used so far, from Linux; a tick is a hundredth of a second. */
const processorSeconds = (processId: number): number => {
  const fields = (readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ')[1] ?? '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

/** `tichet serve` as `npm start` runs it, until `/health/ready` says so; then it is stopped. */
const startOnce = async (dist: string, folder: string): Promise<Start> => {
  const port = await freePort();
  const environment = { PATH: process.env['PATH'], PORT: String(port), TICHET_DATA_DIR: folder, TICHET_LOG_LEVEL: 'warn' };
  const from = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=64', join(dist, 'cli.js'), 'serve'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const isReady = (): Promise<boolean> =>
    fetch(`http://127.0.0.1:${port}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await isReady())) {
    if (child.exitCode !== null) throw new Error(`The service of ${dist} has ended.`);
    await new Promise((wake) => setTimeout(wake, 5));
  }
  const start = { seconds: (performance.now() - from) / 1000, processor: processorSeconds(child.pid ?? 0) };
  child.kill('SIGTERM');
  await once(child, 'exit');
  return start;
};

/** Meetings by telephone from the request to the resolution: seven facts each, after which nothing is left to be done. */
const folderWith = async (events: number): Promise<string> => {
  const folder = freshFolder();
  const store = await openSqliteEventStore({ folder });
  const codec = benchCodec();
  for (let from = 0; from < events / 7; from += 200) {
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const plot = { ...plotOf(from + index), mode: 'phone', withEmail: false } as const;
        const stream = `ticket-${plot.ticketId}`;
        const facts = [...booked(plot), ...held(plot), ...resolved(plot)];
        await store.append(stream, { kind: 'no-stream' }, await envelopesOf(codec, stream, facts));
      }),
    );
  }
  await store.close();
  // a log without keys is refused
  openSqliteKeyStore({ path: join(folder, 'keys.db'), masterKey: openMasterKey(join(folder, 'master.key'), { create: true }) }).close();
  return folder;
};

/** @param against what another checkout has built (`dist`), started in turn with this one */
export const measureStart = async (options: {
  readonly rounds: number;
  readonly events: number;
  readonly against?: string | undefined;
}): Promise<Section> => {
  const { rounds, events, against } = options;
  const dists = { ours: resolve(__dirname, '../../dist'), ...(against === undefined ? {} : { raw: resolve(against) }) };
  const measured = async (what: string, folderOf: (name: string) => string): Promise<readonly Figure[]> => {
    const processor: Record<string, number[]> = { ours: [], raw: [] };
    const contenders = Object.entries(dists).map(([name, dist]) => [
      name,
      async () => {
        const start = await startOnce(dist, folderOf(name));
        processor[name]?.push(start.processor);
        return start.seconds;
      },
    ]);
    const seconds = await inTurn(rounds, Object.fromEntries(contenders) as Record<string, () => Promise<number>>);
    const figure = (name: string, { ours = [], raw = [] }: Readonly<Record<string, readonly number[]>>): Figure => ({
      what: name,
      unit: 's',
      ours: spreadOf(ours),
      ...(against === undefined ? {} : { raw: spreadOf(raw), ratio: ratios(ours, raw) }),
    });
    return [figure(what, seconds), figure(`${what}, of the processors`, processor)];
  };

  const written = await folderWith(events);
  const filled: Record<string, string> = {};
  for (const [name, dist] of Object.entries(dists)) {
    filled[name] = freshFolder();
    cpSync(written, filled[name], { recursive: true });
    // the first start of each fills its tables
    await startOnce(dist, filled[name]);
  }
  const figures = [
    ...(await measured('on an empty folder', freshFolder)),
    ...(await measured(`on ${events.toLocaleString('en-US')} events`, (name) => filled[name] ?? '')),
  ];
  return {
    title: 'From `tichet serve` until it is ready',
    against: 'before',
    rawMeans: 'what another checkout has built, where `--against DIST` names it; the same command, in turn.',
    figures,
    whereTheTimeGoes:
      'Most of a start on an empty folder is loading code: the framework, the controllers and pages with their decorators. On a filled one the tables stand where they stood, and what is in the log is not read again.',
  };
};
