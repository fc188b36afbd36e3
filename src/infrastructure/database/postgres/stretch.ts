import { performance } from 'node:perf_hooks';

/** A moment from which this process measures. */
export type Start = { readonly steady: number; readonly wall: number };

export const startNow = (): Start => ({ steady: performance.now(), wall: Date.now() });

/**
 * Milliseconds since then, by whichever clock says more: the steady one is not set back or forth by anybody, but stands still while the
 * machine is suspended; the other one goes on then.
 */
export const millisecondsSince = ({ steady, wall }: Start): number => Math.max(performance.now() - steady, Date.now() - wall);
