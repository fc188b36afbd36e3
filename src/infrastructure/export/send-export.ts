import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';
import { bitByBit } from '../runtime/opened-for';

export type ExportFormat = 'jsonl' | 'csv' | 'pdf' | 'json' | 'txt' | 'ndjson';

const types: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'application/x-ndjson; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  pdf: 'application/pdf',
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

async function* withFirst(first: IteratorResult<string>, others: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done !== true) yield first.value;
  yield* others;
}

/** Line by line as the reader takes them. What cannot even begin is thrown here, and is no file that breaks off. */
export const sendLines = async (reply: FastifyReply, name: string, format: ExportFormat, lines: AsyncGenerator<string>): Promise<void> => {
  const first = await lines.next();
  sendExport(reply, name, format, bitByBit(withFirst(first, lines)));
};
