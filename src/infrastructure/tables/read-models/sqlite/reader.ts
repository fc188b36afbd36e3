import type Database from 'better-sqlite3';
import type { Position } from '../../../../application/kernel/ports/event-store';
import {
  RowParked,
  type Condition,
  type Page,
  type ParkedKey,
  type Row,
  type Selection,
} from '../../../../application/kernel/ports/read-models';
import type { Columns } from '../../../../application/kernel/ports/projection';
import { decodeRow } from '../../../log/codec/row.codec';
import { UnknownTable, type ColumnValue } from '../columns';
import { sqliteDialect } from '../sql/dialect';
import { nextOf, Selecting, type SelectedTable } from '../sql/selecting';
import { identifier, plainTableName } from '../table-shape';
import { numberOf, Statements, textOf, type Found } from './statements';

type LiveTable = SelectedTable & { readonly build: number };

const parkedKeys = `
  SELECT min(p.id) AS id, p.build, p.name, p.key, count(*) AS n, b.state AS state
  FROM parked p JOIN builds b ON b.build = p.build GROUP BY p.build, p.name, p.key`;
const parkedHead = 'SELECT position, event_id, error, parked_at FROM parked WHERE id = ?';

/** Reads of one connection. Every read finds its table and its rows in one transaction, so a switch never falls in between. */
export class Reader {
  private readonly statements: Statements;
  private readonly columns = new Map<string, Columns>();
  private readonly selecting = new Selecting(sqliteDialect);

  constructor(private readonly db: Database.Database) {
    this.statements = new Statements(db);
  }

  /** The row's text. */
  get(name: string, key: string): string | undefined {
    return this.inOneView(() => {
      const { build, table } = this.live(name);
      if (this.statements.of('SELECT 1 FROM parked WHERE build = ? AND name = ? AND key = ? LIMIT 1').get(build, name, key)) {
        throw new RowParked(name, key);
      }
      const found = this.statements.of(`SELECT row FROM ${identifier(table)} WHERE key = ?`).get(key);
      return found === undefined ? undefined : textOf(found, 'row');
    });
  }

  select<R extends Row>(name: string, selection?: Selection): Page<R> {
    return this.inOneView(() => {
      const { sql, values, limit } = this.selecting.page(this.live(name), selection);
      const found = this.statements.of(sql).all(...values);
      const rows = found.slice(0, limit).map((row) => decodeRow<R>(textOf(row, 'row')));
      const last = found[limit - 1];
      return found.length > limit && last !== undefined ? { rows, next: nextOf(placeOf(last, selection)) } : { rows };
    });
  }

  count(name: string, where?: readonly Condition[]): number {
    return this.inOneView(() => {
      const { sql, values } = this.selecting.count(this.live(name), where);
      const found = this.statements.of(sql).get(...values);
      return found === undefined ? 0 : numberOf(found, 'n');
    });
  }

  position(name: string): Position {
    const found = this.statements
      .of(`SELECT b.checkpoint FROM tables t JOIN builds b ON b.build = t.build WHERE t.name = ? AND b.state = 'live'`)
      .get(name);
    return found === undefined ? '' : textOf(found, 'checkpoint');
  }

  liveCheckpoints(): readonly Position[] {
    return this.statements
      .of(`SELECT checkpoint FROM builds WHERE state = 'live'`)
      .all()
      .map((found) => textOf(found, 'checkpoint'));
  }

  parked(): readonly (ParkedKey & { readonly build: number })[] {
    return this.inOneView(() =>
      this.statements
        .of(`${parkedKeys} ORDER BY id`)
        .all()
        .flatMap((found) => this.parkedKey(found)),
    );
  }

  private parkedKey(found: Found): readonly (ParkedKey & { readonly build: number })[] {
    const head = this.statements.of(parkedHead).get(numberOf(found, 'id'));
    if (head === undefined) return [];
    return [
      {
        id: String(numberOf(found, 'id')),
        projection: textOf(found, 'name'),
        key: textOf(found, 'key'),
        position: textOf(head, 'position'),
        eventId: textOf(head, 'event_id'),
        error: textOf(head, 'error'),
        parkedAt: textOf(head, 'parked_at'),
        waiting: numberOf(found, 'n') - 1,
        filling: found['state'] === 'filling',
        build: numberOf(found, 'build'),
      },
    ];
  }

  private live(name: string): LiveTable {
    const found = this.statements
      .of(`SELECT t.build, t.columns FROM tables t JOIN builds b ON b.build = t.build WHERE t.name = ? AND b.state = 'live'`)
      .get(name);
    if (found === undefined) throw new UnknownTable(name);
    const build = numberOf(found, 'build');
    return { build, name, columns: this.columnsOf(textOf(found, 'columns')), table: plainTableName(name, build) };
  }

  private columnsOf(text: string): Columns {
    const known = this.columns.get(text);
    if (known !== undefined) return known;
    const columns = decodeRow<Columns>(text);
    this.columns.set(text, columns);
    return columns;
  }

  private inOneView<T>(read: () => T): T {
    this.db.exec('BEGIN');
    try {
      return read();
    } finally {
      this.db.exec('COMMIT');
    }
  }
}

/** Where a row stands in its order. */
const placeOf = (row: Found, selection: Selection | undefined): readonly ColumnValue[] =>
  Array.from({ length: (selection?.orderBy?.length ?? 0) + 1 }, (_, index) => row[`o${index}`] ?? null);
