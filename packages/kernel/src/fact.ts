/** An instant in UTC, always written as `YYYY-MM-DDTHH:mm:ss.sssZ`: two of them compare as strings. */
export type Instant = string;

/** A civil date, `YYYY-MM-DD`. */
export type CivilDate = string;

/** A past event of the domain: a read-only plain object whose data are plain JSON. */
export type Fact<Type extends string = string, Data extends object = object> = { readonly type: Type; readonly data: Data };

/** Who did it: the kind is a word of the procedure; the id is pseudonymous, never a name. */
export type Actor = { readonly kind: string; readonly id: string };

/** A fact as it stands in the log, with what the envelope says about it. */
export type RecordedFact<F extends Fact = Fact> = {
  readonly fact: F;
  /** uuid v5 */
  readonly id: string;
  /** logical stream name, `<category>-<id>` */
  readonly stream: string;
  /** 0 for the first event of the stream */
  readonly revision: number;
  /** opaque, ordered; empty string when not read from a store */
  readonly position: string;
  /** schema version of the fact's data */
  readonly version: number;
  /** never before the previous event of the stream */
  readonly recordedAt: Instant;
  /** what the clock showed, where that was well before the previous event of the stream: it had gone back */
  readonly clockAt?: Instant;
  readonly actor: Actor;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId: string;
};
