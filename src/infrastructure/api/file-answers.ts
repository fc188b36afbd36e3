import type { FastifyReply, FastifyRequest } from 'fastify';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Locale } from '../../domain/ticket/facts';
import { sendLines, spreadsheetType } from '../export/send-export';
import { csvFile, excelCsvFile } from '../export/table/csv-files';
import type { FileColumn, Rows } from '../export/table/table';
import { xlsxFile } from '../export/table/xlsx-file';
import { localeOf } from './problem/language';

/** Forms of a list that is taken along whole; `csv-ro` is what an Excel that is set up in Romanian opens at a click. */
export const fileFormats = ['csv', 'csv-ro', 'xlsx'] as const;
export type FileFormat = (typeof fileFormats)[number];
export const listFormats = ['json', ...fileFormats] as const;
export type ListFormat = (typeof listFormats)[number];
/** Media types of files, beside JSON. */
export const fileTypes: readonly string[] = ['text/csv', spreadsheetType];

/** A list as a file: its name without an ending, the title of its sheet, its columns and every row. */
export type FileOfList<Row> = {
  readonly name: string;
  readonly title: (locale: Locale) => string;
  readonly columns: readonly FileColumn<Row>[];
  readonly rows: Rows<Row>;
};

/** Sends it row by row as the reader takes them. */
export const sendFile = async <Row>(reply: FastifyReply, format: FileFormat, file: FileOfList<Row>, locale: Locale): Promise<void> => {
  const { name, title, columns, rows } = file;
  switch (format) {
    case 'csv':
      return sendLines(reply, `${name}.csv`, 'csv', csvFile(columns, rows));
    case 'csv-ro':
      return sendLines(reply, `${name}.csv`, 'csv', excelCsvFile(columns, rows, locale));
    case 'xlsx':
      return sendLines(reply, `${name}.xlsx`, 'xlsx', xlsxFile({ title: title(locale), columns, rows }, locale));
  }
};

/** What was asked for: by `format`, else by `Accept`. */
export const formatOf = ({ headers }: FastifyRequest, format: ListFormat | undefined): ListFormat => {
  if (format !== undefined) return format;
  const accept = headers.accept ?? '';
  if (/\btext\/csv\b/.test(accept)) return 'csv';
  return accept.includes(spreadsheetType) ? 'xlsx' : 'json';
};

/** A list as a file, headed in the language of the answer. */
export const answerFile = <Row>(
  request: FastifyRequest,
  reply: FastifyReply,
  format: FileFormat | undefined,
  file: FileOfList<Row>,
): Promise<void> => {
  void reply.header('Vary', 'Accept, Accept-Language');
  return sendFile(reply, format ?? 'csv', file, localeOf(request.headers['accept-language']));
};

/** The form of the file that an address of a page names: `lista.csv`, `lista-excel.csv` or `lista.xlsx`; `undefined` for another. */
export const formatOfPath = ({ url }: Pick<FastifyRequest, 'url'>): FileFormat | undefined => {
  const path = url.split('?')[0] ?? '';
  if (path.endsWith('-excel.csv')) return 'csv-ro';
  return path.endsWith('.csv') ? 'csv' : path.endsWith('.xlsx') ? 'xlsx' : undefined;
};

const rowsAtOnce = 500;

/** Every row of a list that is answered page by page. */
export async function* everyRow<Row>(
  ask: (page: { readonly limit: number; readonly cursor?: string }) => Promise<{ readonly rows: readonly Row[]; readonly next?: string }>,
): AsyncGenerator<Row> {
  for (let cursor: string | undefined; ;) {
    const { rows, next } = await ask({ limit: rowsAtOnce, ...defined({ cursor }) });
    yield* rows;
    if (next === undefined) return;
    cursor = next;
  }
}
