import { isJsonObject } from '@tichet-albastru/kernel/json.codec';
import { CsvError, parse } from 'csv-parse';
import type { Readable } from 'node:stream';
import { readStrictJson } from '@tichet-albastru/kernel/strict-json';
import { jsonFaultSentences } from '../../../phrasing/problems/catalogue';
import type { LineFault } from './import-report';
import { inBoth } from '../../../phrasing/sentences';

export type ImportFormat = 'csv' | 'ndjson';
/** One record of a file as it was written: nothing is checked yet but its form. */
export type LineRecord = { readonly line: number; readonly fields: Readonly<Record<string, unknown>> };

const longestRecord = 16 * 1024;

const csvFaults: Readonly<Record<string, LineFault['message']>> = inBoth.outside.lineRecords.csvFaults;
const csvFault = (error: CsvError | undefined, line: number): LineFault => ({
  line: typeof error?.['lines'] === 'number' ? error['lines'] : line,
  message: csvFaults[error?.code ?? ''] ?? inBoth.outside.lineRecords.lineNotCorrectCsv,
});

const otherSeparator = inBoth.outside.lineRecords.otherSeparator;
const duplicateColumn = inBoth.outside.lineRecords.duplicateColumn;
const noHeader = inBoth.outside.lineRecords.noHeader;

/** What leaves no cell to be read: bytes of another encoding, a name twice. Both would be taken for something else, line after line. */
const headerFault = (header: readonly string[]): LineFault | undefined => {
  if (header.some(isBroken)) return { line: 1, message: jsonFaultSentences['not-utf-8'] };
  // as spreadsheets write it where the comma stands in numbers, in Romania too
  if (header.length === 1 && header[0]?.includes(';') === true) return { line: 1, message: otherSeparator };
  return new Set(header).size < header.length ? { line: 1, message: duplicateColumn } : undefined;
};
/** The decoder's mark for bytes that are not UTF-8, as of a table saved in Windows-1250: a name with it would match no name. */
const isBroken = (text: string): boolean => text.includes('\uFFFD');
const brokenCell = ({ line, fields }: CsvLine): LineFault | undefined => {
  const field = Object.entries(fields).find(([, cell]) => isBroken(cell))?.[0];
  return field === undefined ? undefined : { line, field, message: jsonFaultSentences['not-utf-8'] };
};
type CsvLine = { readonly line: number; readonly fields: Readonly<Record<string, string>> };

const isCsvRecord = (
  value: unknown,
): value is { readonly record: Readonly<Record<string, string>>; readonly info: { readonly lines: number } } =>
  isJsonObject(value) && isJsonObject(value['record']) && isJsonObject(value['info']);

/** Comma, RFC 4180, UTF-8, a header line. An empty cell is a field that is not there. */
const csvRecords = async function* (input: Readable): AsyncGenerator<LineRecord | LineFault> {
  const skipped: LineFault[] = [];
  let header: readonly string[] | undefined;
  const parser = parse({
    columns: (names: string[]) => {
      header = names;
      return names;
    },
    bom: true,
    info: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: longestRecord,
  });
  let line = 1;
  let overlong: LineFault | undefined;
  parser.on('skip', (error: CsvError | undefined) => {
    const fault = csvFault(error, line + 1);
    if (overlong !== undefined) return;
    if (error?.code === 'CSV_MAX_RECORD_SIZE') overlong = fault;
    skipped.push(fault);
  });
  // what breaks off on its way is no file that ended
  input.once('error', (error: Error) => parser.destroy(error));
  try {
    for await (const part of input.pipe(parser)) {
      const wrong = headerFault(header ?? []);
      if (wrong !== undefined) {
        yield wrong;
        return;
      }
      yield* skipped.splice(0);
      if (!isCsvRecord(part)) continue;
      line = part.info.lines;
      // What follows may be the rest of that line, and pass for a line of its own.
      if (overlong !== undefined && line >= overlong.line) return;
      const record = { line, fields: Object.fromEntries(Object.entries(part.record).filter(([, cell]) => cell !== '')) };
      yield brokenCell(record) ?? record;
    }
    const missing = header === undefined ? { line: 1, message: noHeader } : headerFault(header);
    if (missing !== undefined) yield missing;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield csvFault(error, line + 1);
  }
  yield* skipped;
};

const ndjsonRecord = (bytes: Buffer, line: number): LineRecord | LineFault | undefined => {
  if (bytes.length === 0) return undefined;
  const read = readStrictJson(bytes);
  if ('fault' in read)
    return { line, ...(read.fault.field === '' ? {} : { field: read.fault.field }), message: jsonFaultSentences[read.fault.kind] };
  return isJsonObject(read.value) ? { line, fields: read.value } : { line, message: inBoth.outside.lineRecords.mustJsonObject };
};

const newline = 0x0a;
const tooLong = inBoth.outside.lineRecords.tooLong;

/** One JSON object a line. A line over the limit is passed over without being kept. */
const ndjsonRecords = async function* (input: Readable): AsyncGenerator<LineRecord | LineFault> {
  let rest: Buffer = Buffer.alloc(0);
  let overlong = false;
  let line = 1;
  const finished = (bytes: Buffer): LineRecord | LineFault | undefined =>
    overlong || bytes.length > longestRecord ? { line, message: tooLong } : ndjsonRecord(withoutReturn(bytes), line);
  for await (const chunk of input) {
    if (!Buffer.isBuffer(chunk)) continue;
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline)) {
      const record = finished(rest.subarray(0, end));
      if (record !== undefined) yield record;
      rest = rest.subarray(end + 1);
      overlong = false;
      line += 1;
    }
    if (rest.length > longestRecord) {
      rest = Buffer.alloc(0);
      overlong = true;
    }
  }
  const last = rest.length > 0 || overlong ? finished(rest) : undefined;
  if (last !== undefined) yield last;
};
const withoutReturn = (bytes: Buffer): Buffer => (bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes);

export const recordsOf = (format: ImportFormat, input: Readable): AsyncGenerator<LineRecord | LineFault> =>
  format === 'csv' ? csvRecords(input) : ndjsonRecords(input);
