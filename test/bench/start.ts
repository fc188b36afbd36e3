import { cpSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { serveBuilt } from './support/built';
import { benchCodec, writeTelephoneTickets } from './support/logs';
import { inTurn, ratios, spreadOf } from './support/measuring';
import type { Figure, Section } from './support/report';
import { freshFolder } from './support/stores';

/** Until it is ready: by the clock, and of the processors, all threads together. */
type Start = { readonly seconds: number; readonly processor: number };

/** What a process has used so far, from Linux; a tick is a hundredth of a second. */
const processorSeconds = (processId: number): number => {
  const fields = (readFileSync(`/proc/${processId}/stat`, 'utf8').split(') ')[1] ?? '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

const startOnce = async (dist: string, folder: string): Promise<Start> => {
  const { seconds, processId, stop } = await serveBuilt(dist, { TICHET_DATA_DIR: folder });
  const start = { seconds, processor: processorSeconds(processId) };
  await stop();
  return start;
};

const folderWith = async (events: number): Promise<string> => {
  const folder = freshFolder();
  const store = await openSqliteEventStore({ folder });
  await writeTelephoneTickets(store, benchCodec(), 0, events / 7);
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
    rawMeans: 'the build of another checkout, with `--against DIST`; same command, in turn.',
    figures,
    whereTheTimeGoes: 'Mostly loading code. On a filled folder the tables stand; the service does not read the log again.',
  };
};
