import { personal } from '../../../src/domain/kernel/personal-text';
import { ops, skipEvent } from '../../../src/domain/ops/ops';
import { opsStream } from '@tichet-albastru/kernel/skip';
import { RowParked } from '@tichet-albastru/event-log/ports/read-models';
import type { Projection } from '../../../src/application/kernel/ports/projection';
import { retryParked } from '@tichet-albastru/event-log/projector/parked';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { rebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { onlineHistory } from '../../support/histories';
import { counting, type CountRow } from './counting';
import { asCase, beside, dump, sideBySide, ticketIdOfCase, worldWith, type Told, type World } from './world';

const facts = sideBySide(asCase(1, onlineHistory()), asCase(2, onlineHistory()));
const all = facts.filter(({ stream }) => stream === `ticket-${ticketIdOfCase(1)}`).length;
const isFirst = ({ stream }: { readonly stream: string }): boolean => stream === `ticket-${ticketIdOfCase(1)}`;
const cannotTakeHeld: Projection<CountRow> = counting(1, {
  apply: (row, event) => {
    if (event.fact.type === 'Held' && isFirst(event)) throw new Error('cannot count this');
    return { events: (row?.events ?? 0) + 1, mark: 'v1' };
  },
});

const skipped = (eventId: string): Told => {
  const decision = skipEvent(
    { projection: 'counting', key: ticketIdOfCase(1), eventId, reason: 'dublură', at: '2026-06-01T08:00:00.000Z' },
    ops.initial,
  );
  if (decision.kind === 'refused' || decision.facts[0] === undefined) throw new Error('not decided');
  return { stream: opsStream('counting'), at: '2026-06-01T08:00:00.000Z', fact: decision.facts[0] };
};

describe('an event that cannot be applied', () => {
  let world: World;
  beforeEach(async () => {
    world = worldWith();
    await world.tell(...facts);
    await catchUp(world, [cannotTakeHeld], { batchSize: 4 });
  });

  it('parks its key; what comes later for that key waits; the others go on', async () => {
    const [parked, ...more] = await world.rows.parked();
    expect(more).toEqual([]);
    expect(parked).toMatchObject({ projection: 'counting', key: ticketIdOfCase(1), error: 'Error: cannot count this' });
    expect(parked?.waiting).toBeGreaterThan(0);
    await expect(world.rows.get('counting', ticketIdOfCase(1))).rejects.toThrow(RowParked);
    expect((await world.rows.get<CountRow>('counting', ticketIdOfCase(2)))?.events).toBe(all);
    expect(world.lines).toContain('projection-parked');
  });

  it('is retried in order once the code can take it, and parks again while it cannot', async () => {
    const [parked] = await world.rows.parked();
    expect(await retryParked(world, [cannotTakeHeld], parked?.id ?? '')).toBe('still-parked');
    const [again] = await world.rows.parked();
    expect(again).toEqual(parked);
    expect(await retryParked(world, [counting()], again?.id ?? '')).toBe('done');
    expect(await world.rows.get<CountRow>('counting', ticketIdOfCase(1))).toEqual({ events: all, mark: 'v1' });
    expect(await retryParked(world, [counting()], 'nobody')).toBe('not-found');
  });

  it.each([
    ['the event behind it', (type: string) => type === 'ResolutionIssued', 'cannot count this'],
    ['the same event with another error', (type: string) => type === 'Held', 'nor that'],
  ])('is another row of the list once it stops at %s', async (_, cannotTake, message) => {
    const [parked] = await world.rows.parked();
    const cannotTakeIt = counting(1, {
      apply: (row, event) => {
        if (cannotTake(event.fact.type) && isFirst(event)) throw new Error(message);
        return { events: (row?.events ?? 0) + 1, mark: 'v1' };
      },
    });
    expect(await retryParked(world, [cannotTakeIt], parked?.id ?? '')).toBe('still-parked');
    const [other] = await world.rows.parked();
    expect([Number(other?.id) > Number(parked?.id), other?.error]).toEqual([true, `Error: ${message}`]);
    expect(await retryParked(world, [cannotTakeIt], parked?.id ?? '')).toBe('not-found');
  });

  it('is skipped by a fact, and a rebuild skips it too', async () => {
    const [parked] = await world.rows.parked();
    await world.tell(skipped(parked?.eventId ?? ''));
    await catchUp(world, [cannotTakeHeld]);
    expect(await world.rows.parked()).toEqual([]);
    expect(await world.rows.get<CountRow>('counting', ticketIdOfCase(1))).toEqual({ events: all - 1, mark: 'v1' });
    const before = await dump(world.rows, cannotTakeHeld);
    const curedSince = counting(1);
    expect(await rebuild(world, curedSince, { batchSize: 3 })).toBe('switched');
    expect(await dump(world.rows, curedSince)).toBe(before);
    const fresh = beside(world);
    await catchUp(fresh, [curedSince]);
    expect(await dump(fresh.rows, curedSince)).toBe(before);
  });

  it('is never skipped without a reason, and only once', () => {
    const command = { projection: 'counting', key: 'a', eventId: 'e', reason: ' ', at: '2026-06-01T08:00:00.000Z' };
    expect(skipEvent(command, ops.initial)).toMatchObject({ kind: 'refused', code: 'invalid' });
    const fact = { type: 'EventSkipped', data: { ...command, reason: personal('office', 'x'), skippedAt: command.at } } as const;
    expect(skipEvent({ ...command, reason: 'x' }, ops.evolve(ops.initial, fact))).toEqual({ kind: 'accepted', facts: [] });
  });

  it('of an unknown key waits under its own id and stops nobody', async () => {
    const cannotTell = counting(1, {
      name: 'counting-blindly',
      keysOf: (event) => {
        if (event.fact.type === 'Held' && isFirst(event)) throw new Error('whose is it');
        return event.category === 'ticket' ? [event.stream] : [];
      },
    });
    await catchUp(world, [cannotTell]);
    const parked = (await world.rows.parked()).find(({ projection }) => projection === 'counting-blindly');
    expect(parked?.key).toBe(`?${parked?.eventId}`);
    expect(await retryParked(world, [cannotTell], parked?.id ?? '')).toBe('needs-rebuild');
    expect((await world.rows.get<CountRow>('counting-blindly', `ticket-${ticketIdOfCase(1)}`))?.events).toBe(all - 1);
    const { key, eventId = '' } = parked ?? {};
    const decided = skipEvent(
      { projection: 'counting-blindly', key: key ?? '', eventId, reason: 'dublură', at: '2026-06-01T08:00:00.000Z' },
      ops.initial,
    );
    if (decided.kind === 'refused' || decided.facts[0] === undefined) throw new Error('not decided');
    await world.tell({ stream: opsStream('counting-blindly'), at: '2026-06-01T08:00:00.000Z', fact: decided.facts[0] });
    expect(await rebuild(world, cannotTell)).toBe('switched');
    expect((await world.rows.parked()).filter(({ projection }) => projection === 'counting-blindly')).toEqual([]);
  });

  it('a derived row that cannot be computed is parked alone and cured when it can', async () => {
    let broken = true;
    const withDerived = counting(1, {
      name: 'counting-twice',
      derived: {
        name: 'doubled',
        columns: {},
        namedBy: (key) => [key],
        sourcesOf: (key) => [key],
        derive: (key, lookup) => {
          if (broken && key === ticketIdOfCase(1)) throw new Error('cannot double');
          return { twice: 2 * Number(lookup(key)?.['events']) };
        },
      },
    });
    await catchUp(world, [withDerived]);
    await expect(world.rows.get('doubled', ticketIdOfCase(1))).rejects.toThrow(RowParked);
    expect(await world.rows.get('doubled', ticketIdOfCase(2))).toEqual({ twice: 2 * all });
    const parkedNow = async () => (await world.rows.parked()).find(({ projection }) => projection === 'doubled');
    const parked = await parkedNow();
    expect(await retryParked(world, [withDerived], parked?.id ?? '')).toBe('still-parked');
    expect(await parkedNow()).toEqual(parked);
    broken = false;
    expect(await retryParked(world, [withDerived], parked?.id ?? '')).toBe('done');
    expect(await world.rows.get('doubled', ticketIdOfCase(1))).toEqual({ twice: 2 * all });
  });
});
