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

/** Since when its holder has it; null of one that a version before this has taken. */
export const leasesSince: Migration = { name: 'leases-2', sql: 'ALTER TABLE tichet.leases ADD COLUMN since timestamptz' };
