import type { Pool, PoolClient } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Columns, Projection } from '../../../../application/kernel/ports/projection';
import type { BuildChange, Build, BuildName, Switched } from '../../../../application/kernel/ports/projection-store';
import type { Row } from '../../../../application/kernel/ports/read-models';
import { errorCode } from '../../../runtime/error-code';
import { inTransaction } from '../../../database/postgres/in-transaction';
import { textArray } from '../../../database/postgres/text-array';
import { decodeRow } from '../../../log/codec/row.codec';
import { tablesOf, type TableShape } from '../table-shape';
import { allBuilds, columnsOfTable, deleteBuild, insertBuild, lockBuilds, lockBuildsOf, type CountedBuild } from './builds';
import { countParkedKeys, parkedAsExpected, writeParked } from './parked-events';
import { dropReplacedTables } from './replaced-tables';
import { writeRows } from './row-writes';
import { createIndexes, tableName, viewsOf } from './schema';
import { lockIsTaken, tableIsGone } from './unavailable';

/** What is lost in a power cut is folded again from the log, whole batches at a time: nobody waits for the disk. */
const begin = 'BEGIN; SET LOCAL synchronous_commit = off';
/** An index takes as long as it takes. */
const beginLong = `BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL synchronous_commit = off`;
/** The driver's own limit for an answer, in milliseconds, where the server has none. */
const longAnswer = 3_600_000;
/** How long whoever reports from the views is waited for, and how long he is left alone after that, in milliseconds. */
const waitForReports = 1000;
const leaveReports = 1000;

type KeyedRow = { readonly key: string; readonly row: string };

/** Is asked once everything but the messages is written, and before anybody can see it. */
export type Say = (live: readonly CountedBuild[]) => readonly string[];

/** Writes of the read models: every method is one transaction, and none waits for another in a circle. */
export class Writer {
  private readonly columns = new Map<string, Columns>();

  constructor(private readonly pool: Pool) {}

  async prepare(projection: Projection): Promise<readonly CountedBuild[]> {
    const standing = (await allBuilds(this.pool)).filter((build) => build.projection === projection.name);
    if (standing.some(({ state }) => state === 'live')) return standing;
    await inTransaction(this.pool, async (client) => {
      const tables = tablesOf(projection);
      // whoever comes second waits here for the first
      const build = await insertBuild(client, projection, 'live');
      if (build === undefined) return;
      for (const table of tables) for (const index of createIndexes(table, build)) await client.query(index);
      await pointViewsAt(client, tables, build);
    });
    return (await allBuilds(this.pool)).filter((build) => build.projection === projection.name);
  }

  async startBuild(projection: Projection): Promise<Build> {
    const build = await inTransaction(this.pool, async (client) => {
      for (;;) {
        for (const { build: standing, state } of await lockBuildsOf(client, projection.name))
          if (state === 'filling') await deleteBuild(client, standing);
        const inserted = await insertBuild(client, projection, 'filling');
        // another one was begun in between, and is dropped like any other
        if (inserted !== undefined) return inserted;
      }
    });
    await dropReplacedTables(this.pool);
    return { projection: projection.name, build, version: projection.version, state: 'filling', checkpoint: '' };
  }

  async dropBuild({ build }: BuildName): Promise<void> {
    await inTransaction(this.pool, async (client) => {
      if ((await lockBuilds(client, [build])).size > 0) await deleteBuild(client, build);
    });
    await dropReplacedTables(this.pool);
  }

  load({ build }: BuildName, name: string, keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    if (keys.length === 0) return Promise.resolve(new Map());
    return this.rows(`SELECT key, row FROM ${tableName(name, build)} WHERE key = ANY($1::text[])`, [textArray(keys)]);
  }

  page({ build }: BuildName, name: string, after: string, limit: number): Promise<ReadonlyMap<string, Row>> {
    return this.rows(`SELECT key, row FROM ${tableName(name, build)} WHERE key > $1 ORDER BY key LIMIT $2`, [after, limit]);
  }

  /** @param say of the live builds that were changed, as they stand with the change */
  async commit(changes: readonly BuildChange[], say: Say): Promise<'committed' | 'moved'> {
    const columnsOf = await this.columnsIn(changes);
    return inTransaction(
      this.pool,
      async (client) => {
        const standing = await lockBuilds(
          client,
          changes.map(({ build }) => build.build),
        );
        if (changes.some(({ build, expected }) => standing.get(build.build)?.checkpoint !== expected)) return 'moved';
        if (!(await parkedAsExpected(client, changes))) return 'moved';
        for (const change of changes) {
          const { build } = change.build;
          await writeRows(client, build, change.writes, (table) => columnsOf(build, table));
          await writeParked(client, change);
        }
        const next = new Map(changes.map((change) => [change.build.build, change.next]));
        const moved = [...standing.values()].map((build) => ({
          ...build,
          checkpoint: next.get(build.build) ?? build.checkpoint,
          commits: build.commits + 1,
        }));
        await moveCheckpoints(client, moved, say(moved.filter(({ state }) => state === 'live')));
        return 'committed';
      },
      begin,
    );
  }

  async switchTo(projection: Projection, { build }: BuildName, say: Say): Promise<Switched> {
    await this.makeIndexes(projection, build);
    try {
      const switched = await inTransaction(
        this.pool,
        async (client): Promise<Switched> => {
          const standing = await lockBuildsOf(client, projection.name);
          const filling = standing.find((candidate) => candidate.build === build && candidate.state === 'filling');
          const live = standing.find(({ state }) => state === 'live');
          if (filling === undefined) return 'gone';
          if (live !== undefined && filling.checkpoint < live.checkpoint) return 'behind';
          if ((await countParkedKeys(client, build)) > (live === undefined ? 0 : await countParkedKeys(client, live.build)))
            return 'parks-more';
          await client.query(`SET LOCAL lock_timeout = ${waitForReports}`);
          await pointViewsAt(client, tablesOf(projection), build);
          if (live !== undefined) await deleteBuild(client, live.build);
          const now: CountedBuild = { ...filling, state: 'live', commits: filling.commits + 1 };
          await client.query(`UPDATE tichet.builds SET state = 'live' WHERE build = $1`, [build]);
          await moveCheckpoints(client, [now], say([now]));
          return 'switched';
        },
        begin,
      );
      if (switched === 'switched') await dropReplacedTables(this.pool);
      return switched;
    } catch (error) {
      if (!lockIsTaken(error)) throw error;
      // A long report reads the views. Readers are not made to wait behind it: the old table is read on, and the switch comes again.
      await sleep(leaveReports);
      return 'behind';
    }
  }

  /** One at a time, before the switch. Whoever folds into this build meanwhile waits. */
  private async makeIndexes(projection: Projection, build: number): Promise<void> {
    for (const table of tablesOf(projection)) {
      for (const text of [...createIndexes(table, build), `ANALYZE ${tableName(table.name, build)}`]) {
        const patiently = { text, query_timeout: longAnswer };
        await inTransaction(
          this.pool,
          async (client) => {
            if ((await lockBuilds(client, [build])).size > 0) await client.query(patiently);
          },
          beginLong,
        );
      }
    }
  }

  /** A build that is gone has no rows, and takes no commit. */
  private async rows(text: string, values: unknown[]): Promise<ReadonlyMap<string, Row>> {
    try {
      const { rows } = await this.pool.query<KeyedRow>(text, values);
      return new Map(rows.map(({ key, row }) => [key, decodeRow(row)]));
    } catch (error) {
      if (tableIsGone(error)) return new Map();
      throw error;
    }
  }

  private async columnsIn(changes: readonly BuildChange[]): Promise<(build: number, table: string) => Columns> {
    for (const { build, writes } of changes) {
      for (const table of new Set(writes.map((write) => write.table))) {
        const name = `${build.build} ${table}`;
        if (!this.columns.has(name)) this.columns.set(name, await columnsOfTable(this.pool, build.build, table));
      }
    }
    return (build, table) => this.columns.get(`${build} ${table}`) ?? {};
  }
}

const moveCheckpoints = async (client: PoolClient, builds: readonly CountedBuild[], messages: readonly string[]): Promise<void> => {
  await client.query(
    `WITH moved AS (
       UPDATE tichet.builds b SET checkpoint = n.checkpoint, commits = n.commits
       FROM unnest($1::bigint[], $2::text[], $3::bigint[]) AS n (build, checkpoint, commits) WHERE b.build = n.build
     )
     SELECT pg_notify('tichet_rows', message) FROM unnest($4::text[]) AS message`,
    [
      builds.map(({ build }) => build),
      builds.map(({ checkpoint }) => checkpoint),
      builds.map(({ commits }) => commits),
      textArray(messages),
    ],
  );
};

/** Other columns than the view had before: PostgreSQL only adds some at the end. */
const otherColumns = '42P16';

/** Lets the reporting views of these tables read this build. What was granted on them stays, and so do views over them. */
const pointViewsAt = async (client: PoolClient, tables: readonly TableShape[], build: number): Promise<void> => {
  for (const { name, sql } of viewsOf(tables, build)) {
    await client.query('SAVEPOINT view');
    try {
      await client.query(`CREATE OR REPLACE VIEW ${name} AS ${sql}`);
    } catch (error) {
      if (errorCode(error) !== otherColumns) throw error;
      await client.query('ROLLBACK TO SAVEPOINT view');
      await client.query(`DROP VIEW ${name}`);
      await client.query(`CREATE VIEW ${name} AS ${sql}`);
    }
  }
};
