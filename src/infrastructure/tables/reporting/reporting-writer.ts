import { sql, type RawBuilder } from 'kysely';
import { defined } from '../../../domain/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import type { ReportingTable, ReportingTableView } from '../../../application/kernel/ports/reporting';
import type {
  AskedRow,
  ParkedReportingRow,
  ReportingBatch,
  ReportingFreshness,
  ReportingState,
  ReportingWork,
  RowOfTable,
} from '../../../application/kernel/ports/reporting-store';
import { keepable } from '../../database/postgres/text-array';
import type { FoundRow, Query } from '../../database/sql/rows.codec';
import type { Work } from '../../database/sql/work';
import { identifier } from '../read-models/columns';
import { column, shownAs, type ReportingDialect } from './reporting-dialect';

/** Until which the rows of sources were filled, and of which file of tables: two files that do not fit each other are told by it. */
export type SourcesStand = { readonly epoch: string; readonly turn: number };

export type ReportingDeclarations = { readonly tables: readonly ReportingTable[]; readonly views: readonly ReportingTableView[] };

/** Everything in a table is asked again from here on. */
const fromTheBeginning = '';
/** Before every moment: the next turn asks for it. */
const atOnce = '0001-01-01T00:00:00.000Z';

/** What must be the same for the rows of a table to stand; of another, the table is made anew. */
const keyedAs = ({ key, source, sourceKey }: ReportingTable): string => JSON.stringify({ key, source, sourceKey });

/** Everything that is declared, so that what is declared as it stands is left alone. */
const declaredAs = ({ tables, views }: ReportingDeclarations, dialect: ReportingDialect): string =>
  JSON.stringify([tables, views.map((view) => ({ ...view, sql: view.sql(dialect.shown) }))]);

/** The columns that are looked up together, and the one by which rows are replaced where the key does not begin with it. */
const indexesOf = ({ indexes = [], key, sourceKey }: ReportingTable): readonly (readonly string[])[] =>
  key[0] === sourceKey ? indexes : [...indexes, [sourceKey]];

const freshnessView = {
  name: 'freshness',
  told: 'How far each of the tables v2_… is, what of it could not be filled, and up to which moment it is true.',
  columns: {
    table_name: 'The table.',
    source: 'The table of the service that it is made of.',
    position: 'The place in the log up to which it is filled; of a table that is behind, where it was when it was not.',
    filled_at: 'When that was looked at last: at most 20 seconds ago while the service runs.',
    behind_events: 'Rows of its source that have changed and are not in it yet as they are.',
    behind_seconds: 'For how many seconds it had been behind at filled_at.',
    parked: 'Rows of its source that it could not be filled from: nothing of them is in it until somebody has mended that.',
    judged_until:
      'What time alone changes (verdicts, duties, states) is as it should be up to and including this moment; null: nothing in it changes so.',
  },
} as const;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const optional = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const freshnessOf = (row: FoundRow): ReportingFreshness => ({
  table: String(row['name']),
  version: Number(row['version']),
  source: String(row['source']),
  position: text(row['position']),
  behindEvents: Number(row['behind']),
  behindSeconds: Number(row['behind_seconds'] ?? 0),
  parked: Number(row['parked']),
  ...defined({ filledAt: optional(row['filled_at']), judgedUntil: optional(row['judged_until']) }),
});

/** Statements about the reporting tables, of one dialect. */
export class ReportingWriter {
  private readonly tables = new Map<string, ReportingTable>();

  constructor(private readonly dialect: ReportingDialect) {}

  /**
   * Brings tables and views to what is declared, in place wherever that can be; what has to be filled anew is marked.
   * @returns whether anything was changed
   */
  *prepare(declared: ReportingDeclarations, stand: SourcesStand): Work<void> {
    this.tables.clear();
    for (const table of declared.tables) this.tables.set(table.name, table);
    const state = yield* this.state();
    // whoever died between the two is one turn ahead of what he has told
    const fits = state.epoch === stand.epoch && [0, 1].includes(state.turn - stand.turn);
    const declaredText = declaredAs(declared, this.dialect);
    const standing = yield* this.standing();
    let changed = state.declared !== declaredText;
    for (const table of declared.tables) changed = changed || !(yield* this.isThere(table.name));
    if (changed) yield* this.declare(declared, standing);
    const anew = fits ? [] : declared.tables.map(({ name }) => name);
    for (const name of anew) yield* this.fillAnew(name);
    const turn = Math.max(state.turn, stand.turn);
    yield this.asked(sql`UPDATE ${this.place('reporting_state')}
      SET epoch = ${stand.epoch}, declared = ${declaredText}, turn = ${turn}`);
    yield* this.askParkedAgain();
  }

  /** Until a batch moves it. */
  *look(at: Instant, limit: number): Work<Omit<ReportingWork, 'changes'>> {
    const { turn, askedAt } = yield* this.state();
    const due = yield this.asked(
      sql`SELECT name, key FROM ${this.place('reporting_turns')} WHERE at < ${at} ORDER BY at, name, key LIMIT ${limit}`,
    );
    const fills = yield this.asked(
      sql`SELECT name, fill_after FROM ${this.place('reporting_tables')} WHERE fill_after IS NOT NULL ORDER BY name`,
    );
    return {
      turn,
      due: due.rows.map(({ name, key }) => ({ table: String(name), key: String(key) })),
      fills: fills.rows.map(({ name, fill_after: after }) => ({ table: String(name), after: String(after) })),
      ...defined({ askedAt }),
    };
  }

  *commit({ turn, at, asked, begun, filled }: ReportingBatch): Work<'committed' | 'moved'> {
    const { rows } = yield this.asked(sql`UPDATE ${this.place('reporting_state')}
      SET turn = turn + 1, asked_at = ${at} WHERE turn = ${turn} RETURNING turn`);
    if (rows.length === 0) return 'moved';
    for (const [name, table] of this.tables) {
      const ofTable = asked.filter((row) => row.table === name);
      const range = filled?.table === name ? filled : undefined;
      if (ofTable.length > 0 || range !== undefined) yield* this.replaceRows(table, ofTable, range, at);
    }
    if (filled !== undefined)
      yield this.asked(sql`UPDATE ${this.place('reporting_tables')} SET fill_after = ${filled.until ?? null} WHERE name = ${filled.table}`);
    for (const name of begun) yield* this.fillAnew(name);
    return 'committed';
  }

  *tell(at: Instant, states: readonly ReportingState[]): Work<void> {
    for (const { table, position, behind } of states) {
      yield behind === 0
        ? this.asked(sql`UPDATE ${this.place('reporting_tables')}
            SET position = ${position}, filled_at = ${at}, behind = 0, behind_since = NULL WHERE name = ${table}`)
        : this.asked(sql`UPDATE ${this.place('reporting_tables')}
            SET filled_at = ${at}, behind = ${behind}, behind_since = coalesce(behind_since, ${at}) WHERE name = ${table}`);
    }
  }

  *freshness(): Work<readonly ReportingFreshness[]> {
    const { filledAt, behindSeconds, parked, judgedUntil } = this.told((column) => column);
    const text = `SELECT t.name, t.version, t.source, t.position, ${filledAt}, t.behind, ${behindSeconds}, ${parked}, ${judgedUntil}
      FROM ${this.dialect.place('reporting_tables')} t ORDER BY t.name`;
    return (yield { text, values: [] }).rows.map(freshnessOf);
  }

  *parked(): Work<readonly ParkedReportingRow[]> {
    const { rows } = yield this.asked(
      sql`SELECT name, key, error, parked_at FROM ${this.place('reporting_parked')} ORDER BY parked_at, name, key`,
    );
    return rows.map((row) => ({
      table: String(row['name']),
      key: String(row['key']),
      error: String(row['error']),
      parkedAt: String(row['parked_at']),
    }));
  }

  *askAgain({ table, key }: RowOfTable): Work<void> {
    yield this.asked(sql`INSERT INTO ${this.place('reporting_turns')} (name, key, at) VALUES (${table}, ${key}, ${atOnce})
      ON CONFLICT (name, key) DO UPDATE SET at = excluded.at`);
  }

  *fillAnew(table: string): Work<void> {
    yield this.asked(sql`UPDATE ${this.place('reporting_tables')} SET fill_after = ${fromTheBeginning} WHERE name = ${table}`);
  }

  /** What the bookkeeping says of a table `t`. */
  private told(instant: (column: string) => string) {
    const { place, seconds } = this.dialect;
    return {
      filledAt: `${instant('t.filled_at')} AS filled_at`,
      behindSeconds: `CASE WHEN t.behind_since IS NULL THEN 0 ELSE ${seconds('t.behind_since', 't.filled_at')} END AS behind_seconds`,
      parked: `(SELECT CAST(count(*) AS integer) FROM ${place('reporting_parked')} p WHERE p.name = t.name) AS parked`,
      judgedUntil: `${instant(`(SELECT min(u.at) FROM ${place('reporting_turns')} u WHERE u.name = t.name)`)} AS judged_until`,
    };
  }

  private freshnessText(): string {
    const { filledAt, behindSeconds, parked, judgedUntil } = this.told(this.dialect.instant);
    return `SELECT '${shownAs('')}' || t.name AS table_name, t.source, t.position, ${filledAt}, t.behind AS behind_events, ${behindSeconds}, ${parked}, ${judgedUntil}
      FROM ${this.dialect.place('reporting_tables')} t`;
  }

  private *state(): Work<{ readonly turn: number; readonly askedAt?: Instant; readonly epoch?: string; readonly declared?: string }> {
    yield this.asked(sql`INSERT INTO ${this.place('reporting_state')} (one, turn) VALUES (1, 0) ON CONFLICT (one) DO NOTHING`);
    const [row] = (yield this.asked(sql`SELECT turn, asked_at, epoch, declared FROM ${this.place('reporting_state')}`)).rows;
    return {
      turn: Number(row?.['turn'] ?? 0),
      ...defined({ askedAt: optional(row?.['asked_at']), epoch: optional(row?.['epoch']), declared: optional(row?.['declared']) }),
    };
  }

  private *standing(): Work<ReadonlyMap<string, { readonly version: number; readonly keyed: string }>> {
    const { rows } = yield this.asked(sql`SELECT name, version, keyed FROM ${this.place('reporting_tables')}`);
    return new Map(rows.map((row) => [String(row['name']), { version: Number(row['version']), keyed: String(row['keyed']) }]));
  }

  private *isThere(name: string): Work<boolean> {
    return (yield* this.dialect.columnsOf(name)).size > 0;
  }

  private *declare(
    { tables, views }: ReportingDeclarations,
    standing: ReadonlyMap<string, { readonly version: number; readonly keyed: string }>,
  ): Work<void> {
    yield* this.keepViews(views);
    for (const name of standing.keys()) if (tables.every((table) => table.name !== name)) yield* this.forget(name);
    for (const table of tables) {
      const before = standing.get(table.name);
      const made = yield* this.bringTo(table, before?.keyed === keyedAs(table));
      if (made === 'changed' || before?.version !== table.version) yield* this.keep(table);
      yield* this.dialect.afterTable(table);
    }
    for (const view of views) yield* this.dialect.replaceView(view, view.sql(this.dialect.shown));
    yield* this.dialect.replaceView({ ...freshnessView, isOfOwner: true }, this.freshnessText());
    yield* this.dialect.grant(
      [...tables, freshnessView].map(({ name }) => name),
      views.map(({ name }) => name),
    );
  }

  /** Those that are not declared any more go, unless somebody else's reads them. */
  private *keepViews(views: readonly ReportingTableView[]): Work<void> {
    const { rows } = yield this.asked(sql`SELECT name FROM ${this.place('reporting_views')}`);
    for (const name of rows.map((row) => String(row['name'])))
      if (views.every((view) => view.name !== name)) yield* this.dialect.remove('VIEW', name);
    yield this.asked(sql`DELETE FROM ${this.place('reporting_views')}`);
    yield* this.insertAll(
      'reporting_views',
      'name',
      views.map(({ name }) => [name]),
    );
  }

  /** @param isKeyedSo whether the rows that stand are named as they are declared now */
  private *bringTo(table: ReportingTable, isKeyedSo: boolean): Work<'changed' | 'as-it-was'> {
    const { types, shown } = this.dialect;
    const { name, columns } = table;
    const before = yield* this.dialect.columnsOf(name);
    const isAnother = [...before].some(([column, type]) => columns[column] !== undefined && types[columns[column].type] !== type);
    const left = [...before.keys()].filter((column) => columns[column] === undefined);
    const { leaveColumn } = this.dialect;
    if (before.size === 0 || !isKeyedSo || isAnother || (left.length > 0 && leaveColumn === undefined)) {
      // other columns under the same names: what rests on them cannot stand
      if (before.size > 0) yield { text: `DROP TABLE ${shown(name)}${this.dialect.andWhatRestsOnIt}`, values: [] };
      yield* this.create(table);
      yield* this.createIndexes(table);
      return 'changed';
    }
    const added = Object.entries(columns).filter(([column]) => !before.has(column));
    for (const [column, { type }] of added)
      yield { text: `ALTER TABLE ${shown(name)} ADD COLUMN ${identifier(column)} ${types[type]}`, values: [] };
    if (leaveColumn !== undefined) for (const column of left) yield* leaveColumn(name, column);
    yield* this.createIndexes(table);
    return added.length > 0 ? 'changed' : 'as-it-was';
  }

  private *create({ name, columns, key }: ReportingTable): Work<void> {
    const declared = Object.entries(columns).map(
      ([column, { type, required }]) =>
        `${identifier(column)} ${this.dialect.types[type]}${required === true || key.includes(column) ? ' NOT NULL' : ''}`,
    );
    const primary = `PRIMARY KEY (${key.map(identifier).join(', ')})`;
    yield { text: `CREATE TABLE ${this.dialect.shown(name)} (${[...declared, primary].join(', ')})`, values: [] };
  }

  private *createIndexes(table: ReportingTable): Work<void> {
    for (const columns of indexesOf(table)) {
      const name = identifier(`v2_${table.name}_by_${columns.join('_')}`.slice(0, 60));
      yield {
        text: `CREATE INDEX IF NOT EXISTS ${name} ON ${this.dialect.shown(table.name)} (${columns.map(identifier).join(', ')})`,
        values: [],
      };
    }
  }

  /** As it is declared now, to be filled from the first row. */
  private *keep(table: ReportingTable): Work<void> {
    const { name, source, version } = table;
    const keyed = keyedAs(table);
    yield this.asked(sql`INSERT INTO ${this.place('reporting_tables')} (name, source, version, keyed, fill_after, position, behind)
      VALUES (${name}, ${source}, ${version}, ${keyed}, ${fromTheBeginning}, '', 0)
      ON CONFLICT (name) DO UPDATE SET source = excluded.source, version = excluded.version, keyed = excluded.keyed, fill_after = excluded.fill_after`);
  }

  /** A table that is not declared any more is nobody's: it goes, unless somebody's view reads it. */
  private *forget(name: string): Work<void> {
    for (const table of ['reporting_turns', 'reporting_parked', 'reporting_tables'])
      yield this.asked(sql`DELETE FROM ${this.place(table)} WHERE name = ${name}`);
    yield* this.dialect.remove('TABLE', name);
  }

  private *askParkedAgain(): Work<void> {
    yield this.asked(sql`INSERT INTO ${this.place('reporting_turns')} (name, key, at)
      SELECT name, key, ${atOnce} FROM ${this.place('reporting_parked')} WHERE true ON CONFLICT (name, key) DO UPDATE SET at = excluded.at`);
  }

  private *replaceRows(table: ReportingTable, asked: readonly AskedRow[], range: ReportingBatch['filled'], at: Instant): Work<void> {
    const shown = sql.raw(this.dialect.shown(table.name));
    const isReplaced = (key: RawBuilder<unknown>): RawBuilder<boolean> => this.isReplaced(key, asked, range);
    yield this.asked(sql`DELETE FROM ${shown} WHERE ${isReplaced(column(table.sourceKey))}`);
    for (const kept of ['reporting_turns', 'reporting_parked'])
      yield this.asked(sql`DELETE FROM ${this.place(kept)} WHERE name = ${table.name} AND ${isReplaced(sql`key`)}`);
    yield* this.insertRows(table, asked);
    const turns = asked.flatMap(({ key, nextChangeAt }) => (nextChangeAt === undefined ? [] : [[table.name, key, nextChangeAt]]));
    yield* this.insertAll('reporting_turns', 'name, key, at', turns);
    const parks = asked.flatMap(({ key, error }) => (error === undefined ? [] : [[table.name, key, keepable(error), at]]));
    yield* this.insertAll('reporting_parked', 'name, key, error, parked_at', parks);
  }

  private isReplaced(key: RawBuilder<unknown>, asked: readonly AskedRow[], range: ReportingBatch['filled']): RawBuilder<boolean> {
    if (range !== undefined) {
      const until = range.until === undefined ? sql`` : sql` AND ${key} <= ${range.until}`;
      return sql<boolean>`(${key} > ${range.after}${until})`;
    }
    const keys = asked.map((row) => row.key);
    const { isOneOf, list } = this.dialect.rows;
    return isOneOf(sql`${key}`, 'text', sql`${list('text', keys)}`);
  }

  /** One statement for any number of rows. */
  private *insertRows({ name, columns, key }: ReportingTable, asked: readonly AskedRow[]): Work<void> {
    const types = Object.entries(columns);
    const rows = asked.flatMap((one) =>
      one.rows.map((row) => types.map(([column, { type }]) => this.dialect.given(type, row[column] ?? null))),
    );
    if (rows.length === 0) return;
    const { read, shown, rows: dialect } = this.dialect;
    const names = types.map(([column]) => identifier(column));
    const values = types.map(([, { type }], index) => read(type, `(value ->> ${index})`));
    const renewed = names.map((column) => `${column} = excluded.${column}`).join(', ');
    yield this.asked(sql`INSERT INTO ${sql.raw(shown(name))} (${sql.raw(names.join(', '))})
      SELECT ${sql.raw(values.join(', '))} FROM ${dialect.eachOf(JSON.stringify(rows))} WHERE true
      ON CONFLICT (${sql.raw(key.map(identifier).join(', '))}) DO UPDATE SET ${sql.raw(renewed)}`);
  }

  private *insertAll(table: string, columns: string, rows: readonly (readonly string[])[]): Work<void> {
    if (rows.length === 0) return;
    const values = columns.split(', ').map((_, index) => `value ->> ${index}`);
    yield this.asked(sql`INSERT INTO ${this.place(table)} (${sql.raw(columns)})
      SELECT ${sql.raw(values.join(', '))} FROM ${this.dialect.rows.eachOf(JSON.stringify(rows))}`);
  }

  private place(table: string) {
    return sql.raw(this.dialect.place(table));
  }

  private asked(statement: ReturnType<typeof sql>): Query {
    const { sql: text, parameters } = statement.compile(this.dialect.rows.kysely);
    return { text, values: parameters };
  }
}
