import { performance } from 'node:perf_hooks';

/** How much of a time limit is left, in whole milliseconds, at least one: a monotonic clock, which nobody sets. */
export const timeLeft = (milliseconds: number): (() => number) => {
  const end = performance.now() + milliseconds;
  return () => Math.max(1, Math.ceil(end - performance.now()));
};
