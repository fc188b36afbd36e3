import type { Migration } from '../migration';

/** Who does alone what only one of all processes may do, and until when, by the clock of the database. */
export const createLeases: Migration = {
  name: 'leases-1',
  sql: `
CREATE TABLE tichet.leases (
  name text COLLATE "C" PRIMARY KEY,
  holder text NOT NULL,
  token uuid NOT NULL,
  until timestamptz NOT NULL
);
`,
};
