import {
  EventLogCorrupt,
  EventStoreUnavailable,
  type AppendResult,
  type Envelope,
  type EventStore,
  type Expected,
  type NonEmpty,
} from '@tichet-albastru/event-log/ports/event-store';
import { appending, openStore, type OpenStore, waysOfAppending } from '../support/eventstoredb/broken-event-stores';
import { Emulator } from '../support/eventstoredb/emulator';
import { envelopes, seen } from '../support/eventstoredb/envelopes';
import type { Mischief } from '../support/eventstoredb/misbehaviour';

/** For one append with everything that settles it, in milliseconds. */
const limit = 800;
/** What a busy machine may add; and what an adapter that waits for ever is given. */
const tolerance = 120_000;
const littleTolerance = 2000;
/** For adapters that must have written before they give up, on a busy machine too. */
const unhurried = 10_000;
/** In the long form again and again: a fault meets the calls at another moment each time. */
const rounds = process.env['FAULTS'] === 'full' ? 8 : 1;

type Fault = { readonly name: string; readonly mischief: Mischief | ((emulator: Emulator) => Mischief) };

const faults: readonly Fault[] = [
  { name: 'a connection that is cut before the write', mischief: { kind: 'drop' } },
  { name: 'a connection that is cut after the write', mischief: { kind: 'drop-after' } },
  { name: 'a crash after the write', mischief: (emulator) => ({ kind: 'drop-after', and: () => void emulator.restart() }) },
  { name: 'silence', mischief: { kind: 'silent' } },
  { name: 'an answer that is lost', mischief: { kind: 'lose-answer' } },
  { name: 'an answer that comes late', mischief: { kind: 'late', milliseconds: 150 } },
  { name: 'an answer that comes too late', mischief: { kind: 'late', milliseconds: 1200 } },
  { name: 'a write that comes when nobody waits any more', mischief: { kind: 'write-late', milliseconds: 1000 } },
  { name: 'a server that is not the leader', mischief: { kind: 'refuse', as: 'not-leader' } },
  { name: 'a server that is not ready', mischief: { kind: 'refuse', as: 'not-ready' } },
  { name: 'a server that denies access', mischief: { kind: 'refuse', as: 'access-denied' } },
];

/** An append as `execute` makes it, and as patient as the machine is busy: repeated to the byte until the store answers. @returns what the store said, and how long it took at most */
const appendUntilAnswered = async (
  store: EventStore,
  stream: string,
  expected: Expected,
  events: NonEmpty<Envelope>,
  settledWithin = limit + tolerance,
): Promise<{ readonly result: AppendResult | undefined; readonly longest: number }> => {
  let longest = 0;
  const until = Date.now() + tolerance;
  while (Date.now() < until) {
    const from = Date.now();
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<'unsettled'>((resolve) => {
      timer = setTimeout(() => {
        resolve('unsettled');
      }, settledWithin);
    });
    try {
      const result = await Promise.race([store.append(stream, expected, events), patience]);
      longest = Math.max(longest, Date.now() - from);
      if (result === 'unsettled') return { result: undefined, longest: Infinity };
      return { result, longest };
    } catch (error) {
      longest = Math.max(longest, Date.now() - from);
      const isDenied = error instanceof EventLogCorrupt && error.damage?.how === 'denied';
      if (!isDenied && !(error instanceof EventStoreUnavailable) && (error as { type?: string }).type === undefined) throw error;
    } finally {
      clearTimeout(timer);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { result: undefined, longest };
};

/** What a store said that the log does not bear out, or that it did not say in time. */
const untruths = async (open: (url: string) => OpenStore, fault: Fault, settledWithin = limit + tolerance): Promise<readonly string[]> => {
  const emulator = await Emulator.start();
  const { store, close } = open(emulator.url);
  const said: string[] = [];
  try {
    const before = envelopes('ticket-1', 0, 2, 'before');
    await appendUntilAnswered(store, 'ticket-1', { kind: 'no-stream' }, before);
    const events = envelopes('ticket-1', 2, 3, 'ours');
    emulator.misbehaviour.next('append', typeof fault.mischief === 'function' ? fault.mischief(emulator) : fault.mischief);
    const { result, longest } = await appendUntilAnswered(store, 'ticket-1', seen(before, 1), events, settledWithin);
    if (longest > settledWithin) said.push('not settled in time');
    // whatever still comes late comes now
    await new Promise((resolve) => setTimeout(resolve, 1200));
    const standing = emulator.log.stream('ticket-1');
    const times = events.map(({ id }) => standing.filter((event) => event.id === id).length);
    const last = standing.find(({ id }) => id === events[2]?.id);
    if (times.some((number) => number > 1)) said.push('written twice');
    if (result === undefined) said.push('never answered');
    else if (result.kind === 'conflict') {
      if (times.some((number) => number > 0)) said.push('told as a conflict, and written');
    } else if (last?.revision !== result.revision || last.position !== BigInt(result.position || -1)) {
      said.push('told as written where it is not');
    }
  } finally {
    await close();
    await emulator.stop();
  }
  return said;
};

/** Somebody else takes the place while our append is lost: then ours must be told as lost. */
const untruthsOfALostRace = async (open: (url: string) => OpenStore): Promise<readonly string[]> => {
  const emulator = await Emulator.start();
  const { store, close } = open(emulator.url);
  try {
    const before = envelopes('ticket-1', 0, 1, 'before');
    await appendUntilAnswered(store, 'ticket-1', { kind: 'no-stream' }, before);
    const [theirs] = envelopes('ticket-1', 1, 1, 'theirs');
    const { data, metadata } = { data: Buffer.from(theirs.body), metadata: Buffer.from(JSON.stringify({ hash: theirs.hash })) };
    const proposed = { id: theirs.id, type: 'Noted', contentType: 'application/octet-stream', data, metadata };
    emulator.misbehaviour.next('append', { kind: 'drop', and: () => emulator.log.append('ticket-1', 0, [proposed]) });
    const { result } = await appendUntilAnswered(store, 'ticket-1', seen(before, 0), envelopes('ticket-1', 1, 1, 'ours'));
    return result?.kind === 'conflict' ? [] : ['told as written, and lost'];
  } finally {
    await close();
    await emulator.stop();
  }
};

/** Code that runs for the first time is slow, and many begin at once. */
beforeAll(async () => {
  for (const way of waysOfAppending) {
    const emulator = await Emulator.start();
    const { store, close } = openStore(emulator.url, 120_000, way);
    await store.append('ticket-1', { kind: 'no-stream' }, envelopes('ticket-1', 0, 1, 'ours'));
    await close();
    await emulator.stop();
  }
});

describe.each(waysOfAppending)('an append to EventStoreDB by way of %s settles in time with a true answer, through', (way) => {
  const open = (url: string): OpenStore => openStore(url, limit, way);

  // at once: nearly all of their time they wait
  it.concurrent.each(faults)('$name', async (fault) => {
    for (let round = 0; round < rounds; round += 1) expect(await untruths(open, fault)).toEqual([]);
  });

  it.concurrent('somebody else who takes the place meanwhile', async () => {
    expect(await untruthsOfALostRace(open)).toEqual([]);
  });

  it.concurrent('an answer to a repetition that has forgotten the position', async () => {
    const emulator = await Emulator.start();
    const { store, close } = open(emulator.url);
    emulator.misbehaviour.forgetsPositions = true;
    const events = envelopes('ticket-1', 0, 2, 'ours');
    const { result: first } = await appendUntilAnswered(store, 'ticket-1', { kind: 'no-stream' }, events);
    const { result: again } = await appendUntilAnswered(store, 'ticket-1', { kind: 'no-stream' }, events);
    expect(again).toEqual({ ...first, kind: 'already-appended' });
    await close();
    await emulator.stop();
  });

  it('a server whose clock is a minute ahead, and one that cannot say what it offers', async () => {
    const emulator = await Emulator.start();
    emulator.misbehaviour.clockAhead = 60_000;
    emulator.misbehaviour.always('features', { kind: 'refuse', as: 'access-denied' });
    const { store, close } = open(emulator.url);
    const { result } = await appendUntilAnswered(store, 'ticket-1', { kind: 'no-stream' }, envelopes('ticket-1', 0, 1, 'ours'));
    expect(result).toMatchObject({ revision: 0 });
    await close();
    await emulator.stop();
  });

  it.concurrent('a route that is lost: unavailable in time, with a reason, and again when it is back', async () => {
    const emulator = await Emulator.start();
    const { store, close } = open(emulator.url);
    await appendUntilAnswered(store, 'ticket-1', { kind: 'no-stream' }, envelopes('ticket-1', 0, 1, 'ours'));
    emulator.wire.clog();
    const from = Date.now();
    await expect(store.append('ticket-2', { kind: 'no-stream' }, envelopes('ticket-2', 0, 1, 'ours'))).rejects.toMatchObject({
      name: 'EventStoreUnavailable',
      code: 'deadline-exceeded',
    });
    expect(Date.now() - from).toBeLessThan(limit + tolerance);
    emulator.wire.unclog();
    const { result } = await appendUntilAnswered(store, 'ticket-2', { kind: 'no-stream' }, envelopes('ticket-2', 0, 1, 'ours'));
    expect(result).toMatchObject({ revision: 0 });
    expect(emulator.log.stream('ticket-2')).toHaveLength(1);
    await close();
    await emulator.stop();
  });
});

const named = (name: string): Fault => {
  const fault = faults.find((one) => one.name === name);
  if (!fault) throw new Error(`No fault is called ${name}.`);
  return fault;
};

describe('the same tests catch an adapter that', () => {
  it.concurrent.each([
    { flaw: 'retries-with-any', fault: named('a crash after the write'), says: 'written twice' },
    { flaw: 'takes-failure-for-conflict', fault: named('an answer that is lost'), says: 'told as a conflict, and written' },
  ] as const)('$flaw', async ({ flaw, fault, says }) => {
    expect(await untruths((url) => appending(url, flaw, unhurried), fault)).toContain(says);
  });

  // these two wait in the client's one bank of the process: one after the other
  it('waits-for-ever', async () => {
    const found = untruths((url) => appending(url, 'waits-for-ever', limit), named('silence'), limit + littleTolerance);
    expect(await found).toContain('not settled in time');
  });

  it.concurrent('takes-conflict-for-success', async () => {
    expect(await untruthsOfALostRace((url) => appending(url, 'takes-conflict-for-success', unhurried))).toEqual([
      'told as written, and lost',
    ]);
  });

  it('lets the server compare its clock with ours', async () => {
    const emulator = await Emulator.start();
    emulator.misbehaviour.clockAhead = 60_000;
    const { store, close } = appending(emulator.url, 'waits-for-ever', limit);
    await expect(store.append('ticket-1', { kind: 'no-stream' }, envelopes('ticket-1', 0, 1, 'ours'))).rejects.toMatchObject({
      type: 'deadline-exceeded',
    });
    await close();
    await emulator.stop();
  });
});
