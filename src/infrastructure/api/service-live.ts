import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalKey } from '../../application/kernel/access';
import { pause } from '@tichet-albastru/kernel/pause';
import type { ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import { outageOf } from '@tichet-albastru/event-log/database/storage-health';
import { fingerprintOf, type ServiceStatus } from '../nest/service-status';
import { createWakeUp, type WakeUp } from '@tichet-albastru/kernel/wake-up';
import { isStillTheirs } from './access/principals';
import { officialOf } from './access/viewer';
import { beginStream, type LiveStreams } from './live-streams';

/** Of what no row tells: how far a new table is, what another process did. Rows that change are heard of at once. */
const glanceMilliseconds = 250;
/** Everything is looked at so often: letters, subscriptions, leases, what is parked elsewhere. */
const lookMilliseconds = 1000;
/** A page that is fetched more often than this cannot be read. */
const shortestMilliseconds = 150;

/** Looks at the state of the service for every page that is open in this process, once for all of them, and while one is. */
export class ServiceWatch {
  readonly #following = new Set<WakeUp>();
  #turns = 0;
  #looked: { readonly fingerprint: string; readonly begunAt: number } | undefined;
  #failure: { readonly error: unknown } | undefined;
  #stop = new AbortController();
  #isWatching = Promise.resolve();

  constructor(
    private readonly status: Pick<ServiceStatus, 'glance' | 'look'>,
    private readonly readModels: Pick<ReadModels, 'changes'>,
  ) {}

  /**
   * Wakes each follower, until the last leaves.
   * @param since what `fingerprintOf` said of what is shown
   * @returns whether anything is another than when this was asked before; throws what ended the looking
   */
  follow(wakeUp: WakeUp, since?: string): { isAnother(): boolean; leave(): Promise<void> } {
    const joinedAt = performance.now();
    let [turns, shown] = [this.#turns, since];
    this.#following.add(wakeUp);
    if (this.#following.size === 1) this.#begin();
    return {
      isAnother: () => {
        if (this.#failure !== undefined) throw this.#failure.error;
        const { fingerprint, begunAt = 0 } = this.#looked ?? {};
        // what was looked at before may be older than what is shown
        const isShown = shown === undefined || begunAt < joinedAt || fingerprint === shown;
        if (begunAt >= joinedAt) shown = undefined;
        const isSame = turns === this.#turns && isShown;
        turns = this.#turns;
        return !isSame;
      },
      leave: async () => {
        this.#following.delete(wakeUp);
        if (this.#following.size > 0) return;
        this.#stop.abort();
        await this.#isWatching;
      },
    };
  }

  #begin(): void {
    this.#stop = new AbortController();
    [this.#looked, this.#failure] = [undefined, undefined];
    const { signal } = this.#stop;
    const before = this.#isWatching;
    this.#isWatching = before
      .then(() => this.#watch(signal))
      .catch((error: unknown) => {
        if (signal.aborted) return;
        this.#failure = { error };
        this.#wakeAll();
      });
  }

  #wakeAll(): void {
    for (const wakeUp of this.#following) wakeUp.wake();
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const wakeUp = createWakeUp();
    const changes = this.#wakeOnChanges(wakeUp, signal);
    let glanced = '';
    try {
      while (!signal.aborted) {
        const turn = wakeUp.turn();
        try {
          const now = await this.status.glance();
          const hasMoved = glanced !== '' && now !== glanced;
          // before it is told: a change later than what is fetched then is told again
          if (hasMoved || performance.now() - (this.#looked?.begunAt ?? -lookMilliseconds) >= lookMilliseconds) await this.#look(hasMoved);
          glanced = now;
        } catch (error) {
          // told by the storage's own look, and by the page once it can be made again
          if (outageOf(error) === undefined) throw error;
        }
        await wakeUp.sleep(signal, turn, glanceMilliseconds);
      }
    } finally {
      await changes;
    }
  }

  async #look(hasMoved: boolean): Promise<void> {
    const before = this.#looked;
    const begunAt = performance.now();
    const fingerprint = fingerprintOf(await this.status.look());
    this.#looked = { fingerprint, begunAt };
    if (hasMoved || (before !== undefined && before.fingerprint !== fingerprint)) this.#turns += 1;
    this.#wakeAll();
  }

  async #wakeOnChanges(wakeUp: WakeUp, signal: AbortSignal): Promise<void> {
    // a reader that is too slow is sent back to the beginning, which for this one is the next change
    while (!signal.aborted) {
      const changes = this.readModels.changes(signal)[Symbol.asyncIterator]();
      while ((await changes.next()).done !== true) wakeUp.wake();
      await pause(glanceMilliseconds, signal);
    }
  }
}

/**
 * Tells that the state of the service has changed, but not how: the browser fetches the page again. Ends when the browser goes, the
 * service stops, or the reader may no longer know.
 * @param since what `fingerprintOf` said of what the browser shows: a browser that shows another state hears so within a second
 */
export const tellServiceChanges = async (
  watch: ServiceWatch,
  streams: LiveStreams,
  request: FastifyRequest,
  reply: FastifyReply,
  since?: string,
): Promise<void> => {
  const stream = beginStream(streams, principalKey(officialOf(request)), request, reply);
  if (stream === undefined) return;
  const { signal, write, end } = stream;
  const wakeUp = createWakeUp();
  const following = watch.follow(wakeUp, since);
  let isOwed = false;
  try {
    while (!signal.aborted) {
      const turn = wakeUp.turn();
      isOwed = following.isAnother() || isOwed;
      try {
        if (isOwed) {
          if (!(await isStillTheirs(request))) break;
          write('event: changed\ndata: {}\n\n');
          isOwed = false;
          await pause(shortestMilliseconds, signal);
        }
      } catch (error) {
        if (outageOf(error) === undefined) throw error;
      }
      await wakeUp.sleep(signal, turn, lookMilliseconds);
    }
  } finally {
    end();
    await following.leave();
  }
};
