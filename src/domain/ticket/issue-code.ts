import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { refuse, type Refusal } from '../kernel/refusal';
import type { Policies } from '../policies';
import { plusHours, plusMinutes, plusSeconds, secondsBetween } from '../time/civil-time';
import type { VerificationCodeIssued } from './facts';
import { newestCode, type PendingTicket, type TicketState } from './state';

export type IssueCode = {
  readonly at: Instant;
  readonly policies: Pick<Policies, 'verification' | 'code-interval'>;
  /** which code is meant; left out, one more. A number that was issued is not issued again */
  readonly n?: number;
};

const tooMany = (at: Instant, again: Instant): Refusal =>
  refuse('too-many-requests', { article: '3 e', retryAt: again, retryAfterSeconds: Math.max(1, Math.ceil(secondsBetween(at, again))) });

/** A9: so many codes an hour, and not one right after the other. */
const checkRate = ({ at, policies }: IssueCode, { codes }: PendingTicket): Refusal | undefined => {
  const newest = codes.at(-1);
  if (newest === undefined) return undefined;
  const afterInterval = plusSeconds(newest.issuedAt, policies['code-interval'].value.seconds);
  if (at < afterInterval) return tooMany(at, afterInterval);
  const lastHour = codes.filter(({ issuedAt }) => plusHours(issuedAt, 1) > at);
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
  if (command.n !== undefined && command.n <= issued) return nothing();
  if (at >= state.heldUntil) return refuse('code-expired', { article: '3 e', reason: 'hold-over' });
  const refusal = checkRate(command, state);
  if (refusal !== undefined) return refusal;
  const { validMinutes, holdMinutes, holdMinutesWithNewCode } = policies.verification.value;
  const longest = plusMinutes(state.requestedAt, holdMinutesWithNewCode);
  const heldUntil = issued === 0 ? state.heldUntil : later(state.heldUntil, earlier(plusMinutes(at, holdMinutes), longest));
  const expiresAt = earlier(plusMinutes(at, validMinutes), heldUntil);
  return accept({ type: 'VerificationCodeIssued', data: { n: issued + 1, issuedAt: at, expiresAt, heldUntil } });
};
