import type { Pool } from 'pg';
import type { Position } from '../../../../application/kernel/ports/event-store';
import {
  RowParked,
  type Condition,
  type Page,
  type ParkedKey,
  type Row,
  type Selection,
} from '../../../../application/kernel/ports/read-models';
import { isKeepable } from '../../../database/postgres/keepable';
import { decodeRow } from '../../../log/codec/row.codec';
import type { ColumnValue } from '../columns';
import { postgresDialect } from '../sql/dialect';
import { nextOf, Selecting, type SelectedTable } from '../sql/selecting';
import { LiveTables } from './live-tables';
import { namedStatement } from './named-statement';
import { tableName } from './schema';

type GotRow = { readonly row: string | null; readonly parked: boolean; readonly stands: boolean };
type PageRow = { readonly row: string; readonly stands: boolean } & Readonly<Record<string, ColumnValue | boolean>>;
type ParkedRow = {
  readonly id: string;
  readonly build: string;
  readonly name: string;
  readonly key: string;
  readonly position: string;
  readonly event_id: string;
  readonly error: string | null;
  readonly parked_at: string;
  readonly n: string;
  readonly state: string;
};

const checkpoint = namedStatement(`
  SELECT b.checkpoint FROM tichet.tables t JOIN tichet.builds b ON b.build = t.build WHERE t.name = $1 AND b.state = 'live'`);
const stands = namedStatement('SELECT FROM tichet.builds WHERE build = $1');
const parkedKeys = namedStatement(`
  SELECT p.id, p.build, p.name, p.key, p.position, p.event_id, p.error, p.parked_at, q.n, b.state
  FROM (SELECT min(id) AS id, count(*) AS n FROM tichet.parked GROUP BY build, name, key) q
  JOIN tichet.parked p ON p.id = q.id JOIN tichet.builds b ON b.build = p.build ORDER BY p.id`);
const rowOf = ({ name, build }: SelectedTable) =>
  namedStatement(`
  SELECT (SELECT row FROM ${tableName(name, build)} WHERE key = $1) AS row,
    EXISTS (SELECT FROM tichet.parked WHERE build = $2 AND name = $3 AND key = $1) AS parked,
    EXISTS (SELECT FROM tichet.builds WHERE build = $2) AS stands`);

/** Reads on any connection, each in one statement: a switch never falls in between. */
export class Reader {
  private readonly selecting = new Selecting(postgresDialect);
  private readonly live: LiveTables;

  constructor(private readonly pool: Pool) {
    this.live = new LiveTables(pool);
  }

  async get<R extends Row>(name: string, key: string): Promise<R | undefined> {
    if (!isKeepable(key)) return undefined;
    const found = await this.live.reading(name, async (table) => {
      const { rows } = await this.pool.query<GotRow>({ ...rowOf(table), values: [key, table.build, name] });
      return rows[0]?.stands === true ? rows[0] : 'gone';
    });
    if (found.parked) throw new RowParked(name, key);
    return found.row === null ? undefined : decodeRow<R>(found.row);
  }

  select<R extends Row>(name: string, selection?: Selection): Promise<Page<R>> {
    return this.live.reading(name, async (table) => {
      const { sql, values, limit } = this.selecting.page(table, selection);
      const { rows: found } = await this.pool.query<PageRow>({ ...namedStatement(sql), values: [...values] });
      // Where nothing was found, nothing says whether it was looked for in the right table.
      if (!(found[0]?.stands ?? (await this.stands(table)))) return 'gone';
      const rows = found.slice(0, limit).map(({ row }) => decodeRow<R>(row));
      const last = found[limit - 1];
      return found.length > limit && last !== undefined ? { rows, next: nextOf(placeOf(last, selection)) } : { rows };
    });
  }

  count(name: string, where?: readonly Condition[]): Promise<number> {
    return this.live.reading(name, async (table) => {
      const { sql, values } = this.selecting.count(table, where);
      const { rows } = await this.pool.query<{ readonly n: string; readonly stands: boolean }>({
        ...namedStatement(sql),
        values: [...values],
      });
      return rows[0]?.stands === true ? Number(rows[0].n) : 'gone';
    });
  }

  async position(name: string): Promise<Position> {
    const { rows } = await this.pool.query<{ readonly checkpoint: Position }>({ ...checkpoint, values: [name] });
    return rows[0]?.checkpoint ?? '';
  }

  async parked(): Promise<readonly (ParkedKey & { readonly build: number })[]> {
    const { rows } = await this.pool.query<ParkedRow>(parkedKeys);
    return rows.map((row) => ({
      id: row.id,
      projection: row.name,
      key: row.key,
      position: row.position,
      eventId: row.event_id,
      error: row.error ?? '',
      parkedAt: row.parked_at,
      waiting: Number(row.n) - 1,
      filling: row.state === 'filling',
      build: Number(row.build),
    }));
  }

  /** Asked after the read: what stands then, stood before. */
  private async stands({ build }: SelectedTable): Promise<boolean> {
    return (await this.pool.query({ ...stands, values: [build] })).rowCount === 1;
  }
}

/** Where a row stands in its order. */
const placeOf = (row: PageRow, selection: Selection | undefined): readonly ColumnValue[] =>
  Array.from({ length: (selection?.orderBy?.length ?? 0) + 1 }, (_, index) => {
    const part = row[`o${index}`];
    return typeof part === 'string' || typeof part === 'number' ? part : null;
  });
