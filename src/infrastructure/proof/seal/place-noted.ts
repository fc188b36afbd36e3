import type { Position } from '../../../application/ports/event-store';

/** How far the log is sealed, for stores whose positions do not count its events: `size` events, the last of them at `position`. */
export type PlaceNoted = { readonly size: number; readonly position: Position };

/** @returns `undefined` for what was never noted, or cannot be read */
export const placeNoted = (text: string | undefined): PlaceNoted | undefined => {
  try {
    const noted: unknown = JSON.parse(text ?? 'null');
    if (typeof noted !== 'object' || noted === null || !('size' in noted) || !('position' in noted)) return undefined;
    const { size, position } = noted;
    return typeof size === 'number' && typeof position === 'string' ? { size, position } : undefined;
  } catch {
    return undefined;
  }
};
