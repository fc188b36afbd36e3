import type { Instant } from '@tichet-albastru/kernel/fact';
import type { Position } from './event-store';

/** A row as projections make it: plain JSON. */
export type Row = Readonly<Record<string, unknown>>;

/** Comparisons over the indexed columns that a projection declares; all of them must hold. */
export type Condition =
  | { readonly column: string; readonly is: string | number | boolean | null }
  | { readonly column: string; readonly in: readonly (string | number)[] }
  /** inclusive `from`, exclusive `before`; either may be left out */
  | { readonly column: string; readonly from?: string | number; readonly before?: string | number };

/** What an indexed column holds. */
export type ColumnValue = string | number | null;

/** The value of an indexed column: booleans as 0 and 1, an absent value or one that is not plain as null. */
export const columnValue = (value: unknown): ColumnValue => {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return null;
};

/** A range without either end leaves nothing out, not even what holds nothing. */
const isUnbounded = (condition: Condition): boolean =>
  !('in' in condition) && !('is' in condition) && condition.from === undefined && condition.before === undefined;

/** Whether a column that holds this meets the condition, as every table of the reading side tells it. */
export const meets = (value: ColumnValue, condition: Condition): boolean => {
  if ('is' in condition) return value === columnValue(condition.is);
  if (value === null) return isUnbounded(condition);
  if ('in' in condition) return condition.in.includes(value);
  return (condition.from === undefined || value >= condition.from) && (condition.before === undefined || value < condition.before);
};

export type Selection = {
  readonly where?: readonly Condition[];
  /** indexed columns; the row's key is always the last tie-breaker */
  readonly orderBy?: readonly { readonly column: string; readonly descending?: boolean }[];
  readonly limit?: number;
  /** the opaque `next` of the page before */
  readonly cursor?: string;
};
export type Page<R> = { readonly rows: readonly R[]; readonly next?: string };

/** A key whose event threw: reads of it answer `parked`, later events of it wait. */
export type ParkedKey = {
  /** a number; a key that is parked later has a greater one */
  readonly id: string;
  readonly projection: string;
  readonly key: string;
  readonly position: Position;
  /** the stream and the type of the event that cannot be applied */
  readonly stream: string;
  readonly type: string;
  readonly eventId: string;
  readonly error: string;
  readonly parkedAt: string;
  /** events of this key that wait behind it */
  readonly waiting: number;
  /** the table that has it is being filled and not yet read */
  readonly filling: boolean;
};

/** A row changed, was removed, or came: told once the change can be read. `dueAt` is the new row's own, if it has one. */
export type RowChange = { readonly projection: string; readonly key: string; readonly position: Position; readonly dueAt?: Instant };

/** Reads of one table of the read models, by the projection's name. Rows come as the projection wrote them. */
export type ReadModels = {
  /** @throws RowParked */
  get<R extends Row>(projection: string, key: string): Promise<R | undefined>;
  select<R extends Row>(projection: string, selection?: Selection): Promise<Page<R>>;
  count(projection: string, where?: readonly Condition[]): Promise<number>;
  /** How far this projection has read; empty string before the first event. */
  position(projection: string): Promise<Position>;
  /** Resolves once every live projection has passed `position`; false when `timeoutMilliseconds` went by first. */
  reached(position: Position, timeoutMilliseconds: number): Promise<boolean>;
  parked(): Promise<readonly ParkedKey[]>;
  /**
   * Row changes of the live tables from now on. Changes of one row may be told as one.
   * Ends when `signal` aborts, and when the reader is so slow that it must read the table anew.
   */
  changes(signal: AbortSignal): AsyncIterable<RowChange>;
};

/** This row waits for a person: an event of its key could not be applied. */
export class RowParked extends Error {
  override readonly name = 'RowParked';
  constructor(
    readonly projection: string,
    readonly key: string,
  ) {
    super(`The row ${key} of ${projection} is parked.`);
  }
}

/** A query named a column that the table, as it is filled now, does not index. */
export class UnknownColumn extends Error {
  override readonly name = 'UnknownColumn';
  constructor(table: string, column: string) {
    super(`The table ${table} has no indexed column ${column}.`);
  }
}

/** A page was asked for with a `cursor` that no page of this selection gave. */
export class InvalidCursor extends Error {
  override readonly name = 'InvalidCursor';
  constructor() {
    super('This cursor belongs to another list.');
  }
}
