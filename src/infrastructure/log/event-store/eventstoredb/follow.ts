import {
  type CaughtUp,
  EventLogCorrupt,
  EventStoreUnavailable,
  type Position,
  type Recorded,
} from '@tichet-albastru/event-log/ports/event-store';
import { createWakeUp } from '@tichet-albastru/kernel/wake-up';
import type { Connection } from './connection';
import { type LastSeen, lostPosition, type Place, positionLost, standsThere } from './last-seen';
import { isDenied } from './outage';
import type { Reader } from './reader';
import type { StreamNames } from './stream-names';
import { SubscriptionAttempt } from './subscription-attempt';

/** In milliseconds: the pause before the first new attempt, doubled for each that brings nothing, up to the longest. */
export type Pauses = { readonly first: number; readonly longest: number };

export type FollowParts = {
  readonly connection: Connection;
  readonly names: StreamNames;
  readonly reader: Reader;
  readonly lastSeen: LastSeen;
  readonly pauses: Pauses;
  /** after so long without a word the log itself is asked whether a subscription still hears, in milliseconds */
  readonly doubtAfter: number;
};

type Options = { readonly after?: Position; readonly signal: AbortSignal };

/**
 * Follows the log over every failure of the client's subscriptions: each new one begins behind the last event that was handed over and
 * asked on from, so that nothing is lost and nothing comes twice, whatever waited in the old one. That event has to stand where it stood: in a shorter log, or another
 * one, everything that is written below that place would be passed over.
 * A subscription that has gone deaf without a word is found out by asking the log.
 * @throws EventStoreUnavailable when access is denied, the store was closed or what was handled last is not there; every other outage is sat out
 */
export async function* follow(parts: FollowParts, { after = '', signal }: Options): AsyncGenerator<Recorded | CaughtUp, void, undefined> {
  const { pauses } = parts;
  const stopped = (): boolean => signal.aborted;
  let handled: Place = { position: after };
  let failures = 0;
  while (!stopped()) {
    const before = handled;
    for await (const item of attempt(parts, handled, signal)) {
      if (stopped()) return;
      if (!('kind' in item)) {
        yield item;
        handled = item;
      } else if (item.kind === 'caught-up') {
        failures = 0;
        yield item;
      } else if (item.error instanceof EventLogCorrupt || isFinal(item.error)) throw item.error;
      else parts.lastSeen.doubt();
    }
    if (stopped()) return;
    if (parts.connection.isClosed) throw new EventStoreUnavailable('This event store is closed.', 'closed');
    failures = handled.position > before.position ? 1 : failures + 1;
    await pause(signal, Math.min(pauses.first * 2 ** (failures - 1), pauses.longest));
  }
}

type Failed = { readonly kind: 'failed'; readonly error: Error };

/** One subscription, up to its failure, which comes last. `caught-up` is said only of what was handed over before it. */
async function* attempt(parts: FollowParts, last: Place, signal: AbortSignal): AsyncGenerator<Recorded | CaughtUp | Failed> {
  let subscription: SubscriptionAttempt;
  const { position: after } = last;
  try {
    if (!(await standsThere(parts.reader, last))) throw lostPosition();
    subscription = new SubscriptionAttempt(parts, after);
  } catch (error) {
    yield { kind: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
    return;
  }
  const stopped = (): boolean => signal.aborted;
  let position = after;
  let live = false;
  let told = false;
  try {
    while (!stopped()) {
      const step = subscription.next();
      if (step.kind === 'event') {
        yield step.event;
        position = step.event.position;
        parts.reader.sawOne(position);
        parts.lastSeen.saw(step.event);
        told = false;
      } else if (step.kind === 'failed') {
        yield step;
        return;
      } else if (step.kind === 'end-told') {
        live = true;
      } else if (live && !told) {
        // what was written together comes together: not a word between
        await new Promise(setImmediate);
        if (subscription.isMoreWaiting()) continue;
        told = true;
        yield { kind: 'caught-up', position };
      } else {
        await subscription.wait(signal, parts.doubtAfter);
        if (subscription.wasHeard() || stopped()) continue;
        const answer = await hears(parts, subscription, signal);
        if (answer instanceof Error) {
          yield { kind: 'failed', error: answer };
          return;
        }
        // servers before 23.10 do not say that one has caught up
        if (answer === 'all') live = true;
      }
    }
  } finally {
    subscription.end();
  }
}

/** In milliseconds. */
const stillOnItsWay = 500;

/** Whether the subscription has brought the newest event of the log, or at least goes on; otherwise what is wrong with it. */
const hears = async ({ reader }: FollowParts, subscription: SubscriptionAttempt, signal: AbortSignal): Promise<'all' | 'some' | Error> => {
  try {
    const newest = await reader.newest();
    // what was written this moment may still be on its way
    if (newest > subscription.newestReceived()) await subscription.wait(signal, stillOnItsWay);
    if (newest <= subscription.newestReceived()) return 'all';
    if (subscription.wasHeard()) return 'some';
    return new EventStoreUnavailable('A subscription hears nothing of what is in the log.', 'deaf');
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
};

/** Nothing that passes by itself: somebody has to do something. */
const isFinal = (error: Error): boolean => error instanceof EventStoreUnavailable && (isDenied(error.code) || error.code === positionLost);

const pause = (signal: AbortSignal, milliseconds: number): Promise<void> => {
  const wakeUp = createWakeUp();
  return wakeUp.sleep(signal, wakeUp.turn(), milliseconds);
};
