import type { Pool, PoolClient } from 'pg';
import type { Columns, Projection } from '../../../../application/kernel/ports/projection';
import type { Build } from '../../../../application/kernel/ports/projection-store';
import { decodeRow } from '../../../log/codec/row.codec';
import { plainTableName, tablesOf } from '../table-shape';
import { createTable } from './schema';

/** A build, and how many commits it has seen. */
export type CountedBuild = Build & { readonly commits: number };

type BuildRow = {
  readonly build: string;
  readonly projection: string;
  readonly version: number;
  readonly state: string;
  readonly checkpoint: string;
  readonly commits: string;
};

const columns = 'build, projection, version, state, checkpoint, commits';

const buildOf = (row: BuildRow): CountedBuild => ({
  projection: row.projection,
  build: Number(row.build),
  version: row.version,
  state: row.state === 'live' ? 'live' : 'filling',
  checkpoint: row.checkpoint,
  commits: Number(row.commits),
});

export const withoutCount = ({ projection, build, version, state, checkpoint }: CountedBuild): Build => ({
  projection,
  build,
  version,
  state,
  checkpoint,
});

/** Live ones first of each projection. */
export const allBuilds = async (pool: Pool): Promise<readonly CountedBuild[]> => {
  const { rows } = await pool.query<BuildRow>({
    name: 'tichet-rows-builds',
    text: `SELECT ${columns} FROM tichet.builds ORDER BY projection, state DESC`,
  });
  return rows.map(buildOf);
};

/** Nobody else changes them until the transaction ends. Always in the order of their numbers: two who lock several never wait in a circle. */
export const lockBuilds = async (client: PoolClient, builds: readonly number[]): Promise<ReadonlyMap<number, CountedBuild>> => {
  const { rows } = await client.query<BuildRow>(`SELECT ${columns} FROM tichet.builds WHERE build = ANY($1) ORDER BY build FOR UPDATE`, [
    builds,
  ]);
  return new Map(rows.map((row) => [Number(row.build), buildOf(row)]));
};

export const lockBuildsOf = async (client: PoolClient, projection: string): Promise<readonly CountedBuild[]> => {
  const { rows } = await client.query<BuildRow>(`SELECT ${columns} FROM tichet.builds WHERE projection = $1 ORDER BY build FOR UPDATE`, [
    projection,
  ]);
  return rows.map(buildOf);
};

/** @returns its number, with its tables made; nothing when another process has put one in this state first */
export const insertBuild = async (client: PoolClient, projection: Projection, state: Build['state']): Promise<number | undefined> => {
  const { rows } = await client.query<{ readonly build: string }>(
    `INSERT INTO tichet.builds (projection, version, state, checkpoint) VALUES ($1, $2, $3, '')
     ON CONFLICT (projection, state) DO NOTHING RETURNING build`,
    [projection.name, projection.version, state],
  );
  const [inserted] = rows;
  if (inserted === undefined) return undefined;
  const build = Number(inserted.build);
  for (const table of tablesOf(projection)) {
    await client.query(createTable(table, build));
    await client.query('INSERT INTO tichet.tables (build, name, columns) VALUES ($1, $2, $3)', [
      build,
      table.name,
      JSON.stringify(table.columns),
    ]);
  }
  return build;
};

/** Its tables stay, read by nobody, until they are dropped. */
export const deleteBuild = async (client: PoolClient, build: number): Promise<void> => {
  const { rows } = await client.query<{ readonly name: string }>('SELECT name FROM tichet.tables WHERE build = $1', [build]);
  for (const { name } of rows) await client.query('INSERT INTO tichet.replaced_tables (name) VALUES ($1)', [plainTableName(name, build)]);
  await client.query('DELETE FROM tichet.builds WHERE build = $1', [build]);
};

export const columnsOfTable = async (pool: Pool, build: number, name: string): Promise<Columns> => {
  const { rows } = await pool.query<{ readonly columns: string }>('SELECT columns FROM tichet.tables WHERE build = $1 AND name = $2', [
    build,
    name,
  ]);
  return rows[0] === undefined ? {} : decodeRow<Columns>(rows[0].columns);
};
