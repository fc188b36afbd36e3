import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { streamDeleted } from './failures';
import { filterOf } from './event-filter';
import type { Log, Stored } from './log';
import { type Answer, nameOf, notFoundMessage } from './messages';

const backwards = ReadReq.Options.ReadDirection.BACKWARDS;

/** @throws ServiceError for a stream that was deleted for ever */
export const readAnswers = (log: Log, options: ReadReq.Options): readonly Answer[] => {
  const stream = options.getStream();
  const count = Number(options.getCount());
  if (!stream) return allEvents(log, options, count).map(({ message }) => message);
  const name = nameOf(stream.getStreamIdentifier());
  if (log.isTombstoned(name)) throw streamDeleted(name);
  const events = log.stream(name);
  if (events.length === 0) return [notFoundMessage(name)];
  if (options.getReadDirection() === backwards) {
    const from = stream.hasEnd() ? events.length - 1 : stream.hasStart() ? 0 : Number(stream.getRevision());
    return events
      .slice(0, from + 1)
      .reverse()
      .slice(0, count)
      .map(({ message }) => message);
  }
  const from = stream.hasEnd() ? events.length : stream.hasStart() ? 0 : Number(stream.getRevision());
  return events.slice(from, from + count).map(({ message }) => message);
};

/** Forwards from the position on, backwards up to but not including it. */
const allEvents = (log: Log, options: ReadReq.Options, count: number): readonly Stored[] => {
  const all = options.getAll();
  const position = BigInt(all?.getPosition()?.getCommitPosition() ?? 0);
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
