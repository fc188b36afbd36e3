import { EventStoreUnavailable, type AppendResult } from '../../../application/ports/event-store';
import { AppendRefused } from '../append-rules';
import type { AppendOutcome, AppendRequest } from './sqlite-writer';

type Waiting = {
  readonly request: AppendRequest;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
};
type Write = (requests: readonly AppendRequest[]) => Promise<readonly AppendOutcome[]>;

const mostInOneCommit = 512;

const settle = ({ resolve, reject }: Waiting, outcome: AppendOutcome | undefined): void => {
  if (outcome === undefined || outcome.kind === 'unknown') {
    reject(new EventStoreUnavailable(`The event store cannot say whether it has written (${outcome?.reason ?? 'no answer'}).`));
  } else if (outcome.kind === 'refused') reject(new AppendRefused(outcome.reason));
  else resolve(outcome);
};

/** Gathers the appends of one turn of the event loop, and those that come while a commit is on its way, into the next commit. */
export const createAppendQueue = (
  write: Write,
  acknowledged: () => void,
): { readonly append: (request: AppendRequest) => Promise<AppendResult>; readonly idle: () => Promise<void> } => {
  let waiting: Waiting[] = [];
  let busy: Promise<void> | undefined;

  const drain = async (): Promise<void> => {
    // one turn of the event loop: who asks at the same time goes into the same commit
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostInOneCommit);
      waiting = waiting.slice(mostInOneCommit);
      try {
        const outcomes = await write(batch.map(({ request }) => request));
        batch.forEach((one, index) => {
          settle(one, outcomes[index]);
        });
      } catch {
        for (const one of batch) settle(one, undefined);
      }
      acknowledged();
    }
    busy = undefined;
  };

  return {
    append: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ request, resolve, reject });
        busy ??= drain();
      }),
    idle: async () => {
      while (busy) await busy;
    },
  };
};
