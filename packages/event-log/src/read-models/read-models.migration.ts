import { sql } from 'kysely';
import type { Migration } from '../database/migration';
import { postgresDialect, type Dialect } from './dialect';

/**
 * The tables that know which build of a projection is read, which one fills, how far each has come, and what is parked.
 * In PostgreSQL this is a step of the schema: once released it never changes, and an addition is a new step. The tables of SQLite are
 * only ever filled anew: the process that opens them makes what is missing.
 */
export const createBookkeeping = ({ kysely, schema, text, rising, whenThere }: Dialect): readonly string[] => {
  const database = schema === undefined ? kysely.schema : kysely.schema.withSchema(schema);
  const words = sql.raw(text);
  const table = (name: string) => {
    const creating = database.createTable(name);
    return whenThere === 'leave' ? creating.ifNotExists() : creating;
  };
  const byKey = database.createIndex('parked_by_key').on('parked').columns(['build', 'name', 'key']);
  return [
    table('builds')
      .addColumn('build', rising.type, (column) => rising.number(column).primaryKey())
      .addColumn('projection', words, (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('state', words, (column) => column.notNull().check(sql`state in ('live', 'filling')`))
      .addColumn('checkpoint', words, (column) => column.notNull())
      .addUniqueConstraint('one_of_each_state', ['projection', 'state']),
    table('tables')
      .addColumn('build', rising.type, (column) => column.notNull().references('builds.build').onDelete('cascade'))
      .addColumn('name', words, (column) => column.notNull())
      .addColumn('columns', words, (column) => column.notNull())
      .addPrimaryKeyConstraint('one_of_each_name', ['build', 'name']),
    table('parked')
      .addColumn('id', rising.type, (column) => rising.number(column).primaryKey())
      .addColumn('build', rising.type, (column) => column.notNull().references('builds.build').onDelete('cascade'))
      .addColumn('name', words, (column) => column.notNull())
      .addColumn('key', words, (column) => column.notNull())
      .addColumn('position', words, (column) => column.notNull())
      .addColumn('stream', words, (column) => column.notNull())
      .addColumn('revision', 'integer', (column) => column.notNull())
      .addColumn('event_id', words, (column) => column.notNull())
      .addColumn('type', words, (column) => column.notNull())
      .addColumn('body', words, (column) => column.notNull())
      .addColumn('hash', words, (column) => column.notNull())
      .addColumn('error', words)
      .addColumn('parked_at', words, (column) => column.notNull()),
    whenThere === 'leave' ? byKey.ifNotExists() : byKey,
  ].map((step) => step.compile().sql);
};

/** Which event stands at the checkpoint of a build: that position and its hash, with a space between. Null until it is known. */
export const keepWhatStands = ({ schema, text }: Dialect): string =>
  `ALTER TABLE ${schema === undefined ? 'builds' : `${schema}.builds`} ADD COLUMN stands ${text}`;

export const whatStandsThere: Migration = { name: 'read-models-2', sql: keepWhatStands(postgresDialect) };

/**
 * Which build is read and which fills. `commits` counts the commits into a build, so that another process notices one that it was not
 * told of. Tables that were replaced are dropped after the switch, when no reader uses them any more.
 */
export const createReadModels: Migration = {
  name: 'read-models-1',
  sql: [
    ...createBookkeeping(postgresDialect),
    'ALTER TABLE tichet.builds ADD COLUMN commits bigint NOT NULL DEFAULT 0',
    'CREATE TABLE tichet.replaced_tables (name text COLLATE "C" PRIMARY KEY)',
  ].join(';\n'),
};
