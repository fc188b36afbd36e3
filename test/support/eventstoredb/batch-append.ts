import { Code } from '@eventstore/db-client/generated/code_pb';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb';
import { Any } from 'google-protobuf/google/protobuf/any_pb';
import {
  AllStreamPosition,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  Timeout,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb';
import { Status } from '@eventstore/db-client/generated/status_pb';
import { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { proposedOf, type Append } from './append-call';
import { type AppendDecision, type ExpectedRevision, largestAppend } from './append-decision';
import type { Proposed } from './log';
import { identifierOf, nameOf } from './messages';

/** One append of a shared stream of appends. */
export type BatchedAppend = Append & { readonly correlation: string; /** by the client's clock */ readonly deadline: Date };

const expectedOf = (options: BatchAppendReq.Options): ExpectedRevision => {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream-exists';
  return Number(options.getStreamPosition());
};

/** Puts chunks together, many appends at a time. */
export class BatchGatherer {
  private readonly begun = new Map<string, { options: BatchAppendReq.Options | undefined; proposed: Proposed[] }>();

  /** @returns the append that this chunk completes */
  take(chunk: BatchAppendReq): BatchedAppend | undefined {
    const correlation = chunk.getCorrelationId()?.getString() ?? '';
    const gathered = this.begun.get(correlation) ?? { options: chunk.getOptions(), proposed: [] };
    this.begun.set(correlation, gathered);
    gathered.proposed.push(...chunk.getProposedMessagesList().map(proposedOf));
    if (!chunk.getIsFinal() || !gathered.options) return undefined;
    this.begun.delete(correlation);
    const { options, proposed } = gathered;
    return {
      correlation,
      stream: nameOf(options.getStreamIdentifier()),
      expected: expectedOf(options),
      proposed,
      deadline: options.getDeadline()?.toDate() ?? new Date(0),
    };
  }
}

const failed = (code: Code, type: string, message: { serializeBinary(): Uint8Array }): Status => {
  const details = new Any();
  details.pack(message.serializeBinary(), type);
  return new Status().setCode(code).setMessage(type).setDetails(details);
};

export const timedOut = (): Status => failed(Code.DEADLINE_EXCEEDED, 'event_store.client.Timeout', new Timeout());

const failureOf = (decision: AppendDecision, stream: string): Status | undefined => {
  switch (decision.kind) {
    case 'stream-deleted':
      return failed(Code.NOT_FOUND, 'event_store.client.StreamDeleted', new StreamDeleted().setStreamIdentifier(identifierOf(stream)));
    case 'too-large':
      return failed(
        Code.INVALID_ARGUMENT,
        'event_store.client.MaximumAppendSizeExceeded',
        new MaximumAppendSizeExceeded().setMaxappendsize(largestAppend),
      );
    case 'wrong-expected-version': {
      const wrong = new WrongExpectedVersion();
      if (decision.current < 0) wrong.setCurrentNoStream(new Empty());
      else wrong.setCurrentStreamRevision(String(decision.current));
      return failed(Code.ALREADY_EXISTS, 'event_store.client.WrongExpectedVersion', wrong);
    }
    default:
      return undefined;
  }
};

export const batchAnswer = (request: BatchAppendReq, append: BatchedAppend, decision: AppendDecision | Status): BatchAppendResp => {
  const answer = new BatchAppendResp().setStreamIdentifier(identifierOf(append.stream));
  const correlation = request.getCorrelationId();
  if (correlation) answer.setCorrelationId(correlation);
  const failure = decision instanceof Status ? decision : failureOf(decision, append.stream);
  if (failure) return answer.setError(failure);
  const success = new BatchAppendResp.Success();
  const last = 'last' in decision ? decision.last : undefined;
  if (!last) return answer.setSuccess(success.setNoStream(new Empty()).setNoPosition(new Empty()));
  const position = new AllStreamPosition().setCommitPosition(String(last.position)).setPreparePosition(String(last.position));
  return answer.setSuccess(success.setCurrentRevision(String(last.revision)).setPosition(position));
};
