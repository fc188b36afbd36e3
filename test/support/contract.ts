import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What came back of one operation, as far as the document speaks of it. */
export type Told = {
  readonly method: string;
  /** as the server has it: `/api/v1/tickets/:id` */
  readonly route: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
};

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The document is open, for more may be added some day; what is answered today says nothing that is not in it. */
const closed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(closed);
  if (!isObject(value)) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, closed(part)]));
  return isObject(inner['properties']) && !('additionalProperties' in inner) ? { ...inner, additionalProperties: false } : inner;
};

const pointer = (...parts: readonly string[]): string =>
  parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Holds answers to one document; `deviation` says how an answer is not what the document says, `undefined` when it is. */
export const contractOf = (text: string): { readonly deviation: (told: Told) => string | undefined } => {
  const document = closed(JSON.parse(text)) as Json;
  const validators = new Map<string, ValidateFunction>();
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ ...document, $id: 'contract' });
  const at = (...parts: readonly string[]): Json | undefined => {
    let found: unknown = document;
    for (const part of parts) found = isObject(found) ? found[part] : undefined;
    return isObject(found) ? found : undefined;
  };
  const validator = (path: string): ValidateFunction => {
    const known = validators.get(path) ?? ajv.compile({ $ref: `contract#${path}` });
    validators.set(path, known);
    return known;
  };
  return {
    deviation: ({ method, route, status, contentType, body }) => {
      const path = route.replace(/:(\w+)/g, '{$1}');
      const operation = ['paths', path, method.toLowerCase()];
      if (at(...operation) === undefined) return undefined;
      const name = `${method} ${path} ${String(status)}`;
      let place = [...operation, 'responses', String(status)];
      const reference = at(...place)?.['$ref'];
      if (typeof reference === 'string') place = reference.split('/').slice(1);
      const answer = at(...place);
      if (answer === undefined) return `${name} is not declared: ${body}`;
      const [type = ''] = contentType.split(';');
      if (body === '') return undefined;
      if (at(...place, 'content', type) === undefined) return `${name} is not declared as ${type}: ${body.slice(0, 400)}`;
      if (!/[/+]json$/.test(type)) return undefined;
      const validate = validator(pointer(...place, 'content', type, 'schema'));
      return validate(JSON.parse(body)) ? undefined : `${name}: ${ajv.errorsText(validate.errors)}: ${body.slice(0, 1000)}`;
    },
  };
};

let contract: ReturnType<typeof contractOf> | undefined;
/** How this answer is not what openapi.json says. */
export const deviation = (told: Told): string | undefined => {
  contract ??= contractOf(readFileSync(join(__dirname, '../../openapi.json'), 'utf8'));
  return contract.deviation(told);
};

const deviations: string[] = [];
/** Notes an answer that is not what openapi.json says, until somebody asks. */
export const hold = (told: Told): void => {
  const found = deviation(told);
  if (found !== undefined) deviations.push(found);
};
/** What was not as declared since the last time it was asked. */
export const undeclared = (): readonly string[] => deviations.splice(0);
