import { isJsonObject } from '@tichet-albastru/kernel/json.codec';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpProblem } from '../problem/problem';
import { isOurs } from '../problem/problem-pages';
import { jsonFaultSentences } from '../../phrasing/problems/catalogue';
import { keepRawBody } from './raw-body';
import { readStrictJson, type JsonFault } from '@tichet-albastru/kernel/strict-json';
import { inBoth } from '../../phrasing/sentences';

/** Bodies over this are refused; imports are read as a stream, line by line. */
export const largestBodyBytes = 16 * 1024;

const importTypes = ['text/csv', 'application/x-ndjson'];

const problemOf = ({ kind, field, at }: JsonFault): HttpProblem => {
  const wrong = jsonFaultSentences[kind];
  const message = at === undefined ? wrong : inBoth.problems.body.atCharacter({ wrong, at });
  return new HttpProblem({ code: 'invalid', errors: [{ field: field === '' ? 'body' : field, message }] });
};

const notAnObject = (): HttpProblem =>
  new HttpProblem({
    code: 'invalid',
    errors: [{ field: 'body', message: inBoth.api.bodyParsers.mustJsonObject }],
  });

const isReadable = (coding: string): boolean => ['', 'identity'].includes(coding.trim().toLowerCase());
const charsetIn = /;\s*charset\s*=\s*"?([^";\s]*)/gi;

/** Why a body of any content cannot be read: it was encoded on its way, or its headers name another character set than UTF-8. */
const unreadable = ({ headers }: FastifyRequest): HttpProblem | undefined => {
  const code = 'unsupported-media-type';
  // RFC 9110, 15.5.16: what would have been read is named
  if (headers['content-encoding']?.split(',').every(isReadable) === false)
    return new HttpProblem({ code, detail: inBoth.problems.body.encoded }, { 'Accept-Encoding': 'identity' });
  const charsets = [...(headers['content-type'] ?? '').matchAll(charsetIn)];
  return charsets.every(([, charset = '']) => /^utf-?8$/i.test(charset))
    ? undefined
    : new HttpProblem({ code, detail: inBoth.problems.body.otherCharset });
};

/** Where the server will read one: never that of a GET. */
const hasBody = ({ method, headers }: FastifyRequest): boolean =>
  method !== 'GET' && method !== 'HEAD' && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

/** Replaces every parser that came with the server by ours: strict JSON, and streams for imports only. */
export const useStrictBodies = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
  server.addHook('preParsing', (request, _, payload, done) => {
    // a host may decompress for its own routes
    const problem = isOurs(request) && hasBody(request) ? unreadable(request) : undefined;
    if (problem === undefined) done(null, payload);
    else done(problem);
  });
  server.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: largestBodyBytes }, (request, body: Buffer, done) => {
    keepRawBody(request, body);
    if (body.length === 0) {
      done(null, undefined);
      return;
    }
    const read = readStrictJson(body);
    if ('fault' in read) done(problemOf(read.fault));
    else if (isJsonObject(read.value)) done(null, read.value);
    else done(notAnObject());
  });
  server.addContentTypeParser(importTypes, (request, payload, done) => {
    if (request.routeOptions.url?.endsWith('/import') === true) done(null, payload);
    else done(new HttpProblem({ code: 'unsupported-media-type' }));
  });
  server.addContentTypeParser('text/calendar', (request, payload, done) => {
    if (request.routeOptions.url?.endsWith('/absences/import') === true) done(null, payload);
    else done(new HttpProblem({ code: 'unsupported-media-type' }));
  });
};
