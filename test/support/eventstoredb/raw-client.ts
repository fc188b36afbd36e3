import { randomUUID } from 'node:crypto';
import { credentials, Metadata as Headers, type ServiceError } from '@grpc/grpc-js';
import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import { AppendReq, type AppendResp, DeleteReq, ReadReq, type ReadResp, TombstoneReq } from '@eventstore/db-client/generated/streams_pb';

/** A question to the server without the client's conversions, over the stubs that ship with it. */
export type Question = {
  readonly stream?: string;
  /** a revision or a position; from the start on when undefined */
  readonly from?: bigint | 'end';
  /** of a position whose prepare is not its own */
  readonly prepare?: bigint;
  readonly count?: number;
  readonly backwards?: boolean;
  readonly filter?: Filter;
  readonly subscription?: boolean;
};
export type Filter = {
  readonly by: 'stream' | 'type';
  readonly prefixes?: readonly string[];
  readonly expression?: string;
  readonly window?: number | 'usual' | 'none';
};

/** An event as the server sent it. */
export type Told = { readonly stream: string; readonly revision: string; readonly type: string; readonly position: string };
export type Heard = {
  readonly events: readonly Told[];
  /** everything that came that is no event */
  readonly others: readonly ('stream-not-found' | 'confirmation' | 'caught-up' | 'checkpoint')[];
  /** what ended it; of a subscription that was left, and of a reading that ended well, undefined */
  readonly failure?: Failure;
};
export type Failure = {
  readonly code: number;
  readonly details: string;
  readonly exception?: string;
  readonly trailers: Readonly<Record<string, string>>;
};

export const failureOf = (error: ServiceError): Failure => {
  const trailers = Object.fromEntries(Object.entries(error.metadata.getMap()).map(([key, value]) => [key, String(value)]));
  const exception = trailers['exception'];
  return { code: error.code, details: error.details, trailers, ...(exception !== undefined && { exception }) };
};

const identifier = (stream: string): StreamIdentifier => new StreamIdentifier().setStreamName(new Uint8Array(Buffer.from(stream)));

const filterOptions = ({ by, prefixes, expression = '', window = 'usual' }: Filter): ReadReq.Options.FilterOptions => {
  const wanted = new ReadReq.Options.FilterOptions.Expression().setRegex(expression).setPrefixList([...(prefixes ?? [])]);
  const options = new ReadReq.Options.FilterOptions().setCheckpointintervalmultiplier(1);
  if (by === 'stream') options.setStreamIdentifier(wanted);
  else options.setEventType(wanted);
  if (window === 'usual') options.setCount(new Empty());
  else if (window !== 'none') options.setMax(window);
  return options;
};

const requestOf = ({ stream, from, prepare, count = 1000, backwards = false, filter, subscription }: Question): ReadReq => {
  const options = new ReadReq.Options()
    .setUuidOption(new ReadReq.Options.UUIDOption().setString(new Empty()))
    .setReadDirection(backwards ? ReadReq.Options.ReadDirection.BACKWARDS : ReadReq.Options.ReadDirection.FORWARDS);
  if (filter) options.setFilter(filterOptions(filter));
  else options.setNoFilter(new Empty());
  if (subscription) options.setSubscription(new ReadReq.Options.SubscriptionOptions());
  else options.setCount(String(count));
  if (stream === undefined) {
    const all = new ReadReq.Options.AllOptions();
    if (from === undefined) all.setStart(new Empty());
    else if (from === 'end') all.setEnd(new Empty());
    else all.setPosition(new ReadReq.Options.Position().setCommitPosition(String(from)).setPreparePosition(String(prepare ?? from)));
    options.setAll(all);
  } else {
    const one = new ReadReq.Options.StreamOptions().setStreamIdentifier(identifier(stream));
    if (from === undefined) one.setStart(new Empty());
    else if (from === 'end') one.setEnd(new Empty());
    else one.setRevision(String(from));
    options.setStream(one);
  }
  return new ReadReq().setOptions(options);
};

const toldIn = (answer: ReadResp): Told | undefined => {
  const event = answer.getEvent()?.getEvent();
  if (!event) return undefined;
  return {
    stream: Buffer.from(event.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(),
    revision: event.getStreamRevision(),
    type: event.getMetadataMap().get('type') ?? '',
    position: event.getCommitPosition(),
  };
};

const kindOf = (answer: ReadResp): Heard['others'][number] => {
  if (answer.hasStreamNotFound()) return 'stream-not-found';
  if (answer.hasConfirmation()) return 'confirmation';
  return answer.hasCaughtUp() ? 'caught-up' : 'checkpoint';
};

type Proposal = { readonly id?: string; readonly type?: string; readonly contentType?: string; readonly data?: string | Uint8Array };

export class RawClient {
  private readonly client: StreamsClient;
  readonly headers = new Headers();

  constructor(address: string, how = credentials.createInsecure()) {
    this.client = new StreamsClient(address, how, { 'grpc.max_receive_message_length': -1 });
  }

  close(): void {
    this.client.close();
  }

  /** @param enough when to leave what has no end of its own */
  read(question: Question, enough: (heard: Heard) => boolean = () => false): Promise<Heard> {
    return new Promise((resolve) => {
      const call = this.client.read(requestOf(question), this.headers);
      const events: Told[] = [];
      const others: Heard['others'][number][] = [];
      call.on('data', (answer: ReadResp) => {
        const told = toldIn(answer);
        if (told) events.push(told);
        else others.push(kindOf(answer));
        if (!enough({ events, others })) return;
        resolve({ events, others });
        call.cancel();
      });
      call.on('error', (error: ServiceError) => {
        resolve({ events, others, failure: failureOf(error) });
      });
      call.on('end', () => {
        // an error comes behind the end
        setImmediate(() => {
          resolve({ events, others });
        });
      });
    });
  }

  append(
    stream: string,
    expected: bigint | 'no-stream' | 'any' | 'stream-exists',
    ...proposals: readonly Proposal[]
  ): Promise<AppendResp | Failure> {
    return new Promise((resolve) => {
      const call = this.client.append(this.headers, (error, answer) => {
        if (error) resolve(failureOf(error));
        else resolve(answer);
      });
      call.on('error', () => undefined);
      const options = new AppendReq.Options().setStreamIdentifier(identifier(stream));
      if (expected === 'no-stream') options.setNoStream(new Empty());
      else if (expected === 'any') options.setAny(new Empty());
      else if (expected === 'stream-exists') options.setStreamExists(new Empty());
      else options.setRevision(String(expected));
      call.write(new AppendReq().setOptions(options));
      for (const { id = randomUUID(), type = 'Noted', contentType = 'application/octet-stream', data = '' } of proposals) {
        const message = new AppendReq.ProposedMessage()
          .setId(new UUID().setString(id))
          .setData(typeof data === 'string' ? new Uint8Array(Buffer.from(data)) : data);
        message.getMetadataMap().set('type', type).set('content-type', contentType);
        call.write(new AppendReq().setProposedMessage(message));
      }
      call.end();
    });
  }

  /** @returns the position of what was written for it */
  delete(stream: string, forEver = false): Promise<string | Failure> {
    return new Promise((resolve) => {
      const done = (error: ServiceError | null, position: string | undefined): void => {
        resolve(error ? failureOf(error) : (position ?? ''));
      };
      if (forEver) {
        const options = new TombstoneReq.Options().setStreamIdentifier(identifier(stream)).setAny(new Empty());
        this.client.tombstone(new TombstoneReq().setOptions(options), this.headers, (error, answer) => {
          done(error, error ? undefined : answer.getPosition()?.getCommitPosition());
        });
      } else {
        const options = new DeleteReq.Options().setStreamIdentifier(identifier(stream)).setAny(new Empty());
        this.client.delete(new DeleteReq().setOptions(options), this.headers, (error, answer) => {
          done(error, error ? undefined : answer.getPosition()?.getCommitPosition());
        });
      }
    });
  }
}
