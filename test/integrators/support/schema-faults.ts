import type { OutgoingSchema } from '../../../src/infrastructure/outside/webhooks/outgoing-events';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const formats = { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, date: /^\d{4}-\d\d-\d\d$/ };

/** Where a value is not what its schema says: a small judge of its own, so that what chooses the fields does not judge itself. */
export const schemaFaults = (schema: OutgoingSchema, value: unknown, at = 'data'): readonly string[] => {
  if (!('type' in schema)) return [];
  if (schema.type === 'array')
    return Array.isArray(value)
      ? value.flatMap((item, index) => schemaFaults(schema.items, item, `${at}[${String(index)}]`))
      : [`${at} is no list`];
  if (schema.type !== 'object') {
    if (typeof value !== schema.type) return [`${at} is no ${schema.type}`];
    const form = 'format' in schema ? formats[schema.format] : /^/;
    return form.test(String(value)) ? [] : [`${at} has another form`];
  }
  if (!isRecord(value)) return [`${at} is no object`];
  const { properties, required } = schema;
  return [
    ...required.filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`),
    ...Object.keys(value)
      .filter((name) => !(name in properties))
      .map((name) => `${at}.${name} is not described`),
    ...Object.entries(value).flatMap(([name, part]) => {
      const of = properties[name];
      return of === undefined ? [] : schemaFaults(of, part, `${at}.${name}`);
    }),
  ];
};
