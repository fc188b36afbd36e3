import type { AllStreamResolvedEvent, AllStreamSubscription, EventStoreDBClient } from '@eventstore/db-client';
import type { Position, Recorded } from '../../../../application/kernel/ports/event-store';
import type { Connection } from './connection';
import { meaningOf, mayBePoisoned } from './outage';
import { placeOf } from './reader';
import { recordedOf } from './stored-event';
import type { StreamNames } from './stream-names';

/** So many events wait for a slow reader; then the server is told to wait, or aborts and is asked again. */
const mostWaiting = 64;

/** What the next step of a reader is: an event, the server's word that there is nothing more, a failure, or patience. */
export type Step =
  | { readonly kind: 'event'; readonly event: Recorded }
  | { readonly kind: 'end-told' }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'nothing-yet' };

/**
 * One subscription of the client's, until it fails: it never resumes by itself, and says so once or not at all. Its events are taken in
 * order, and the server's "caught up" in its place among them: the client tells it ahead of the events that still wait. Checkpoints are
 * only a sign of life: a real server may send them backwards, doubled, or as the largest of all positions.
 */
export class SubscriptionAttempt {
  private readonly waiting: Recorded[] = [];
  private readonly subscription: AllStreamSubscription;
  private readonly client: EventStoreDBClient;
  private readonly forgetClient: () => void;
  private failure: Error | undefined;
  /** of ours and of others, that came out of the client */
  private received = 0;
  /** the server has told the end once so many were received; undefined when it has not, or it was passed on */
  private endAt: number | undefined;
  private over = false;
  private heard = false;
  private rouse: () => void = () => undefined;
  /** newest position that came from the server */
  private newest: Position;

  constructor(
    private readonly connection: Connection,
    private readonly names: StreamNames,
    after: Position,
  ) {
    this.newest = after;
    this.client = connection.current();
    const hear = (): void => {
      this.heard = true;
    };
    this.subscription = this.client.subscribeToAll(
      { ...connection.asUser, fromPosition: placeOf(after), filter: { ...names.filter, checkpointInterval: 32, checkpointReached: hear } },
      { highWaterMark: 16 },
    );
    this.subscription.on('confirmation', hear);
    this.subscription.on('caughtUp', () => {
      this.heard = true;
      this.endAt = this.received + this.subscription.readableLength;
      this.rouse();
    });
    this.subscription.on('data', (resolved: AllStreamResolvedEvent) => {
      this.receive(resolved);
    });
    this.subscription.on('error', (error) => {
      this.fail(error);
    });
    this.forgetClient = connection.whenGivenUp((error) => {
      this.fail(error);
    });
  }

  next(): Step {
    const event = this.waiting.shift();
    if (event) {
      if (this.waiting.length < mostWaiting / 2 && this.subscription.isPaused()) this.subscription.resume();
      return { kind: 'event', event };
    }
    if (this.failure) return { kind: 'failed', error: this.failure };
    if (this.endAt !== undefined && this.received >= this.endAt) {
      this.endAt = undefined;
      return { kind: 'end-told' };
    }
    return { kind: 'nothing-yet' };
  }

  /** Whether the server has said anything since this was asked last. */
  wasHeard(): boolean {
    const { heard } = this;
    this.heard = false;
    return heard;
  }

  newestReceived(): Position {
    return this.newest;
  }

  /** Until there is another step, the time is over, or the reader is told to stop. */
  wait(signal: AbortSignal, milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.rouse = () => undefined;
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      signal.addEventListener('abort', wake);
      this.rouse = wake;
      if (signal.aborted || this.failure || this.waiting.length > 0) wake();
    });
  }

  /** Ends the call on the server, too: leaving the loop does not. */
  end(): void {
    if (this.over) return;
    this.over = true;
    this.forgetClient();
    this.subscription.pause();
    this.subscription.unsubscribe().catch(() => undefined);
  }

  private receive(resolved: AllStreamResolvedEvent): void {
    if (this.over || this.failure) return;
    this.heard = true;
    this.received += 1;
    try {
      const event = recordedOf(this.names, resolved);
      if (event && event.position > this.newest) {
        this.newest = event.position;
        this.waiting.push(event);
      }
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
    }
    if (this.waiting.length >= mostWaiting) this.subscription.pause();
    this.rouse();
  }

  private fail(error: Error): void {
    if (this.over || this.failure) return;
    this.failure = meaningOf(error);
    if (mayBePoisoned(error)) this.connection.giveUp(this.client);
    this.end();
    this.rouse();
  }
}
