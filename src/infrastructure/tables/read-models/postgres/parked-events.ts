import type { Pool, PoolClient } from 'pg';
import type { BuildChange, ParkedEvent } from '../../../../application/kernel/ports/projection-store';
import { keepable } from '../../../database/postgres/keepable';

type ParkedRow = {
  readonly name: string;
  readonly key: string;
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly event_id: string;
  readonly type: string;
  readonly body: string;
  readonly hash: string;
  readonly error: string | null;
  readonly parked_at: string;
};

const parkedEventOf = (row: ParkedRow): ParkedEvent => ({
  table: row.name,
  key: row.key,
  event: {
    position: row.position,
    stream: row.stream,
    revision: row.revision,
    id: row.event_id,
    type: row.type,
    body: row.body,
    hash: row.hash,
  },
  parkedAt: row.parked_at,
  ...(row.error === null ? {} : { error: row.error }),
});

/** Oldest first. */
export const parkedEventsOf = async (pool: Pool, build: number): Promise<readonly ParkedEvent[]> => {
  const { rows } = await pool.query<ParkedRow>({
    name: 'tichet-rows-parked-events',
    text: `SELECT name, key, position, stream, revision, event_id, type, body, hash, error, parked_at
           FROM tichet.parked WHERE build = $1 ORDER BY id`,
    values: [build],
  });
  return rows.map(parkedEventOf);
};

/** Asked once the builds are locked: what is counted then stays so. */
export const parkedAsExpected = async (client: PoolClient, changes: readonly BuildChange[]): Promise<boolean> => {
  const asked = changes.filter(({ expectedParked }) => expectedParked !== undefined);
  if (asked.length === 0) return true;
  const { rows } = await client.query<{ readonly build: string; readonly n: string }>(
    'SELECT build, count(*) AS n FROM tichet.parked WHERE build = ANY($1) GROUP BY build',
    [asked.map(({ build }) => build.build)],
  );
  const counts = new Map(rows.map(({ build, n }) => [Number(build), Number(n)]));
  return asked.every(({ build, expectedParked }) => expectedParked === (counts.get(build.build) ?? 0));
};

export const countParkedKeys = async (client: PoolClient, build: number): Promise<number> => {
  const { rows } = await client.query<{ readonly n: string }>(
    'SELECT count(*) AS n FROM (SELECT DISTINCT name, key FROM tichet.parked WHERE build = $1) AS keys',
    [build],
  );
  return Number(rows[0]?.n ?? 0);
};

export const writeParked = async (client: PoolClient, { build: { build }, parks, unparks }: BuildChange): Promise<void> => {
  for (const { table, key } of unparks)
    await client.query('DELETE FROM tichet.parked WHERE build = $1 AND name = $2 AND key = $3', [build, table, key]);
  for (const { table, key, event, error, parkedAt } of parks)
    await client.query(
      `INSERT INTO tichet.parked (build, name, key, position, stream, revision, event_id, type, body, hash, error, parked_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        build,
        table,
        key,
        event.position,
        event.stream,
        event.revision,
        event.id,
        event.type,
        event.body,
        event.hash,
        error === undefined ? null : keepable(error),
        parkedAt,
      ],
    );
};
