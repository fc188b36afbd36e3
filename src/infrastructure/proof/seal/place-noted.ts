import type { Instant } from '../../../domain/kernel/fact';
import type { Position } from '../../../application/kernel/ports/event-store';

/**
 * How far the log is sealed: `size` events, the last of them at `position`, for stores whose positions do not count the events; `at`:
 * when that was signed. Of what was signed last but for a crash between the two.
 */
export type PlaceNoted = { readonly size: number; readonly position: Position; readonly at?: Instant };

/** @returns `undefined` for what was never noted, or cannot be read */
export const placeNoted = (text: string | undefined): PlaceNoted | undefined => {
  try {
    const noted: unknown = JSON.parse(text ?? 'null');
    if (typeof noted !== 'object' || noted === null || !('size' in noted) || !('position' in noted)) return undefined;
    const { size, position } = noted;
    if (typeof size !== 'number' || typeof position !== 'string') return undefined;
    return { size, position, ...('at' in noted && typeof noted.at === 'string' ? { at: noted.at } : {}) };
  } catch {
    return undefined;
  }
};
