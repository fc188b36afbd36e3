import { personal } from '@tichet-albastru/kernel/personal-text';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noHash } from '@tichet-albastru/event-log/ports/event-store';
import { type DomainFact, factShapes } from '../../src/domain/facts';
import { isPersonalText } from '../../src/domain/kernel/personal-text';
import type { Fields, Shape } from '../../src/domain/kernel/shape';
import { deriveIdentifier } from '@tichet-albastru/event-log/runtime/identifiers';
import { verifyChain } from '@tichet-albastru/event-log/codec/verify-chain';
import { deepest } from '@tichet-albastru/kernel/strict-json';
import { codec, openAll, type Golden } from './golden-file';

const ticketId = '019c0000-0001-7000-8000-000000000001';
const streamOf: Readonly<Record<string, string>> = {
  request: 'request-154997_2026-02-03',
  agenda: 'agenda-s-17_2026-03-05',
  ticket: `ticket-${ticketId}`,
  staff: 'staff-s-17',
  calendar: 'calendar-ro',
  ops: 'ops-tasks',
  reading: 'reading-019c0000-0002-7000-8000-000000000002_2026-03-05',
};
const fileOf = (category: string, type: string, version: number): string => join(__dirname, `${category}.${type}.v${version}.json`);

const categories = Object.keys(factShapes) as readonly (keyof typeof factShapes)[];
const written = categories.flatMap((category) =>
  Object.entries(factShapes[category]).flatMap(([type, { version }]) =>
    Array.from({ length: version }, (_, older) => ({ category, type, version: older + 1, newest: older + 1 === version })),
  ),
);

/** A value of every shape, with every optional field: what a golden file is written from. */
const sampleOf = (shape: Shape, name: string): unknown => {
  switch (shape.kind) {
    case 'text':
      return `${name}-1`;
    case 'instant':
      return '2026-03-05T10:00:00.000Z';
    case 'date':
      return '2026-03-05';
    case 'number':
    case 'json':
      return 1;
    case 'flag':
    case 'true':
      return true;
    case 'word':
      return shape.words[0];
    case 'personal':
      return personal(shape.keys[0] ?? 'contact', `${name}: Țăndărei`);
    case 'list':
      return [sampleOf(shape.of, name)];
    case 'object':
      return samplesOf(shape.fields);
    case 'variants':
      return samplesOf(shape.variants.at(-1) ?? {});
  }
};
const samplesOf = (fields: Fields): object =>
  Object.fromEntries(Object.entries(fields).map(([name, shape]) => [name, sampleOf(shape, name)]));

/** Writes the file of a type's newest version where there is none; a file that stands is never written again. */
const writeMissing = async (category: keyof typeof factShapes, type: string, version: number): Promise<void> => {
  const file = fileOf(category, type, version);
  if (existsSync(file)) return;
  const stream = streamOf[category] ?? '';
  const shapes: Readonly<Record<string, { readonly fields: Fields }>> = factShapes[category];
  const fact = { type, data: samplesOf(shapes[type]?.fields ?? {}) } as DomainFact;
  const envelope = await codec.encode(fact, {
    stream,
    revision: 0,
    id: deriveIdentifier('golden', category, type, String(version)),
    previousHash: noHash,
    recordedAt: '2026-03-02T08:00:00.000Z',
    actor: { kind: 'staff', id: 's-17' },
    commandId: deriveIdentifier('golden', 'command'),
    correlationId: deriveIdentifier('golden', 'correlation'),
    causationId: deriveIdentifier('golden', 'cause'),
  });
  const recorded = { ...envelope, stream, revision: 0, position: '1'.padStart(20, '0') };
  const event = codec.decode(recorded);
  writeFileSync(file, `${JSON.stringify({ recorded, event, opened: await openAll(fact.data) } satisfies Golden, null, 2)}\n`);
};

describe('every version of every fact that was ever written', () => {
  beforeAll(async () => {
    if (process.env['GOLDEN'] !== 'write') return;
    for (const { category, type, version, newest } of written) if (newest) await writeMissing(category, type, version);
  });

  it.each(written)('$category $type.v$version is kept and still decodes', async ({ category, type, version }) => {
    const file = fileOf(category, type, version);
    expect(existsSync(file)).toBe(true);
    const { recorded, event, opened } = JSON.parse(readFileSync(file, 'utf8')) as Golden;
    expect(recorded.type).toBe(type);
    expect(verifyChain([recorded])).toBeUndefined();
    const decoded = codec.decode(recorded);
    expect(decoded).toEqual(event);
    expect(decoded).toMatchObject({ category, version, fact: { type } });
    expect(await openAll(decoded.fact.data)).toEqual(opened);
  });

  type Data = Readonly<Record<string, unknown>>;
  /** Every way into a value, down to what is one thing: a text, a number, a sealed text, the value of a policy. */
  const ways = (value: unknown, at: readonly string[] = []): readonly (readonly string[])[] =>
    typeof value !== 'object' || value === null || isPersonalText(value) || at.join('.').endsWith('.value')
      ? []
      : Object.entries(value).flatMap(([name, part]) => [[...at, name], ...ways(part, [...at, name])]);
  const at = (value: unknown, way: readonly string[]): unknown => way.reduce((part, name) => (part as Data)[name], value);
  const putAt = (value: unknown, [name, ...rest]: readonly string[], put: unknown): unknown => {
    if (name === undefined) return put;
    // an older file has not every part
    const changed = { ...(value as Data | undefined), [name]: putAt((value as Data | undefined)?.[name], rest, put) };
    return Array.isArray(value) ? Object.values(changed) : changed;
  };
  const wordWays = (fields: Fields, before: readonly string[] = []): readonly (readonly string[])[] =>
    Object.entries(fields).flatMap(([name, shape]) => {
      if (shape.kind === 'word') return [[...before, name]];
      if (shape.kind === 'object') return wordWays(shape.fields, [...before, name]);
      return shape.kind === 'variants' ? shape.variants.flatMap((variant) => wordWays(variant, [...before, name])) : [];
    });
  /** What decodes although it stands where something else belongs. */
  const accepted = (category: keyof typeof factShapes, type: string, version: number): readonly string[] => {
    const shapes: Readonly<Record<string, { readonly fields: Fields }>> = factShapes[category];
    const { recorded } = JSON.parse(readFileSync(fileOf(category, type, version), 'utf8')) as Golden;
    const body = JSON.parse(recorded.body);
    const refused = (way: readonly string[], put: unknown): boolean => {
      const corrupt = { ...recorded, body: JSON.stringify({ ...body, data: putAt(body.data, way, put) }) };
      try {
        codec.decode(corrupt);
        return false;
      } catch (error) {
        return String(error).includes(`Event ${recorded.id} (${type}) has no usable ${way[0] ?? ''}`);
      }
    };
    return [
      ...ways(body.data)
        .filter((way) => !way.join('.').endsWith('.value'))
        .map((way) => [way, typeof at(body.data, way) === 'number' ? 'banana' : 7] as const),
      ...wordWays(shapes[type]?.fields ?? {}).map((way) => [way, 'banana'] as const),
    ].flatMap(([way, put]) => (refused(way, put) ? [] : [`${way.join('.')}: ${put}`]));
  };

  it.each(written.filter(({ newest }) => newest))(
    '$category $type says in each part, however deep, what belongs there: nothing else decodes',
    ({ category, type, version }) => {
      expect(accepted(category, type, version)).toEqual([]);
    },
  );

  it('looks deep, and at every word', () => {
    const deep = written.flatMap(({ category, type }) => {
      const shapes: Readonly<Record<string, { readonly fields: Fields }>> = factShapes[category];
      return wordWays(shapes[type]?.fields ?? {}).map((way) => `${type} ${way.join('.')}`);
    });
    expect(deep).toEqual(expect.arrayContaining(['SlotHeld move.by', 'TicketAdmitted ground.kind', 'Requested mode']));
  });

  /** Brackets one within the other. The value of a policy is an object with a list at most. */
  const depthOf = (shape: Shape): number => {
    const deepestOf = (fields: Fields): number => 1 + Math.max(0, ...Object.values(fields).map(depthOf));
    switch (shape.kind) {
      case 'list':
        return 1 + depthOf(shape.of);
      case 'object':
        return deepestOf(shape.fields);
      case 'variants':
        return Math.max(...shape.variants.map(deepestOf));
      case 'personal':
        return 1;
      case 'json':
        return 2;
      default:
        return 0;
    }
  };

  it('is far from as deep as the format may be', () => {
    const depths = written.map(({ category, type }) => {
      const shapes: Readonly<Record<string, { readonly fields: Fields }>> = factShapes[category];
      return 1 + depthOf({ kind: 'object', fields: shapes[type]?.fields ?? {} });
    });
    expect(Math.max(...depths)).toBeGreaterThan(4);
    expect(Math.max(...depths)).toBeLessThan(deepest / 4);
  });

  it('has no file of a fact that is in no catalogue', () => {
    const known = new Set(written.map(({ category, type, version }) => fileOf(category, type, version)));
    const files = readdirSync(__dirname).filter((name) => name.endsWith('.json'));
    expect(files.map((name) => join(__dirname, name)).filter((file) => !known.has(file))).toEqual([]);
    expect(files.length).toBe(known.size);
  });
});
