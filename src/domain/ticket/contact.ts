import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import { isEmailAddress } from '../kernel/email-address';
import type { Instant } from '../kernel/fact';
import type { ClearText } from '../kernel/personal-text';
import { type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { plusMinutes } from '../time/civil-time';
import type { AskedThrough, ContactCorrected, ContactCorrectionRequested, VerificationFailed } from './facts';
import { isPhone } from './request-ticket';
import {
  type CodeState,
  isHeld,
  isPending,
  isRequested,
  type NewAddress,
  newestCodeNumber,
  type RequestedTicket,
  type TicketState,
} from './ticket';
import { amendmentLeftAt } from './resolution';
import { checkRate } from './verification';

type When = { readonly at: Instant; readonly policies: Policies };

/**
 * Before the booking stands, another address is another request. A citizen whose ticket lapsed, or whose data are erased, is not written
 * to.
 */
const checkStands = (state: RequestedTicket): Refusal | undefined =>
  state.erased || isPending(state) || state.status === 'lapsed'
    ? refuse('wrong-state', { article: '3 e', status: state.status })
    : undefined;

/** Whether another e-mail address or phone number can be given now. */
export const mayCorrectContact = (state: TicketState): boolean => isRequested(state) && checkStands(state) === undefined;

/** The newest address that was given and is not verified, with its code; nothing where none is awaited. */
export const addressAwaited = (state: RequestedTicket): (NewAddress['awaited'] & { readonly code: CodeState }) | undefined => {
  const { awaited, codes = [] } = state.newAddress ?? {};
  const code = codes.at(-1);
  return awaited === undefined || code === undefined ? undefined : { ...awaited, code };
};

/** Whether the code that went to another address can still be entered. */
export const mayVerifyContact = (state: TicketState, at: Instant): boolean => {
  const code = isRequested(state) && !state.erased ? addressAwaited(state)?.code : undefined;
  return code !== undefined && at < code.expiresAt && code.triesLeft !== 0;
};

/** The part about the meeting that is still to come: a citizen who had no address is reminded of it from here on. */
const ahead = (state: RequestedTicket, { at, policies }: When): Pick<ContactCorrected['data'], 'slot' | 'policies'> =>
  state.status === 'scheduled' && at < state.booking.slot.startsAt ? { slot: state.booking.slot, policies: [policies.reminders] } : {};

/** Art. 7: the resolution goes there that has not left with all its amendments, or came back. */
const resolutionAhead = (state: RequestedTicket): Pick<ContactCorrected['data'], 'held' | 'issued'> => {
  const { issued, amendments } = state.resolution;
  if (amendmentLeftAt(state.resolution, amendments.length) !== undefined) return {};
  return { ...(isHeld(state) ? { held: true } : {}), ...(issued === undefined ? {} : { issued: true }) };
};

export type CorrectContact = When & {
  /** key `contact` */
  readonly email?: ClearText;
  /** key `contact` */
  readonly phone?: ClearText;
  /** whether it says what holds already */
  readonly sameEmail: boolean;
  readonly samePhone: boolean;
  /** a clerk wrote it down, who says what was shown for it (key `contact`) */
  readonly askedThrough?: AskedThrough;
  readonly shown?: ClearText;
};

const checkGiven = ({ email, phone, askedThrough, shown }: CorrectContact): Refusal | undefined => {
  if (email === undefined && phone === undefined) return refuse('invalid', { article: '3 e', field: 'email', reason: 'required' });
  if (email !== undefined && !isEmailAddress(email.clear))
    return refuse('invalid', { article: '3 e', field: 'email', reason: 'malformed' });
  if (phone !== undefined && !isPhone(phone.clear)) return refuse('invalid', { article: '3 e', field: 'phone', reason: 'malformed' });
  const isShown = shown !== undefined && !isBlank(shown);
  return askedThrough === undefined || isShown ? undefined : refuse('invalid', { article: 'GDPR 16', field: 'shown', reason: 'required' });
};

const askForCode = (command: CorrectContact, email: ClearText, state: RequestedTicket): ContactCorrectionRequested => {
  const { at, policies, askedThrough, shown } = command;
  const n = newestCodeNumber(state) + 1;
  const expiresAt = plusMinutes(at, policies.verification.value.validMinutes);
  const stamps = [policies.verification, policies['code-interval']];
  const said = defined({ askedThrough, shown });
  return { type: 'ContactCorrectionRequested', data: { n, email, issuedAt: at, expiresAt, ...said, policies: stamps } };
};

/**
 * Art. 3 e, 8 (GDPR 16). Another e-mail address or phone number for a ticket that stands. The number holds at once; the address once the code
 * that goes to it is entered. What holds already changes nothing. Refuses `wrong-state` before the booking stands, after it lapsed and where
 * who it was is erased; `invalid` for what is no address or number, and where a clerk does not say what was shown; `too-many-requests`
 * with `retryAt` as for the codes that book (A9).
 */
export const correctContact = (command: CorrectContact, state: TicketState): Decision<ContactCorrected | ContactCorrectionRequested> => {
  if (!isRequested(state)) return refuse('not-found');
  const refusal = checkStands(state) ?? checkGiven(command);
  if (refusal !== undefined) return refusal;
  const { at, email, phone, sameEmail, samePhone, askedThrough, shown } = command;
  const facts: (ContactCorrected | ContactCorrectionRequested)[] = [];
  if (phone !== undefined && !samePhone) {
    const said = defined({ askedThrough, shown });
    facts.push({ type: 'ContactCorrected', data: { phone, correctedAt: at, ...said, ...ahead(state, command) } });
  }
  if (email !== undefined && !sameEmail) {
    const tooSoon = checkRate(command, state.newAddress?.codes ?? []);
    if (tooSoon !== undefined) return tooSoon;
    facts.push(askForCode(command, email, state));
  }
  return accept(...facts);
};

export type VerifyContact = When & {
  readonly n: number;
  /** the address to which code `n` went, key `contact` */
  readonly email: ClearText;
};

/**
 * Art. 3 e. The right digits of code `n` were entered: from here on letters go to the address to which it went. The same `n` again changes
 * nothing. Refuses `code-expired` for a code that is over, replaced or tried out, `wrong-state` where no address waits for one.
 */
export const verifyContact = ({ n, email, at, policies }: VerifyContact, state: TicketState): Decision<ContactCorrected> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.verified?.n === n) return noChange();
  const refusal = checkStands(state);
  if (refusal !== undefined) return refusal;
  const awaited = addressAwaited(state);
  if (awaited === undefined) return refuse('wrong-state', { article: '3 e' });
  const expired = (reason: string) => refuse('code-expired', { article: '3 e', reason });
  if (awaited.n !== n) return expired('replaced');
  if (awaited.code.triesLeft === 0) return expired('tries-used-up');
  if (at >= awaited.expiresAt) return expired('expired');
  const { expiresAt: codeExpiresAt } = awaited;
  const goesOn = { ...ahead(state, { at, policies }), ...resolutionAhead(state) };
  return accept({ type: 'ContactCorrected', data: { email, n, codeExpiresAt, correctedAt: at, ...goesOn } });
};

/** Art. 3 e (A9). Wrong digits for the code that went to another address; a try that was noted, or came too late, changes nothing. */
export const failContactCode = (
  { n, triesLeft, at }: { readonly n: number; readonly triesLeft: number; readonly at: Instant },
  state: TicketState,
): Decision<VerificationFailed> => {
  if (!isRequested(state)) return refuse('not-found');
  const code = addressAwaited(state)?.code;
  if (code?.n !== n || (code.triesLeft !== undefined && code.triesLeft <= triesLeft)) return noChange();
  return accept({ type: 'VerificationFailed', data: { n, failedAt: at, triesLeft } });
};
