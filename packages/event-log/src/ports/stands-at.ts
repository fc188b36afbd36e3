import type { EventStore, Hash, Position, Recorded } from './event-store';

/** Up to where somebody has handled the log: the position of the last event, and which one it was, where that was kept. */
export type HandledPlace = { readonly position: Position; readonly hash?: Hash };

/** A log in which a place is looked for; of an event that stands there its hash is enough. */
export type ComparedLog = Pick<EventStore, 'end'> & { at?(position: Position): Promise<Pick<Recorded, 'hash'> | undefined> };

/**
 * Whether the very event stands at this position of which somebody remembers to have handled it. Otherwise the log has become shorter, or is
 * another one: whatever is written into it now may stand below that position, and whoever reads on from there would pass it over. Of whoever
 * has kept the position only, any event there is taken for it.
 */
export const standsAt = async (store: ComparedLog, { position, hash }: HandledPlace): Promise<boolean> => {
  if (position === '') return true;
  if (store.at === undefined) return (await store.end()) >= position;
  const standing = await store.at(position);
  return standing !== undefined && (hash === undefined || standing.hash === hash);
};
