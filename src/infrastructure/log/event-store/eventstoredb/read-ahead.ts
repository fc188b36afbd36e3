import type { Recorded } from '@tichet-albastru/event-log/ports/event-store';

/** Few enough to be small in memory, many enough that a call costs little against its events. */
export const pageSize = 500;

/** A part of a reading, as far as it is ours. `next` is where to go on; not full: there was no more when it was asked for. */
export type Page<Place> = { readonly events: readonly Recorded[]; readonly next: Place; readonly full: boolean };

/**
 * Pages one after the other; while one is looked at, the next is on its way. From the second on only: most readings end with the first.
 * At most two pages are in memory, and a reader who stops leaves one bounded call behind, which ends by itself.
 * @param ask at most so many events from there on
 * @param limit of events in all
 * @returns the events of the next page that has any; none at the end
 */
export const readAhead = <Place>(
  start: Place,
  ask: (from: Place, most: number) => Promise<Page<Place>>,
  limit = Infinity,
): (() => Promise<readonly Recorded[]>) => {
  let from = start;
  let left = limit;
  let most = Math.min(limit, pageSize);
  let early: Promise<Page<Place> | undefined> | undefined;
  let begun = false;
  let over = false;
  return async () => {
    while (!over && left > 0) {
      // one that failed is asked for again: it may be long ago
      const before = await early;
      early = undefined;
      const page = before ?? (await ask(from, most));
      from = page.next;
      // what came early says nothing about the end as it is now
      over = !page.full && !before;
      const events = page.events.slice(0, left);
      left -= events.length;
      if (begun && page.full && left > 0) early = ask(from, pageSize).catch(() => undefined);
      begun = true;
      // what is left of a small limit may stand far behind, among others' events
      most = pageSize;
      if (events.length > 0) return events;
    }
    return [];
  };
};
