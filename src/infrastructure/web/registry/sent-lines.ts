import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { HttpProblem } from '../../api/problem/problem';
import { isForPrograms } from '../../api/problem/problem-pages';
import type { ImportFormat } from '../../outside/document-system/import/line-records';

/** Lines as an official sent them. */
export type SentLines = { readonly format: ImportFormat; readonly input: Readable };
/** Why nothing was read. */
type WrongSending = 'no-file' | 'no-text' | 'too-long';

export const textField = 'randuri';
export const fileField = 'fisier';

/** White space before the first line; with more of it, there is nothing in the file that a person would have put there. */
const longestBlank = 64 * 1024;

/**
 * Parts, or what is in one, as they come. A form that ends before its end is the sender's fault or the network's, not ours; the
 * parser says so in an error of no kind.
 * @throws HttpProblem `invalid`
 */
export const unbroken = async function* <T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw error instanceof Error && 'statusCode' in error ? error : new HttpProblem({ code: 'invalid' });
  }
};

const isBlank = (bytes: Buffer): boolean => bytes.toString('latin1').trim() === '';
const opensObject = (bytes: Buffer): boolean =>
  bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
    .startsWith('{');

type Arriving = {
  /** nothing when only white space came, or when more white space came first than a file has by intent */
  readonly lines?: SentLines;
  /** What was not read must still arrive, or the browser is never answered. */
  readonly drain: () => Promise<void>;
};

/** What kind of lines these are is seen from their beginning: names and types of files are given at random. */
const arriving = async (source: AsyncIterable<unknown>): Promise<Arriving> => {
  const chunks = unbroken(source);
  const drain = async (): Promise<void> => {
    while ((await chunks.next()).done !== true);
  };
  let begun: Buffer = Buffer.alloc(0);
  let ended = false;
  while (!ended && begun.length <= longestBlank && isBlank(begun)) {
    const next = await chunks.next();
    ended = next.done === true;
    if (Buffer.isBuffer(next.value)) begun = Buffer.concat([begun, next.value]);
  }
  if (isBlank(begun)) return { drain };
  const whole = async function* (): AsyncGenerator<Buffer> {
    yield begun;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) {
      if (Buffer.isBuffer(next.value)) yield next.value;
    }
  };
  return { lines: { format: opensObject(begun) ? 'ndjson' : 'csv', input: Readable.from(whole()) }, drain };
};

/**
 * Takes the one file, or the lines that were pasted, and gives them on as they come: each has a form of its own.
 * @throws HttpProblem `unsupported-media-type` when no form with a file was sent, `invalid` when it ends before its end
 */
export const takeLines = async <T extends object>(
  request: FastifyRequest,
  use: (lines: SentLines) => Promise<T>,
): Promise<T | WrongSending> => {
  if (!request.isMultipart()) throw new HttpProblem({ code: 'unsupported-media-type' });
  let pasted: { readonly text: string; readonly tooLong: boolean } | undefined;
  let taken: T | undefined;
  try {
    for await (const part of unbroken(request.parts())) {
      if (part.type === 'field') {
        if (part.fieldname !== textField) continue;
        pasted = { text: typeof part.value === 'string' ? part.value : '', tooLong: part.valueTruncated };
        continue;
      }
      const { lines, drain } = await arriving(part.file);
      try {
        if (lines !== undefined) taken = await use(lines);
      } finally {
        await drain();
      }
    }
  } catch (error) {
    // a fault in what comes behind the file (a second file, say) changes nothing: they are told what has gone in
    if (taken === undefined) throw error;
  }
  if (taken !== undefined) return taken;
  if (pasted === undefined) return 'no-file';
  if (pasted.tooLong) return 'too-long';
  const { lines } = await arriving(Readable.from([Buffer.from(pasted.text)]));
  return lines === undefined ? 'no-text' : use(lines);
};

/** Lines that were pasted: a page takes few, a file as many as there are. */
export const longestPastedBytes = 100 * 1024;

const takesFiles = (request: FastifyRequest): boolean => !isForPrograms(request) && request.routeOptions.url?.endsWith('/import') === true;

/** Files that browsers send, as streams; only the pages that import take them. */
export const takeUploads = async (app: NestFastifyApplication): Promise<void> => {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  await server.register(multipart, {
    // a file is read line by line, and its lines have a limit of their own
    limits: { files: 1, fileSize: Infinity, fields: 2, fieldSize: longestPastedBytes, parts: 3, headerPairs: 20 },
  });
  server.addHook('preParsing', (request, _, payload, done) => {
    const isUpload = request.headers['content-type']?.toLowerCase().startsWith('multipart/') === true;
    if (isUpload && !takesFiles(request)) done(new HttpProblem({ code: 'unsupported-media-type' }));
    else done(null, payload);
  });
};
