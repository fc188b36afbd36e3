import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import { bitByBit } from '../runtime/opened-for';

export type ExportFormat = 'jsonl' | 'csv' | 'pdf' | 'json' | 'txt' | 'ndjson' | 'xlsx';

export const spreadsheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const types: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'application/x-ndjson; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: spreadsheetType,
};

/** A file to keep: nobody else's copy, and never shown as a page. @param name of ASCII, without quotes */
export const sendExport = (reply: FastifyReply, name: string, format: ExportFormat, content: string | Buffer | Readable): void => {
  void reply
    .headers({
      'content-type': types[format],
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    })
    .send(content);
};

type Part = string | Uint8Array;

async function* withFirst(first: IteratorResult<Part>, others: AsyncGenerator<Part>): AsyncGenerator<Part> {
  if (first.done !== true) yield first.value;
  yield* others;
}

/** Part by part as the reader takes them. What cannot even begin is thrown here, and is no file that breaks off. */
export const sendLines = async (reply: FastifyReply, name: string, format: ExportFormat, lines: AsyncGenerator<Part>): Promise<void> => {
  const first = await lines.next();
  sendExport(reply, name, format, bitByBit(withFirst(first, lines)));
};
