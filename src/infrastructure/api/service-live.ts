import type { FastifyReply, FastifyRequest } from 'fastify';
import { principalKey } from '../../application/kernel/access';
import { pause } from '../../application/kernel/pause';
import type { ReadModels } from '../../application/kernel/ports/read-models';
import { outageOf } from '../database/storage-health';
import { fingerprintOf, type ServiceStatus } from '../nest/service-status';
import { createWakeUp, type WakeUp } from '../runtime/wake-up';
import { isStillTheirs } from './access/principals';
import { officialOf } from './access/viewer';
import { beginStream, type LiveStreams } from './live-streams';

/** Of what no row tells: how far a new table is, what another process did. Rows that change are heard of at once. */
const glanceMilliseconds = 250;
/** Everything is looked at so often: letters, subscriptions, leases, what is parked elsewhere. */
const lookMilliseconds = 1000;
/** A page that is fetched more often than this shows nobody anything. */
const shortestMilliseconds = 150;

const wakeOnChanges = async (readModels: Pick<ReadModels, 'changes'>, wakeUp: WakeUp, signal: AbortSignal): Promise<void> => {
  // a reader that is too slow is sent back to the beginning, which for this one is the next change
  while (!signal.aborted) {
    const changes = readModels.changes(signal)[Symbol.asyncIterator]();
    while ((await changes.next()).done !== true) wakeUp.wake();
    await pause(glanceMilliseconds, signal);
  }
};

/**
 * Tells that the state of the service is another one, and nothing of what: the page is fetched again. Until the browser goes, the service
 * stops, or it is no longer somebody who may know.
 * @param since what `fingerprintOf` said of what the browser shows: whoever shows something else hears so at once
 */
export const tellServiceChanges = async (
  status: Pick<ServiceStatus, 'glance' | 'look'>,
  readModels: Pick<ReadModels, 'changes'>,
  streams: LiveStreams,
  request: FastifyRequest,
  reply: FastifyReply,
  since?: string,
): Promise<void> => {
  const stream = beginStream(streams, principalKey(officialOf(request)), request, reply);
  if (stream === undefined) return;
  const { signal, write, end } = stream;
  const wakeUp = createWakeUp();
  const changes = wakeOnChanges(readModels, wakeUp, signal);
  let [glanced, looked, lookedAt]: [string, string | undefined, number] = ['', since, 0];
  /** Whether anything is another than when this was asked before. */
  const isAnother = async (): Promise<boolean> => {
    const before = glanced;
    glanced = await status.glance();
    if (before !== '' && glanced !== before) return true;
    if (performance.now() - lookedAt < lookMilliseconds) return false;
    const then = looked;
    looked = fingerprintOf(await status.look());
    lookedAt = performance.now();
    return then !== undefined && looked !== then;
  };
  try {
    while (!signal.aborted) {
      const turn = wakeUp.turn();
      try {
        if (await isAnother()) {
          if (!(await isStillTheirs(request))) break;
          write('event: changed\ndata: {}\n\n');
          await pause(shortestMilliseconds, signal);
        }
      } catch (error) {
        // told by the storage's own look, and by the page once it can be made again
        if (outageOf(error) === undefined) throw error;
      }
      await wakeUp.sleep(signal, turn, glanceMilliseconds);
    }
  } finally {
    end();
    await changes;
  }
};
