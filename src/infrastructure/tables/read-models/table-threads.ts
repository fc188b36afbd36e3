import type { Logger } from '../../../application/kernel/ports/logger';
import type { Projection } from '../../../application/kernel/ports/projection';
import type { Rebuilt } from '../../../application/kernel/ports/projection-store';
import type { RowChange } from '../../../application/kernel/ports/read-models';
import { startThread } from '../../runtime/own-files';
import { areKnownToThreads } from './known-to-threads';
import { errorOf, threadSaid, type ThreadHears, type ThreadSaid, type ThreadTask } from './thread-messages.codec';

/** Rows and events are short-lived here: with room for many of them, little of what dies young is copied first. In megabytes. */
const youngGeneration: Readonly<Record<ThreadTask['task'], number>> = { follow: 64, rebuild: 128 };

type Said = Exclude<ThreadSaid, { readonly kind: 'failed' }>;

/** Runs this task in a thread of its own. @returns what it can be told, and when it is over: it rejects with what ended it */
const startTask = (task: ThreadTask, signal: AbortSignal | undefined, said: (said: Said) => void) => {
  const worker = startThread('tables', {
    workerData: task,
    resourceLimits: { maxYoungGenerationSizeMb: youngGeneration[task.task] },
  });
  const tell = (message: ThreadHears): void => {
    worker.postMessage(message);
  };
  const stop = (): void => {
    tell('stop');
  };
  const over = new Promise<void>((resolve, reject) => {
    let failure: Error | undefined;
    worker.on('message', (message: unknown) => {
      const heard = threadSaid(message);
      if (heard.kind === 'failed') failure = errorOf(heard);
      else said(heard);
    });
    worker.once('error', (error) => {
      failure = error;
    });
    worker.once('exit', () => {
      signal?.removeEventListener('abort', stop);
      if (failure === undefined) resolve();
      else reject(failure);
    });
  });
  if (signal?.aborted === true) stop();
  else signal?.addEventListener('abort', stop, { once: true });
  return { tell, over };
};

const namesOf = (projections: readonly Projection[]): ThreadTask['tables'] => projections.map(({ name, version }) => ({ name, version }));

/** Fills the table in a thread of its own. `undefined` for a table whose code the threads do not know. */
export type RebuildElsewhere = (projection: Projection, signal?: AbortSignal) => Promise<Rebuilt | undefined>;

/** Rebuilds the read models of this data folder beside whoever writes them: nobody in this thread waits for it. */
export const rebuildInThread =
  (folder: string): RebuildElsewhere =>
  async (projection, signal) => {
    if (!areKnownToThreads([projection])) return undefined;
    const outcomes: Rebuilt[] = [];
    // whoever asked writes down what came of it: what the thread notes is not repeated
    const { over } = startTask({ folder, task: 'rebuild', tables: namesOf([projection]) }, signal, (said) => {
      if (said.kind === 'rebuilt') outcomes.push(said.outcome);
    });
    await over;
    return outcomes[0];
  };

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
  const following = new Set<(message: ThreadHears) => void>();
  store.whenAppended(() => {
    for (const tell of following) tell('appended');
  });
  return async (projections, signal, committed) => {
    if (!areKnownToThreads(projections)) return 'not-known';
    const { tell, over } = startTask({ folder, task: 'follow', tables: namesOf(projections) }, signal, (said) => {
      if (said.kind === 'committed') committed(said.changes);
      else if (said.kind === 'noted') logger[said.level](said.event, said.values);
    });
    following.add(tell);
    await over.finally(() => following.delete(tell));
    if (signal.aborted) return 'ended';
    throw new Error('The thread that follows the log has ended.');
  };
};
