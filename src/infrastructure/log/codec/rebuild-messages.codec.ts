import type { Rebuilt } from '../../../application/kernel/ports/projection-store';

// Both ends are ours and of one build.

/** Which table of which data folder is to be filled anew. */
export type RebuildTold = { readonly folder: string; readonly projection: string; readonly version: number };

export const rebuildTold = (message: unknown): RebuildTold => message as RebuildTold;
export const toldOutcome = (message: unknown): Rebuilt => message as Rebuilt;
export const stopRebuild = 'stop';
