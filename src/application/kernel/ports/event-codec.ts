import type { Actor, Instant, RecordedFact } from '../../../domain/kernel/fact';
import type { Category, DomainEvent, DomainFact, FactsByCategory } from '../../../domain/facts';
import type { Envelope, Hash, Recorded } from '@tichet-albastru/event-log/ports/event-store';

/** Everything of an envelope that is not the fact. */
export type EnvelopeContext = {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly previousHash: Hash;
  readonly recordedAt: Instant;
  readonly clockAt?: Instant;
  readonly actor: Actor;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
};

/** Facts to envelopes and back: sealing, schema versions and the hash live behind this port. */
export type EventCodec = {
  /** Makes the keys of the fact's personal fields durable, seals these fields, serialises once, hashes. */
  encode(fact: DomainFact, context: EnvelopeContext): Promise<Envelope>;
  /** Upcasts to the newest schema version; sealed fields stay sealed. @throws EventLogCorrupt */
  decode(recorded: Recorded): DomainEvent;
  /** The same for one stream of a known category. */
  decodeOf<C extends Category>(category: C, recorded: Recorded): RecordedFact<FactsByCategory[C]>;
};
