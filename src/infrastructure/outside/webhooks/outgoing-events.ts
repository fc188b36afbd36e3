import { isJsonObject } from '../../runtime/json';
import type { DomainEvent } from '../../../domain/facts';
import { eventCatalogue } from '../../log/codec/event-catalogue';

/** JSON Schema, as far as it is needed to say what goes out. */
export type OutgoingSchema =
  | { readonly type: 'string'; readonly format?: 'date-time' | 'date' }
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

const instant = { type: 'string', format: 'date-time' } as const;
const date = { type: 'string', format: 'date' } as const;
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const number = { type: 'number' } as const;

/** @param properties with `?` behind the names of those that may be missing */
export const objectOf = (properties: Readonly<Record<string, OutgoingSchema>>): OutgoingSchema => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name.replace('?', ''), schema])),
  required: Object.keys(properties).filter((name) => !name.endsWith('?')),
  additionalProperties: false,
});

const slot = objectOf({ startsAt: instant, endsAt: instant });
const policy = objectOf({ name: text, version: number, value: { description: 'The value of the policy, as docs/procedure.md lists it.' } });
const dayHours: OutgoingSchema = { type: 'array', items: { type: 'array', items: text } };

/**
 * The fields that are objects or lists, by their names in the facts. A part that is not named here does not go out, so what is added to
 * a fact one day stays at home until somebody decides. `contact` is left out whole: all of it is sealed.
 */
const compound: Readonly<Record<string, OutgoingSchema>> = {
  ground: objectOf({
    kind: text,
    'documentNumber?': text,
    'communicatedOn?': date,
    'advertisedUntil?': date,
    'enforcedUntil?': date,
    'policy?': text,
    'calendarVersion?': text,
    'lateAdmission?': flag,
  }),
  recordingNotice: objectOf({ version: text, acceptedAt: instant }),
  from: objectOf({ staffId: text, departmentCode: text, slot, holdId: text }),
  move: objectOf({ kind: text, by: text, 'reason?': text, citizenAgreed: flag, requestedAt: instant }),
  policy,
  policies: { type: 'array', items: policy },
  week: objectOf(Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [`${day}?`, dayHours]))),
};

const dates: readonly string[] = ['filedOn', 'communicatedOn', 'advertisedUntil', 'enforcedUntil', 'date', 'on'];

/** @returns `undefined` for what does not go out: sealed text, and parts that nobody has decided to show */
const schemaOf = (name: string, kind: string): OutgoingSchema | undefined => {
  switch (kind) {
    case 'personal':
      return undefined;
    case 'text':
      return name.endsWith('At') ? instant : dates.includes(name) ? date : text;
    case 'number':
      return number;
    case 'flag':
      return flag;
    case 'slot':
      return slot;
    case 'request':
      return objectOf({ number: text, filedOn: date });
    default:
      return Object.hasOwn(compound, name) ? compound[name] : undefined;
  }
};

/** What goes out of the data of a fact, made of the catalogue's own list of its fields. */
const dataSchemaOf = (fields: object): OutgoingSchema =>
  objectOf(
    Object.fromEntries(
      Object.entries(fields).flatMap(([name, kind]) => {
        const schema = schemaOf(name, String(kind).replace('?', ''));
        return schema === undefined ? [] : [[String(kind).endsWith('?') ? `${name}?` : name, schema]];
      }),
    ),
  );

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
  readonly data: OutgoingSchema;
};

type Facts = Readonly<Record<string, { readonly version: number; readonly fields: object }>>;
const catalogue: Readonly<Record<string, Facts>> = eventCatalogue;

/** How the tables of the service are run is nobody else's matter. */
const atHome: readonly string[] = ['ops'];

/** Every kind of event that goes out, by its name. */
export const outgoingEvents: ReadonlyMap<string, OutgoingEvent> = new Map(
  Object.entries(catalogue)
    .filter(([category]) => !atHome.includes(category))
    .flatMap(([category, schemas]) =>
      Object.entries(schemas).map(([type, { version, fields }]) => {
        const name = `${category}.${type}`;
        return [name, { name, version, data: dataSchemaOf(fields) }];
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
