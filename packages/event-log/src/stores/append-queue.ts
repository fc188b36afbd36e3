import { EventStoreUnavailable, type AppendResult } from '../ports/event-store';
import { AppendRefused, type AppendOutcome, type AppendRequest, type WriteAppends } from './append-rules';

type Waiting = {
  readonly request: AppendRequest;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
};

const mostInOneCommit = 512;
/**
 * With so many waiting, and as many as are being written, the writer begins before the rest of this turn has been encoded:
 * both have work at the same time, in commits of about the same size however many write.
 */
const enoughForACommit = 16;
/** One being written, one ready behind it. */
const mostOnTheirWay = 2;

const settle = ({ resolve, reject }: Waiting, outcome: AppendOutcome | undefined): void => {
  if (outcome === undefined || outcome.kind === 'unknown') {
    reject(
      new EventStoreUnavailable(`The event store cannot say whether it has written (${outcome?.reason ?? 'no answer'}).`, outcome?.reason),
    );
  } else if (outcome.kind === 'refused') reject(new AppendRefused(outcome.reason));
  else resolve(outcome);
};

/** Gathers the appends of one turn of the event loop, and those that come while commits are on their way, into the next commit. */
export const createAppendQueue = (
  write: WriteAppends,
  acknowledged: () => void,
): { readonly append: (request: AppendRequest) => Promise<AppendResult>; readonly idle: () => Promise<void> } => {
  let waiting: Waiting[] = [];
  let onTheirWay = 0;
  let beingWritten = 0;
  let scheduled = false;
  const idlers: (() => void)[] = [];

  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      send();
    });
  };

  const send = (): void => {
    if (waiting.length === 0 || onTheirWay >= mostOnTheirWay) return;
    const batch = waiting.slice(0, mostInOneCommit);
    waiting = waiting.slice(mostInOneCommit);
    onTheirWay += 1;
    beingWritten += batch.length;
    void write(batch.map(({ request }) => request))
      .catch((): readonly AppendOutcome[] => [])
      .then((outcomes) => {
        onTheirWay -= 1;
        beingWritten -= batch.length;
        batch.forEach((one, index) => {
          settle(one, outcomes[index]);
        });
        acknowledged();
        if (waiting.length > 0) schedule();
        else if (onTheirWay === 0) for (const rest of idlers.splice(0)) rest();
      });
  };

  return {
    append: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ request, resolve, reject });
        if (waiting.length >= Math.max(enoughForACommit, beingWritten)) send();
        schedule();
      }),
    idle: () =>
      new Promise((resolve) => {
        if (waiting.length === 0 && onTheirWay === 0) resolve();
        else idlers.push(resolve);
      }),
  };
};
