import { Code } from '@eventstore/db-client/generated/code_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import {
  AccessDenied,
  AllStreamPosition,
  BadRequest,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  type StreamIdentifier,
  Timeout,
  type UUID,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import { type BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { type Append, faultOf, positionOf, proposedOf, revisionIn } from './append-call';
import { type AppendDecision, type ExpectedRevision, largestAppend, sizeOf } from './append-decision';
import type { Proposed } from './log';
import { identifierOf, idOf, nameOf } from './messages';

/** One append of a shared call. */
export type BatchedAppend = Append & { readonly correlation: UUID | undefined };

const expectedOf = (options: BatchAppendReq.Options): ExpectedRevision | undefined => {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream-exists';
  return revisionIn(options.getStreamPosition());
};

const failed = (code: Code, message: string, details: { serializeBinary(): Uint8Array }): Status => {
  const any = new Any();
  any.pack(details.serializeBinary(), `event_store.client.${message}`);
  return new Status().setCode(code).setMessage(message).setDetails(any);
};

const timedOut = (): Status => failed(Code.DEADLINE_EXCEEDED, 'Timeout', new Timeout());
export const denied = (): Status => failed(Code.PERMISSION_DENIED, 'AccessDenied', new AccessDenied());
const tooLarge = (): Status =>
  failed(Code.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', new MaximumAppendSizeExceeded().setMaxappendsize(largestAppend));
const badRequest = (why: string): Status => failed(Code.INVALID_ARGUMENT, 'BadRequest', new BadRequest().setMessage(why));
/** Of a server that has no leader; it has no code of its own. */
export const serverNotReady = (): Status => {
  const any = new Any();
  any.pack(new Empty().serializeBinary(), 'google.protobuf.Empty');
  return new Status().setMessage('Server Is Not Ready').setDetails(any);
};

/** So long the server waits for what belongs to an append, in milliseconds, whatever the client asks for. */
const writeTimeout = 2000;

type Begun = {
  readonly options: BatchAppendReq.Options;
  readonly expected: ExpectedRevision;
  readonly proposed: Proposed[];
  readonly timer: NodeJS.Timeout;
};

/** Puts chunks together, many appends at a time. */
export class BatchGatherer {
  private readonly begun = new Map<string, Begun>();

  constructor(
    private readonly answer: (correlation: UUID | undefined, stream: StreamIdentifier | undefined, failure: Status) => void,
    private readonly mayWrite: (stream: string) => boolean,
    /** in milliseconds since 1970, by the server's clock */
    private readonly now: () => number,
  ) {}

  /** @returns the append that this chunk completes */
  take(chunk: BatchAppendReq): BatchedAppend | undefined {
    const correlation = chunk.getCorrelationId();
    const key = idOf(correlation);
    const options = chunk.getOptions();
    if (options && !this.begin(key, correlation, options)) return undefined;
    const gathered = this.begun.get(key);
    // of an append that was refused, or has timed out
    if (!gathered) return undefined;
    const stream = gathered.options.getStreamIdentifier();
    const added = chunk.getProposedMessagesList().map(proposedOf);
    const fault = added.map(faultOf).find((one) => one !== undefined);
    if (fault !== undefined) {
      // it is not forgotten: its time runs out, and that is said too
      this.answer(correlation, stream, badRequest(fault));
      return undefined;
    }
    gathered.proposed.push(...added);
    if (sizeOf(gathered.proposed) > largestAppend) {
      this.forget(key);
      this.answer(correlation, stream, tooLarge());
      return undefined;
    }
    if (!chunk.getIsFinal()) return undefined;
    this.forget(key);
    if (nameOf(stream) === '') {
      this.answer(correlation, stream, badRequest('eventStreamId should not be empty.'));
      return undefined;
    }
    return { correlation, stream: nameOf(stream), expected: gathered.expected, proposed: gathered.proposed };
  }

  end(): void {
    for (const key of [...this.begun.keys()]) this.forget(key);
  }

  private begin(key: string, correlation: UUID | undefined, options: BatchAppendReq.Options): boolean {
    const stream = options.getStreamIdentifier();
    if (!this.mayWrite(nameOf(stream))) {
      this.answer(correlation, stream, denied());
      return false;
    }
    if (!stream) {
      this.answer(correlation, stream, badRequest('Required field StreamIdentifier not set.'));
      return false;
    }
    // the deadline is an instant of the client's clock, compared with the server's; without one no clocks are compared
    const wanted = options.getDeadline()?.toDate().getTime() ?? Infinity;
    const timeout = Math.min(wanted - this.now(), writeTimeout);
    if (timeout <= 0) {
      this.answer(correlation, stream, timedOut());
      return false;
    }
    const expected = expectedOf(options);
    if (expected === undefined) {
      this.answer(correlation, stream, badRequest('Value was either too large or too small for an Int64.'));
      return false;
    }
    if (this.begun.has(key)) return true;
    const timer = setTimeout(() => {
      if (this.begun.delete(key)) this.answer(correlation, stream, timedOut());
    }, timeout);
    this.begun.set(key, { options, expected, proposed: [], timer });
    return true;
  }

  private forget(key: string): void {
    clearTimeout(this.begun.get(key)?.timer);
    this.begun.delete(key);
  }
}

export const batchFailure = (correlation: UUID | undefined, stream: StreamIdentifier | undefined, failure: Status): BatchAppendResp => {
  const answer = new BatchAppendResp().setError(failure);
  if (correlation) answer.setCorrelationId(correlation);
  if (stream) answer.setStreamIdentifier(stream);
  return answer;
};

const failureOf = (decision: AppendDecision, { stream, expected }: Append): Status | undefined => {
  switch (decision.kind) {
    case 'stream-deleted':
      return failed(Code.NOT_FOUND, 'StreamDeleted', new StreamDeleted().setStreamIdentifier(identifierOf(stream)));
    case 'too-large':
      return tooLarge();
    case 'wrong-expected-version': {
      const wrong = new WrongExpectedVersion();
      if (decision.current < 0) wrong.setCurrentNoStream(new Empty());
      else wrong.setCurrentStreamRevision(String(decision.current));
      if (expected === 'no-stream') wrong.setExpectedNoStream(new Empty());
      else if (expected === 'any') wrong.setExpectedAny(new Empty());
      else if (expected === 'stream-exists') wrong.setExpectedStreamExists(new Empty());
      else wrong.setExpectedStreamPosition(String(expected));
      return failed(Code.ALREADY_EXISTS, 'WrongExpectedVersion', wrong);
    }
    default:
      return undefined;
  }
};

export const batchAnswer = (append: BatchedAppend, decision: AppendDecision, withoutPosition: boolean): BatchAppendResp => {
  const { correlation } = append;
  const stream = identifierOf(append.stream);
  const failure = failureOf(decision, append);
  if (failure) return batchFailure(correlation, stream, failure);
  const success = new BatchAppendResp.Success();
  const last = 'last' in decision ? decision.last : undefined;
  if (last) success.setCurrentRevision(String(last.revision));
  else success.setNoStream(new Empty());
  const position = positionOf(decision);
  if (withoutPosition) success.setNoPosition(new Empty());
  else success.setPosition(new AllStreamPosition().setCommitPosition(position).setPreparePosition(position));
  const answer = new BatchAppendResp().setStreamIdentifier(stream).setSuccess(success);
  if (correlation) answer.setCorrelationId(correlation);
  return answer;
};
