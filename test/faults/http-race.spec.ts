import { createService, type Service } from '../support/service';
import { broken } from './over-http/broken';
import { type Answered, createCaller, inParallel } from './over-http/caller';
import { codeOf, dataOf, lookup, monday, populate, staffIds } from './over-http/city';
import { orphansAt, readLedger } from './over-http/ledger';

const full = process.env['FAULTS'] === 'full';
const connections = 64;

/** The first quarters of an hour of four people's Monday a week ahead, from 08:00 in Bucharest. */
const slotsOf = (count: number) =>
  staffIds.flatMap((staffId) =>
    Array.from({ length: count / staffIds.length }, (_, quarter) => ({
      staffId,
      startsAt: new Date(Date.parse('2026-03-09T06:00:00.000Z') + quarter * 900_000).toISOString(),
    })),
  );

type Result = { readonly lookedUp: number; readonly asked: number; readonly verified?: number; readonly code?: string };

/** Each racer has a request of their own; those who want the same slot come at the same time. Every third gives an e-mail. */
const race = async (service: Service, racers: number, places: number): Promise<readonly Result[]> => {
  const caller = createCaller(service.url, connections);
  const slots = slotsOf(places);
  const wants = Array.from({ length: racers }, (_, racer) => ({
    number: String(100_000 + racer),
    ...(racer % 3 === 0 ? { email: `r${String(racer)}@exemplu.ro` } : {}),
    ...(slots[Math.floor((racer * places) / racers)] ?? { staffId: '', startsAt: '' }),
  }));
  await populate(service, caller, wants);
  const results: Result[] = [];
  await inParallel(wants, connections, async ({ number, startsAt, email }) => {
    const found = await lookup(caller, number);
    const body = { startsAt, mode: 'in-person', ...(email === undefined ? {} : { email }) };
    const asked: Answered = await caller.call('POST', '/api/v1/tickets', { token: found.body.bookingToken, body });
    const { ticketId, manageToken, code } = asked.body;
    const awaitsCode = asked.status === 201 && email !== undefined;
    const verified = awaitsCode
      ? await caller.call('POST', `/api/v1/tickets/${ticketId}/verification`, {
          token: manageToken,
          body: { code: codeOf(service, ticketId) },
        })
      : undefined;
    results.push({
      lookedUp: found.status,
      asked: asked.status,
      ...(verified ? { verified: verified.status } : {}),
      ...(code ? { code } : {}),
    });
  });
  caller.close();
  return results;
};

/** What was answered, and what stands in the log once the service has stopped. */
const aftermath = async (service: Service, results: readonly Result[]) => {
  const exit = await service.stop();
  const ledger = await readLedger(dataOf(service));
  const scheduled = [...ledger.tickets.values()].filter(({ status }) => status === 'scheduled');
  return {
    exit,
    unexpected: results.filter(
      ({ lookedUp, asked, code, verified = 200 }) =>
        lookedUp !== 200 || verified !== 200 || !(asked === 201 || (asked === 409 && code === 'slot-taken')),
    ),
    won: results.filter(({ asked }) => asked === 201).length,
    tickets: scheduled.length,
    orphans: orphansAt(ledger, service.now().toISOString()),
    faults: ledger.faults,
  };
};

const raced = async (racers: number, places: number, settings: NodeJS.ProcessEnv = {}) => {
  const service = await createService(settings);
  try {
    service.moveClockTo(monday);
    await service.start();
    return await aftermath(service, await race(service, racers, places));
  } finally {
    await service.dispose();
  }
};

const clean = (places: number) => ({ exit: 0, unexpected: [], won: places, tickets: places, orphans: [], faults: [] });

describe(`racing bookings over HTTP by ${String(connections)} connections`, () => {
  const [racers, places] = full ? [10_000, 100] : [1_000, 20];

  it(`${String(racers)} for ${String(places)} slots: exactly so many tickets, no orphan hold, no orphan admission`, async () => {
    expect(await raced(racers, places)).toEqual(clean(places));
  }, 600_000);

  it('catches a store that does not look at the expected revision', async () => {
    const { tickets, orphans } = await raced(200, 4, broken('no-expected-revision'));
    expect(tickets).toBeGreaterThan(4);
    expect(orphans).toContainEqual(expect.stringMatching(/^two tickets at/));
  }, 120_000);
});
