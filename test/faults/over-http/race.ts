import type { Service } from '../../support/service';
import { type Answered, createCaller, inParallel } from './caller';
import { codeOf, lookup, monday, populate, staffIds } from './city';
import { orphansAt, readLedger } from './ledger';

export type Race = { readonly connections: number; readonly racers: number; readonly places: number };
type Result = { readonly lookedUp: number; readonly asked: number; readonly verified?: number; readonly code?: string };

/** The first quarters of an hour of four people's Monday a week ahead, from 08:00 in Bucharest. */
const slotsOf = (count: number) =>
  staffIds.flatMap((staffId) =>
    Array.from({ length: count / staffIds.length }, (_, quarter) => ({
      staffId,
      startsAt: new Date(Date.parse('2026-03-09T06:00:00.000Z') + quarter * 900_000).toISOString(),
    })),
  );

/**
 * Each racer has a request of their own; those who want the same slot come at the same time, each to another process. Every third gives
 * an e-mail.
 */
const race = async (services: readonly Service[], { connections, racers, places }: Race): Promise<readonly Result[]> => {
  const doors = services.map((service) => ({ service, caller: createCaller(service.url, connections / services.length) }));
  const slots = slotsOf(places);
  const wants = Array.from({ length: racers }, (_, racer) => ({
    number: String(100_000 + racer),
    racer,
    ...(racer % 3 === 0 ? { email: `r${String(racer)}@exemplu.ro` } : {}),
    ...(slots[Math.floor((racer * places) / racers)] ?? { staffId: '', startsAt: '' }),
  }));
  const results: Result[] = [];
  const through = (racer: number) => {
    const door = doors[racer % doors.length];
    if (!door) throw new Error('There is no service.');
    return door;
  };
  const first = through(0);
  await populate(first.service, first.caller, wants);
  await inParallel(wants, connections, async ({ number, racer, startsAt, email }) => {
    const { service, caller } = through(racer);
    const found = await lookup(caller, number);
    const body = { startsAt, mode: 'in-person', phone: '0740 123 456', ...(email === undefined ? {} : { email }) };
    const asked: Answered = await caller.call('POST', '/api/v1/tickets', { token: found.body.bookingToken, body });
    const { ticketId, manageToken, code } = asked.body;
    const awaitsCode = asked.status === 201 && email !== undefined;
    const verified = awaitsCode
      ? await through(racer + 1).caller.call('POST', `/api/v1/tickets/${ticketId}/verification`, {
          token: manageToken,
          body: { code: await codeOf(service, ticketId) },
        })
      : undefined;
    results.push({
      lookedUp: found.status,
      asked: asked.status,
      ...(verified ? { verified: verified.status } : {}),
      ...(code ? { code } : {}),
    });
  });
  for (const { caller } of doors) caller.close();
  return results;
};

/** What was answered, and what stands in the log once the services have stopped. */
const aftermath = async (services: readonly Service[], results: readonly Result[]) => {
  const exits: (number | null)[] = [];
  for (const service of services) exits.push(await service.stop());
  const [first] = services;
  if (!first) throw new Error('There is no service.');
  const ledger = await readLedger(first);
  const scheduled = [...ledger.tickets.values()].filter(({ status }) => status === 'scheduled');
  return {
    exits,
    unexpected: results.filter(
      ({ lookedUp, asked, code, verified = 200 }) =>
        lookedUp !== 200 || verified !== 200 || !(asked === 201 || (asked === 409 && code === 'slot-taken')),
    ),
    won: results.filter(({ asked }) => asked === 201).length,
    tickets: scheduled.length,
    orphans: orphansAt(ledger, first.now().toISOString()),
    faults: ledger.faults,
  };
};

/** Starts the services, lets them be raced for, and stops them. */
export const raced = async (services: readonly Service[], how: Race) => {
  try {
    services[0]?.moveClockTo(monday);
    for (const service of services) await service.start();
    return await aftermath(services, await race(services, how));
  } finally {
    for (const service of services) await service.dispose();
  }
};

/** One ticket for each slot, and nothing else. */
export const cleanRace = (services: number, places: number) => ({
  exits: Array.from({ length: services }, () => 0),
  unexpected: [],
  won: places,
  tickets: places,
  orphans: [],
  faults: [],
});
