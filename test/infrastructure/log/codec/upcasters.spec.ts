import { EventLogCorrupt, noHash, type EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { DomainFact } from '../../../../src/domain/facts';
import { personal, type EncryptedText } from '../../../../src/domain/kernel/personal-text';
import { civilDate, type Fields, instant, personalText, text, type Upcaster } from '../../../../src/domain/kernel/shape';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { createPersonalData } from '../../../../src/infrastructure/log/keys/personal-data';
import { derivedFrom } from '../../../../src/infrastructure/log/keys/purpose-keys';
import { createEventCodec } from '../../../../src/infrastructure/log/codec/event-codec.codec';
import { deriveIdentifier } from '@tichet-albastru/event-log/runtime/identifiers';
import { everyEventStore } from '../../../support/every-event-store';

const stream = 'ops-upcast';
const at = '2026-03-02T08:00:00.000Z';

/** Noted, as it was first written; then `text` became `note`; then the day became an instant, and who noted it was kept. */
const said = personalText('office');
const shapes: readonly Fields[] = [
  { text: said, on: civilDate },
  { note: said, on: civilDate },
  { note: said, at: instant, by: text },
];
const renames: Upcaster = ({ text, ...rest }) => ({ ...rest, note: text });
const dates: Upcaster = ({ on, ...rest }) => ({ ...rest, at: `${String(on)}T00:00:00.000Z`, by: 'unknown' });

type Upcasting = { readonly upcasters: readonly Upcaster[] };
const catalogueOf = (version: number, { upcasters }: Upcasting) => ({
  ops: { Noted: { why: '—', told: 'Noted.', version, fields: shapes[version - 1] ?? {}, upcasters: upcasters.slice(0, version - 1) } },
});

const keys = createMemoryKeyStore();
const personalData = createPersonalData({ keys, purposeKeys: derivedFrom(Buffer.alloc(32, 1)) });

const factOf = (version: number): DomainFact => {
  const said = personal('office', 'ca atunci');
  const data = [
    { text: said, on: '2026-03-02' },
    { note: said, on: '2026-03-02' },
    { note: said, at: '2026-03-02T00:00:00.000Z', by: 'unknown' },
  ][version - 1];
  return { type: 'Noted', data } as unknown as DomainFact;
};

/** One event of each version, as the program of that time wrote it. */
const writeAllVersions = async (store: Pick<EventStore, 'append'>): Promise<readonly string[]> => {
  const bodies: string[] = [];
  let previousHash = noHash;
  for (const revision of [0, 1, 2]) {
    const then = createEventCodec({ keys, catalogue: catalogueOf(revision + 1, { upcasters: [renames, dates] }) });
    const envelope = await then.encode(factOf(revision + 1), {
      stream,
      revision,
      id: deriveIdentifier('noted', String(revision)),
      previousHash,
      recordedAt: at,
      actor: { kind: 'system', id: 'test' },
      commandId: 'c',
      correlationId: 'c',
      causationId: 'c',
    });
    await store.append(stream, revision === 0 ? { kind: 'no-stream' } : { kind: 'at', revision: revision - 1, hash: previousHash }, [
      envelope,
    ]);
    previousHash = envelope.hash;
    bodies.push(envelope.body);
  }
  return bodies;
};

/** What the program of today reads out of the log. */
const readings = async (store: Pick<EventStore, 'readAll'>, upcasting: Upcasting): Promise<readonly string[]> => {
  const today = createEventCodec({ keys, catalogue: catalogueOf(3, upcasting) });
  const read: string[] = [];
  for await (const recorded of store.readAll()) {
    const { fact, version } = today.decode(recorded);
    const { note, ...rest } = fact.data as unknown as { readonly note: EncryptedText };
    read.push(JSON.stringify({ version, note: await personalData.open(note), ...rest }));
  }
  return read;
};

const wanted = [1, 2, 3].map((version) => JSON.stringify({ version, note: 'ca atunci', at: '2026-03-02T00:00:00.000Z', by: 'unknown' }));

/** What is wrong with a series of upcasters, in the words of the one who reads an old log twice with it. */
const faultsOf = async (store: Pick<EventStore, 'readAll'>, make: () => Upcasting): Promise<readonly string[]> => {
  try {
    const [first, second] = [await readings(store, make()), await readings(store, make())];
    return [
      ...(first.join() === second.join() ? [] : ['reads otherwise the second time']),
      ...(first.join() === wanted.join() ? [] : ['reads something else than was meant']),
    ];
  } catch (error) {
    if (error instanceof TypeError) return [error.message];
    if (error instanceof EventLogCorrupt) return ['cannot read what was written'];
    throw error;
  }
};

describe('an event of version 1 under a schema of version 3', () => {
  it.each(everyEventStore)('is read as version 3 out of $name, and its body stays as it was written', async ({ open }) => {
    const { inEmptyLog, close } = await open();
    try {
      await inEmptyLog(async (store) => {
        const bodies = await writeAllVersions(store);
        expect(await faultsOf(store, () => ({ upcasters: [renames, dates] }))).toEqual([]);
        const standing: string[] = [];
        for await (const { body } of store.readAll()) standing.push(body);
        expect(standing).toEqual(bodies);
        expect(standing[0]).toContain('"version":1');
      });
    } finally {
      await close();
    }
  });

  let clock = 0;
  const tick = (): string => `2026-03-02T00:00:00.${String((clock += 1)).padStart(3, '0')}Z`;
  it.each<{ fault: string; upcasters: readonly Upcaster[]; said: string }>([
    { fault: 'one is missing in the middle', upcasters: [dates], said: 'Every older version needs its upcaster.' },
    { fault: 'one in the middle does nothing', upcasters: [(data) => data, dates], said: 'cannot read what was written' },
    { fault: 'they stand in the wrong order', upcasters: [dates, renames], said: 'cannot read what was written' },
    {
      fault: 'one reads the clock',
      upcasters: [renames, ({ on: _, ...rest }) => ({ ...rest, at: tick(), by: 'unknown' })],
      said: 'reads otherwise the second time',
    },
    {
      fault: 'one touches a sealed value',
      upcasters: [({ text, ...rest }) => ({ ...rest, note: { ...(text as EncryptedText), bound: 'elsewhere' } }), dates],
      said: 'cannot open',
    },
  ])('is not read where $fault', async ({ upcasters, said }) => {
    const [memory] = everyEventStore;
    const logs = await memory?.open();
    await logs?.inEmptyLog(async (store) => {
      await writeAllVersions(store);
      const faults = await faultsOf(store, () => ({ upcasters })).catch(() => ['cannot open']);
      expect(faults).toContain(said);
    });
  });
});
