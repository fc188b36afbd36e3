import { type DeleteReq, DeleteResp, type TombstoneReq, TombstoneResp } from '@eventstore/db-client/generated/streams_pb';
import type { AppendDecision, ExpectedRevision } from './append-decision';
import { streamDeleted, wrongExpectedVersion } from './failures';
import type { Log, Stored } from './log';
import { nameOf, nothing } from './messages';

type Asked = { readonly stream: string; readonly expected: ExpectedRevision };

/** What both kinds of deletion are asked. */
export const deletionOf = (options: DeleteReq.Options | TombstoneReq.Options | undefined): Asked => {
  const expected = options?.hasNoStream()
    ? 'no-stream'
    : options?.hasStreamExists()
      ? 'stream-exists'
      : options?.hasRevision()
        ? Number(options.getRevision())
        : 'any';
  return { stream: nameOf(options?.getStreamIdentifier()), expected };
};

/** @throws ServiceError for what the protocol answers by trailers */
const written = (decision: AppendDecision, { stream, expected }: Asked): Stored | undefined => {
  if (decision.kind === 'stream-deleted') throw streamDeleted(stream);
  if (decision.kind === 'wrong-expected-version') throw wrongExpectedVersion(stream, expected, decision.current);
  return 'last' in decision ? decision.last : undefined;
};

/** @throws ServiceError */
export const deleteAnswer = (log: Log, asked: Asked): DeleteResp => {
  const position = written(log.softDelete(asked.stream, asked.expected), asked)?.position;
  if (position === undefined) return new DeleteResp().setNoPosition(nothing());
  return new DeleteResp().setPosition(new DeleteResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position)));
};

/** @throws ServiceError */
export const tombstoneAnswer = (log: Log, asked: Asked): TombstoneResp => {
  const position = written(log.tombstone(asked.stream, asked.expected), asked)?.position;
  if (position === undefined) return new TombstoneResp().setNoPosition(nothing());
  return new TombstoneResp().setPosition(
    new TombstoneResp.Position().setCommitPosition(String(position)).setPreparePosition(String(position)),
  );
};
