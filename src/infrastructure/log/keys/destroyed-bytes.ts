import type { Pool } from 'pg';
import { databaseFault } from '../../database/postgres/database-fault';

/** How long, in milliseconds, the sweeping waits for whoever reads the keys just now; as long as it waits, others wait behind it. */
const patience = 500;

const parts = 'SELECT DISTINCT tableoid::regclass::text AS part FROM tichet.keys WHERE left_over ORDER BY part';

/**
 * Takes the bytes of destroyed keys out of the files of their table. One at a time; whoever asks while one is under way gets the next one.
 * It answers also when it could not be done now: the marks stay, and the next one does it.
 */
export const createSweeping = (pool: Pool): (() => Promise<void>) => {
  let underWay: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const sweep = async (): Promise<void> => {
    try {
      const { rows } = await pool.query<{ readonly part: string }>(parts);
      // two statements in one message are one transaction; a part's name comes from the server, quoted
      for (const { part } of rows)
        await pool.query(`SET LOCAL lock_timeout = ${patience}; SELECT tichet.sweep_keys('${part.replaceAll("'", "''")}')`);
    } catch (error) {
      if (databaseFault(error) === undefined) throw error;
    }
  };

  const start = (): Promise<void> => {
    const started = sweep().finally(() => {
      if (underWay === started) underWay = undefined;
    });
    underWay = started;
    return started;
  };

  return () => {
    if (underWay === undefined) return start();
    next ??= underWay
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
};
