import { randomUUID } from 'node:crypto';
import type { EventStore, Recorded, StreamDamage } from '@tichet-albastru/event-log/ports/event-store';
import {
  EventStoreDbEventStore,
  openEventStoreDb,
} from '../../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { closing } from '../../../support/closing';
import { makeCertificate } from '../../../support/eventstoredb/certificate';
import { Emulator } from '../../../support/eventstoredb/emulator';
import { envelopes, seen } from '../../../support/eventstoredb/envelopes';
import type { Log } from '../../../support/eventstoredb/log';
import { collected } from '../../../support/noted';

const prefix = 'cluj';
const noStream = { kind: 'no-stream' } as const;
const stray = (log: Log, stream: string): void => {
  const nothing = { contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('') };
  log.append(stream, 'any', [{ id: randomUUID(), type: 'Noted', ...nothing }]);
};

/** Of a call, in milliseconds: a busy machine is no outage. */
const limit = 60_000;

let emulator: Emulator;
let store: EventStoreDbEventStore;
const another = (): EventStoreDbEventStore => closing(new EventStoreDbEventStore({ url: emulator.url, prefix, limit }));
beforeEach(async () => {
  emulator = closing(await Emulator.start());
  store = another();
  for (const stream of ['ticket-1', 'ticket-2']) await store.append(stream, noStream, envelopes(stream, 0, 4, 'ours'));
});

const read = (from: EventStore, stream: string): Promise<unknown> =>
  collected(from.read(stream)).then(
    (events) => events.map(({ revision }) => revision),
    (error: unknown) => error,
  );
const streamsIn = (events: readonly Recorded[]): readonly string[] => events.map(({ stream, revision }) => `${stream}@${revision}`);

const aPosition: unknown = expect.stringMatching(/^\d{20}$/);

describe('a stream of ours to which somebody does something on the server', () => {
  const deeds: readonly (readonly [StreamDamage['how'], number, (log: Log, stream: string) => unknown])[] = [
    ['tombstoned', 0, (log, stream) => log.tombstone(stream)],
    ['deleted', 0, (log, stream) => log.softDelete(stream)],
    [
      'cut',
      0,
      (log, stream) => {
        log.setMetadata(stream, { $maxCount: 2 });
      },
    ],
    [
      'cut',
      0,
      (log, stream) => {
        log.setMetadata(stream, { $tb: 4 });
      },
    ],
    [
      'cut',
      0,
      (log, stream) => {
        log.setMetadata(stream, { $maxAge: -1 });
      },
    ],
    ['foreign-event', 4, stray],
  ];

  it.each(deeds)(
    'is %s, and that is the newest of the log: whoever follows it is told that he has caught up',
    async (_how, _revision, make) => {
      make(emulator.log, `${prefix}.ticket-1`);
      const stop = new AbortController();
      const told: unknown[] = [];
      for await (const item of another().subscribe({ signal: stop.signal })) {
        told.push('kind' in item ? item.kind : item.stream);
        if ('kind' in item) break;
      }
      stop.abort();
      expect(told.slice(-2)).toEqual(['ticket-2', 'caught-up']);
    },
  );

  it.each(deeds)('is %s: whoever reads it is told, the log is read on, and the others as before', async (how, revision, make) => {
    const before = streamsIn(await collected(store.readAll()));
    make(emulator.log, `${prefix}.ticket-1`);
    const damage = { stream: 'ticket-1', revision, how };
    // of what may be taken back and done again it is told where the log says so
    const found = how === 'tombstoned' || how === 'foreign-event' ? damage : { ...damage, since: aPosition };
    for (const one of [store, another()]) {
      expect(streamsIn(await collected(one.readAll()))).toEqual(before);
      expect(streamsIn(await one.newestEvents(3))).toEqual(before.slice(-3));
      expect(await read(one, 'ticket-1')).toMatchObject({ name: 'EventLogCorrupt', damage });
      expect(await read(one, 'ticket-2')).toEqual([0, 1, 2, 3]);
      expect(streamsIn(await one.readFromWholeLog('ticket-1'))).toEqual(before.slice(0, 4));
      expect(await one.damaged()).toEqual([found]);
    }
    // and so does whoever looks for nothing but that, where the server tells, or another process has come upon it
    expect(await another().damaged()).toEqual(how === 'foreign-event' ? [] : [found]);
    expect(await another().damaged({ suspected: [damage] })).toEqual([found]);
    await expect(openEventStoreDb({ url: emulator.url, prefix }).then((opened) => opened.close())).resolves.toBeUndefined();
  });

  it('is noticed by whoever follows the log, and asked for nothing more while nothing was noticed', async () => {
    const stop = new AbortController();
    const heard: unknown[] = [];
    const following = (async () => {
      for await (const item of store.subscribe({ signal: stop.signal })) heard.push(item);
    })();
    expect(await store.damaged()).toEqual([]);
    const reads = emulator.calls.get('read');
    expect([await store.damaged(), emulator.calls.get('read')]).toEqual([[], reads]);
    emulator.log.softDelete(`${prefix}.ticket-2`);
    while ((await store.damaged()).length === 0) await new Promise(setImmediate);
    emulator.log.takeBack(`${prefix}.ticket-2`);
    while ((await store.damaged()).length > 0) await new Promise(setImmediate);
    stop.abort();
    await following;
  });

  it('is whole again once its metadata are taken back, which takes twice after a deletion', async () => {
    emulator.log.softDelete(`${prefix}.ticket-1`);
    const [{ since = '' } = {}] = await store.damaged();
    expect(await store.damaged()).toMatchObject([{ how: 'deleted', since }]);
    // done once more it stands elsewhere
    emulator.log.softDelete(`${prefix}.ticket-1`);
    const [again] = await store.damaged();
    expect([again?.how, (again?.since ?? '') > since]).toEqual(['deleted', true]);
    emulator.log.setMetadata(`${prefix}.ticket-1`, {});
    // the first time the server cuts the stream at its end
    expect(await store.damaged({ anew: true })).toMatchObject([{ how: 'cut' }]);
    emulator.log.setMetadata(`${prefix}.ticket-1`, {});
    expect(await store.damaged()).toEqual([]);
    expect(await read(store, 'ticket-1')).toEqual([0, 1, 2, 3]);
  });

  it('shows in the whole log what it held until somebody scavenges, of which what is there already is not read again', async () => {
    emulator.log.tombstone(`${prefix}.ticket-1`);
    await store.append('ticket-11', noStream, envelopes('ticket-11', 0, 1, 'ours'));
    const remains = ['ticket-1@0', 'ticket-1@1', 'ticket-1@2', 'ticket-1@3'];
    expect(streamsIn(await store.readFromWholeLog('ticket-1'))).toEqual(remains);
    const sent = emulator.sent.get(`${prefix}.ticket-1`);
    await store.append('ticket-3', noStream, envelopes('ticket-3', 0, 1, 'ours'));
    expect([streamsIn(await store.readFromWholeLog('ticket-1')), emulator.sent.get(`${prefix}.ticket-1`)]).toEqual([remains, sent]);
    emulator.log.scavenge();
    expect(await another().readFromWholeLog('ticket-1')).toEqual([]);
    await emulator.putBack();
    store.forget();
    expect(await store.readFromWholeLog('ticket-1')).toEqual([]);
  });

  it('stays damaged when somebody has scavenged', async () => {
    emulator.log.setMetadata(`${prefix}.ticket-1`, { $maxCount: 2 });
    emulator.log.softDelete(`${prefix}.ticket-2`);
    emulator.log.scavenge();
    expect(await another().damaged()).toEqual([
      { stream: 'ticket-1', revision: 0, how: 'cut', since: aPosition },
      { stream: 'ticket-2', revision: 0, how: 'deleted', since: aPosition },
    ]);
    emulator.log.setMetadata(`${prefix}.ticket-1`, {});
    expect(await another().damaged()).toMatchObject([{ stream: 'ticket-1', how: 'cut' }, { stream: 'ticket-2' }]);
  });

  it.each(['shared-call', 'client'] as const)(
    'is not taken for a new one by whoever had read nothing of it before it was deleted: nothing is acknowledged (%s)',
    async (appends) => {
      const one = closing(new EventStoreDbEventStore({ url: emulator.url, prefix, appends }));
      emulator.log.softDelete(`${prefix}.ticket-1`);
      await expect(one.append('ticket-1', noStream, envelopes('ticket-1', 0, 2, 'new'))).rejects.toMatchObject({
        ...{ name: 'EventLogCorrupt', damage: { stream: 'ticket-1', revision: 4 } },
      });
      expect(await one.damaged()).toMatchObject([{ stream: 'ticket-1', how: 'cut' }]);
    },
  );

  it('is none of ours where it is of another prefix or of no category', async () => {
    for (const stream of ['pitesti.ticket-1', 'ticket-1', `${prefix}.orders-1`, 'orders-1']) {
      stray(emulator.log, stream);
      emulator.log.setMetadata(stream, { $maxCount: 1 });
      emulator.log.tombstone(stream);
    }
    expect([await store.damaged(), (await collected(store.readAll())).length]).toEqual([[], 8]);
    const whole = closing(new EventStoreDbEventStore({ url: emulator.url, limit }));
    expect(await whole.damaged()).toMatchObject([{ stream: 'ticket-1' }]);
    expect(await collected(whole.readAll())).toEqual([]);
  });
});

describe('a right that is taken', () => {
  const unavailable = { name: 'EventStoreUnavailable', code: 'access-denied' };
  const damage = { stream: 'ticket-1', revision: 0, how: 'denied' };
  const ofOne = { name: 'EventLogCorrupt', damage };
  const ofTheClerk = { $r: 'clerk', $w: 'clerk', $mr: 'clerk' };
  let asClerk: EventStoreDbEventStore;
  const asAnother = (appends: 'shared-call' | 'client' = 'shared-call'): EventStoreDbEventStore =>
    closing(new EventStoreDbEventStore({ url: emulator.urlFor('clerk', 'secret'), prefix, appends, limit }));
  const writes = (to: EventStore, stream: string, revision: number): Promise<unknown> => {
    const expected = revision === 0 ? noStream : seen(envelopes(stream, 0, revision, 'ours'), revision - 1);
    return to.append(stream, expected, envelopes(stream, revision, 1, 'ours')).then(
      ({ kind }) => kind,
      (error: unknown) => error,
    );
  };
  beforeEach(async () => {
    emulator = closing(await Emulator.start({ certificate: makeCertificate() }));
    emulator.access.setUser('clerk', 'secret');
    emulator.access.userStreams = ofTheClerk;
    emulator.log.setMetadata('$all', { $acl: { $r: 'clerk' } });
    asClerk = asAnother();
    for (const stream of ['ticket-1', 'ticket-2']) expect(await writes(asClerk, stream, 0)).toBe('appended');
  });

  it('from one stream, to read it, is told of this stream, and no outage of the log', async () => {
    emulator.log.setMetadata(`${prefix}.ticket-1`, { $acl: { $r: '$admins' } });
    for (const one of [asClerk, asAnother()]) {
      expect([await read(one, 'ticket-1'), await read(one, 'ticket-2')]).toMatchObject([ofOne, [0]]);
      expect(await one.damaged()).toEqual([{ ...damage, since: aPosition }]);
      await expect(one.takesAppends(true)).resolves.toBeUndefined();
    }
    emulator.log.setMetadata(`${prefix}.ticket-1`, {});
    expect([await asClerk.damaged(), await read(asClerk, 'ticket-1')]).toEqual([[], [0]]);
  });

  it.each(['shared-call', 'client'] as const)('from one stream, to write to it, as well (%s)', async (appends) => {
    const one = asAnother(appends);
    emulator.log.setMetadata(`${prefix}.ticket-1`, { $acl: { $w: '$admins' } });
    expect([await writes(one, 'ticket-1', 1), await writes(one, 'ticket-2', 1)]).toMatchObject([ofOne, 'appended']);
    expect([await one.damaged(), await asAnother().damaged({ suspected: [{ ...damage, how: 'denied' }] })]).toEqual(
      Array(2).fill([{ ...damage, since: aPosition }]),
    );
    emulator.log.setMetadata(`${prefix}.ticket-1`, {});
    expect(await one.damaged()).toEqual([]);
  });

  it('from all streams, or from the whole log, is an outage', async () => {
    emulator.access.userStreams = { ...ofTheClerk, $w: '$admins' };
    expect(await writes(asClerk, 'ticket-1', 1)).toMatchObject(unavailable);
    emulator.access.userStreams = { ...ofTheClerk, $r: '$admins' };
    expect(await read(asClerk, 'ticket-1')).toMatchObject(unavailable);
    await expect(asClerk.takesAppends(true)).rejects.toMatchObject(unavailable);
    emulator.access.userStreams = ofTheClerk;
    emulator.log.setMetadata('$all', { $acl: { $r: '$admins' } });
    // whoever only looks in passing sees it, too: of a subscription that is open nobody would hear it
    await expect(asClerk.takesAppends(false)).rejects.toMatchObject(unavailable);
    emulator.log.setMetadata(`${prefix}.ticket-1`, { $acl: { $r: '$admins' } });
    expect(await read(asClerk, 'ticket-1')).toMatchObject(unavailable);
  });
});
