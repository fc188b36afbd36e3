import { randomUUID } from 'node:crypto';
import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { filterOf } from './event-filter';
import { streamDeleted, tooSlow } from './failures';
import type { Log, Stored } from './log';
import { type Answer, caughtUpMessage, checkpointMessage, confirmationMessage, nameOf } from './messages';
import type { Misbehaviour } from './misbehaviour';
import { placeAskedFor } from './read-call';

/** Of all subscriptions of an emulator: how many are open, and how many events were sent to them. */
export type SubscriptionFigures = { open: number; sent: number };

type Subscriber = ServerWritableStream<ReadReq, Answer>;

const largestPosition = 2n ** 64n - 1n;

/** Catches up at the subscriber's pace, says so once, then pushes: and aborts whoever is too slow for that, as 23.10 does. */
export class Subscription {
  private readonly options: ReadReq.Options;
  private readonly filter;
  private readonly stream: string | undefined;
  /** of a stream: the next revision; of the whole log: the index of the next event, while the log has this turn */
  private next: number;
  private turn: number;
  /** of the whole log: the position of the event that was looked at last */
  private lookedTo = -1n;
  /** of the whole log: the position that was asked for */
  private readonly startsBehind: bigint | undefined;
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
    private readonly sent: (event: Stored) => void,
  ) {
    this.options = options;
    const stream = options.getStream();
    this.stream = stream && nameOf(stream.getStreamIdentifier());
    this.filter = filterOf(options.getFilter());
    this.startsBehind = placeAskedFor(log, options.getAll());
    figures.open += 1;
    this.turn = log.turn;
    this.next = this.first();
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
    // of a stream that was deleted for ever nothing is confirmed
    if (!this.isDeleted()) call.write(confirmationMessage(randomUUID()));
    this.go();
  }

  private isDeleted(): boolean {
    return this.stream !== undefined && this.log.isTombstoned(this.stream);
  }

  /** After the given place, which is exclusive. */
  private first(): number {
    const stream = this.options.getStream();
    const all = this.options.getAll();
    if ((stream ?? all)?.hasStart()) return 0;
    if (stream) return stream.hasEnd() ? this.endOfStream() : Number(stream.getRevision()) + 1;
    if (all?.hasEnd()) return this.log.events.length;
    this.lookedTo = this.startsBehind ?? 0n;
    return this.log.indexFrom(this.lookedTo + 1n);
  }

  private endOfStream(): number {
    return (this.log.stream(this.stream ?? '').at(-1)?.revision ?? -1) + 1;
  }

  private go(): void {
    if (this.over || this.misbehaviour.muted) return;
    if (this.isDeleted()) {
      this.fail(streamDeleted(this.stream ?? ''));
      return;
    }
    const left = this.stream === undefined ? this.goThroughLog() : this.goThroughStream(this.stream);
    if (left > 0) {
      if (this.live && left > this.misbehaviour.liveBuffer) this.fail(tooSlow());
    } else if (!this.live) this.becomeLive();
  }

  /** @returns how many events wait for the subscriber */
  private goThroughLog(): number {
    const { events, turn } = this.log;
    if (turn !== this.turn) this.next = this.log.indexFrom(this.lookedTo + 1n);
    this.turn = turn;
    while (!this.waitingForDrain && this.next < events.length) {
      const event = events[this.next];
      this.next += 1;
      // whoever asked from beyond the end hears of nothing before that
      if (!event || event.position <= this.lookedTo) continue;
      this.lookedTo = event.position;
      this.consider(event);
    }
    return events.length - this.next;
  }

  /** What metadata hide is passed over. */
  private goThroughStream(stream: string): number {
    const found = this.log.find(stream);
    const events = found.kind === 'events' ? found.events : [];
    const from = Math.max(0, this.next - (events[0]?.revision ?? 0));
    for (let at = from; at < events.length; at += 1) {
      const event = events[at];
      if (this.waitingForDrain || !event) return events.length - at;
      this.next = event.revision + 1;
      this.consider(event);
    }
    return 0;
  }

  private consider(event: Stored): void {
    this.considered += 1;
    if (this.filter.takes(event)) {
      this.figures.sent += 1;
      this.sent(event);
      this.write(event.message);
    }
    if (this.considered % this.filter.checkpointEvery !== 0) return;
    const fault = this.misbehaviour.checkpoints;
    const positions = { ahead: event.position + 1_000_000n, backwards: 1n, largest: largestPosition };
    this.write(checkpointMessage(fault ? positions[fault] : event.position));
  }

  private becomeLive(): void {
    // 23.10 says nothing about a stream that does not exist yet
    if (this.stream !== undefined && this.log.find(this.stream).kind === 'missing') return;
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
