import { noHash } from '@tichet-albastru/event-log/ports/event-store';
import { allProjections } from '../../src/projections/all-projections';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import type { TestPorts } from '../../src/infrastructure/testing/test-ports';
import { domainEvents, type History } from './history';

/** Writes a told history into a log, event by event in the order in which it was recorded, and lets the tables read it. */
export const keepHistory = async (ports: TestPorts, history: History): Promise<void> => {
  const heads = new Map<string, { readonly revision: number; readonly hash: string }>();
  for (const { stream, id, fact, recordedAt, actor, commandId, correlationId, causationId } of domainEvents(history)) {
    const head = heads.get(stream);
    const revision = (head?.revision ?? -1) + 1;
    const previousHash = head?.hash ?? noHash;
    const envelope = await ports.codec.encode(fact, {
      stream,
      revision,
      id,
      previousHash,
      recordedAt,
      actor,
      commandId,
      correlationId,
      causationId,
    });
    const expected = head === undefined ? ({ kind: 'no-stream' } as const) : ({ kind: 'at', ...head } as const);
    const { kind } = await ports.store.append(stream, expected, [envelope]);
    if (kind === 'conflict') throw new Error(`${stream} is not as it was told.`);
    heads.set(stream, { revision, hash: envelope.hash });
  }
  await catchUp(ports, allProjections);
};
