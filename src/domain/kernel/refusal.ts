import * as kernel from '@tichet-albastru/kernel/refusal';

export type { RefusalDetails } from '@tichet-albastru/kernel/refusal';

/** Every way in which the procedure, or the state of a case, says no. The codes are part of the HTTP contract. */
export type RefusalCode =
  | 'invalid'
  | 'forbidden'
  | 'not-found'
  | 'request-not-found'
  | 'slot-taken'
  | 'active-ticket-exists'
  | 'too-many-tickets'
  | 'same-hour'
  | 'wrong-state'
  | 'code-expired'
  | 'too-soon'
  | 'beyond-horizon'
  | 'window-expired'
  | 'not-eligible'
  | 'not-working-time'
  | 'paused'
  | 'no-time-for-link'
  | 'notice-not-accepted'
  | 'wrong-code'
  | 'reschedule-limit'
  | 'too-early'
  | 'too-many-requests'
  | 'precondition-failed'
  | 'conflict';

/** A refusal is a value. `article` is the article of the Annex that is the reason, where the procedure is the reason. */
export type Refusal = kernel.Refusal<RefusalCode>;

export const refuse: (code: RefusalCode, said?: { readonly article?: string } & kernel.RefusalDetails) => Refusal = kernel.refuse;

export const isRefusal = (value: unknown): value is Refusal => kernel.isRefusal(value);
