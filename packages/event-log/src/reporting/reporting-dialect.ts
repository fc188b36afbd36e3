import { sql, type RawBuilder } from 'kysely';
import type { ReportingTable, ReportingTableView, ReportingType, ReportingValue } from '../ports/reporting';
import { keepable } from '../database/postgres/text-array';
import { departmentReportingRole, reportingRole } from './reporting-role';
import type { FoundRow } from '../database/sql/rows.codec';
import type { Work } from '../database/sql/work';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { identifier, literal } from '../read-models/columns';
import { postgresDialect, sqliteDialect, type Dialect } from '../read-models/dialect';

/** How one kind of database writes what differs in the reporting tables. */
export type ReportingDialect = {
  readonly rows: Pick<Dialect, 'kysely' | 'isOneOf' | 'list' | 'eachOf'>;
  /** the name of a table of ours about the reporting tables, as it is written in a statement */
  readonly place: (name: string) => string;
  /** the name of a reporting table or view as it is written in a statement */
  readonly shown: (name: string) => string;
  readonly types: Readonly<Record<ReportingType, string>>;
  /** What a value of this type is in a list of JSON. */
  readonly given: (type: ReportingType, value: ReportingValue) => ReportingValue;
  /** An element of such a list as a value of this type. */
  readonly read: (type: ReportingType, element: string) => string;
  /** The columns of a table as it stands, with the types that are written above; none where there is no such table. */
  readonly columnsOf: (name: string) => Work<ReadonlyMap<string, StandingColumn>>;
  /** the names of the indexes on a table as it stands */
  readonly indexesOn: (name: string) => Work<readonly string[]>;
  /** the name of an index on a reporting table as it is written in a statement */
  readonly placeOfIndex: (name: string) => string;
  /** Has a table that stands as it is declared say what it is. */
  readonly describe: (table: ReportingTable) => Work<void>;
  /** Sets which roles see which rows of it; a table on which that is set already is left alone, so no reader delays it. */
  readonly secure: (table: ReportingTable) => Work<void>;
  /** In the place of one that stands. */
  readonly replaceView: (view: ShownView, text: string) => Work<void>;
  /** Lets a column stand that is not declared any more; left out, the table is made anew. */
  readonly leaveColumn?: (table: string, column: string, was: 'required' | 'optional') => Work<void>;
  /** behind a table that is dropped */
  readonly andWhatRestsOnIt: string;
  /** Grants reading to the reporting roles, where they lack it. @param tables the ones that show each reader only what he may see */
  readonly grant: (tables: readonly string[], views: readonly string[]) => Work<void>;
  /** Drops a table or a view, unless a view that is not ours reads it. */
  readonly remove: (what: 'TABLE' | 'VIEW', name: string) => Work<'removed' | 'in-use'>;
  /** The text of an instant, as a value of that type. */
  readonly instant: (text: string) => string;
  /** whole seconds between the texts of two instants */
  readonly seconds: (from: string, to: string) => string;
};

/** @property required its rows must have it */
export type StandingColumn = { readonly type: string; readonly required: boolean };

/** The name of a reporting table in either database. */
export const shownAs = (name: string): string => `v2_${name}`;

/** @property isOfOwner it shows every reader what its owner may see */
type ShownView = Omit<ReportingTableView, 'sql'> & { readonly isOfOwner?: true };

const plain = (text: string, ...values: readonly unknown[]) => ({ text, values });

const nameOf = (row: FoundRow): string => String(row['name']);

const standingColumn = (row: FoundRow): readonly [string, StandingColumn] => [
  String(row['name']),
  { type: String(row['type']), required: row['required'] === true || row['required'] === 1 },
];

export const sqliteReporting: ReportingDialect = {
  rows: sqliteDialect,
  place: identifier,
  shown: (name) => identifier(shownAs(name)),
  types: { text: 'TEXT', integer: 'INTEGER', number: 'REAL', boolean: 'INTEGER', instant: 'TEXT', date: 'TEXT' },
  given: (_, value) => value,
  read: (_, element) => element,
  columnsOf: function* (name) {
    const { rows } = yield plain('SELECT name, type, "notnull" AS required FROM pragma_table_info(?)', shownAs(name));
    return new Map(rows.map(standingColumn));
  },
  indexesOn: function* (name) {
    return (yield plain('SELECT name FROM pragma_index_list(?)', shownAs(name))).rows.map(nameOf);
  },
  placeOfIndex: identifier,
  describe: function* () {
    // a file of SQLite keeps no comments
  },
  secure: function* () {
    // a user who may read the file may read all of it
  },
  replaceView: function* ({ name }, text) {
    yield plain(`DROP VIEW IF EXISTS ${identifier(shownAs(name))}`);
    yield plain(`CREATE VIEW ${identifier(shownAs(name))} AS ${text}`);
  },
  grant: function* () {
    // a user who may read the file may read all of it
  },
  remove: function* (what, name) {
    yield plain(`DROP ${what} IF EXISTS ${identifier(shownAs(name))}`);
    return 'removed';
  },
  andWhatRestsOnIt: '',
  instant: (text) => text,
  seconds: (from, to) => `CAST(round((julianday(${to}) - julianday(${from})) * 86400) AS INTEGER)`,
};

const inPostgres = (name: string): string => `reporting.${identifier(shownAs(name))}`;
const instantInPostgres = (text: string): string => `CAST(${text} AS timestamp with time zone)`;

/** The view had other columns before: PostgreSQL only adds some at the end. The second code: a view that is not ours reads it. */
const otherColumns = '42P16';
const isReadByOthers = '2BP01';

/**
 * A user whose login name is listed in `reporting.department_roles` sees the rows of its departments, also after SET ROLE. A user who is
 * not listed sees all rows, unless he may read as a department only: then he sees none. After SET ROLE to a listed role, he sees no more
 * than the rows of that role.
 */
const seenRows = (department: string): string => {
  const listed = (user: string): string => `SELECT r.department_code FROM reporting.department_roles r WHERE r.role_name = ${user}`;
  const isOwnOf = (user: string): string => `${identifier(department)} IN (${listed(user)})`;
  const isListed = (user: string): string => `EXISTS (${listed(user)})`;
  // a role that is not there has no members
  const isMember = (role: string): string =>
    `EXISTS (SELECT FROM pg_catalog.pg_roles g WHERE g.rolname = ${literal(role)} AND pg_catalog.pg_has_role(session_user, g.oid, 'MEMBER'))`;
  const seesAll = `NOT ${isListed('session_user')} AND (${isMember(reportingRole)} OR NOT ${isMember(departmentReportingRole)})`;
  return `(${seesAll} OR ${isOwnOf('session_user')}) AND (NOT ${isListed('current_user')} OR ${isOwnOf('current_user')})`;
};

const commentOn = (what: string, told: string) => plain(`COMMENT ON ${what} IS ${literal(told)}`);

function* removeInPostgres(what: 'TABLE' | 'VIEW', name: string): Work<'removed' | 'in-use'> {
  yield plain('SAVEPOINT removing');
  try {
    yield plain(`DROP ${what} IF EXISTS ${inPostgres(name)}`);
    return 'removed';
  } catch (error) {
    if (errorCode(error) !== isReadByOthers) throw error;
    yield plain('ROLLBACK TO SAVEPOINT removing');
    return 'in-use';
  }
}

/** Whether a view can show the rows that its reader may see, instead of those that its owner may: servers before 15 know no such views. */
function* knowsInvokers(): Work<boolean> {
  return (yield plain(`SELECT current_setting('server_version_num')::integer >= 150000 AS known`)).rows[0]?.['known'] === true;
}

function* grantInPostgres(tables: readonly string[], views: readonly string[]): Work<void> {
  const { rows } = yield plain('SELECT rolname FROM pg_roles WHERE rolname IN ($1, $2)', reportingRole, departmentReportingRole);
  const invokers = yield* knowsInvokers();
  for (const { rolname } of rows) {
    const role = String(rolname);
    const readable = (role === reportingRole || invokers ? [...tables, ...views] : tables).map(inPostgres);
    const schema = yield plain(`SELECT has_schema_privilege($1, 'reporting', 'USAGE') AS readable`, role);
    if (schema.rows[0]?.['readable'] !== true) yield plain(`GRANT USAGE ON SCHEMA reporting TO ${role}`);
    const lacking = yield plain(
      `SELECT name FROM jsonb_array_elements_text($2::jsonb) AS name WHERE NOT has_table_privilege($1, name, 'SELECT')`,
      role,
      JSON.stringify(readable),
    );
    if (lacking.rows.length > 0) yield plain(`GRANT SELECT ON ${lacking.rows.map(({ name }) => String(name)).join(', ')} TO ${role}`);
  }
}

function* standsAs(view: string, text: string, isOfInvoker: boolean): Work<boolean> {
  const { rows } = yield plain(
    `SELECT coalesce('security_invoker=true' = ANY(reloptions), false) AS invoker FROM pg_class WHERE oid = to_regclass($1)`,
    view,
  );
  return rows[0]?.['invoker'] === isOfInvoker && (yield* postgresDialect.isViewOf(view, text));
}

/** What was granted on a view stays, and so do views over it; one that others read keeps its columns where they cannot be had otherwise. */
function* replaceViewInPostgres({ name, told, columns, isOfOwner }: ShownView, text: string): Work<void> {
  const view = inPostgres(name);
  const isOfInvoker = isOfOwner !== true && (yield* knowsInvokers());
  const options = isOfInvoker ? ' WITH (security_invoker = true)' : '';
  // a view that stands so is left alone, so no reader delays it
  if (!(yield* standsAs(view, text, isOfInvoker))) {
    yield plain('SAVEPOINT view');
    try {
      yield plain(`CREATE OR REPLACE VIEW ${view}${options} AS ${text}`);
    } catch (error) {
      if (errorCode(error) !== otherColumns) throw error;
      yield plain('ROLLBACK TO SAVEPOINT view');
      if ((yield* removeInPostgres('VIEW', name)) === 'in-use') return;
      yield plain(`CREATE VIEW ${view}${options} AS ${text}`);
    }
  }
  yield commentOn(`VIEW ${view}`, told);
  for (const [column, sentence] of Object.entries(columns)) yield commentOn(`COLUMN ${view}.${identifier(column)}`, sentence);
}

export const postgresReporting: ReportingDialect = {
  rows: postgresDialect,
  place: (name) => `tichet.${identifier(name)}`,
  shown: inPostgres,
  // texts are compared byte by byte, as in SQLite, so that columns of ours can always be compared with each other
  types: {
    text: 'text COLLATE "C"',
    integer: 'integer',
    number: 'double precision',
    boolean: 'boolean',
    instant: 'timestamp with time zone',
    date: 'date',
  },
  given: (_, value) => (typeof value === 'string' ? keepable(value) : value),
  read: (type, element) => `CAST(${element} AS ${postgresReporting.types[type].replace(' COLLATE "C"', '')})`,
  columnsOf: function* (name) {
    const { rows } = yield plain(
      `SELECT a.attname AS name, a.attnotnull AS required, format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attcollation = 0 THEN '' ELSE ' COLLATE "C"' END AS type
        FROM pg_attribute a WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped`,
      inPostgres(name),
    );
    return new Map(rows.map(standingColumn));
  },
  indexesOn: function* (name) {
    const indexes = 'SELECT c.relname AS name FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = to_regclass($1)';
    return (yield plain(indexes, inPostgres(name))).rows.map(nameOf);
  },
  placeOfIndex: (name) => `reporting.${identifier(name)}`,
  describe: function* ({ name, told, columns }) {
    const table = inPostgres(name);
    yield commentOn(`TABLE ${table}`, told);
    for (const [column, { told: sentence }] of Object.entries(columns)) yield commentOn(`COLUMN ${table}.${identifier(column)}`, sentence);
  },
  secure: function* ({ name, department }) {
    const table = inPostgres(name);
    const declared = department === undefined ? null : seenRows(department);
    // the server keeps what it has understood and not the text: the comment has that
    const { rows } = yield plain(
      `SELECT c.relrowsecurity AS secured, obj_description(p.oid, 'pg_policy') AS policy
        FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid AND p.polname = 'departments' WHERE c.oid = to_regclass($1)`,
      table,
    );
    const { secured, policy } = rows[0] ?? {};
    if (secured === (declared !== null) && policy === declared) return;
    yield plain(`DROP POLICY IF EXISTS departments ON ${table}`);
    yield plain(`ALTER TABLE ${table} ${declared === null ? 'DISABLE' : 'ENABLE'} ROW LEVEL SECURITY`);
    if (declared === null) return;
    yield plain(`CREATE POLICY departments ON ${table} FOR SELECT USING (${declared})`);
    yield commentOn(`POLICY departments ON ${table}`, declared);
  },
  replaceView: replaceViewInPostgres,
  grant: grantInPostgres,
  remove: removeInPostgres,
  leaveColumn: function* (table, column, was) {
    const name = identifier(column);
    if (was === 'required') yield plain(`ALTER TABLE ${inPostgres(table)} ALTER COLUMN ${name} DROP NOT NULL`);
    yield commentOn(`COLUMN ${inPostgres(table)}.${name}`, 'Is not filled any more.');
  },
  andWhatRestsOnIt: ' CASCADE',
  instant: instantInPostgres,
  seconds: (from, to) => `CAST(round(extract(epoch FROM ${instantInPostgres(to)} - ${instantInPostgres(from)})) AS integer)`,
};

/** The name of a column as a statement writes it. */
export const column = (name: string): RawBuilder<unknown> => sql.raw(identifier(name));
