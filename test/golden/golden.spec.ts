import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noHash } from '../../src/application/kernel/ports/event-store';
import type { DomainFact } from '../../src/domain/facts';
import { deriveIdentifier } from '../../src/infrastructure/runtime/identifiers/identifiers';
import { eventCatalogue } from '../../src/infrastructure/log/codec/event-catalogue';
import { verifyChain } from '../../src/infrastructure/log/codec/verify-chain';
import { codec, openAll, type Golden } from './golden-file';
import { samples } from './samples';

const ticketId = '019c0000-0001-7000-8000-000000000001';
const streamOf: Readonly<Record<string, string>> = {
  request: 'request-154997_2026-02-03',
  agenda: 'agenda-s-17_2026-03-05',
  ticket: `ticket-${ticketId}`,
  staff: 'staff-s-17',
  calendar: 'calendar-ro',
  ops: 'ops-tasks',
};
const fileOf = (category: string, type: string, version: number): string => join(__dirname, `${category}.${type}.v${version}.json`);

const written = Object.entries(eventCatalogue).flatMap(([category, schemas]) =>
  Object.entries(schemas).flatMap(([type, { version }]) =>
    Array.from({ length: version }, (_, older) => ({ category, type, version: older + 1, newest: older + 1 === version })),
  ),
);

/** Writes the file of a type's newest version where there is none; a file that stands is never written again. */
const writeMissing = async (category: string, type: string, version: number): Promise<void> => {
  const file = fileOf(category, type, version);
  if (existsSync(file)) return;
  const stream = streamOf[category] ?? '';
  const facts = (samples as unknown as Readonly<Record<string, Readonly<Record<string, object>>>>)[category];
  const fact = { type, data: facts?.[type] } as DomainFact;
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

  it.each(written)('$category.$type.v$version is kept and still decodes', async ({ category, type, version }) => {
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

  const words = Object.entries(eventCatalogue).flatMap(([category, schemas]) =>
    Object.entries(schemas).flatMap(([type, { version, words: fields }]: [string, { readonly version: number; readonly words?: object }]) =>
      Object.keys(fields ?? {}).map((field) => ({ category, type, version, field })),
    ),
  );
  it.each(words)('$category.$type says in $field one of its words, and no other decodes', ({ category, type, version, field }) => {
    const { recorded } = JSON.parse(readFileSync(fileOf(category, type, version), 'utf8')) as Golden;
    const body = JSON.parse(recorded.body);
    const corrupt = { ...recorded, body: JSON.stringify({ ...body, data: { ...body.data, [field]: 'banana' } }) };
    expect(() => codec.decode(corrupt)).toThrow(`Event ${recorded.id} (${type}) has no usable ${field}.`);
  });

  it('has no file of a fact that is in no catalogue', () => {
    const known = new Set(written.map(({ category, type, version }) => fileOf(category, type, version)));
    const files = readdirSync(__dirname).filter((name) => name.endsWith('.json'));
    expect(files.map((name) => join(__dirname, name)).filter((file) => !known.has(file))).toEqual([]);
    expect(files.length).toBe(known.size);
  });
});
