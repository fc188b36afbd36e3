import type * as kernel from '@tichet-albastru/kernel/decider';
import type { Fact } from './fact';
import type { RefusalCode } from './refusal';

export { accept, type Accepted, type Aggregate, fold, noChange, unreachable } from '@tichet-albastru/kernel/decider';

/** What a decision of the procedure comes to. */
export type Decision<F extends Fact> = kernel.Decision<F, RefusalCode>;
