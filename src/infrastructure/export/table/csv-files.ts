import type { Locale } from '../../../domain/ticket/facts';
import { civilDateOf, localTimeOf } from '../../../domain/time/civil-time';
import { byteOrderMark, csvLine, excelCsvLine } from '../../runtime/csv';
import { type Cell, cellInWords, type FileColumn, type Rows, withinItsDay } from './table';

/** The head comes with the first row: a list that cannot even begin is no file that has a head alone. */
async function* headed<Row>(head: string, rows: Rows<Row>, lineOf: (row: Row) => string): AsyncGenerator<string> {
  let before = head;
  for await (const row of rows) {
    yield before + lineOf(row);
    before = '';
  }
  if (before !== '') yield before;
}

/** For programs: RFC 4180 in UTF-8 with a byte order mark, codes and instants as the API has them. */
export const csvFile = <Row>(columns: readonly FileColumn<Row>[], rows: Rows<Row>): AsyncGenerator<string> =>
  headed(byteOrderMark + csvLine(columns.map(({ name }) => name)), rows, (row) => csvLine(columns.map(({ cell }) => cell(row))));

/** Of the clock on the wall, without seconds where there are none. */
const onTheWall = (instant: string): string => {
  const seconds = instant.slice(17, 19);
  return `${civilDateOf(instant)} ${localTimeOf(instant)}${seconds === '00' ? '' : `:${seconds}`}`;
};

const shown = <Row>(column: FileColumn<Row>, row: Row, locale: Locale): Cell => {
  const value = cellInWords(column, row, locale);
  if (typeof value !== 'string') return value;
  if (column.kind === 'due') return onTheWall(withinItsDay(value));
  return column.kind === 'instant' ? onTheWall(value) : value;
};

/** For people with an Excel that is set up in Romanian, which opens it at a click: semicolons, decimal commas, words and local hours. */
export const excelCsvFile = <Row>(columns: readonly FileColumn<Row>[], rows: Rows<Row>, locale: Locale): AsyncGenerator<string> =>
  headed(byteOrderMark + excelCsvLine(columns.map(({ title }) => title(locale))), rows, (row) =>
    excelCsvLine(columns.map((column) => shown(column, row, locale))),
  );
