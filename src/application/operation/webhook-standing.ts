import type { Instant } from '../../domain/kernel/fact';
import type { EventStore, Position } from '../kernel/ports/event-store';
import type { Operations } from '../kernel/ports/operations';

/** Where an event stands whatever the log's positions are: a log that was moved to another store has others. */
export type Place = { readonly stream: string; readonly revision: number; readonly id: string };

/** How far a target has been told, durable in the operations under its name. */
export type WebhookStanding = {
  /** everything up to here is done with: delivered, or not wanted */
  readonly position: Position;
  /** the event at that position, once one was done with */
  readonly last?: Place;
  /** the event behind it could not be delivered yet */
  readonly failing?: { readonly since: Instant; readonly attempts: number; readonly nextAt: Instant; readonly reason: string };
  /** since when nothing is sent any more until an administrator enables it again */
  readonly disabledAt?: Instant;
};

const registerOf = (target: string): string => `webhook:${target}`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isPlace = (value: unknown): value is Place =>
  isObject(value) && typeof value['stream'] === 'string' && typeof value['revision'] === 'number' && typeof value['id'] === 'string';
const isFailing = (value: unknown): value is NonNullable<WebhookStanding['failing']> =>
  isObject(value) &&
  typeof value['since'] === 'string' &&
  typeof value['attempts'] === 'number' &&
  typeof value['nextAt'] === 'string' &&
  typeof value['reason'] === 'string';
const isStanding = (value: unknown): value is WebhookStanding =>
  isObject(value) &&
  typeof value['position'] === 'string' &&
  (value['last'] === undefined || isPlace(value['last'])) &&
  (value['failing'] === undefined || isFailing(value['failing'])) &&
  (value['disabledAt'] === undefined || typeof value['disabledAt'] === 'string');

/** What is kept is ours: another shape is a fault of the program, and guessing would lose events. */
class StandingUnreadable extends Error {
  override readonly name = 'StandingUnreadable';
}

/** `undefined` for a target that was never told anything. @throws StandingUnreadable */
export const readStanding = async (
  { registers }: { readonly registers: Pick<Operations['registers'], 'get'> },
  target: string,
): Promise<WebhookStanding | undefined> => {
  const text = await registers.get(registerOf(target));
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  if (!isStanding(value)) throw new StandingUnreadable(`What is kept of the webhook ${target} cannot be read.`);
  return value;
};

export const writeStanding = (operations: Pick<Operations, 'registers'>, target: string, standing: WebhookStanding): Promise<void> =>
  operations.registers.put(registerOf(target), JSON.stringify(standing));

/**
 * Where to go on in the log as it is now. After a move the last event is found by its stream; in a log that was restored from before it,
 * nothing is behind the end that could have been told.
 */
export const positionIn = async (store: EventStore, { position, last }: WebhookStanding): Promise<Position> => {
  if (last !== undefined) {
    for await (const recorded of store.read(last.stream, last.revision)) {
      if (recorded.id === last.id) return recorded.position;
      break;
    }
  }
  const end = await store.end();
  return position < end ? position : end;
};
