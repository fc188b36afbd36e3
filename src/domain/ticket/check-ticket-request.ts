import { planAllows, type DayPlan } from '../agenda/day-plan';
import type { Instant } from '../kernel/instant';
import { refuse, type Refusal } from '../kernel/refusal';
import type { Policies } from '../policies';
import { checkHorizon, checkLeadTime } from '../time/lead-time';
import { isSlot, type Slot } from '../time/slot';
import type { Mode } from './facts';

/** What a citizen asks for, in clear: only looked at, never kept. */
export type TicketRequest = {
  readonly mode: Mode;
  readonly slot: Slot;
  readonly email?: string;
  readonly phone?: string;
  /** the version of the notice that was accepted (A14) */
  readonly recordingNoticeVersion?: string;
  /** the instant at which the form was accepted (A7) */
  readonly requestedAt: Instant;
};
/** What it is held against. `plan`: the person's day as staff and calendar facts make it. */
export type TicketRequestRules = {
  readonly policies: Pick<Policies, 'lead-time' | 'booking-horizon'>;
  readonly noticeVersion: string;
  readonly plan: DayPlan;
};

const emailForm = /^[^\s@]+@[^\s@]+$/;
const longestEmail = 254;
const phoneForm = /^\+?[\d\s().-]+$/;
const digitsOf = (phone: string): number => phone.replaceAll(/\D/g, '').length;

const isEmail = (email: string): boolean => email.length <= longestEmail && emailForm.test(email);
const isPhone = (phone: string): boolean => phoneForm.test(phone) && digitsOf(phone) >= 6 && digitsOf(phone) <= 15;

const checkContact = ({ mode, email, phone }: TicketRequest): Refusal | undefined => {
  if (email !== undefined && !isEmail(email)) return refuse('invalid', { field: 'email', reason: 'malformed' });
  if (phone !== undefined && !isPhone(phone)) return refuse('invalid', { field: 'phone', reason: 'malformed' });
  if (mode === 'online' && email === undefined) return refuse('invalid', { article: '3 e', field: 'email', reason: 'required' });
  if (mode === 'online' && phone === undefined) return refuse('invalid', { article: '3 e', field: 'phone', reason: 'required' });
  if (mode === 'phone' && phone === undefined) return refuse('invalid', { article: '3 d', field: 'phone', reason: 'required' });
  return undefined;
};

/**
 * What the arguments of a booking alone refuse, before step 1, so that it leaves no fact:
 * `invalid` (contact: R3.4, A10; off the grid: Art. 6), `notice-not-accepted` (Art. 5, A14), `too-soon` (Art. 4),
 * `beyond-horizon` (A16), `not-working-time` (Art. 4). `undefined` when nothing speaks against it.
 */
export const checkTicketRequest = (request: TicketRequest, rules: TicketRequestRules): Refusal | undefined => {
  const { mode, slot, recordingNoticeVersion, requestedAt } = request;
  const { policies, noticeVersion, plan } = rules;
  const contact = checkContact(request);
  if (contact !== undefined) return contact;
  if (mode === 'online' && recordingNoticeVersion !== noticeVersion) return refuse('notice-not-accepted', { article: '5', noticeVersion });
  if (!isSlot(slot)) return refuse('invalid', { article: '6', field: 'startsAt', reason: 'not-on-grid' });
  return (
    checkLeadTime(requestedAt, slot.startsAt, policies['lead-time']) ??
    checkHorizon(requestedAt, slot.startsAt, policies['booking-horizon']) ??
    (planAllows(plan, slot) ? undefined : refuse('not-working-time', { article: '4' }))
  );
};
