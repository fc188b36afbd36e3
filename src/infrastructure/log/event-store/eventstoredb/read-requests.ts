import { Empty, StreamIdentifier } from '@eventstore/db-client/generated/shared_pb';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { Position } from '@tichet-albastru/event-log/ports/event-store';

/** What the server lets through: it skips everything else, and sends none of it. */
export type LogFilter = { readonly on: 'stream' | 'type'; readonly prefixes: readonly string[] };

export type LogReading = {
  /** inclusive forwards, exclusive backwards; left out for the end, from which it goes backwards */
  readonly from?: Position | undefined;
  readonly backwards?: boolean;
  readonly most: number;
  readonly filter?: LogFilter;
};

/**
 * So many events are looked at by the server before it takes breath; without a word 32. From the server's source: each breath is a message
 * within it, so that a few of ours among very many of others' would be mostly messages.
 */
const window = 1_000;
/** A sign of life after so many times 32 events that a subscription passes over. */
const checkpointEvery = 32;

const filterOptions = ({ on, prefixes }: LogFilter): ReadReq.Options.FilterOptions => {
  const expression = new ReadReq.Options.FilterOptions.Expression().setPrefixList([...prefixes]);
  const options = new ReadReq.Options.FilterOptions();
  return on === 'stream' ? options.setStreamIdentifier(expression) : options.setEventType(expression);
};

const placeIn = (position: Position): ReadReq.Options.AllOptions => {
  const options = new ReadReq.Options.AllOptions();
  if (position === '') return options.setStart(new Empty());
  const number = BigInt(position).toString();
  return options.setPosition(new ReadReq.Options.Position().setCommitPosition(number).setPreparePosition(number));
};

const request = (backwards: boolean, choose: (options: ReadReq.Options) => ReadReq.Options): ReadReq =>
  new ReadReq().setOptions(
    choose(new ReadReq.Options())
      .setReadDirection(backwards ? ReadReq.Options.ReadDirection.BACKWARDS : ReadReq.Options.ReadDirection.FORWARDS)
      .setUuidOption(new ReadReq.Options.UUIDOption().setString(new Empty())),
  );

/** @param from a revision, from which on it goes forwards; or the end, from which it goes backwards */
export const streamRequest = (onServer: string, from: number | 'end', most: number): ReadReq => {
  const stream = new ReadReq.Options.StreamOptions().setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(onServer)));
  return request(from === 'end', (options) =>
    options
      .setStream(from === 'end' ? stream.setEnd(new Empty()) : stream.setRevision(String(from)))
      .setCount(String(most))
      .setNoFilter(new Empty()),
  );
};

export const logRequest = ({ from, backwards = from === undefined, most, filter }: LogReading): ReadReq =>
  request(backwards, (options) => {
    options.setAll(from === undefined ? new ReadReq.Options.AllOptions().setEnd(new Empty()) : placeIn(from)).setCount(String(most));
    return filter ? options.setFilter(filterOptions(filter).setMax(window)) : options.setNoFilter(new Empty());
  });

export const subscriptionRequest = (after: Position, filter: LogFilter | undefined): ReadReq =>
  request(false, (options) => {
    options.setAll(placeIn(after)).setSubscription(new ReadReq.Options.SubscriptionOptions());
    if (!filter) return options.setNoFilter(new Empty());
    return options.setFilter(filterOptions(filter).setCount(new Empty()).setCheckpointintervalmultiplier(checkpointEvery));
  });
