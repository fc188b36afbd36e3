import type { EventStore, Expected, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { noHash } from '@tichet-albastru/event-log/ports/event-store';
import type { DomainFact } from '../../src/domain/facts';
import { personal } from '../../src/domain/kernel/personal-text';
import { deriveIdentifier } from '@tichet-albastru/event-log/runtime/identifiers';
import type { KeyStore } from '@tichet-albastru/event-log/keys/key-store';
import { createEventCodec } from '../../src/infrastructure/log/codec/event-codec.codec';

const at = '2026-03-02T08:00:00.000Z';

/** A cheap series of numbers that looks like chance and is the same each time. */
export const series = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
};

const factOf = (revision: number, name: string): DomainFact =>
  revision % 7 === 3
    ? { type: 'PersonalDataErased', data: { erasedAt: at, reason: personal('office', `motivul lui ${name} nr. ${revision}`) } }
    : { type: 'TaskDone', data: { taskId: `${name}/${revision} „ș\u2028😀”`, doneAt: at } };

/** A log of so many events: streams that take turns, appends of one to three events, some of it sealed. */
export const writeHistory = async (store: EventStore, keys: KeyStore, events: number, seed = 1): Promise<void> => {
  const codec = createEventCodec({ keys });
  const chance = series(seed);
  const heads: { readonly stream: string; revision: number; hash: string }[] = [];
  for (let written = 0; written < events;) {
    const known = heads[Math.floor(chance() * (heads.length + 1))];
    const head = known ?? {
      stream: `ticket-${deriveIdentifier('history', String(seed), String(heads.length))}`,
      revision: -1,
      hash: noHash,
    };
    if (!known) heads.push(head);
    const expected: Expected = head.revision < 0 ? { kind: 'no-stream' } : { kind: 'at', revision: head.revision, hash: head.hash };
    const encode = async () => {
      head.revision += 1;
      const envelope = await codec.encode(factOf(head.revision, head.stream.slice(-4)), {
        stream: head.stream,
        revision: head.revision,
        id: deriveIdentifier(head.stream, String(head.revision)),
        previousHash: head.hash,
        recordedAt: at,
        actor: { kind: 'system', id: 'history' },
        commandId: 'c',
        correlationId: 'c',
        causationId: 'c',
      });
      head.hash = envelope.hash;
      return envelope;
    };
    const first = await encode();
    const rest = [];
    for (let more = Math.floor(chance() * 3); more > 0 && written + 1 + rest.length < events; more -= 1) rest.push(await encode());
    await store.append(head.stream, expected, [first, ...rest]);
    written += 1 + rest.length;
  }
};

/** What a copy must keep: everything but the position. */
export type Kept = Omit<Recorded, 'position'>;

export const logOf = async (store: Pick<EventStore, 'readAll'>): Promise<readonly Kept[]> => {
  const events: Kept[] = [];
  for await (const { position: _, ...event } of store.readAll()) events.push(event);
  return events;
};
