import fc from 'fast-check';
import { civilDateOf } from '../../../src/domain/time/civil-time';
import { deviation, undeclared } from '../../support/contract';
import { readOperations, type Operation, type Parameter } from './document';
import { addressed, besides, journey, newThings, whoMayAsk, type Given } from './journey';
import { type Draw, drawing, fitting, fittingBody, oddBodies, oddHeaders, oddMembers, oddTexts, type Spoiled } from './values';
import { officialsOf, startWorld, wellFormed, type Answer, type Asked, type World } from './world';

/** What may be wrong with one request for this operation, everything else being as it should be. */
export type Oddity = { readonly operation: Operation; readonly how: string; readonly make: (draw: Draw, asked: Asked) => Asked };

const json = (body: unknown): string => JSON.stringify(body);
const bodyOf = ({ payload = '{}' }: Asked): Record<string, unknown> => JSON.parse(payload) as Record<string, unknown>;
const without = (body: Record<string, unknown>, name: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(body).filter(([other]) => other !== name));
/** What a program writes into an address, whatever the text: half a character has no place in one. */
const inAddress = (text: string): string => encodeURIComponent(wellFormed(text));

const odditiesOfBody = (operation: Operation): readonly Oddity[] => {
  const named = (how: string, make: Oddity['make']): Oddity => ({ operation, how, make });
  const schema = operation.bodies['application/json'];
  const types = Object.keys(operation.bodies);
  const replaced = ({ how, values }: Spoiled): Oddity =>
    named(`the body is ${how}`, (draw, asked) => ({ ...asked, payload: String(draw(values)) }));
  if (schema === undefined)
    return types.length === 0 ? [] : [...oddBodies.map(replaced), replaced({ how: 'lines of anything', values: oddLines })];
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) => [
    ...(schema.required?.includes(name) === true
      ? [named(`${name} is missing`, (_, asked) => ({ ...asked, payload: json(without(bodyOf(asked), name)) }))]
      : []),
    ...oddMembers(member).map(({ how, values }) =>
      named(`${name} is ${how}`, (draw, asked) => ({ ...asked, payload: json({ ...bodyOf(asked), [name]: draw(values) }) })),
    ),
  ]);
  return [
    ...members,
    named('there is one member more', (_, asked) => ({ ...asked, payload: json({ ...bodyOf(asked), nimic: 1 }) })),
    ...oddBodies.map(replaced),
  ];
};
const oddLines = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom(
    '\ufeff',
    'staffId;name\n"',
    'number,filedOn\n\u0000',
    '{"staffId":"x"',
    'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:',
    '"'.repeat(500),
    ',\n'.repeat(300),
  ),
);

const odditiesOf = (operation: Operation): readonly Oddity[] => {
  const named = (how: string, make: Oddity['make']): Oddity => ({ operation, how, make });
  return [
    named('as the document says it', (_, asked) => asked),
    ...operation.parameters.flatMap(({ in: place, name, schema }) => {
      if (place === 'header')
        return name === 'webhook-signature' || name.startsWith('X-')
          ? [
              named(`the header ${name} is odd`, (draw, asked) => ({
                ...asked,
                headers: { ...asked.headers, [name.toLowerCase()]: draw(oddHeaders) },
              })),
            ]
          : [];
      return oddTexts(schema).map(({ how, values }) =>
        named(`${name} is ${how}`, (draw, asked) => {
          const text = String(draw(values));
          return place === 'path'
            ? { ...asked, path: { ...asked.path, [name]: inAddress(text) } }
            : { ...asked, query: [...asked.query.filter(([other]) => other !== name), [name, text]] };
        }),
      );
    }),
    ...(operation.path.includes('{')
      ? [
          named('it is of what does not exist', (_, asked) => ({
            ...asked,
            path: Object.fromEntries(operation.parameters.filter((one) => one.in === 'path').map((one) => [one.name, nowhere(one)])),
          })),
        ]
      : []),
    named('a header is odd', (draw, asked) => {
      const own = operation.parameters.filter(({ in: place }) => place === 'header').map(({ name }) => name.toLowerCase());
      const header = draw(
        fc.constantFrom(
          ...own.filter((name) => name !== 'tichet-after'),
          'accept-language',
          'if-none-match',
          'authorization',
          'content-type',
        ),
      );
      return { ...asked, headers: { ...asked.headers, [header]: draw(oddHeaders) } };
    }),
    ...odditiesOfBody(operation),
  ];
};

/** Well formed, and of nothing that any journey makes. */
const nowhere = ({ name, schema }: Parameter): string => {
  if (schema.format === 'uuid') return '00000000-0000-4000-8000-000000000000';
  if (schema.format === 'date') return '2019-01-02';
  if (name === 'number') return '999999999';
  return name === 'file' ? `${'z'.repeat(43)}.ics` : 'nimic-1';
};

/** As many requests as were wanted. */
class Enough extends Error {}

/** What one operation answered. */
export type Coverage = { succeeded: number; readonly refused: Record<number, number> };
/** One request whose answer is not what it may be, so that it can be asked again. */
export type Finding = { readonly what: string; readonly request: string; readonly answer: string };
export type Fuzzed = {
  readonly seed: number;
  readonly asked: number;
  /** of those that are asked by construction, how many were not */
  readonly left: number;
  readonly findings: readonly Finding[];
  readonly coverage: ReadonlyMap<string, Coverage>;
};

const written = (world: World, asked: Asked): string => {
  const headers = Object.entries(asked.headers).map(([name, value]) => ` -H ${json(`${name}: ${value}`)}`);
  const body = asked.payload === undefined ? '' : ` -d ${json(asked.payload)}`;
  return `${asked.how}: as ${asked.asker.name}: ${asked.operation.method} ${world.addressOf(asked)}${headers.join('')}${body}`;
};

/** Names that are nobody's business: whoever has none with any citizen hears none. */
const strangers: readonly string[] = ['nobody', 'somebody with a token of nobody', 'reports', 'integrator'];
const wrongWith = (asked: Asked, answer: Answer, spoken: string): string | undefined => {
  const { status, headers, contentType, text, said } = answer;
  if (status >= 500) return `${status}`;
  // also where the server took the address for another one, or for none
  const [undeclaredThere] = undeclared();
  const undeclaredHere = deviation({ ...asked.operation, route: asked.operation.path, status, contentType, body: text });
  if (undeclaredThere !== undefined || undeclaredHere !== undefined) return undeclaredThere ?? undeclaredHere;
  if (
    status >= 400 &&
    (!contentType.startsWith('application/problem+json') || said['status'] !== status || typeof said['code'] !== 'string')
  )
    return `${status} is no problem as the document has them`;
  if (status === 429 && headers['retry-after'] === undefined) return '429 does not say when';
  const heard = /canarescu\d+/i.exec(text)?.[0];
  const stranger = strangers.includes(asked.asker.name) && asked.operation.name !== 'GET /calendar/{file}';
  if (heard !== undefined && stranger && !spoken.toLowerCase().includes(heard.toLowerCase()))
    return `${asked.asker.name} hears of ${heard}`;
  return undefined;
};

/**
 * Asks the service as many requests: journeys that reach the last step of a meeting, and between their steps, one after the other, every
 * oddity that can be made of the document, and requests of anybody for anything that earlier answers named.
 */
export const fuzz = async (seed: number, requests: number, { untilFound = false } = {}): Promise<Fuzzed> => {
  const draw = drawing(seed);
  const world = await startWorld();
  const operations = readOperations();
  const named = (name: string): Operation => {
    const found = operations.find((operation) => operation.name === name);
    if (found === undefined) throw new Error(`openapi.json has no ${name}`);
    return found;
  };
  const every = operations.flatMap(odditiesOf);
  const oddities = draw(fc.shuffledSubarray([...every], { minLength: every.length }));
  const coverage = new Map<string, Coverage>(operations.map(({ name }) => [name, { succeeded: 0, refused: {} }]));
  const findings: Finding[] = [];
  let [asked, things] = [0, newThings(0, '2026-03-02')];

  const ask = async (request: Asked): Promise<Answer> => {
    asked += 1;
    const answer = await world.ask(request);

    const { status, text, headers } = answer;
    const wrong = wrongWith(request, answer, `${world.addressOf(request)} ${request.payload ?? ''}`);
    if (wrong !== undefined) findings.push({ what: wrong, request: written(world, request), answer: text.slice(0, 1000) });
    const covered = coverage.get(request.operation.name);
    if (covered !== undefined && status < 400) covered.succeeded += 1;
    else if (covered !== undefined) covered.refused[status] = (covered.refused[status] ?? 0) + 1;
    if (typeof headers['etag'] === 'string') (world.pool['if-match'] ??= []).push(headers['etag']);
    if (typeof headers['tichet-position'] === 'string') (world.pool['tichet-after'] ??= []).push(headers['tichet-position']);
    return answer;
  };

  const made = (operation: Operation, { asker, path, query = [], headers = {}, payload, body }: Given, how: string): Asked => {
    const [type] = Object.keys(operation.bodies);
    const sent = payload ?? (body === undefined ? undefined : json(body));
    return {
      operation,
      asker: asker ?? whoMayAsk(operation, things),
      path: { ...addressed(operation, things), ...path },
      query,
      headers: { ...(sent === undefined ? {} : { 'content-type': type ?? 'application/json' }), ...headers },
      ...(sent === undefined ? {} : { payload: sent }),
      how,
    };
  };
  const drawn = (operation: Operation): Given => {
    const schema = operation.bodies['application/json'];
    const other = operation.bodies['application/json'] === undefined && Object.keys(operation.bodies).length > 0;
    const persons = { staffId: things.executive, handlerStaffId: things.executive, answeredBy: things.executive };
    const known = (body: Record<string, unknown>) =>
      Object.fromEntries(Object.entries({ ...body, ...persons }).filter(([name]) => name in body));
    const query = operation.parameters
      .filter(
        (parameter) => parameter.in === 'query' && (parameter.required === true || (parameter.name !== 'cursor' && draw(fc.boolean()))),
      )
      .map((parameter) => [parameter.name, String(draw(fitting(parameter.schema)))] as const);
    return { query, ...(schema === undefined ? (other ? { payload: 'x' } : {}) : { body: known(fittingBody(draw, schema)) }) };
  };
  const odd = (): Promise<Answer> | undefined => {
    const oddity = oddities.pop();
    if (oddity === undefined) return undefined;
    const { operation, how, make } = oddity;
    return ask(make(draw, made(operation, { ...drawn(operation), path: besides(operation, things) }, how)));
  };
  const keys = ['cheie-1', 'cheie-2', 'cheie-3'];
  const anything = (): Promise<Answer> => {
    const operation = draw(fc.constantFrom(...operations));
    const asker = draw(fc.constantFrom(...officialsOf(things.head, things.executive), things.citizen, things.booking, ...world.bearers));
    const path = Object.fromEntries(
      operation.parameters
        .filter((parameter) => parameter.in === 'path')
        .flatMap(({ name, schema }) => {
          const pooled = name === 'id' && operation.path.includes('/tickets/') ? (world.pool['ticket'] ?? []) : [];
          if (pooled.length > 0 && draw(fc.boolean())) return [[name, draw(fc.constantFrom(...pooled))] as const];
          return draw(fc.boolean()) ? [[name, inAddress(String(draw(fitting(schema))))] as const] : [];
        }),
    );
    const headers: Record<string, string> = { 'accept-language': draw(fc.constantFrom('ro', 'en', 'de', '*;q=0.1')) };
    for (const { name } of operation.parameters) {
      const pooled = name === 'Idempotency-Key' ? keys : (world.pool[name.toLowerCase()] ?? []);
      if (pooled.length > 0 && draw(fc.boolean())) headers[name.toLowerCase()] = draw(fc.constantFrom(...pooled));
    }
    return ask(made(operation, { ...drawn(operation), asker, path, headers }, 'anybody asks for anything'));
  };

  /** Four oddities to a step: with a thousand requests there is time for each of them. */
  const between = async (): Promise<void> => {
    for (let n = 0; n < 4 && oddities.length > 0 && !enough(); n += 1) await odd();
    if (oddities.length === 0 || draw(fc.integer({ min: 1, max: 10 })) === 1) await anything();
  };
  // what chance kept from succeeding has some journeys more
  const lacks = (): boolean => [...coverage.values()].some(({ succeeded }) => succeeded === 0);
  const enough = (): boolean =>
    (untilFound && findings.length > 0) || (asked >= requests && (untilFound || !lacks() || asked >= 2 * requests));
  const step = async (name: string, given: Given = {}): Promise<Answer> => {
    if (enough()) throw new Enough();
    const operation = named(name);
    const answer = await ask(made(operation, given, 'a step of a meeting'));
    await between();
    return answer;
  };
  try {
    for (let n = 1; ; n += 1) {
      things = newThings(n, civilDateOf(world.service.ports.clock.now()));
      // a recording is noted and taken back in no other: where somebody else noted one in between, there is a further
      const isWhole = coverage.get('POST /tickets/{id}/recording/taken-back')?.succeeded === 0;
      await journey(world, draw, things, step, isWhole);
    }
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  await world.service.close();
  return { seed, asked, left: oddities.length, findings, coverage };
};
