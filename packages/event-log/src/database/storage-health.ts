import { EventStoreUnavailable, type EventStore } from '../ports/event-store';
import type { Logger } from '../ports/logger';
import { ReportingUnavailable } from '../ports/reporting';
import { pause } from '@tichet-albastru/kernel/pause';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { DatabaseUnavailable } from './postgres/database-fault';

/** What may be away by itself: the log, the tables on a server, and what is in the data folder. */
export const places = ['log', 'tables', 'folder'] as const;
export type Place = (typeof places)[number];

/** A place that does not do what it is asked, and the code of what keeps it from that. */
export type Failing = { readonly place: Place; readonly code: string };

/**
 * Asks a place whether it does what it is for.
 * @param thoroughly after a failure: by a write as well. Otherwise by what costs next to nothing.
 */
export type AskPlace = (thoroughly: boolean) => Promise<unknown>;

/** How the writes of one place go. */
export type PlaceHealth = {
  wrote(): void;
  /** Errors that are no fault of the disk or the server are none of its business. */
  failed(error: unknown): void;
};

/**
 * Whether the log, the tables and the folder can be read and written. Each is judged by itself: one that works says nothing about another.
 * A failing place is logged once, and once more when it works again; denied access is logged beside a missing answer.
 */
export type StorageHealth = Readonly<Record<Place, PlaceHealth>> & {
  /** A place that is not watched could not be found well again, so errors heard of it are ignored. */
  watch(place: Place, ask: AskPlace): void;
  /** Takes an error that a caller met; the caller need not know which place it came from. */
  heard(error: unknown): void;
  failing(): readonly Failing[];
  /** Asks every place that fails, or that has not written a moment ago, and each now and then all the same; of one that keeps silent it does not wait for the answer. */
  look(): Promise<void>;
};

/** A place that says nothing for so long is away, in milliseconds; counted only while this process gets its turns. */
const patience = 2000;
const turn = 250;

type Standing = {
  readonly ask?: AskPlace;
  readonly failing?: { readonly code: string; readonly told: ReadonlySet<string>; readonly byWrite: boolean };
  /** since the last look */
  readonly hasWritten?: boolean;
  /** how many looks in a row a write was enough for */
  readonly unasked?: number;
};

/** A write says nothing about readings: after so many looks it is not enough. */
const mostUnasked = 2;

export const createStorageHealth = (logger: Logger): StorageHealth => {
  const standing: Record<Place, Standing> = { log: {}, tables: {}, folder: {} };
  const underWay = new Map<Place, Promise<void>>();
  const change = (place: Place, changed: Standing): void => {
    standing[place] = { ...standing[place], ...changed };
  };

  const fail = (place: Place, error: unknown, byWrite: boolean): void => {
    const code = outageOf(error);
    if (code === undefined) return;
    const { failing } = standing[place];
    const told = failing?.told ?? new Set();
    // of a server that is away, each call may find out in another way
    const cause = ofRights.test(code) ? code : 'away';
    if (!told.has(cause)) logger.error('storage.failing', { place, code });
    const current = failing !== undefined && told.has(cause) ? failing.code : code;
    change(place, {
      hasWritten: false,
      failing: { code: current, told: new Set([...told, cause]), byWrite: byWrite && (failing?.byWrite ?? true) },
    });
  };
  const recover = (place: Place): void => {
    if (standing[place].failing === undefined) return;
    const { failing: _, ...well } = standing[place];
    standing[place] = well;
    logger.info('storage.recovered', { place });
  };

  const healthOf = (place: Place): PlaceHealth => ({
    wrote: () => {
      change(place, { hasWritten: true });
      // that a write goes through says nothing about what could not be read
      if (standing[place].failing?.byWrite === true) recover(place);
    },
    failed: (error) => {
      fail(place, error, true);
    },
  });

  const askNow = async (place: Place, ask: AskPlace): Promise<void> => {
    const thoroughly = standing[place].failing !== undefined;
    const answered = new AbortController();
    const kept: { silence: boolean } = { silence: false };
    const silence = untilSilent(answered.signal).then((isSilent) => {
      if (!isSilent || standing[place].hasWritten === true) return;
      kept.silence = true;
      fail(place, new EventStoreUnavailable('No answer.', noAnswer), false);
    });
    const answer = (async () => {
      try {
        await ask(thoroughly);
      } catch (error) {
        if (kept.silence || outageOf(error) !== undefined) {
          fail(place, error, false);
          return;
        }
      } finally {
        answered.abort();
      }
      // a place that answers only after the limit still makes every caller wait
      if (thoroughly && !kept.silence) recover(place);
    })();
    const told = Promise.race([answer, silence]);
    underWay.set(place, told);
    void answer.finally(() => underWay.delete(place));
    await told;
  };

  return {
    log: healthOf('log'),
    tables: healthOf('tables'),
    folder: healthOf('folder'),
    watch: (place, ask) => {
      change(place, { ask });
    },
    heard: (error) => {
      // they can be made again: no place is away for them
      if (error instanceof ReportingUnavailable) return;
      const place = placeOf(error);
      if (standing[place].ask !== undefined) fail(place, error, false);
    },
    failing: () =>
      places.flatMap((place) => {
        const { failing } = standing[place];
        return failing === undefined ? [] : [{ place, code: failing.code }];
      }),
    look: async () => {
      await Promise.all(
        places.map(async (place) => {
          const { ask, hasWritten = false, failing, unasked = 0 } = standing[place];
          const isEnough = hasWritten && failing === undefined && unasked < mostUnasked;
          change(place, { hasWritten: false, unasked: isEnough ? unasked + 1 : 0 });
          if (ask === undefined || isEnough) return;
          await (underWay.get(place) ?? askNow(place, ask));
        }),
      );
    },
  };
};

const noAnswer = 'deadline-exceeded';
/** An operator has to change something. */
const ofRights = /^(access-denied|not-authenticated)$/;

/** `true` after so many turns without an end: a process that stood still itself has not waited. */
const untilSilent = async (answered: AbortSignal): Promise<boolean> => {
  for (let left = patience; left > 0 && !answered.aborted; left -= turn) await pause(turn, answered);
  return !answered.aborted;
};

const placeOf = (error: unknown): Place => {
  if (error instanceof EventStoreUnavailable) return 'log';
  return error instanceof DatabaseUnavailable ? 'tables' : 'folder';
};

/** SQLite's codes, and those of the operating system, for a disk that cannot take or give what was asked now. */
const ofTheDisk = /^SQLITE_(FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|PERM)(_|$)|^E(NOSPC|DQUOT|IO|ROFS|ACCES|PERM)$/;

/** The code of an error that a disk causes, and that goes away when the disk is mended; `undefined` for any other error. */
export const storageFault = (error: unknown): string | undefined => {
  const code = errorCode(error);
  return code !== undefined && ofTheDisk.test(code) ? code : undefined;
};

/** The code of an error that passes with its cause: a full or failing disk, a server or a store that does not answer; `undefined` for a bug. */
export const outageOf = (error: unknown): string | undefined => {
  if (error instanceof EventStoreUnavailable) return error.code ?? 'unknown';
  return error instanceof DatabaseUnavailable || error instanceof ReportingUnavailable ? error.code : storageFault(error);
};

/** The same store, telling how its appends went. */
export const watchedStore = <S extends EventStore>(store: S, health: PlaceHealth): S => {
  const append = store.append.bind(store);
  store.append = async (stream, expected, events) => {
    try {
      const result = await append(stream, expected, events);
      // a conflict has written nothing
      if (result.kind === 'appended') health.wrote();
      return result;
    } catch (error) {
      health.failed(error);
      throw error;
    }
  };
  return store;
};
