import type { Proposed, Stored } from './log';

/** A revision, 0 or more; or what the client may say instead. */
export type ExpectedRevision = number | 'no-stream' | 'any' | 'stream-exists';

export type AppendDecision =
  | { readonly kind: 'write' }
  /** written now, or an identical append long ago: then `last` is the last event of that one */
  | { readonly kind: 'success'; readonly last?: Stored }
  | { readonly kind: 'wrong-expected-version'; readonly current: number }
  | { readonly kind: 'stream-deleted' }
  | { readonly kind: 'too-large' };

type Standing = {
  readonly events: readonly Stored[];
  readonly tombstoned: boolean;
  readonly recent: ReadonlyMap<string, Stored>;
};

export const largestAppend = 1_048_576;

/**
 * The rules of the server's index writer, no more generous: an expected revision that is the current one writes without a look at the
 * ids; an older one succeeds only for exactly the events that stand there; ANY knows only what it remembers.
 */
export const appendDecision = (standing: Standing, expected: ExpectedRevision, proposed: readonly Proposed[]): AppendDecision => {
  if (proposed.reduce((sum, { data }) => sum + data.length, 0) > largestAppend) return { kind: 'too-large' };
  if (standing.tombstoned) return { kind: 'stream-deleted' };
  const current = standing.events.length - 1;
  const wrong: AppendDecision = { kind: 'wrong-expected-version', current };
  if (expected === 'stream-exists' && current < 0) return wrong;
  if (expected === 'any' || expected === 'stream-exists') return rememberedDecision(standing, proposed, wrong);
  const revision = expected === 'no-stream' ? -1 : expected;
  if (revision > current) return wrong;
  if (revision === current) return { kind: 'write' };
  const there = standing.events.slice(revision + 1, revision + 1 + proposed.length);
  const last = there.at(-1);
  const same = there.length === proposed.length && proposed.every(({ id }, index) => there[index]?.id === id);
  return same && last ? { kind: 'success', last } : wrong;
};

const rememberedDecision = ({ events, recent }: Standing, proposed: readonly Proposed[], wrong: AppendDecision): AppendDecision => {
  const [first] = proposed;
  const remembered = first && recent.get(first.id);
  if (!first || !remembered || remembered.stream !== events[0]?.stream) return { kind: 'write' };
  const last = proposed.reduce<Stored | undefined>((_, { id }) => recent.get(id), undefined);
  return last ? { kind: 'success', last } : wrong;
};
