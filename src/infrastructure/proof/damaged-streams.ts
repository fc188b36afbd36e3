import { type EventStore, type Looking, type StreamDamage, streamDamages } from '@tichet-albastru/event-log/ports/event-store';
import type { Actor, Instant } from '../../domain/kernel/fact';
import { closedName, namesOfClosing, ofDamage, type StreamClosed } from '../../domain/ops/ops';
import { opsStream } from '@tichet-albastru/kernel/skip';
import { fieldsOf, listIn } from '@tichet-albastru/kernel/json.codec';
import type { SignedLogFault } from '@tichet-albastru/signed-log';
import { opsEventsOf } from './accepted-logs';

/** A stream that is not whole, and since when all others go on without it. */
export type DamagedStream = StreamDamage & { readonly closedAt?: Instant };

type Asked = Pick<EventStore, 'read' | 'damaged' | 'readFromWholeLog'>;

/** A person's decision that all others go on without a stream; the reason is sealed. */
export type Closing = Omit<StreamClosed['data'], 'reason'> & { readonly by: Actor };

/** Every one, also of streams that are whole again; the newest first. @throws EventStoreUnavailable */
export const closings = async (store: Asked): Promise<readonly Closing[]> =>
  (await opsEventsOf(store, opsStream(ofDamage)))
    .flatMap(({ fact, actor }) => (fact.type === 'StreamClosed' ? [{ ...fact.data, by: actor }] : []))
    .reverse();

/** @throws EventStoreUnavailable */
export const damagedStreams = async (store: Asked, looking?: Looking): Promise<readonly DamagedStream[]> => {
  const damaged = (await store.damaged?.(looking)) ?? [];
  if (damaged.length === 0) return [];
  // when what was done to which stream was closed first
  const closed = new Map((await closings(store)).map((closing) => [closedName(closing), closing.closedAt]));
  return damaged.map((damage) => {
    const [closedAt] = namesOfClosing(damage).flatMap((name) => closed.get(name) ?? []);
    return { ...damage, ...(closedAt !== undefined && { closedAt }) };
  });
};

/** What keeps all others from going on. @throws EventStoreUnavailable */
export const openDamage = async (store: Asked, looking?: Looking): Promise<readonly StreamDamage[]> =>
  (await damagedStreams(store, looking)).filter(({ closedAt }) => closedAt === undefined);

/** Where every process writes what it has come upon, for those that have not: some of it is told by nothing but the event itself. */
export const damagedKey = 'damaged-streams';

/** What is kept there. */
export const suspectedIn = (text: string | undefined): readonly StreamDamage[] =>
  listIn(text).flatMap((value) => {
    const kept = fieldsOf(value, { stream: 'text', revision: 'number', how: 'text' });
    const how = streamDamages.find((known) => known === kept?.how);
    return kept && how ? [{ ...kept, how }] : [];
  });

export const faultOfDamage = ({ stream, revision, how }: StreamDamage): SignedLogFault => ({
  ...{ reason: 'stream-damaged', number: 0 },
  ...{ stream, revision, how },
});
