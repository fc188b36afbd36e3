import type { Rebuilt } from '../../../application/kernel/ports/projection-store';

// Both ends are ours and of one build.

/** Which table of which data folder is to be filled anew. */
export type RebuildOptions = { readonly folder: string; readonly projection: string; readonly version: number };

export const rebuildOptions = (message: unknown): RebuildOptions => message as RebuildOptions;
export const reportedOutcome = (message: unknown): Rebuilt => message as Rebuilt;
export const stopRebuild = 'stop';
