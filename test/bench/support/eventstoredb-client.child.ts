import { v7 } from 'uuid';
import { noHash, type Envelope } from '@tichet-albastru/event-log/ports/event-store';
import { clients, type BenchClient, type ClientName, type Send } from './eventstoredb-clients';
import { plain } from './facts';
import { benchCodec, envelopesOf } from './logs';
import { ratePerSecond, secondsFor } from './measuring';

/** What one asks of a client; each answer is one number. */
export type Question =
  | { readonly what: 'appends' | 'loads'; readonly at: number; readonly seconds: number }
  /** as many events as are asked for stand in the log then, and in one stream of their own */
  | { readonly what: 'fill'; readonly events: number; readonly inOneStream: number }
  | { readonly what: 'stream' | 'log'; readonly events: number };

/** More than any client appends in a second. */
const mostASecond = 16_000;
const inOneAppend = 200;
const long = 'ticket-long';

// A process of its own, so that no client shares a thread with another, or with the server.
const codec = benchCodec();
const written: string[] = [];

const fiveFor = async (stream: string) => ({
  stream,
  expected: { kind: 'no-stream' } as const,
  events: await envelopesOf(codec, stream, plain),
});

/** So many appends, made beforehand. */
const prepared = async (client: BenchClient, count: number): Promise<Send[]> => {
  const sends: Send[] = [];
  while (sends.length < count) {
    const stream = `ticket-${v7()}`;
    const send = client.append(await fiveFor(stream));
    sends.push(async () => {
      await send();
      written.push(stream);
    });
  }
  return sends;
};

/** One stream of so many events, a few hundred an append. */
const fillOne = async (client: BenchClient, events: number): Promise<void> => {
  const [entry] = plain;
  if (!entry) throw new Error('There is no fact.');
  const [recordedAt, fact] = entry;
  let last: Envelope | undefined;
  for (let revision = 0; revision < events;) {
    const envelopes: Envelope[] = [];
    const before = last;
    for (; envelopes.length < inOneAppend; revision += 1) {
      last = await codec.encode(fact, {
        stream: long,
        revision,
        id: v7(),
        previousHash: last?.hash ?? noHash,
        recordedAt,
        actor: { kind: 'system', id: 'booking' },
        commandId: v7(),
        correlationId: v7(),
        causationId: v7(),
      });
      envelopes.push(last);
    }
    const expected = before
      ? ({ kind: 'at', revision: revision - inOneAppend - 1, hash: before.hash } as const)
      : ({ kind: 'no-stream' } as const);
    const [first, ...others] = envelopes;
    if (first) await client.append({ stream: long, expected, events: [first, ...others] })();
  }
};

const perSecond = async (read: () => Promise<number>): Promise<number> => {
  let count = 0;
  const taken = await secondsFor(async () => {
    count = await read();
  });
  return count / taken;
};

const answerTo = async (client: BenchClient, question: Question): Promise<number> => {
  switch (question.what) {
    case 'appends': {
      const { at, seconds } = question;
      const sends = await prepared(client, Math.ceil(seconds * mostASecond));
      globalThis.gc?.();
      return ratePerSecond(at, seconds, async () => {
        const send = sends.pop();
        if (!send) throw new Error(`More than ${mostASecond} appends a second.`);
        await send();
      });
    }
    case 'loads': {
      let next = 0;
      return ratePerSecond(question.at, question.seconds, async () => {
        const events = await client.stream(written[next++ % written.length] ?? '');
        if (events !== plain.length) throw new Error(`A stream of ${plain.length} events had ${events}.`);
      });
    }
    case 'fill': {
      await fillOne(client, question.inOneStream);
      const sends = await prepared(client, Math.ceil(question.events / plain.length));
      while (sends.length > 0) await Promise.all(sends.splice(-32).map((send) => send()));
      return question.events;
    }
    case 'stream':
      return perSecond(() => client.stream(long));
    case 'log':
      return client.log ? perSecond(() => client.log?.(question.events) ?? Promise.resolve(0)) : Number.NaN;
  }
};

process.on('disconnect', () => process.exit(0));
void (async () => {
  const [, , name = '', url = ''] = process.argv;
  const client = await clients[name as ClientName](url);
  if (typeof client === 'string') {
    process.send?.({ missing: client });
    return;
  }
  process.on('message', (question: Question) => {
    answerTo(client, question).then(
      (answer) => process.send?.({ answer: String(answer) }),
      (error: unknown) => process.send?.({ failed: String(error) }),
    );
  });
  process.send?.({ ready: 'yes' });
})();
