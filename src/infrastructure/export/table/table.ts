import type { Instant } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';
import { endsItsDay, plusSeconds } from '../../../domain/time/civil-time';
import { sentences, type Sentences } from '../../phrasing/sentences';

export type Cell = string | number | null;

/** What is at hand, or comes page by page. */
export type Rows<Row> = Iterable<Row> | AsyncIterable<Row>;

/** One column of a list that is taken along as a file. */
export type FileColumn<Row> = {
  /** for programs: it stays what it is */
  readonly name: string;
  /** for people */
  readonly title: (locale: Locale) => string;
  /** `date`: `2026-03-05`; `instant`: its canonical text in UTC; `due`: the instant of a target or a limit; `word`: a code that people read in words */
  readonly kind: 'text' | 'number' | 'date' | 'instant' | 'due' | 'word';
  readonly cell: (row: Row) => Cell;
  /** of a `word` */
  readonly inWords?: (code: string, locale: Locale, row: Row) => string;
};

/** What a cell is for people: a code in words, and otherwise what it is. */
export const cellInWords = <Row>({ kind, cell, inWords }: FileColumn<Row>, row: Row, locale: Locale): Cell => {
  const value = cell(row);
  return kind === 'word' && typeof value === 'string' && inWords !== undefined ? inWords(value, locale, row) : value;
};

/**
 * A target or a limit as a spreadsheet takes it: the end of a day is the last second of it. No spreadsheet has a 24:00 that is a date, and
 * by the midnight it would be found under the next day.
 */
export const withinItsDay = (due: Instant): Instant => (endsItsDay(due) ? plusSeconds(due, -1) : due);

export type ColumnTitle = Exclude<keyof Sentences['export']['files']['columns'], 'gradeOf'>;

export const titled =
  (name: ColumnTitle) =>
  (locale: Locale): string =>
    sentences[locale].export.files.columns[name];

/** The word for a code, in one list of words; the code itself where there is none. */
export const wordIn =
  (words: (all: Sentences) => Readonly<Record<string, string>>) =>
  (code: string, locale: Locale): string =>
    new Map(Object.entries(words(sentences[locale]))).get(code) ?? code;

/** The word for what is `true` or `false`. */
export const yesOrNo = (code: string, locale: Locale): string => sentences[locale].export.files[code === 'true' ? 'yes' : 'no'];
