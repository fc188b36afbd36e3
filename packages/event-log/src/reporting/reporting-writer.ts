import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '@tichet-albastru/kernel/fact';
import type { ReportingTable, ReportingTableView } from '../ports/reporting';
import type {
  AskedRow,
  ParkedReportingRow,
  ReportingBatch,
  ReportingFreshness,
  ReportingState,
  ReportingWork,
} from '../ports/reporting-store';
import type { FoundRow, Query } from '../database/sql/rows.codec';
import type { Work } from '../database/sql/work';
import { identifier } from '../read-models/columns';
import { column, shownAs, type ReportingDialect } from './reporting-dialect';

/** Up to which generation rows were filled, and from which file of tables (`epoch`): it shows when two files do not fit each other. */
export type SourcesStand = { readonly epoch: string; readonly generation: number };

export type ReportingDeclarations = { readonly tables: readonly ReportingTable[]; readonly views: readonly ReportingTableView[] };

/** Everything in a table is asked again from here on. */
const fromTheBeginning = '';
/** Before every moment: the next turn asks for it. */
const atOnce = '0001-01-01T00:00:00.000Z';
/** How many parked rows of a table an operator is shown: mostly they have one reason. */
const shownOfTable = 100;

/** What must be the same for the rows of a table to stand; of another, the table is made anew. */
const keyedAs = ({ key, source, sourceKey }: ReportingTable): string => JSON.stringify({ key, source, sourceKey });

/** What is kept of how the rows of a table that stands were made. */
type Standing = Pick<ReportingTable, 'version' | 'under'> & { readonly keyed: string };

const isMadeAs = (standing: Standing | undefined, { version, under }: ReportingTable): boolean =>
  standing?.version === version && standing.under === under;

/** Everything that is declared, so that what is declared as it stands is left alone. */
const declaredAs = ({ tables, views }: ReportingDeclarations, dialect: ReportingDialect, freshness: string): string =>
  JSON.stringify([tables, views.map((view) => ({ ...view, sql: view.sql(dialect.shown) })), freshness]);

/** The columns that are looked up together, and the one by which rows are replaced where the key does not begin with it. */
const indexesOf = ({ indexes = [], key, sourceKey }: ReportingTable): readonly (readonly string[])[] =>
  key[0] === sourceKey ? indexes : [...indexes, [sourceKey]];

const indexNamesOf = ({ name }: ReportingTable): string => `${shownAs(name)}_by_`;
/** PostgreSQL cuts longer names off: two that begin alike would be one. */
const longestIndexName = 60;
const shortHash = (of: string): string => createHash('sha256').update(of).digest('hex').slice(0, 8);
const indexNameOf = (table: ReportingTable, columns: readonly string[]): string => {
  const name = `${indexNamesOf(table)}${columns.join('_')}`;
  const end = `_${shortHash(columns.join())}`;
  return name.length <= longestIndexName ? name : `${name.slice(0, longestIndexName - end.length)}${end}`;
};

const freshnessView = {
  name: 'freshness',
  told: 'How far each of the tables v2_… is, what of it could not be filled, and up to which moment it is true.',
  columns: {
    table_name: 'The table.',
    source: 'The table of the service that it is made of.',
    position: 'The place in the log up to which it is filled; of a table that is behind, where it was when it was not.',
    filled_at: 'When that was looked at last: at most 20 seconds ago while the service runs.',
    behind_rows: 'Rows of the tables that it is made from that have changed and are not in it yet as they are.',
    behind_seconds: 'For how many seconds it had been behind at filled_at.',
    parked:
      'Rows of its source that it could not be filled from: until somebody has mended that, nothing of them is in it, or what stood before where it waits for a parked row.',
    judged_until:
      'What time alone changes (verdicts, duties, states) is as it should be up to and including this moment; null: nothing in it changes so.',
    source_parked: 'Rows of the tables that it is made from that wait for a person: they are in it as they were before, or not at all.',
  },
} as const;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const optional = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const freshnessOf = (row: FoundRow): ReportingFreshness => ({
  table: String(row['name']),
  version: Number(row['version']),
  source: String(row['source']),
  position: text(row['position']),
  behindRows: Number(row['behind']),
  behindSeconds: Number(row['behind_seconds'] ?? 0),
  parked: Number(row['parked']),
  sourceParked: Number(row['source_parked']),
  ...defined({ filledAt: optional(row['filled_at']), judgedUntil: optional(row['judged_until']) }),
});

/** Statements about the reporting tables, of one dialect. */
export class ReportingWriter {
  private readonly tables = new Map<string, ReportingTable>();

  constructor(private readonly dialect: ReportingDialect) {}

  /** Brings tables and views to what is declared, in place wherever that can be; what has to be filled anew is marked. */
  *prepare(declared: ReportingDeclarations, stand: SourcesStand): Work<'whole'> {
    const state = yield* this.state();
    const declaredText = declaredAs(declared, this.dialect, this.freshnessText());
    let changed = state.declared !== declaredText;
    for (const table of declared.tables) changed = changed || !(yield* this.isThere(table.name));
    if (changed) yield* this.declare(declared, yield* this.standing());
    for (const table of declared.tables) yield* this.dialect.secure(table);
    // a role may have been made since, or be one of another server that a dump was put back into
    yield* this.dialect.grant(
      [...declared.tables, freshnessView].map(({ name }) => name),
      declared.views.map(({ name }) => name),
    );
    yield* this.begin(declared, stand);
    yield this.asked(sql`UPDATE ${this.place('reporting_state')} SET declared = ${declaredText}`);
    return 'whole';
  }

  /** Changes no table, so that it waits for no reader. @returns `held` where the tables do not take what is declared */
  *prepareAsTheyStand(declared: ReportingDeclarations, stand: SourcesStand): Work<'as-they-stand' | 'held'> {
    const standing = yield* this.standing();
    for (const table of declared.tables)
      if (standing.get(table.name)?.keyed !== keyedAs(table) || !(yield* this.takesRowsOf(table))) return 'held';
    for (const table of declared.tables) if (!isMadeAs(standing.get(table.name), table)) yield* this.keep(table);
    yield* this.begin(declared, stand);
    return 'as-they-stand';
  }

  /** Until a batch moves it. */
  *look(at: Instant, limit: number, waiting: readonly string[]): Work<Omit<ReportingWork, 'changes'>> {
    const { generation, askedAt } = yield* this.state();
    const { isOneOf, list } = this.dialect.rows;
    const asked = [...this.tables.keys()].filter((name) => !waiting.includes(name));
    const isAsked = isOneOf(sql`name`, 'text', sql`${list('text', asked)}`);
    const due = yield this.asked(
      sql`SELECT name, key FROM ${this.place('reporting_due')} WHERE at < ${at} AND ${isAsked} ORDER BY at, name, key LIMIT ${limit}`,
    );
    const fills = yield this.asked(
      sql`SELECT name, fill_after FROM ${this.place('reporting_tables')} WHERE fill_after IS NOT NULL ORDER BY name`,
    );
    return {
      generation,
      waiting,
      due: due.rows.map(({ name, key }) => ({ table: String(name), key: String(key) })),
      fills: fills.rows.map(({ name, fill_after: after }) => ({ table: String(name), after: String(after) })),
      ...defined({ askedAt }),
    };
  }

  *commit({ generation, at, asked, begun, filled }: ReportingBatch): Work<'committed' | 'moved'> {
    const isEverything = begun.length === this.tables.size;
    const { rows } = yield this.asked(sql`UPDATE ${this.place('reporting_state')} SET generation = generation + 1,
      asked_at = CASE WHEN asked_at > ${at} AND ${isEverything ? 1 : 0} = 0 THEN asked_at ELSE ${at} END
      WHERE generation = ${generation} RETURNING generation`);
    if (rows.length === 0) return 'moved';
    for (const [name, table] of this.tables) {
      const ofTable = asked.filter((row) => row.table === name);
      const range = filled?.table === name ? filled : undefined;
      if (ofTable.length > 0 || range !== undefined) yield* this.replaceRows(table, ofTable, range, at);
    }
    if (filled !== undefined)
      // begun again meanwhile, it stays so
      yield this.asked(sql`UPDATE ${this.place('reporting_tables')} SET fill_after = ${filled.until ?? null}
        WHERE name = ${filled.table} AND fill_after = ${filled.after}`);
    for (const name of begun) yield* this.fillAnew(name);
    return 'committed';
  }

  *tell(at: Instant, states: readonly ReportingState[]): Work<void> {
    for (const { table, position, behind, sourceParked } of states) {
      yield behind === 0
        ? this.asked(sql`UPDATE ${this.place('reporting_tables')}
            SET position = ${position}, filled_at = ${at}, behind = 0, behind_since = NULL, source_parked = ${sourceParked} WHERE name = ${table}`)
        : this.asked(sql`UPDATE ${this.place('reporting_tables')}
            SET filled_at = ${at}, behind = ${behind}, behind_since = coalesce(behind_since, ${at}), source_parked = ${sourceParked}
            WHERE name = ${table}`);
    }
  }

  *freshness(): Work<readonly ReportingFreshness[]> {
    const { filledAt, behindSeconds, parked, judgedUntil } = this.told((column) => column);
    const text = `SELECT t.name, t.version, t.source, t.position, ${filledAt}, t.behind, ${behindSeconds}, ${parked}, t.source_parked, ${judgedUntil}
      FROM ${this.dialect.place('reporting_tables')} t ORDER BY t.name`;
    return (yield { text, values: [] }).rows.map(freshnessOf);
  }

  *parked(): Work<readonly ParkedReportingRow[]> {
    const { rows } = yield this.asked(sql`SELECT name, key, error, parked_at FROM
      (SELECT p.*, row_number() OVER (PARTITION BY name ORDER BY parked_at, key) AS nth FROM ${this.place('reporting_parked')} p) AS q
      WHERE nth <= ${shownOfTable} ORDER BY parked_at, name, key`);
    return rows.map((row) => ({
      table: String(row['name']),
      key: String(row['key']),
      error: String(row['error']),
      parkedAt: String(row['parked_at']),
    }));
  }

  *askAgain(table: string): Work<number> {
    const [found] = (yield this.asked(sql`SELECT count(*) AS n FROM ${this.place('reporting_parked')} WHERE name = ${table}`)).rows;
    yield* this.askParkedAgain(sql`name = ${table}`);
    return Number(found?.['n']);
  }

  *fillAnew(table: string): Work<void> {
    yield this.asked(sql`UPDATE ${this.place('reporting_tables')} SET fill_after = ${fromTheBeginning} WHERE name = ${table}`);
  }

  /** What the bookkeeping says of a table `t`. */
  private told(instant: (column: string) => string) {
    const { place, seconds } = this.dialect;
    // of a row that is parked nothing is known: it is due as soon as it is asked again
    const isParked = `EXISTS (SELECT 1 FROM ${place('reporting_parked')} p WHERE p.name = u.name AND p.key = u.key)`;
    const due = `(SELECT u.at FROM ${place('reporting_due')} u WHERE u.name = t.name AND NOT ${isParked} ORDER BY u.at LIMIT 1)`;
    return {
      filledAt: `${instant('t.filled_at')} AS filled_at`,
      behindSeconds: `CASE WHEN t.behind_since IS NULL THEN 0 ELSE ${seconds('t.behind_since', 't.filled_at')} END AS behind_seconds`,
      parked: `(SELECT CAST(count(*) AS integer) FROM ${place('reporting_parked')} p WHERE p.name = t.name) AS parked`,
      judgedUntil: `${instant(`coalesce(${due}, CASE WHEN t.fill_after IS NOT NULL THEN t.filled_at END)`)} AS judged_until`,
    };
  }

  private freshnessText(): string {
    const { filledAt, behindSeconds, parked, judgedUntil } = this.told(this.dialect.instant);
    return `SELECT '${shownAs('')}' || t.name AS table_name, t.source, t.position, ${filledAt}, t.behind AS behind_rows, ${behindSeconds}, ${parked},
        ${judgedUntil}, t.source_parked FROM ${this.dialect.place('reporting_tables')} t`;
  }

  private *state(): Work<{ readonly generation: number; readonly askedAt?: Instant; readonly epoch?: string; readonly declared?: string }> {
    yield this.asked(sql`INSERT INTO ${this.place('reporting_state')} (one, generation) VALUES (1, 0) ON CONFLICT (one) DO NOTHING`);
    const [row] = (yield this.asked(sql`SELECT generation, asked_at, epoch, declared FROM ${this.place('reporting_state')}`)).rows;
    return {
      generation: Number(row?.['generation'] ?? 0),
      ...defined({ askedAt: optional(row?.['asked_at']), epoch: optional(row?.['epoch']), declared: optional(row?.['declared']) }),
    };
  }

  private *standing(): Work<ReadonlyMap<string, Standing>> {
    const { rows } = yield this.asked(sql`SELECT name, version, under, keyed FROM ${this.place('reporting_tables')}`);
    return new Map(
      rows.map(({ name, version, under, keyed }) => [
        String(name),
        { version: Number(version), keyed: String(keyed), ...defined({ under: optional(under) }) },
      ]),
    );
  }

  private *isThere(name: string): Work<boolean> {
    return (yield* this.dialect.columnsOf(name)).size > 0;
  }

  private *declare({ tables, views }: ReportingDeclarations, standing: ReadonlyMap<string, Standing>): Work<void> {
    yield* this.keepViews(views);
    for (const name of standing.keys()) if (tables.every((table) => table.name !== name)) yield* this.forget(name);
    for (const table of tables) {
      const before = standing.get(table.name);
      const made = yield* this.bringTo(table, before?.keyed === keyedAs(table));
      if (made === 'changed' || !isMadeAs(before, table)) yield* this.keep(table);
      yield* this.dialect.describe(table);
    }
    for (const view of views) yield* this.dialect.replaceView(view, view.sql(this.dialect.shown));
    yield* this.dialect.replaceView({ ...freshnessView, isOfOwner: true }, this.freshnessText());
  }

  /** What is asked from now on, in tables that take it. */
  private *begin({ tables }: ReportingDeclarations, stand: SourcesStand): Work<void> {
    this.tables.clear();
    for (const table of tables) this.tables.set(table.name, table);
    const state = yield* this.state();
    // a process that died between the two commits left these tables one generation ahead of what it told the sources
    const fits = state.epoch === stand.epoch && [0, 1].includes(state.generation - stand.generation);
    if (!fits) for (const { name } of tables) yield* this.fillAnew(name);
    yield this.asked(
      sql`UPDATE ${this.place('reporting_state')} SET epoch = ${stand.epoch}, generation = ${Math.max(state.generation, stand.generation)}`,
    );
    yield* this.askParkedAgain(sql`true`);
  }

  private *takesRowsOf({ name, columns }: ReportingTable): Work<boolean> {
    const before = yield* this.dialect.columnsOf(name);
    const isDeclaredSo = Object.entries(columns).every(([column, { type }]) => before.get(column)?.type === this.dialect.types[type]);
    return isDeclaredSo && [...before].every(([column, { required }]) => columns[column] !== undefined || !required);
  }

  /** Drops the views that are not declared any more, unless a view that is not ours reads them. */
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
    const isAnother = [...before].some(([column, { type }]) => columns[column] !== undefined && types[columns[column].type] !== type);
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
    if (leaveColumn !== undefined)
      for (const column of left) yield* leaveColumn(name, column, before.get(column)?.required === true ? 'required' : 'optional');
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

  /** Drops those of our indexes that are not declared any more; all others are not ours, and stay. */
  private *createIndexes(table: ReportingTable): Work<void> {
    const { shown, indexesOn, placeOfIndex } = this.dialect;
    const declared = new Map(indexesOf(table).map((columns) => [indexNameOf(table, columns), columns]));
    for (const name of yield* indexesOn(table.name))
      if (name.startsWith(indexNamesOf(table)) && !declared.has(name)) yield { text: `DROP INDEX ${placeOfIndex(name)}`, values: [] };
    for (const [name, columns] of declared)
      yield {
        text: `CREATE INDEX IF NOT EXISTS ${identifier(name)} ON ${shown(table.name)} (${columns.map(identifier).join(', ')})`,
        values: [],
      };
  }

  /** As it is declared now, to be filled from the first row. */
  private *keep(table: ReportingTable): Work<void> {
    const { name, source, version, under = null } = table;
    const keyed = keyedAs(table);
    yield this.asked(sql`INSERT INTO ${this.place('reporting_tables')} (name, source, version, under, keyed, fill_after, position, behind)
      VALUES (${name}, ${source}, ${version}, ${under}, ${keyed}, ${fromTheBeginning}, '', 0)
      ON CONFLICT (name) DO UPDATE SET source = excluded.source, version = excluded.version, under = excluded.under,
        keyed = excluded.keyed, fill_after = excluded.fill_after`);
  }

  /** Drops a table that is not declared any more, unless a view that is not ours reads it. */
  private *forget(name: string): Work<void> {
    for (const table of ['reporting_due', 'reporting_parked', 'reporting_tables'])
      yield this.asked(sql`DELETE FROM ${this.place(table)} WHERE name = ${name}`);
    yield* this.dialect.remove('TABLE', name);
  }

  private *askParkedAgain(where: RawBuilder<unknown>): Work<void> {
    yield this.asked(sql`INSERT INTO ${this.place('reporting_due')} (name, key, at)
      SELECT name, key, ${atOnce} FROM ${this.place('reporting_parked')} WHERE ${where} ON CONFLICT (name, key) DO UPDATE SET at = excluded.at`);
  }

  private *replaceRows(table: ReportingTable, asked: readonly AskedRow[], range: ReportingBatch['filled'], at: Instant): Work<void> {
    const shown = sql.raw(this.dialect.shown(table.name));
    const { isOneOf, list } = this.dialect.rows;
    const isReplaced = (key: RawBuilder<unknown>): RawBuilder<boolean> => this.isReplaced(key, asked, range);
    const kept = asked.filter(({ stands }) => stands === true).map(({ key }) => key);
    const sourceKey = column(table.sourceKey);
    const isKept = isOneOf(sql`${sourceKey}`, 'text', sql`${list('text', kept)}`);
    yield this.asked(sql`DELETE FROM ${shown} WHERE ${isReplaced(sourceKey)}${kept.length === 0 ? sql`` : sql` AND NOT ${isKept}`}`);
    for (const about of ['reporting_due', 'reporting_parked'])
      yield this.asked(sql`DELETE FROM ${this.place(about)} WHERE name = ${table.name} AND ${isReplaced(sql`key`)}`);
    yield* this.insertRows(table, asked);
    const due = asked.flatMap(({ key, nextChangeAt }) => (nextChangeAt === undefined ? [] : [[table.name, key, nextChangeAt]]));
    yield* this.insertAll('reporting_due', 'name, key, at', due);
    const parks = asked.flatMap(({ key, error }) => (error === undefined ? [] : [[table.name, key, error, at]]));
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
