import { noHash, type EventStore, type Recorded } from '../../../src/application/kernel/ports/event-store';
import { createMemoryEventStore } from '../../../src/infrastructure/log/event-store/memory/memory-event-store';
import { createMemoryCheckpointStore, type CheckpointStore } from '../../../src/infrastructure/signed-log/checkpoint-store';
import { createChainCheck } from '../../../src/infrastructure/proof/verify/verify-log';
import { faultWords } from '../../../src/infrastructure/proof/fault-words';
import { logBehindPort, type StoredLog } from '../../../src/infrastructure/proof/verify/stored-log';
import { verifyLog } from '../../../src/infrastructure/proof/verify/verify-log';
import { closing } from '../../support/closing';
import { appendSmall } from '../../support/small-events';
import { otherSealKey, sealKey, sealNow } from '../../support/sealed-tickets';

const events = async (store: EventStore): Promise<readonly Recorded[]> => {
  const all: Recorded[] = [];
  for await (const event of store.readAll()) all.push(event);
  return all;
};
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
/** A log whose positions say nothing, as EventStoreDB has them. */
const uncounted = (all: readonly Recorded[]): StoredLog => ({
  counts: false,
  pages: async function* () {
    yield await Promise.resolve(all);
  },
  total: () => Promise.resolve(0),
});

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

describe('the chain of more streams than are in memory', () => {
  it('is known for those that fell out, whoever keeps the log: nothing is asked of it', async () => {
    const store = createMemoryEventStore();
    await appendSmall(store, 3, 's-0');
    for (let nth = 1; nth <= 20_001; nth += 1) await appendSmall(store, 1, `s-${nth}`);
    const [first, second, third, ...others] = await events(store);
    if (first === undefined || second === undefined || third === undefined) throw new Error('There are no events.');
    const check = closing(createChainCheck());
    const half = others.length / 2;
    for (const event of [first, ...others.slice(0, half), second, ...others.slice(half), third])
      expect(check.reasonOf(event)).toBeUndefined();
    expect(check.reasonOf(first)).toBe('revision-gap');
    expect(check.reasonOf({ ...first, hash: noHash })).toBe('hash-differs');
  });
});
