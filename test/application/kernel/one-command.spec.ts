import { commandOf } from '../../../src/application/kernel/execute';
import { inOneCommand } from '@tichet-albastru/event-log/execute/load';
import { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import { agendas, staffMembers } from '../../../src/application/kernel/streams';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { AgendaState } from '../../../src/domain/agenda/agenda';
import { accept, noChange } from '../../../src/domain/kernel/decider';
import { personal } from '../../../src/domain/kernel/personal-text';
import { refuse } from '../../../src/domain/kernel/refusal';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';

const day = '2026-03-09';
const [first, second] = [
  { startsAt: '2026-03-09T08:00:00.000Z', endsAt: '2026-03-09T08:15:00.000Z' },
  { startsAt: '2026-03-09T08:15:00.000Z', endsAt: '2026-03-09T08:30:00.000Z' },
];
const at = '2026-03-02T08:00:00.000Z';
const blocked = (blockId: string, { startsAt, endsAt } = first) =>
  accept({ type: 'TimeBlocked', data: { blockId, from: startsAt, to: endsAt, cause: 'absence', blockedAt: at } } as const);
const unblocked = (blockId: string) => accept({ type: 'TimeUnblocked', data: { blockId, unblockedAt: at } } as const);

/** One command, and another process that writes to the same agenda; what the command asked of the store. */
const world = () => {
  const ports = createTestPorts();
  const asked: string[] = [];
  const store: EventStore = {
    ...ports.store,
    append: (...append) => {
      asked.push('append');
      return ports.store.append(...append);
    },
    read: (stream, from, most) => {
      asked.push(`read from ${String(from)}`);
      return ports.store.read(stream, from, most);
    },
  };
  const command = (id = 'command') => {
    const known = inOneCommand({ ...ports, store, streamCache: new StreamCache() });
    return { ports: known, agenda: agendas.of(known, 's001', day), context: commandOf({ kind: 'host' }, id, at) };
  };
  const other = agendas.of({ ...ports, streamCache: new StreamCache() }, 's001', day);
  let others = 0;
  return {
    asked,
    command,
    other,
    write: (decision: ReturnType<typeof blocked> | ReturnType<typeof unblocked>) =>
      other.transact(commandOf({ kind: 'host' }, `other ${String((others += 1))}`, at), 'write', () => decision),
  };
};
const isBlocked = ({ blocks }: AgendaState, blockId: string): boolean => blocks[blockId]?.lifted === false;

describe('a command', () => {
  it('asks for a stream once, and knows what it wrote: to the letter what stands there', async () => {
    const { asked, command, other } = world();
    const { agenda, context } = command();
    await agenda.load();
    await agenda.transact(context, 'one', () => blocked('a'));
    await agenda.transact(context, 'two', () => blocked('b', second));
    const known = await agenda.load();
    expect(asked).toEqual(['read from 0', 'append', 'append']);
    expect(known).toEqual(await other.load());
  });

  it('knows sealed what it wrote sealed', async () => {
    const { command } = world();
    const { ports, context } = command();
    const staff = staffMembers.of(ports, 's001');
    const names = { name: personal('staff', 'Ana Pop'), email: personal('staff', 's001@primarie.example') };
    const registered = { staffId: 's001', ...names, role: 'executive', department: 'D', departmentCode: '425', registeredAt: at } as const;
    await staff.transact(context, 'one', () => accept({ type: 'StaffRegistered', data: registered }));
    const { store, codec, identifiers } = ports;
    const others = { store, codec, identifiers, streamCache: new StreamCache() };
    expect(await staff.load()).toEqual(await staffMembers.of(others, 's001').load());
    expect(JSON.stringify(await staff.load())).not.toContain('Ana Pop');
  });

  it('asks again for a stream to which it wrote several events at once: the store tells the place of the last', async () => {
    const { asked, command, other } = world();
    const { agenda, context } = command();
    await agenda.transact(context, 'one', () => accept(...blocked('a').facts, ...blocked('b', second).facts));
    expect(await agenda.load()).toEqual(await other.load());
    expect(asked).toEqual(['read from 0', 'append', 'read from 0']);
  });

  it('decides again on what stands when others have written since it looked', async () => {
    const { asked, command, write, other } = world();
    const { agenda, context } = command();
    await agenda.load();
    await write(blocked('a'));
    const seen: boolean[] = [];
    const done = await agenda.transact(context, 'one', (state) => {
      seen.push(isBlocked(state, 'a'));
      return blocked('b', second);
    });
    expect([seen, asked]).toEqual([
      [false, true],
      ['read from 0', 'append', 'read from 0', 'append'],
    ]);
    expect([done, (await other.load()).revision]).toEqual([expect.objectContaining({ kind: 'done', revision: 1 }), 1]);
  });

  it.each([
    ['a refusal', refuse('slot-taken')],
    ['that there is nothing to do', noChange()],
  ])('tells %s only after it was decided again on what stands now', async (_, believed) => {
    const { command, write, other } = world();
    await write(blocked('a'));
    const { agenda, context } = command();
    await agenda.load();
    await write(unblocked('a'));
    const decide = (state: AgendaState) => (isBlocked(state, 'a') ? believed : blocked('b'));
    // who believes what they remember would tell it
    expect(decide((await agenda.load()).state)).toBe(believed);
    expect(await agenda.transact(context, 'one', decide)).toMatchObject({ kind: 'done', revision: 2 });
    expect(isBlocked((await other.load()).state, 'b')).toBe(true);
  });

  it('is told a refusal that stands, after one more look', async () => {
    const { asked, command, write } = world();
    await write(blocked('a'));
    const { agenda, context } = command();
    await agenda.load();
    expect(await agenda.transact(context, 'one', () => refuse('slot-taken'))).toMatchObject({ code: 'slot-taken' });
    expect(asked).toEqual(['read from 0', 'read from 1']);
  });

  it('that takes a stream for unwritten is told by the append if somebody has written it, and that it was itself', async () => {
    const { asked, command, write } = world();
    const [mine, again] = [command(), command()];
    mine.agenda.presumeUnwritten();
    expect(await mine.agenda.transact(mine.context, 'one', () => blocked('a'))).toMatchObject({ kind: 'done', revision: 0 });
    expect(asked).toEqual(['append']);
    await write(blocked('b', second));
    again.agenda.presumeUnwritten();
    expect(await again.agenda.transact(again.context, 'one', () => blocked('a'))).toMatchObject({ kind: 'done' });
    expect(await again.agenda.load()).toMatchObject({ revision: 1 });
    const other = command('another');
    other.agenda.presumeUnwritten();
    expect(await other.agenda.transact(other.context, 'one', () => blocked('c'))).toMatchObject({ kind: 'done', revision: 2 });
  });

  it('ends with itself: the next one asks for each stream again', async () => {
    const { asked, command } = world();
    await command().agenda.load();
    await command().agenda.load();
    expect(asked).toEqual(['read from 0', 'read from 0']);
  });
});
