import type { AppendResult, Envelope, Expected } from '../../../application/kernel/ports/event-store';

export type AppendRequest = { readonly stream: string; readonly expected: Expected; readonly events: readonly Envelope[] };
/** `refused`: never acceptable. `unknown`: the store would not say, not even after repetition. */
export type AppendOutcome =
  AppendResult | { readonly kind: 'refused'; readonly reason: string } | { readonly kind: 'unknown'; readonly reason: string };
/** One outcome each, in order. */
export type WriteAppends = (requests: readonly AppendRequest[]) => Promise<readonly AppendOutcome[]>;
