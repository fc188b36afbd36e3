import { binaryEvent, EventStoreDBClient, FORWARDS, NO_STREAM, START } from '@eventstore/db-client';
import { Empty, StreamIdentifier } from '@eventstore/db-client/generated/shared_pb';
import { StreamsClient, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb';
import { type BatchAppendResp, ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { credentials, Metadata } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Envelope, Expected, NonEmpty } from '@tichet-albastru/event-log/ports/event-store';
import { EventStoreDbEventStore } from '../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { appendMessage } from '../../../src/infrastructure/log/event-store/eventstoredb/open-call/append-message';
import { installed } from './peers/installed';
import type { PeerEvent } from './peers/peer';

/** Made beforehand, the same for every client. */
export type Prepared = { readonly stream: string; readonly expected: Expected; readonly events: NonEmpty<Envelope> };
/** An append with everything done to it that this client lets one do beforehand. */
export type Send = () => Promise<unknown>;

export type BenchClient = {
  readonly append: (prepared: Prepared) => Send;
  /** @returns how many events were read, each of them parsed */
  readonly stream: (name: string) => Promise<number>;
  /** undefined where a client has no such thing */
  readonly log?: (most: number) => Promise<number>;
};

const parsed = (body: string): number => ((JSON.parse(body) as { version: number }).version > 0 ? 1 : 0);

const ours = (url: string, appends?: 'client'): BenchClient => {
  const store = new EventStoreDbEventStore({ url, ...(appends && { appends }) });
  const count = async (events: AsyncIterable<{ readonly body: string }>): Promise<number> => {
    let seen = 0;
    for await (const { body } of events) seen += parsed(body);
    return seen;
  };
  return {
    append:
      ({ stream, expected, events }) =>
      () =>
        store.append(stream, expected, events),
    stream: (name) => count(store.read(name)),
    log: (limit) => count(store.readAll({ limit })),
  };
};

const revisionOf = (expected: Expected) => (expected.kind === 'no-stream' ? NO_STREAM : BigInt(expected.revision));

const bare = (url: string): BenchClient => {
  const client = EventStoreDBClient.connectionString(url);
  const encoder = new TextEncoder();
  const count = async (
    events: AsyncIterable<{ readonly event?: { readonly isJson: boolean; readonly data?: unknown } | undefined }>,
  ): Promise<number> => {
    let seen = 0;
    for await (const { event } of events) if (event?.isJson === false) seen += parsed(Buffer.from(event.data as Uint8Array).toString());
    return seen;
  };
  return {
    append: ({ stream, expected, events }) => {
      const data = events.map(({ id, type, body, hash }) =>
        binaryEvent({ id, type, data: encoder.encode(body), metadata: encoder.encode(hash) }),
      );
      return () => client.appendToStream(stream, data, { expectedRevision: revisionOf(expected) });
    },
    stream: (name) => count(client.readStream(name)),
    log: (maxCount) => count(client.readAll({ direction: FORWARDS, fromPosition: START, maxCount })),
  };
};

const packages = [
  '@event-driven-io/emmett-esdb@0.20.0',
  '@event-driven-io/emmett@0.20.0',
  '@eventstore/db-client@6.2.1',
  'async-retry@1.3.3',
  'commander@12.1.0',
  'uuid@10.0.0',
  'web-streams-polyfill@4.1.0',
];
type Emmett = {
  appendToStream(stream: string, events: readonly PeerEvent[], options: object): Promise<unknown>;
  aggregateStream(stream: string, options: object): Promise<{ readonly state: number }>;
};
/** TypeScript compiled to CommonJS makes a `require` of every import. */
const { load } = createRequire(__filename)('./peers/load-module.mjs') as { readonly load: (file: string) => Promise<unknown> };
type Library = { readonly getEventStoreDBEventStore: (client: unknown) => Emmett };

/** It parses and writes JSON itself; the whole log it does not read. */
const emmett = async (url: string): Promise<BenchClient | string> => {
  const here = await installed('emmett-esdb-0.20.0', packages);
  if ('missing' in here) return here.missing;
  const folder = join(here.load.resolve('@eventstore/db-client/package.json'), '..', '..', '..', '@event-driven-io', 'emmett-esdb');
  // what it has for `require` cannot be required
  const { getEventStoreDBEventStore } = (await load(pathToFileURL(join(folder, 'dist', 'index.js')).href)) as Library;
  const { EventStoreDBClient: Client } = here.load('@eventstore/db-client') as { readonly EventStoreDBClient: typeof EventStoreDBClient };
  const store = getEventStoreDBEventStore(Client.connectionString(url));
  return {
    append: ({ stream, expected, events }) => {
      const facts = events.map(({ body }) => {
        const { type, data, metadata } = JSON.parse(body) as PeerEvent;
        return { type, data, metadata };
      });
      const expectedStreamVersion = expected.kind === 'no-stream' ? 'STREAM_DOES_NOT_EXIST' : BigInt(expected.revision);
      return () => store.appendToStream(stream, facts, { expectedStreamVersion });
    },
    stream: async (name) => (await store.aggregateStream(name, { initialState: () => 0, evolve: (count: number) => count + 1 })).state,
  };
};

/** The server alone: calls that were encoded beforehand, answers that are counted and no more. */
const beforehand = (url: string): BenchClient => {
  const stubs = new StreamsClient(new URL(url.replace(/^esdb/, 'http')).host, credentials.createInsecure());
  const asItIs = (bytes: Buffer): Buffer => bytes;
  const { path, responseDeserialize } = StreamsService.batchAppend;
  const call = stubs.makeBidiStreamRequest(path, asItIs, responseDeserialize, new Metadata());
  const waiting = new Map<string, () => void>();
  call.on('data', (answer: BatchAppendResp) => {
    if (answer.hasError()) throw new Error(answer.getError()?.getMessage());
    waiting.get(answer.getCorrelationId()?.getString() ?? '')?.();
  });
  const read = (request: Buffer): Promise<number> =>
    new Promise((resolve, reject) => {
      let answers = 0;
      stubs
        .makeServerStreamRequest(StreamsService.read.path, asItIs, asItIs, request)
        .on('data', () => {
          answers += 1;
        })
        .on('error', reject)
        .on('end', () => {
          resolve(answers);
        });
    });
  const encoded = (fill: (options: ReadReq.Options) => ReadReq.Options): Buffer => {
    const uuids = new ReadReq.Options.UUIDOption().setString(new Empty());
    const options = new ReadReq.Options().setUuidOption(uuids).setNoFilter(new Empty());
    return Buffer.from(new ReadReq().setOptions(fill(options)).serializeBinary());
  };
  return {
    append: ({ stream, expected, events }) => {
      const correlation = randomUUID();
      const message = appendMessage(correlation, { streamOnServer: stream, expected, events });
      return () =>
        new Promise<void>((resolve) => {
          waiting.set(correlation, () => {
            waiting.delete(correlation);
            resolve();
          });
          call.write(message);
        });
    },
    stream: (name) => {
      const stream = new ReadReq.Options.StreamOptions()
        .setStreamIdentifier(new StreamIdentifier().setStreamName(Buffer.from(name)))
        .setStart(new Empty());
      return read(encoded((options) => options.setStream(stream).setCount(String(Number.MAX_SAFE_INTEGER))));
    },
    log: (most) =>
      read(encoded((options) => options.setAll(new ReadReq.Options.AllOptions().setStart(new Empty())).setCount(String(most)))),
  };
};

export const clients = {
  ours: (url: string) => ours(url),
  'a call for each': (url: string) => ours(url, 'client'),
  bare,
  emmett,
  beforehand,
} as const;
export type ClientName = keyof typeof clients;
