import { LRUCache } from 'lru-cache';
import { sql, type CompiledQuery, type RawBuilder } from 'kysely';
import type { Columns } from '../ports/projection';
import { type ColumnValue, type Condition, type Selection, UnknownColumn } from '../ports/read-models';
import type { Query } from '../database/sql/rows.codec';
import { columnName, defaultLimit, placeIn, type ColumnType } from './columns';
import type { Dialect } from './dialect';

/** A table to select from: its name in the database, its projection's name for errors, and what may be compared. */
export type SelectedTable = { readonly table: string; readonly build: number; readonly name: string; readonly columns: Columns };
type PageQuery = Query & { readonly limit: number };

/** What a selection brings anew each time: everything else of it is its shape. */
type Asked = { readonly where: readonly Condition[]; readonly place: readonly ColumnValue[]; readonly limit: number };
type Take = (asked: Asked) => unknown;
type Known = { readonly column: RawBuilder<ColumnValue>; readonly type: ColumnType };
type Ordered = Known & { readonly descending: boolean };
type Shape = { readonly sql: string; readonly takes: readonly Take[] };

const key = sql<ColumnValue>`${sql.id('key')}`;

/** Selections and counts as SQL of one dialect. The text is composed once for each shape of selection, and every value is bound. */
export class Selecting {
  private readonly shapes = new LRUCache<string, Shape>({ max: 500 });

  constructor(private readonly dialect: Dialect) {}

  page(from: SelectedTable, selection: Selection = {}): PageQuery {
    const { where = [], orderBy = [], cursor } = selection;
    const limit = selection.limit ?? defaultLimit;
    const place = cursor === undefined ? undefined : placeIn(from.name, orderBy, cursor);
    let name = `page ${from.table}${shapeOf(where)}`;
    for (const { column, descending } of orderBy) name += `${descending === true ? '\n-' : '\n+'}${column}`;
    if (place !== undefined) name += `\n>${place.map((part) => (part === null ? '0' : '1')).join('')}`;
    const shape = this.shapes.get(name) ?? this.remember(name, this.composePage(from, where, orderBy, place));
    return { ...queryOf(shape, { where, place: place ?? [], limit }), limit };
  }

  count(from: SelectedTable, where: readonly Condition[] = []): Query {
    const name = `count ${from.table}${shapeOf(where)}`;
    const shape = this.shapes.get(name) ?? this.remember(name, this.composeCount(from, where));
    return queryOf(shape, { where, place: [], limit: 0 });
  }

  private composePage(
    from: SelectedTable,
    where: readonly Condition[],
    orderBy: NonNullable<Selection['orderBy']>,
    place: readonly ColumnValue[] | undefined,
  ): Shape {
    const order: readonly Ordered[] = [
      ...orderBy.map(({ column, descending }) => ({ ...known(from, column), descending: descending === true })),
      { column: key, type: 'text', descending: false },
    ];
    const bound = new Bound();
    let query = this.from(from)
      .select(['key', 'row'])
      .select(order.map(({ column }, index) => column.as(`o${index}`)))
      .select(this.stands(from));
    for (const condition of this.conditions(from, where, bound)) query = query.where(condition);
    if (place !== undefined) query = query.where(this.afterPlace(order, place, bound));
    for (const { column, descending } of order) {
      // The key is never null, and its index stands in plain order.
      const nulls = column === key ? sql`` : descending ? this.dialect.nullsLast : this.dialect.nullsFirst;
      query = query.orderBy(sql`${column}${descending ? sql` desc` : sql``}${nulls}`);
    }
    return bound.shapeOf(query.limit(bound.value(({ limit }) => limit + 1)).compile());
  }

  private composeCount(from: SelectedTable, where: readonly Condition[]): Shape {
    const bound = new Bound();
    let query = this.from(from)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .select(this.stands(from));
    for (const condition of this.conditions(from, where, bound)) query = query.where(condition);
    return bound.shapeOf(query.compile());
  }

  /** Does this build still stand? Asked in the statement that reads its table: another connection may have replaced it. */
  private stands({ build }: SelectedTable) {
    return sql<boolean>`exists (select 1 from ${sql.raw(this.dialect.place('builds'))} where build = ${sql.lit(build)})`.as('stands');
  }

  private from({ table }: SelectedTable) {
    const { kysely, schema } = this.dialect;
    return (schema === undefined ? kysely : kysely.withSchema(schema)).selectFrom(table);
  }

  private conditions(from: SelectedTable, where: readonly Condition[], bound: Bound): readonly RawBuilder<boolean>[] {
    return where.flatMap((condition, index) => {
      const { column, type } = known(from, condition.column);
      if ('is' in condition) {
        if (condition.is === null) return [sql<boolean>`${column} is null`];
        return [sql<boolean>`${column} = ${bound.value(({ where: asked }) => this.dialect.value(type, isOf(asked[index])))}`];
      }
      if ('in' in condition) {
        return [
          this.dialect.isOneOf(
            column,
            type,
            bound.value(({ where: asked }) => this.dialect.list(type, listOf(asked[index]))),
          ),
        ];
      }
      const compared = (operator: '>=' | '<', end: 'from' | 'before'): RawBuilder<boolean> =>
        sql<boolean>`${column} ${sql.raw(operator)} ${bound.value(({ where: asked }) => this.dialect.value(type, endOf(asked[index], end)))}`;
      return [
        ...(condition.from === undefined ? [] : [compared('>=', 'from')]),
        ...(condition.before === undefined ? [] : [compared('<', 'before')]),
      ];
    });
  }

  /** Everything that stands after a place in this order. */
  private afterPlace(order: readonly Ordered[], place: readonly ColumnValue[], bound: Bound): RawBuilder<boolean> {
    const value = ({ type }: Known, index: number): RawBuilder<unknown> =>
      bound.value(({ place: asked }) => this.dialect.value(type, asked[index] ?? null));
    const equal = (part: Ordered, index: number): RawBuilder<boolean> =>
      (place[index] ?? null) === null ? sql<boolean>`${part.column} is null` : sql<boolean>`${part.column} = ${value(part, index)}`;
    const beyond = (part: Ordered, index: number): readonly RawBuilder<boolean>[] => {
      const { column, descending } = part;
      if ((place[index] ?? null) === null) return descending ? [] : [sql<boolean>`${column} is not null`];
      return [
        descending
          ? sql<boolean>`(${column} < ${value(part, index)} or ${column} is null)`
          : sql<boolean>`${column} > ${value(part, index)}`,
      ];
    };
    const alternatives = order.flatMap((part, index) => {
      const before = order.slice(0, index).map(equal);
      return beyond(part, index).map((last) => sql<boolean>`(${sql.join([...before, last], sql` and `)})`);
    });
    return sql<boolean>`(${sql.join(alternatives, sql` or `)})`;
  }

  private remember(name: string, shape: Shape): Shape {
    this.shapes.set(name, shape);
    return shape;
  }
}

/** Which comparisons there are, of what, and where nothing is compared with: it is written in another way. */
const shapeOf = (where: readonly Condition[]): string => {
  let shape = '';
  for (const condition of where) {
    shape += '\n';
    if ('is' in condition) shape += condition.is === null ? '0' : '=';
    else if ('in' in condition) shape += '?';
    else shape += `${condition.from === undefined ? '' : '['}${condition.before === undefined ? '' : ')'}`;
    shape += condition.column;
  }
  return shape;
};

const queryOf = ({ sql: text, takes }: Shape, asked: Asked): Query => ({ text, values: takes.map((take) => take(asked)) });

/** @throws UnknownColumn */
const known = ({ name, columns }: SelectedTable, column: string): Known => {
  if (column === 'key') return { column: key, type: 'text' };
  const type = Object.hasOwn(columns, column) ? columns[column] : undefined;
  if (type === undefined) throw new UnknownColumn(name, column);
  return { column: sql<ColumnValue>`${sql.raw(columnName(column))}`, type };
};

/** Where each bound value is to be taken from. In a text that is composed, the number of its place there stands for the value. */
class Bound {
  private readonly taking: Take[] = [];

  value(take: Take): RawBuilder<number> {
    this.taking.push(take);
    return sql<number>`${this.taking.length - 1}`;
  }

  shapeOf({ sql: text, parameters }: CompiledQuery): Shape {
    return { sql: text, takes: parameters.flatMap((place) => this.taking[Number(place)] ?? []) };
  }
}

const isOf = (condition: Condition | undefined): string | number | boolean | null =>
  condition !== undefined && 'is' in condition ? condition.is : null;
const listOf = (condition: Condition | undefined): readonly (string | number)[] =>
  condition !== undefined && 'in' in condition ? condition.in : [];
const endOf = (condition: Condition | undefined, end: 'from' | 'before'): string | number | null =>
  condition === undefined || 'is' in condition || 'in' in condition ? null : (condition[end] ?? null);
