import type { Pool } from 'pg';
import { inBoth } from '../../phrasing/sentences';
import { DatabaseUnusable } from './database-unusable';

type Durability = { readonly fsync: string; readonly synchronous_commit: string; readonly full_page_writes: string };

/** What is acknowledged must survive a power cut. @throws DatabaseUnusable when the server, the database or the role says otherwise */
export const assertDurable = async (pool: Pool): Promise<void> => {
  const { rows } = await pool.query<Durability>(
    `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
            current_setting('synchronous_commit') AS synchronous_commit`,
  );
  for (const settings of rows)
    for (const [setting, value] of Object.entries(settings))
      if (value === 'off') throw new DatabaseUnusable(inBoth.unusable.database.notDurable({ setting }));
};
