import { performance } from 'node:perf_hooks';

/** What several rounds gave: the middle one, the lowest and the highest. */
export type Spread = { readonly median: number; readonly low: number; readonly high: number };

export const quantile = (values: readonly number[], part: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
};
export const medianOf = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
};
export const spreadOf = (values: readonly number[]): Spread => ({
  median: medianOf(values),
  low: Math.min(...values),
  high: Math.max(...values),
});

/** How long the work takes, in seconds. */
export const secondsFor = async (work: () => unknown): Promise<number> => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
};

/** Appends a second: so many writers, each with its next append as soon as the last is durable. */
export const ratePerSecond = async (writers: number, seconds: number, append: () => Promise<void>): Promise<number> => {
  const from = performance.now();
  const until = from + seconds * 1000;
  let done = 0;
  await Promise.all(
    Array.from({ length: writers }, async () => {
      while (performance.now() < until) {
        await append();
        done += 1;
      }
    }),
  );
  return done / ((performance.now() - from) / 1000);
};

/** Does the contenders in turn, the order turned round with each round, so that a noisy minute falls on all of them. */
export const inTurn = async <N extends string>(
  rounds: number,
  contenders: Readonly<Record<N, (round: number) => Promise<number>>>,
): Promise<Readonly<Record<N, readonly number[]>>> => {
  const names = Object.keys(contenders) as N[];
  const results = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<N, number[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      globalThis.gc?.();
      results[name].push(await contenders[name](round));
    }
  }
  return results;
};

/** The ratio within each round: what disturbs one disturbs its neighbour. */
export const ratios = (ours: readonly number[], raw: readonly number[]): Spread =>
  spreadOf(ours.map((value, round) => value / (raw[round] ?? Number.NaN)));
