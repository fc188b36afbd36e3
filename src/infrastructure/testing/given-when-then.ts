import { fold, type Accepted, type Aggregate, type Decision } from '../../domain/kernel/decider';
import type { Fact } from '../../domain/kernel/fact';
import { isClear, type PersonalKeyKind, type PersonalText, type EncryptedText } from '../../domain/kernel/personal-text';
import { isRefusal } from '../../domain/kernel/refusal';

/** A history, ready to be asked for a decision. */
export type Given<State, F extends Fact> = {
  /** what the facts came to */
  readonly state: State;
  /** What is decided against this history: facts, none when it was decided before, or a refusal. */
  when(decide: (state: State) => Decision<F>): Decision<F>;
  /** This history and what was decided. @throws when it was refused: then there is no such history */
  after(decide: (state: State) => Decision<F>): Given<State, F>;
};

/**
 * `given(ticket, ...facts).when((state) => cancel(command, state))`: a decision of the domain, tested without a store,
 * a clock or a test framework. Compare what it returns with what you expect by whatever means your tests have.
 */
export const given = <State, F extends Fact>(aggregate: Aggregate<State, F>, ...facts: readonly NoInfer<F>[]): Given<State, F> => {
  const state = fold(aggregate, facts);
  return {
    state,
    when: (decide) => decide(state),
    after: (decide) => given(aggregate, ...facts, ...acceptedOr(decide(state)).facts),
  };
};

const acceptedOr = <F extends Fact>(decision: Decision<F>): Accepted<F> => {
  if (isRefusal(decision))
    throw new Error(`Refused: ${decision.code}${decision.article === undefined ? '' : ` (Art. ${decision.article})`}.`);
  return decision;
};

/**
 * Personal text as a fact holds it once stored, without keys: for histories in tests. It hides nothing.
 * What `fakeEncrypt` made, `fakeOpen` reads.
 */
export const fakeEncrypt = (keyKind: PersonalKeyKind, clear: string, stream = 'test'): EncryptedText => ({
  sealed: Buffer.from(clear, 'utf8').toString('base64'),
  key: `${keyKind}:${stream}`,
  bound: 'given-when-then',
});

/** The text, whether it is still on its way or was sealed by `fakeEncrypt`. */
export const fakeOpen = (text: PersonalText): string => (isClear(text) ? text.clear : Buffer.from(text.sealed, 'base64').toString('utf8'));
