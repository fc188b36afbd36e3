import type { ServerReadableStream, ServiceError } from '@grpc/grpc-js';
import { AppendReq, AppendResp } from '@eventstore/db-client/generated/streams_pb';
import { type AppendDecision, type ExpectedRevision, largestAppend } from './append-decision';
import { streamDeleted, thrownByHandler, tooLarge } from './failures';
import type { Log, Proposed } from './log';
import { idOf, nameOf, nothing } from './messages';

export type Append = { readonly stream: string; readonly expected: ExpectedRevision; readonly proposed: readonly Proposed[] };

const largestRevision = 2n ** 63n - 1n;
const unsigned = 2n ** 64n - 1n;

/** The largest of all stands for no stream; what is between that and the largest revision throws in the server. */
export const revisionIn = (text: string): ExpectedRevision | undefined => {
  const revision = BigInt(text);
  if (revision === unsigned) return 'no-stream';
  return revision > largestRevision ? undefined : Number(revision);
};

const identifier = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Why the server takes no such event. */
export const faultOf = ({ id, type }: Proposed): string | undefined => {
  if (!identifier.test(id) || /^[0-]+$/.test(id)) return 'Empty eventId provided.';
  return type === '' ? 'Empty eventType provided.' : undefined;
};

const expectedOf = (options: AppendReq.Options): ExpectedRevision | undefined => {
  if (options.hasNoStream()) return 'no-stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream-exists';
  return revisionIn(options.getRevision());
};

/** What both kinds of append propose in the same fields. */
export const proposedOf = (
  message: Pick<AppendReq.ProposedMessage, 'getId' | 'getMetadataMap' | 'getCustomMetadata_asU8' | 'getData_asU8'>,
): Proposed => ({
  id: idOf(message.getId()),
  type: message.getMetadataMap().get('type') ?? '',
  contentType: message.getMetadataMap().get('content-type') === 'application/json' ? 'application/json' : 'application/octet-stream',
  metadata: message.getCustomMetadata_asU8(),
  data: message.getData_asU8(),
});

/** Gathers the messages of one call; undefined when it was broken off, an error for what throws in the server. */
export const appendOf = (call: ServerReadableStream<AppendReq, AppendResp>): Promise<Append | ServiceError | undefined> =>
  new Promise((resolve) => {
    let stream = '';
    let expected: ExpectedRevision = 'any';
    let thrown: ServiceError | undefined;
    const proposed: Proposed[] = [];
    call.on('data', (request: AppendReq) => {
      const options = request.getOptions();
      if (options) {
        stream = nameOf(options.getStreamIdentifier());
        const told = expectedOf(options);
        if (told === undefined) thrown = thrownByHandler();
        else expected = told;
      }
      const message = request.getProposedMessage();
      if (message) proposed.push(proposedOf(message));
      if (stream === '' || proposed.some((one) => faultOf(one) !== undefined)) thrown = thrownByHandler();
    });
    call.on('end', () => {
      // the end of a call that was broken off in the middle: no server writes half of an append
      setImmediate(() => {
        resolve(call.cancelled ? undefined : (thrown ?? { stream, expected, proposed }));
      });
    });
    call.on('cancelled', () => {
      resolve(undefined);
    });
  });

export const positionOf = (decision: AppendDecision): string =>
  String(decision.kind === 'success' ? (decision.last?.position ?? decision.position) : 0);

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
  if (last) success.setCurrentRevision(String(last.revision));
  else success.setNoStream(nothing());
  const position = positionOf(decision);
  if (withoutPosition) success.setNoPosition(nothing());
  else success.setPosition(new AppendResp.Position().setCommitPosition(position).setPreparePosition(position));
  return new AppendResp().setSuccess(success);
};
