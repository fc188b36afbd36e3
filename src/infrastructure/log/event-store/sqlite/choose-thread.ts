import { performance } from 'node:perf_hooks';
import type { AppendOutcome, AppendRequest, WriteAppends } from '../append-request';

type Writers = {
  readonly here: (requests: readonly AppendRequest[]) => readonly AppendOutcome[];
  readonly inThread: WriteAppends;
};

/** After so many appends with nobody beside them, the next one is taken to be alone as well. */
const enoughAlone = 8;
/** A commit that takes longer, in milliseconds, is not for a thread in which others wait. */
const short = 1;

/**
 * Where the next commit is written. In the writer thread the event loop goes on while the disk is waited for, but the way there and
 * back takes as long as the commit. So whoever appends with nobody beside them, to a disk that answers at once, is served here.
 * Never both at the same time: what is written here is written before anything else is sent.
 */
export const chooseThread = ({ here, inThread }: Writers, now: () => number = () => performance.now()): WriteAppends => {
  let onTheirWay = 0;
  let alone = 0;
  const took = (since: number): void => {
    alone = now() - since < short ? alone + 1 : 0;
  };
  return async (requests) => {
    if (requests.length > 1 || onTheirWay > 0) alone = 0;
    const since = now();
    if (alone >= enoughAlone) {
      const outcomes = here(requests);
      took(since);
      return outcomes;
    }
    onTheirWay += 1;
    const outcomes = await inThread(requests).finally(() => {
      onTheirWay -= 1;
    });
    // a busy event loop hears of it late, and stays with the thread
    took(since);
    return outcomes;
  };
};
