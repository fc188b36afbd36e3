import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreUnavailable } from '@tichet-albastru/event-log/ports/event-store';
import { createNotesInMemory } from '../../src/infrastructure/proof/acknowledged/notes-file';
import { watchAcknowledged } from '../../src/infrastructure/proof/acknowledged/watch';
import { createLogAlarm } from '../../src/infrastructure/proof/alarm/log-alarm';
import { createMemoryOperations } from '../../src/infrastructure/tables/operations/memory-operations';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { silentLogger } from '../../src/infrastructure/testing/test-ports';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { createBalancedCaller, createCaller } from '../faults/over-http/caller';
import { monday, populate, requestsOf } from '../faults/over-http/city';
import { createCrowd, untilBusy } from '../faults/over-http/crowd';
import { bookInTurn, statusOf } from '../faults/over-http/in-turn';
import { idsIn, readinessOf, toldMissing, untilAlarmed } from '../faults/over-http/lost';
import { brokenPromises } from '../faults/over-http/kept-promises';
import { readLedger, settled } from '../faults/over-http/ledger';
import { differencesFromTheLog } from '../faults/over-http/rows-of-the-log';
import { tichetIn } from '../infrastructure/tools/command-line/captured';
import { closing } from '../support/closing';
import { noStream, notedEvents } from '../support/noted';
import { startPrimaryAndStandby } from '../support/peers/primary-and-standby';
import { describeWith, inFull, versionOf } from '../support/peers/program';
import { createServices, type Service } from '../support/service';

const people = 8;
const requests = requestsOf(400);

/** Two processes that serve the requests of this city, on the primary. */
const startOn = async ({ url }: { readonly url: string }): Promise<readonly [Service, Service]> => {
  const [one, other] = await createServices(2, { TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: url });
  if (!one || !other) throw new Error('There are no two services.');
  one.moveClockTo(monday);
  for (const service of [one, other]) await service.start();
  const registrar = createCaller(one.url, 4);
  await populate(one, registrar, requests);
  registrar.close();
  return [one, other];
};

/** Once what is late has been caught up with. */
const settledReadinessOf = async (service: Service): Promise<string> => {
  for (;;) {
    const said = await readinessOf(service);
    if (!/catching-up|storage-failing/.test(said)) return said;
    await sleep(50);
  }
};

const untilReady = async (service: Service): Promise<void> => {
  while (!(await readinessOf(service)).includes('"ready"')) await sleep(50);
};

type Pair = Awaited<ReturnType<typeof startPrimaryAndStandby>>;
type Ending = {
  readonly name: string;
  readonly isAsynchronous: boolean;
  readonly prepare: (pair: Pair) => Promise<void>;
  readonly end: (pair: Pair) => Promise<void>;
};
/** How the primary is left, so that the standby lacks nothing that was acknowledged. */
const withoutLoss: readonly Ending[] = [
  {
    name: 'a synchronous standby, the primary crashes',
    isAsynchronous: false,
    prepare: (pair) => pair.synchronise(),
    end: ({ primary }) => primary.crash(),
  },
  {
    name: 'a synchronous standby that has applied what is acknowledged, the primary crashes',
    isAsynchronous: false,
    prepare: async (pair) => {
      await pair.set('synchronous_commit', 'remote_apply');
      await pair.synchronise();
    },
    end: ({ primary }) => primary.crash(),
  },
  {
    name: 'an asynchronous standby, the primary is stopped in order',
    isAsynchronous: true,
    prepare: () => Promise.resolve(),
    end: ({ primary }) => primary.stop(),
  },
];

const of = ({ url }: { readonly url: string }) => ({ dataFolder: '', postgresUrl: url });

const acceptAt = ({ dataFolder, masterKeyFile, postgresUrl = '' }: Service) =>
  tichetIn(
    {
      TICHET_DATA_DIR: dataFolder,
      TICHET_MASTER_KEY_FILE: masterKeyFile,
      TICHET_EVENT_STORE: 'postgres',
      TICHET_POSTGRES_URL: postgresUrl,
      TICHET_LOG_LEVEL: 'silent',
    },
    ['accept-log', '--reason', 'serverul de rezervă nu primise tot'],
  );

/** A crowd that works at both, and has begun. */
const underLoad = async (services: readonly [Service, Service]) => {
  const urls = services.map(({ url }) => url);
  const caller = closing(createBalancedCaller(urls, people, 20_000));
  const crowd = createCrowd(services[0], caller, requests, people, true);
  const stop = new AbortController();
  const work = crowd.work(stop.signal);
  await untilBusy(crowd);
  return { crowd, stop, work };
};

describeWith(['pg_basebackup', 'setpriv'], 'beside a real standby', () => {
  it.each(inFull ? withoutLoss : withoutLoss.slice(0, 1))(
    '$name under load: everything acknowledged stands, no alarm, and the service goes on by itself',
    async ({ name, isAsynchronous, prepare, end }) => {
      const pair = await startPrimaryAndStandby();
      await prepare(pair);
      const services = await startOn(pair);
      const { crowd, stop, work } = await underLoad(services);
      const ending = performance.now();
      await end(pair);
      const before = crowd.acknowledged.length;
      await sleep(500);
      const meanwhile = await Promise.all(services.map(readinessOf));
      const promoting = performance.now();
      await pair.failOver();
      const promoted = performance.now();
      while (crowd.acknowledged.length === before) await sleep(5);
      const again = performance.now();
      await untilBusy(crowd);
      stop.abort();
      await work;
      const ledger = await settled(services[0], 60_000);
      const figures = { away: promoted - ending, promotion: promoted - promoting, firstAnswer: again - promoted };
      if (inFull)
        process.stderr.write(
          `${versionOf('postgres')}, ${name}: ${JSON.stringify({ ...figures, meanwhile, deeds: crowd.acknowledged.length })}\n`,
        );
      expect({
        lost: brokenPromises(ledger, crowd.acknowledged),
        faults: ledger.faults,
        orphans: ledger.orphans,
        unexpected: crowd.unexpected,
        ready: await Promise.all(services.map(settledReadinessOf)),
      }).toEqual({ lost: [], faults: [], orphans: [], unexpected: [], ready: ['{"status":"ready"}', '{"status":"ready"}'] });
      for (const service of services) {
        expect(service.output()).not.toContain('log.not-as-sealed');
        // told at the start of who may lose what is acknowledged
        expect(service.output().includes('postgres.standby-may-lack')).toBe(isAsynchronous);
      }
    },
  );

  const lossy = ['while both processes run', 'at the start of both'] as const;
  it.each(inFull ? lossy : lossy.slice(0, 1))(
    'an asynchronous standby that lags is promoted, %s: the alarm names exactly what is lost, and nothing is written',
    async (when) => {
      const pair = await startPrimaryAndStandby();
      const services = await startOn(pair);
      const callers = services.map(({ url }) => closing(createCaller(url, 4, 20_000)));
      const kept = await bookInTurn(callers, requests, 0, 3);
      await pair.caughtUp();
      await pair.cut();
      const lost = await bookInTurn(callers, requests, 3, 9);
      if (when === 'at the start of both') for (const service of services) await service.stop();
      await pair.primary.crash();
      await pair.failOver();
      if (when === 'at the start of both')
        for (const service of services) await expect(service.start()).rejects.toThrow('log.not-as-sealed');
      await Promise.all(services.map(untilAlarmed));
      const onStandby = new Set(await idsIn(of(pair.standby)));
      await pair.primary.start();
      const gone = (await idsIn(of(pair.primary))).filter((id) => !onStandby.has(id));
      expect((await toldMissing(of(pair.standby), gone.length)).map(({ id }) => id).sort()).toEqual([...gone].sort());
      for (const caller of callers) {
        for (const one of lost) expect(await statusOf(caller, one)).not.toBe(200);
        for (const one of kept) expect(await statusOf(caller, one)).toBe(200);
        await expect(bookInTurn([caller], requests, 9, 10)).rejects.toThrow(/read-only/);
      }
      expect(await idsIn(of(pair.standby))).toHaveLength(onStandby.size);

      if (when === 'at the start of both') {
        // the way on
        for (const service of services) await service.kill();
        expect(await acceptAt(services[0])).toMatchObject({ exit: 0 });
        for (const service of services) await service.start();
        for (const caller of callers) for (const one of lost) expect(await statusOf(caller, one)).not.toBe(200);
        await bookInTurn(callers, requests, 3, 9);
        while ((await differencesFromTheLog(pair.standby.url)).differences.length > 0) await sleep(200);
      } else {
        // the way back: nothing was written meanwhile
        pair.lead(pair.primary);
        await Promise.all(services.map(untilReady));
        for (const caller of callers) for (const one of [...kept, ...lost]) expect(await statusOf(caller, one)).toBe(200);
      }
    },
  );

  const itInFull = (title: string, test: () => Promise<void>): void => {
    if (inFull) it(title, test);
  };
  itInFull('while a synchronous standby is away nothing is acknowledged; what waited stands once it is back, and no alarm', async () => {
    const pair = await startPrimaryAndStandby();
    const services = await startOn(pair);
    const callers = services.map(({ url }) => closing(createCaller(url, 4)));
    await pair.synchronise();
    await pair.cut();
    const began = performance.now();
    const refused = await bookInTurn(callers, requests, 0, 1).catch(String);
    const waited = performance.now() - began;
    const meanwhile = await Promise.all(services.map(readinessOf));
    pair.mend();
    expect(refused).toMatch(/503/);
    process.stderr.write(`${versionOf('postgres')}, the synchronous standby is away: ${JSON.stringify({ waited, meanwhile, refused })}\n`);
    expect(await Promise.all(services.map(settledReadinessOf))).toEqual(['{"status":"ready"}', '{"status":"ready"}']);
    await bookInTurn(callers, requests, 1, 3);
  });

  itInFull('an asynchronous standby that lags is promoted under load: every acknowledged deed stands, or is named', async () => {
    const pair = await startPrimaryAndStandby();
    const services = await startOn(pair);
    const { crowd, stop, work } = await underLoad(services);
    await pair.cut();
    await untilBusy(crowd);
    await pair.primary.crash();
    await pair.failOver();
    await Promise.all(services.map(untilAlarmed));
    stop.abort();
    await work;
    const ledger = await readLedger(of(pair.standby));
    const lost = crowd.acknowledged.filter((deed) => brokenPromises(ledger, [deed]).length > 0);
    expect(lost.length).toBeGreaterThan(0);
    const isNamed = async (): Promise<boolean> => {
      const named = new Set((await toldMissing(of(pair.standby))).map(({ position }) => position));
      return lost.every(({ position }) => named.has(position));
    };
    // each process tells of its own
    while (!(await isNamed())) await sleep(50);
  });

  it('a commit whose wait for the standby was broken off is not acknowledged before the standby has it', async () => {
    const pair = await startPrimaryAndStandby();
    const postgres = closing(await openPostgres({ url: pair.url }));
    const store = closing(new PostgresEventStore(postgres));
    let isAnswered = false;
    /** Commits that wait for the standby, others than those before; none as soon as the append is answered. */
    const waiting = async (before: readonly string[] = []): Promise<readonly string[]> => {
      const statement = `SELECT pid || ' ' || query_start AS which FROM pg_stat_activity WHERE wait_event = 'SyncRep'`;
      for (;;) {
        const found = (await pair.primary.ask<{ readonly which: string }>(statement)).map(({ which }) => which);
        const others = found.filter((which) => !before.includes(which));
        if (isAnswered || others.length > 0) return others;
        await sleep(10);
      }
    };
    await pair.synchronise();
    await pair.cut();
    const append = store.append('a-1', noStream, notedEvents('one', 1)).finally(() => (isAnswered = true));
    const first = await waiting();
    // what an operator does with statements that hang
    for (const which of first) await pair.primary.ask(`SELECT pg_cancel_backend(${which.split(' ')[0] ?? ''})`);
    await waiting(first);
    expect(isAnswered).toBe(false);
    pair.mend();
    expect(await append).toMatchObject({ revision: 0 });
    expect(await pair.standby.ask('SELECT 1 FROM tichet.events')).toHaveLength(1);
  });

  it('a standby that has received more than it shows is refused at the start, is not asked what it lacks, and raises nothing once it is promoted', async () => {
    const pair = await startPrimaryAndStandby();
    const postgres = closing(await openPostgres({ url: pair.url }));
    const store = closing(new PostgresEventStore(postgres));
    const operations = createMemoryOperations();
    const alarm = createLogAlarm({ keyValues: operations.keyValues, clock: fixedClock(), logger: silentLogger });
    const parts = { store, notes: createNotesInMemory(), alarm, keyValues: operations.keyValues, logger: silentLogger };
    const acknowledged = watchAcknowledged(parts);
    await pair.caughtUp();
    await pair.synchronise();
    await pair.standby.ask('SELECT pg_wal_replay_pause()');
    await store.append('a-1', noStream, notedEvents('one', 1));
    pair.lead(pair.standby);
    // the connections that were cut are replaced
    while ((await store.end().catch(() => 'cut')) !== '') await sleep(10);
    await expect(acknowledged.compare()).rejects.toThrow(EventStoreUnavailable);
    await expect(openPostgres({ url: pair.url })).rejects.toThrow(/25006/);
    await pair.standby.ask('SELECT pg_wal_replay_resume()');
    await pair.primary.crash();
    await pair.failOver();
    while ((await store.end().catch(() => '')) === '') await sleep(10);
    expect(await acknowledged.compare()).toBeUndefined();
    expect(alarm.standing()).toBeUndefined();
  });

  it.each(['127.0.0.1:1,127.0.0.1:2', 'one.invalid,other.invalid'])(
    'an address of several servers is refused at the start by a sentence: %s',
    async (hosts) => {
      const url = `postgres://postgres@${hosts}/postgres?target_session_attrs=read-write`;
      await expect(openPostgres({ url })).rejects.toThrow(/(ERR_INVALID_URL|ENOTFOUND|EAI_AGAIN).*address/);
    },
  );
});
