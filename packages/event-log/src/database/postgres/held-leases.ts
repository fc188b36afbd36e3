import type { Pool } from 'pg';
import type { Instant } from '@tichet-albastru/kernel/fact';
import { defined } from '@tichet-albastru/kernel/defined';
import { askDatabase } from './ask-database';

/** What one process of all does, and which one: by the clock of the database. */
export type HeldLease = {
  readonly name: string;
  /** host and number of the process */
  readonly holder: string;
  /** left out where a version that did not keep it has taken the lease */
  readonly since?: Instant;
  /** renewed before then, or another process may take it */
  readonly until: Instant;
};

const statement = {
  name: 'tichet-held-leases',
  text: `SELECT name, holder, since, until FROM tichet.leases WHERE until > clock_timestamp() ORDER BY name`,
};

const instantOf = (value: unknown): Instant | undefined => (value instanceof Date ? value.toISOString() : undefined);

/** Those that stand now. @throws DatabaseUnavailable */
export const heldLeases = async (pool: Pool): Promise<readonly HeldLease[]> =>
  (await askDatabase(pool).read(statement)).rows.map(({ name, holder, since, until }) => ({
    name: String(name),
    holder: String(holder),
    until: instantOf(until) ?? '',
    ...defined({ since: instantOf(since) }),
  }));
