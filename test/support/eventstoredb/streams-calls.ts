import type {
  Metadata as Headers,
  sendUnaryData,
  ServerDuplexStream,
  ServerReadableStream,
  ServerUnaryCall,
  ServerWritableStream,
  ServiceError,
} from '@grpc/grpc-js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
  DeleteReq,
  DeleteResp,
  ReadReq,
  ReadResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb';
import type { Operation } from './access';
import { appendAnswer, appendOf, makeAppend } from './append-call';
import { BatchGatherer, batchAnswer, batchFailure, type BatchedAppend, denied, serverNotReady } from './batch-append';
import { deleteAnswer, deletionOf, tombstoneAnswer } from './delete-call';
import { invalid } from './failures';
import type { Stored } from './log';
import { type Answer, identifierOf, nameOf } from './messages';
import { readAnswers } from './read-call';
import type { ServingNode } from './serving-node';
import { Subscription } from './subscription';

export const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

const isServiceError = (error: unknown): error is ServiceError => error instanceof Error && 'code' in error;
const isList = <T>(value: readonly T[] | ReadResp): value is readonly T[] => Array.isArray(value);

/** What the protocol answers by trailers is thrown. */
const answering = <T>(answer: sendUnaryData<T>, made: () => T): void => {
  try {
    answer(null, made());
  } catch (error) {
    if (!isServiceError(error)) throw error;
    answer(error);
  }
};

/** The calls of the service of streams. */
export class StreamsCalls {
  /** shared calls of appends that are open */
  private readonly batches = new Set<ServerDuplexStream<BatchAppendReq, BatchAppendResp>>();

  constructor(private readonly node: ServingNode) {}

  async append(call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): Promise<void> {
    const { node } = this;
    const mischief = node.begin('append');
    const asked = await appendOf(call);
    if (!asked) return;
    if (isServiceError(asked)) {
      answer(asked);
      return;
    }
    if (mischief?.kind === 'refuse') {
      answer(node.refusal(mischief.as));
      return;
    }
    if (mischief?.kind === 'silent') return;
    if (mischief?.kind === 'drop') {
      node.cut(mischief);
      return;
    }
    if (mischief?.kind === 'write-late') await wait(mischief.milliseconds);
    const refusal = this.against(call.metadata, 'write', asked.stream);
    if (refusal) {
      answer(refusal);
      return;
    }
    const before = node.logOfLeader.events.length;
    const decision = makeAppend(node.logOfLeader, asked);
    if (mischief?.kind === 'lose-answer') return;
    if (mischief?.kind === 'drop-after') {
      node.cut(mischief);
      return;
    }
    if (mischief?.kind === 'late') await wait(mischief.milliseconds);
    answering(answer, () => appendAnswer(decision, asked, this.forgetsPosition(before)));
  }

  batchAppend(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void {
    const { node } = this;
    node.count('batch-append');
    const who = node.access.who(call.metadata);
    if (isServiceError(who)) {
      call.emit('error', who);
      return;
    }
    this.batches.add(call);
    const gatherer = new BatchGatherer(
      (correlation, stream, failure) => void call.write(batchFailure(correlation, stream, failure)),
      (stream) => node.access.refusal(node.log, who, 'write', stream) === undefined,
      () => Date.now() + node.misbehaviour.clockAhead,
    );
    call.on('data', (request: BatchAppendReq) => {
      const asked = gatherer.take(request);
      if (asked) void this.batched(call, asked);
    });
    call.on('end', () => {
      this.leave(call, gatherer);
      call.end();
    });
    call.on('cancelled', () => {
      this.leave(call, gatherer);
    });
    call.on('error', () => undefined);
  }

  /** Ends the shared calls of appends as if all were well, whatever waits in them. */
  endBatches(): void {
    for (const call of [...this.batches]) call.end();
  }

  async read(call: ServerWritableStream<ReadReq, Answer>): Promise<void> {
    const { node } = this;
    const options = call.request.getOptions();
    if (!options) {
      call.end();
      return;
    }
    const mischief = node.begin(options.hasSubscription() ? 'subscribe' : 'read');
    if (mischief?.kind === 'refuse') {
      call.emit('error', node.refusal(mischief.as));
      return;
    }
    if (mischief?.kind === 'silent' || mischief?.kind === 'lose-answer') return;
    if (mischief?.kind === 'drop' || mischief?.kind === 'drop-after') {
      node.cut(mischief);
      return;
    }
    if (mischief?.kind === 'late' || mischief?.kind === 'write-late') await wait(mischief.milliseconds);
    const stream = options.getStream();
    const refusal = this.against(call.metadata, 'read', stream && nameOf(stream.getStreamIdentifier()));
    if (refusal) {
      call.emit('error', refusal);
      return;
    }
    try {
      if (node.misbehaviour.refusesFilters && options.hasFilter() && options.hasCount())
        throw invalid('The combination of (All, Count, Filter) is invalid.');
      if (options.hasSubscription()) {
        new Subscription(call, options, node.log, node.misbehaviour, node.subscriptions, node.noteSent);
        return;
      }
      await this.send(call, readAnswers(node.log, options));
    } catch (error) {
      if (!isServiceError(error)) throw error;
      call.emit('error', error);
    }
  }

  delete(call: ServerUnaryCall<DeleteReq, DeleteResp>, answer: sendUnaryData<DeleteResp>): void {
    const asked = deletionOf(call.request.getOptions());
    this.unlessRefused(call.metadata, asked.stream, answer, () => deleteAnswer(this.node.logOfLeader, asked));
  }

  tombstone(call: ServerUnaryCall<TombstoneReq, TombstoneResp>, answer: sendUnaryData<TombstoneResp>): void {
    const asked = deletionOf(call.request.getOptions());
    this.unlessRefused(call.metadata, asked.stream, answer, () => tombstoneAnswer(this.node.logOfLeader, asked));
  }

  private unlessRefused<T>(headers: Headers, stream: string, answer: sendUnaryData<T>, made: () => T): void {
    const refusal = this.against(headers, 'delete', stream);
    if (refusal) answer(refusal);
    else answering(answer, made);
  }

  private async send(call: ServerWritableStream<ReadReq, Answer>, found: readonly Stored[] | ReadResp): Promise<void> {
    if (!isList(found)) {
      call.write(found);
      call.end();
      return;
    }
    for (const event of found) {
      this.node.noteSent(event);
      if (!call.write(event.message)) await new Promise((resolve) => call.once('drain', resolve));
      if (call.cancelled) return;
    }
    call.end();
  }

  /** The refusal of one append fails the whole call where the node is not the leader. */
  private async batched(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>, asked: BatchedAppend): Promise<void> {
    const { node } = this;
    const mischief = node.begin('append');
    const fail = (failure: Parameters<typeof batchFailure>[2]): void => {
      call.write(batchFailure(asked.correlation, identifierOf(asked.stream), failure));
    };
    if (mischief?.kind === 'refuse' && mischief.as === 'access-denied') {
      fail(denied());
      return;
    }
    if (mischief?.kind === 'silent') return;
    if (mischief?.kind === 'drop') {
      node.cut(mischief);
      return;
    }
    if (mischief?.kind === 'write-late') await wait(mischief.milliseconds);
    const standing = mischief?.kind === 'refuse' ? node.refusal(mischief.as) : node.standingAgainst(call.metadata, 'write');
    if (standing?.metadata.get('exception')[0] === 'not-leader') {
      call.emit('error', standing);
      return;
    }
    if (standing) {
      fail(serverNotReady());
      return;
    }
    const before = node.logOfLeader.events.length;
    const decision = makeAppend(node.logOfLeader, asked);
    if (mischief?.kind === 'lose-answer') return;
    if (mischief?.kind === 'drop-after') {
      node.cut(mischief);
      return;
    }
    if (mischief?.kind === 'late') await wait(mischief.milliseconds);
    const answer = batchAnswer(asked, decision, this.forgetsPosition(before));
    call.write(answer);
    if (mischief?.kind === 'answer-twice') call.write(answer);
  }

  private forgetsPosition(eventsBefore: number): boolean {
    return this.node.misbehaviour.forgetsPositions && this.node.logOfLeader.events.length === eventsBefore;
  }

  private leave(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>, gatherer: BatchGatherer): void {
    this.batches.delete(call);
    gatherer.end();
  }

  /** Who asks is looked at first, then what the node is. @param stream undefined for the whole log */
  private against(headers: Headers, operation: Operation, stream: string | undefined): ServiceError | undefined {
    const { access, log } = this.node;
    const who = access.who(headers);
    if (isServiceError(who)) return who;
    return access.refusal(log, who, operation, stream) ?? this.node.standingAgainst(headers, operation === 'read' ? 'read' : 'write');
  }
}
