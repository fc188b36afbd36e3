import { START, type AllStreamResolvedEvent, type EventStoreDBClient } from '@eventstore/db-client';
import type { CaughtUp, EventStore, Position, Recorded } from '../../../src/application/kernel/ports/event-store';
import { positionOf } from '../../../src/infrastructure/log/event-store/append-rules';
import { recordedOf } from '../../../src/infrastructure/log/event-store/eventstoredb/stored-event';
import { streamNames } from '../../../src/infrastructure/log/event-store/eventstoredb/stream-names';

export type FollowFlaw =
  /** takes the server's "caught up" for its own, whatever still waits */
  | 'trusts-caught-up'
  /** goes on from the newest checkpoint */
  | 'trusts-checkpoints'
  /** goes on behind what it has received, not behind what was handled */
  | 'forgets-what-waited'
  /** goes on from where it began */
  | 'starts-again'
  /** takes whatever comes, however slow its reader is */
  | 'takes-everything'
  /** leaves the loop and not the call */
  | 'never-unsubscribes'
  /** waits for an error that never comes */
  | 'never-doubts';

/** What one writes over the client at first. */
export async function* carelessFollow(
  client: EventStoreDBClient,
  store: EventStore,
  flaw: FollowFlaw,
  { after = '', signal }: Parameters<EventStore['subscribe']>[0],
): AsyncGenerator<Recorded | CaughtUp> {
  const names = streamNames();
  const stopped = (): boolean => signal.aborted;
  let handled: Position = after;
  let received: Position = after;
  let checkpoint: Position = after;
  while (!stopped()) {
    const resumeAt = {
      'forgets-what-waited': received,
      'trusts-checkpoints': checkpoint > handled ? checkpoint : handled,
      'starts-again': after,
    };
    const from = flaw in resumeAt ? resumeAt[flaw as keyof typeof resumeAt] : handled;
    const waiting: Recorded[] = [];
    const now = { failed: false, caughtUp: false, rouse: (): void => undefined };
    const subscription = client.subscribeToAll({
      fromPosition: from === '' ? START : { commit: BigInt(from), prepare: BigInt(from) },
      filter: {
        ...names.filter,
        checkpointReached: (_, { commit }) => {
          checkpoint = positionOf(commit);
        },
      },
    });
    subscription.on('data', (resolved: AllStreamResolvedEvent) => {
      const event = recordedOf(names, resolved);
      if (!event) return;
      waiting.push(event);
      received = event.position;
      if (flaw !== 'takes-everything' && waiting.length >= 64) subscription.pause();
      now.rouse();
    });
    subscription.on('caughtUp', () => {
      now.caughtUp = true;
      now.rouse();
    });
    subscription.on('error', () => {
      now.failed = true;
      now.rouse();
    });
    signal.addEventListener('abort', () => {
      now.rouse();
    });
    try {
      let told = true;
      while (!stopped()) {
        if (flaw === 'trusts-caught-up' && now.caughtUp) {
          now.caughtUp = false;
          yield { kind: 'caught-up', position: await store.end() };
        }
        const event = waiting.shift();
        if (event) {
          told = false;
          yield event;
          handled = event.position;
          if (waiting.length < 32) subscription.resume();
        } else if (now.failed) break;
        else if (!told) {
          told = true;
          yield { kind: 'caught-up', position: handled };
        } else
          await new Promise<void>((resolve) => {
            now.rouse = resolve;
          });
        if (now.failed && flaw === 'forgets-what-waited') break;
      }
    } finally {
      if (flaw !== 'never-unsubscribes') await subscription.unsubscribe().catch(() => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
