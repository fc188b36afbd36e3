import { hash as digestOf } from 'node:crypto';
import { EventLogCorrupt, type EventStore, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { positionOf } from '@tichet-albastru/event-log/stores/append-rules';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import {
  type CheckpointStore,
  createFrontier,
  createMemoryCheckpointStore,
  createTreeCheck,
  leafHash,
  type LogEntry,
  openTree,
  signCheckpoint,
  type TileAt,
  verifyEntries,
} from '@tichet-albastru/signed-log';
import { faultWords } from '../../../src/infrastructure/proof/fault-words';
import { createFaultsFound, isOfTheChain, type LogFault } from '../../../src/infrastructure/proof/verify/log-fault';
import {
  firstRow,
  lastRow,
  logBehindPort,
  pagesBehind,
  watchedWhileRead,
  type StoredLog,
} from '../../../src/infrastructure/proof/verify/stored-log';
import { createChainCheck, verifyLog, type LogToVerify } from '../../../src/infrastructure/proof/verify/verify-log';
import { closing } from '../../support/closing';
import { appendSmall } from '../../support/small-events';
import { otherSealKey, sealKey, sealNow } from '../../support/sealed-tickets';
import { events, smallEvents, uncounted } from './support/small-logs';

const sealedSmall = async (
  ...counts: readonly number[]
): Promise<{ readonly store: EventStore; readonly checkpoints: CheckpointStore }> => {
  const [store, checkpoints] = [createMemoryEventStore(), createMemoryCheckpointStore()];
  for (const [nth, count] of counts.entries()) {
    await appendSmall(store, count, `stream-${nth}`);
    await sealNow(store, checkpoints);
  }
  return { store, checkpoints };
};

describe('verifying a log behind its store', () => {
  it('finds nothing in a whole one, and counts what is not sealed yet', async () => {
    const { store, checkpoints } = await sealedSmall(300, 700);
    await appendSmall(store, 4, 'later');
    const heard: number[] = [];
    const report = await verifyLog({ log: logBehindPort(store), checkpoints, verifier: sealKey, onProgress: (done) => heard.push(done) });
    expect(report).toMatchObject({ events: 1004, sealed: 1000, checkpoints: 2, faults: [], unsealedSince: '2026-03-05T09:00:00.000Z' });
    expect(heard.at(-1)).toBe(1004);
  });

  it('ends when it is told to', async () => {
    const { store, checkpoints } = await sealedSmall(10);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(verifyLog({ log: logBehindPort(store), checkpoints, verifier: sealKey, signal })).rejects.toThrow('enough');
  });

  it('names the missing event where positions do not count', async () => {
    const { store, checkpoints } = await sealedSmall(300, 300);
    const all = await events(store);
    const without = (place: number) => uncounted(all.filter((_, at) => at !== place));
    for (const place of [0, 41, 255, 256, 599]) {
      const { faults } = await verifyLog({ log: without(place), checkpoints, verifier: sealKey });
      expect(faults[0]).toMatchObject({ number: place + 1 });
      expect(faults[0]?.reason).toMatch(/^(event-missing|revision-gap|log-shorter)$/);
    }
    expect((await verifyLog({ log: uncounted(all), checkpoints, verifier: sealKey })).faults).toEqual([]);
  });

  it('believes no checkpoint of another key, from inside or outside', async () => {
    const { store, checkpoints } = await sealedSmall(20);
    const asked = { log: logBehindPort(store), checkpoints };
    const note = (await checkpoints.newest()) ?? '';
    expect((await verifyLog({ ...asked, verifier: otherSealKey })).faults[0]?.reason).toBe('checkpoint-missing');
    const fresh = await sealedSmall(20);
    const report = await verifyLog({ log: asked.log, checkpoints: createMemoryCheckpointStore(), verifier: otherSealKey, outside: [note] });
    expect(report.faults[0]?.reason).toBe('outside-not-ours');
    expect(
      (await verifyLog({ log: logBehindPort(fresh.store), checkpoints: fresh.checkpoints, verifier: sealKey, outside: [note] })).faults,
    ).toEqual([]);
  });

  it('says of each fault what it is, in both languages', async () => {
    const { store, checkpoints } = await sealedSmall(300);
    const all = await events(store);
    const { faults } = await verifyLog({ log: uncounted(all.slice(0, 200)), checkpoints, verifier: sealKey });
    const words = faults.map(faultWords);
    expect(words[0]?.ro).toMatch(/^Evenimentul nr\. 201 lipsește: jurnalul se termină înaintea lui/);
    expect(words[0]?.en).toMatch(/^Event no\. 201 is missing: the log ends before it/);
    // where positions count no events it is told by its name alone
    const gone = faultWords({ reason: 'acknowledged-missing', number: 0, eventId: 'e', stream: 's', revision: 1 });
    expect(gone.ro).toMatch(/^Evenimentul \(e; s, 1\) /);
    expect(gone.en).toMatch(/^Event \(e; s, 1\) /);
  });
});

const digest = (text: string): string => digestOf('sha256', text);
const leafOf = (hash = ''): string => leafHash(hash).toString('hex');

type Entries = readonly LogEntry[];
const entriesOf = (history: string, count: number): Entries =>
  Array.from({ length: count }, (_, place) => ({
    hash: digest(`${history} ${place}`),
    id: `id-${place + 1}`,
    stream: 's',
    revision: place,
  }));
/** What is said of the entry itself, beside its number. */
const placeOf = (number: number) => ({ eventId: `id-${number}`, stream: 's', revision: number - 1 });
const changed = (entries: Entries, ...numbers: readonly number[]): Entries =>
  entries.map((entry, place) => (numbers.includes(place + 1) ? { ...entry, hash: digest(`changed ${place}`) } : entry));
const noteOver = (entries: Entries, size: number, key = sealKey): string => {
  const tree = createFrontier(0, []);
  for (const { hash } of entries.slice(0, size)) tree.append(leafHash(hash));
  return signCheckpoint({ origin: key.name, size, root: tree.root() }, key).note;
};
/** Tiles and checkpoints of a log that was signed when it had these sizes. */
const signedAt = async (entries: Entries, ...sizes: readonly number[]): Promise<CheckpointStore> => {
  const checkpoints = createMemoryCheckpointStore();
  const tree = await openTree(checkpoints, 0);
  for (const size of sizes) {
    for (const { hash } of entries.slice(tree.size, size)) tree.append(hash);
    await tree.flush();
    await checkpoints.append(noteOver(entries, size), size);
  }
  return checkpoints;
};
/** With other bytes in these places of a tile. */
const changeTile = async (checkpoints: CheckpointStore, at: TileAt, ...places: readonly number[]): Promise<void> => {
  const tile = Buffer.from((await checkpoints.tile(at)) ?? []);
  for (const place of places) tile.write('changed', place * 32);
  await checkpoints.putTile(at, tile);
};
/** Where these tiles cannot be read. */
const without = (checkpoints: CheckpointStore, ...tiles: readonly TileAt[]): CheckpointStore => ({
  ...checkpoints,
  tile: (asked) =>
    tiles.some(({ level, index }) => level === asked.level && index === asked.index) ? Promise.resolve(undefined) : checkpoints.tile(asked),
});
const faultsIn = async (entries: Entries, checkpoints: CheckpointStore, ...outside: readonly string[]) =>
  (await verifyEntries({ entries, checkpoints, verifier: sealKey, outside })).faults;

describe('a log held to what was signed of it', () => {
  const log = entriesOf('ours', 600);
  const another = entriesOf('another', 600);

  it('is whole up to its newest checkpoint, and nothing is said of what came behind', async () => {
    const checkpoints = await signedAt(log, 3, 256, 300);
    const whole = { entries: 600, signed: 300, faults: [] };
    expect(await verifyEntries({ entries: log, checkpoints, verifier: sealKey })).toEqual(whole);
    expect(await verifyEntries({ entries: changed(log, 301), checkpoints, verifier: sealKey })).toEqual(whole);
    expect(await faultsIn(log, await signedAt(log, 512))).toEqual([]);
    expect(await faultsIn(log, await signedAt(log, 600), noteOver(log, 0), noteOver(log, 600), noteOver(log, 7))).toEqual([]);
  });

  it('has its first event that is not the one that was signed named, and what was signed there, once', async () => {
    const checkpoints = await signedAt(log, 3, 7, 9);
    const other = (number: number) => ({ reason: 'other-event', number, leaf: leafOf(log[number - 1]?.hash), ...placeOf(number) });
    expect(await faultsIn(changed(log, 1), checkpoints)).toEqual([other(1)]);
    expect(await faultsIn(changed(log, 5, 6, 9), checkpoints)).toEqual([other(5)]);
    expect(await faultsIn(changed(log, 9), checkpoints)).toEqual([other(9)]);
    const digits = log[4]?.hash ?? '';
    for (const noDigest of ['no digest', 'z'.repeat(64), `${digits.slice(1)} `, `${digits}0`, ` ${digits}`]) {
      const nameless = log.map(({ hash }, place) => ({ hash: place === 4 ? noDigest : hash }));
      expect(await faultsIn(nameless, checkpoints)).toEqual([{ reason: 'other-event', number: 5, leaf: leafOf(log[4]?.hash) }]);
    }
  });

  it('has the event named that is not there, where the next one stands in its place', async () => {
    const checkpoints = await signedAt(log, 9);
    const faults = await faultsIn(log.toSpliced(4, 1), checkpoints);
    expect(faults).toEqual([{ reason: 'event-missing', number: 5, leaf: leafOf(log[4]?.hash) }]);
    // one that stands at the beginning of the tile is not the next one
    const copied = log.map((entry, place) => (place === 255 ? { ...entry, hash: log[0]?.hash ?? '' } : entry));
    expect(await faultsIn(copied, await signedAt(log, 300))).toMatchObject([{ reason: 'other-event', number: 256 }]);
  });

  it('says of which events a checkpoint speaks, and waits only where a tile has to be read', async () => {
    const checkpoints = await signedAt(log, 300);
    const check = createTreeCheck({ checkpoints, kept: { roots: [], signed: 300 }, faults: { add: () => undefined } });
    expect([1, 300, 301].map((number) => check.isSigned(number))).toEqual([true, true, false]);
    const waited: number[] = [];
    for (const entry of log) {
      const waits = check.ready();
      if (waits !== undefined) waited.push(check.size);
      await waits;
      check.add(entry);
    }
    expect(waited).toEqual([0, 256, 512]);
  });

  it('ends too early: the first that is missing, up to the last that was signed', async () => {
    const checkpoints = await signedAt(log, 300);
    for (const left of [0, 5, 256, 299]) {
      const shorter = { reason: 'log-shorter', number: left + 1, upTo: 300, leaf: leafOf(log[left]?.hash) };
      expect(await faultsIn(log.slice(0, left), checkpoints)).toEqual([shorter]);
    }
    const without256 = without(checkpoints, { level: 0, index: 1 });
    expect(await faultsIn(log.slice(0, 256), without256)).toEqual([{ reason: 'log-shorter', number: 257, upTo: 300 }]);
    // an event that is another one is told as well, though no root behind it was met
    const faults = await faultsIn(changed(log, 4).slice(0, 10), checkpoints);
    expect(faults.map(({ reason, number }) => [reason, number])).toEqual([
      ['other-event', 4],
      ['log-shorter', 11],
    ]);
  });

  describe('whose tiles are not those that were signed', () => {
    it('is right itself where it leads to the next root: each tile is told by its first place that differs', async () => {
      const checkpoints = await signedAt(log, 3, 7, 9);
      await changeTile(checkpoints, { level: 0, index: 0 }, 1, 5, 6);
      const faults = [2, 6].map((number) => ({ reason: 'tile-differs', number }));
      expect(await faultsIn(log, checkpoints)).toEqual(faults);
      expect(await faultsIn(log, checkpoints, noteOver(log, 4))).toEqual(faults);
    });

    it('says nothing of a place behind the newest checkpoint, which a crash may have left', async () => {
      const checkpoints = await signedAt(log, 7);
      const wider = await openTree(checkpoints, 7);
      for (const { hash } of another.slice(7, 20)) wider.append(hash);
      await wider.flush();
      expect(await faultsIn(log, checkpoints)).toEqual([]);
      expect(await faultsIn(log, await signedAt(log, 7), noteOver(log, 12))).toEqual([
        { reason: 'checkpoint-missing', number: 8, upTo: 12 },
      ]);
    });

    it('has each tile that is missing, too narrow or no tile told once', async () => {
      const checkpoints = await signedAt(log, 300);
      const missing = (number: number) => ({ reason: 'tile-missing', number });
      const [first, second] = [0, 1].map((index) => ({ level: 0, index }));
      if (first === undefined || second === undefined) throw new Error('There are two tiles.');
      expect(await faultsIn(log, without(checkpoints, first))).toEqual([missing(1)]);
      expect(await faultsIn(log, without(checkpoints, first, second))).toEqual([missing(1), missing(257)]);
      const whole = (await checkpoints.tile(first)) ?? Buffer.alloc(0);
      for (const [bytes, number] of [
        [whole.subarray(0, 4 * 32), 5],
        [whole.subarray(0, 4 * 32 + 1), 1],
        [Buffer.concat([whole, whole.subarray(0, 32)]), 1],
      ] as const) {
        await checkpoints.putTile(first, bytes);
        expect(await faultsIn(log, checkpoints)).toEqual([missing(number)]);
      }
    });

    it('has the tiles above them told with all the events below that place, once a root was met', async () => {
      const above = { level: 1, index: 0 };
      for (const sizes of [[600], [256, 600], [512]]) {
        const checkpoints = await signedAt(log, ...sizes);
        const told = [1, 257].map((number) => ({ number, upTo: number + 255 }));
        const missing = without(checkpoints, above);
        expect(await faultsIn(log, missing)).toEqual(told.map((place) => ({ reason: 'tile-missing', ...place })));
        await changeTile(checkpoints, above, 1);
        expect(await faultsIn(log, checkpoints)).toEqual([{ reason: 'tile-differs', ...told[1] }]);
        await changeTile(checkpoints, above, 0);
        expect(await faultsIn(log, checkpoints)).toEqual(told.map((place) => ({ reason: 'tile-differs', ...place })));
      }
      // nobody knows what it should be where an event below it is another one
      const checkpoints = await signedAt(log, 600);
      expect((await faultsIn(changed(log, 9), checkpoints)).map(({ reason }) => reason)).toEqual(['other-event']);
    });

    it('is not held to tiles that nobody has signed yet', async () => {
      const checkpoints = await signedAt(log, 300);
      expect(await faultsIn(log, checkpoints, noteOver(log, 600))).toEqual([{ reason: 'checkpoint-missing', number: 301, upTo: 600 }]);
    });

    it('has each of them read once, none that was not signed, and of those above none that cannot be held to the log any more', async () => {
      const asked = async (entries: Entries, ...sizes: readonly number[]) => {
        const checkpoints = await signedAt(log, ...sizes);
        const tiles: string[] = [];
        const tile: CheckpointStore['tile'] = (at) => {
          tiles.push(`${at.level}/${at.index}`);
          return checkpoints.tile(at);
        };
        await faultsIn(entries, { ...checkpoints, tile });
        return tiles;
      };
      expect(await asked(log, 512)).toEqual(['0/0', '1/0', '0/1']);
      expect(await asked(changed(log, 1), 3, 512)).toEqual(['0/0', '0/1']);
    });
  });

  describe('whose checkpoints say something else', () => {
    it('between the last that fits and the one that does not, where no tile tells the event', async () => {
      const wrong = async (...sizes: readonly number[]): Promise<CheckpointStore> => {
        const checkpoints = await signedAt(log, 3);
        const tree = await openTree(checkpoints, 3);
        for (const { hash } of log.slice(3, 300)) tree.append(hash);
        await tree.flush();
        for (const size of sizes) await checkpoints.append(noteOver(another, size), size);
        return checkpoints;
      };
      const differs = (number: number, upTo: number) => [{ reason: 'tree-differs', number, upTo }];
      expect(await faultsIn(log, await wrong(7))).toEqual(differs(4, 7));
      expect(await faultsIn(log, await wrong(7, 9))).toEqual(differs(4, 7));
      expect(await faultsIn(log, await wrong(7), noteOver(log, 5))).toEqual(differs(6, 7));
      expect(await faultsIn(log, await wrong(7), noteOver(log, 2))).toEqual(differs(4, 7));
      // of two of the same size the one from outside says more
      expect(await faultsIn(log, await wrong(7), noteOver(entriesOf('a third', 7), 7))).toEqual([
        { reason: 'rewritten', number: 1, upTo: 7 },
      ]);
      // nothing is held to tiles any more
      expect(await faultsIn(log, without(await wrong(7, 300), { level: 0, index: 1 }))).toEqual(differs(4, 7));
    });

    it('and one from outside: the log was rewritten behind the last one from outside that fits', async () => {
      const rewritten = (number: number, upTo: number) => [{ reason: 'rewritten', number, upTo }];
      const checkpoints = await signedAt(log, 5, 9);
      expect(await faultsIn(log, checkpoints, noteOver(another, 6))).toEqual(rewritten(1, 6));
      expect(await faultsIn(log, checkpoints, noteOver(another, 7), noteOver(log, 2))).toEqual(rewritten(3, 7));
      expect(await faultsIn(log, checkpoints, noteOver(another, 9))).toEqual(rewritten(1, 9));
      // of two with the same size the one from outside says more
      expect(await faultsIn(another, checkpoints, noteOver(entriesOf('a third', 9), 5))).toMatchObject([
        { reason: 'other-event', number: 1 },
      ]);
      await changeTile(checkpoints, { level: 0, index: 0 }, 0);
      const forged = await signedAt(another, 9);
      expect(await faultsIn(another, forged, noteOver(log, 9))).toEqual(rewritten(1, 9));
    });

    it('is a log set back where one from outside has more, and a checkpoint is missing where the log has them', async () => {
      const checkpoints = await signedAt(log, 5);
      expect(await faultsIn(log.slice(0, 8), checkpoints, noteOver(log, 9), noteOver(log, 6))).toEqual([
        { reason: 'rolled-back', number: 9, upTo: 9 },
      ]);
      expect(await faultsIn(log.slice(0, 8), checkpoints, noteOver(log, 8))).toEqual([
        { reason: 'checkpoint-missing', number: 6, upTo: 8 },
      ]);
      expect(await faultsIn(log.slice(0, 8), checkpoints, noteOver(log, 5))).toEqual([]);
    });

    it('names what another key has signed by the size that it claims, or by where it stands', async () => {
      const notOurs = async (note: string) => {
        const checkpoints = await signedAt(log, 5);
        await checkpoints.append(note, 0);
        return faultsIn(log, checkpoints);
      };
      const own = (number: number) => [{ reason: 'checkpoint-not-ours', number }];
      expect(await notOurs(noteOver(log, 9, otherSealKey))).toEqual(own(9));
      expect(await notOurs(noteOver(log, 0, otherSealKey))).toEqual(own(1));
      expect(await notOurs('no note')).toEqual(own(6));
      const outside = (number: number) => [{ reason: 'outside-not-ours', number }];
      const checkpoints = await signedAt(log, 5);
      expect(await faultsIn(log, checkpoints, noteOver(log, 9, otherSealKey))).toEqual(outside(9));
      expect(await faultsIn(log, checkpoints, noteOver(log, 0, otherSealKey))).toEqual(outside(1));
      expect(await faultsIn(log, checkpoints, 'no note')).toEqual(outside(1));
    });

    it('does not grow: each that is no larger than one before it is told', async () => {
      const checkpoints = await signedAt(log, 5);
      await checkpoints.append(noteOver(another, 5), 5);
      await checkpoints.append(noteOver(log, 3), 3);
      expect(await faultsIn(log, checkpoints)).toEqual([3, 5].map((number) => ({ reason: 'checkpoint-out-of-order', number })));
    });

    it('lost those that were noted as signed', async () => {
      const checkpoints = await signedAt(log, 5);
      for (const [size, faults] of [
        [4, []],
        [5, []],
        [6, [{ reason: 'checkpoint-missing', number: 6, upTo: 6 }]],
      ] as const) {
        await checkpoints.put('resume', JSON.stringify({ size, position: '' }));
        expect(await faultsIn(log, checkpoints)).toEqual(faults);
      }
    });
  });
});

/** A log whose positions count the events, whatever stands in it. */
const counted = (...pages: readonly (readonly Recorded[])[]): StoredLog => ({
  counts: true,
  pages: async function* () {
    await Promise.resolve();
    yield* pages;
  },
  total: () => Promise.resolve(0),
});
const reportOn = async (log: StoredLog, checkpoints: CheckpointStore, asked: Partial<LogToVerify> = {}) =>
  verifyLog({ log, checkpoints, verifier: sealKey, ...asked });
const told = async (...asked: Parameters<typeof reportOn>) => (await reportOn(...asked)).faults;

describe('a log whose positions count its events', () => {
  let all: readonly Recorded[];
  let checkpoints: CheckpointStore;
  beforeAll(async () => {
    all = await smallEvents(600);
    checkpoints = await signedAt(all, 7, 300);
  });
  const gone = (...numbers: readonly number[]) => all.filter((_, place) => !numbers.includes(place + 1));
  const gap = (number: number) => ({ reason: 'revision-gap', ...ofEvent(number) });
  const ofEvent = (number: number) => ({ number, eventId: all[number - 1]?.id, stream: 'small', revision: number - 1 });
  const missing = (number: number, upTo?: number) => ({
    reason: 'event-missing',
    number,
    ...(upTo !== undefined && { upTo }),
    ...(number <= 300 && { leaf: leafOf(all[number - 1]?.hash) }),
  });

  it('names what is missing, with what was signed there, and holds the others to what was signed', async () => {
    expect(await told(counted(all), checkpoints)).toEqual([]);
    for (const number of [1, 5, 7, 8, 256, 257, 300, 301, 599])
      expect(await told(counted(gone(number)), checkpoints)).toEqual([missing(number), gap(number + 1)]);
    expect(await told(counted(gone(5, 6)), checkpoints)).toEqual([missing(5, 6), gap(7)]);
    expect(await told(counted(gone(5, 6, 7, 9)), checkpoints)).toEqual([missing(5, 7), gap(8), missing(9), gap(10)]);
    expect(await told(counted(gone(299, 300, 301, 302)), checkpoints)).toEqual([missing(299, 302), gap(303)]);
    const other = changed(all, 200) as readonly Recorded[];
    expect(await told(counted(other.toSpliced(4, 1)), checkpoints, { hashOf: ({ hash }) => hash })).toMatchObject([
      missing(5),
      gap(6),
      { reason: 'other-event', ...ofEvent(200), leaf: leafOf(all[199]?.hash) },
      { reason: 'previous-differs', number: 201 },
    ]);
  });

  it('holds to what was signed also the event right behind what is missing, which no chain tells', async () => {
    const store = createMemoryEventStore();
    for (const stream of ['one', 'another', 'third']) await appendSmall(store, 2, stream);
    const six = await events(store);
    const sealed = await signedAt(six, 6);
    const [second, third] = [six[1], six[2]];
    if (second === undefined || third === undefined) throw new Error('There are six events.');
    // the last of its stream is gone; the next begins another, and was rewritten with all that follows it there
    const rewritten: Recorded[] = [];
    for (const event of six.slice(2, 4)) {
      const body = event.body.replace('09:00', '10:00').replace(third.hash, rewritten[0]?.hash ?? '');
      rewritten.push({ ...event, body, hash: hashEvent({ ...event, body }) });
    }
    const { id: eventId, stream, revision } = third;
    expect(await told(counted([...six.slice(0, 1), ...rewritten, ...six.slice(4)]), sealed)).toEqual([
      { reason: 'event-missing', number: 2, leaf: leafOf(second.hash) },
      { reason: 'other-event', number: 3, leaf: leafOf(third.hash), eventId, stream, revision },
    ]);
  });

  it('cannot be held to any root behind a hole of which nothing is known', async () => {
    const first = { level: 0, index: 0 };
    expect(await told(counted(gone(5)), without(checkpoints, first))).toEqual([
      { reason: 'tile-missing', number: 1 },
      { reason: 'event-missing', number: 5 },
      gap(6),
    ]);
    // what was met before it stands
    const above = without(await signedAt(all, 256), { level: 1, index: 0 });
    expect(await told(counted(gone(257)), above)).toEqual([
      { reason: 'tile-missing', number: 1, upTo: 256 },
      { reason: 'event-missing', number: 257 },
      gap(258),
    ]);
    // as many events as this root is over are there, but the last of them is the one behind the hole
    expect(await told(counted(gone(301)), checkpoints, { outside: [noteOver(all, 301)] })).toEqual([
      missing(301),
      { reason: 'checkpoint-missing', number: 301, upTo: 301 },
      gap(302),
    ]);
    const outside = noteOver(all, 302);
    const notSealed = { reason: 'checkpoint-missing', number: 301, upTo: 302 };
    expect(await told(counted(gone(301, 303)), checkpoints, { outside: [outside] })).toEqual([
      missing(301),
      notSealed,
      gap(302),
      missing(303),
      gap(304),
    ]);
  });

  it('has a hole told that is larger than any log, and is not counted through', async () => {
    const [last] = all.slice(-1);
    if (last === undefined) throw new Error('There is no event.');
    const far = { ...last, position: positionOf(2 ** 52) };
    expect(await told(counted([...all.slice(0, -1), far]), checkpoints)).toEqual([missing(600, 2 ** 52 - 1)]);
  });

  it('has what stands in no place of its own told, and goes on as if it were not there', async () => {
    const [fifth] = all.slice(4, 5);
    if (fifth === undefined) throw new Error('There is no such event.');
    const twice = [...all.slice(0, 5), fifth, ...all.slice(5)];
    expect(await told(counted(twice), checkpoints)).toEqual([{ reason: 'other-event', ...ofEvent(5) }]);
    for (const position of ['', positionOf(0), '-3', 'none']) {
      const placed = [{ ...fifth, stream: 'elsewhere', position }, ...all];
      const faults = await told(counted(placed), checkpoints);
      expect(faults).toEqual([{ reason: 'other-event', ...ofEvent(5), number: 0, stream: 'elsewhere' }]);
    }
  });

  it('is read page by page, each told of, and since when it is not sealed is said of the first such event', async () => {
    const later = all.map((event, place) =>
      place < 300 ? event : { ...event, body: event.body.replace('09:00:00', place === 300 ? '10:00:00' : '11:00:00') },
    );
    const heard: unknown[] = [];
    const onProgress = (...progress: readonly number[]) => heard.push(progress);
    const log = { ...counted(later.slice(0, 2), later.slice(2, 400), later.slice(400)), total: () => Promise.resolve(450) };
    const believing = { onProgress, hashOf: ({ hash }: Recorded) => hash };
    const report = await reportOn(log, checkpoints, believing);
    expect(report).toEqual({
      events: 600,
      sealed: 300,
      unsealedSince: '2026-03-05T10:00:00.000Z',
      checkpoints: 2,
      outside: 0,
      faults: [],
      faultsInAll: 0,
    });
    await reportOn(counted(all.slice(0, 300)), checkpoints, believing);
    expect(heard).toEqual([
      [2, 450],
      [400, 450],
      [450, 450],
      [300, 300],
    ]);
    expect(await reportOn(counted(all.slice(0, 300)), checkpoints, { outside: [noteOver(all, 9)] })).toEqual({
      events: 300,
      sealed: 300,
      checkpoints: 2,
      outside: 1,
      faults: [],
      faultsInAll: 0,
    });
  });

  it('says where it can be read no further, and does not take another failure for that', async () => {
    const failing = (error: Error): StoredLog => ({
      ...counted(),
      pages: async function* () {
        await Promise.resolve();
        yield all.slice(0, 9);
        throw error;
      },
    });
    expect(await told(failing(new EventLogCorrupt('broken')), checkpoints)).toEqual([{ reason: 'unreadable', number: 10 }]);
    await expect(reportOn(failing(new Error('no such disk')), checkpoints)).rejects.toThrow('no such disk');
  });

  it('has no more than twenty faults told, the first ones, and counts all of them', async () => {
    const bodies = all.map((event) => ({ ...event, body: `${event.body} ` }));
    const { faults, faultsInAll } = await reportOn(counted(bodies), checkpoints);
    expect(faults.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, place) => place + 1));
    expect(faultsInAll).toBe(600);
  });
});

describe('the chain of a stream', () => {
  let all: readonly Recorded[];
  beforeAll(async () => {
    all = await smallEvents(4);
  });
  const reasons = (chain: readonly Recorded[], cut?: ReadonlySet<string>) => {
    const check = closing(createChainCheck(undefined, cut));
    return chain.map((event) => check.reasonOf(event));
  };
  const rewritten = (place: number, body: (body: string) => string, other: Partial<Recorded> = {}) =>
    all.map((event, at) => {
      if (at !== place) return event;
      const changedEvent = { ...event, body: body(event.body), ...other };
      return { ...changedEvent, hash: hashEvent(changedEvent) };
    });

  it('is whole, and goes on where it stood', () => {
    expect(reasons(all)).toEqual([undefined, undefined, undefined, undefined]);
    expect(reasons(all.slice(1))).toEqual(['revision-gap', undefined, undefined]);
    expect(reasons(all.toSpliced(1, 1))).toEqual([undefined, 'revision-gap', undefined]);
    expect(reasons(rewritten(1, (body) => body.replace('09:00', '10:00')))).toEqual([undefined, undefined, 'previous-differs', undefined]);
  });
  it('goes on from the first that is left where its beginning may be gone, and from there on it is whole', () => {
    const cut = new Set(['small']);
    expect(reasons(all.slice(2), cut)).toEqual([undefined, undefined]);
    expect(reasons(all.toSpliced(2, 1), cut)).toEqual([undefined, undefined, 'revision-gap']);
    expect(reasons(all.slice(1), new Set(['another']))).toEqual(['revision-gap', undefined, undefined]);
  });
  it('has an event told that is filed under another type, or is none that the service writes', () => {
    const [asIs, ...others] = [(body: string) => body, () => 'no JSON', () => '[]', () => '{}', () => '{"type":7}'];
    const first = (chain: readonly Recorded[]) => reasons(chain)[0];
    expect(first(rewritten(0, asIs, { type: 'Other' }))).toBe('type-differs');
    expect(first(rewritten(0, () => '{"type":"Small"}'))).toBe('not-an-envelope');
    for (const body of others) expect(first(rewritten(0, body))).toBe('not-an-envelope');
  });
});

describe('what was found in a log', () => {
  const found = (...faults: readonly LogFault[]) => {
    const kept = createFaultsFound();
    for (const fault of faults) kept.add(fault);
    return { told: kept.told(), count: kept.count };
  };
  const at = (number: number, reason: LogFault['reason'] = 'hash-differs'): LogFault => ({ reason, number });

  it('is told in the order of the log, and what is found later at one place behind what was found there before', () => {
    const [rolled, tile] = [at(2, 'rolled-back'), at(2, 'tile-differs')];
    expect(found(at(3), rolled, at(1), tile)).toEqual({ told: [at(1), rolled, tile, at(3)], count: 4 });
  });
  it('is of each event the first that was found, unless none stands there', () => {
    expect(found(at(2, 'revision-gap'), at(2))).toEqual({ told: [at(2, 'revision-gap')], count: 1 });
    expect(found(at(2), at(2, 'event-missing'))).toEqual({ told: [at(2, 'event-missing')], count: 1 });
    expect(found(at(2, 'tile-missing'), at(2), at(2, 'event-missing'))).toEqual({
      told: [at(2, 'tile-missing'), at(2, 'event-missing')],
      count: 2,
    });
    const ofAnEvent = ['hash-differs', 'other-event', 'not-an-envelope', 'type-differs', 'revision-gap', 'previous-differs'] as const;
    for (const reason of ofAnEvent) expect(found(at(1, 'event-missing'), at(1, reason), at(1, reason)).count).toBe(1);
    for (const reason of ['tile-differs', 'unreadable', 'log-shorter'] as const) expect(found(at(1), at(1, reason)).count).toBe(2);
  });
  it('is told of no more than twenty places, the first ones', () => {
    const numbers = Array.from({ length: 30 }, (_, place) => 30 - place);
    const { told: first, count } = found(...numbers.map((number) => at(number)));
    expect(first.map(({ number }) => number)).toEqual(numbers.reverse().slice(0, 20));
    expect(count).toBe(30);
  });
  it('is of the chain where chains and numbers tell it without any seal', () => {
    const ofTheChain = [
      'event-missing',
      'hash-differs',
      'not-an-envelope',
      'type-differs',
      'revision-gap',
      'previous-differs',
      'unreadable',
    ];
    const others = ['other-event', 'log-shorter', 'tree-differs', 'tile-differs', 'checkpoint-missing', 'rolled-back', 'rewritten'];
    const is = [...ofTheChain, ...others].filter((reason) => isOfTheChain(at(1, reason as LogFault['reason'])));
    expect(is).toEqual(ofTheChain);
  });
});

describe('a log as its store reads it', () => {
  const pages = async (log: Pick<StoredLog, 'pages'>) => {
    const lengths: number[] = [];
    for await (const page of log.pages()) lengths.push(page.length);
    return lengths;
  };
  const store = async (count: number): Promise<EventStore> => {
    const made = createMemoryEventStore();
    await appendSmall(made, count);
    return made;
  };
  it('comes in pages of a thousand, and says how many there are where positions count them', async () => {
    expect(await pages(logBehindPort(await store(0)))).toEqual([]);
    expect(await pages(logBehindPort(await store(1000)))).toEqual([1000]);
    const log = logBehindPort(await store(1001));
    expect(await pages(log)).toEqual([1000, 1]);
    expect([log.counts, await log.total()]).toEqual([true, 1001]);
    const uncountedStore = logBehindPort({ ...(await store(3)), newestEvents: () => Promise.resolve([]) });
    expect([uncountedStore.counts, await uncountedStore.total()]).toEqual([false, 0]);
  });
  it('comes from behind a place, where somebody has read up to there', async () => {
    const whole = await store(1003);
    const behind = (number: number) => pages({ pages: () => pagesBehind(whole, positionOf(number)) });
    expect(await behind(2)).toEqual([1000, 1]);
    expect(await behind(1002)).toEqual([1]);
    expect(await behind(1003)).toEqual([]);
  });
  it('gives what came before the place where it breaks, and then says so; another failure is not of the log', async () => {
    const breaking = async (error: Error) => {
      const whole = await store(3);
      const log = logBehindPort({
        ...whole,
        readAll: async function* () {
          yield* whole.readAll();
          throw error;
        },
      });
      const seen: number[] = [];
      const watched = watchedWhileRead(log, ({ revision }) => seen.push(revision));
      await expect(pages(watched)).rejects.toThrow(error);
      return seen;
    };
    expect(await breaking(new EventLogCorrupt('broken'))).toEqual([0, 1, 2]);
    expect(await breaking(new Error('no such disk'))).toEqual([]);
  });
  it('is looked for in every place that a row of a database can have', () => {
    expect([firstRow, lastRow].map((row) => BigInt.asIntN(64, row))).toEqual([firstRow, lastRow]);
    expect(BigInt.asIntN(64, lastRow + 1n)).toBe(firstRow);
  });
});
