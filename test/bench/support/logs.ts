import { noHash, type Envelope, type EventStore, type NonEmpty } from '@tichet-albastru/event-log/ports/event-store';
import type { EventCodec } from '../../../src/application/kernel/ports/event-codec';
import type { DomainFact } from '../../../src/domain/facts';
import { v7 } from 'uuid';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { createEventCodec } from '../../../src/infrastructure/log/codec/event-codec.codec';
import { deriveIdentifier } from '@tichet-albastru/event-log/runtime/identifiers';
import { personal } from '../../../src/domain/kernel/personal-text';
import type { Instant } from '../../../src/domain/kernel/fact';
import { plusMinutes } from '../../../src/domain/time/civil-time';
import { booked, held, resolved } from '../../support/chapters';
import { defaultPlot, slotAt, type Plot, type TicketEntry } from '../../support/plot';

export const benchCodec = (): EventCodec => createEventCodec({ keys: createMemoryKeyStore() });

/** The facts as one append to a stream that does not exist yet. */
export const envelopesOf = async (
  codec: EventCodec,
  stream: string,
  entries: readonly (readonly [string, DomainFact, ...unknown[]])[],
): Promise<NonEmpty<Envelope>> => {
  const envelopes: Envelope[] = [];
  const commandId = deriveIdentifier(stream);
  let previousHash = noHash;
  for (const [recordedAt, fact] of entries) {
    const envelope = await codec.encode(fact, {
      stream,
      revision: envelopes.length,
      id: v7(),
      previousHash,
      recordedAt,
      actor: { kind: 'system', id: 'booking' },
      commandId,
      correlationId: commandId,
      causationId: commandId,
    });
    previousHash = envelope.hash;
    envelopes.push(envelope);
  }
  const [first, ...rest] = envelopes;
  if (first === undefined) throw new Error('There is nothing to append.');
  return [first, ...rest];
};

/** Five facts of a ticket. */
const five = ['Requested', 'EmailVerified', 'Scheduled', 'Held', 'ResolutionIssued'];

/** How many people a city hall has, and how many meetings each of them has in a day. */
export type Town = { readonly people: number; readonly meetingsADay: number };
/** Four hundred meetings a week. */
const largeTown: Town = { people: 40, meetingsADay: 2 };
const week = 7 * 24 * 60;
const day = 24 * 60;
/** Every meeting is booked so many minutes ahead: three days, which keeps the 48 hours. */
const bookedAhead = 3 * day;
const firstDay = '2026-03-02T06:00:00.000Z';
export const staffIdOf = (n: number, { people }: Town): string => `S-${String(n % people).padStart(3, '0')}`;
/** The beginning of the week in which the n-th meeting is. */
export const weekOf = (n: number, { people, meetingsADay }: Town): Instant =>
  plusMinutes(firstDay, Math.floor(n / (5 * people * meetingsADay)) * week);
/** Monday to Friday, person after person. */
export const plotOf = (n: number, town = largeTown): Plot => {
  const perDay = town.people * town.meetingsADay;
  const weekday = Math.floor((n % (5 * perDay)) / perDay);
  const quarter = Math.floor(n / town.people) % town.meetingsADay;
  const startsAt = plusMinutes(weekOf(n, town), weekday * day + quarter * 15);
  return {
    ...defaultPlot,
    ticketId: v7(),
    staffId: staffIdOf(n, town),
    requestedAt: plusMinutes(startsAt, -bookedAhead),
    slot: slotAt(startsAt),
  };
};

/** What is written together is recorded together, when the last of it has happened: a log whose times contradict its order is another matter. */
const together = (entries: readonly TicketEntry[]): readonly TicketEntry[] => {
  const some = entries.filter(([, { type }]) => five.includes(type));
  const at = some.at(-1)?.[0];
  return at === undefined ? [] : some.map(([, fact]) => [at, fact]);
};

/** `Requested`, `EmailVerified`, `Scheduled`, `Held`, `ResolutionIssued`, of the n-th ticket. */
export const lifeOf = (n: number, town = largeTown): { readonly stream: string; readonly entries: readonly TicketEntry[] } => {
  const plot = plotOf(n, town);
  const entries = [...together(booked(plot)), ...together([...held(plot), ...resolved(plot)])].map(
    ([at, fact]) => [at, 'request' in fact.data ? { ...fact, data: { ...fact.data, request: requestOf(n) } } : fact] as TicketEntry,
  );
  return { stream: `ticket-${plot.ticketId}`, entries };
};

const requests = 1000;
const requestOf = (n: number) => ({ number: String(200_000 + (n % requests)), filedOn: '2026-02-16' });
const registeredAt = '2026-02-01T08:00:00.000Z';

/** Who the tickets are with, and the requests that they are about. */
const registry = (town: Town): readonly { readonly stream: string; readonly fact: DomainFact }[] => [
  ...Array.from({ length: town.people }, (_, n) => ({
    stream: `staff-${staffIdOf(n, town)}`,
    fact: {
      type: 'StaffRegistered',
      data: {
        staffId: staffIdOf(n, town),
        name: personal('staff', 'Ana Pop'),
        email: personal('staff', 'ana.pop@primarie.example'),
        role: 'executive',
        department: 'Serviciul Urbanism',
        departmentCode: '425',
        registeredAt,
      },
    } satisfies DomainFact,
  })),
  ...Array.from({ length: requests }, (_, n) => ({
    stream: `request-${requestOf(n).number}_${requestOf(n).filedOn}`,
    fact: {
      type: 'RequestRegistered',
      data: {
        ...requestOf(n),
        applicantName: personal('name', 'Ion Popescu'),
        handlerStaffId: staffIdOf(n, town),
        status: 'in-operation',
        registeredAt,
      },
    } satisfies DomainFact,
  })),
];

/** The first three facts belong to the booking, the other two to the meeting. */
const bookingFacts = 3;

type Life = { readonly stream: string; readonly events: readonly Envelope[]; readonly bookedAt: Instant; readonly heldAt: Instant };

export type TicketLog = {
  /** Goes on until so many tickets were booked. The meetings of the last three days are still to come. */
  bookUntil(tickets: number): Promise<void>;
  /** Holds the meetings of all that were booked. */
  finish(): Promise<void>;
};

/** A log of tickets, five facts each, in the order in which a city hall would have written them. It remembers no more than it needs. */
export const startTicketLog = async (store: EventStore, codec: EventCodec, town = largeTown): Promise<TicketLog> => {
  const append = async ({ stream, events }: Life, from: number, to?: number): Promise<void> => {
    const [first, ...rest] = events.slice(from, to);
    const before = events[from - 1];
    if (first === undefined) throw new Error('There is nothing to append.');
    await store.append(stream, before === undefined ? { kind: 'no-stream' } : { kind: 'at', revision: from - 1, hash: before.hash }, [
      first,
      ...rest,
    ]);
  };
  for (const { stream, fact } of registry(town))
    await store.append(stream, { kind: 'no-stream' }, await envelopesOf(codec, stream, [[registeredAt, fact]]));
  let booked = 0;
  const toBeHeld: Life[] = [];
  let appends: Promise<void>[] = [];
  const nextLife = async (): Promise<Life> => {
    const { stream, entries } = lifeOf(booked, town);
    const [bookedAt = '', heldAt = ''] = [entries[0]?.[0], entries.at(-1)?.[0]];
    return { stream, events: await envelopesOf(codec, stream, entries), bookedAt, heldAt };
  };
  const flush = async (atLeast: number): Promise<void> => {
    if (appends.length < atLeast) return;
    await Promise.all(appends);
    appends = [];
  };
  const holdNext = (): void => {
    const meets = toBeHeld.shift();
    if (meets !== undefined) appends.push(append(meets, bookingFacts));
  };
  return {
    bookUntil: async (tickets) => {
      for (; booked < tickets; booked += 1) {
        const life = await nextLife();
        while ((toBeHeld[0]?.heldAt ?? life.bookedAt) < life.bookedAt) holdNext();
        toBeHeld.push(life);
        appends.push(append(life, 0, bookingFacts));
        await flush(200);
      }
      await flush(0);
    },
    finish: async () => {
      while (toBeHeld.length > 0) {
        holdNext();
        await flush(200);
      }
      await flush(0);
    },
  };
};

/** Writes such a log of so many tickets. */
export const writeTickets = async (store: EventStore, tickets: number): Promise<void> => {
  const log = await startTicketLog(store, benchCodec());
  await log.bookUntil(tickets);
  await log.finish();
};

/** Meetings by telephone from the request to the resolution: seven facts each, after which nothing is left to be done. */
export const writeTelephoneTickets = async (store: EventStore, codec: EventCodec, from: number, to: number): Promise<void> => {
  for (let first = from; first < to; first += 200) {
    await Promise.all(
      Array.from({ length: Math.min(200, Math.ceil(to - first)) }, async (_, index) => {
        const plot = { ...plotOf(first + index), mode: 'phone', withEmail: false } as const;
        const stream = `ticket-${plot.ticketId}`;
        const facts = [...booked(plot), ...held(plot), ...resolved(plot)];
        await store.append(stream, { kind: 'no-stream' }, await envelopesOf(codec, stream, facts));
      }),
    );
  }
};
