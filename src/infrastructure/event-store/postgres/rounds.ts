import type { AppendRequest } from '../append-request';

/** For each append, after how many others it must be decided: those of the same stream or with the same id go one after the other. */
export const roundsOf = (requests: readonly AppendRequest[]): readonly number[] => {
  const next = new Map<string, number>();
  return requests.map(({ stream, events }) => {
    const keys = [`stream ${stream}`, ...events.map(({ id }) => `id ${id}`)];
    const round = Math.max(...keys.map((key) => next.get(key) ?? 0));
    for (const key of keys) next.set(key, round + 1);
    return round;
  });
};
