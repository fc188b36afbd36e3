import type { Position, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { EventStoreDbEventStore } from '../../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { Connection } from '../../../../src/infrastructure/log/event-store/eventstoredb/connection';
import { Reader } from '../../../../src/infrastructure/log/event-store/eventstoredb/reader';
import type { StreamNotice } from '../../../../src/infrastructure/log/event-store/eventstoredb/stored-event';
import { streamNames } from '../../../../src/infrastructure/log/event-store/eventstoredb/stream-names';
import { closing } from '../../../support/closing';
import { writeAsOthers } from '../../../support/eventstoredb/bystanders';
import { Emulator } from '../../../support/eventstoredb/emulator';
import { envelopes, seen } from '../../../support/eventstoredb/envelopes';

const noStream = { kind: 'no-stream' } as const;

const all = async (events: AsyncIterable<Recorded>): Promise<readonly Recorded[]> => {
  const taken: Recorded[] = [];
  for await (const event of events) taken.push(event);
  return taken;
};

let emulator: Emulator;
beforeEach(async () => {
  emulator = closing(await Emulator.start());
});

type Settings = ConstructorParameters<typeof EventStoreDbEventStore>[0];
const opened = (settings: Partial<Settings> = {}): EventStoreDbEventStore =>
  closing(new EventStoreDbEventStore({ url: emulator.url, ...settings }));

const sentOfOthers = (prefix: string): readonly string[] =>
  [...emulator.sent.keys()].filter((name) => !name.startsWith(prefix) && !name.startsWith(`$$${prefix}`));

/** The first so many events that a subscription brings. */
const firstHeard = async (store: EventStoreDbEventStore, count: number): Promise<readonly Recorded[]> => {
  const stop = new AbortController();
  const events: Recorded[] = [];
  for await (const item of store.subscribe({ signal: stop.signal })) {
    if (!('kind' in item)) events.push(item);
    if (events.length === count) break;
  }
  stop.abort();
  return events;
};

describe.each([
  { what: 'with a prefix', prefix: 'tichet', onServer: 'tichet.' },
  { what: 'without one, by our categories', prefix: '', onServer: 'ticket-' },
])('a log that others write to, too, $what', ({ prefix, onServer }) => {
  it('is filtered on the server, forwards and backwards: what is others’ is never sent', async () => {
    const store = opened({ prefix });
    writeAsOthers(emulator.log, 700);
    const ours = envelopes('ticket-1', 0, 3, 'ours');
    await store.append('ticket-1', noStream, ours);
    writeAsOthers(emulator.log, 700);
    emulator.sent.clear();
    const events = await all(store.readAll());
    expect(events.map(({ id }) => id)).toEqual(ours.map(({ id }) => id));
    expect(await all(store.readAll({ after: events[0]?.position ?? '' }))).toEqual(events.slice(1));
    expect(await store.newestEvents(2)).toEqual(events.slice(1));
    expect(await firstHeard(store, 3)).toEqual(events);
    expect(sentOfOthers(onServer)).toEqual([]);
    expect(await store.end()).toBe(events.at(-1)?.position);
    // the log's own end, which is a single event
    expect([...emulator.sent].filter(([name]) => sentOfOthers(onServer).includes(name)).map(([, count]) => count)).toEqual([1]);
  });

  it('is searched for our newest behind what was searched already', async () => {
    const store = opened({ prefix });
    const first = envelopes('ticket-1', 0, 3, 'ours');
    await store.append('ticket-1', noStream, first);
    const [, , last] = await all(store.readAll());
    expect(await store.end()).toBe(last?.position);
    writeAsOthers(emulator.log, 200);
    expect(await store.end()).toBe(last?.position);
    const second = opened({ prefix });
    const more = await second.append('ticket-1', seen(first, 2), envelopes('ticket-1', 3, 600, 'ours'));
    writeAsOthers(emulator.log, 200);
    expect(more).toMatchObject({ kind: 'appended', position: await store.end() });
  });

  it('is read as a whole where the server refuses the filter, which is said once', async () => {
    emulator.misbehaviour.refusesFilters = true;
    let said = 0;
    const store = opened({ prefix, filterRefused: () => (said += 1) });
    writeAsOthers(emulator.log, 700);
    const ours = envelopes('ticket-1', 0, 3, 'ours');
    await store.append('ticket-1', noStream, ours);
    writeAsOthers(emulator.log, 700);
    const events = await all(store.readAll());
    expect(events.map(({ id }) => id)).toEqual(ours.map(({ id }) => id));
    expect(await store.end()).toBe(events.at(-1)?.position);
    expect(await store.newestEvents(2)).toEqual(events.slice(1));
    expect(await firstHeard(store, 3)).toEqual(events);
    expect(said).toBe(1);
    expect(sentOfOthers(onServer)).not.toEqual([]);
  });

  it('may take longer than the time limit where very many of others’ are skipped, as long as the server answers something else', async () => {
    const store = opened({ prefix, limit: 400 });
    for (let warm = false; !warm;)
      warm = await store.end().then(
        () => true,
        () => false,
      );
    emulator.misbehaviour.next('read', { kind: 'late', milliseconds: 1500 });
    expect(await all(store.readAll())).toEqual([]);
    emulator.misbehaviour.always('read', { kind: 'silent' });
    await expect(all(store.readAll())).rejects.toMatchObject({ name: 'EventStoreUnavailable', code: 'deadline-exceeded' });
  });
});

describe('what somebody did on the server', () => {
  const written = async (): Promise<EventStoreDbEventStore> => {
    const store = opened();
    for (const stream of ['ticket-1', 'ticket-2', 'agenda-1', 'request-1', 'staff-1'])
      await store.append(stream, noStream, envelopes(stream, 0, 3, 'ours'));
    return store;
  };
  const foreign = { type: 'Noted', contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('') };
  const someId = '0195a3c0-1b2c-7d3e-8f40-000000000001';

  /** What a reader of its own hears of. */
  const noticing = () => {
    const heard: StreamNotice[] = [];
    const connection = closing(new Connection(emulator.url));
    const reader = new Reader({ connection, names: streamNames(), limit: 5000, notice: (notice) => heard.push(notice) });
    return { reader, heard };
  };

  it('is passed over where it is in no stream of a category of ours, at the start and later', async () => {
    for (const stream of ['orders-1', 'ticket', 'tickets-1', 'ticket.1']) emulator.log.append(stream, 'any', [{ ...foreign, id: someId }]);
    const store = await written();
    emulator.log.append('$strange', 'any', [{ ...foreign, id: someId }]);
    expect((await all(store.readAll())).map(({ stream }) => stream)).toHaveLength(15);
    expect(await firstHeard(store, 15)).toHaveLength(15);
    // and nobody here writes where nobody here would read it
    await expect(store.append('orders-1', noStream, envelopes('orders-1', 0, 1, 'ours'))).rejects.toMatchObject({ name: 'AppendRefused' });
  });

  it('to one stream is told, and keeps nobody from reading the others: deleted for ever, deleted, cut, written to', async () => {
    const store = await written();
    const whole = await all(store.readAll());
    emulator.log.tombstone('ticket-1');
    emulator.log.softDelete('ticket-2');
    emulator.log.setMetadata('agenda-1', { $maxCount: 2 });
    emulator.log.append('request-1', 'any', [{ ...foreign, id: someId }]);
    const events = await all(store.readAll());
    expect(events).toEqual(whole);
    expect(await firstHeard(store, whole.length)).toEqual(whole);
    expect(await store.newestEvents(15)).toEqual(whole);
    // what nobody comes by, nobody waits for
    expect(await store.end()).toBe(whole.at(-1)?.position);
    await expect(all(store.read('ticket-1'))).rejects.toMatchObject({ damage: { stream: 'ticket-1', revision: 0, how: 'tombstoned' } });
    await expect(all(store.read('agenda-1'))).rejects.toMatchObject({ damage: { stream: 'agenda-1', revision: 0, how: 'cut' } });
    await expect(all(store.read('request-1'))).rejects.toMatchObject({
      damage: { stream: 'request-1', revision: 3, how: 'foreign-event' },
    });
    expect(await all(store.read('staff-1'))).toHaveLength(3);

    const { reader, heard } = noticing();
    for (let after: Position = '', full = true; full;) ({ next: after, full } = await reader.after(after));
    expect(heard).toMatchObject([
      { kind: 'deleted', stream: 'ticket-1' },
      { kind: 'metadata', stream: 'ticket-2', cut: { truncateBefore: Number(2n ** 63n - 1n) } },
      { kind: 'metadata', stream: 'agenda-1', cut: { maxCount: 2 } },
      { kind: 'no-envelope', stream: 'request-1', revision: 3 },
    ]);
    const found: StreamNotice[] = [];
    for await (const notice of reader.notices()) found.push(notice);
    expect(found.map(({ stream }) => stream)).toEqual(['ticket-2', 'agenda-1', 'ticket-1']);
    emulator.log.setMetadata('agenda-1', {});
    await reader.after(heard.at(-1)?.position ?? '');
    expect(heard.at(-1)).toMatchObject({ kind: 'metadata', stream: 'agenda-1', cut: {} });
  });

  it('leaves a position to be asked for, and one where nothing begins is no failure', async () => {
    const store = await written();
    const [, second] = await all(store.readAll());
    const { reader } = noticing();
    const position = second?.position ?? '';
    expect(await reader.at(position)).toEqual(second);
    const between = String(BigInt(position) + 1n).padStart(20, '0');
    expect(await reader.at(between)).toBeUndefined();
    expect(await reader.at('9'.repeat(18).padStart(20, '0'))).toBeUndefined();
  });
});
