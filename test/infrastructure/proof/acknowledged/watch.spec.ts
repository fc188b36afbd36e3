import { type EventStore, EventStoreUnavailable, noHash, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { personal } from '../../../../src/domain/kernel/personal-text';
import { type LogAccepted, ofTheLog } from '../../../../src/domain/ops/ops';
import { opsStream } from '@tichet-albastru/kernel/skip';
import { clearAlarm } from '../../../../src/infrastructure/proof/alarm/clear-alarm';
import { AcknowledgedGone, createLogAlarm, LogReadOnly, readOnlyWhileAlarmed } from '../../../../src/infrastructure/proof/alarm/log-alarm';
import { createNotesInMemory, type KeptNotes } from '../../../../src/infrastructure/proof/acknowledged/notes-file';
import { stillMissing, watchAcknowledged } from '../../../../src/infrastructure/proof/acknowledged/watch';
import { createMemoryCheckpointStore, createNoteSigner } from '@tichet-albastru/signed-log';
import { createMemoryOperations } from '../../../../src/infrastructure/tables/operations/memory-operations';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { createTestPorts, silentLogger } from '../../../../src/infrastructure/testing/test-ports';
import { collected } from '../../../support/noted';
import { appendSmall } from '../../../support/small-events';
import { switchedStore } from '../../../support/switched-store';

type Given = {
  readonly notes?: KeptNotes;
  readonly operations?: ReturnType<typeof createMemoryOperations>;
};

/** One process, which looks at every look. */
const processOn = (log: EventStore, { notes = createNotesInMemory(), operations = createMemoryOperations() }: Given = {}) => {
  const { keyValues } = operations;
  const told: unknown[] = [];
  const logger = { ...silentLogger, error: (...line: unknown[]) => told.push(line) };
  const alarm = createLogAlarm({ keyValues, clock: fixedClock(), logger });
  const store = { ...log };
  const acknowledged = watchAcknowledged({ store, notes, alarm, keyValues, logger: silentLogger, lookEach: 0 });
  const drops: number[] = [];
  acknowledged.whenDropped(() => drops.push(1));
  readOnlyWhileAlarmed(store, alarm);
  return { store, notes, alarm, acknowledged, told, drops, keyValues, fault: () => alarm.standing()?.fault };
};

/** What a look of a process that has acknowledged six events finds, after what happened meanwhile. */
const found = async (meanwhile: (log: ReturnType<typeof switchedStore>, store: EventStore) => Promise<void>, given: Given = {}) => {
  const log = switchedStore();
  const process = processOn(log, given);
  await appendSmall(process.store, 3, 'a');
  await appendSmall(process.store, 3, 'b');
  await process.acknowledged.look();
  await meanwhile(log, process.store);
  await process.acknowledged.look();
  return { ...process, log };
};

/** What somebody has written into the log who goes on without them. */
const acceptAsGone = async (log: EventStore, gone: LogAccepted['data']['gone']): Promise<void> => {
  const [at, id, stream] = ['2026-03-05T09:00:00.000Z', 'b0000000-0000-5000-8000-000000000000', opsStream(ofTheLog)];
  const data = {
    acceptance: id,
    part: 1,
    parts: 1,
    acceptedAt: at,
    alarm: 'acknowledged-missing',
    verifier: 'v',
    events: 0,
    total: 1,
    gone,
  };
  const fact: LogAccepted = { type: 'LogAccepted', data: { ...data, reason: personal('office', 'standby') } };
  const envelope = await createTestPorts().codec.encode(fact, {
    ...{ stream, revision: 0, id, previousHash: noHash, recordedAt: at, actor: { kind: 'system', id: 'test' } },
    ...{ commandId: id, correlationId: id, causationId: id },
  });
  await log.append(stream, { kind: 'no-stream' }, [envelope]);
};

describe('what a process has acknowledged', () => {
  it('is missed after a switch that nothing tells, by name, and nothing is written any more', async () => {
    const { fault, told, store, drops } = await found((log) => log.switchTo(4));
    expect(fault()).toMatchObject({ reason: 'acknowledged-missing', number: 5, stream: 'b', revision: 1, missing: 2 });
    expect(told).toHaveLength(1);
    expect(drops.length).toBeGreaterThan(0);
    await expect(appendSmall(store, 1, 'c')).rejects.toThrow(LogReadOnly);
  });

  it('is told as gone, and not as never there, by whoever reads a stream of which nothing is left; the others are read as they stand', async () => {
    const { store, log, acknowledged } = await found((switched) => switched.switchTo(2));
    await expect(collected(store.read('b'))).rejects.toThrow(AcknowledgedGone);
    expect(await collected(store.read('a'))).toHaveLength(2);
    expect([await collected(store.read('c')), await collected(log.read('b'))]).toEqual([[], []]);
    await appendSmall(log, 3, 'd');
    expect(acknowledged.missing()).toBe(4);
  });

  it('is compared before anything is read of a log that says itself to be another one', async () => {
    const log = switchedStore();
    let isSame = true;
    const { store, acknowledged, fault } = processOn({ ...log, isKeptAsBefore: () => Promise.resolve(isSame) });
    for (const stream of ['a', 'b']) await appendSmall(store, 3, stream);
    await acknowledged.ask();
    expect(acknowledged.isAnother()).toBe(false);
    await log.switchTo(3);
    isSame = false;
    // who has not asked believes what is there
    expect(await collected(store.read('b'))).toEqual([]);
    await acknowledged.ask();
    expect([acknowledged.isAnother(), fault()]).toEqual([true, undefined]);
    log.away(true);
    await expect(collected(store.read('b'))).rejects.toThrow(EventStoreUnavailable);
    expect(acknowledged.isAnother()).toBe(true);
    log.away(false);
    await expect(collected(store.read('b'))).rejects.toThrow(AcknowledgedGone);
    expect([acknowledged.isAnother(), fault()]).toMatchObject([false, { reason: 'acknowledged-missing', missing: 3 }]);
    expect(await collected(store.read('a'))).toHaveLength(3);
  });

  let all: readonly Recorded[] = [];
  it('is told no longer where a log was looked at that was still being put back, but for what is gone in the end', async () => {
    const { log, acknowledged, fault, keyValues } = await found(async (before) => {
      all = await collected(before.readAll());
      await before.switchTo(2);
    });
    expect(fault()).toMatchObject({ missing: 4 });
    const listed = async (): Promise<readonly unknown[]> =>
      (
        JSON.parse((await keyValues.get('acknowledged-missing')) ?? '') as { readonly events: readonly { readonly id: string }[] }
      ).events.map(({ id }) => id);
    expect(await listed()).toHaveLength(4);
    for (const { stream, revision, position: _, ...event } of all.slice(2, 5)) {
      const hash = all.find((one) => one.stream === stream && one.revision === revision - 1)?.hash ?? '';
      await log.append(stream, revision === 0 ? { kind: 'no-stream' } : { kind: 'at', revision: revision - 1, hash }, [event]);
    }
    await acknowledged.look();
    expect(acknowledged.missing()).toBe(1);
    expect(await listed()).toEqual([all[5]?.id]);
  });

  it('is missed also where appends have succeeded since', async () => {
    const { fault } = await found(async (log, store) => {
      await log.switchTo(5);
      await appendSmall(store, 4, 'c');
    });
    expect(fault()).toMatchObject({ number: 6, stream: 'b', revision: 2, missing: 1 });
  });

  it('is missed where it was acknowledged between the last look and the switch, and others have grown the log since', async () => {
    const { fault } = await found(async (log, store) => {
      await appendSmall(store, 2, 'c');
      await log.switchTo(6);
      await appendSmall(log, 20, 'of another');
      await appendSmall(store, 2, 'd');
    });
    expect(fault()).toMatchObject({ number: 7, stream: 'c', missing: 2 });
  });

  it('is compared before the first append behind an outage, which is then refused', async () => {
    const log = switchedStore();
    const { store, fault } = processOn(log);
    await appendSmall(store, 3, 'a');
    log.away(true);
    await expect(appendSmall(store, 1, 'b')).rejects.toThrow('Nobody answers.');
    await log.switchTo(2);
    log.away(false);
    await expect(appendSmall(store, 1, 'c')).rejects.toThrow(LogReadOnly);
    expect(fault()).toMatchObject({ number: 3, missing: 1 });
    expect(await collected(log.readAll())).toHaveLength(2);
  });

  it('raises nothing where the other server lacks nothing, nor where what lacks was accepted as gone', async () => {
    const whole = await found((log) => log.switchTo(6));
    expect(whole.fault()).toBeUndefined();
    const accepted = await found(async (log) => {
      const gone = (await collected(log.readAll())).slice(5).map(({ stream, revision, id, hash }) => ({ stream, revision, id, hash }));
      await log.switchTo(5);
      await acceptAsGone(log, gone);
    });
    expect(accepted.fault()).toBeUndefined();
    await appendSmall(accepted.store, 1, 'c');
  });

  it('is compared at the start, whatever the operations say that were put back with the log', async () => {
    const { notes, log } = await found(() => Promise.resolve());
    await log.switchTo(3);
    const restarted = processOn(log, { notes });
    expect(await restarted.acknowledged.compare()).toMatchObject({ number: 4, missing: 3 });
    expect(restarted.fault()).toMatchObject({ reason: 'acknowledged-missing' });
  });

  it('is missed where an event that was accepted as gone came again, as another one, and is gone again', async () => {
    const log = switchedStore();
    const { store, acknowledged, fault } = processOn(log);
    await appendSmall(store, 1, 'a');
    const [first] = await collected(log.readAll());
    if (first === undefined) throw new Error('Nothing was appended.');
    const { stream, revision, id, hash, type, body } = first;
    await log.switchTo(0);
    await acceptAsGone(log, [{ stream, revision, id, hash }]);
    expect(await acknowledged.compare()).toBeUndefined();
    // the effect of the same cause has the same id, and tells another hour
    await store.append(stream, { kind: 'no-stream' }, [{ id, type, body, hash: 'f'.repeat(64) }]);
    await acknowledged.look();
    await log.switchTo(1);
    await acknowledged.look();
    expect(fault()).toMatchObject({ reason: 'acknowledged-missing', missing: 1, eventId: id });
  });

  it('and was accepted as gone is compared no more while nothing new comes', async () => {
    const log = switchedStore();
    const { store, acknowledged, drops, fault } = processOn(log);
    await appendSmall(store, 3, 'a');
    const gone = (await collected(log.readAll())).slice(1).map(({ stream, revision, id, hash }) => ({ stream, revision, id, hash }));
    await log.switchTo(1);
    await acceptAsGone(log, gone);
    expect(await acknowledged.compare()).toBeUndefined();
    const before = drops.length;
    for (let look = 0; look < 3; look += 1) await acknowledged.look();
    expect([fault(), drops.length - before]).toEqual([undefined, 0]);
  });

  it('of another process is missed by that one too, once it hears of the alarm, and the alarm is not cleared before both have theirs', async () => {
    const log = switchedStore();
    const operations = createMemoryOperations();
    const [one, other] = [processOn(log, { operations }), processOn(log, { operations })];
    await appendSmall(one.store, 2, 'a');
    await appendSmall(other.store, 3, 'b');
    const all = await collected(log.readAll());
    await log.switchTo(0);
    await one.acknowledged.look();
    await other.alarm.look();
    await other.acknowledged.look();
    const kept = JSON.parse((await one.keyValues.get('acknowledged-missing')) ?? '') as { events: readonly object[] };
    expect(kept.events).toHaveLength(5);
    const sealing = { checkpoints: createMemoryCheckpointStore(), key: createNoteSigner('test', Buffer.alloc(32)), ...one };
    const cleared = () => clearAlarm({ ports: one, sealing }, { by: 'ion', reason: 'pus la loc' });
    expect(await cleared()).toMatchObject({ kind: 'stands', fault: { reason: 'acknowledged-missing', missing: 5 } });
    for (const { stream, revision, id, type, body, hash } of all) {
      const before = all.find((event) => event.stream === stream && event.revision === revision - 1);
      const expected =
        before === undefined ? ({ kind: 'no-stream' } as const) : ({ kind: 'at', revision: revision - 1, hash: before.hash } as const);
      await log.append(stream, expected, [{ id, type, body, hash }]);
      if (stream === 'b' && revision === 1) expect(await cleared()).toMatchObject({ kind: 'stands', fault: { missing: 1 } });
    }
    expect(await cleared()).toMatchObject({ kind: 'cleared' });
    expect(await one.keyValues.get('acknowledged-missing')).toBeUndefined();
    await appendSmall(one.store, 1, 'c');
  });

  it('is told as gone by every process, also by one that has acknowledged nothing of it, from the alarm on', async () => {
    const log = switchedStore();
    const operations = createMemoryOperations();
    const [one, other, third] = [processOn(log, { operations }), processOn(log, { operations }), processOn(log, { operations })];
    for (const [{ store }, stream] of [
      [one, 'a'],
      [third, 'c'],
    ] as const)
      await appendSmall(store, 2, stream);
    await appendSmall(other.store, 1, 'b');
    await log.switchTo(0);
    await one.acknowledged.look();
    await other.alarm.look();
    // nobody has looked there yet but for the alarm
    await expect(collected(other.store.read('a'))).rejects.toThrow(AcknowledgedGone);
    expect(await collected(other.store.read('c'))).toEqual([]);
    // what a third one misses is known to the others at their next look
    await third.alarm.look();
    await third.acknowledged.look();
    for (const { acknowledged, store } of [one, other]) {
      await acknowledged.look();
      for (const stream of ['a', 'b', 'c']) await expect(collected(store.read(stream))).rejects.toThrow(AcknowledgedGone);
      expect([store.lacks?.('a'), store.lacks?.('d')]).toEqual([true, false]);
    }
  });

  it('is told again by whoever misses it still, where somebody who does not know of it has ended the alarm', async () => {
    const log = switchedStore();
    const operations = createMemoryOperations();
    const [one, other] = [processOn(log, { operations }), processOn(log, { operations })];
    await appendSmall(other.store, 3, 'b');
    await log.switchTo(1);
    await appendSmall(other.store, 1, 'c');
    for (let look = 0; look < 3; look += 1) await other.acknowledged.look();
    // what was written for others to know is lost with the operations that were put back
    await operations.keyValues.remove('acknowledged-missing');
    await one.alarm.look();
    await one.alarm.clear('ion', 'nothing lacks of what this one knows');
    await other.alarm.look();
    await other.acknowledged.look();
    expect(other.fault()).toMatchObject({ reason: 'acknowledged-missing', missing: 2 });
  });

  it('and was accepted as gone makes nobody say again that more may be gone behind it', async () => {
    const log = switchedStore();
    await appendSmall(log, 3, 'a');
    const [kept, sample, other] = await collected(log.readAll());
    if (kept === undefined || sample === undefined || other === undefined) throw new Error('Nothing was appended.');
    await log.switchTo(1);
    const lost = { events: [other], samples: [kept, sample] };
    expect(await stillMissing(log, lost)).toMatchObject({ behind: kept.position });
    await acceptAsGone(log, [sample]);
    expect(await stillMissing(log, lost)).toEqual({ events: [other] });
  });

  it('is not missed by a process that forgets it when it connects again: the tests above would find that', async () => {
    const forgetful = (): KeptNotes => {
      let notes = createNotesInMemory();
      return {
        add: (event) => notes.add(event),
        newest: () => notes.newest(),
        remembered: () => {
          const { events, samples } = notes.remembered();
          notes = createNotesInMemory();
          return { events, samples };
        },
        waits: () => 0,
        close: () => Promise.resolve(),
      };
    };
    const notes = forgetful();
    const log = switchedStore();
    const { store, acknowledged } = processOn(log, { notes });
    await appendSmall(store, 3, 'a');
    await acknowledged.compare();
    await log.switchTo(1);
    expect(await processOn(log, { notes }).acknowledged.compare()).toBeUndefined();
  });
});
