import type { TaskRow } from '../../../src/application/kernel/ports/tables';
import { openTasks } from '../../../src/projections/tasks/duties';
import { ticketDuties } from '../../../src/projections/tasks/tasks';
import { createWorld } from '../../application/kernel/processes/world';
import { tickets } from '../../../src/application/kernel/streams';

const resolutionTasks = async (world: ReturnType<typeof createWorld>, ticketId: string): Promise<readonly Partial<TaskRow>[]> => {
  const { events } = await tickets.of(world.ports, ticketId).load();
  let duties: ReturnType<typeof ticketDuties.apply>;
  for (const event of events) duties = ticketDuties.apply(duties, { ...event, category: 'ticket' }, ticketId);
  return (duties === undefined ? [] : openTasks(duties)).filter(({ kind }) => kind === 'file-resolution');
};

describe('Art. 7: a resolution that is not in the register yet', () => {
  it('is shown as waiting from the sixth minute on, then as a task, and no more once it is filed', async () => {
    const world = createWorld();
    const away = { file: () => Promise.reject(new Error('away')) };
    const { documents } = world.ports;
    Object.assign(world.ports, { documents: away });
    await world.open();
    const ticketId = await world.book();
    await world.drain();
    await world.conclude(ticketId);
    await world.drain();
    const waiting = await resolutionTasks(world, ticketId);
    expect(waiting).toMatchObject([{ waiting: true, from: '2026-03-05T08:21:00.000Z' }]);
    expect(waiting[0]?.dueAt).toBeDefined();

    Object.assign(world.ports, { documents: { file: () => Promise.resolve({ byHand: 'refused' }) } });
    await world.drainAfter({ minutes: 10 });
    const raised = await resolutionTasks(world, ticketId);
    expect(raised).toHaveLength(1);
    expect(raised[0]?.waiting).toBeUndefined();

    Object.assign(world.ports, { documents });
    const other = createWorld();
    await other.open();
    const filed = await other.book();
    await other.hold(filed);
    await other.issue(filed);
    await other.drain();
    expect(await resolutionTasks(other, filed)).toEqual([]);
  });
});
