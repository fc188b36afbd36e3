import type { DomainEvent } from '../../../domain/facts';
import { eventCatalogue } from '../../log/codec/event-catalogue';
import { dataSchemaOf, outgoing, type OutgoingSchema } from './outgoing-schema';

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
