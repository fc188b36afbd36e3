import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import { refuse } from '../kernel/refusal';
import type { Policies, PolicyStamp, PolicyValues } from '../policies';
import { addDays, atLocal, civilDateOf, localTimeOf, nextAtLocal, plusHours, plusMinutes } from '../time/civil-time';
import type { Slot } from '../time/slot';
import type { Contact, ContactCorrected, ReminderLeftOut, ReminderSent, TicketFact } from './facts';
import { isRequested, type TicketState } from './ticket';

type ReminderPolicy = NonNullable<PolicyValues['reminders']>;
type Night = Pick<ReminderPolicy, 'nightFrom' | 'nightUntil'>;

/** What falls into the night goes out so long before it begins: a mail server that says "later" is still asked again in time. */
const minutesBeforeTheNight = 30;

/** One letter or text message that reminds of a meeting: it may leave from `dueAt` on, and not at `uselessAt` or later. */
export type Reminder = { readonly hoursBefore: number; readonly dueAt: Instant; readonly uselessAt: Instant };

/** Names one reminder of one hour. */
type Named = { readonly hoursBefore: number; readonly slot: Slot };

/**
 * The meeting as it stands and what is still to be said about it, the earliest first. Without a slot nothing stands.
 * `sent`: what was said, also of hours that the meeting has left: it may come back to them. `channel`: left out, by e-mail.
 */
export type ReminderPlan = {
  readonly slot?: Slot;
  readonly open: readonly Reminder[];
  readonly sent: readonly Named[];
  readonly channel?: NonNullable<ReminderSent['data']['channel']>;
};

const isNight = ({ nightFrom, nightUntil }: Night, at: Instant): boolean => {
  const time = localTimeOf(at);
  return nightFrom <= nightUntil ? time >= nightFrom && time < nightUntil : time >= nightFrom || time < nightUntil;
};

/** Where no reminders are sent, and so no night is set: other things are not written at night either. */
const usualNight: Night = { nightFrom: '21:00', nightUntil: '07:00' };

/** When the night ends that this instant is in, and with it what can wait for the day may be written; `undefined` by day. */
export const nightEndsAt = ({ reminders: { value } }: Pick<Policies, 'reminders'>, at: Instant): Instant | undefined => {
  const night = value ?? usualNight;
  return isNight(night, at) ? nextAtLocal(night.nightUntil, at) : undefined;
};

/** When the night began that this instant is in. */
const nightBegan = ({ nightFrom }: Night, at: Instant): Instant => {
  const date = civilDateOf(at);
  return atLocal(localTimeOf(at) >= nightFrom ? date : addDays(date, -1), nightFrom);
};

/** When the first night after this instant of the day begins; `undefined` where there is none. */
const nextNight = ({ nightFrom, nightUntil }: Night, at: Instant): Instant | undefined =>
  nightFrom === nightUntil ? undefined : nextAtLocal(nightFrom, at);

/** Sorted, `undefined` comes last. */
const earliest = (...instants: readonly (Instant | undefined)[]): Instant | undefined => instants.toSorted()[0];

/**
 * The reminders of a meeting that is known from this instant on, the earliest first. What would go out at night goes out before it, and what
 * would go out when the meeting is known already is left out. Of two that come to stand at one moment, or in the wrong order, the one nearer
 * to the meeting counts. One is too late once half of its time before the meeting has gone by, at the next night, and when the next one is due.
 */
export const remindersOf = (policy: PolicyValues['reminders'], { startsAt }: Slot, knownAt: Instant): readonly Reminder[] => {
  const planned: Reminder[] = [];
  if (policy === null) return planned;
  let next = startsAt;
  for (const hoursBefore of policy.hoursBefore.toSorted((a, b) => a - b)) {
    const wanted = plusHours(startsAt, -hoursBefore);
    const dueAt = isNight(policy, wanted) ? plusMinutes(nightBegan(policy, wanted), -minutesBeforeTheNight) : wanted;
    if (dueAt <= knownAt || dueAt >= next) continue;
    const uselessAt = earliest(plusMinutes(dueAt, hoursBefore * 30), nextNight(policy, dueAt), next) ?? next;
    planned.unshift({ hoursBefore, dueAt, uselessAt });
    next = dueAt;
  }
  return planned;
};

const isReminders = (stamp: PolicyStamp): stamp is Extract<PolicyStamp, { name: 'reminders' }> => stamp.name === 'reminders';

const isSame = (a: Named, b: Named): boolean => a.hoursBefore === b.hoursBefore && a.slot.startsAt === b.slot.startsAt;

/** By the policy that the fact was stamped with: what was booked before there were reminders has none, nor text messages from before them. */
const planOf = (
  { sent, channel }: ReminderPlan,
  { slot, policies }: { readonly slot: Slot; readonly policies: readonly PolicyStamp[] },
  at: Instant,
): ReminderPlan => {
  const policy = policies.find(isReminders)?.value ?? null;
  const planned = channel === undefined || policy?.textMessages === true ? remindersOf(policy, slot, at) : [];
  const open = planned.filter(({ hoursBefore }) => !sent.some((known) => isSame(known, { hoursBefore, slot })));
  return { slot, open, sent, ...defined({ channel }) };
};

/** A citizen who gave neither an address nor a number is not reminded. */
const planFor = ({ email, phone }: Contact): ReminderPlan | undefined => {
  if (email !== undefined) return { open: [], sent: [] };
  return phone === undefined ? undefined : { open: [], sent: [], channel: 'text-message' };
};

/**
 * By letter once there is an address. A citizen who gave neither an address nor a number before is reminded from here on. When the number
 * changes, the open reminders are planned anew: the earlier number may have been one that gets no text messages.
 */
const planAfterCorrection = (
  plan: ReminderPlan | undefined,
  { email, slot, policies = [] }: ContactCorrected['data'],
  at: Instant,
): ReminderPlan | undefined => {
  const isByLetter = plan !== undefined && plan.channel === undefined;
  if (isByLetter) return plan;
  if (plan !== undefined && email === undefined) return { ...plan };
  const anew: ReminderPlan = { open: [], sent: plan?.sent ?? [], ...(email === undefined ? { channel: 'text-message' } : {}) };
  // without one another hour may follow
  return slot === undefined ? anew : planOf(anew, { slot, policies }, at);
};

const without = (plan: ReminderPlan, { hoursBefore, slot }: Named): ReminderPlan =>
  plan.slot?.startsAt === slot.startsAt ? { ...plan, open: plan.open.filter((reminder) => reminder.hoursBefore !== hoursBefore) } : plan;

/**
 * The reminders after one more fact of the ticket, recorded at that instant; nothing for a citizen who gave neither an e-mail address nor a
 * number, nor once the meeting is over, unless an address or a number is given then: that plan stays empty.
 */
export const remindersAfter = (
  plan: ReminderPlan | undefined,
  { fact, at }: { readonly fact: TicketFact; readonly at: Instant },
): ReminderPlan | undefined => {
  if (fact.type === 'Requested') return planFor(fact.data.contact);
  if (fact.type === 'ContactCorrected') return planAfterCorrection(plan, fact.data, at);
  if (plan === undefined) return undefined;
  switch (fact.type) {
    case 'Scheduled':
    case 'Rescheduled':
      return planOf(plan, fact.data, at);
    case 'ReminderSent':
      return without({ ...plan, sent: [...plan.sent, { hoursBefore: fact.data.hoursBefore, slot: fact.data.slot }] }, fact.data);
    case 'ReminderLeftOut':
      return without(plan, fact.data);
    // Another hour may follow.
    case 'MeetingStarted':
    case 'StaffAbsent':
    case 'Cancelled':
      return { open: [], sent: plan.sent, ...defined({ channel: plan.channel }) };
    case 'Held':
    case 'CitizenAbsent':
    case 'Lapsed':
    case 'PersonalDataErased':
      return undefined;
    default:
      return plan;
  }
};

/** The reminder that stands to be sent now, or whose time has gone by without it. */
export const reminderDue = (
  { open: [reminder] }: ReminderPlan,
  at: Instant,
): { readonly kind: 'send' | 'too-late'; readonly reminder: Reminder } | undefined => {
  if (reminder === undefined || at < reminder.dueAt) return undefined;
  return { kind: at < reminder.uselessAt ? 'send' : 'too-late', reminder };
};

/** The mail server or the gateway accepted a reminder. It is noted once, in any state of the ticket. Refuses `not-found`. */
export const noteReminderSent = (sent: ReminderSent['data'], state: TicketState): Decision<ReminderSent> => {
  if (!isRequested(state)) return refuse('not-found');
  return state.reminders.some((known) => isSame(known, sent)) ? noChange() : accept({ type: 'ReminderSent', data: sent });
};

/** No reminder went out, and none will for this one. Not of one that was sent. Refuses `not-found`. */
export const noteReminderLeftOut = (leftOut: ReminderLeftOut['data'], state: TicketState): Decision<ReminderLeftOut> => {
  if (!isRequested(state)) return refuse('not-found');
  return state.reminders.some((known) => isSame(known, leftOut)) ? noChange() : accept({ type: 'ReminderLeftOut', data: leftOut });
};
