import { writeFileSync } from 'node:fs';
import { programVersion } from '../../runtime/program-version';
import { dataSchemaUrn, type OutgoingEvent, outgoingEvents, typePrefix } from './outgoing-events';

const plain = /^[A-Za-z_$][\w.$/-]*$/;
/** Words that YAML would read as something else than text. */
const special = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

const key = (text: string): string => (plain.test(text) && !special.test(text) ? text : JSON.stringify(text));

const isCompound = (value: unknown): value is object => typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/** A JSON text is YAML too: quoted, with its escapes. */
const scalar = (value: unknown): string =>
  typeof value === 'string' && plain.test(value) && !special.test(value) ? value : JSON.stringify(value);

const lines = (value: object, indent: string): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap((item: unknown) => {
        if (!isCompound(item)) return [`${indent}- ${scalar(item)}`];
        const [first = '', ...others] = lines(item, `${indent}  `);
        return [`${indent}- ${first.trimStart()}`, ...others];
      })
    : Object.entries(value).flatMap(([name, item]: [string, unknown]) =>
        item === undefined
          ? []
          : isCompound(item)
            ? [`${indent}${key(name)}:`, ...lines(item, `${indent}  `)]
            : [`${indent}${key(name)}: ${scalar(item)}`],
      );

/** Plain JSON data as YAML: block style, two blanks, no anchors. For documents that people read and programs write. */
export const yamlOf = (value: object): string => `${lines(value, '').join('\n')}\n`;

const text = { type: 'string' } as const;

const headers = {
  type: 'object',
  required: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
  properties: {
    'webhook-id': { ...text, description: 'The id of the event: the same in every attempt.' },
    'webhook-timestamp': { ...text, description: 'Seconds since 1970 of this attempt. Refuse what is older than five minutes.' },
    'webhook-signature': {
      ...text,
      description:
        'One or more of v1,BASE64 with blanks between them: HMAC-SHA256 of webhook-id.webhook-timestamp.body. One that fits is enough.',
    },
  },
};

/** What every CloudEvent has around its data. */
const envelope = {
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype', 'dataschema', 'position', 'revision', 'data'],
  properties: {
    specversion: { const: '1.0' },
    id: { ...text, format: 'uuid', description: 'Of the event, in the log and in every attempt.' },
    source: { ...text, format: 'uri-reference', description: 'The public address of the installation.' },
    type: text,
    subject: {
      ...text,
      description: 'The stream: ticket-…, request-…, agenda-…, staff-…, calendar-ro. What has one subject comes in its order.',
    },
    time: { ...text, format: 'date-time', description: 'When it was recorded; never runs backwards within a subject.' },
    datacontenttype: { const: 'application/json' },
    dataschema: { ...text, format: 'uri' },
    position: { ...text, description: 'Where it stands in the log: `after` of GET /api/v1/events.' },
    revision: { type: 'integer', minimum: 0, description: '0 for the first event of the subject, without a gap.' },
  },
};

const messageOf = (kind: OutgoingEvent) => ({
  name: kind.name,
  summary: kind.told,
  contentType: 'application/cloudevents+json',
  headers: { $ref: '#/components/schemas/headers' },
  payload: {
    allOf: [
      { $ref: '#/components/schemas/envelope' },
      {
        type: 'object',
        properties: {
          type: { const: `${typePrefix}${kind.name}` },
          dataschema: { const: dataSchemaUrn(kind) },
          data: kind.data,
        },
      },
    ],
  },
});

const idOf = (name: string): string => name.replace('.', '-');

/** The AsyncAPI 3 document of what goes out to webhooks, made of the same schemas that choose what goes out: `npm run asyncapi`. */
export const documentText = (): string => {
  const kinds = [...outgoingEvents.values()];
  return yamlOf({
    asyncapi: '3.0.0',
    info: {
      title: 'Tichet albastru: events',
      version: programVersion,
      description:
        'Every fact of the log but those about running the service, as CloudEvents 1.0 (structured JSON) signed by Standard Webhooks. Sealed personal text is left out. At least once, in the order of the log, one at a time for each target; answer with 2xx within ten seconds. How to verify, and how to read the same without webhooks: docs/integrators.md.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels: {
      webhook: {
        address: null,
        description: 'The address that an installation names in TICHET_WEBHOOKS_FILE; POST.',
        messages: Object.fromEntries(kinds.map(({ name }) => [idOf(name), { $ref: `#/components/messages/${idOf(name)}` }])),
      },
    },
    operations: {
      tell: {
        action: 'send',
        channel: { $ref: '#/channels/webhook' },
        summary: 'Tells a target of one event.',
        bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
      },
    },
    components: {
      messages: Object.fromEntries(kinds.map((kind) => [idOf(kind.name), messageOf(kind)])),
      schemas: { headers, envelope },
    },
  });
};

if (require.main === module) writeFileSync('asyncapi.yaml', documentText());
