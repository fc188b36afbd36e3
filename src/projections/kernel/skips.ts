import { throughSuccession } from '@tichet-albastru/event-log/ports/succession';
import type { DomainEvent } from '../../domain/facts';
import { opsStream, skipName } from '../../domain/ops/ops';
import type { FollowerPorts } from './ports';

/** Which events of which keys of one projection were decided to be left out. */
export type Skips = { has(key: string, eventId: string): boolean };

/** What the log says about it by now: known before the first event, so that a rebuild leaves out what was left out. */
export const readSkips = async ({ store, codec }: Pick<FollowerPorts, 'store' | 'codec'>, projection: string): Promise<Skips> => {
  const names = new Set<string>();
  for (const recorded of (await throughSuccession(store, opsStream(projection))).events) {
    const { fact } = codec.decodeOf('ops', recorded);
    if (fact.type === 'EventSkipped') names.add(skipName(fact.data));
  }
  return { has: (key, eventId) => names.size > 0 && names.has(skipName({ key, eventId })) };
};

/** The decision, if this event is one about this projection. */
export const skipIn = (event: DomainEvent, projection: string): { readonly key: string; readonly eventId: string } | undefined =>
  event.category === 'ops' && event.fact.type === 'EventSkipped' && event.fact.data.projection === projection ? event.fact.data : undefined;
