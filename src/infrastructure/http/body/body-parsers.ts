import type { FastifyError, FastifyInstance } from 'fastify';
import { HttpProblem } from '../problem/problem';
import { atCharacter, jsonFaultSentences } from '../problem/body-sentences';
import { readStrictJson, type JsonFault } from './strict-json';

/** Bodies over this are refused; imports are read as a stream, line by line. */
export const largestBodyBytes = 16 * 1024;

const importTypes = ['text/csv', 'application/x-ndjson'];

const problemOf = ({ kind, field, at }: JsonFault): HttpProblem => {
  const { ro, en } = jsonFaultSentences[kind];
  const where = at === undefined ? { ro: '', en: '' } : atCharacter(at);
  const message = { ro: `${ro}${where.ro}`, en: `${en}${where.en}` };
  return new HttpProblem({ code: 'invalid', errors: [{ field: field === '' ? 'body' : field, message }] });
};

/** Replaces every parser that came with the server by ours: strict JSON, and streams for imports only. */
export const useStrictBodies = (server: FastifyInstance): void => {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: largestBodyBytes }, (_, body: Buffer, done) => {
    if (body.length === 0) {
      done(null, undefined);
      return;
    }
    const read = readStrictJson(body);
    if ('fault' in read) done(problemOf(read.fault));
    else done(null, read.value);
  });
  server.addContentTypeParser(importTypes, (request, payload, done) => {
    if (request.routeOptions.url?.endsWith('/import') === true) done(null, payload);
    else done(new HttpProblem({ code: 'unsupported-media-type' }));
  });
};

/** Errors of the server itself that have their own code in the contract. */
export const problemOfServerError = (error: FastifyError): HttpProblem => {
  const { statusCode = 500 } = error;
  switch (statusCode) {
    case 413:
      return new HttpProblem({ code: 'too-large' });
    case 415:
      return new HttpProblem({ code: 'unsupported-media-type' });
    case 404:
      return new HttpProblem({ code: 'not-found' });
    case 503:
      return new HttpProblem({ code: 'unavailable', retryAfterSeconds: 1 });
    case 400:
    case 414:
    case 431:
      return new HttpProblem({ code: 'invalid' });
    default:
      return new HttpProblem({ code: 'internal' });
  }
};
