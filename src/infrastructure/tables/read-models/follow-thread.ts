import type { Worker } from 'node:worker_threads';
import type { Logger } from '../../../application/kernel/ports/logger';
import type { Projection } from '../../../application/kernel/ports/projection';
import type { RowChange } from '../../../application/kernel/ports/read-models';
import { startThread } from '../../runtime/own-files';
import { errorOf, followSaid, type FollowHears, type FollowOptions } from '../../log/codec/follow-messages.codec';

/** Rows and events are short-lived here: with room for many of them, little of what dies young is copied first. In megabytes. */
const youngGeneration = 64;

/** Keeps these tables up to the log in a thread of its own, and tells of every commit of it. */
export type FollowElsewhere = (
  projections: readonly Projection[],
  signal: AbortSignal,
  committed: (changes: readonly RowChange[]) => void,
) => Promise<'ended' | 'not-known'>;

/** The store whose appends it is to be told of. */
type Appending = { whenAppended(tell: () => void): void };

/** Follows the log of this data folder beside whoever appends to it: nobody in this thread waits for the tables. */
export const followInThread = (folder: string, store: Appending, logger: Logger): FollowElsewhere => {
  const following = new Set<Worker>();
  const tell = (worker: Worker, message: FollowHears): void => {
    worker.postMessage(message);
  };
  store.whenAppended(() => {
    for (const worker of following) tell(worker, 'appended');
  });
  return (projections, signal, committed) =>
    new Promise((resolve, reject) => {
      const told: FollowOptions = { folder, tables: projections.map(({ name, version }) => ({ name, version })) };
      const worker = startThread('follow', {
        workerData: told,
        resourceLimits: { maxYoungGenerationSizeMb: youngGeneration },
      });
      const stop = (): void => {
        tell(worker, 'stop');
      };
      let known = true;
      let failure: Error | undefined;
      worker.on('message', (message: unknown) => {
        const said = followSaid(message);
        if (said.kind === 'committed') committed(said.changes);
        else if (said.kind === 'noted') logger[said.level](said.event, said.values);
        else if (said.kind === 'not-known') known = false;
        else failure = errorOf(said);
      });
      worker.once('error', (error) => {
        failure = error;
      });
      worker.once('exit', () => {
        following.delete(worker);
        signal.removeEventListener('abort', stop);
        if (failure !== undefined) reject(failure);
        else if (!known) resolve('not-known');
        else if (signal.aborted) resolve('ended');
        else reject(new Error('The thread that follows the log has ended.'));
      });
      following.add(worker);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    });
};
