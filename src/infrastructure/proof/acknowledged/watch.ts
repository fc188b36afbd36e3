import { again, pause } from '@tichet-albastru/kernel/pause';
import {
  EventLogCorrupt,
  type Envelope,
  type EventStore,
  EventStoreUnavailable,
  type NonEmpty,
  type Recorded,
} from '@tichet-albastru/event-log/ports/event-store';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { Operations } from '../../../application/kernel/ports/operations';
import { type HandledPlace, standsAt } from '@tichet-albastru/event-log/ports/stands-at';
import { outageOf } from '@tichet-albastru/event-log/database/storage-health';
import { unlessThrown } from '@tichet-albastru/kernel/error-code';
import { numberOf, positionOf } from '@tichet-albastru/event-log/stores/append-rules';
import type { SignedLogFault } from '@tichet-albastru/signed-log';
import { AcknowledgedGone, type LogAlarm, LogReadOnly, missingKey } from '../alarm/log-alarm';
import { acceptedLogs, isAcceptedAsGone } from '../accepted-logs';
import { countsEvents } from '../signing/signing';
import { keptMissing, withMissing } from './kept-missing';
import { missingFrom, type Missing, type Remembered, type RememberedEvent } from './missing';
import { generation } from './notes';
import { type KeptNotes, rememberedIn } from './notes-file';

/** What this process has acknowledged or signed, held beside the log: the log may become another one while it runs, and by the next start. */
export type Acknowledged = {
  /** An event that was read to be signed. */
  note(event: Recorded): void;
  /**
   * Compares everything that is remembered. What is missing is told, kept, and raises the alarm; before that, all that is cached of the
   * log is dropped.
   * @throws EventStoreUnavailable when the log cannot say now
   */
  compare(): Promise<SignedLogFault | undefined>;
  /** Now and then, of a service that runs: the newest is compared, and everything where the log may be another one. */
  look(): Promise<void>;
  /** Whether the log that answers is known to be another one than it was, and was not compared yet. */
  isAnother(): boolean;
  /** Asks for that now, where asking costs next to nothing. @throws EventStoreUnavailable */
  ask(): Promise<void>;
  /** Does this as well, whenever what is remembered of the log is dropped. */
  whenDropped(drop: () => void): void;
  /** how many of the events that are remembered were missing when they were compared last */
  missing(): number;
  /** how long the oldest note has waited for its file, in milliseconds */
  waits(): number;
};

type Watched = {
  readonly store: EventStore;
  readonly notes: KeptNotes;
  readonly alarm: LogAlarm;
  readonly keyValues: Operations['keyValues'];
  readonly logger: Logger;
  /** up to where the tables have handled the log, as they say themselves; nothing where they have handled none of it */
  readonly handledUntil?: () => Promise<HandledPlace | undefined>;
  /** what the seal misses, which says more than the tables can. @throws EventLogCorrupt */
  readonly signedFault?: () => Promise<SignedLogFault | undefined>;
  /** between two looks while nothing is in doubt, in milliseconds */
  readonly lookEach?: number;
};

/** Of a store whose readers may be behind for a moment, what lacks is looked for again, after so many milliseconds. */
const lookAgainAfter = 1000;
/** Each of them has a line of its own, up to so many. */
const mostLines = 100;
/** So many of the newest events a process begins with that remembers none. */
const firstNotes = 1000;
const usualLook = 2000;
/** An append waits for the comparison with a server that is away as it waits for the server itself, in milliseconds. */
const waits = [50, 200, 500, 1000, 1500];

/** What is gone, but for what a person has accepted as gone. @throws EventStoreUnavailable */
export const stillMissing = async (store: EventStore, remembered: Remembered): Promise<Missing | undefined> => {
  let missing = await missingFrom(store, remembered);
  if (missing !== undefined && !countsEvents(store)) {
    await pause(lookAgainAfter);
    missing = await missingFrom(store, remembered);
  }
  if (missing === undefined) return undefined;
  const accepted = await acceptedLogs(store);
  const events = missing.events.filter((event) => !isAcceptedAsGone(accepted, event));
  if (events.length === 0) return undefined;
  // those around an older one that was accepted were accepted with it
  const older = new Set(remembered.samples?.map(({ hash }) => hash));
  const { behind } = missing;
  return { events, ...(behind !== undefined && events.some(({ hash }) => older.has(hash)) && { behind }) };
};

type HeldAgainst = {
  /** An event of the log, from a caller who reads it anyway: what was seen need not be asked for. */
  readonly see: (event: Recorded) => void;
  /** @throws EventStoreUnavailable */
  readonly compare: (store: EventStore) => Promise<{ readonly missing: Missing | undefined; readonly unreadable: number }>;
};

/**
 * Whether the tables have handled what this log does not have in that place: perhaps only the tables still know of it. What is written
 * now could stand below, and the tables would pass over it.
 */
const areAhead = async (store: EventStore, handled: HandledPlace): Promise<boolean> => {
  if (await standsAt(store, handled)) return false;
  await pause(lookAgainAfter);
  return !(await standsAt(store, handled));
};

/** What the process of this data folder had acknowledged, as far as written, and this log lacks: for a reader beside that process. */
export const acknowledgedIn = async (dataFolder: string): Promise<HeldAgainst> => {
  const { unreadable, ...kept } = await rememberedIn(dataFolder);
  const unseen = new Map([...kept.samples, ...kept.events].map((event) => [event.id, event]));
  return {
    see: ({ id, stream, revision, hash }) => {
      const event = unseen.get(id);
      if (event?.hash === hash && event.stream === stream && event.revision === revision) unseen.delete(id);
    },
    compare: async (store) => ({ missing: unseen.size === 0 ? undefined : await stillMissing(store, kept), unreadable }),
  };
};

/** The same, for a log that the caller has not read. */
export const acknowledgedHere = async (store: EventStore, dataFolder: string): ReturnType<HeldAgainst['compare']> =>
  (await acknowledgedIn(dataFolder)).compare(store);

/** Which alarm that is: the first event that is gone, how many are, and from where on more may be. */
export const faultOf = (store: EventStore, { events, behind }: Missing): SignedLogFault => {
  const [first] = events;
  return {
    reason: 'acknowledged-missing',
    number: first !== undefined && countsEvents(store) ? numberOf(first.position) : 0,
    missing: events.length,
    ...(first && { eventId: first.id, stream: first.stream, revision: first.revision }),
    ...(behind !== undefined && { behind }),
  };
};

/** A day without bookings has no agenda, and that is not told. */
const isToldAsAbsent = (stream: string): boolean => !stream.startsWith('agenda-');

/** Of a whole event what is remembered. */
const remembered = ({ position, stream, revision, id, hash }: RememberedEvent): RememberedEvent => ({
  position,
  stream,
  revision,
  id,
  hash,
});

const appendedAs = (
  counts: boolean,
  stream: string,
  events: NonEmpty<Envelope>,
  { revision, position }: Pick<Recorded, 'revision' | 'position'>,
): readonly RememberedEvent[] =>
  events.map(({ id, hash }, index) => {
    const before = events.length - 1 - index;
    const counted = counts && before > 0;
    const place = { stream, revision: revision - before, position: counted ? positionOf(numberOf(position) - before) : position };
    // a store whose positions count compares the bytes before it answers
    return { id, hash, ...place, ...(!counts && { sent: true }) };
  });

/**
 * The very same store, which remembers every append before it answers. While it is in doubt whether the log is the one that it was,
 * everything is compared first: an append that succeeds on another server must not hide what that server lacks.
 */
export const watchAcknowledged = ({
  store,
  notes,
  alarm,
  keyValues,
  logger,
  handledUntil,
  signedFault,
  lookEach = usualLook,
}: Watched): Acknowledged => {
  const counts = countsEvents(store);
  const drops: (() => void)[] = [];
  /** whether the log is the one that it was: `ask` where the store may know that nothing has changed */
  let doubt: 'none' | 'ask' | 'compare' = 'none';
  let missing: Missing | undefined;
  let comparing: Promise<SignedLogFault | undefined> | undefined;
  let lookedAt = -Infinity;
  let anchor = notes.newest();
  /** noted since the last look */
  let unlooked: RememberedEvent[] = [];
  let calm: AbortSignal | undefined;
  /** whether the log that answers was found to be another one, and was not compared since */
  let isAnother = false;
  // what compares may read what others are not shown meanwhile
  const read = store.read.bind(store);
  const unheld: EventStore = {
    ...{ append: store.append.bind(store), read, readAll: store.readAll.bind(store) },
    ...{ subscribe: store.subscribe.bind(store), end: store.end.bind(store) },
    ...(store.newestEvents && { newestEvents: store.newestEvents.bind(store) }),
    ...(store.at && { at: store.at.bind(store) }),
  };

  const drop = (): void => {
    store.forget?.();
    for (const one of drops) one();
  };
  const mustCompare = (): void => {
    if (doubt !== 'compare') drop();
    doubt = 'compare';
  };
  const mayBeAnother = (): void => {
    if (doubt === 'none') doubt = 'ask';
  };
  const note = (event: RememberedEvent): void => {
    if (notes.add(event) && unlooked.length <= generation) unlooked.push(event);
  };
  const keep = async (): Promise<void> => {
    if (missing === undefined) return;
    const kept = await keyValues.get(missingKey);
    const both = withMissing(kept, missing);
    if (both !== kept) await keyValues.put(missingKey, both);
  };
  /** What others keep was compared as well: what of it stands again is kept no longer. */
  const keepInstead = async (): Promise<void> => {
    await keyValues.put(missingKey, withMissing(undefined, missing ?? { events: [] }));
  };
  const unlessAway = (work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => {
      // the next look tries again
      if (outageOf(error) === undefined) throw error;
    });
  const tell = ({ events }: Missing): void => {
    for (const { id: eventId, stream, position } of events.slice(0, mostLines))
      logger.error('log.acknowledged-missing', { eventId, stream, position, count: events.length });
  };

  /** A folder that remembers nothing, of before or because it was removed, begins with what is there. */
  const begin = async (): Promise<void> => {
    const end = await store.end();
    if (end === '') return;
    const newest = store.newestEvents
      ? await store.newestEvents(firstNotes)
      : store.readAll({ ...(numberOf(end) > firstNotes && { after: positionOf(numberOf(end) - firstNotes) }) });
    let count = 0;
    try {
      for await (const event of newest) {
        note(remembered(event));
        count += 1;
      }
    } catch (error) {
      // what is wrong with the log is another's to say
      if (!(error instanceof EventLogCorrupt)) throw error;
    }
    logger.warn('acknowledged.nothing', { count });
  };

  const raiseWhereAhead = async (): Promise<SignedLogFault | undefined> => {
    const until = (await handledUntil?.()) ?? { position: '' };
    if (!(await areAhead(store, until))) return undefined;
    const signed = signedFault && (await unlessThrown(EventLogCorrupt, undefined, signedFault));
    const fault: SignedLogFault = signed ?? { reason: 'tables-ahead', number: counts ? numberOf(until.position) : 0 };
    await alarm.raise(fault);
    return fault;
  };

  const compareAll = async (): Promise<SignedLogFault | undefined> => {
    doubt = 'compare';
    drop();
    // who only follows the log cannot say what it lacks, neither before nor when it has taken the place meanwhile
    const mayBeAsked = async (): Promise<unknown> => store.isKeptAsBefore?.();
    await mayBeAsked();
    const { events, samples } = notes.remembered();
    if (events.length === 0) await begin();
    anchor = notes.newest();
    unlooked = [];
    const others = alarm.standing() === undefined ? [] : keptMissing(await keyValues.get(missingKey)).events;
    const found = await stillMissing(unheld, { events: [...others, ...events], samples });
    if (found !== undefined) await mayBeAsked();
    doubt = 'none';
    if (found !== undefined && found.events.length !== missing?.events.length) tell(found);
    missing = found;
    if (found === undefined) {
      if (others.length > 0) await unlessAway(keepInstead());
      return raiseWhereAhead();
    }
    const fault = faultOf(store, found);
    await alarm.raise(fault);
    await unlessAway(others.length > 0 ? keepInstead() : keep());
    return fault;
  };
  const compare = (): Promise<SignedLogFault | undefined> =>
    (comparing ??= compareAll()
      .then((fault) => {
        isAnother = false;
        return fault;
      })
      .finally(() => {
        comparing = undefined;
      }));

  /** After an alarm of any origin, what is remembered of the log is dropped, and what this process knows of is told as well. */
  const hearAlarm = (): void => {
    if (calm === alarm.calm()) return;
    calm = alarm.calm();
    // and where it was ended by a person or process that does not know what this one misses, it is looked for again
    if (calm.aborted || missing !== undefined) mustCompare();
    if (!calm.aborted) calm.addEventListener('abort', mustCompare, { once: true });
  };

  const askWhetherSame = async (): Promise<boolean | undefined> => {
    const isSame = await store.isKeptAsBefore?.();
    if (isSame !== false) return isSame;
    logger.warn('log.kept-by-another');
    isAnother = true;
    mustCompare();
    return false;
  };
  /** Compares everything where the log may be another one. @returns whether it is kept as before; `unknown` where only comparing tells */
  const settleDoubt = async (): Promise<'compared' | 'same' | 'unknown'> => {
    let isSame: boolean | undefined;
    if (doubt !== 'compare') {
      isSame = await askWhetherSame();
      if (isSame === undefined && doubt === 'ask') mustCompare();
      else if (isSame === true && doubt === 'ask') doubt = 'none';
    }
    if (doubt !== 'compare') return isSame === true ? 'same' : 'unknown';
    await compare();
    return 'compared';
  };
  const isAway = (error: unknown): boolean => error instanceof EventStoreUnavailable;

  /** Whether something stands again that was missing: a log that is being put back may have been looked at half-way. */
  const isBack = async (): Promise<boolean> => {
    const some = missing?.events.slice(0, firstNotes) ?? [];
    return some.length > 0 && (await stillMissing(unheld, { events: some }))?.events.length !== some.length;
  };

  /** What another process has come to miss since counts here as well. */
  const othersMissMore = async (): Promise<boolean> => {
    const known = new Set(missing?.events.map(({ id }) => id));
    return keptMissing(await keyValues.get(missingKey)).events.some(({ id }) => !known.has(id));
  };

  const lookCheaply = async (): Promise<void> => {
    const kept = await settleDoubt();
    if (kept === 'compared') return;
    if (alarm.standing() !== undefined) {
      await ((await isBack()) || (await othersMissMore()) ? compare() : keep());
      return;
    }
    // where nothing can have come in between, the newest says that those before it are there as well
    const [since, newest] = [unlooked, notes.newest()];
    const events = [anchor, ...(kept === 'same' ? [newest] : since)].filter((event) => event !== undefined);
    [unlooked, anchor] = [[], newest];
    if (since.length > generation && kept === 'unknown') await compare();
    else if (events.length > 0 && (await stillMissing(unheld, { events })) !== undefined) await compare();
  };

  // the next start knows again what a subscriber here has handled; a log that counts its events is followed elsewhere
  const subscribe = store.subscribe.bind(store);
  if (!counts)
    store.subscribe = async function* (options) {
      for await (const item of subscribe(options)) {
        if (!('kind' in item) && item.position > (notes.newest()?.position ?? '')) note(remembered(item));
        yield item;
      }
    };
  /** Another process may have raised it: until this one has compared, it knows of nothing that is gone. */
  const mustHear = (): boolean => doubt === 'compare' && (alarm.standing()?.fault.reason ?? 'stream-damaged') !== 'stream-damaged';
  const lacks = (stream: string): boolean => missing?.events.some((event) => event.stream === stream) === true;
  store.lacks = lacks;
  store.read = async function* (stream, from = 0, most) {
    if (isAnother || mustHear()) await again<unknown>(() => comparing ?? settleDoubt(), waits, isAway);
    let isEmpty = true;
    try {
      for await (const event of read(stream, from, most)) {
        isEmpty = false;
        yield event;
      }
    } catch (error) {
      if (isAway(error)) mayBeAnother();
      throw error;
    }
    if (isEmpty && from === 0 && isToldAsAbsent(stream) && lacks(stream)) throw new AcknowledgedGone(stream);
  };
  const append = store.append.bind(store);
  store.append = async (stream, expected, events) => {
    if (doubt !== 'none') {
      await again(settleDoubt, waits, isAway);
      if (alarm.stops(stream)) throw new LogReadOnly();
    }
    try {
      const result = await append(stream, expected, events);
      if (result.kind === 'appended') for (const one of appendedAs(counts, stream, events, result)) note(one);
      // what stands there may have been written by another process, and behind other events than were meant here
      else if (result.kind === 'already-appended')
        for await (const event of read(stream, Math.max(0, result.revision - events.length + 1), events.length)) note(remembered(event));
      return result;
    } catch (error) {
      if (isAway(error)) mayBeAnother();
      throw error;
    }
  };

  hearAlarm();
  return {
    note: (event) => {
      note(remembered(event));
    },
    compare,
    look: async () => {
      hearAlarm();
      if (doubt === 'none' && performance.now() - lookedAt < lookEach) return;
      lookedAt = performance.now();
      try {
        await lookCheaply();
      } catch (error) {
        if (outageOf(error) === undefined) throw error;
        mayBeAnother();
      }
    },
    whenDropped: (also) => {
      drops.push(also);
    },
    isAnother: () => isAnother,
    ask: async () => {
      await askWhetherSame();
    },
    missing: () => missing?.events.length ?? 0,
    waits: notes.waits,
  };
};
