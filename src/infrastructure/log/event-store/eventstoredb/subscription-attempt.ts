import type { ClientReadableStream } from '@grpc/grpc-js';
import { EventStoreUnavailable, type Position, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { Connection } from './connection';
import { meaningOf, mayBePoisoned } from './outage';
import { subscriptionRequest } from './read-requests';
import type { Reader } from './reader';
import type { Answer } from './read-answer';
import { contentOf } from './stored-event';
import type { StreamNames } from './stream-names';
import type { StubClient } from './stub-client';

/** So many events wait for a slow reader; then the server is told to wait, or aborts and is asked again. */
const mostWaiting = 64;

/** What the next step of a reader is: an event, the server's word that there is nothing more, a failure, or patience. */
export type Step =
  | { readonly kind: 'event'; readonly event: Recorded }
  | { readonly kind: 'end-told' }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'nothing-yet' };

export type AttemptParts = { readonly connection: Connection; readonly names: StreamNames; readonly reader: Reader };

/**
 * One subscription, until it fails: it never resumes by itself, and says so once or not at all. Its events are taken in order, and the
 * server's "caught up" in its place among them. Checkpoints are only a sign of life: a real server may send them backwards, doubled, or
 * as the largest of all positions.
 */
export class SubscriptionAttempt {
  private readonly waiting: (Recorded | 'end-told')[] = [];
  private readonly client: StubClient;
  private readonly forgetClient: () => void;
  private call: ClientReadableStream<Answer> | undefined;
  private failure: Error | undefined;
  private over = false;
  private heard = false;
  private rouse: () => void = () => undefined;
  /** newest position that came from the server */
  private newest: Position;

  constructor(
    private readonly parts: AttemptParts,
    after: Position,
  ) {
    this.newest = after;
    this.client = parts.connection.current();
    this.forgetClient = parts.connection.whenGivenUp((error) => {
      this.fail(error);
    });
    this.begin(after).catch((error: unknown) => {
      this.fail(error instanceof Error ? error : new Error(String(error)));
    });
  }

  private async begin(after: Position): Promise<void> {
    const { connection, reader } = this.parts;
    const stubs = await this.client.streams();
    if (this.over) return;
    const call = this.client.read(stubs, subscriptionRequest(after, reader.filter), connection.asUser);
    this.call = call;
    call.on('data', (answer: Answer) => {
      this.receive(answer);
    });
    let failed = false;
    call.on('error', (error: Error) => {
      failed = true;
      if (this.over) return;
      void this.client.failureOf(stubs, error).then((failure) => {
        this.fail(failure);
      });
    });
    call.on('end', () => {
      // a call that failed ends, too, a moment later
      if (!failed) this.fail(new EventStoreUnavailable('EventStoreDB ended a subscription.', 'ended'));
    });
  }

  next(): Step {
    const next = this.waiting.shift();
    if (this.waiting.length < mostWaiting / 2 && this.call?.isPaused()) this.call.resume();
    if (next === 'end-told') return { kind: 'end-told' };
    if (next) return { kind: 'event', event: next };
    return this.failure ? { kind: 'failed', error: this.failure } : { kind: 'nothing-yet' };
  }

  /** Whether the server has said anything since this was asked last. */
  wasHeard(): boolean {
    const { heard } = this;
    this.heard = false;
    return heard;
  }

  /** Whether the next step is there already. What was only noticed, such as that a stream was deleted, is no step, and nobody waits for it. */
  isMoreWaiting(): boolean {
    return this.waiting.length > 0;
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
    const { call } = this;
    call?.pause();
    // in the middle of what the call says it cannot be cancelled
    setImmediate(() => {
      call?.cancel();
    });
  }

  private receive({ event, isCaughtUp }: Answer): void {
    if (this.over) return;
    this.heard = true;
    if (isCaughtUp) this.waiting.push('end-told');
    const content = event && event.position > this.newest ? contentOf(this.parts.names, event) : undefined;
    if (content) {
      this.newest = content.position;
      this.parts.reader.hear(content, this.waiting);
    }
    if (this.waiting.length >= mostWaiting) this.call?.pause();
    this.rouse();
  }

  private fail(error: Error): void {
    if (this.over) return;
    this.parts.reader.refusesFilter(error);
    this.failure = meaningOf(error);
    if (mayBePoisoned(error)) this.parts.connection.giveUp(this.client);
    this.end();
    this.rouse();
  }
}
