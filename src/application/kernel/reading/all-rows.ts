import { defined } from '@tichet-albastru/kernel/defined';
import { pause } from '@tichet-albastru/kernel/pause';
import type { Ports } from '../ports/ports';
import type { Row, Selection } from '@tichet-albastru/event-log/ports/read-models';

/** Rows that are read together: another reader waits for these, and not for all. */
const rowsAtOnce = 500;

/** Every row of a table that meets the conditions, in the order that is asked for. */
export const allRows = async <R extends Row>(
  { readModels }: Pick<Ports, 'readModels'>,
  table: string,
  selection: Pick<Selection, 'where' | 'orderBy'> = {},
): Promise<readonly R[]> => {
  const rows: R[] = [];
  let cursor: string | undefined;
  do {
    const page = await readModels.select<R>(table, { ...selection, limit: rowsAtOnce, ...defined({ cursor }) });
    rows.push(...page.rows);
    cursor = page.next;
    if (cursor !== undefined) await pause(0);
  } while (cursor !== undefined);
  return rows;
};
