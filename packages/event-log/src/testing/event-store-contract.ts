import type { AppendResult, Envelope, EventStore, Expected, NonEmpty, Recorded } from '../ports/event-store';
import { largestAppendBytes } from '../ports/event-store';
import { deriveIdentifier } from '../runtime/identifiers';
import { hashEvent } from '../codec/event-hash';
import { ensure, ensureEqual, type ContractCheck } from './check';

/** A store with nothing in it. `reopen` closes it and opens what it kept; left out by stores that keep nothing. */
export type EventStoreSubject = { readonly store: EventStore; readonly reopen?: () => Promise<EventStore> };

const noStream: Expected = { kind: 'no-stream' };

const eventOf = (stream: string, revision: number, name: string, text = 'ș'): Envelope => {
  const id = deriveIdentifier(stream, String(revision), name);
  const body = JSON.stringify({ type: 'Noted', version: 1, data: { text }, metadata: { name } });
  return { id, type: 'Noted', body, hash: hashEvent({ stream, revision, id, body }) };
};
const eventsOf = (stream: string, from: number, count: number, name: string, text?: string): NonEmpty<Envelope> => {
  const rest = Array.from({ length: count - 1 }, (_, index) => eventOf(stream, from + 1 + index, name, text));
  return [eventOf(stream, from, name, text), ...rest];
};
const at = ({ revision, hash }: { readonly revision: number; readonly hash: string }): Expected => ({ kind: 'at', revision, hash });
const lastOf = (events: NonEmpty<Envelope>): Envelope => events.at(-1) ?? events[0];
const collect = async (events: AsyncIterable<Recorded>): Promise<readonly Recorded[]> => {
  const all: Recorded[] = [];
  for await (const event of events) all.push(event);
  return all;
};
const kindsOf = (results: readonly AppendResult[]): readonly string[] => results.map(({ kind }) => kind).sort();
const idsOf = (events: readonly Recorded[]): readonly string[] => events.map(({ id }) => id);

/** Whether it was written; a refusal is thrown. */
const writtenOrRefused = (append: Promise<AppendResult>): Promise<'written' | 'refused'> =>
  append.then(
    () => 'written',
    () => 'refused',
  );

/** A subscriber that has not heard of an event by then will not hear of it. */
const patienceMilliseconds = 2000;

/** What one subscriber sees until it has seen `count` events and then the end of the log. */
const follow = async (store: EventStore, count: number, after = ''): Promise<readonly Recorded[]> => {
  const stop = new AbortController();
  const patience = setTimeout(() => {
    stop.abort();
  }, patienceMilliseconds);
  const seen: Recorded[] = [];
  try {
    for await (const item of store.subscribe({ after, signal: stop.signal })) {
      if ('kind' in item) {
        if (seen.length >= count) break;
      } else seen.push(item);
    }
    return seen;
  } finally {
    clearTimeout(patience);
    stop.abort();
  }
};

const ensureWholeLog = (events: readonly Recorded[], expected: number): void => {
  ensureEqual(events.length, expected, 'number of events');
  ensureEqual(new Set(idsOf(events)).size, expected, 'number of different events');
  const revisions = new Map<string, number>();
  let position = '';
  for (const event of events) {
    ensure(event.position > position, 'positions do not rise');
    position = event.position;
    ensureEqual(event.revision, (revisions.get(event.stream) ?? -1) + 1, `next revision of ${event.stream}`);
    revisions.set(event.stream, event.revision);
    ensureEqual(hashEvent(event), event.hash, 'hash of what came back');
  }
};

/** Sixteen writers, each to a stream of its own and all of them to one. @returns the number of events acknowledged */
const raceOfWriters = async (store: EventStore, writers = 16, appends = 8): Promise<number> => {
  let acknowledged = 0;
  const write = async (writer: number): Promise<void> => {
    const own = `request-${writer}`;
    let tail: Expected = noStream;
    for (let turn = 0; turn < appends; turn += 1) {
      const events = eventsOf(own, turn * 3, 3, 'own');
      const result = await store.append(own, tail, events);
      ensureEqual(result.kind, 'appended', 'append to a stream of its own');
      tail = at({ revision: turn * 3 + 2, hash: lastOf(events).hash });
      acknowledged += 3;
      const shared = await collect(store.read('agenda-shared'));
      const last = shared.at(-1);
      const name = `w${writer}t${turn}`;
      const attempt = await store.append('agenda-shared', last ? at(last) : noStream, [
        eventOf('agenda-shared', (last?.revision ?? -1) + 1, name),
      ]);
      if (attempt.kind === 'appended') acknowledged += 1;
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
  return acknowledged;
};

const appending: readonly ContractCheck<EventStoreSubject>[] = [
  {
    promise: 'a body comes back byte for byte, with everything that was said of it',
    check: async ({ store }) => {
      const text = 'ăâîșț "\\ \u2028 \u0000 😀 </script>';
      const events = eventsOf('ticket-1', 0, 2, 'bytes', text);
      const appended = await store.append('ticket-1', noStream, events);
      const recorded = await collect(store.read('ticket-1'));
      ensureEqual(
        recorded.map(({ id, type, body, hash }) => ({ id, type, body, hash })),
        events,
        'envelopes',
      );
      ensureEqual(
        recorded.map(({ stream, revision }) => [stream, revision]),
        [
          ['ticket-1', 0],
          ['ticket-1', 1],
        ],
        'places',
      );
      ensureEqual(appended, { kind: 'appended', revision: 1, position: recorded[1]?.position }, 'answer');
      ensureEqual(await store.end(), recorded[1]?.position, 'end of the log');
    },
  },
  {
    promise: 'an empty log has no events and no end, an unknown stream is empty',
    check: async ({ store }) => {
      ensureEqual(await store.end(), '', 'end');
      ensureEqual(await collect(store.readAll()), [], 'log');
      ensureEqual(await collect(store.read('ticket-none')), [], 'stream');
    },
  },
  {
    promise: 'a stale writer gets a conflict with the true revision, and nothing is written',
    check: async ({ store }) => {
      const first = eventsOf('ticket-1', 0, 2, 'first');
      await store.append('ticket-1', noStream, first);
      const stale = [
        await store.append('ticket-1', noStream, [eventOf('ticket-1', 0, 'stale-a')]),
        await store.append('ticket-1', at({ revision: 0, hash: first[0].hash }), [eventOf('ticket-1', 1, 'stale-b')]),
        await store.append('ticket-1', at({ revision: 5, hash: first[0].hash }), [eventOf('ticket-1', 6, 'stale-c')]),
        await store.append('ticket-1', at({ revision: 1, hash: 'f'.repeat(64) }), [eventOf('ticket-1', 2, 'stale-d')]),
      ];
      ensureEqual(
        stale,
        stale.map(() => ({ kind: 'conflict', revision: 1 })),
        'stale appends',
      );
      const missing = await store.append('ticket-2', at({ revision: 0, hash: first[0].hash }), [eventOf('ticket-2', 1, 'stale-e')]);
      ensureEqual(missing, { kind: 'conflict', revision: -1 }, 'append to a stream that does not exist');
      ensureWholeLog(await collect(store.readAll()), 2);
    },
  },
  {
    promise: 'of sixteen writers who saw the same, one writes',
    check: async ({ store }) => {
      const results = await Promise.all(
        Array.from({ length: 16 }, (_, n) => store.append('ticket-1', noStream, eventsOf('ticket-1', 0, 2, `n${n}`))),
      );
      ensureEqual(kindsOf(results), ['appended', ...Array.from({ length: 15 }, () => 'conflict')], 'answers');
      ensureWholeLog(await collect(store.readAll()), 2);
    },
  },
  {
    promise: 'a repeated append answers as the first time, also late and after others have written, and writes nothing',
    check: async ({ store }) => {
      const first = eventsOf('ticket-1', 0, 2, 'first');
      const second = eventsOf('ticket-1', 2, 2, 'second');
      const original = await store.append('ticket-1', noStream, first);
      await store.append('ticket-1', at({ revision: 1, hash: lastOf(first).hash }), second);
      await store.append('ticket-2', noStream, eventsOf('ticket-2', 0, 1, 'other'));
      const again = { ...original, kind: 'already-appended' };
      ensureEqual(await store.append('ticket-1', noStream, first), again, 'with what it saw then');
      ensureEqual(await store.append('ticket-1', at({ revision: 3, hash: lastOf(second).hash }), first), again, 'with what it sees now');
      ensureWholeLog(await collect(store.readAll()), 5);
    },
  },
  {
    promise: 'two identical appends at once write once, and both are told so',
    check: async ({ store }) => {
      const events = eventsOf('ticket-1', 0, 3, 'twin');
      const results = await Promise.all([store.append('ticket-1', noStream, events), store.append('ticket-1', noStream, events)]);
      ensureEqual(kindsOf(results), ['already-appended', 'appended'], 'answers');
      ensureWholeLog(await collect(store.readAll()), 3);
    },
  },
  {
    promise: 'an id stands once in the whole log',
    check: async ({ store }) => {
      const [event] = eventsOf('ticket-1', 0, 1, 'first');
      await store.append('ticket-1', noStream, [event]);
      const elsewhere = await writtenOrRefused(store.append('ticket-2', noStream, [event]));
      ensureEqual(elsewhere, 'refused', 'the same id in another stream');
      const inBatch = await writtenOrRefused(store.append('ticket-3', noStream, [eventOf('ticket-3', 0, 'new'), event]));
      ensureEqual(inBatch, 'refused', 'the same id behind a new one');
      ensureWholeLog(await collect(store.readAll()), 1);
    },
  },
  {
    promise: 'an append over 512 KiB is refused whole, one just below is kept',
    check: async ({ store }) => {
      const half = 'x'.repeat(largestAppendBytes / 2);
      const refused = await writtenOrRefused(store.append('ticket-1', noStream, eventsOf('ticket-1', 0, 2, 'large', half)));
      ensureEqual(refused, 'refused', 'too large an append');
      await store.append('ticket-1', noStream, eventsOf('ticket-1', 0, 2, 'below', half.slice(1000)));
      ensureWholeLog(await collect(store.readAll()), 2);
    },
  },
];

const readingChecks: readonly ContractCheck<EventStoreSubject>[] = [
  {
    promise: 'a stream is read from a revision on, the log after a position and up to a limit, over every size of batch',
    check: async ({ store }) => {
      const count = 2300;
      let tail: Expected = noStream;
      for (let from = 0; from < count; from += 230) {
        const events = eventsOf('ticket-1', from, 230, 'many');
        await store.append('ticket-1', tail, events);
        tail = at({ revision: from + 229, hash: lastOf(events).hash });
      }
      const all = await collect(store.readAll());
      ensureWholeLog(all, count);
      for (const from of [0, 1, 999, 1000, 1001, 2299, 2300]) {
        ensureEqual(idsOf(await collect(store.read('ticket-1', from))), idsOf(all.slice(from)), `stream from ${from}`);
        const after = all[from - 1]?.position ?? '';
        ensureEqual(idsOf(await collect(store.readAll({ after }))), idsOf(all.slice(from)), `log after ${from}`);
        ensureEqual(idsOf(await collect(store.readAll({ after, limit: 7 }))), idsOf(all.slice(from, from + 7)), `seven after ${from}`);
      }
      ensureEqual((await collect(store.readAll({ limit: 1500 }))).length, 1500, 'limit over a batch');
      ensureEqual(await collect(store.readAll({ limit: 0 })), [], 'limit of nothing');
    },
  },
  {
    promise: 'under sixteen writers nothing is lost, doubled or reordered, for readers and subscribers, early and late',
    check: async ({ store }) => {
      const early = new AbortController();
      const seen: Recorded[] = [];
      const following = (async () => {
        for await (const item of store.subscribe({ signal: early.signal })) if (!('kind' in item)) seen.push(item);
      })();
      try {
        const acknowledged = await raceOfWriters(store);
        const log = await collect(store.readAll());
        ensureWholeLog(log, acknowledged);
        ensureEqual(idsOf(await follow(store, acknowledged)), idsOf(log), 'what a late subscriber sees');
        for (let patience = 0; seen.length < acknowledged && patience < 200; patience += 1)
          await new Promise((resolve) => setTimeout(resolve, 10));
        early.abort();
        await following;
        ensureEqual(idsOf(seen), idsOf(log), 'what an early subscriber saw');
      } finally {
        early.abort();
      }
    },
  },
  {
    promise: 'a subscriber says when it has caught up, sleeps, and is told of what comes',
    check: async ({ store }) => {
      await store.append('ticket-1', noStream, eventsOf('ticket-1', 0, 2, 'before'));
      const stop = new AbortController();
      const heard: string[] = [];
      for await (const item of store.subscribe({ signal: stop.signal })) {
        heard.push('kind' in item ? 'caught-up' : item.stream);
        if (heard.length === 3) await store.append('ticket-2', noStream, eventsOf('ticket-2', 0, 1, 'after'));
        if (heard.length === 5) {
          ensureEqual('kind' in item && item.position, await store.end(), 'where it has caught up');
          stop.abort();
        }
      }
      ensureEqual(heard, ['ticket-1', 'ticket-1', 'caught-up', 'ticket-2', 'caught-up'], 'what it heard');
    },
  },
  {
    promise: 'a subscription goes on after the position it is given, and ends when it is told to',
    check: async ({ store }) => {
      await store.append('ticket-1', noStream, eventsOf('ticket-1', 0, 5, 'five'));
      const all = await collect(store.readAll());
      ensureEqual(idsOf(await follow(store, 2, all[2]?.position)), idsOf(all.slice(3)), 'after the third');
      const stopped = new AbortController();
      stopped.abort();
      const nothing: unknown[] = [];
      for await (const item of store.subscribe({ signal: stopped.signal })) nothing.push(item);
      ensureEqual(nothing, [], 'a subscription that was over before it began');
    },
  },
  {
    promise: 'a reader that stops in the middle disturbs nobody, and a slow one sees everything',
    check: async ({ store }) => {
      await store.append('ticket-1', noStream, eventsOf('ticket-1', 0, 300, 'many'));
      for await (const event of store.readAll()) if (event.revision === 3) break;
      const slow: string[] = [];
      for await (const event of store.readAll()) {
        slow.push(event.id);
        if (event.revision === 10) await store.append('ticket-2', noStream, eventsOf('ticket-2', 0, 1, 'meanwhile'));
        if (event.revision % 50 === 0) await new Promise(setImmediate);
      }
      ensureEqual(slow.slice(0, 300), idsOf(await collect(store.read('ticket-1'))), 'what the slow reader saw');
    },
  },
];

const keeping: readonly ContractCheck<EventStoreSubject>[] = [
  {
    promise: 'what was acknowledged stands after closing and opening, and a subscription goes on where it was',
    check: async ({ store, reopen }) => {
      if (!reopen) return;
      const acknowledged = await raceOfWriters(store, 4, 3);
      const before = await collect(store.readAll());
      const middle = before[Math.floor(before.length / 2)];
      const opened = await reopen();
      ensureEqual(await collect(opened.readAll()), before, 'the log after opening');
      ensureWholeLog(before, acknowledged);
      const rest = await follow(opened, 1, middle?.position);
      ensureEqual(idsOf(rest), idsOf(before.filter(({ position }) => position > (middle?.position ?? ''))), 'the rest of the subscription');
      const repeated = await opened.append('request-0', noStream, eventsOf('request-0', 0, 3, 'own'));
      ensureEqual(repeated.kind, 'already-appended', 'an append repeated after opening');
    },
  },
];

/** Every adapter keeps these promises. Give each check a fresh, empty store. */
export const eventStoreContract: readonly ContractCheck<EventStoreSubject>[] = [...appending, ...readingChecks, ...keeping];
