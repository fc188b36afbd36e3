import type { EventStore, Position } from './event-store';

/**
 * Whether an event stands at this very position, of which somebody remembers to have handled it. Otherwise the log has become shorter, or is
 * another one: whatever is written into it now may stand below that position, and whoever reads on from there would pass it over.
 */
export const standsAt = async (store: Pick<EventStore, 'at' | 'end'>, position: Position): Promise<boolean> =>
  position === '' || (store.at === undefined ? (await store.end()) >= position : (await store.at(position)) !== undefined);
