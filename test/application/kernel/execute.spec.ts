import type { Asker } from '../../../src/application/kernel/access';
import { type CommandContext, commandOf, execute } from '../../../src/application/kernel/execute';
import { StreamContended, unlessContended } from '@tichet-albastru/event-log/execute/execute';
import {
  type AppendResult,
  type Envelope,
  type EventStore,
  EventStoreUnavailable,
  type Recorded,
} from '@tichet-albastru/event-log/ports/event-store';
import { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import { agenda, type AgendaState } from '../../../src/domain/agenda/agenda';
import { agendaStream } from '../../../src/domain/agenda/facts';
import { accept, noChange } from '../../../src/domain/kernel/decider';
import { refuse } from '../../../src/domain/kernel/refusal';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';

const at = '2026-03-02T08:00:00.000Z';
const stream = agendaStream('s001', '2026-03-09');
const host: Asker = { kind: 'host' };
const block = (blockId: string) =>
  accept({
    type: 'TimeBlocked',
    data: { blockId, from: '2026-03-09T08:00:00.000Z', to: '2026-03-09T08:15:00.000Z', cause: 'absence', blockedAt: at },
  } as const);

/** One agenda, in a store of which a test may say what an append comes to. */
const world = (append?: (real: () => Promise<AppendResult>, envelopes: readonly Envelope[]) => Promise<AppendResult>) => {
  const ports = createTestPorts();
  const store: EventStore = {
    ...ports.store,
    append: (name, expected, envelopes) => {
      const real = () => ports.store.append(name, expected, envelopes);
      return append ? append(real, envelopes) : real();
    },
    read: (name, from, most) => {
      asked.push(`read from ${String(from)}`);
      return ports.store.read(name, from, most);
    },
  };
  const asked: string[] = [];
  type Decide = Parameters<typeof execute<'agenda'>>[2]['decide'];
  const run = (
    decide: Decide,
    context: CommandContext = commandOf(host, 'c1', at),
    step = 'one',
    to = store,
    streamCache = new StreamCache(),
  ) => execute({ ...ports, store: to, streamCache }, context, { aggregate: agenda, stream, step, decide });
  const recorded = async () => {
    const events: Recorded[] = [];
    for await (const event of ports.store.read(stream)) events.push(event);
    return events;
  };
  const stored = async () => (await recorded()).map((event) => ports.codec.decodeOf('agenda', event));
  const blocks = async () => (await stored()).map(({ fact }) => ('blockId' in fact.data ? fact.data.blockId : fact.type));
  /** Somebody else, whom nothing hinders. */
  const other = (id: string, when = at) => run(() => block(id), commandOf(host, `other ${id}`, when), 'one', ports.store);
  return { run, recorded, stored, blocks, other, asked, store };
};

describe('what asks of its own accord', () => {
  it('is its own cause, and is about itself unless it is said about what', () => {
    expect(commandOf({ kind: 'everybody' }, 'c1', at)).toMatchObject({
      commandId: 'c1',
      correlationId: 'c1',
      causationId: 'c1',
      asker: { kind: 'everybody' },
      at,
    });
    expect(commandOf({ kind: 'everybody' }, 'c1', at, 't1').actor).not.toEqual(commandOf({ kind: 'everybody' }, 'c1', at).actor);
  });
});

describe('the only writer', () => {
  it('writes what was decided, in its order, chained to what stood there, and tells what it came to', async () => {
    const { run, stored, blocks, other } = world();
    await other('a');
    const done = await run(() => accept(...block('b').facts, ...block('c').facts));
    expect(done).toMatchObject({ kind: 'done', revision: 2, state: { blocks: { a: {}, b: {}, c: {} } } });
    expect(await blocks()).toEqual(['a', 'b', 'c']);
    expect((await stored()).map(({ revision }) => revision)).toEqual([0, 1, 2]);
  });
  it('each under the hash of the place at which it stands', async () => {
    const { run, recorded, other } = world();
    await other('a');
    await run(() => accept(...block('b').facts, ...block('c').facts));
    for (const event of await recorded()) expect(event.hash).toBe(hashEvent(event));
  });
  it('tells a refusal at the first look where it remembers nothing', async () => {
    const { run, asked } = world();
    await run(() => refuse('slot-taken'));
    expect(asked).toEqual(['read from 0']);
  });
  it('writes nothing where nothing is to be done, or it is refused, and tells how it stands', async () => {
    const { run, blocks, other } = world();
    await other('a');
    expect(await run(() => noChange())).toMatchObject({ kind: 'done', revision: 0, state: { blocks: { a: {} } } });
    expect(await run(() => refuse('slot-taken'))).toEqual({ kind: 'refused', code: 'slot-taken' });
    expect(await blocks()).toEqual(['a']);
  });
  it('writes the same command once, however often it runs, and decides nothing then; another step of it is another append', async () => {
    const { run, blocks } = world();
    await run(() => block('a'));
    const decided: string[] = [];
    const again = await run(() => {
      decided.push('again');
      return block('b');
    });
    expect([again, decided]).toEqual([expect.objectContaining({ kind: 'done', revision: 0 }), []]);
    await run(() => block('b'), commandOf(host, 'c1', at), 'two');
    expect(await blocks()).toEqual(['a', 'b']);
  });
  it('writes nothing at all where one of the facts is none that the asker may cause', async () => {
    const { run, blocks } = world();
    const citizen: Asker = { kind: 'citizen', ticketId: 't1' };
    expect(await run(() => block('a'), commandOf(citizen, 'c1', at))).toEqual({ kind: 'refused', code: 'forbidden' });
    expect(await blocks()).toEqual([]);
  });
  it('asks for what must hold before it decides, in that stream and in no other', async () => {
    const { run, blocks } = world();
    const only = (name: string, holds: boolean): CommandContext => ({
      ...commandOf(host, 'c1', at),
      precondition: { stream: name, holds: () => Promise.resolve(holds) },
    });
    expect(await run(() => block('a'), only(stream, false))).toEqual({ kind: 'refused', code: 'precondition-failed' });
    expect(await blocks()).toEqual([]);
    expect(await run(() => block('a'), only('agenda-s002_2026-03-09', false))).toMatchObject({ kind: 'done' });
    expect(await run(() => block('b'), { ...only(stream, true), commandId: 'c2' })).toMatchObject({ kind: 'done', revision: 1 });
  });
});

describe('the time of an event', () => {
  it('is that of its command, and never before the event that stands there', async () => {
    const { run, stored, other } = world();
    await other('a', plusSeconds(at, 20));
    await run(() => block('b'));
    await run(() => block('c'), commandOf(host, 'c2', plusSeconds(at, 60)));
    expect((await stored()).map(({ recordedAt }) => recordedAt)).toEqual([plusSeconds(at, 20), plusSeconds(at, 20), plusSeconds(at, 60)]);
    expect((await stored()).map(({ clockAt }) => clockAt)).toEqual([undefined, undefined, undefined]);
  });
  it('tells what the clock said where it stood far before that event', async () => {
    const { run, stored, other } = world();
    await other('a', plusSeconds(at, 31));
    await run(() => block('b'));
    expect((await stored()).map(({ recordedAt, clockAt }) => [recordedAt, clockAt])).toEqual([
      [plusSeconds(at, 31), undefined],
      [plusSeconds(at, 31), at],
    ]);
  });
});

describe('somebody who writes first', () => {
  it('has it decided again on what stands then', async () => {
    let first = true;
    const { run, blocks, other } = world(async (real) => {
      if (first) await other('a');
      first = false;
      return real();
    });
    const seen: (readonly string[])[] = [];
    const done = await run((state: AgendaState) => {
      seen.push(Object.keys(state.blocks));
      return block('b');
    });
    expect([seen, done]).toEqual([[[], ['a']], expect.objectContaining({ kind: 'done', revision: 1 })]);
    expect(await blocks()).toEqual(['a', 'b']);
  });
  it('is read from where the stream was last read, and from its beginning where the stream is not what is remembered of it', async () => {
    const memory = new StreamCache();
    const [mine, restored] = [world(), world()];
    const remembering = (blockId: string, { run, store }: ReturnType<typeof world>) =>
      run(() => block(blockId), commandOf(host, `mine ${blockId}`, at), 'one', store, memory);
    await remembering('a', mine);
    let isFirst = true;
    const raced: EventStore = {
      ...mine.store,
      append: async (...append) => {
        if (isFirst) await mine.other('b');
        isFirst = false;
        return mine.store.append(...append);
      },
    };
    await mine.run(() => noChange(), commandOf(host, 'look', at), 'one', mine.store, memory);
    mine.asked.splice(0);
    await mine.run(() => block('c'), commandOf(host, 'mine c', at), 'one', raced, memory);
    expect(mine.asked).toEqual(['read from 1', 'read from 1']);
    // another log stands there now, as long as what is remembered, then shorter
    for (const id of ['x', 'y', 'z']) await restored.other(id);
    await mine.run(() => noChange(), commandOf(host, 'look again', at), 'one', mine.store, memory);
    expect(await remembering('d', restored)).toMatchObject({ kind: 'done', revision: 3 });
    expect(restored.asked).toEqual(['read from 3', 'read from 0']);
    const shorter = world();
    expect(await remembering('e', shorter)).toMatchObject({ kind: 'done', revision: 0 });
  });
  it('again and again, has it refused in the end, and nothing is written', async () => {
    let appends = 0;
    const { run, blocks } = world(() => {
      appends += 1;
      return Promise.resolve({ kind: 'conflict', revision: -1 });
    });
    const refused = await run(() => block('a'));
    expect(refused).toEqual({ kind: 'refused', code: 'conflict', details: { retryAfterSeconds: 1 } });
    expect([appends, await blocks()]).toEqual([100, []]);
    expect(() => unlessContended(refused)).toThrow(StreamContended);
    expect(() => unlessContended(refused)).toThrow('Others kept writing to the stream.');
  });
  it('is no reason for work that is never told of to fail otherwise', () => {
    expect(unlessContended(refuse('slot-taken'))).toEqual({ kind: 'refused', code: 'slot-taken' });
    expect(unlessContended('done')).toBe('done');
  });
});

describe('a store that does not answer', () => {
  const failing = (times: number, error: Error = new EventStoreUnavailable('gone'), meanwhile = (): void => undefined) => {
    const bodies: string[] = [];
    const made = world(async (real, envelopes) => {
      bodies.push(envelopes.map(({ id, body, hash }) => `${id} ${hash} ${body}`).join());
      meanwhile();
      if (bodies.length <= times) throw error;
      return real();
    });
    return { ...made, bodies };
  };
  it('is asked again, to the byte, until it does', async () => {
    const { run, blocks, bodies } = failing(3);
    expect(await run(() => block('a'))).toMatchObject({ kind: 'done', revision: 0 });
    expect([bodies.length, new Set(bodies).size, await blocks()]).toEqual([4, 1, ['a']]);
  });
  it('four times, has the fault passed on', async () => {
    const { run, blocks, bodies } = failing(4);
    await expect(run(() => block('a'))).rejects.toThrow('gone');
    expect([bodies.length, await blocks()]).toEqual([4, []]);
  });
  it('that is broken otherwise is not asked again', async () => {
    const { run, bodies } = failing(1, new Error('broken'));
    await expect(run(() => block('a'))).rejects.toThrow('broken');
    expect(bodies).toHaveLength(1);
  });
  it.each([
    [1500, 2],
    [1501, 1],
  ])('that has waited %i ms for its own server is asked %i times', async (waited, asked) => {
    let now = 0;
    const clock = jest.spyOn(performance, 'now').mockImplementation(() => now);
    try {
      const { run, bodies } = failing(1, new EventStoreUnavailable('gone'), () => {
        now = waited;
      });
      await run(() => block('a')).catch(() => undefined);
      expect(bodies).toHaveLength(asked);
    } finally {
      clock.mockRestore();
    }
  });
});
