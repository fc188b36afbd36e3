import { opsStream, type Skip, skipName, skipOf } from '@tichet-albastru/kernel/skip';
import type { AnyEvent } from '../ports/event-codec';
import { throughSuccession } from '../ports/succession';
import type { FollowerPorts } from './projector-ports';

/** The events of one projection that a decision leaves out, by key. */
export type Skips = { has(key: string, eventId: string): boolean };

/** What the log says about it by now: known before the first event, so that a rebuild leaves out what was left out. */
export const readSkips = async ({ store, codec }: Pick<FollowerPorts, 'store' | 'codec'>, projection: string): Promise<Skips> => {
  const names = new Set<string>();
  for (const recorded of (await throughSuccession(store, opsStream(projection))).events) {
    const skip = skipOf(codec.decode(recorded).fact, projection);
    if (skip !== undefined) names.add(skipName(skip));
  }
  return { has: (key, eventId) => names.size > 0 && names.has(skipName({ key, eventId })) };
};

/** The decision, if this event is one about this projection. */
export const skipIn = ({ category, fact }: AnyEvent, projection: string): Skip | undefined =>
  category === 'ops' ? skipOf(fact, projection) : undefined;
