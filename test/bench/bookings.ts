import { autocannon } from './support/autocannon';
import { mkdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFiles, pathIn } from '../../src/infrastructure/database/data-folder/data-files';
import { codeOfTicket } from '../../src/application/booking/codes';
import { openReading } from '@tichet-albastru/event-log/database/sqlite/open-database';
import { openBytes } from '@tichet-albastru/event-log/keys/encrypting';
import { ticketHeader } from '../../src/infrastructure/outside/mail/mime';
import { openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { derivedFrom } from '../../src/infrastructure/log/keys/purpose-keys';
import { applicantName, cityHall, filedOn, numberOf } from './support/city-hall';
import { medianOf, quantile, spreadOf } from './support/measuring';
import type { Section } from './support/report';
import { clientOf, serveApart, type Answered } from './support/services';

/** One for each citizen: most of a booking is waiting for a disk, and with 32 of them a quarter of both processors stood idle. */
const connections = 192;
const mostMilliseconds = 120_000;
const people = 20;
/** A code and an invitation. */
const lettersPerBooking = 2;
type Options = { readonly bookings: number; readonly rounds: number; readonly emptySeconds: number; readonly lookups: number };
type Call = ReturnType<typeof clientOf>['call'];

const expecting = (wanted: number, { status, body }: Answered): Answered['body'] => {
  if (status !== wanted) throw new Error(`${status} instead of ${wanted}: ${JSON.stringify(body)}`);
  return body;
};
const textOf = (body: Answered['body'], name: string): string => String(body[name]);
const lookup = (n: number, changes: object = {}): object => ({ requestNumber: numberOf(n), applicantName, filedOn, ...changes });

const day = 86_400_000;
const dateIn = (days: number): string => new Date(Date.now() + days * day).toISOString().slice(0, 10);

/** Books for each request from `first` to before `end`, so many at once, an hour of the person who has it. @param slots of each person */
export const bookAll = async (
  slots: readonly (readonly string[])[],
  { first, end, connections: atOnce }: { readonly first: number; readonly end: number; readonly connections: number },
  book: (n: number, startsAt: string) => Promise<void>,
): Promise<void> => {
  let next = first;
  const work = async (): Promise<void> => {
    while (next < end) {
      const n = next;
      next += 1;
      const startsAt = slots[n % slots.length]?.[Math.floor(n / slots.length)];
      if (startsAt === undefined) throw new Error('There are too few slots.');
      await book(n, startsAt);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
};

/** The free slots of the person who has the n-th request. */
export const slotsFor = async (call: Call, n: number): Promise<readonly string[]> => {
  const token = textOf(expecting(200, await call('POST', '/api/v1/requests/lookup', lookup(n))), 'bookingToken');
  const found: string[] = [];
  for (let week = 0; week < 7; week += 1) {
    const days = `from=${dateIn(3 + week * 7)}&to=${dateIn(9 + week * 7)}`;
    const { slots } = expecting(200, await call('GET', `/api/v1/slots?${days}`, undefined, token)) as { slots: { startsAt: string }[] };
    found.push(...slots.map(({ startsAt }) => startsAt));
  }
  return found;
};

/** Look up and ask for a ticket: without an e-mail nothing is to be confirmed. */
export const bookInPerson = async (call: Call, n: number, startsAt: string): Promise<void> => {
  const found = expecting(200, await call('POST', '/api/v1/requests/lookup', lookup(n)));
  expecting(
    201,
    await call('POST', '/api/v1/tickets', { startsAt, mode: 'in-person', phone: '0740 123 456' }, textOf(found, 'bookingToken')),
  );
};

/** Look up, ask for a ticket, wait for the letter with the code, enter it. */
const book = async (call: Call, n: number, startsAt: string, codeOf: (ticketId: string) => Promise<string>): Promise<void> => {
  const found = expecting(200, await call('POST', '/api/v1/requests/lookup', lookup(n)));
  const { version } = found['recordingNotice'] as { version: string };
  const ticket = { startsAt, mode: 'online', email: `citizen${n}@exemplu.ro`, phone: '0740 123 456', recordingNoticeVersion: version };
  const made = expecting(201, await call('POST', '/api/v1/tickets', ticket, textOf(found, 'bookingToken')));
  const ticketId = textOf(made, 'ticketId');
  const verified = await call(
    'POST',
    `/api/v1/tickets/${ticketId}/verification`,
    { code: await codeOf(ticketId) },
    textOf(made, 'manageToken'),
  );
  if (expecting(200, verified)['status'] !== 'scheduled') throw new Error('The ticket is not scheduled.');
};

/** The letters of an outbox, read as they come: told by the system, for looking through the folder would cost more than a booking. */
const watchOutbox = (folder: string) => {
  const known = new Set<string>();
  const arrived = new Set<string>();
  const waiting = new Map<string, () => void>();
  const take = (name: string | null): void => {
    if (!name?.endsWith('.eml') || known.has(name)) return;
    known.add(name);
    const ticketId = new RegExp(`^${ticketHeader}: (.+)\r$`, 'm').exec(readFileSync(join(folder, name), 'latin1'))?.[1] ?? '';
    arrived.add(ticketId);
    waiting.get(ticketId)?.();
  };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const watcher = watch(folder, (_, name) => {
    take(name);
  });
  return {
    letters: () => known.size,
    first: (ticketId: string) =>
      new Promise<void>((resolve) => {
        if (arrived.has(ticketId)) resolve();
        else waiting.set(ticketId, resolve);
      }),
    close: () => {
      watcher.close();
    },
  };
};

const emptyPosts = async (url: string, seconds: number): Promise<number> => {
  const { requests, non2xx } = await autocannon({
    url: `${url}/empty`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(lookup(0)),
    connections,
    duration: seconds,
  });
  if (non2xx > 0) throw new Error('An empty POST was refused.');
  return requests.average;
};

const wrongLookups = async (call: Call, times: number): Promise<readonly (readonly [string, readonly number[]])[]> => {
  const wrong = [
    ['wrong number', lookup(0, { requestNumber: '499999' }), []],
    ['wrong name', lookup(0, { applicantName: 'Popescu Ioana' }), []],
    ['wrong date', lookup(0, { filedOn: '2026-02-17' }), []],
  ] satisfies (readonly [string, object, number[]])[] as readonly (readonly [string, object, number[]])[];
  for (let time = 0; time < times; time += 1) {
    for (const [, body, taken] of time % 2 === 0 ? wrong : wrong.toReversed()) {
      const from = performance.now();
      expecting(404, await call('POST', '/api/v1/requests/lookup', body));
      taken.push((performance.now() - from) * 1000);
    }
  }
  return wrong.map(([what, , taken]) => [what, taken] as const);
};

export const measureBookings = async ({ bookings, rounds, emptySeconds, lookups }: Options): Promise<readonly Section[]> => {
  const environment = await cityHall({ people, requests: bookings * (rounds + 1) + people });
  const folder = environment.TICHET_DATA_DIR;
  const [service, nothing] = [await serveApart({ ...environment, BENCH_PROCESSES: 'on' }), await serveApart({ BENCH_SERVES: 'nothing' })];
  const { call, close } = clientOf(service.url, connections);
  const codeKey = derivedFrom(openMasterKey(pathIn(folder, dataFiles.masterKey), { create: false }))('kept-answer');
  const keptCodes = openReading(pathIn(folder, dataFiles.operations));
  const keptCode = keptCodes.prepare<[string], string>('SELECT sealed FROM codes WHERE name = ?').pluck();
  const outbox = watchOutbox(pathIn(folder, dataFiles.outbox));
  // The code of the letter, as it is kept: its text need not be read.
  const codeOf = async (ticketId: string): Promise<string> => {
    await outbox.first(ticketId);
    const name = codeOfTicket(ticketId, 1);
    return openBytes(codeKey, Buffer.from(keptCode.get(name) ?? '', 'base64'), `code\u001f${name}`).toString();
  };
  const slots = await Promise.all(Array.from({ length: people }, (_, n) => slotsFor(call, n)));
  const answered: number[] = [];
  const written: number[] = [];
  const empty: number[] = [];
  let next = people;
  // The first round is not counted: neither side is measured before its code is compiled.
  for (let round = 0; round <= rounds; round += 1) {
    const empties = await emptyPosts(nothing.url, emptySeconds);
    const end = next + bookings;
    const from = performance.now();
    await bookAll(slots, { first: next, end, connections }, (n, startsAt) => book(call, n, startsAt, codeOf));
    next = end;
    const allAnswered = bookings / ((performance.now() - from) / 1000);
    while (outbox.letters() < (end - people) * lettersPerBooking) {
      if (performance.now() - from > mostMilliseconds) throw new Error(`${end - people} bookings, and ${outbox.letters()} letters.`);
      await sleep(5);
    }
    const allWritten = bookings / ((performance.now() - from) / 1000);
    if (round === 0) continue;
    empty.push(empties);
    answered.push(allAnswered);
    written.push(allWritten);
  }
  const medians = await wrongLookups(call, lookups);
  await close();
  keptCodes.close();
  outbox.close();
  await service.stop();
  await nothing.stop();
  const raw = spreadOf(empty);
  const figure = (what: string, rates: readonly number[], target?: { readonly atLeast: number }) => ({
    what,
    unit: 'per second',
    raw,
    ours: spreadOf(rates),
    ratio: spreadOf(rates.map((rate, round) => rate / (empty[round] ?? Number.NaN))),
    ...(target && { target }),
  });
  return [
    {
      title: `Complete bookings over HTTP (${connections} connections, ${bookings} a round)`,
      rawMeans:
        'an empty POST of the same Nest and Fastify versions and settings (strict JSON, security headers, metrics), its body validated by the same DTO.',
      figures: [figure('bookings, all letters in the outbox', written, { atLeast: 1 / 25 }), figure('bookings, all answered', answered)],
      whereTheTimeGoes:
        'A booking is three requests, ten events in three streams, two synced letters (text, HTML, calendar entry) and a dozen durable rows. Each citizen has a connection and waits for the letter. The two processors limit: half for answering, a quarter for tables, the rest for letters, log and garbage collection. Both sides have the options of `npm start`; the first round is uncounted.',
    },
    {
      title: 'A lookup with one thing wrong',
      rawMeans: 'none: the three beside one another (median, first to ninth decile).',
      figures: medians.map(([what, taken]) => ({
        what,
        unit: 'µs',
        ours: { median: medianOf(taken), low: quantile(taken, 0.1), high: quantile(taken, 0.9) },
      })),
      whereTheTimeGoes:
        'All three fold one request, decrypt one name and compare once; the difference is below HTTP’s noise. Then one row counts the miss against the address.',
    },
  ];
};
