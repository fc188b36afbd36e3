import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { refuse } from '../kernel/refusal';
import type { EmailVerified, VerificationFailed } from './facts';
import { isRequested, newestCode, type TicketState } from './state';

/**
 * Art. 3 e. The right digits of code n were entered. Step 4 of a booking: that n is spent.
 * The same n again changes nothing. Refuses `code-expired` for a code that is over, replaced or tried out, and for a lapsed ticket.
 */
export const verifyEmail = ({ n, at }: { readonly n: number; readonly at: Instant }, state: TicketState): Decision<EmailVerified> => {
  if (state.status === 'absent') return refuse('not-found');
  const expired = (reason: string) => refuse('code-expired', { article: '3 e', reason });
  if (!isRequested(state)) return expired('lapsed');
  if (state.verified !== undefined) return state.verified.n === n ? nothing() : expired('replaced');
  if (state.status === 'lapsed') return expired('lapsed');
  if (state.status !== 'awaiting-code') return refuse('wrong-state', { article: '3 e' });
  const code = newestCode(state);
  if (code?.n !== n) return expired('replaced');
  if (code.triesLeft === 0) return expired('tries-used-up');
  if (at >= code.expiresAt) return expired('expired');
  return accept({ type: 'EmailVerified', data: { n, verifiedAt: at, codeExpiresAt: code.expiresAt } });
};

/**
 * Art. 3 e. Wrong digits were entered against code n; `triesLeft` is what the count of tries says, taken before comparing.
 * A try that was noted, or that lost the race against the right digits, changes nothing.
 */
export const failVerification = (
  { n, triesLeft, at }: { readonly n: number; readonly triesLeft: number; readonly at: Instant },
  state: TicketState,
): Decision<VerificationFailed> => {
  if (state.status === 'absent') return refuse('not-found');
  if (state.status !== 'awaiting-code') return nothing();
  const code = state.codes.find((issued) => issued.n === n);
  if (code === undefined || (code.triesLeft !== undefined && code.triesLeft <= triesLeft)) return nothing();
  return accept({ type: 'VerificationFailed', data: { n, failedAt: at, triesLeft } });
};
