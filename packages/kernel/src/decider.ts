import type { Fact } from './fact';
import type { Refusal } from './refusal';

/** What a decision comes to: the facts to append (none when it was already taken) or a refusal. */
export type Decision<F extends Fact, Code extends string = string> = Accepted<F> | Refusal<Code>;
export type Accepted<F extends Fact> = { readonly kind: 'accepted'; readonly facts: readonly F[] };

export const accept = <F extends Fact>(...facts: readonly F[]): Accepted<F> => ({ kind: 'accepted', facts });

/** The decision was taken before: deciding it again changes nothing. */
export const noChange = (): Accepted<never> => ({ kind: 'accepted', facts: [] });

/** An aggregate: its category (what stands before the first `-` of a stream's name), its first state and how a fact changes it. */
export type Aggregate<State, F extends Fact> = {
  readonly category: string;
  readonly initial: State;
  /** Never refuses and never throws. */
  readonly evolve: (state: State, fact: F) => State;
};

export const fold = <State, F extends Fact>(aggregate: Aggregate<State, F>, facts: Iterable<F>, from: State = aggregate.initial): State => {
  let state = from;
  for (const fact of facts) state = aggregate.evolve(state, fact);
  return state;
};

/** Ends an exhaustive switch: the compiler proves that it is never reached, a fact of the future changes nothing. */
export const unreachable = <State>(state: State, _: never): State => state;
