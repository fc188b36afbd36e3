import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommandLine } from '../../src/infrastructure/tools/command-line/command-line';
import { captured } from '../infrastructure/tools/command-line/captured';
import { createServices, type Service } from '../support/service';
import { officialToken } from '../support/official-token';
import { askDatabase, createTestDatabase, type TestDatabase } from '../support/postgres';
import { createBalancedCaller, createCaller, type Caller } from './over-http/caller';
import { lookup, monday, populate, requestsOf } from './over-http/city';
import { createCrowd, untilBusy } from './over-http/crowd';
import { brokenPromises } from './over-http/kept-promises';
import { settled } from './over-http/ledger';
import { cleanRace, raced } from './over-http/race';
import { differencesFromTheLog } from './over-http/rows-of-the-log';

const full = process.env['FAULTS'] === 'full';
const processes = full ? 4 : 2;
/**
 * How long the others may do without the one that projected and performed, in milliseconds: a lease ends after a few seconds, and a busy
 * machine adds to them.
 */
const takenOverWithin = 120_000;

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});

const onPostgres = () => ({ TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: database.url });

const blows = full ? 60 : 2;
const people = full ? 16 : 8;
/** Of a frozen process nobody gets an answer. */
const answerPatience = 6_000;
const requests = requestsOf(400);

/** Tables follow the log; at the end they must have reached it. */
const onceTheyAgree = async (url: string) => {
  const patience = Date.now() + 300_000;
  for (;;) {
    const compared = await differencesFromTheLog(url);
    if (compared.differences.length === 0 || Date.now() > patience) return compared;
    await sleep(500);
  }
};

const lettersIn = (services: readonly Service[]): number =>
  services
    .map(({ dataFolder }) => join(dataFolder, 'outbox'))
    .reduce((sum, outbox) => sum + (existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith('.eml')).length : 0), 0);

/** Letters that are due at the last instant take their time. */
const lettersOnceAllAreSent = async (services: readonly Service[]): Promise<number> => {
  for (let before = -1; ;) {
    const now = lettersIn(services);
    if (now === before) return now;
    before = now;
    await sleep(2_500);
  }
};

/** Every table, by the command line of one process, whoever holds the leases. @returns the exit code */
const rebuildAt = ({ dataFolder, masterKeyFile }: Service): Promise<number> => {
  const env = { ...onPostgres(), TICHET_DATA_DIR: dataFolder, TICHET_MASTER_KEY_FILE: masterKeyFile };
  return runCommandLine(['projections', 'rebuild'], captured(env).terminal);
};

const first = (services: readonly Service[]): Service => {
  const [service] = services;
  if (!service) throw new Error('There is no service.');
  return service;
};

/** What a browser at this process hears of its calendar from now on. */
const listening = async (service: Service) => {
  const token = await officialToken(service, { role: 'staff', staffId: 's001' });
  const stop = new AbortController();
  const answer = await fetch(`${service.url}/api/v1/calendar/live`, { headers: { authorization: `Bearer ${token}` }, signal: stop.signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    heard: async (what: RegExp): Promise<string> => {
      while (!what.test(text)) text += (await reader?.read())?.value ?? '';
      return text;
    },
    close: () => {
      stop.abort();
    },
  };
};

const book = async (caller: Caller, number: string): Promise<void> => {
  const { bookingToken } = (await lookup(caller, number)).body;
  const body = { startsAt: '2026-03-09T06:00:00.000Z', mode: 'in-person', phone: '0740 123 456' };
  const { status, text } = await caller.call('POST', '/api/v1/tickets', { token: bookingToken, body });
  if (status !== 201) throw new Error(text);
};

/** Who does what only one does, by the database: a lease's name, to who holds it. */
const holders = async (): Promise<ReadonlyMap<string, string>> => {
  const statement = 'SELECT name, holder FROM tichet.leases';
  const rows = await askDatabase<{ readonly name: string; readonly holder: string }>(database.url, statement);
  return new Map(rows.map(({ name, holder }) => [name, holder]));
};

const holderOf = async (lease: string): Promise<string> => (await holders()).get(lease) ?? '';

/** Milliseconds until somebody else has it. */
const takenOver = async (lease: string, from: string): Promise<number> => {
  const began = performance.now();
  while ((await holderOf(lease)) === from) await sleep(50);
  return performance.now() - began;
};

describe(`${String(processes)} processes on one PostgreSQL`, () => {
  const [racers, places] = full ? [10_000, 100] : [200, 4];

  it(`${String(racers)} racing bookings for ${String(places)} slots: exactly so many tickets, no orphan`, async () => {
    const services = await createServices(processes, onPostgres());
    expect(await raced(services, { connections: 64, racers, places })).toEqual(cleanRace(processes, places));
  });

  it('tell every browser of a change, whichever process it is at', async () => {
    const services = await createServices(2, onPostgres());
    try {
      const one = first(services);
      one.moveClockTo(monday);
      for (const service of services) await service.start();
      const caller = createCaller(one.url, 4);
      await populate(one, caller, [{ number: '500001', staffId: 's001' }]);
      const browsers = await Promise.all(services.map((service) => listening(service)));
      await book(caller, '500001');
      for (const { heard } of browsers) expect(await heard(/^event: changed$/m)).toContain('ticketId');
      for (const { close } of browsers) close();
      caller.close();
    } finally {
      for (const service of services) await service.dispose();
    }
  });

  it(`struck ${String(blows)} times under load, dead or frozen: taken over in time, nothing acknowledged lost, no row that the log does not give`, async () => {
    const services = await createServices(processes, onPostgres());
    try {
      const one = first(services);
      one.moveClockTo(monday);
      for (const service of services) await service.start();
      const registrar = createCaller(one.url, 4);
      await populate(one, registrar, requests);
      registrar.close();
      const urls = services.map(({ url }) => url);
      const caller = createBalancedCaller(urls, people, answerPatience);
      const crowd = createCrowd(one, caller, requests, people, true);
      const waits: number[] = [];
      for (let blow = 0; blow < blows; blow += 1) {
        const stop = new AbortController();
        const work = crowd.work(stop.signal);
        await untilBusy(crowd);
        const lease = blow % 2 === 0 ? 'projections' : 'processes';
        const holder = await holderOf(lease);
        const struck = services.find((service) => holder.endsWith(`-${String(service.pid())}`));
        if (!struck) throw new Error(`Nobody of ours holds ${lease}: ${holder}`);
        // each lease in turn, each of both ways
        const dead = (blow + Math.floor(blow / 2)) % 2 === 0;
        if (dead) await struck.kill();
        else struck.freeze();
        waits.push(await takenOver(lease, holder));
        if (dead) await struck.start();
        else struck.goOn();
        await untilBusy(crowd);
        stop.abort();
        await work;
        one.moveClockTo(new Date(one.now().getTime() + 36 * 3_600_000).toISOString());
      }
      caller.close();
      const end = await settled(one, 60_000);
      const { rows, differences } = await onceTheyAgree(database.url);
      const letters = await lettersOnceAllAreSent(services);
      const rebuilt = await rebuildAt(services.at(-1) ?? one);
      if (full)
        process.stderr.write(
          `${JSON.stringify({ blows, waits: waits.map(Math.round), events: end.events.length, deeds: crowd.acknowledged.length, rows })}\n`,
        );
      expect({
        unexpected: crowd.unexpected,
        lost: brokenPromises(end, crowd.acknowledged),
        orphans: end.orphans,
        faults: end.faults,
        differences,
        late: waits.filter((milliseconds) => milliseconds > takenOverWithin),
        rebuilt,
        lettersOfTheRebuild: (await lettersOnceAllAreSent(services)) - letters,
        afterTheRebuild: (await onceTheyAgree(database.url)).differences,
      }).toEqual({
        unexpected: [],
        lost: [],
        orphans: [],
        faults: [],
        differences: [],
        late: [],
        rebuilt: 0,
        lettersOfTheRebuild: 0,
        afterTheRebuild: [],
      });
      expect(letters).toBeGreaterThan(0);
      expect(crowd.acknowledged.length).toBeGreaterThan(blows);
    } finally {
      for (const service of services) await service.dispose();
    }
  });
});
