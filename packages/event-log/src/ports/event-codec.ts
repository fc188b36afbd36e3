import type { Actor, Fact, Instant, RecordedFact } from '@tichet-albastru/kernel/fact';
import type { FactShape, FactsOf } from '@tichet-albastru/kernel/shape';
import type { Envelope, Hash, Recorded } from './event-store';

/** Every fact that may stand in a log, by the category of its stream (what stands before the first `-` of its name) and by type. */
export type Catalogue = Readonly<Record<string, Readonly<Record<string, FactShape>>>>;
/** The facts of a catalogue, by category. */
export type FactsIn<C extends Catalogue> = { readonly [Category in keyof C]: FactsOf<C[Category]> };
type Facts = Readonly<Record<string, Fact>>;
/** A recorded fact with its category beside it, so that `switch (event.category)` narrows `event.fact`. */
export type EventOf<F extends Facts> = {
  [C in keyof F & string]: RecordedFact<F[C]> & { readonly category: C };
}[keyof F & string];

/** A recorded fact of any log. */
export type AnyEvent = RecordedFact & { readonly category: string };

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
export type EventCodec<F extends Facts = Facts> = {
  /** Makes the keys of the fact's personal fields durable, seals these fields, serialises once, hashes. */
  encode(fact: F[keyof F], context: EnvelopeContext): Promise<Envelope>;
  /** Upcasts to the newest schema version; sealed fields stay sealed. @throws EventLogCorrupt */
  decode(recorded: Recorded): EventOf<F>;
  /** The same for one stream of a known category. */
  decodeOf<C extends keyof F & string>(category: C, recorded: Recorded): RecordedFact<F[C]>;
};
