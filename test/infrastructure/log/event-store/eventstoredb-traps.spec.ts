import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Envelope, EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import {
  EventStoreDbEventStore,
  openEventStoreDb,
} from '../../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import type { WayOfAppending } from '../../../../src/infrastructure/log/event-store/eventstoredb/append-way';
import { appending, following, openStore, waysOfAppending } from '../../../support/eventstoredb/broken-event-stores';
import { Emulator } from '../../../support/eventstoredb/emulator';
import { envelopes, seen } from '../../../support/eventstoredb/envelopes';
import { closing } from '../../../support/closing';

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const noStream = { kind: 'no-stream' } as const;
const unavailable = (code: string) => ({ name: 'EventStoreUnavailable', code });

/** Long enough for a busy machine; short where a test waits for its end. In milliseconds. */
const [usualLimit, shortLimit] = [10_000, 3000];

let emulator: Emulator;
let store: EventStore;
let close: () => Promise<void>;
let way: WayOfAppending = 'shared-call';
beforeEach(async () => {
  emulator = await Emulator.start();
  ({ store, close } = openStore(emulator.url, usualLimit, way));
});
afterEach(async () => {
  await close();
  await emulator.stop();
});

/** Another store in place of ours, which has met the server already. */
const impatient = async (): Promise<void> => {
  await close();
  ({ store, close } = openStore(emulator.url, shortLimit, way));
  for (let warm = false; !warm;)
    warm = await store.end().then(
      () => true,
      () => false,
    );
};

/** What a subscriber hears until `enough`, and the position of each caught-up beside what was handled then. */
const heard = async (from: EventStore, enough: (events: readonly Recorded[]) => boolean, between?: (event: Recorded) => Promise<void>) => {
  const stop = new AbortController();
  const events: Recorded[] = [];
  const caughtUp: (readonly [string, string])[] = [];
  for await (const item of from.subscribe({ signal: stop.signal })) {
    if ('kind' in item) caughtUp.push([item.position, events.at(-1)?.position ?? '']);
    else {
      events.push(item);
      await between?.(item);
    }
    if (enough(events) && caughtUp.length > 0) break;
  }
  stop.abort();
  return { events, caughtUp };
};

const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

describe.each(waysOfAppending)('with appends by way of %s, a trap of the EventStoreDB client that ours does not fall into:', (appends) => {
  beforeAll(() => {
    way = appends;
  });

  it('what a process wrote is not taken for what stands: a twin may have written the same under the same ids, with other bytes', async () => {
    const [mine] = envelopes('ticket-1', 0, 1, 'twin', 10);
    const body = mine.body.replace('ș', 'ț');
    const twin = { ...mine, body, hash: hashEvent({ stream: 'ticket-1', revision: 0, id: mine.id, body }) };
    const other = openStore(emulator.url, usualLimit);
    await other.store.append('ticket-1', noStream, [twin]);
    // the server knows the ids only, and says that it is written
    expect(await store.append('ticket-1', noStream, [mine])).toMatchObject({ revision: 0 });
    const next = envelopes('ticket-1', 1, 1, 'next');
    expect(await store.append('ticket-1', seen([mine], 0), next)).toEqual({ kind: 'conflict', revision: 0 });
    expect(await store.append('ticket-1', seen([twin], 0), next)).toMatchObject({ kind: 'appended', revision: 1 });
    await other.close();
  });

  it('1. a value that cannot be encoded leaves an append unsettled', async () => {
    const [whole] = envelopes('ticket-1', 0, 1, 'ours');
    for (const part of ['id', 'type', 'body', 'hash']) {
      for (const value of [1n, undefined, null]) {
        const wrong: Envelope = { ...whole, [part]: value };
        const settled = await store.append('ticket-1', noStream, [wrong]).then(
          () => 'written',
          () => 'refused',
        );
        expect([part, value, settled]).toEqual([part, value, 'refused']);
      }
    }
    expect(emulator.log.events).toEqual([]);
  });

  it('2. an append without an answer waits for ever: ours is unavailable in time, and told as written when the log has it', async () => {
    await impatient();
    emulator.misbehaviour.next('append', { kind: 'silent' }, { kind: 'lose-answer' });
    await expect(store.append('ticket-1', noStream, envelopes('ticket-1', 0, 1, 'ours'))).rejects.toMatchObject(
      unavailable('deadline-exceeded'),
    );
    const result = await store.append('ticket-1', noStream, envelopes('ticket-1', 0, 1, 'ours'));
    expect(result).toMatchObject({ kind: 'appended', revision: 0 });
    expect(emulator.log.stream('ticket-1')).toHaveLength(1);
  });

  it('3. what the server refused once about its features stays with the client for life: ours never asks', async () => {
    emulator.misbehaviour.always('features', { kind: 'refuse', as: 'access-denied' });
    await expect(store.append('ticket-1', noStream, envelopes('ticket-1', 0, 1, 'ours'))).resolves.toMatchObject({ kind: 'appended' });
    expect(emulator.calls.get('features')).toBeUndefined();
    const careless = closing(appending(emulator.url, 'waits-for-ever'));
    for (const turn of [1, 2]) {
      emulator.misbehaviour.always('features', turn === 1 ? { kind: 'refuse', as: 'access-denied' } : undefined);
      await expect(careless.store.append('ticket-2', noStream, envelopes('ticket-2', 0, 1, 'ours'))).rejects.toThrow();
    }
  });

  it('4. clients share what waits for an answer: one package, in one folder, and what waits for ours waits in ours', async () => {
    const others = sourcesIn('src').filter((file) => !file.includes(join('event-store', 'eventstoredb')));
    expect(others.filter((file) => /['"]@(eventstore|kurrent)\//.test(readFileSync(file, 'utf8')))).toEqual([]);
    expect(readFileSync('package.json', 'utf8')).not.toContain('@kurrent/');
    const second = closing(openStore(emulator.url, usualLimit, way));
    await store.append('ticket-1', noStream, envelopes('ticket-1', 0, 1, 'ours'));
    emulator.misbehaviour.always('append', { kind: 'late', milliseconds: 100 });
    const waiting = second.store.append('ticket-2', noStream, envelopes('ticket-2', 0, 1, 'ours'));
    await wait(30);
    await close();
    await expect(waiting).resolves.toMatchObject({ kind: 'appended' });
    expect(emulator.calls.get('batch-append')).toBe(way === 'shared-call' ? 2 : undefined);
  });

  it('5. a refused append can be told as one that was made, with a wrong revision: ours is a conflict with the true one', async () => {
    const events = envelopes('ticket-1', 0, 3, 'theirs');
    await store.append('ticket-1', noStream, events);
    const late = envelopes('ticket-1', 1, 1, 'late');
    expect(await store.append('ticket-1', seen([events[0]], 0), late)).toEqual({ kind: 'conflict', revision: 2 });
    expect(() => new EventStoreDbEventStore({ url: `${emulator.url}&throwOnAppendFailure=false` })).toThrow('TICHET_EVENTSTOREDB_URL');
  });

  it('6. with the current revision the server looks at no ids: ours writes an event once, whatever its writer has seen', async () => {
    const events = envelopes('ticket-1', 0, 2, 'ours');
    const first = await store.append('ticket-1', noStream, events);
    expect(await store.append('ticket-1', seen(events, 1), events)).toEqual({ ...first, kind: 'already-appended' });
    await expect(store.append('ticket-2', noStream, events)).rejects.toThrow('made for another place');
    expect(emulator.log.events).toHaveLength(2);
  });

  it('11. clocks that are far apart kill appends: ours compares none, and silence says where to look', async () => {
    emulator.misbehaviour.clockAhead = 60_000;
    await expect(store.append('ticket-1', noStream, envelopes('ticket-1', 0, 1, 'ours'))).resolves.toMatchObject({ kind: 'appended' });
    const careless = appending(emulator.url, 'waits-for-ever');
    await expect(careless.store.append('ticket-2', noStream, envelopes('ticket-2', 0, 1, 'ours'))).rejects.toThrow();
    await careless.close();
    await impatient();
    emulator.misbehaviour.always('append', { kind: 'silent' });
    await expect(store.append('ticket-3', noStream, envelopes('ticket-3', 0, 1, 'ours'))).rejects.toThrow('clocks');
  });
});

describe('a trap of the EventStoreDB client that ours does not fall into:', () => {
  it('7. leaving a loop leaves its call open, and a client that is done with keeps its connection: ours ends both', async () => {
    await store.append('ticket-1', noStream, envelopes('ticket-1', 0, 3, 'ours'));
    await heard(store, () => true);
    for await (const event of store.readAll()) if (event.revision === 0) break;
    await impatient();
    emulator.misbehaviour.next('append', { kind: 'silent' });
    await expect(store.append('ticket-2', noStream, envelopes('ticket-2', 0, 1, 'ours'))).rejects.toThrow();
    await store.end();
    for (let patience = 0; (emulator.subscriptions.open > 0 || emulator.wire.connections > 1) && patience < 1000; patience += 1)
      await wait(10);
    expect([emulator.subscriptions.open, emulator.wire.connections]).toEqual([0, 1]);
    await close();
    for (let patience = 0; emulator.wire.connections > 0 && patience < 1000; patience += 1) await wait(10);
    expect(emulator.wire.connections).toBe(0);
  });

  it('8. “caught up” and checkpoints run ahead of the reader: ours says so behind the last event that was handled', async () => {
    emulator.misbehaviour.checkpoints = 'ahead';
    await store.append('ticket-1', noStream, envelopes('ticket-1', 0, 200, 'ours'));
    const ours = await heard(
      store,
      (events) => events.length === 200,
      () => wait(1),
    );
    expect(ours.events).toHaveLength(200);
    for (const [told, handled] of ours.caughtUp) expect(told).toBe(handled);
    const careless = closing(following(emulator.url, 'trusts-caught-up'));
    const theirs = await heard(
      careless.store,
      (events) => events.length === 200,
      () => wait(1),
    );
    expect(theirs.caughtUp.some(([told, handled]) => told > handled)).toBe(true);
  });

  it('9. a subscription never resumes after a restart: ours goes on behind the last event that was handled', async () => {
    await store.append('ticket-1', noStream, envelopes('ticket-1', 0, 50, 'ours'));
    const { events } = await heard(
      store,
      (all) => all.length >= 50,
      async ({ revision }) => {
        if (revision === 20) await emulator.restart();
      },
    );
    expect(events.map(({ revision }) => revision)).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it.each(['backwards', 'largest'] as const)(
    '10. checkpoints that are %s, and the abort of a slow reader: ours loses and doubles nothing',
    async (fault) => {
      emulator.misbehaviour.checkpoints = fault;
      emulator.misbehaviour.liveBuffer = 2;
      await store.append('ticket-1', noStream, envelopes('ticket-1', 0, 100, 'ours', 1000));
      let tail = seen(envelopes('ticket-1', 0, 100, 'ours', 1000), 99);
      const { events } = await heard(
        store,
        (all) => all.length >= 300,
        async ({ revision }) => {
          if (revision % 100 !== 50 || emulator.log.stream('ticket-1').length >= 300) return;
          const from = emulator.log.stream('ticket-1').length;
          const more = envelopes('ticket-1', from, 100, 'ours', 1000);
          expect(await store.append('ticket-1', tail, more)).toMatchObject({ kind: 'appended', revision: from + 99 });
          tail = seen(more, from + 99);
          emulator.wire.cut();
        },
      );
      expect(events.map(({ revision }) => revision)).toEqual(Array.from({ length: 300 }, (_, index) => index));
    },
  );
});

describe('the address of EventStoreDB', () => {
  const secret = 'p4ss-w0rd';
  const warnings: string[] = [];
  beforeEach(() => {
    warnings.length = 0;
    jest.spyOn(console, 'warn').mockImplementation((...words: readonly unknown[]) => {
      warnings.push(words.join(' '));
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    `http://us:${secret}@db:2113`,
    `us:${secret}@db`,
    `esdb://us:${secret}`,
    `esdb://us:${secret}@`,
    `esdb://us:${secret}@db:x`,
    `esdb://${secret}@db`,
    `esdb://us:${secret}%zz@db`,
    `esdb://us:a?${secret}@db`,
    `esdb://us:${secret}@db?tls=perhaps`,
    `esdb://us:${secret}@db?tls=false`,
    `esdb://us:${secret}@db?tlsVerifyCert=false`,
    `esdb://us:${secret}@db?passwort=${secret}`,
    `esdb://us:${secret}@db?tlsCAFile=/nowhere/ca.pem`,
    `kurrentdb://us:${secret}@db`,
    '',
  ])('%#: an address that cannot be used is told by the name of the setting, without its password', (url) => {
    const said = { text: '' };
    try {
      new EventStoreDbEventStore({ url });
    } catch (error) {
      said.text = error instanceof Error ? `${error.name} ${error.message} ${JSON.stringify(error)}` : '';
    }
    expect(said.text).toContain('EventStoreDbUnusable');
    expect(said.text).toContain('TICHET_EVENTSTOREDB_URL');
    expect([said.text, ...warnings].join('\n')).not.toContain(secret);
  });

  it('a password is kept from sentences and warnings, also when nobody answers over TLS', async () => {
    const url = `esdb://us:${secret}@127.0.0.1:${emulator.wire.port}`;
    await expect(openEventStoreDb({ url, limit: 5000 })).rejects.toThrow(
      expect.objectContaining({
        name: 'EventStoreDbUnusable',
        message: expect.stringMatching(
          new RegExp(`127.0.0.1:${emulator.wire.port} does not speak TLS.*tls=false in TICHET_EVENTSTOREDB_URL`),
        ) as unknown,
      }),
    );
    await expect(openEventStoreDb({ url, limit: 5000 })).rejects.not.toThrow(secret);
    expect(warnings).toEqual([]);
  });

  it('a connection that is refused at the start is one sentence that names the setting', async () => {
    emulator.kill();
    await expect(openEventStoreDb({ url: emulator.url, limit: 5000 })).rejects.toThrow('Nobody listens');
    await emulator.open();
    const opened = await openEventStoreDb({ url: emulator.url });
    expect(await opened.end()).toBe('');
    await opened.close();
  });

  it('a subscription of a store that is closed ends', async () => {
    const following = heard(store, () => false);
    await wait(50);
    await close();
    await expect(following).rejects.toMatchObject(unavailable('closed'));
  });
});
