import type { AppendRequest } from '../append-request';

const keysOf = ({ stream, events }: AppendRequest): readonly string[] => [`stream ${stream}`, ...events.map(({ id }) => `id ${id}`)];

/** For each append, after how many others it must be decided: those of the same stream or with the same id go one after the other. */
export const roundsOf = (requests: readonly AppendRequest[]): readonly number[] => {
  const next = new Map<string, number>();
  return requests.map((request) => {
    const keys = keysOf(request);
    const round = Math.max(...keys.map((key) => next.get(key) ?? 0));
    for (const key of keys) next.set(key, round + 1);
    return round;
  });
};

/**
 * The same, where positions must rise in the order of the appends: whole rounds are placed one after the other, so that no append may be
 * in an earlier round than the one before it. More rounds than need be.
 */
export const roundsInOrderOf = (requests: readonly AppendRequest[]): readonly number[] => {
  let round = 0;
  let seen = new Set<string>();
  return requests.map((request) => {
    const keys = keysOf(request);
    if (keys.some((key) => seen.has(key))) {
      round += 1;
      seen = new Set();
    }
    for (const key of keys) seen.add(key);
    return round;
  });
};
