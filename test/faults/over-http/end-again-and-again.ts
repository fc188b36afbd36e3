import { setTimeout as sleep } from 'node:timers/promises';
import { createService, type Service } from '../../support/service';
import { createCaller } from './caller';
import { monday, populate, requestsOf } from './city';
import { createCrowd, type Crowd } from './crowd';
import { brokenPromises } from './kept-promises';
import { readLedger, settled } from './ledger';

const people = 16;
const requests = requestsOf(600);

/** The end comes at a random moment within these milliseconds after so many answers were acknowledged, on machines of any speed. */
const [leastAnswers, withinMilliseconds] = [20, 600];

const untilTheEnd = async ({ acknowledged }: Crowd): Promise<void> => {
  const enough = acknowledged.length + leastAnswers;
  while (acknowledged.length < enough) await sleep(10);
  await sleep(Math.random() * withinMilliseconds);
};

type Ends = {
  readonly times: number;
  /** Ends the service abruptly. */
  readonly end: (service: Service) => void | Promise<void>;
  /** before its first start */
  readonly prepare?: (service: Service) => void;
  readonly settings?: NodeJS.ProcessEnv;
  /** how long the processes may take at the end, in milliseconds */
  readonly patience?: number;
};

/**
 * Ends the service abruptly again and again while citizens and civil servants are at work, a day and a half later each time, and looks after each
 * restart whether everything that was acknowledged stands. At the end all holds and codes have run out: nothing may be half done.
 */
export const endAgainAndAgain = async ({ times, end, prepare, settings = {}, patience = 30_000 }: Ends) => {
  const service = await createService(settings);
  const caller = createCaller(service.url, people);
  try {
    prepare?.(service);
    service.moveClockTo(monday);
    await service.start();
    await populate(service, caller, requests);
    const crowd = createCrowd(service, caller, requests, people);
    const afterEnds: string[] = [];
    for (let time = 0; time < times; time += 1) {
      const stop = new AbortController();
      const work = crowd.work(stop.signal);
      await untilTheEnd(crowd);
      await end(service);
      stop.abort();
      await work;
      service.moveClockTo(new Date(service.now().getTime() + 36 * 3_600_000).toISOString());
      await service.start();
      const ledger = await readLedger(service);
      afterEnds.push(...ledger.faults, ...brokenPromises(ledger, crowd.acknowledged));
      if (afterEnds.length > 0) break;
    }
    const last = await settled(service, patience);
    const deeds = new Map<string, number>();
    for (const { deed } of crowd.acknowledged) deeds.set(deed, (deeds.get(deed) ?? 0) + 1);
    return {
      afterEnds,
      unexpected: crowd.unexpected,
      orphans: last.orphans,
      faults: last.faults,
      deeds: Object.fromEntries(deeds),
      events: last.events.length,
    };
  } finally {
    caller.close();
    await service.dispose();
  }
};
