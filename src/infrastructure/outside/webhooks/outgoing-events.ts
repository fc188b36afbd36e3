import { isJsonObject } from '@tichet-albastru/kernel/json.codec';
import { type DomainEvent, factShapes } from '../../../domain/facts';
import type { FactShape, Fields, Shape } from '../../../domain/kernel/shape';

/** JSON Schema, as far as it is needed to say what goes out. */
export type OutgoingSchema =
  | { readonly type: 'string'; readonly format?: 'date-time' | 'date'; readonly enum?: readonly string[] }
  | { readonly type: 'number' | 'boolean' }
  | { readonly type: 'array'; readonly items: OutgoingSchema }
  | {
      readonly type: 'object';
      readonly properties: Readonly<Record<string, OutgoingSchema>>;
      readonly required: readonly string[];
      readonly additionalProperties: false;
    }
  /** any JSON: the value of a policy, which has a shape of its own for each */
  | { readonly description: string };

/** @param properties with `?` behind the names of those that may be missing */
export const objectOf = (properties: Readonly<Record<string, OutgoingSchema>>): OutgoingSchema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name.replace('?', ''), schema])),
  required: Object.keys(properties).filter((name) => !name.endsWith('?')),
  additionalProperties: false,
});

/** @returns `undefined` for what does not go out: sealed text, and what holds nothing else */
const schemaOf = (shape: Shape): OutgoingSchema | undefined => {
  switch (shape.kind) {
    case 'personal':
      return undefined;
    case 'text':
      return { type: 'string' };
    case 'instant':
      return { type: 'string', format: 'date-time' };
    case 'date':
      return { type: 'string', format: 'date' };
    case 'word':
      return { type: 'string', enum: shape.words };
    case 'number':
      return { type: 'number' };
    case 'flag':
    case 'true':
      return { type: 'boolean' };
    case 'json':
      return { description: shape.about };
    case 'list': {
      const items = schemaOf(shape.of);
      return items && { type: 'array', items };
    }
    case 'object':
      return nothingLess(fieldsOf(shape.fields));
    case 'variants':
      return nothingLess(oneOf(shape.variants.map(fieldsOf)));
  }
};

type Properties = Readonly<Record<string, OutgoingSchema>>;
const nothingLess = (properties: Properties): OutgoingSchema | undefined =>
  Object.keys(properties).length === 0 ? undefined : objectOf(properties);

const fieldsOf = (fields: Fields): Properties =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, shape]) => {
      const schema = schemaOf(shape);
      return schema === undefined ? [] : [['optional' in shape ? `${name}?` : name, schema]];
    }),
  );

const wordsOf = (schema: OutgoingSchema | undefined): readonly string[] =>
  schema !== undefined && 'type' in schema && schema.type === 'string' ? (schema.enum ?? []) : [];

/** The fields of all variants: those that only some have may be missing, and a word is one of any of them. */
const oneOf = (variants: readonly Properties[]): Properties => {
  const names = [...new Set(variants.flatMap((fields) => Object.keys(fields)))];
  return Object.fromEntries(
    names.flatMap((name) => {
      const having = variants.flatMap((fields) => fields[name] ?? []);
      const [schema] = having;
      if (schema === undefined) return [];
      const words = having.flatMap(wordsOf);
      return [[having.length === variants.length ? name : `${name}?`, words.length === 0 ? schema : { type: 'string', enum: words }]];
    }),
  );
};

/** The part of a value that its schema names, and nothing else. */
export const outgoing = (schema: OutgoingSchema, value: unknown): unknown => {
  if (!('type' in schema)) return value;
  if (schema.type === 'array') return Array.isArray(value) ? value.map((item: unknown) => outgoing(schema.items, item)) : undefined;
  if (schema.type !== 'object') return typeof value === schema.type ? value : undefined;
  if (!isJsonObject(value)) return undefined;
  return Object.fromEntries(
    Object.entries(schema.properties).flatMap(([name, part]) => {
      const shown = value[name] === undefined ? undefined : outgoing(part, value[name]);
      return shown === undefined ? [] : [[name, shown]];
    }),
  );
};

/** A kind of event that goes out. */
export type OutgoingEvent = {
  /** `ticket.Scheduled`: what an installation names in its file */
  readonly name: string;
  readonly version: number;
  /** what happened, in a sentence */
  readonly told: string;
  readonly data: OutgoingSchema;
};

const catalogue: Readonly<Record<string, Readonly<Record<string, FactShape>>>> = factShapes;

/** How the tables of the service are run, and who looked at what, is not sent out. */
const atHome: readonly string[] = ['ops', 'reading'];

/** Every kind of event that goes out, by its name. */
export const outgoingEvents: ReadonlyMap<string, OutgoingEvent> = new Map(
  Object.entries(catalogue)
    .filter(([category]) => !atHome.includes(category))
    .flatMap(([category, shapes]) =>
      Object.entries(shapes).map(([type, { version, fields, told }]) => {
        const name = `${category}.${type}`;
        return [name, { name, version, told: told.replaceAll('`', ''), data: objectOf(fieldsOf(fields)) }];
      }),
    ),
);

export const outgoingNameOf = ({ category, fact }: Pick<DomainEvent, 'category' | 'fact'>): string => `${category}.${fact.type}`;

/** Whether one of the names of a target's list means this kind of event: itself, all of its category (`ticket.*`), or everything (`*`). */
export const isMeant = (name: string, wanted: readonly string[]): boolean =>
  outgoingEvents.has(name) && (wanted.includes('*') || wanted.includes(name) || wanted.includes(name.replace(/\..*$/, '.*')));

/** Of `type` in CloudEvents: the city's domain, backwards. */
export const typePrefix = 'ro.primariaclujnapoca.tichet-albastru.';

export const dataSchemaUrn = ({ name, version }: OutgoingEvent): string => `urn:tichet-albastru:event:${name}:${version}`;

/** The event as a CloudEvent 1.0 in JSON (structured mode). The same event is the same text, however often it is sent. */
export const cloudEventOf = (source: string, event: DomainEvent): string => {
  const name = outgoingNameOf(event);
  const kind = outgoingEvents.get(name);
  if (kind === undefined) throw new TypeError(`${name} does not go out.`);
  return JSON.stringify({
    specversion: '1.0',
    id: event.id,
    source,
    type: `${typePrefix}${name}`,
    subject: event.stream,
    time: event.recordedAt,
    datacontenttype: 'application/json',
    dataschema: dataSchemaUrn(kind),
    position: event.position,
    revision: event.revision,
    data: outgoing(kind.data, event.fact.data),
  });
};
