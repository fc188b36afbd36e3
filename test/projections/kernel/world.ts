import type { EventCodec } from '../../../src/application/kernel/ports/event-codec';
import { noHash, type EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { Projection } from '../../../src/application/kernel/ports/projection';
import type { ProjectionStore } from '@tichet-albastru/event-log/ports/projection-store';
import type { ReadModels, Row } from '@tichet-albastru/event-log/ports/read-models';
import type { DomainFact } from '../../../src/domain/facts';
import type { Actor, Instant } from '../../../src/domain/kernel/fact';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { deriveIdentifier } from '@tichet-albastru/event-log/runtime/identifiers';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { createEventCodec } from '../../../src/infrastructure/log/codec/event-codec.codec';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { tablesOf } from '@tichet-albastru/event-log/read-models/columns';
import { tables } from '../../../src/application/kernel/ports/tables';
import type { ProjectorPorts } from '@tichet-albastru/event-log/projector/projector-ports';
import { domainEvents, type History } from '../../support/history';

export type Told = { readonly stream: string; readonly at: Instant; readonly fact: DomainFact; readonly actor?: Actor };
export type World = ProjectorPorts & {
  readonly codec: EventCodec;
  readonly rows: ProjectionStore & ReadModels;
  readonly keys: ReturnType<typeof createMemoryKeyStore>;
  readonly lines: string[];
  tell(...facts: readonly Told[]): Promise<void>;
};

export const ticketIdOfCase = (n: number): string => `0195a3c0-1b2c-7d3e-8f40-${String(n).padStart(12, '0')}`;

/** The same story about another ticket and another request. */
export const asCase = (n: number, history: History): History =>
  JSON.parse(
    JSON.stringify(history)
      .replaceAll(history.ticketId, ticketIdOfCase(n))
      .replaceAll('154997', String(200_000 + n)),
  ) as History;

/** Stories told side by side: every fact in the order of time; people and calendar once. */
export const sideBySide = (...histories: readonly History[]): readonly Told[] => {
  const known = new Set<string>();
  return histories
    .flatMap((history) => domainEvents(history))
    .filter(({ stream, revision, category }) => {
      const name = `${stream} ${revision}`;
      const repeated = (category === 'staff' || category === 'calendar') && known.has(name);
      known.add(name);
      return !repeated;
    })
    .map(({ stream, recordedAt, fact, actor }) => ({ stream, at: recordedAt, fact, actor }))
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
};

/** Writes facts down as they are told, each behind the newest of its stream. */
export const appendTo = (store: EventStore, codec: EventCodec) => {
  const tails = new Map<string, { readonly revision: number; readonly hash: string }>();
  return async ({ stream, at, fact, actor = { kind: 'system', id: 'booking' } }: Told): Promise<void> => {
    const tail = tails.get(stream);
    const revision = (tail?.revision ?? -1) + 1;
    const id = deriveIdentifier(stream, String(revision));
    const envelope = await codec.encode(fact, {
      stream,
      revision,
      id,
      previousHash: tail?.hash ?? noHash,
      recordedAt: at,
      actor,
      commandId: id,
      correlationId: id,
      causationId: id,
    });
    await store.append(stream, tail === undefined ? { kind: 'no-stream' } : { kind: 'at', ...tail }, [envelope]);
    tails.set(stream, { revision, hash: envelope.hash });
  };
};

/** A log in memory, with the read models that are given. Keys are the same in every run, so that sealed values can be compared. */
export const worldWith = (rows: ProjectionStore & ReadModels = new MemoryReadModels()): World => {
  const store = createMemoryEventStore();
  const keys = createMemoryKeyStore();
  const codec = createEventCodec({ keys });
  const append = appendTo(store, codec);
  const lines: string[] = [];
  const note = (event: string): void => {
    lines.push(event);
  };
  return {
    store,
    codec,
    rows,
    keys,
    lines,
    clock: fixedClock(),
    logger: { info: note, warn: note, error: note },
    tell: async (...facts) => {
      for (const fact of facts) await append(fact);
    },
  };
};

/** The same log, other read models. */
export const beside = (world: World, rows: ProjectionStore & ReadModels = new MemoryReadModels()): World => ({ ...world, rows });

/** Every row of a projection's tables, as text: equal texts are equal tables to the last byte. */
export const dump = async (rows: ReadModels, ...projections: readonly Projection[]): Promise<string> => {
  const lines: string[] = [];
  for (const projection of projections) {
    for (const { name } of tablesOf(projection)) {
      let cursor: string | undefined;
      do {
        const page = await rows.select<Row>(name, { limit: 100, ...(cursor === undefined ? {} : { cursor }) });
        lines.push(...page.rows.map((row) => `${name} ${JSON.stringify(row)}`));
        cursor = page.next;
      } while (cursor !== undefined);
    }
  }
  return lines.join('\n');
};

export { tables };
