import type { Pool } from 'pg';

const brokenOff = new WeakMap<Pool, number>();

/**
 * Heeds the server's warning about a cancelled commit that waited for a synchronous standby: the server warns, and then answers as if
 * the standby had the commit.
 */
export const heedBrokenOffWaits = (pool: Pool): void => {
  pool.on('connect', (client) => {
    client.on('notice', ({ routine }) => {
      // the server's words are in its own language; the place in its program is not
      if (routine === 'SyncRepWaitForLSN') brokenOff.set(pool, brokenOffWaits(pool) + 1);
    });
  });
};

/** How many commits of this pool were answered so. What was asked while it rises may have stood in one of them. */
export const brokenOffWaits = (pool: Pool): number => brokenOff.get(pool) ?? 0;

/** Standbys that may lack what is acknowledged, as far as every user may see it; `undefined` where none is connected, or commits wait for one. */
export const standbysThatMayLack = async (
  pool: Pool,
): Promise<{ readonly count: number; readonly kind: 'asynchronous' | 'local' } | undefined> => {
  const { rows } = await pool.query<{ readonly count: number; readonly names: string; readonly commit: string }>(
    `SELECT count(*)::integer, current_setting('synchronous_standby_names') AS names, current_setting('synchronous_commit') AS commit
     FROM pg_stat_replication`,
  );
  const [found] = rows;
  if (found === undefined || found.count === 0) return undefined;
  const { count, names, commit } = found;
  if (names === '') return { count, kind: 'asynchronous' };
  return commit === 'local' ? { count, kind: 'local' } : undefined;
};
