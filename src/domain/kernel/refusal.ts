import { defined } from '@tichet-albastru/kernel/defined';

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

/** Details are plain JSON without personal data, named as they appear in the answer (`earliest`, `triesLeft`, `reason` …). */
export type RefusalDetails = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** A refusal is a value. `article` is the article of the Annex that is the reason, where the procedure is the reason. */
export type Refusal = {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly article?: string;
  readonly details?: RefusalDetails;
};

export const refuse = (code: RefusalCode, { article, ...details }: { readonly article?: string } & RefusalDetails = {}): Refusal => ({
  kind: 'refused',
  code,
  ...defined({ article }),
  ...(Object.keys(details).length === 0 ? {} : { details }),
});

export const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'refused';
