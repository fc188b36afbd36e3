import type { Proposed, Stored } from './log';

/** A revision, 0 or more; or what the client may say instead. */
export type ExpectedRevision = number | 'no-stream' | 'any' | 'stream-exists';

export type AppendDecision =
  /** `revives`: the stream was deleted, and stands from its next revision on */
  | { readonly kind: 'write'; readonly revives: boolean }
  /** written now, or an identical append long ago: then `last` is the last event of that one */
  | { readonly kind: 'success'; readonly last?: Stored; /** of an append of nothing */ readonly position?: bigint }
  | { readonly kind: 'wrong-expected-version'; readonly current: number }
  | { readonly kind: 'stream-deleted' }
  | { readonly kind: 'too-large' };

type Standing = {
  readonly stream: string;
  /** -1 for none; of a stream that was deleted the one that it had */
  readonly last: number;
  readonly at: (revision: number) => Stored | undefined;
  readonly tombstoned: boolean;
  readonly softDeleted: boolean;
  readonly hasMetadata: boolean;
  readonly recent: ReadonlyMap<string, Stored>;
};

export const largestAppend = 1_048_576;
/** Of a message on its way to the server. */
export const largestMessage = 16 * 1_048_576;
/** Only data count. */
export const sizeOf = (proposed: readonly Proposed[]): number => proposed.reduce((sum, { data }) => sum + data.length, 0);

/**
 * The rules of the server's index writer, no more generous: an expected revision that is the current one writes without a look at the
 * ids; an older one succeeds only for exactly the events that stand there; ANY knows only what it remembers.
 */
export const appendDecision = (standing: Standing, expected: ExpectedRevision, proposed: readonly Proposed[]): AppendDecision => {
  if (sizeOf(proposed) > largestAppend) return { kind: 'too-large' };
  const { last: current, tombstoned, softDeleted, hasMetadata } = standing;
  if (tombstoned || (softDeleted && expected === 'stream-exists')) return { kind: 'stream-deleted' };
  const wrong: AppendDecision = { kind: 'wrong-expected-version', current };
  const write: AppendDecision = { kind: 'write', revives: softDeleted };
  if (expected === 'stream-exists' && current < 0 && !hasMetadata) return wrong;
  if (expected === 'any' || expected === 'stream-exists') return rememberedDecision(standing, proposed, write, wrong);
  const revision = expected === 'no-stream' ? -1 : expected;
  if (revision > current) return wrong;
  if (revision === current) return write;
  const there = proposed.map((_, index) => standing.at(revision + 1 + index));
  if (softDeleted && revision === -1 && there[0]?.id !== proposed[0]?.id) return write;
  const last = there.at(-1);
  return last && proposed.every(({ id }, index) => there[index]?.id === id) ? { kind: 'success', last } : wrong;
};

const rememberedDecision = (
  { stream, recent }: Standing,
  proposed: readonly Proposed[],
  write: AppendDecision,
  wrong: AppendDecision,
): AppendDecision => {
  const here = ({ id }: Proposed): Stored | undefined => {
    const stored = recent.get(id);
    return stored?.stream === stream ? stored : undefined;
  };
  const [first] = proposed;
  if (!first || !here(first)) return write;
  const last = proposed.map(here).reduce((before, one) => before && one);
  return last ? { kind: 'success', last } : wrong;
};
