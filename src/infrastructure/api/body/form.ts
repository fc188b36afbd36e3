import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isBlank } from '../../../domain/kernel/blank';
import { HttpProblem } from '../problem/problem';
import { isForPrograms } from '../problem/problem-pages';

/** The hidden field that makes each showing of a form its own; it also names whom the form was shown to. */
export const onceField = 'once';

/** The fields of a form as they came, without the white space around them. A field that is not there, or has nothing to be seen, reads as empty. */
export class Form {
  constructor(readonly fields: ReadonlyMap<string, string>) {}

  text(name: string): string {
    return this.fields.get(name) ?? '';
  }

  /** `undefined` for a field that was left empty. */
  optional(name: string): string | undefined {
    const text = this.text(name);
    return text === '' ? undefined : text;
  }

  /** To be compared: the same fields with the same texts. */
  canonical(): string {
    return JSON.stringify([...this.fields].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** No form has a field twice. */
const read = (body: string): Form | undefined => {
  const fields = new Map<string, string>();
  for (const [name, text] of new URLSearchParams(body)) {
    if (fields.has(name)) return undefined;
    fields.set(name, isBlank(text) ? '' : text.replace(/\r\n?/g, '\n').trim());
  }
  return new Form(fields);
};

/** A form may hold the longest text that a field takes (12,000 characters); each character is up to nine bytes on its way. */
const largestFormBytes = 128 * 1024;

/** What browsers send when a form is filled in; only pages take it. */
export const takeForms = (app: NestFastifyApplication): void => {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: largestFormBytes },
    (request, body, done) => {
      if (isForPrograms(request)) {
        done(new HttpProblem({ code: 'unsupported-media-type' }));
        return;
      }
      const form = read(String(body));
      if (form === undefined) done(new HttpProblem({ code: 'invalid' }));
      else done(null, form);
    },
  );
};

/** The form of this request. @throws HttpProblem `unsupported-media-type` when it is something else */
export const formOf = (request: FastifyRequest): Form => {
  if (request.body instanceof Form) return request.body;
  if (request.body === undefined || request.body === null) return new Form(new Map());
  throw new HttpProblem({ code: 'unsupported-media-type' });
};
