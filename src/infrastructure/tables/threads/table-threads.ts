import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { Projection } from '../../../application/kernel/ports/projection';
import type { Rebuilt } from '@tichet-albastru/event-log/ports/projection-store';
import type { FollowedLog } from '@tichet-albastru/event-log/projector/projector-ports';
import { startThread } from '../../runtime/own-files';
import type { FollowElsewhere, RebuildElsewhere } from '@tichet-albastru/event-log/read-models/table-read-models';
import { answersFrom } from '@tichet-albastru/event-log/read-models/asked-log';
import { areKnownToThreads } from './known-to-threads';
import {
  errorOf,
  type KeptIn,
  threadSaid,
  type ThreadHears,
  type ThreadSaid,
  type ThreadTask,
  type WhatToDo,
} from '@tichet-albastru/event-log/read-models/thread-messages.codec';

/** Rows and events are short-lived here: with room for many of them, little of what dies young is copied first. In megabytes. */
const youngGeneration: Readonly<Record<ThreadTask['task'], number>> = { follow: 64, 'follow-asking': 64, rebuild: 128 };

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
      if (heard.kind === 'failed') failure = errorOf(heard.error);
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

/** Rebuilds the read models of this data folder beside their writer: no caller in this thread waits for it. */
export const rebuildInThread =
  (folder: string): RebuildElsewhere =>
  async (projection, signal) => {
    if (!areKnownToThreads([projection])) return undefined;
    const outcomes: Rebuilt[] = [];
    // the caller logs the outcome: what the thread notes is not repeated
    const { over } = startTask({ folder, task: 'rebuild', tables: namesOf([projection]) }, signal, (said) => {
      if (said.kind === 'rebuilt') outcomes.push(said.outcome);
    });
    await over;
    return outcomes[0];
  };

/** The store whose appends it is to be told of. */
type Appending = { whenAppended(tell: () => void): void };

/** What the starter of a thread does for it while it runs. */
type Attending = { readonly hear?: (said: Said) => void; readonly end: () => void };

const followBeside =
  (about: WhatToDo, logger: Logger, attend: (tell: (message: ThreadHears) => void) => Attending): FollowElsewhere =>
  async (projections, signal, committed) => {
    if (!areKnownToThreads(projections)) return 'not-known';
    const { tell, over } = startTask({ ...about, tables: namesOf(projections) }, signal, (said) => {
      if (said.kind === 'committed') committed(said.changes, said.news);
      else if (said.kind === 'noted') logger[said.level](said.event, said.values);
      else attending.hear?.(said);
    });
    const attending = attend(tell);
    await over.finally(attending.end);
    if (signal.aborted) return 'ended';
    throw new Error('The thread that follows the log has ended.');
  };

/** Follows the log of this data folder beside its writer: no caller in this thread waits for the tables. */
export const followInThread = (folder: string, store: Appending, logger: Logger): FollowElsewhere => {
  const following = new Set<(message: ThreadHears) => void>();
  store.whenAppended(() => {
    for (const tell of following) tell('appended');
  });
  return followBeside({ folder, task: 'follow' }, logger, (tell) => {
    following.add(tell);
    return {
      end: () => {
        following.delete(tell);
      },
    };
  });
};

/** Follows a log that is elsewhere: the thread folds what this one hands on of it, so that only one has a connection to it and knows what became of it. */
export const followAskedLog = (keptIn: KeptIn, log: FollowedLog, logger: Logger): FollowElsewhere =>
  followBeside({ keptIn, task: 'follow-asking', tellsPlaces: log.at !== undefined }, logger, (tell) => answersFrom(log, tell));
