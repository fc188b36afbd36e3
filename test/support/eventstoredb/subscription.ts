import { randomUUID } from 'node:crypto';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { filterOf } from './event-filter';
import { streamDeleted, tooSlow } from './failures';
import type { Log, Stored } from './log';
import { type Answer, caughtUpMessage, checkpointMessage, confirmationMessage, nameOf } from './messages';
import type { Misbehaviour } from './misbehaviour';

/** Of all subscriptions of an emulator: how many are open, and how many events were sent to them. */
export type SubscriptionFigures = { open: number; sent: number };

type Subscriber = ServerWritableStream<ReadReq, Answer>;

const largestPosition = 2n ** 64n - 1n;

/** Catches up at the subscriber's pace, says so once, then pushes: and aborts whoever is too slow for that, as 23.10 does. */
export class Subscription {
  private readonly options: ReadReq.Options;
  private readonly filter;
  private readonly stream: string | undefined;
  /** index of the next event of the source to look at */
  private next: number;
  private considered = 0;
  private waitingForDrain = false;
  private live = false;
  private over = false;
  private readonly stopListening: () => void;

  constructor(
    private readonly call: Subscriber,
    options: ReadReq.Options,
    private readonly log: Log,
    private readonly misbehaviour: Misbehaviour,
    private readonly figures: SubscriptionFigures,
  ) {
    figures.open += 1;
    this.options = options;
    const stream = options.getStream();
    this.stream = stream && nameOf(stream.getStreamIdentifier());
    this.filter = filterOf(options.getFilter());
    this.next = this.firstIndex();
    call.on('cancelled', () => {
      this.end();
    });
    call.on('drain', () => {
      this.waitingForDrain = false;
      this.go();
    });
    this.stopListening = log.onChange(() => {
      this.go();
    });
    call.write(confirmationMessage(randomUUID()));
    this.go();
  }

  private source(): readonly Stored[] {
    return this.stream === undefined ? this.log.events : this.log.stream(this.stream);
  }

  /** After the given place, which is exclusive. */
  private firstIndex(): number {
    const stream = this.options.getStream();
    const all = this.options.getAll();
    if ((stream ?? all)?.hasStart()) return 0;
    if ((stream ?? all)?.hasEnd()) return this.source().length;
    if (stream) return Number(stream.getRevision()) + 1;
    const after = BigInt(all?.getPosition()?.getCommitPosition() ?? 0);
    return this.log.indexFrom(after + 1n);
  }

  private go(): void {
    if (this.over || this.misbehaviour.muted) return;
    if (this.stream !== undefined && this.log.isTombstoned(this.stream)) {
      this.fail(streamDeleted(this.stream));
      return;
    }
    const source = this.source();
    while (!this.waitingForDrain && this.next < source.length) {
      const event = source[this.next];
      this.next += 1;
      if (event) this.consider(event);
    }
    if (this.next < source.length) {
      if (this.live && source.length - this.next > this.misbehaviour.liveBuffer) this.fail(tooSlow());
    } else if (!this.live) this.becomeLive();
  }

  private consider(event: Stored): void {
    this.considered += 1;
    if (this.filter.takes(event)) {
      this.figures.sent += 1;
      this.write(event.message);
    }
    if (this.considered % this.filter.checkpointEvery !== 0) return;
    const fault = this.misbehaviour.checkpoints;
    const positions = { ahead: event.position + 1_000_000n, backwards: 1n, largest: largestPosition };
    this.write(checkpointMessage(fault ? positions[fault] : event.position));
  }

  private becomeLive(): void {
    // 23.10 says nothing about a stream that does not exist yet
    if (this.stream !== undefined && this.source().length === 0) return;
    this.live = true;
    const after = this.misbehaviour.caughtUpAfter;
    if (after === undefined) return;
    if (after === 0) this.write(caughtUpMessage());
    else
      setTimeout(() => {
        if (!this.over) this.write(caughtUpMessage());
      }, after);
  }

  private write(message: Answer): void {
    if (!this.call.write(message)) this.waitingForDrain = true;
  }

  private fail(error: Error): void {
    this.end();
    this.call.emit('error', error);
  }

  private end(): void {
    if (this.over) return;
    this.over = true;
    this.figures.open -= 1;
    this.stopListening();
  }
}
