import { isJsonObject, type JsonObject } from '@tichet-albastru/kernel/json.codec';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { actions, mayEver, rolesFor, type Action } from '../../application/kernel/rights';
import { accessExtension } from './access/access-decorator';
import { refusalsExtension } from './api-decorator';
import { positionPattern } from './commands/reached-position';
import { problemCatalogue, type ProblemCode } from '../phrasing/problems/catalogue';
import { answersOfProblems, problemComponents } from './problem/problem-schemas';

const partsOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isCode = (value: unknown): value is ProblemCode => typeof value === 'string' && value in problemCatalogue;
/** What every guard and filter on the way in may say, by what the route is. */
const problemsOf = (path: string, method: string, operation: JsonObject): ReadonlySet<ProblemCode> => {
  const { action, subject } = partsOf(operation[accessExtension]);
  const hasKey = listOf(operation['parameters']).some((parameter) => partsOf(parameter)['name'] === 'Idempotency-Key');
  return new Set<ProblemCode>([
    'invalid',
    'misdirected',
    ...(action === undefined ? [] : (['unauthenticated', 'forbidden', 'too-many-requests'] as const)),
    // what of an address is left empty, or taken away on the way here, makes it another one: mostly one that there is not
    ...(!path.includes('{') && (subject === undefined || subject === 'none') ? [] : (['not-found'] as const)),
    // also where none is taken: what is sent all the same is looked at before it is known whose route it is
    ...(method === 'get' ? [] : (['too-large', 'unsupported-media-type'] as const)),
    ...(hasKey ? (['idempotency-conflict', 'conflict'] as const) : []),
    ...(method === 'put' ? (['precondition-failed'] as const) : []),
    ...listOf(operation[refusalsExtension]).filter(isCode),
    'internal',
    'unavailable',
    'read-only',
    'record-damaged',
    'parked',
  ]);
};

const isAction = (value: unknown): value is Action => actions.some((action) => action === value);
const request = { number: '', filedOn: '' };
/** Who may call it, from the table of permissions. */
const whoMay = (operation: JsonObject): string => {
  const { action } = partsOf(operation[accessExtension]);
  if (!isAction(action)) return 'Open to everybody.';
  const citizen = mayEver({ kind: 'citizen', ticketId: '' }, action) ? ['the manage token of the ticket'] : [];
  const booking = mayEver({ kind: 'booking', request, ground: 'in-operation', tokenId: '' }, action) ? ['a booking token'] : [];
  return `For ${[...booking, ...citizen, ...rolesFor(action).map((role) => `\`${role}\``)].join(', ')}.`;
};

const header = (name: string, description: string, form: JsonObject = {}) => ({
  name,
  in: 'header',
  required: false,
  description,
  schema: { type: 'string', ...form },
});
const ifMatch = header('If-Match', 'The `ETag` of what is to be replaced; refused 412 when it is another by now.');
const tichetAfter = header('Tichet-After', 'A `Tichet-Position`: the answer waits for it, at most 5 s.', {
  pattern: positionPattern.source,
});
const etag = { ETag: { description: 'Of what its GET shows; for `If-Match`.', schema: { type: 'string' } } };
const position = { 'Tichet-Position': { description: 'Of the last fact that was written.', schema: { type: 'string' } } };

const withHeaders = (responses: JsonObject, headers: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      status.startsWith('2') && Object.keys(headers).length > 0 ? { ...partsOf(response), headers } : response,
    ]),
  );

type Schemas = Readonly<Record<string, unknown>>;
/** Of a body: the fields that it needs, and those for which an example was given. The tests send each. */
const exampleOf = ({ properties, required }: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(partsOf(properties)).flatMap(([name, property]) => {
      const { example, enum: words } = partsOf(property);
      const shown = example ?? (listOf(required).includes(name) ? listOf(words)[0] : undefined);
      return shown === undefined ? [] : [[name, shown]];
    }),
  );
const withExample = (body: JsonObject, schemas: Schemas): JsonObject => {
  const content = partsOf(body['content']);
  const json = partsOf(content['application/json']);
  const { $ref: reference } = partsOf(json['schema']);
  if (typeof reference !== 'string') return body;
  const example = exampleOf(partsOf(schemas[reference.split('/').at(-1) ?? '']));
  return { ...body, content: { ...content, 'application/json': { ...json, example } } };
};

const completedOperation = (
  [path, method]: readonly [path: string, method: string],
  operation: JsonObject,
  replaceable: boolean,
  schemas: Schemas,
): JsonObject => {
  const open = operation['security'] === undefined ? { security: [] } : {};
  if (operation[refusalsExtension] === undefined) return { ...operation, ...open };
  const { [accessExtension]: _, [refusalsExtension]: __, responses, ...rest } = operation;
  const parameters = [...listOf(rest['parameters']), ...(method === 'get' ? [tichetAfter] : []), ...(method === 'put' ? [ifMatch] : [])];
  const headers = { ...(method === 'get' ? {} : position), ...(replaceable && (method === 'get' || method === 'put') ? etag : {}) };
  return {
    ...rest,
    ...open,
    description: whoMay(operation),
    parameters,
    ...(isJsonObject(rest['requestBody']) && { requestBody: withExample(rest['requestBody'], schemas) }),
    responses: { ...withHeaders(partsOf(responses), headers), ...answersOfProblems(problemsOf(path, method, operation)) },
  };
};

/** The framework's document made whole: what it cannot know of problems and permissions. */
const completed = (document: OpenAPIObject): OpenAPIObject => {
  const { components = {}, paths } = document;
  for (const [path, item] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (isJsonObject(operation))
        Object.assign(item, { [method]: completedOperation([path, method], operation, 'put' in item, components.schemas ?? {}) });
    }
  }
  const { schemas, responses } = problemComponents(paths);
  return { ...document, components: { ...components, schemas: { ...components.schemas, ...schemas }, responses } };
};

const tags: readonly (readonly [name: string, description: string])[] = [
  ['Citizen', 'What a citizen does: find the request, choose an hour, enter the code, move or cancel. No account is needed.'],
  ['Staff', 'What civil servants and heads of departments do with meetings and with their own time.'],
  ['Registry', 'What the document system tells: requests, answers, civil servants.'],
  ['Administration', 'People, days declared free or working, erasures, rows and targets that wait for a person.'],
  ['Reading', 'The audit trail, the log itself, the 30-day view and figures.'],
  ['Webhooks', 'Where mail providers tell of letters that came back.'],
  ['Integrations', 'What systems outside send by themselves.'],
  ['Operations', 'For whoever runs the service, at the root.'],
];

const description = `Programări pentru „Tichet albastru”, Primăria municipiului Cluj-Napoca. / Appointments for the blue ticket of Cluj-Napoca City Hall.

Errors are RFC 9457 problem details, each with a stable \`code\`. Idempotency, paging, preconditions and versioning: docs/api.md of the package.`;

/** The contract as a document, made of the routes themselves: OpenAPI 3.1. */
export const createDocument = (app: NestFastifyApplication): OpenAPIObject => {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Tichet albastru')
    .setDescription(description)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'The installation that gives this document.')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A booking token, a manage token, or the token of an official.' });
  for (const [name, about] of tags) builder.addTag(name, about);
  return completed(SwaggerModule.createDocument(app, builder.build(), { operationIdFactory: (_, method) => method }));
};

/** Swagger UI at `/api/docs`, the document at `/api/openapi.json`. */
export const mountDocument = (app: NestFastifyApplication): void => {
  SwaggerModule.setup('api/docs', app, () => createDocument(app), { jsonDocumentUrl: 'api/openapi.json' });
};
