import type { ServerReadableStream } from '@grpc/grpc-js';
import { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb';
import { type AppendDecision, type ExpectedRevision, largestAppend } from './append-decision';
import { streamDeleted, tooLarge } from './failures';
import type { Log, Proposed } from './log';
import { nameOf, nothing } from './messages';

export type Append = { readonly stream: string; readonly expected: ExpectedRevision; readonly proposed: readonly Proposed[] };

const expectedOf = (options: AppendReq.Options): ExpectedRevision => {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream-exists';
  return Number(options.getRevision());
};

/** What both kinds of append propose in the same fields. */
export const proposedOf = (
  message: Pick<AppendReq.ProposedMessage, 'getId' | 'getMetadataMap' | 'getCustomMetadata_asU8' | 'getData_asU8'>,
): Proposed => ({
  id: message.getId()?.getString() ?? '',
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') ?? '',
  metadata: message.getCustomMetadata_asU8(),
  data: message.getData_asU8(),
});

/** Gathers the messages of one call; undefined when it was broken off. */
export const appendOf = (call: ServerReadableStream<AppendReq, AppendResp>): Promise<Append | undefined> =>
  new Promise((resolve) => {
    let stream = '';
    let expected: ExpectedRevision = 'any';
    const proposed: Proposed[] = [];
    call.on('data', (request: AppendReq) => {
      const options = request.getOptions();
      if (options) {
        stream = nameOf(options.getStreamIdentifier());
        expected = expectedOf(options);
      }
      const message = request.getProposedMessage();
      if (message) proposed.push(proposedOf(message));
    });
    call.on('end', () => {
      // the end of a call that was broken off in the middle: no server writes half of an append
      setImmediate(() => {
        resolve(call.cancelled ? undefined : { stream, expected, proposed });
      });
    });
    call.on('cancelled', () => {
      resolve(undefined);
    });
  });

export const makeAppend = (log: Log, { stream, expected, proposed }: Append): AppendDecision => log.append(stream, expected, proposed);

/** A wrong revision is an answer like success. @throws ServiceError for what the protocol answers by trailers */
export const appendAnswer = (decision: AppendDecision, { stream, expected }: Append, withoutPosition = false): AppendResp => {
  if (decision.kind === 'stream-deleted') throw streamDeleted(stream);
  if (decision.kind === 'too-large') throw tooLarge(largestAppend);
  if (decision.kind === 'wrong-expected-version') {
    const wrong = new AppendResp.WrongExpectedVersion();
    if (decision.current < 0) wrong.setCurrentNoStream(nothing());
    else wrong.setCurrentRevision(String(decision.current));
    if (expected === 'no-stream') wrong.setExpectedNoStream(nothing());
    else if (expected === 'any') wrong.setExpectedAny(nothing());
    else if (expected === 'stream-exists') wrong.setExpectedStreamExists(nothing());
    else wrong.setExpectedRevision(String(expected));
    return new AppendResp().setWrongExpectedVersion(wrong);
  }
  const success = new AppendResp.Success();
  const last = decision.kind === 'success' ? decision.last : undefined;
  if (!last) return new AppendResp().setSuccess(success.setNoStream(nothing()).setNoPosition(nothing()));
  success.setCurrentRevision(String(last.revision));
  const position = String(last.position);
  if (withoutPosition) success.setNoPosition(nothing());
  else success.setPosition(new AppendResp.Position().setCommitPosition(position).setPreparePosition(position));
  return new AppendResp().setSuccess(success);
};
