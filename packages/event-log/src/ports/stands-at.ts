import type { EventStore, Hash, Position, Recorded } from './event-store';

/** Up to where a reader has handled the log: the position of the last event, and its hash where that was kept. */
export type HandledPlace = { readonly position: Position; readonly hash?: Hash };

/** A log in which a place is looked for; of an event that stands there its hash is enough. */
export type ComparedLog = Pick<EventStore, 'end'> & { at?(position: Position): Promise<Pick<Recorded, 'hash'> | undefined> };

/**
 * Whether the log holds, at this position, the very event that the reader has handled. Otherwise the log has become shorter, or is
 * another one: new events may stand below that position, and a reader that goes on from there would miss them. If the reader kept only
 * the position, any event there will do.
 */
export const standsAt = async (store: ComparedLog, { position, hash }: HandledPlace): Promise<boolean> => {
  if (position === '') return true;
  if (store.at === undefined) return (await store.end()) >= position;
  const standing = await store.at(position);
  return standing !== undefined && (hash === undefined || standing.hash === hash);
};
