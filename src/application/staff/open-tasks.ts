import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { momentAfter } from '../../domain/time/civil-time';
import type { Ports } from '../kernel/ports/ports';
import type { Condition, Page, Selection } from '@tichet-albastru/event-log/ports/read-models';
import { tables, type TaskRow } from '../kernel/ports/tables';
import { parkedIn } from '../kernel/reading/parked-in';
import { whoseRows, type Whose } from './whose';
import { Query } from '../kernel/message';

export type TasksQuery = { readonly whose: Whose } & Pick<Selection, 'limit' | 'cursor'>;
export type TasksView = { readonly tasks: readonly TaskRow[]; readonly parked: number; readonly next?: string };

const usualLimit = 1000;
/** Begins the cursor of a page of tasks without a due time; no cursor of a table begins so. */
const undatedMark = '~';
const undated: Condition = { column: 'dueAt', is: null };
const dated: Condition = { column: 'dueAt', from: '' };

/** Art. 8: an offered meeting can be accepted only until then. Afterwards the head is not asked any more, and no fact says so. */
export const isOpenStill = ({ kind, dueAt = '' }: Pick<TaskRow, 'kind' | 'dueAt'>, at: Instant): boolean =>
  kind !== 'accept-move' || at < dueAt;

export class ListOpenTasks extends Query<TasksQuery, TasksView> {}

/** What is to be done from now on back, the most urgent first. What has no due time comes last: a table would have it first. */
export const openTasks =
  (ports: Ports) =>
  async ({ whose, limit = usualLimit, cursor }: TasksQuery): Promise<TasksView> => {
    const at = ports.clock.now();
    const where: readonly Condition[] = [...whoseRows(whose), { column: 'from', before: momentAfter(at) }];
    const pageOf = (part: Condition, count: number, after: string | undefined): Promise<Page<TaskRow>> =>
      ports.readModels.select<TaskRow>(tables.tasks, {
        where: [...where, part],
        orderBy: [{ column: 'dueAt' }],
        limit: count,
        ...(after === undefined || after === '' ? {} : { cursor: after }),
      });
    const undatedAfter = async (count: number, after: string): Promise<Page<TaskRow>> => {
      // a full page of dated ones: only whether others follow is asked
      if (count === 0)
        return (await ports.readModels.count(tables.tasks, [...where, undated])) > 0 ? { rows: [], next: undatedMark } : { rows: [] };
      const { rows, next } = await pageOf(undated, count, after);
      return next === undefined ? { rows } : { rows, next: `${undatedMark}${next}` };
    };
    const page = async (): Promise<Page<TaskRow>> => {
      if (cursor?.startsWith(undatedMark) === true) return undatedAfter(limit, cursor.slice(undatedMark.length));
      const first = await pageOf(dated, limit, cursor);
      if (first.next !== undefined) return first;
      const rest = await undatedAfter(limit - first.rows.length, '');
      return { ...rest, rows: [...first.rows, ...rest.rows] };
    };
    const { rows, next } = await page();
    return { tasks: rows.filter((row) => isOpenStill(row, at)), parked: await parkedIn(ports, tables.tasks), ...defined({ next }) };
  };
