import type { OpenAPIObject } from '@nestjs/swagger';
import { type BothLanguages, problemCatalogue, type ProblemCode } from '../../phrasing/problems/catalogue';
import { inBoth, languages } from '../../phrasing/sentences';
import { problemDetails, statusOf, tellsWhoHelps } from './problem';

/* Problems as the document shows them: a schema a code with the members of its own, an answer a code, told together where a status has several. */

/** A member that a problem of this code may have beside those of every problem, as JSON Schema says it. */
type Member = {
  readonly type: 'string' | 'integer' | 'array';
  readonly format?: string;
  readonly items?: { readonly type: string; readonly format?: string };
  readonly description: string;
};
const text = (description: string): Member => ({ type: 'string', description });
const instant = (description: string): Member => ({ type: 'string', format: 'date-time', description });
const whole = (description: string): Member => ({ type: 'integer', description });
const reason = text('Which of the reasons it was, in one word.');

/** Named as the refusals name their details. The tests hold every problem that they see to it. */
const membersOf: Readonly<Partial<Record<ProblemCode, Readonly<Record<string, Member>>>>> = {
  invalid: {
    field: text('The field that is wrong; `errors` has its sentence.'),
    reason,
    day: text('Of the week.'),
    minimum: whole('The least that is taken.'),
    maximum: whole('The most that is taken.'),
    possible: { type: 'array', items: { type: 'string' }, description: 'What is possible on this channel.' },
  },
  'not-found': { field: text('The field that names what is not there, where it is not the address.') },
  'slot-taken': {
    alternatives: {
      type: 'array',
      items: { type: 'string', format: 'date-time' },
      description: 'Free hours near the one that was asked for; it may be empty.',
    },
  },
  'too-many-tickets': { limit: whole('How many may be active at once.') },
  'wrong-state': {
    reason,
    earliest: instant('From then on it is possible.'),
    heldUntil: instant('Until then it is not possible.'),
  },
  'code-expired': { reason },
  'too-soon': {
    earliest: instant('The first moment that can be booked.'),
    hours: whole('How many hours ahead a meeting is booked.'),
    counted: text('How they are counted, where not as they elapse: `from-next-midnight`, `working-hours`.'),
  },
  paused: {
    reading: text('Of docs/procedure.md: A16.'),
    until: { type: 'string', format: 'date', description: 'The last day of the pause, whole.' },
    textRo: text('What citizens read of it, in Romanian.'),
    textEn: text('The same in English.'),
  },
  'no-time-for-link': {
    earliest: instant('The first start for which the link can be made in time; left out where there is none to book.'),
    workingHours: whole('How much of the civil servant’s working time the making of a link is given.'),
  },
  'beyond-horizon': { latest: instant('The last moment that can be booked.') },
  'window-expired': { until: { type: 'string', format: 'date', description: 'The last day of the 30, whole.' } },
  'not-eligible': { reason: text('`nobody-responsible`, the one reason that is told.') },
  'notice-not-accepted': { noticeVersion: text('Of the notice in force.') },
  'wrong-code': { triesLeft: whole('How many times another code may be tried.') },
  'reschedule-limit': { limit: whole('How often a citizen may reschedule.') },
  'too-early': { earliest: instant('From then on it is possible.') },
  'too-many-requests': {
    retryAt: instant('From then on it can be asked again.'),
    retryAfterSeconds: whole('As `Retry-After` says it.'),
  },
  conflict: { retryAfterSeconds: whole('As `Retry-After` says it.') },
};

/** What a code says instead of its usual sentence where that would not be the reason. */
const otherDetails: Readonly<Partial<Record<ProblemCode, readonly BothLanguages[]>>> = {
  'unsupported-media-type': [inBoth.problems.body.encoded, inBoth.problems.body.otherCharset],
};

const codes = Object.keys(problemCatalogue).filter((code): code is ProblemCode => code in problemCatalogue);
const problemMediaType = 'application/problem+json';

const nameOf = (code: ProblemCode): string => code.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
const schemaOf = (code: ProblemCode): string => `${nameOf(code)}Problem`;
const schemaReference = (code: ProblemCode) => ({ $ref: `#/components/schemas/${schemaOf(code)}` });
/** Where a reference of an answer leads. */
const answerReference = (code: ProblemCode) => ({ $ref: `#/components/responses/${nameOf(code)}` });

const fieldFault = {
  type: 'object',
  properties: { field: { type: 'string' }, message: { type: 'string' } },
  required: ['field', 'message'],
};

const schema = (code: ProblemCode) => {
  const { title } = problemCatalogue[code];
  const { type } = problemDetails({ code }, 'en');
  return {
    type: 'object',
    description: `RFC 9457. ${title.en}.`,
    properties: {
      type: { type: 'string', enum: [type] },
      code: { type: 'string', enum: [code] },
      title: { type: 'string' },
      status: { type: 'integer', enum: [statusOf(code)] },
      detail: { type: 'string', description: 'Romanian or English, by Accept-Language.' },
      article: { type: 'string', description: 'Of the Annex, where the procedure is the reason.', examples: ['3 e'] },
      ...(tellsWhoHelps(code) ? { help: text('Who helps a person, where the city hall has set its information centre.') } : {}),
      ...(code === 'invalid' ? { errors: { type: 'array', items: fieldFault } } : {}),
      ...membersOf[code],
    },
    required: ['type', 'code', 'title', 'status', 'detail'],
  };
};

const retryAfter = { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer', minimum: 1 } } };
const tellsWhen = (code: ProblemCode): boolean => statusOf(code) === 429 || statusOf(code) === 503 || code === 'conflict';
const acceptEncoding = {
  'Accept-Encoding': { description: 'Where a `Content-Encoding` is the reason.', schema: { type: 'string', enum: ['identity'] } },
};
const headersOf = (told: readonly ProblemCode[]) => ({
  headers: {
    'Content-Language': { description: 'Of `title` and `detail`.', schema: { type: 'string', enum: [...languages] } },
    ...(told.some(tellsWhen) ? retryAfter : {}),
    ...(told.includes('unsupported-media-type') ? acceptEncoding : {}),
  },
});

type Components = NonNullable<OpenAPIObject['components']>;
/** What these paths refer to: an answer that stands alone at its status, and the shape of every problem. 405 is of no operation. */
export const problemComponents = (paths: OpenAPIObject['paths']): Required<Pick<Components, 'schemas' | 'responses'>> => {
  const text = JSON.stringify(paths);
  const alone = codes.filter((code) => text.includes(`"${answerReference(code).$ref}"`));
  const told = codes.filter((code) => alone.includes(code) || text.includes(`"${schemaReference(code).$ref}"`));
  const answer = (code: ProblemCode) => ({
    description: [problemCatalogue[code].detail, ...(otherDetails[code] ?? [])].map(({ en }) => en).join(' Or: '),
    ...headersOf([code]),
    content: { [problemMediaType]: { schema: schemaReference(code), example: problemDetails({ code }, 'en') } },
  });
  return {
    schemas: Object.fromEntries(told.map((code) => [schemaOf(code), schema(code)])),
    responses: Object.fromEntries(alone.map((code) => [nameOf(code), answer(code)])),
  };
};

/** The answers of one operation that are no success, by status. */
export const answersOfProblems = (told: ReadonlySet<ProblemCode>): Readonly<Record<string, object>> => {
  const statuses = new Map<number, ProblemCode[]>();
  for (const code of codes.filter((one) => told.has(one))) statuses.set(statusOf(code), [...(statuses.get(statusOf(code)) ?? []), code]);
  return Object.fromEntries(
    [...statuses].map(([status, [first, ...others]]) => {
      if (first === undefined || others.length === 0) return [status, first === undefined ? {} : answerReference(first)];
      const all = [first, ...others];
      const mapping = Object.fromEntries(all.map((code) => [code, schemaReference(code).$ref]));
      const content = {
        [problemMediaType]: { schema: { oneOf: all.map(schemaReference), discriminator: { propertyName: 'code', mapping } } },
      };
      return [status, { description: all.map((code) => problemCatalogue[code].title.en).join(', or '), ...headersOf(all), content }];
    }),
  );
};
