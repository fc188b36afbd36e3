import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { closing } from '../support/closing';
import { appending, openStore } from '../support/eventstoredb/broken-event-stores';
import { Emulator } from '../support/eventstoredb/emulator';
import { envelopes, seen } from '../support/eventstoredb/envelopes';
import { largestAppend } from '../support/eventstoredb/append-decision';

/** Long enough for a busy machine; short where a test waits for its end. In milliseconds. */
const [usualLimit, shortLimit] = [20_000, 2000];
const noStream = { kind: 'no-stream' } as const;

const started = async (): Promise<Emulator> => closing(await Emulator.start());
const opened = (emulator: Emulator, limit = usualLimit): EventStore => closing(openStore(emulator.url, limit)).store;
const first = (store: EventStore, stream: string) => store.append(stream, noStream, envelopes(stream, 0, 2, 'ours'));
const callsIn = (emulator: Emulator): number => emulator.calls.get('batch-append') ?? 0;
const appended = { kind: 'appended', revision: 1 };
const turn = (milliseconds = 30): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const until = async (holds: () => boolean): Promise<void> => {
  for (let patience = 10_000; !holds(); patience -= 1) {
    if (patience === 0) throw new Error('It never comes.');
    await turn(1);
  }
};
/** Until the server has been asked so often: what is told to happen to the next append then happens to the one behind it. */
const asked = (emulator: Emulator, appends: number): Promise<void> => until(() => (emulator.calls.get('append') ?? 0) >= appends);

describe('the one open call for the appends of a store', () => {
  it('carries all of them, and a start with many at once asks once where the log ends', async () => {
    const emulator = await started();
    const store = opened(emulator);
    const all = await Promise.all(Array.from({ length: 16 }, (_, n) => first(store, `ticket-${n}`)));
    expect(all).toEqual(all.map(() => expect.objectContaining(appended) as unknown));
    expect([callsIn(emulator), emulator.calls.get('append'), emulator.calls.get('read')]).toEqual([1, 16, 1]);
    expect(emulator.log.events.map(({ id }) => id).toSorted()).toEqual([...new Set(emulator.log.events.map(({ id }) => id))].toSorted());
  });

  it('an answer that is lost while others are answered leaves one append in doubt, and the call as it is', async () => {
    const emulator = await started();
    const store = opened(emulator, shortLimit);
    await first(store, 'ticket-0');
    emulator.misbehaviour.next('append', { kind: 'silent' });
    const lost = first(store, 'ticket-1').catch((error: unknown) => error);
    await asked(emulator, 2);
    expect(await first(store, 'ticket-2')).toMatchObject(appended);
    expect(await lost).toMatchObject({ name: 'EventStoreUnavailable', code: 'deadline-exceeded' });
    expect(await first(store, 'ticket-3')).toMatchObject(appended);
    expect(callsIn(emulator)).toBe(1);
  });

  it('silence of the whole server ends it, and the next append opens another', async () => {
    const emulator = await started();
    const store = opened(emulator, shortLimit);
    await first(store, 'ticket-0');
    emulator.misbehaviour.next('append', { kind: 'silent' });
    await expect(first(store, 'ticket-1')).rejects.toMatchObject({ code: 'deadline-exceeded' });
    expect(await first(store, 'ticket-1')).toMatchObject(appended);
    expect(callsIn(emulator)).toBe(2);
  });

  it.each([
    {
      ...{ what: 'a right that is missing for one stream', refused: 'access-denied' as const },
      told: { name: 'EventLogCorrupt', damage: { stream: 'ticket-2', how: 'denied' } },
    },
    {
      ...{ what: 'a server that is not ready', refused: 'not-ready' as const },
      told: { name: 'EventStoreUnavailable', code: 'not-ready' },
    },
  ])('$what is the answer to one, and nobody else hears of it', async ({ refused, told }) => {
    const emulator = await started();
    const store = opened(emulator);
    await first(store, 'ticket-0');
    emulator.misbehaviour.next('append', { kind: 'late', milliseconds: 200 }, { kind: 'refuse', as: refused });
    const late = first(store, 'ticket-1');
    await asked(emulator, 2);
    await expect(first(store, 'ticket-2')).rejects.toMatchObject(told);
    expect(await late).toMatchObject(appended);
    expect(callsIn(emulator)).toBe(1);
  });

  it('a conflict, a deleted stream, what is too large and what cannot be encoded are answers to one as well', async () => {
    const emulator = await started();
    const store = opened(emulator);
    await first(store, 'ticket-0');
    emulator.log.tombstone('ticket-3');
    emulator.misbehaviour.next('append', { kind: 'late', milliseconds: 300 });
    const late = first(store, 'ticket-1');
    await asked(emulator, 2);
    const theirs = envelopes('ticket-0', 0, 1, 'theirs');
    expect(await store.append('ticket-0', noStream, theirs)).toEqual({ kind: 'conflict', revision: 1 });
    await expect(first(store, 'ticket-3')).rejects.toMatchObject({ name: 'EventLogCorrupt' });
    const [whole] = envelopes('ticket-4', 0, 1, 'ours');
    const unwritable: unknown = { ...whole, type: 7n };
    await expect(store.append('ticket-4', noStream, [unwritable as typeof whole])).rejects.toMatchObject({ name: 'AppendRefused' });
    await expect(store.append('ticket-5', noStream, envelopes('ticket-5', 0, 1, 'ours', largestAppend))).rejects.toMatchObject({
      name: 'AppendRefused',
    });
    expect(await late).toMatchObject(appended);
    expect(callsIn(emulator)).toBe(1);
  });

  it('a server that ends the call as if all was well, with an append unanswered, is heard at once', async () => {
    const emulator = await started();
    const store = opened(emulator);
    await first(store, 'ticket-0');
    emulator.misbehaviour.next('append', { kind: 'silent' });
    const waiting = first(store, 'ticket-1').catch((error: unknown) => error);
    await asked(emulator, 2);
    emulator.endBatches();
    expect(await waiting).toMatchObject({ name: 'EventStoreUnavailable', code: 'cancelled' });
    expect(await first(store, 'ticket-1')).toMatchObject(appended);
    expect(callsIn(emulator)).toBe(2);
  });

  it('an answer that comes twice, and one that nobody waits for any more, are no answers to another', async () => {
    const emulator = await started();
    const store = opened(emulator, shortLimit);
    await first(store, 'ticket-0');
    emulator.misbehaviour.next('append', { kind: 'answer-twice' }, { kind: 'late', milliseconds: shortLimit / 2 + 300 });
    expect(await first(store, 'ticket-1')).toMatchObject(appended);
    // given up by its writer, and found where it stands
    const late = first(store, 'ticket-2');
    await asked(emulator, 3);
    expect(await first(store, 'ticket-3')).toMatchObject(appended);
    expect(await late).toMatchObject(appended);
    await turn(500);
    expect(await first(store, 'ticket-4')).toMatchObject(appended);
    expect(callsIn(emulator)).toBe(1);
  });

  it('a store that is closed settles what waits, and ends the call', async () => {
    const emulator = await started();
    const { store, close } = openStore(emulator.url, usualLimit);
    await first(store, 'ticket-0');
    emulator.misbehaviour.next('append', { kind: 'silent' });
    const waiting = first(store, 'ticket-1').catch((error: unknown) => error);
    await asked(emulator, 2);
    await close();
    expect(await waiting).toMatchObject({ name: 'EventStoreUnavailable', code: 'cancelled' });
    await until(() => emulator.wire.connections === 0);
    await expect(first(store, 'ticket-2')).rejects.toMatchObject({ name: 'EventStoreUnavailable' });
  });
});

/** One append is written and unanswered when another one ends the call for both. @returns what was said of the first, and how often it stands */
const behindNotLeader = async (open: (url: string) => { readonly store: EventStore; readonly close: () => Promise<void> }) => {
  const emulator = await started();
  const { store } = closing(open(emulator.url));
  const before = envelopes('ticket-1', 0, 1, 'before');
  await store.append('ticket-1', noStream, before);
  emulator.misbehaviour.next('append', { kind: 'lose-answer' }, { kind: 'refuse', as: 'not-leader' });
  const written = store.append('ticket-1', seen(before, 0), envelopes('ticket-1', 1, 1, 'ours'));
  await asked(emulator, 2);
  const refused = store.append('ticket-2', noStream, envelopes('ticket-2', 0, 1, 'ours'));
  return { said: [await written, await refused], standing: ['ticket-1', 'ticket-2'].map((name) => emulator.log.stream(name).length) };
};

/** Two servers, a store on each: the connection of one is cut while the other one's append waits for its answer. */
const besideAnother = async (open: (url: string) => { readonly store: EventStore; readonly close: () => Promise<void> }) => {
  const [one, other] = [await started(), await started()];
  const stores = [one, other].map(({ url }) => closing(open(url)).store);
  for (const store of stores) await first(store, 'ticket-0');
  one.misbehaviour.next('append', { kind: 'silent' });
  other.misbehaviour.next('append', { kind: 'late', milliseconds: 300 });
  const [waiting, beside] = stores.map((store) => first(store, 'ticket-1').catch((error: unknown) => error));
  await asked(one, 2);
  await asked(other, 2);
  one.wire.cut();
  expect(await waiting).toBeInstanceOf(Error);
  return beside;
};

describe('what ends the call for all tells nobody an untruth, and ends nobody else’s:', () => {
  it('a server that is not the leader any more, with an append of before unanswered', async () => {
    const { said, standing } = await behindNotLeader((url) => openStore(url, usualLimit));
    expect(said).toEqual([
      expect.objectContaining({ kind: 'appended', revision: 1 }),
      expect.objectContaining({ kind: 'appended', revision: 0 }),
    ]);
    expect(standing).toEqual([2, 1]);
  });

  it('another store of the same process, whose connection is cut', async () => {
    expect(await besideAnother((url) => openStore(url, usualLimit))).toMatchObject(appended);
  });
});

describe('the same tests catch the client’s own shared call, where', () => {
  it('what ends it for all is taken for a refusal of each', async () => {
    const { said, standing } = await behindNotLeader((url) => appending(url, 'takes-the-end-for-conflict', usualLimit));
    expect([said[0]?.kind, standing[0]]).toEqual(['conflict', 2]);
  });

  it('all clients of the process wait in one bank', async () => {
    expect(await besideAnother((url) => appending(url, 'waits-for-ever', usualLimit))).toBeInstanceOf(Error);
  });

  it('the end of the call is not heard', async () => {
    const emulator = await started();
    const { store, close } = appending(emulator.url, 'waits-for-ever', usualLimit);
    await first(store, 'ticket-0');
    emulator.misbehaviour.next('append', { kind: 'silent' });
    const waiting = first(store, 'ticket-1').then(
      () => 'settled',
      () => 'settled',
    );
    await asked(emulator, 2);
    emulator.endBatches();
    expect(await Promise.race([waiting, turn(1000).then(() => 'waits')])).toBe('waits');
    // waits for ever, too
    void close();
  });
});
