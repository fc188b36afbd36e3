import { accept, type Decision, noChange } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import { type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { plusHours, plusMinutes, plusSeconds, secondsBetween } from '../time/civil-time';
import type { EmailVerified, VerificationCodeIssued, VerificationFailed } from './facts';
import { isRequested, newestCode, type PendingTicket, type TicketState } from './ticket';

export type IssueCode = {
  readonly at: Instant;
  readonly policies: Pick<Policies, 'verification' | 'code-interval'>;
  /** which code is meant; left out, one more. A number that was issued is not issued again */
  readonly n?: number;
};

const tooMany = (at: Instant, again: Instant): Refusal =>
  refuse('too-many-requests', { article: '3 e', retryAt: again, retryAfterSeconds: Math.max(1, Math.ceil(secondsBetween(at, again))) });

/** A9: so many codes an hour, and not one right after the other. What a clock that was ahead issued later than that from now counts for neither. */
export const checkRate = ({ at, policies }: IssueCode, codes: PendingTicket['codes']): Refusal | undefined => {
  const newest = codes.at(-1);
  if (newest === undefined) return undefined;
  const { seconds } = policies['code-interval'].value;
  const afterInterval = plusSeconds(newest.issuedAt, seconds);
  if (at < afterInterval && newest.issuedAt <= plusSeconds(at, seconds)) return tooMany(at, afterInterval);
  const lastHour = codes.filter(({ issuedAt }) => plusHours(issuedAt, 1) > at && issuedAt <= plusHours(at, 1));
  const oldest = lastHour[0];
  const full = lastHour.length >= policies.verification.value.codesPerHour;
  return full && oldest !== undefined ? tooMany(at, plusHours(oldest.issuedAt, 1)) : undefined;
};

const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);
const later = (a: Instant, b: Instant): Instant => (a > b ? a : b);

/**
 * Art. 3 e (A9). One more code, which replaces the one before; a new one holds the slot longer, up to a limit from the request on.
 * No code outlives the hold. Refuses `too-many-requests` with `retryAt`, `code-expired` once the hold is over or the ticket lapsed,
 * `wrong-state` where no code is awaited.
 */
export const issueCode = (command: IssueCode, state: TicketState): Decision<VerificationCodeIssued> => {
  const { at, policies } = command;
  if (state.status === 'absent') return refuse('not-found');
  if (state.status === 'lapsed') return refuse('code-expired', { article: '3 e', reason: 'lapsed' });
  if (state.status !== 'awaiting-code') return refuse('wrong-state', { article: '3 e' });
  const issued = newestCode(state)?.n ?? 0;
  if (command.n !== undefined && command.n <= issued) return noChange();
  if (at >= state.heldUntil) return refuse('code-expired', { article: '3 e', reason: 'hold-over' });
  const refusal = checkRate(command, state.codes);
  if (refusal !== undefined) return refusal;
  const { validMinutes, holdMinutes, holdMinutesWithNewCode } = policies.verification.value;
  const longest = plusMinutes(state.requestedAt, holdMinutesWithNewCode);
  const heldUntil = issued === 0 ? state.heldUntil : later(state.heldUntil, earlier(plusMinutes(at, holdMinutes), longest));
  const expiresAt = earlier(plusMinutes(at, validMinutes), heldUntil);
  return accept({ type: 'VerificationCodeIssued', data: { n: issued + 1, issuedAt: at, expiresAt, heldUntil } });
};

/**
 * Art. 3 e. The right digits of code n were entered. Step 4 of a booking: that n is spent.
 * The same n again changes nothing. Refuses `code-expired` for a code that is over, replaced or tried out, and for a lapsed ticket.
 */
export const verifyEmail = ({ n, at }: { readonly n: number; readonly at: Instant }, state: TicketState): Decision<EmailVerified> => {
  if (state.status === 'absent') return refuse('not-found');
  const expired = (reason: string) => refuse('code-expired', { article: '3 e', reason });
  if (!isRequested(state)) return expired('lapsed');
  if (state.verified !== undefined) return state.verified.n === n ? noChange() : expired('replaced');
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
  if (state.status !== 'awaiting-code') return noChange();
  const code = state.codes.find((issued) => issued.n === n);
  if (code === undefined || (code.triesLeft !== undefined && code.triesLeft <= triesLeft)) return noChange();
  return accept({ type: 'VerificationFailed', data: { n, failedAt: at, triesLeft } });
};
