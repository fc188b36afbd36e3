import type { Ports } from '../ports/ports';
import type { Selection } from '../ports/read-models';
import { tables, type TaskRow } from '../ports/tables';
import { parkedIn } from './staff-calendar';
import { whoseRows, type Whose } from './whose';

export type TasksAsked = { readonly whose: Whose } & Pick<Selection, 'limit' | 'cursor'>;
export type TasksShown = { readonly tasks: readonly TaskRow[]; readonly parked: number; readonly next?: string };

/** What is to be done from now on back, the most urgent first. */
export const openTasks =
  (ports: Ports) =>
  async ({ whose, ...page }: TasksAsked): Promise<TasksShown> => {
    const now = ports.clock.now();
    const { rows, next } = await ports.readModels.select<TaskRow>(tables.tasks, {
      where: [...whoseRows(whose), { column: 'from', before: `${now}\u0000` }],
      orderBy: [{ column: 'dueAt' }],
      ...page,
    });
    return { tasks: rows, parked: await parkedIn(ports, tables.tasks), ...(next === undefined ? {} : { next }) };
  };
