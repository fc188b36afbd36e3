import type { Projection, ReportingView } from '../ports/projection';
import { databaseFault } from '../database/postgres/database-fault';
import type { Work } from '../database/sql/work';
import { Unusable } from '../unusable';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { tablesOf, type TableShape } from './columns';
import type { Dialect } from './dialect';

/** Said of the statement itself. What passes with its cause, a full disk or a server that is away, is no fault of a view. */
const isOfStatement = (error: unknown): boolean => {
  const code = errorCode(error);
  return code?.startsWith('SQLITE_') === true ? code === 'SQLITE_ERROR' : databaseFault(error) === undefined;
};

/** Does something with each view of this table over this build. @throws Unusable (`table.view`) that names view and table when its SQL is none */
function* eachView(
  dialect: Dialect,
  table: TableShape,
  build: number,
  work: (view: ReportingView, text: string) => Work<void>,
): Work<void> {
  for (const view of table.views) {
    try {
      yield* work(view, view.sql(dialect.viewSource(table, build)).replace(/[\s;]+$/, ''));
    } catch (error) {
      if (!isOfStatement(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new Unusable('table.view', { name: view.name, table: table.name, reason });
    }
  }
}

/** Lets the reporting views of this table read this build. */
export const pointViewsAt = (dialect: Dialect, table: TableShape, build: number): Work<void> =>
  eachView(dialect, table, build, function* ({ name, told }, text) {
    yield* dialect.replaceView(dialect.viewName(name), text);
    if (told !== undefined) yield* dialect.tell(dialect.viewName(name), told);
  });

/** As `pointViewsAt`, where the view that stands has another text. */
export const renewViews = (dialect: Dialect, table: TableShape, build: number): Work<void> =>
  eachView(dialect, table, build, function* ({ name, told }, text) {
    if (!(yield* dialect.isViewOf(dialect.viewName(name), text))) yield* dialect.replaceView(dialect.viewName(name), text);
    if (told !== undefined) yield* dialect.tell(dialect.viewName(name), told);
  });

/** No build has this number. */
const onTrial = 0;

/** Makes tables and views of a version that is yet to be filled, and removes them again: their author hears of a fault at once. */
export function* tryViews(dialect: Dialect, projection: Projection): Work<void> {
  yield { text: 'SAVEPOINT trial', values: [] };
  for (const table of tablesOf(projection)) {
    yield { text: dialect.createTable(table, onTrial), values: [] };
    yield* eachView(dialect, table, onTrial, (_, text) => dialect.replaceView(dialect.place('trial_view'), text));
  }
  yield { text: 'ROLLBACK TO SAVEPOINT trial', values: [] };
}
