import type { Migration } from '../../../database/migration';
import { createBookkeeping } from '../sql/bookkeeping';
import { postgresDialect } from '../sql/dialect';

/**
 * Which build is read and which fills. `commits` counts what was committed into a build, so that another process finds out when it was
 * not told. Tables that were replaced are dropped after the switch, when nobody looks at them any more.
 */
export const createReadModels: Migration = {
  name: 'read-models-1',
  sql: [
    ...createBookkeeping(postgresDialect),
    'ALTER TABLE tichet.builds ADD COLUMN commits bigint NOT NULL DEFAULT 0',
    'CREATE TABLE tichet.replaced_tables (name text COLLATE "C" PRIMARY KEY)',
  ].join(';\n'),
};
