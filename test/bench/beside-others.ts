import { join, resolve } from 'node:path';
import { readSettings } from '../../src/infrastructure/config/settings';
import { openPorts } from '../../src/infrastructure/nest/open-ports';
import { EmulatorProcess } from '../support/eventstoredb/emulator-process';
import { secondsOfCommand, serveBuilt } from './support/built';
import { writeTelephoneTickets } from './support/logs';
import { inTurn, ratios, spreadOf } from './support/measuring';
import type { Figure, Section } from './support/report';
import { freshFolder } from './support/stores';

type Environment = Readonly<Record<string, string>>;
type Place = { readonly environment: Environment; readonly stop: () => Promise<void> };

const factsOfATicket = 7;
/** Others write between ours. */
const blocks = 20;

/** An installation with so many events on a server where others have theirs. */
const placeWith = async (dist: string, ours: number, others: number): Promise<Place> => {
  const emulator = await EmulatorProcess.start();
  const environment = {
    TICHET_DATA_DIR: freshFolder(),
    TICHET_EVENT_STORE: 'eventstoredb',
    TICHET_EVENTSTOREDB_URL: emulator.url,
  };
  const opened = await openPorts(readSettings({ ...environment, TICHET_LOG_LEVEL: 'silent' }, () => '').settings);
  const { store, codec } = opened.ports;
  const tickets = Math.ceil(ours / factsOfATicket);
  for (let block = 0; block < blocks; block += 1) {
    await emulator.tell('pourAsOthers', Math.ceil(others / blocks));
    await writeTelephoneTickets(store, codec, Math.ceil((block * tickets) / blocks), Math.ceil(((block + 1) * tickets) / blocks));
  }
  await opened.close();
  // fills the tables and signs the log
  await (await serveBuilt(dist, environment)).stop();
  await secondsOfCommand(dist, environment, ['projections', 'rebuild']);
  return { environment, stop: () => emulator.stop() };
};

const commands: Readonly<Record<string, readonly string[]>> = {
  'rebuild of all tables': ['projections', 'rebuild'],
  doctor: ['doctor'],
  verify: ['verify'],
  export: ['export'],
};

type Options = { readonly ours: number; readonly others: number; readonly rounds: number; readonly dist?: string | undefined };

/** Starts, stops and commands of an installation alone on its server, and beside the events of others. */
export const measureBesideOthers = async ({ ours, others, rounds, dist: built = 'dist' }: Options): Promise<Section> => {
  const dist = resolve(join(__dirname, '..', '..'), built);
  const [alone, beside] = [await placeWith(dist, ours, 0), await placeWith(dist, ours, others)];
  const measured: Record<string, readonly [readonly number[], readonly number[]]> = {};
  const stops: [number[], number[]] = [[], []];
  const start = (environment: Environment, stopped: number[]) => async (): Promise<number> => {
    const service = await serveBuilt(dist, environment);
    stopped.push(await service.stop());
    return service.seconds;
  };
  const started = await inTurn(rounds, { alone: start(alone.environment, stops[0]), beside: start(beside.environment, stops[1]) });
  measured['start until ready'] = [started.alone, started.beside];
  measured['stop'] = stops;
  for (const [name, argv] of Object.entries(commands)) {
    const run =
      ({ environment }: Place) =>
      (): Promise<number> =>
        secondsOfCommand(dist, environment, argv, name === 'doctor');
    const taken = await inTurn(rounds, { alone: run(alone), beside: run(beside) });
    measured[name] = [taken.alone, taken.beside];
  }
  await alone.stop();
  await beside.stop();
  return {
    title: `${ours.toLocaleString('en-US')} events of ours beside ${others.toLocaleString('en-US')} of others, on the emulator of EventStoreDB`,
    against: 'alone',
    rawMeans: 'the same on a server without other users; each command from start to end of its process.',
    figures: Object.entries(measured).map(([what, [without, with_]]): Figure => ({
      what,
      unit: 's',
      raw: spreadOf(without),
      ours: spreadOf(with_),
      ratio: ratios(with_, without),
      target: { atMost: 1.3 },
    })),
    whereTheTimeGoes: 'Server and emulator skip other streams’ events one by one and send none.',
  };
};
