import { EventLogCorrupt, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { agenda } from '../../../domain/agenda/agenda';
import type { Category, FactsByCategory } from '../../../domain/facts';
import { fold } from '../../../domain/kernel/decider';
import { isInSuccession } from '@tichet-albastru/event-log/ports/succession';
import { ofTheLog } from '../../../domain/ops/ops';
import { opsStream } from '@tichet-albastru/kernel/skip';
import { registeredRequest } from '../../../domain/request/request';
import { gaveSlotBack, hasEnded, isRequested, type TicketState, ticket } from '../../../domain/ticket/ticket';
import { previousHashOf, recordedAtOf } from '@tichet-albastru/event-log/codec/event-codec.codec';
import { createEventCodec } from '../../log/codec/event-codec.codec';
import { type ChainFault, verifyChain } from '@tichet-albastru/event-log/codec/verify-chain';
import { erasedKey } from '../../log/keys/destroy-again';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import type { ExaminedInstallation, KeptLog } from './finding';

/** What a doctor has to know of the log, gathered while it is read once, as far as it can be read. */
export type LogSeen = {
  /** why it was not read to its end */
  readonly unreadable?: EventLogCorrupt;
  readonly empty: boolean;
  readonly gaps: FaultsSeen;
  readonly broken: FaultsSeen;
  /** what is said of the log itself */
  readonly ofTheLog: readonly Recorded[];
  /** when the newest fact was recorded */
  readonly newest: string;
  /** keys that personal data are sealed with, and those of the erased */
  readonly keys: { readonly sealing: ReadonlySet<string>; readonly erased: ReadonlySet<string> };
  /** `undefined` where an event of theirs cannot be read */
  readonly bookings: BookingsSeen | undefined;
};

type FaultsSeen = { readonly first?: ChainFault; readonly count: number };

type Ticket = { readonly useless: boolean; readonly ended: boolean; readonly holdId: string | undefined };
type Booked = { readonly name: string; readonly ticketId: string; readonly holdId: string; readonly since: string };
export type BookingsSeen = {
  readonly ticket: (ticketId: string) => Ticket;
  readonly confirmed: readonly Booked[];
  readonly admitted: readonly Booked[];
};

/** Looks at each stream in turn, and says at the end what it saw. `whole`: it could read every event that it wanted to. */
type Looker<T> = { readonly look: (stream: readonly Recorded[]) => void; readonly seen: (whole: boolean) => T };

const faults = (): { readonly add: (fault: ChainFault) => void; readonly seen: () => FaultsSeen } => {
  let seen: FaultsSeen = { count: 0 };
  return {
    add: (fault) => {
      seen = { first: seen.first ?? fault, count: seen.count + 1 };
    },
    seen: () => seen,
  };
};

/** @param cut streams whose beginning may be gone, which is another's to say */
const chains = (cut: ReadonlySet<string>): Looker<Pick<LogSeen, 'gaps' | 'broken'>> => {
  const [gaps, broken] = [faults(), faults()];
  return {
    look: (stream) => {
      const [first] = stream;
      const begins =
        first !== undefined && cut.has(first.stream) ? { revision: first.revision - 1, hash: previousHashOf(first) } : undefined;
      const fault = verifyChain(stream, begins);
      if (fault !== undefined) (fault.reason === 'revision-gap' ? gaps : broken).add(fault);
    },
    seen: () => ({ gaps: gaps.seen(), broken: broken.seen() }),
  };
};

const aboutTheLog = (): Looker<Pick<LogSeen, 'empty' | 'ofTheLog'>> => {
  let empty = true;
  let about: readonly Recorded[] = [];
  return {
    look: (stream) => {
      empty &&= stream.length === 0;
      if (isInSuccession(opsStream(ofTheLog), stream[0]?.stream ?? '')) about = [...about, ...stream];
    },
    seen: (whole) => ({ empty: whole && empty, ofTheLog: about }),
  };
};

const clocks = (): Looker<Pick<LogSeen, 'newest'>> => {
  let newest = '';
  return {
    look: (stream) => {
      for (const event of stream) {
        const at = recordedAtOf(event) ?? '';
        if (at > newest) newest = at;
      }
    },
    seen: () => ({ newest }),
  };
};

const sealedForm = /"sealed":"[^"]*","key":"([^"]+)"/g;

const keysInUse = (): Looker<Pick<LogSeen, 'keys'>> => {
  const [sealing, erased] = [new Set<string>(), new Set<string>()];
  return {
    look: (stream) => {
      for (const event of stream) {
        for (const [, key = ''] of event.body.matchAll(sealedForm)) sealing.add(key.includes(':') ? key : `${key}:${event.stream}`);
        const gone = erasedKey(event);
        if (gone !== undefined) erased.add(gone);
      }
    },
    seen: () => ({ keys: { sealing, erased } }),
  };
};

const unknownTicket: Ticket = { useless: true, ended: true, holdId: undefined };
const summaryOf = (state: TicketState): Ticket => ({
  useless: gaveSlotBack(state) || !isRequested(state),
  ended: hasEnded(state) || state.status === 'absent',
  holdId: isRequested(state) ? state.booking.holdId : undefined,
});

const bookings = (): Looker<Pick<LogSeen, 'bookings'>> => {
  const codec = createEventCodec({ keys: createMemoryKeyStore() });
  const factsOf = <C extends Category>(category: C, stream: readonly Recorded[]): FactsByCategory[C][] =>
    stream.map((event) => codec.decodeOf(category, event).fact);
  const newest = (stream: readonly Recorded[]): string => {
    const last = stream.at(-1);
    return last === undefined ? '' : codec.decode(last).recordedAt;
  };
  const tickets = new Map<string, Ticket>();
  const [confirmed, admitted]: [Booked[], Booked[]] = [[], []];
  return {
    look: (stream) => {
      const name = stream[0]?.stream ?? '';
      if (name.startsWith('ticket-')) tickets.set(name.slice('ticket-'.length), summaryOf(fold(ticket, factsOf('ticket', stream))));
      else if (name.startsWith('agenda-')) {
        const { holds } = fold(agenda, factsOf('agenda', stream));
        for (const { standing, holdId, ticketId } of Object.values(holds))
          if (standing === 'confirmed') confirmed.push({ name, ticketId, holdId, since: newest(stream) });
      } else if (name.startsWith('request-')) {
        const state = fold(registeredRequest, factsOf('request', stream));
        if (state.status !== 'unknown' && state.admission) {
          const { ticketId, holdId, until } = state.admission;
          admitted.push({ name, ticketId, holdId, since: until });
        }
      }
    },
    seen: (whole) => ({
      bookings: whole ? { ticket: (ticketId) => tickets.get(ticketId) ?? unknownTicket, confirmed, admitted } : undefined,
    }),
  };
};

/** The error, where it says that the log cannot be read. @throws any other */
const corruption = (error: unknown): EventLogCorrupt => {
  if (error instanceof EventLogCorrupt) return error;
  throw error;
};

/** A looker that cannot read an event looks no further; the others do. */
const untilUnreadable = <T>({ look, seen }: Looker<T>): { look(stream: readonly Recorded[]): void; seen(ended: boolean): T } => {
  let whole = true;
  return {
    look: (stream) => {
      if (!whole) return;
      try {
        look(stream);
      } catch (error) {
        corruption(error);
        whole = false;
      }
    },
    seen: (ended) => seen(whole && ended),
  };
};

/** Reads the log once, with all lookers. `checkLog` tells what is wrong with a log that cannot be read. */
export const lookAtLog = async (kept: KeptLog): Promise<LogSeen> => {
  const [chain, about, clock, keys, booked] = [
    untilUnreadable(chains((await kept.cut?.()) ?? new Set())),
    untilUnreadable(aboutTheLog()),
    untilUnreadable(clocks()),
    untilUnreadable(keysInUse()),
    untilUnreadable(bookings()),
  ];
  let unreadable: EventLogCorrupt | undefined;
  try {
    for await (const stream of kept.streams()) for (const looker of [chain, about, clock, keys, booked]) looker.look(stream);
  } catch (error) {
    unreadable = corruption(error);
  }
  const ended = unreadable === undefined;
  return {
    ...(unreadable && { unreadable }),
    ...chain.seen(ended),
    ...about.seen(ended),
    ...clock.seen(ended),
    ...keys.seen(ended),
    ...booked.seen(ended),
  };
};

/** What is examined, with what the log says: it is read when a check asks for it first. `undefined` where too little is there to be read. */
export type Examining = ExaminedInstallation & { readonly seen: () => Promise<LogSeen | undefined> };

export const examining = (examined: ExaminedInstallation): Examining => {
  let seen: Promise<LogSeen> | undefined;
  return { ...examined, seen: () => (examined.kept === undefined ? Promise.resolve(undefined) : (seen ??= lookAtLog(examined.kept))) };
};
