import { EventStoreUnavailable, type EventStore } from '../ports/event-store';
import type { AppendOutcome, AppendRequest } from './append-rules';

/** How many stand now, counted from the first; and what kept the next one from it. */
export type WrittenInOrder = { readonly written: number; readonly because?: AppendOutcome };

/**
 * Appends in the order in which they are given. If some fail, the written ones are always the first of the list.
 * The `append` of a store does not promise that for two concurrent appends: they may travel on two connections,
 * and a later one may be written although an earlier one failed.
 */
export type AppendInOrder = (requests: readonly AppendRequest[]) => Promise<WrittenInOrder>;

export const stands = ({ kind }: AppendOutcome): boolean => kind === 'appended' || kind === 'already-appended';

/** For writers that write all or none of them. */
export const allOrNone = (outcomes: readonly AppendOutcome[]): WrittenInOrder => {
  const because = outcomes.find((outcome) => !stands(outcome));
  return because === undefined ? { written: outcomes.length } : { written: 0, because };
};

const outcomeOf = async (store: Pick<EventStore, 'append'>, { stream, expected, events }: AppendRequest): Promise<AppendOutcome> => {
  const [first, ...rest] = events;
  if (first === undefined) return { kind: 'refused', reason: 'An append of nothing.' };
  try {
    return await store.append(stream, expected, [first, ...rest]);
  } catch (error) {
    if (!(error instanceof EventStoreUnavailable)) throw error;
    return { kind: 'unknown', reason: error.code ?? error.message };
  }
};

/** For any store: each waits until the one before it stands. */
export const oneByOne =
  (store: Pick<EventStore, 'append'>): AppendInOrder =>
  async (requests) => {
    let written = 0;
    for (const request of requests) {
      const because = await outcomeOf(store, request);
      if (!stands(because)) return { written, because };
      written += 1;
    }
    return { written };
  };
