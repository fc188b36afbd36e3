import type { Locale } from '../../../domain/ticket/facts';
import { civilDateOf, localTimeOf } from '../../../domain/time/civil-time';
import { byteOrderMark, csvLine, excelCsvLine } from '../../runtime/csv';
import { type Cell, cellInWords, type FileColumn } from './table';

/** For programs: RFC 4180 in UTF-8 with a byte order mark, codes and instants as the API has them. */
export async function* csvFile<Row>(columns: readonly FileColumn<Row>[], rows: AsyncIterable<Row>): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(columns.map(({ name }) => name));
  for await (const row of rows) yield csvLine(columns.map(({ cell }) => cell(row)));
}

/** Of the clock on the wall, without seconds where there are none. */
const onTheWall = (instant: string): string => {
  const seconds = instant.slice(17, 19);
  return `${civilDateOf(instant)} ${localTimeOf(instant)}${seconds === '00' ? '' : `:${seconds}`}`;
};

const shown = <Row>(column: FileColumn<Row>, row: Row, locale: Locale): Cell => {
  const value = cellInWords(column, row, locale);
  return column.kind === 'instant' && typeof value === 'string' ? onTheWall(value) : value;
};

/** For people with an Excel that is set up in Romanian, which opens it at a click: semicolons, decimal commas, words and local hours. */
export async function* excelCsvFile<Row>(
  columns: readonly FileColumn<Row>[],
  rows: AsyncIterable<Row>,
  locale: Locale,
): AsyncGenerator<string> {
  yield byteOrderMark + excelCsvLine(columns.map(({ title }) => title(locale)));
  for await (const row of rows) yield excelCsvLine(columns.map((column) => shown(column, row, locale)));
}
