import type { Pool } from 'pg';
import { databaseFault } from '../postgres/database-fault';

/** How long, in milliseconds, the sweeping waits for whoever reads the keys just now; as long as it waits, others wait behind it. */
const patience = 500;

/**
 * Writes the table of the keys anew, with what stands in it, and gives the old file back to the system. VACUUM would not do: it leaves the
 * bytes in the free space of a page, and VACUUM FULL keeps what an old snapshot could still see. Several statements in one message are
 * one transaction.
 */
const rewrite = `
  SET LOCAL lock_timeout = ${patience};
  ALTER TABLE tichet.keys ALTER COLUMN wrapped TYPE bytea USING wrapped || ''::bytea;
  UPDATE tichet.keys SET left_over = false WHERE left_over`;

/**
 * Takes the bytes of destroyed keys out of the table's file. One at a time; whoever asks while one is under way gets the next one.
 * It answers also when it could not be done now: the marks stay, and the next one does it.
 */
export const createSweeping = (pool: Pool): (() => Promise<void>) => {
  let underWay: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  const sweep = async (): Promise<void> => {
    try {
      const { rowCount } = await pool.query('SELECT FROM tichet.keys WHERE left_over LIMIT 1');
      if (rowCount !== 0) await pool.query(rewrite);
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
