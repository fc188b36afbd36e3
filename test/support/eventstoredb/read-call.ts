import { ReadReq, type ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { streamDeleted, thrownByHandler, unexpected } from './failures';
import { filterOf } from './event-filter';
import type { Log, Stored } from './log';
import { nameOf, notFoundMessage } from './messages';

const backwards = ReadReq.Options.ReadDirection.BACKWARDS;

/** @throws ServiceError for a stream that was deleted for ever, and for a question that the server does not understand */
export const readAnswers = (log: Log, options: ReadReq.Options): readonly Stored[] | ReadResp => {
  const stream = options.getStream();
  const count = Number(options.getCount());
  const isBackwards = options.getReadDirection() === backwards;
  // neither is a question that the server refuses well: it throws
  if (count === 0 || ((stream ?? options.getAll())?.hasEnd() && !isBackwards)) throw thrownByHandler();
  if (!stream) return allEvents(log, options, count);
  const name = nameOf(stream.getStreamIdentifier());
  const found = log.find(name);
  if (found.kind === 'deleted') throw streamDeleted(name);
  if (found.kind === 'missing') return notFoundMessage(name);
  const { events } = found;
  if (isBackwards) {
    const from = stream.hasEnd() ? Infinity : stream.hasStart() ? 0 : Number(stream.getRevision());
    return events
      .filter(({ revision }) => revision <= from)
      .slice(-count)
      .reverse();
  }
  const from = stream.hasStart() ? 0 : Number(stream.getRevision());
  const first = from - (events[0]?.revision ?? 0);
  return events.slice(Math.max(0, first), Math.max(0, first) + count);
};

/**
 * A position must be that of a record, of which commit and prepare are one; beyond the end it is not looked at.
 * @throws ServiceError
 */
export const placeAskedFor = (log: Log, all: ReadReq.Options.AllOptions | undefined): bigint | undefined => {
  const asked = all?.getPosition();
  if (!asked) return undefined;
  const commit = BigInt(asked.getCommitPosition());
  if (asked.getCommitPosition() !== asked.getPreparePosition() || !log.isPlace(commit)) throw unexpected('ReadAllResult: Error');
  return commit;
};

/** Forwards from the position on, backwards up to but not including it. */
const allEvents = (log: Log, options: ReadReq.Options, count: number): readonly Stored[] => {
  const all = options.getAll();
  const position = placeAskedFor(log, all) ?? 0n;
  const index = all?.hasEnd() ? log.events.length : all?.hasStart() ? 0 : log.indexFrom(position);
  const { takes } = filterOf(options.getFilter());
  const step = options.getReadDirection() === backwards ? -1 : 1;
  const taken: Stored[] = [];
  for (let at = step > 0 ? index : index - 1; taken.length < count; at += step) {
    const event = log.events[at];
    if (!event) break;
    if (takes(event)) taken.push(event);
  }
  return taken;
};
