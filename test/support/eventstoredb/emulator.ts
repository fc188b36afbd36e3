import {
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerWritableStream,
  type ServiceError,
} from '@grpc/grpc-js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { AppendReq, AppendResp, BatchAppendReq, BatchAppendResp, ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { appendAnswer, appendOf, makeAppend } from './append-call';
import { BatchGatherer, batchAnswer, timedOut } from './batch-append';
import { accessDenied, notLeader, notReady } from './failures';
import { Log } from './log';
import { type Answer, serialized } from './messages';
import { type Call, type Mischief, Misbehaviour } from './misbehaviour';
import { readAnswers } from './read-call';
import { Subscription, type SubscriptionFigures } from './subscription';
import { Wire } from './wire';

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The service of the stubs, but for events that are encoded already. */
const streamsService = { ...StreamsService, read: { ...StreamsService.read, responseSerialize: serialized } };

const isServiceError = (error: unknown): error is ServiceError => error instanceof Error && 'code' in error;

/**
 * The wire contract of EventStoreDB 23.10 as far as the client for streams uses it, over its own stubs. Keeps its log across restarts,
 * and misbehaves when told to. Not emulated: deletion with metadata, links, projections, access lists, gossip, TLS.
 */
export class Emulator {
  readonly log = new Log();
  readonly misbehaviour = new Misbehaviour();
  /** how often each kind of call was begun */
  readonly calls = new Map<Call | 'batch-append', number>();
  readonly subscriptions: SubscriptionFigures = { open: 0, sent: 0 };
  private server: Server | undefined;

  private constructor(readonly wire: Wire) {}

  static async start(): Promise<Emulator> {
    const emulator = new Emulator(await Wire.lay());
    await emulator.open();
    return emulator;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.wire.port}?tls=false`;
  }

  /** Ends the server at once, as kill -9 does. The log stays. */
  kill(): void {
    this.wire.target = undefined;
    this.server?.forceShutdown();
    this.server = undefined;
    this.wire.cut();
  }

  /** Starts a server on what the last one kept. */
  async open(): Promise<void> {
    const server = new Server();
    server.addService(streamsService, {
      read: (call: ServerWritableStream<ReadReq, Answer>) => void this.read(call),
      append: (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>) => void this.append(call, answer),
      batchAppend: (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>) => {
        this.batchAppend(call);
      },
    });
    server.addService(ServerFeaturesService, {
      getSupportedMethods: (_: unknown, answer: sendUnaryData<SupportedMethods>) => void this.features(answer),
    });
    this.wire.target = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
    this.server = server;
    this.log.forgetRecent();
  }

  async restart(): Promise<void> {
    this.kill();
    await this.open();
  }

  async stop(): Promise<void> {
    this.kill();
    await this.wire.remove();
  }

  private cut(mischief: { readonly and?: () => void }): void {
    this.wire.cut();
    mischief.and?.();
  }

  private begin(call: Call): Mischief | undefined {
    this.count(call);
    return this.misbehaviour.take(call);
  }

  private count(call: Call | 'batch-append'): void {
    this.calls.set(call, (this.calls.get(call) ?? 0) + 1);
  }

  private refusal(as: 'not-leader' | 'access-denied' | 'not-ready'): ServiceError {
    if (as === 'not-leader') return notLeader('127.0.0.1', this.wire.port);
    return as === 'access-denied' ? accessDenied() : notReady();
  }

  private async append(call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): Promise<void> {
    const mischief = this.begin('append');
    const asked = await appendOf(call);
    if (!asked) return;
    if (mischief?.kind === 'refuse') {
      answer(this.refusal(mischief.as));
      return;
    }
    if (mischief?.kind === 'silent') return;
    if (mischief?.kind === 'drop') {
      this.cut(mischief);
      return;
    }
    if (mischief?.kind === 'write-late') await wait(mischief.milliseconds);
    const before = this.log.events.length;
    const decision = makeAppend(this.log, asked);
    if (mischief?.kind === 'lose-answer') return;
    if (mischief?.kind === 'drop-after') {
      this.cut(mischief);
      return;
    }
    if (mischief?.kind === 'late') await wait(mischief.milliseconds);
    const withoutPosition = this.misbehaviour.forgetsPositions && this.log.events.length === before;
    try {
      answer(null, appendAnswer(decision, asked, withoutPosition));
    } catch (error) {
      if (!isServiceError(error)) throw error;
      answer(error);
    }
  }

  private batchAppend(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void {
    this.count('batch-append');
    const gatherer = new BatchGatherer();
    call.on('data', (request: BatchAppendReq) => {
      const asked = gatherer.take(request);
      if (!asked) return;
      const mischief = this.begin('append');
      if (mischief?.kind === 'refuse') {
        call.emit('error', this.refusal(mischief.as));
        return;
      }
      if (mischief?.kind === 'silent') return;
      if (mischief?.kind === 'drop') {
        this.cut(mischief);
        return;
      }
      // the deadline is an instant of the client's clock, compared with the server's
      const late = asked.deadline.getTime() <= Date.now() + this.misbehaviour.clockAhead;
      const decision = late ? timedOut() : makeAppend(this.log, asked);
      if (mischief?.kind === 'lose-answer') return;
      if (mischief?.kind === 'drop-after') {
        this.cut(mischief);
        return;
      }
      call.write(batchAnswer(request, asked, decision));
    });
    call.on('end', () => {
      call.end();
    });
  }

  private async read(call: ServerWritableStream<ReadReq, Answer>): Promise<void> {
    const options = call.request.getOptions();
    if (!options) {
      call.end();
      return;
    }
    const mischief = this.begin(options.hasSubscription() ? 'subscribe' : 'read');
    if (mischief?.kind === 'refuse') {
      call.emit('error', this.refusal(mischief.as));
      return;
    }
    if (mischief?.kind === 'silent' || mischief?.kind === 'lose-answer') return;
    if (mischief?.kind === 'drop' || mischief?.kind === 'drop-after') {
      this.cut(mischief);
      return;
    }
    if (mischief?.kind === 'late' || mischief?.kind === 'write-late') await wait(mischief.milliseconds);
    if (options.hasSubscription()) {
      new Subscription(call, options, this.log, this.misbehaviour, this.subscriptions);
      return;
    }
    try {
      for (const message of readAnswers(this.log, options)) {
        if (!call.write(message)) await new Promise((resolve) => call.once('drain', resolve));
        if (call.cancelled) return;
      }
      call.end();
    } catch (error) {
      if (!isServiceError(error)) throw error;
      call.emit('error', error);
    }
  }

  private async features(answer: sendUnaryData<SupportedMethods>): Promise<void> {
    const mischief = this.begin('features');
    if (mischief?.kind === 'refuse') {
      answer(this.refusal(mischief.as));
      return;
    }
    if (mischief?.kind === 'silent') return;
    if (mischief?.kind === 'late') await wait(mischief.milliseconds);
    const method = (name: string, features: readonly string[] = []): SupportedMethod =>
      new SupportedMethod()
        .setServiceName('event_store.client.streams.streams')
        .setMethodName(name)
        .setFeaturesList([...features]);
    const methods = [method('read', ['position', 'events']), method('append'), method('batchappend', ['deadline_duration'])];
    answer(null, new SupportedMethods().setEventStoreServerVersion('23.10.8').setMethodsList(methods));
  }
}
