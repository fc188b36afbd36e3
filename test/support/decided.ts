import type { Decision } from '../../src/domain/kernel/decider';
import type { Fact } from '../../src/domain/kernel/fact';
import { isRefusal, type RefusalCode } from '../../src/domain/kernel/refusal';

/** What a decision comes to that was taken before. */
export const nothing = { kind: 'accepted', facts: [] };

/** A decision that comes to one fact: of this type, with these data. */
export const oneFact = (type: string, data: object = {}) => ({ kind: 'accepted', facts: [{ type, data }] });
/** The same where the decision can come to no fact of another type. */
export const oneFactWith = (data: object) => ({ kind: 'accepted', facts: [{ data }] });

type Because = { readonly article?: string; readonly [detail: string]: unknown };

/** A refusal: its code, its article where it names one, and its details. */
export const refused = (code: RefusalCode, { article, ...details }: Because = {}) => ({
  kind: 'refused',
  code,
  ...(article === undefined ? {} : { article }),
  ...(Object.keys(details).length === 0 ? {} : { details }),
});

/** The facts to which a decision comes. @throws where it is refused */
export const factsOf = <F extends Fact>(decision: Decision<F>): readonly F[] => {
  if (isRefusal(decision)) throw new Error(`refused: ${decision.code} ${JSON.stringify(decision.details)}`);
  return decision.facts;
};
