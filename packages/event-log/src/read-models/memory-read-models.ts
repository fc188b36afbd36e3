import type { Position } from '../ports/event-store';
import type { Projection } from '../ports/projection';
import {
  type Build,
  type BuildChange,
  type BuildName,
  columnsOf,
  isFillingOf,
  type ParkedEvent,
  type ProjectionStore,
  type Switched,
} from '../ports/projection-store';
import {
  RowParked,
  type ColumnValue,
  columnValue,
  type Condition,
  meets,
  type Page,
  type ParkedKey,
  type ReadModels,
  type Row,
  type RowChange,
  type Selection,
  UnknownColumn,
} from '../ports/read-models';
import { defined } from '@tichet-albastru/kernel/defined';
import { decodeRow, encodeRow } from '../codec/row.codec';
import { answered } from '@tichet-albastru/kernel/turns';
import { allReached, Announcements, changesOf, withoutBuild } from './announcements';
import { cursorOf, defaultLimit, placeIn, tablesOf, UnknownTable } from './columns';

type Table = { readonly columns: readonly string[]; readonly rows: Map<string, StoredRow> };
type Parked = { readonly id: number; readonly parked: ParkedEvent };
type Filling = { build: Build; readonly tables: Map<string, Table>; parked: readonly Parked[] };

/** The read models in memory: for tests and for trying things out. Rows go through JSON as in every other store. */
export class MemoryReadModels implements ReadModels, ProjectionStore {
  private readonly announcements = new Announcements();
  private readonly fillings = new Map<number, Filling>();
  private lastBuild = 0;
  private lastParked = 0;

  get<R extends Row>(name: string, key: string): Promise<R | undefined> {
    return answered(() => {
      const { filling, table } = this.liveTable(name);
      if (filling.parked.some(({ parked }) => parked.table === name && parked.key === key)) throw new RowParked(name, key);
      const stored = table.rows.get(key);
      return stored && decodeRow<R>(stored.text);
    });
  }

  select<R extends Row>(name: string, selection: Selection = {}): Promise<Page<R>> {
    return answered(() => {
      const { rows, next } = pageOf(name, this.liveTable(name).table.columns, this.storedRows(name), selection);
      const decoded = rows.map(({ text }) => decodeRow<R>(text));
      return next === undefined ? { rows: decoded } : { rows: decoded, next };
    });
  }

  count(name: string, where?: readonly Condition[]): Promise<number> {
    return answered(() => rowsWhere(name, this.liveTable(name).table.columns, this.storedRows(name), where).length);
  }

  position(name: string): Promise<Position> {
    return answered(() => this.live().find(({ tables }) => tables.has(name))?.build.checkpoint ?? '');
  }

  reached(position: Position, timeoutMilliseconds: number): Promise<boolean> {
    return this.announcements.until(
      () =>
        allReached(
          this.live().map(({ build }) => build.checkpoint),
          position,
        ),
      timeoutMilliseconds,
    );
  }

  parked(): Promise<readonly ParkedKey[]> {
    return answered(() => this.parkedKeys().map(withoutBuild));
  }

  changes(signal: AbortSignal): AsyncIterable<RowChange> {
    return this.announcements.changes(signal);
  }

  prepare(projection: Projection): Promise<readonly Build[]> {
    return answered(() => {
      if (!this.live().some(({ build }) => build.projection === projection.name)) this.insert(projection, 'live');
      return this.standing().filter((build) => build.projection === projection.name);
    });
  }

  builds(): Promise<readonly Build[]> {
    return answered(() => this.standing());
  }

  startBuild(projection: Projection): Promise<Build> {
    return answered(() => {
      for (const { build } of [...this.fillings.values()]) {
        if (build.projection !== projection.name || build.state !== 'filling') continue;
        if (isFillingOf(build, projection)) return build;
        this.fillings.delete(build.build);
      }
      return this.insert(projection, 'filling');
    });
  }

  dropBuild({ build }: BuildName): Promise<void> {
    return answered(() => {
      this.fillings.delete(build);
    });
  }

  load({ build }: BuildName, name: string, keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    return answered(() => {
      const rows = this.fillings.get(build)?.tables.get(name)?.rows;
      return new Map(
        keys.flatMap((key) => {
          const stored = rows?.get(key);
          return stored === undefined ? [] : [[key, decodeRow(stored.text)]];
        }),
      );
    });
  }

  page({ build }: BuildName, name: string, after: string, limit: number): Promise<ReadonlyMap<string, Row>> {
    return answered(() => {
      const rows = [...(this.fillings.get(build)?.tables.get(name)?.rows.values() ?? [])].filter(({ key }) => key > after);
      rows.sort((a, b) => (a.key < b.key ? -1 : 1));
      return new Map(rows.slice(0, limit).map(({ key, text }) => [key, decodeRow(text)]));
    });
  }

  parkedEvents({ build }: BuildName): Promise<readonly ParkedEvent[]> {
    return answered(() => (this.fillings.get(build)?.parked ?? []).map(({ parked }) => parked));
  }

  commit(changes: readonly BuildChange[]): Promise<'committed' | 'moved'> {
    return answered(() => {
      const fillings = changes.flatMap((change) => {
        const filling = this.fillings.get(change.build.build);
        if (filling?.build.checkpoint !== change.expected) return [];
        return (change.expectedParked ?? filling.parked.length) === filling.parked.length ? [{ filling, change }] : [];
      });
      if (fillings.length < changes.length) return 'moved';
      for (const { filling, change } of fillings) this.write(filling, change);
      this.announcements.committed(changesOf(changes, new Set(this.live().map(({ build }) => build.build))));
      return 'committed';
    });
  }

  switchTo(projection: Projection, { build }: BuildName, at?: Position): Promise<Switched> {
    return answered(() => {
      const filling = this.fillings.get(build);
      if (filling?.build.state !== 'filling') return 'gone';
      const live = this.live().find((standing) => standing.build.projection === projection.name);
      const { checkpoint } = filling.build;
      if (checkpoint !== (at ?? checkpoint) || (live !== undefined && checkpoint < live.build.checkpoint)) return 'behind';
      if (keysParked(filling) > (live === undefined ? 0 : keysParked(live))) return 'parks-more';
      if (live !== undefined) this.fillings.delete(live.build.build);
      filling.build = { ...filling.build, state: 'live' };
      this.announcements.committed([]);
      return 'switched';
    });
  }

  findParked(id: string): Promise<(ParkedKey & { readonly build: number }) | undefined> {
    return answered(() => this.parkedKeys().find((parked) => parked.id === id));
  }

  private write(filling: Filling, { next, nextHash, writes, unparks, parks }: BuildChange): void {
    for (const { table, key, row } of writes) {
      const rows = filling.tables.get(table)?.rows;
      if (row === undefined) rows?.delete(key);
      else rows?.set(key, storedRow(key, encodeRow(row)));
    }
    const kept = filling.parked.filter(({ parked }) => !unparks.some(({ table, key }) => table === parked.table && key === parked.key));
    filling.parked = [...kept, ...parks.map((event) => ({ id: ++this.lastParked, parked: event }))];
    const { hash, ...build } = filling.build;
    filling.build = { ...build, checkpoint: next, ...defined({ hash: next === build.checkpoint ? hash : nextHash }) };
  }

  private parkedKeys(): readonly (ParkedKey & { readonly build: number })[] {
    return [...this.fillings.values()].flatMap(({ build, parked }) => {
      const queueOf = (head: ParkedEvent): readonly Parked[] =>
        parked.filter((other) => other.parked.table === head.table && other.parked.key === head.key);
      return parked
        .filter((candidate) => queueOf(candidate.parked)[0] === candidate)
        .map(({ id, parked: head }) => ({
          id: String(id),
          projection: head.table,
          key: head.key,
          position: head.event.position,
          stream: head.event.stream,
          type: head.event.type,
          eventId: head.event.id,
          error: head.error ?? '',
          parkedAt: head.parkedAt,
          waiting: queueOf(head).length - 1,
          filling: build.state === 'filling',
          build: build.build,
        }));
    });
  }

  private insert(projection: Projection, state: Build['state']): Build {
    const { name: named, version } = projection;
    const build: Build = {
      projection: named,
      build: ++this.lastBuild,
      version,
      columns: columnsOf(projection),
      state,
      checkpoint: '',
    };
    const tables = new Map<string, Table>(
      tablesOf(projection).map(({ name, columns }) => [name, { columns: Object.keys(columns), rows: new Map() }]),
    );
    this.fillings.set(build.build, { build, tables, parked: [] });
    return build;
  }

  private live(): readonly Filling[] {
    return [...this.fillings.values()].filter(({ build }) => build.state === 'live');
  }

  private standing(): readonly Build[] {
    return [...this.fillings.values()]
      .map(({ build }) => build)
      .sort((a, b) => (a.state === b.state ? a.build - b.build : a.state === 'live' ? -1 : 1));
  }

  private liveTable(name: string): { readonly filling: Filling; readonly table: Table } {
    for (const filling of this.live()) {
      const table = filling.tables.get(name);
      if (table !== undefined) return { filling, table };
    }
    throw new UnknownTable(name);
  }

  private storedRows(name: string): readonly StoredRow[] {
    return [...this.liveTable(name).table.rows.values()];
  }
}

const keysParked = ({ parked }: Filling): number => new Set(parked.map(({ parked: { table, key } }) => `${table} ${key}`)).size;

/** `row` is for comparing alone: who asks for it is given another one, made of the text. */
export type StoredRow = { readonly key: string; readonly text: string; readonly row: Row };

/** Of each text, the row is read once: a hundred selections may compare it. */
const storedRow = (key: string, text: string): StoredRow => {
  let read: Row | undefined;
  return {
    key,
    text,
    get row() {
      return (read ??= decodeRow(text));
    },
  };
};

const valueOf = ({ key, row }: StoredRow, column: string): ColumnValue => (column === 'key' ? key : columnValue(row[column]));

const demandKnown = (name: string, columns: readonly string[], named: readonly { readonly column: string }[]): void => {
  for (const { column } of named) if (column !== 'key' && !columns.includes(column)) throw new UnknownColumn(name, column);
};

export const rowsWhere = (
  name: string,
  columns: readonly string[],
  rows: readonly StoredRow[],
  where: readonly Condition[] = [],
): readonly StoredRow[] => {
  demandKnown(name, columns, where);
  return rows.filter((row) => where.every((condition) => meets(valueOf(row, condition.column), condition)));
};

/** Null stands first, as SQLite has it. */
const compare = (a: ColumnValue, b: ColumnValue): number => {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
};

type Placed = { readonly stored: StoredRow; readonly place: readonly ColumnValue[] };

export const pageOf = (
  name: string,
  columns: readonly string[],
  rows: readonly StoredRow[],
  selection: Selection,
): { readonly rows: readonly StoredRow[]; readonly next?: string } => {
  const order = [...(selection.orderBy ?? []), { column: 'key' }];
  demandKnown(name, columns, order);
  const comparePlaces = (a: readonly ColumnValue[], b: readonly ColumnValue[]): number => {
    for (const [index, part] of order.entries()) {
      const compared = compare(a[index] ?? null, b[index] ?? null);
      if (compared !== 0) return 'descending' in part && part.descending ? -compared : compared;
    }
    return 0;
  };
  const after = selection.cursor === undefined ? undefined : placeIn(name, selection.orderBy, selection.cursor);
  const placed = rowsWhere(name, columns, rows, selection.where)
    .map((stored): Placed => ({ stored, place: order.map(({ column }) => valueOf(stored, column)) }))
    .filter(({ place }) => after === undefined || comparePlaces(place, after) > 0)
    .sort((a, b) => comparePlaces(a.place, b.place));
  const limit = selection.limit ?? defaultLimit;
  const page = placed.slice(0, limit);
  const last = page.at(-1);
  const found = page.map(({ stored }) => stored);
  return placed.length > limit && last !== undefined
    ? { rows: found, next: cursorOf(name, selection.orderBy, last.place) }
    : { rows: found };
};
