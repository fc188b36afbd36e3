import type { EventStore, Position } from '@tichet-albastru/event-log/ports/event-store';
import { throughSuccession } from '@tichet-albastru/event-log/ports/succession';
import type { Instant, RecordedFact } from '../../domain/kernel/fact';
import { type GoneFact, type LogAccepted, type OpsFact, ofTheLog } from '../../domain/ops/ops';
import { opsStream } from '@tichet-albastru/kernel/skip';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { createEventCodec } from '../log/codec/event-codec.codec';

/** One decision of a person to go on with a log that lacks what was acknowledged. */
export type Acceptance = Pick<LogAccepted['data'], 'acceptance' | 'alarm' | 'verifier' | 'events' | 'root' | 'total' | 'parts'> & {
  readonly at: Instant;
  /** behind this position of the log that was, more may be gone than is named */
  readonly behind?: Position;
};

/** What is gone of one stream. */
export type LostOfStream = {
  readonly stream: string;
  readonly facts: readonly GoneFact[];
  /** when a person said that they have looked after it */
  readonly settledAt?: Instant;
};

export type AcceptedLogs = {
  readonly acceptances: readonly Acceptance[];
  /** ids of events that were acknowledged, are gone, and were accepted as such, each with the hashes it had: others may have come under it since */
  readonly gone: ReadonlyMap<string, ReadonlySet<string>>;
  /** the lines of the keys whose trees were set aside */
  readonly verifiers: ReadonlySet<string>;
  /** by stream, in the order in which they are named first */
  readonly lost: readonly LostOfStream[];
};

/** Whether this very event was accepted as gone. */
export const isAcceptedAsGone = (
  { gone }: Pick<AcceptedLogs, 'gone'>,
  { id, hash }: { readonly id: string; readonly hash: string },
): boolean => gone.get(id)?.has(hash) === true;

export const noneAccepted: AcceptedLogs = { acceptances: [], gone: new Map(), verifiers: new Set(), lost: [] };

type Asked = Pick<EventStore, 'read' | 'readFromWholeLog'>;

/** Nothing is opened: what is personal is looked at nowhere here. */
const codec = createEventCodec({ keys: createMemoryKeyStore() });

/** What was decided there, in its order, and by whom. @throws EventLogCorrupt for a log that contradicts itself */
export const opsEventsOf = async (store: Asked, stream: string): Promise<readonly RecordedFact<OpsFact>[]> =>
  (await throughSuccession(store, stream)).events.map((recorded) => codec.decodeOf('ops', recorded));

const opsFactsOf = async (store: Asked, stream: string): Promise<readonly OpsFact[]> =>
  (await opsEventsOf(store, stream)).map(({ fact }) => fact);

const acceptanceOf = ({ data }: LogAccepted): Acceptance => {
  const { part: _, gone: _gone, reason: _reason, acceptedAt: at, ...accepted } = data;
  return { ...accepted, at };
};

/** What the log itself says of the times when it was accepted as it was. */
export const acceptedLogs = async (store: Asked): Promise<AcceptedLogs> => {
  const acceptances: Acceptance[] = [];
  const lost = new Map<string, LostOfStream>();
  const gone = new Map<string, Set<string>>();
  const verifiers = new Set<string>();
  for (const fact of await opsFactsOf(store, opsStream(ofTheLog))) {
    if (fact.type === 'LogAccepted') {
      if (fact.data.part === 1) acceptances.push(acceptanceOf(fact));
      verifiers.add(fact.data.verifier);
      for (const one of fact.data.gone) {
        const { id, hash } = one;
        if (id !== undefined) gone.set(id, (gone.get(id) ?? new Set()).add(hash ?? ''));
        lost.set(one.stream, { stream: one.stream, facts: [...(lost.get(one.stream)?.facts ?? []), one] });
      }
    } else if (fact.type === 'LossSettled') {
      const { stream, settledAt } = fact.data;
      const standing = lost.get(stream);
      if (standing !== undefined) lost.set(stream, { ...standing, settledAt });
    }
  }
  return { acceptances, gone, verifiers, lost: [...lost.values()] };
};
