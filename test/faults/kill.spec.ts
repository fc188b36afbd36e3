import { setTimeout as sleep } from 'node:timers/promises';
import { createService } from '../support/service';
import { broken } from './over-http/broken';
import { createCaller } from './over-http/caller';
import { monday, populate, staffIds } from './over-http/city';
import { createCrowd, type Crowd } from './over-http/crowd';
import { brokenPromises } from './over-http/kept-promises';
import { readLedger, settled } from './over-http/ledger';

const full = process.env['FAULTS'] === 'full';
const people = 16;
const requests = Array.from({ length: 600 }, (_, index) => ({
  number: String(400_000 + index),
  staffId: staffIds[index % staffIds.length] ?? '',
}));

/** The kill comes at a random moment within these milliseconds after so many answers were acknowledged, on machines of any speed. */
const [leastAnswers, withinMilliseconds] = [20, 600];

const untilTheKill = async ({ acknowledged }: Crowd): Promise<void> => {
  const enough = acknowledged.length + leastAnswers;
  const patience = Date.now() + 10_000;
  while (acknowledged.length < enough && Date.now() < patience) await sleep(10);
  await sleep(Math.random() * withinMilliseconds);
};

type Kills = {
  readonly kills: number;
  readonly settings?: NodeJS.ProcessEnv;
  /** how long the processes may take at the end, in milliseconds */
  readonly patience?: number;
};

/**
 * Kills the service again and again while citizens and civil servants are at work, a day and a half later each time, and looks after each
 * restart whether everything that was acknowledged stands. At the end all holds and codes have run out: nothing may be half done.
 */
const killAgainAndAgain = async ({ kills, settings = {}, patience = 30_000 }: Kills) => {
  const service = await createService(settings);
  const caller = createCaller(service.url, people);
  try {
    service.moveClockTo(monday);
    await service.start();
    await populate(service, caller, requests);
    const crowd = createCrowd(service, caller, requests, people);
    const afterKills: string[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      const stop = new AbortController();
      const work = crowd.work(stop.signal);
      await untilTheKill(crowd);
      await service.kill();
      stop.abort();
      await work;
      service.moveClockTo(new Date(service.now().getTime() + 36 * 3_600_000).toISOString());
      await service.start();
      const ledger = await readLedger(service);
      afterKills.push(...ledger.faults, ...brokenPromises(ledger, crowd.acknowledged));
      if (afterKills.length > 0) break;
    }
    const end = await settled(service, patience);
    const deeds = new Map<string, number>();
    for (const { deed } of crowd.acknowledged) deeds.set(deed, (deeds.get(deed) ?? 0) + 1);
    return {
      afterKills,
      unexpected: crowd.unexpected,
      orphans: end.orphans,
      faults: end.faults,
      deeds: Object.fromEntries(deeds),
      events: end.events.length,
    };
  } finally {
    caller.close();
    await service.dispose();
  }
};

describe('kill -9 under load', () => {
  const kills = full ? 200 : 6;

  it(`${String(kills)} times: nothing acknowledged is lost, chains are whole, every booking is finished or undone`, async () => {
    const { deeds, events, ...outcome } = await killAgainAndAgain({ kills });
    if (full) process.stderr.write(`${JSON.stringify({ kills, events, deeds })}\n`);
    expect(outcome).toEqual({ afterKills: [], unexpected: [], orphans: [], faults: [] });
    for (const deed of ['book', 'verify', 'reschedule', 'cancel', 'start', 'held']) expect(deeds[deed]).toBeGreaterThan(0);
  }, 3_600_000);

  it('catches a store that acknowledges before the commit', async () => {
    const { afterKills } = await killAgainAndAgain({ kills: 4, settings: broken('early-acknowledgement'), patience: 0 });
    expect(afterKills).toContainEqual(expect.stringMatching(/no event at its position|no fact/));
  }, 120_000);

  it('catches a service that leaves bookings half done', async () => {
    const { orphans } = await killAgainAndAgain({ kills: 1, settings: broken('no-booking-process'), patience: 4_000 });
    expect(orphans.length).toBeGreaterThan(0);
  }, 120_000);
});
