import type { Pool } from 'pg';
import { askDatabase } from './ask-database';
import { DatabaseUnavailable } from './database-unavailable';

/** Said when a lease is given back, with its name. */
export const leaseChannel = 'tichet_lease';

/** A lease ends at most so many times its own length from now, or its end means nothing; other versions may give longer ones. */
const mostLeases = 10;

const statements = {
  // By the database's clock alone; nothing is written while another holds it. A lease that ends later than any is given for was given
  // before that clock was set back: its holder renews it to a time that can be, or is dead, and is not waited for until then.
  take: {
    name: 'tichet-take-lease',
    text: `INSERT INTO tichet.leases AS l (name, holder, token, until)
      SELECT $1, $2, $3, clock_timestamp() + $4 * interval '1 millisecond'
      WHERE NOT EXISTS (SELECT FROM tichet.leases o WHERE o.name = $1 AND o.token <> $3
        AND o.until > clock_timestamp() AND o.until < clock_timestamp() + ${mostLeases} * $4 * interval '1 millisecond')
      ON CONFLICT (name) DO UPDATE SET
        holder = excluded.holder, token = excluded.token, until = clock_timestamp() + $4 * interval '1 millisecond'
      WHERE l.until <= clock_timestamp() OR l.until >= clock_timestamp() + ${mostLeases} * $4 * interval '1 millisecond'
        OR l.token = excluded.token`,
  },
  renew: {
    name: 'tichet-renew-lease',
    text: `UPDATE tichet.leases SET until = clock_timestamp() + $3 * interval '1 millisecond'
      WHERE name = $1 AND token = $2 AND until > clock_timestamp()`,
  },
  release: {
    name: 'tichet-release-lease',
    text: `WITH released AS (DELETE FROM tichet.leases WHERE name = $1 AND token = $2 RETURNING name)
      SELECT pg_notify('${leaseChannel}', name) FROM released`,
  },
};

/** `unknown`: the database did not answer. It may have been done. */
export type LeaseAnswer = 'yes' | 'no' | 'unknown';

export type LeaseRow = {
  readonly take: () => Promise<LeaseAnswer>;
  readonly renew: () => Promise<LeaseAnswer>;
  readonly release: () => Promise<LeaseAnswer>;
};

/** One holder's hand on the row of a lease. @param options.token his alone, so that a namesake is not taken for him */
export const leaseRow = (
  pool: Pool,
  {
    name,
    holder,
    token,
    milliseconds,
  }: { readonly name: string; readonly holder: string; readonly token: string; readonly milliseconds: number },
): LeaseRow => {
  const database = askDatabase(pool);
  const answerTo = async (...asked: Parameters<typeof database.write>): Promise<LeaseAnswer> => {
    try {
      return (await database.write(...asked)).written > 0 ? 'yes' : 'no';
    } catch (error) {
      if (error instanceof DatabaseUnavailable) return 'unknown';
      throw error;
    }
  };
  return {
    take: () => answerTo(statements.take, name, holder, token, milliseconds),
    renew: () => answerTo(statements.renew, name, token, milliseconds),
    release: () => answerTo(statements.release, name, token),
  };
};
