import { isJsonObject } from '../../runtime/json.codec';
import type { FastifyInstance } from 'fastify';
import { HttpProblem } from '../problem/problem';
import { jsonFaultSentences } from '../../phrasing/problems/catalogue';
import { keepRawBody } from './raw-body';
import { readStrictJson, type JsonFault } from '../../runtime/strict-json';
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

/** Replaces every parser that came with the server by ours: strict JSON, and streams for imports only. */
export const useStrictBodies = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
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
