import fc from 'fast-check';
import type { Schema } from './document';

/** Draws one value; the same seed draws the same ones. */
export type Draw = <T>(values: fc.Arbitrary<T>) => T;

export const drawing = (seed: number): Draw => {
  const [draw] = fc.sample(fc.gen(), { seed, numRuns: 1 });
  if (draw === undefined) throw new Error('nothing can be drawn');
  return (values) => draw(() => values);
};

const two = (n: number): string => String(n).padStart(2, '0');
const aDate = fc
  .record({ year: fc.integer({ min: 2025, max: 2027 }), month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 28 }) })
  .map(({ year, month, day }) => `${year}-${two(month)}-${two(day)}`);
const anInstant = fc
  .record({
    date: aDate,
    hour: fc.integer({ min: 0, max: 23 }),
    minute: fc.integer({ min: 0, max: 59 }),
    zone: fc.constantFrom('Z', '+02:00'),
  })
  .map(({ date, hour, minute, zone }) => `${date}T${two(hour)}:${two(minute)}:00${zone}`);
const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  date: aDate,
  'date-time': anInstant,
  uuid: fc.uuid(),
  email: fc.nat(999).map((n) => `cetatean${n}@posta.example`),
  uri: fc.nat(999).map((n) => `https://primaria.webex.com/j/${n}`),
};

/** What the schema takes. */
export const fitting = (schema: Schema): fc.Arbitrary<unknown> => {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const { type, minimum = 0, maximum = 1000, minLength = 1, maxLength = 200, example } = schema;
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return fc.integer({ min: minimum, max: maximum });
  if (type === 'object') return fc.constant(example ?? {});
  const form = formats[schema.format ?? ''];
  if (form !== undefined) return form;
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
  const free = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) });
  return example === undefined ? free : fc.oneof(fc.constant(example), free);
};

/** A body with everything that is needed, and of the rest what falls. */
export const fittingBody = (draw: Draw, { properties = {}, required = [] }: Schema): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name) || draw(fc.boolean()))
      .map(([name, schema]) => [name, draw(fitting(schema))]),
  );

const unseen = fc.constantFrom(
  '\u200b',
  '\u202e',
  '\u00ad\u2060',
  'a\u0000b',
  '\ud800',
  '\ufeff',
  '   ',
  'Io\u202een',
  '\u{e0041}',
  'e\u0301'.repeat(30),
);
const hostile = fc.constantFrom(
  '__proto__',
  'constructor',
  "' OR 1=1 --",
  '${7*7}',
  '=1+1',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  'javascript:alert(1)',
  '%00',
  'https://user:pass@primaria.webex.com/',
  'http://[::1',
  'a@b@c',
  '"a b"@posta.example',
  '\r\nX: y',
);
const oddDates = fc.constantFrom(
  '2026-02-30',
  '0000-00-00',
  '0001-01-01',
  '9999-12-31',
  '+275760-09-13',
  '2026-13-01',
  '2026-W10-1',
  '20260302',
  '2026-03-02T25:00:00Z',
  '2026-03-29T03:30:00+02:00',
  '9999-12-31T23:59:60Z',
  '9999-12-31T23:59:59-18:00',
  '0001-01-01T00:00:00Z',
  '1969-12-31T23:59:59.999Z',
  '',
);
const oddNumbers = fc.constantFrom(-1, 0, 1.5, 1e21, -1e-9, 2 ** 53, 2 ** 31);
const otherTypes: readonly (readonly [string, unknown])[] = [
  ['number', 7],
  ['boolean', true],
  ['array', []],
  ['array', [null, 'x']],
  ['object', {}],
  ['object', { $ne: '' }],
  ['string', 'text'],
];

export type Spoiled = { readonly how: string; readonly values: fc.Arbitrary<unknown> };

/** The ways in which a text that stands for this schema is wrong, or hardly right. */
export const oddTexts = (schema: Schema): readonly Spoiled[] => [
  {
    how: 'out of its bounds',
    values:
      schema.format?.startsWith('date') === true
        ? oddDates
        : schema.type === 'integer'
          ? oddNumbers.map(String)
          : fc.constantFrom('x'.repeat((schema.maxLength ?? 400) + 1), '', 'ș'.repeat(900), 'nimic-din-toate'),
  },
  { how: 'of what cannot be seen, or means something elsewhere', values: fc.oneof(unseen, hostile) },
];

/** The ways in which a member of a body is wrong, or hardly right. */
export const oddMembers = (schema: Schema): readonly Spoiled[] => {
  const bounds: Spoiled =
    schema.type === 'integer'
      ? { how: 'out of its bounds', values: oddNumbers }
      : schema.type === 'object'
        ? { how: 'out of its bounds', values: fc.object({ maxDepth: 3 }) }
        : { how: 'out of its bounds', values: oddTexts(schema)[0]?.values ?? unseen };
  return [
    { how: 'null', values: fc.constant(null) },
    { how: 'of another type', values: fc.constantFrom(...otherTypes.filter(([type]) => type !== schema.type).map(([, value]) => value)) },
    bounds,
    { how: 'of what cannot be seen, or means something elsewhere', values: fc.oneof(unseen, hostile) },
  ];
};

/** What is no body of a JSON object, or is too much of one. */
export const oddBodies: readonly Spoiled[] = [
  { how: 'no object', values: fc.constantFrom('null', '[]', '"x"', '7', '{', '', '{"a":1,"a":2}', '{"__proto__":{}}', '\ud800') },
  { how: 'huge', values: fc.constantFrom(`{"x":"${'a'.repeat(17_000)}"}`, '['.repeat(400), `{${'"k":{'.repeat(40)}${'}'.repeat(41)}`) },
];

/** What may stand in any header. */
export const oddHeaders: fc.Arbitrary<string> = fc.constantFrom(
  '',
  ' ',
  '"',
  'W/',
  '*',
  '"a", "b"',
  'x'.repeat(3000),
  '-1',
  '\u00ff',
  'null',
  '0'.repeat(20),
);
