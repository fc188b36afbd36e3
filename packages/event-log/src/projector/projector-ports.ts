import type { Clock } from '../ports/clock';
import type { AnyEvent, EventCodec } from '../ports/event-codec';
import type { EventStore, Recorded } from '../ports/event-store';
import type { Logger } from '../ports/logger';
import type { ProjectionStore, UnfinishedBuilds } from '../ports/projection-store';

/** What running projections needs of the world. The clock says only when something was parked. */
export type ProjectorPorts = {
  readonly store: EventStore;
  readonly codec: Pick<EventCodec, 'decode'>;
  readonly rows: ProjectionStore;
  /** left out where no caller looks */
  readonly unfinished?: UnfinishedBuilds;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** What following asks of a log. */
export type FollowedLog = Pick<EventStore, 'end' | 'at' | 'read' | 'readFromWholeLog' | 'subscribe'>;
export type FollowerPorts = Omit<ProjectorPorts, 'store'> & { readonly store: FollowedLog };

/** An event as it was read; decoded at the first use, and once for all users. */
export type ReadEvent = { readonly recorded: Recorded; readonly event: AnyEvent };

/** Events that are read, folded and written together: few enough that one commit of them is some megabytes, of large tables too. */
export const defaultBatchSize = 200;
/** Of a rebuild: a row that several near events touch is written once. Small enough that concurrent writers wait little. */
export const rebuildBatchSize = 3000;

/** Lets everything else that waits have its turn. */
export const yieldToOthers = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** Until the time is up, or the signal aborts. */
export const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    signal?.addEventListener('abort', wake);
  });

/** The sentence of an error, for the list of parked keys. Projections see sealed text only, so it names no person. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));
