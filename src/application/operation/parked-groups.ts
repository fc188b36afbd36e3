import type { Instant } from '../../domain/kernel/fact';
import type { ParkedKey } from '@tichet-albastru/event-log/ports/read-models';
import { cleanedError } from '@tichet-albastru/event-log/projector/cleaned-error';

/** The rows of one table that wait for the same reason. */
export type ParkedGroup = {
  readonly projection: string;
  /** without anything personal: `cleanedError` */
  readonly error: string;
  readonly rows: number;
  /** id of the row that was parked last: the operator who decides about the group has seen the rows up to it */
  readonly newest: string;
  /** events that wait behind those that could not be applied */
  readonly waiting: number;
  readonly oldest: Instant;
  /** the types of the events that could not be applied */
  readonly types: readonly string[];
  /** so many of the rows are of a table that is being filled and not yet read */
  readonly filling: number;
};

/** Which rows are meant: of a table, and of one error there where it is named. */
export type ParkedChoice = { readonly projection?: string; readonly error?: string };

export const isChosen = ({ projection, error }: ParkedChoice, item: ParkedKey): boolean =>
  (projection === undefined || item.projection === projection) && (error === undefined || cleanedError(item.error) === error);

/** As a program or a person gives the id of a row. */
export const parkedId = /^[1-9]\d{0,14}$/;

/** Whether it was parked before this id was given, or with it: ids rise. What is no id comes before all rows. */
export const isSeen = ({ id }: Pick<ParkedKey, 'id'>, newest: string): boolean => Number(id) <= Number(newest);

/** By table and error, the largest group first. */
export const parkedGroups = (items: readonly ParkedKey[]): readonly ParkedGroup[] => {
  const groups = new Map<string, readonly ParkedKey[]>();
  for (const item of items) {
    const name = JSON.stringify([item.projection, cleanedError(item.error)]);
    groups.set(name, [...(groups.get(name) ?? []), item]);
  }
  return [...groups.values()]
    .flatMap((rows) => {
      const [first] = rows;
      if (first === undefined) return [];
      return [
        {
          projection: first.projection,
          error: cleanedError(first.error),
          rows: rows.length,
          newest: rows.reduce((newest, row) => (isSeen(row, newest) ? newest : row.id), first.id),
          waiting: rows.reduce((sum, { waiting }) => sum + waiting, 0),
          oldest: rows.reduce((least, { parkedAt }) => (parkedAt < least ? parkedAt : least), first.parkedAt),
          types: [...new Set(rows.map(({ type }) => type))].sort(),
          filling: rows.filter(({ filling }) => filling).length,
        },
      ];
    })
    .sort((a, b) => b.rows - a.rows || (a.oldest < b.oldest ? -1 : 1));
};
