import type { Locale } from '../../../domain/ticket/facts';

export type Cell = string | number | null;

/** One column of a list that is taken along as a file. */
export type FileColumn<Row> = {
  /** for programs: it stays what it is */
  readonly name: string;
  /** for people */
  readonly title: (locale: Locale) => string;
  /** `date`: `2026-03-05`; `instant`: its canonical text in UTC; `word`: a code that people read in words */
  readonly kind: 'text' | 'number' | 'date' | 'instant' | 'word';
  readonly cell: (row: Row) => Cell;
  /** of a `word` */
  readonly inWords?: (code: string, locale: Locale, row: Row) => string;
};

/** What a cell is for people: a code in words, and otherwise what it is. */
export const cellInWords = <Row>({ kind, cell, inWords }: FileColumn<Row>, row: Row, locale: Locale): Cell => {
  const value = cell(row);
  return kind === 'word' && typeof value === 'string' && inWords !== undefined ? inWords(value, locale, row) : value;
};
