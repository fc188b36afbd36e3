import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/instant';
import type { NoticeSubject } from '../ticket/facts';
import { countsAsTold } from '../ticket/notify-citizen';
import { seen, seenOfRequest, type Dossier, type RequestSeen, type Seen } from './dossier';

/** What opens the duty of Art. 8. */
export type Trigger = Seen<'Rescheduled' | 'Cancelled' | 'StaffAbsent'>;

/** One thing that Art. 8 asks after a trigger: done by `done` (when, and the fact that shows it), due until `dueAt` inclusive. */
export type Duty = {
  readonly what: 'reason' | 'notice' | 'new-slot' | 'supersede';
  readonly dueAt: Instant;
  readonly done?: { readonly at: Instant; readonly id: string };
};

const subjects: Readonly<Record<Trigger['fact']['type'], readonly NoticeSubject[]>> = {
  Rescheduled: ['rescheduled', 'cancelled'],
  Cancelled: ['cancelled'],
  StaffAbsent: ['staff-absent', 'rescheduled', 'cancelled'],
};

const earliest = (...instants: readonly (Instant | undefined)[]): Instant | undefined =>
  instants.reduce((first, instant) => (instant !== undefined && (first === undefined || instant < first) ? instant : first), undefined);

/** When the duty began. */
const triggeredAt = ({ fact }: Trigger): Instant => {
  if (fact.type === 'Rescheduled') return fact.data.requestedAt;
  return fact.type === 'Cancelled' ? fact.data.cancelledAt : fact.data.absentAt;
};

export const triggers = (dossier: Dossier): readonly Trigger[] =>
  seen(dossier, 'Rescheduled', 'Cancelled', 'StaffAbsent').filter(({ fact }) => fact.type === 'StaffAbsent' || fact.data.by === 'staff');

type Notice = Seen<'CitizenNotified'>;
const asDone = (event: { readonly id: string } | undefined, at: Instant | undefined): Pick<Duty, 'done'> =>
  event === undefined || at === undefined ? {} : { done: { at, id: event.id } };

/** A21. A letter that was accepted and then came back told nobody. */
const noticesAbout = (dossier: Dossier, trigger: Trigger): readonly Notice[] => {
  const notices = seen(dossier, 'CitizenNotified').filter(({ fact: { data } }) => subjects[trigger.fact.type].includes(data.about));
  const bounced = new Set(notices.flatMap(({ fact: { data } }) => (data.outcome === 'bounced' && data.letterId ? [data.letterId] : [])));
  return notices.filter(
    ({ fact: { data } }) =>
      countsAsTold(data.outcome) && data.notifiedAt >= triggeredAt(trigger) && !(data.letterId !== undefined && bounced.has(data.letterId)),
  );
};

const reason = (trigger: Trigger): Duty => {
  const at = triggeredAt(trigger);
  const given = trigger.fact.type === 'StaffAbsent' || trigger.fact.data.reason !== undefined;
  return { what: 'reason', dueAt: at, ...(given ? asDone(trigger, at) : {}) };
};

const noticeDueAt = ({ fact, recordedAt }: Trigger): Instant =>
  earliest(fact.data.noticeDueAt, fact.type === 'Rescheduled' ? fact.data.slot.startsAt : undefined) ?? recordedAt;

const notice = (dossier: Dossier, trigger: Trigger): Duty => {
  const first = noticesAbout(dossier, trigger)[0];
  return { what: 'notice', dueAt: noticeDueAt(trigger), ...asDone(first, first?.fact.data.notifiedAt) };
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

const newSlot = (dossier: Dossier, trigger: Trigger): Duty | undefined => {
  if (trigger.fact.type === 'Rescheduled' || trigger.fact.data.newSlotDueAt === undefined) return undefined;
  const [after, dueAt] = [triggeredAt(trigger), trigger.fact.data.newSlotDueAt];
  const moved = seen(dossier, 'Rescheduled').find(({ fact }) => fact.data.requestedAt >= after);
  const declined = noticesAbout(dossier, trigger).find(({ fact }) => fact.data.outcome === 'declined-new-slot');
  const givenUp = seen(dossier, 'Cancelled').find(({ fact: { data } }) => data.by === 'citizen' && data.cancelledAt >= after);
  const again = newTicket(dossier, after, dueAt);
  const ways = [
    asDone(moved, moved?.fact.data.requestedAt),
    asDone(declined, declined?.fact.data.notifiedAt),
    asDone(givenUp, givenUp?.fact.data.cancelledAt),
    asDone(again, again?.fact.data.admittedAt),
  ].flatMap(({ done }) => done ?? []);
  const soonest = ways.toSorted((a, b) => (a.at < b.at ? -1 : 1))[0];
  return { what: 'new-slot', dueAt, ...defined({ done: soonest }) };
};

/** Whoever holds a calendar entry for the old hour gets a letter that replaces or withdraws it. */
const supersede = (dossier: Dossier, trigger: Trigger): Duty | undefined => {
  if (trigger.fact.type === 'StaffAbsent') return undefined;
  const { sequence } = trigger.fact.data;
  const invitations = seen(dossier, 'InvitationSent');
  if (!invitations.some(({ fact }) => fact.data.sequence < sequence)) return undefined;
  const newer = invitations.find(({ fact }) => fact.data.sequence >= sequence);
  const letter = noticesAbout(dossier, trigger).find(({ fact: { data } }) => data.channel === 'email' && data.outcome === 'accepted');
  const done = newer === undefined ? asDone(letter, letter?.fact.data.notifiedAt) : asDone(newer, newer.fact.data.acceptedAt);
  return { what: 'supersede', dueAt: noticeDueAt(trigger), ...done };
};

/** Everything that Art. 8 asks after this trigger. */
export const dutiesAfter = (dossier: Dossier, trigger: Trigger): readonly Duty[] =>
  [reason(trigger), notice(dossier, trigger), newSlot(dossier, trigger), supersede(dossier, trigger)].flatMap((duty) => duty ?? []);
