import type { DomainEvent } from '../../domain/facts';
import type { Row } from './read-models';

/**
 * A table made of facts: a pure function of row and fact. No clock, no look-ups, no opened seal.
 * The projector loads the rows, folds, writes them and moves the checkpoint in one transaction.
 */
export type Projection<R extends Row = Row> = {
  readonly name: string;
  /** A new version fills beside the old one and replaces it in one step. */
  readonly version: number;
  /** Columns that queries may compare and order by; each is the row's own top-level field of that name. */
  readonly columns: { readonly [column: string]: 'text' | 'integer' };
  /** Which rows this event touches; none for most events. */
  keysOf(event: DomainEvent): readonly string[];
  /** The row after the event; `undefined` removes it. */
  apply(row: R | undefined, event: DomainEvent, key: string): R | undefined;
};
