import { defined } from '@tichet-albastru/kernel/defined';
import type { Fact, Instant } from '../kernel/fact';
import { isBlank } from '../kernel/blank';
import { isPersonalText } from '../kernel/personal-text';
import { countsAsTold, outcomesOf, reassignedNoticeDueAt } from '../ticket/changes';
import { noticeLimit, type NoticeOwed } from '../ticket/deadlines';
import type { CitizenNotified, NoticeSubject } from '../ticket/facts';
import { after, type Dossier, type Evidence, type RequestSeen, seen, type Seen, seenOfRequest } from './case-file';
import { givenThen } from './contact-then';
import { check, fail, notApplicable, pass, pending, type Sentence } from './check';
import { endOfWorkingDayAfter } from '../calendar/working-days';
import { calendarThen, policyStamped, policyThen } from './in-force';
import { isMissed, type Owed } from './owed';
import { thatStayed } from '../ticket/notice-by-post';
import { civilDateOf, plusHours, startOfNextDay } from '../time/civil-time';

/** What opens the duty of Art. 8. */
type Trigger = Seen<'Rescheduled' | 'Cancelled' | 'StaffAbsent' | 'Reassigned' | 'ModeChanged'>;

/** One thing that Art. 8 asks after a trigger; `id` names the fact that shows that it was done. */
type Duty = Owed & {
  readonly what: 'reason' | 'notice' | 'new-slot' | 'supersede';
  readonly trigger: Trigger;
  readonly id?: string;
};
/** When something was done, and the fact that shows it. */
type Done = { readonly at: Instant; readonly id: string };

/** Of a change, what a notice that tells of it is about. */
const subjectsOfChange: Readonly<Record<Trigger['fact']['type'], readonly NoticeSubject[]>> = {
  Rescheduled: ['rescheduled', 'cancelled'],
  Cancelled: ['cancelled'],
  StaffAbsent: ['staff-absent', 'rescheduled', 'cancelled'],
  Reassigned: ['reassigned'],
  ModeChanged: ['mode-changed'],
};

/** A change by staff, and when it was made. */
export type ChangeMade = { readonly type: Trigger['fact']['type']; readonly since: Instant };

/**
 * A21: a notice of any of these changes tells of the first. A citizen who is told of a later change knows where the meeting stands. A
 * notice about something else tells of none.
 */
export const isToldIn = (
  changes: readonly ChangeMade[],
  { about, notifiedAt }: Pick<CitizenNotified['data'], 'about' | 'notifiedAt'>,
): boolean => changes.some(({ type, since }) => subjectsOfChange[type].includes(about) && since <= notifiedAt);

/**
 * A citizen who moves or cancels a meeting that was put elsewhere has seen where it was put. They have not seen that it was cancelled, or
 * that a person was absent.
 */
export const isSeenInActing = ({ type }: Pick<ChangeMade, 'type'>): boolean => type !== 'Cancelled' && type !== 'StaffAbsent';

const earliest = (...instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants.reduce((first, instant) => (instant !== undefined && (first === undefined || instant < first) ? instant : first), undefined);

/** When the duty began. */
const triggeredAt = ({ fact }: Pick<Trigger, 'fact'>): Instant => {
  if (fact.type === 'Rescheduled' || fact.type === 'ModeChanged') return fact.data.requestedAt;
  if (fact.type === 'Reassigned') return fact.data.reassignedAt;
  return fact.type === 'Cancelled' ? fact.data.cancelledAt : fact.data.absentAt;
};

const triggers = (dossier: Dossier): readonly Trigger[] =>
  seen(dossier, 'Rescheduled', 'Cancelled', 'StaffAbsent', 'Reassigned', 'ModeChanged').filter(
    ({ fact: { data } }) => !('by' in data) || data.by === 'staff',
  );

/** The changes by staff after this one, the next one first. */
const laterTriggers = (dossier: Dossier, trigger: Trigger): readonly Trigger[] => {
  const all = triggers(dossier);
  return all.slice(all.indexOf(trigger) + 1);
};

type Notice = Seen<'CitizenNotified'>;
const asDone = (event: { readonly id: string } | undefined, at: Instant | undefined): Done | undefined =>
  event === undefined || at === undefined ? undefined : { at, id: event.id };
const firstOf = (ways: readonly (Done | undefined)[]): Done | undefined =>
  ways.flatMap((done) => done ?? []).toSorted((a, b) => (a.at < b.at ? -1 : 1))[0];

const duty = (what: Duty['what'], trigger: Trigger, limitAt: Instant, done: Done | undefined): Duty => ({
  what,
  trigger,
  since: triggeredAt(trigger),
  limitAt,
  ...defined({ doneAt: done?.at, id: done?.id }),
});

/**
 * A21. A letter that was accepted or posted and then came back does not count, nor does a way that cannot have that outcome, or the post
 * where there was a phone number or an e-mail address.
 */
const noticesAbout = (dossier: Dossier, trigger: Trigger): readonly Notice[] => {
  const asMade = (one: Trigger): ChangeMade => ({ type: one.fact.type, since: triggeredAt(one) });
  const changes = [asMade(trigger), ...laterTriggers(dossier, trigger).map(asMade)];
  const notices = seen(dossier, 'CitizenNotified').filter(({ fact: { data } }) => isToldIn(changes, data));
  const isWrittenTo = (told: Notice): boolean =>
    givenThen(dossier, 'phone', told) === undefined && givenThen(dossier, 'email', told) === undefined;
  const stayed = new Set(thatStayed(notices.map(({ fact: { data } }) => data)));
  return notices.filter((told) => {
    const { data } = told.fact;
    return (
      countsAsTold(data.outcome) &&
      outcomesOf(data.channel).includes(data.outcome) &&
      (data.channel !== 'post' || isWrittenTo(told)) &&
      data.notifiedAt >= triggeredAt(trigger) &&
      stayed.has(data)
    );
  });
};

/** A20. `other` says in words which. C12 judges why another person holds the meeting. */
const hasReason = ({ fact }: Trigger): boolean => {
  if (fact.type === 'StaffAbsent' || fact.type === 'Reassigned') return true;
  const { reason: given, reasonText } = fact.data;
  if (given !== 'other') return given !== undefined;
  return reasonText !== undefined && !(isPersonalText(reasonText) && isBlank(reasonText));
};

const reason = (trigger: Trigger): Duty => {
  const at = triggeredAt(trigger);
  return duty('reason', trigger, at, hasReason(trigger) ? asDone(trigger, at) : undefined);
};

const hoursToTell = (dossier: Dossier, { fact: { data } }: Trigger): number =>
  policyThen(dossier, 'notice-deadline', data.policies).value.hours;

/** The same where the change itself keeps the policy: then no later day counts that is written beside it. Older facts do not say. */
const stampedNoticeDueAt = (trigger: Pick<Trigger, 'fact'>): Instant | undefined => {
  const hours = policyStamped(trigger.fact.data.policies ?? [], 'notice-deadline')?.value.hours;
  return hours === undefined ? undefined : plusHours(triggeredAt(trigger), hours);
};

type Dated = Pick<Trigger, 'fact'> & Partial<Pick<Trigger, 'recordedAt'>>;

/** By when the citizen is told of this change, taken by itself. */
const ownNoticeDueAt = (trigger: Dated, hours: number): Instant => {
  const { fact, recordedAt = triggeredAt(trigger) } = trigger;
  if (fact.type === 'Reassigned') {
    const { noticeDueAt: dueAt, slot } = fact.data;
    const byPolicy = reassignedNoticeDueAt(hours, triggeredAt(trigger), slot.startsAt);
    return dueAt === undefined || (fact.data.policies !== undefined && byPolicy < dueAt) ? byPolicy : dueAt;
  }
  const newStart = fact.type === 'Rescheduled' || fact.type === 'ModeChanged' ? fact.data.slot.startsAt : undefined;
  return earliest(fact.data.noticeDueAt, newStart, stampedNoticeDueAt(trigger)) ?? recordedAt;
};

/**
 * A21: what is owed after this change, taken by itself.
 * @param trigger recorded when it happened, where it does not say when
 * @param hours of the `notice-deadline` in force then
 */
export const noticeOwedOf = (trigger: Dated, hours: number): NoticeOwed => ({
  since: triggeredAt(trigger),
  ownLimitAt: ownNoticeDueAt(trigger, hours),
  hours,
});

/** By when the citizen is told of this change, as those after it leave it. */
const noticeDueAt = (dossier: Dossier, trigger: Trigger): Instant => {
  const asOwed = (one: Trigger): NoticeOwed => noticeOwedOf(one, hoursToTell(dossier, one));
  return noticeLimit([asOwed(trigger), ...laterTriggers(dossier, trigger).map(asOwed)]);
};

const actedUpon = (dossier: Dossier, trigger: Trigger): Done | undefined => {
  if (!isSeenInActing(trigger.fact)) return undefined;
  const own = seen(after(dossier, trigger), 'Rescheduled', 'ModeChanged', 'Cancelled').find(({ fact: { data } }) => data.by === 'citizen');
  return asDone(own, own?.recordedAt);
};

/** When the meeting is to be, after this change. */
const newStart = ({ fact }: Trigger): Instant | undefined =>
  fact.type === 'Cancelled' || fact.type === 'StaffAbsent' ? undefined : fact.data.slot.startsAt;

/** A21: a letter counts with the day on which it was posted; on the day of the meeting it is too late, at any hour. */
const toldAt = ({ fact: { data } }: Notice, trigger: Trigger): Instant => {
  const startsAt = newStart(trigger);
  const tooLate = data.postedOn !== undefined && startsAt !== undefined && data.postedOn >= civilDateOf(startsAt);
  return tooLate ? startOfNextDay(data.postedOn) : data.notifiedAt;
};

const notice = (dossier: Dossier, trigger: Trigger): Duty => {
  const first = noticesAbout(dossier, trigger)[0];
  const told = firstOf([asDone(first, first && toldAt(first, trigger)), actedUpon(dossier, trigger)]);
  return duty('notice', trigger, noticeDueAt(dossier, trigger), told);
};

/** Another ticket for the same request that had not ended by then is the new slot of a cancelled one. */
const newTicket = (dossier: Dossier, after: Instant, dueAt: Instant): RequestSeen<'TicketAdmitted'> | undefined =>
  seenOfRequest(dossier.request, 'TicketAdmitted').find(
    ({ fact: { data } }) =>
      data.ticketId !== dossier.ticketId &&
      data.admittedAt >= after &&
      !seenOfRequest(dossier.request, 'AdmissionEnded').some(
        (ended) => ended.fact.data.ticketId === data.ticketId && ended.fact.data.endedAt <= dueAt,
      ),
  );

const stampedNewSlotDueAt = (dossier: Dossier, trigger: Trigger): Instant | undefined => {
  const days = policyStamped(trigger.fact.data.policies ?? [], 'outcome-deadline')?.value.workingDays;
  return days === undefined ? undefined : endOfWorkingDayAfter(calendarThen(dossier, trigger), triggeredAt(trigger), days);
};

const newSlot = (dossier: Dossier, trigger: Trigger): Duty | undefined => {
  if (trigger.fact.type !== 'Cancelled' && trigger.fact.type !== 'StaffAbsent') return undefined;
  if (trigger.fact.data.newSlotDueAt === undefined) return undefined;
  const after = triggeredAt(trigger);
  const dueAt = earliest(trigger.fact.data.newSlotDueAt, stampedNewSlotDueAt(dossier, trigger)) ?? after;
  const moved = seen(dossier, 'Rescheduled').find(({ fact }) => fact.data.requestedAt >= after);
  const declined = noticesAbout(dossier, trigger).find(({ fact }) => fact.data.outcome === 'declined-new-slot');
  const givenUp = seen(dossier, 'Cancelled').find(({ fact: { data } }) => data.by === 'citizen' && data.cancelledAt >= after);
  const again = newTicket(dossier, after, dueAt);
  const given = seen(dossier, 'NewHourGiven').find(({ fact }) => fact.data.givenAt >= after);
  const found = firstOf([
    asDone(moved, moved?.fact.data.requestedAt),
    asDone(declined, declined?.fact.data.notifiedAt),
    asDone(givenUp, givenUp?.fact.data.cancelledAt),
    asDone(again, again?.fact.data.admittedAt),
    asDone(given, given?.fact.data.givenAt),
  ]);
  return duty('new-slot', trigger, dueAt, found);
};

/** A citizen who has a calendar entry for the old hour gets a letter that replaces or withdraws it. */
const supersede = (dossier: Dossier, trigger: Trigger): Duty | undefined => {
  if (trigger.fact.type === 'StaffAbsent') return undefined;
  const { sequence } = trigger.fact.data;
  const invitations = seen(dossier, 'InvitationSent');
  if (!invitations.some(({ fact }) => fact.data.sequence < sequence)) return undefined;
  const newer = invitations.find(({ fact }) => fact.data.sequence >= sequence);
  const letter = noticesAbout(dossier, trigger).find(({ fact: { data } }) => data.outcome === 'accepted');
  const done = newer === undefined ? asDone(letter, letter?.fact.data.notifiedAt) : asDone(newer, newer.fact.data.acceptedAt);
  return duty('supersede', trigger, noticeDueAt(dossier, trigger), done);
};

/** Everything that Art. 8 (C19) asks after each change by staff, the earliest first. */
export const changesOwed = (dossier: Dossier): readonly Duty[] =>
  triggers(dossier).flatMap((trigger) =>
    [reason(trigger), notice(dossier, trigger), newSlot(dossier, trigger), supersede(dossier, trigger)].flatMap((owed) => owed ?? []),
  );

const named: Readonly<Record<Duty['what'], Sentence>> = {
  reason: { ro: 'motivul', en: 'the reason' },
  notice: { ro: 'înștiințarea cetățeanului', en: 'telling the citizen' },
  'new-slot': { ro: 'o oră nouă sau refuzul cetățeanului', en: 'a new slot or the citizen’s refusal' },
  supersede: { ro: 'înlocuirea invitației vechi', en: 'superseding the old invitation' },
};

const naming = (duties: readonly Duty[], language: keyof Sentence): string => duties.map(({ what }) => named[what][language]).join(', ');

/** A19: the move by the citizen alone that was one too many, by the limit that it was stamped with; one after an absence of staff counts for none. */
export const moveTooMany = (
  dossier: Pick<Dossier, 'ticket'>,
): { readonly event: Seen<'Rescheduled' | 'ModeChanged'>; readonly limit: number } | undefined => {
  let moves = 0;
  let staffWasAbsent = false;
  for (const event of seen(dossier, 'Rescheduled', 'ModeChanged', 'Reassigned', 'StaffAbsent')) {
    const { fact } = event;
    if ((fact.type === 'Rescheduled' || fact.type === 'ModeChanged') && fact.data.by === 'citizen' && !staffWasAbsent) {
      moves += 1;
      const limit = policyStamped(fact.data.policies, 'reschedule-limit')?.value.times;
      if (limit !== undefined && moves > limit) return { event: { ...event, fact }, limit };
    }
    staffWasAbsent = fact.type === 'StaffAbsent';
  }
  return undefined;
};

/** What gives a citizen another hour, where it answers what Art. 8 asks for; a move by staff is itself the change. */
const givesAnHour: readonly string[] = ['Rescheduled', 'TicketAdmitted', 'NewHourGiven'];

/** That the citizen was told, and, where they were, rescheduled: moved by staff, or given another hour after a cancelling or an absence. */
const toldOf = (changes: readonly Trigger[], duties: readonly Duty[], evidence: readonly Evidence<Fact>[]): Sentence => {
  const newHours = new Set(duties.flatMap(({ what, id }) => (what === 'new-slot' ? (id ?? []) : [])));
  const isRescheduled =
    changes.some(({ fact: { type } }) => type === 'Rescheduled') ||
    evidence.some(({ id, fact: { type } }) => newHours.has(id) && givesAnHour.includes(type));
  return isRescheduled
    ? { ro: 'Cetățeanul a fost înștiințat și reprogramat, cu motiv.', en: 'The citizen was told and rescheduled, with a reason.' }
    : { ro: 'Cetățeanul a fost înștiințat, cu motiv.', en: 'The citizen was told, with a reason.' };
};

/** C19, Art. 8 (A20, A21, A23): reason, notice in 24 h and before the new start, a new slot or a refusal in 2 working days, no old invitation left. */
export const c19ReschedulingDuties = check(
  '8',
  {
    ro: [
      'Îndatoriri după o schimbare',
      'O schimbare făcută de funcționar, și trecerea la altă persoană, are motiv (la „altul”, în cuvinte) și înștiințare în 24 de ore, înaintea noii ore; după o absență sau anulare a lui urmează în 2 zile lucrătoare o oră nouă sau refuzul înscris al cetățeanului; nicio invitație veche nu rămâne.',
    ],
    en: [
      'Duties after a change',
      'A change by staff, and a change of person, has a reason (“other” in words) and a notice within 24 hours and before the new start; after an absence or a cancelling by staff, a new slot or the citizen’s recorded refusal follows within 2 working days; no old invitation is left standing.',
    ],
  },
  (dossier) => {
    const tooMany = moveTooMany(dossier);
    if (tooMany !== undefined)
      return fail(
        {
          ro: 'Cetățeanul a mutat întâlnirea singur de mai multe ori decât se poate.',
          en: 'The citizen alone moved the meeting more often than is allowed.',
        },
        [tooMany.event],
      );
    const opened = triggers(dossier);
    if (opened.length === 0)
      return notApplicable({ ro: 'Programul nu a fost schimbat de funcționar.', en: 'Staff did not change the schedule.' });
    const duties = changesOwed(dossier);
    const shown = new Set(duties.map(({ id }) => id));
    const evidence = [...opened, ...[...dossier.ticket, ...dossier.request].filter(({ id }) => shown.has(id))];
    const late = duties.filter((owed) => isMissed(owed, dossier.asOf));
    if (late.length > 0) {
      return fail({ ro: `Neîndeplinit la timp: ${naming(late, 'ro')}.`, en: `Not done in time: ${naming(late, 'en')}.` }, evidence);
    }
    const open = duties.filter(({ doneAt }) => doneAt === undefined).toSorted((a, b) => (a.limitAt < b.limitAt ? -1 : 1));
    const next = open[0];
    return next === undefined
      ? pass(toldOf(opened, duties, evidence), evidence)
      : pending({ ro: `De îndeplinit: ${naming(open, 'ro')}.`, en: `Still to be done: ${naming(open, 'en')}.` }, evidence, {
          failsAt: next.limitAt,
        });
  },
  'mail',
);
