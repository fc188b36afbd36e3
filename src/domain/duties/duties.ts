import { after, type CaseFile, type Dossier, dossierAt, first, placements, seen, type Seen } from '../audit/case-file';
import { changesOwed } from '../audit/change-checks';
import { addressesGivenLater, givenThen } from '../audit/contact-then';
import { linkOwed, outcomesOwed, recordingOwed } from '../audit/meeting-checks';
import { isMissed, type Owed } from '../audit/owed';
import {
  amendmentFilingsOwed,
  amendmentSendingsOwed,
  filingOwed,
  followUpsOwed,
  sendingOwed,
  writingOwed,
} from '../audit/resolution-checks';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import { momentAfter, momentBefore } from '../time/civil-time';
import { leavesNothingToTell } from '../tasks/tasks';
import type { TaskKind } from '../ticket/facts';
import { type DutyKind, type Ower, shapeOfDuty } from './duty-kinds';

export type Duty = Owed & {
  /** its kind, and the event that opened it where a ticket may have several; among the duties of a ticket it names one */
  readonly dutyId: string;
  readonly kind: DutyKind;
  readonly article: string;
  readonly owedBy: Ower;
  /** the person who was to hold the meeting when it was done in time, or when its limit was over; for an offer, the head who was asked */
  readonly staffId: string;
  /** whose duty it is, where that is not the department of the meeting: of an offer, the one that was asked */
  readonly departmentCode?: string;
};

/** `missed`: not done by its limit, whether or not it was done later, or lost. */
export const dutyStates = ['open', 'met', 'missed'] as const;
export type DutyState = (typeof dutyStates)[number];

export const stateOfDuty = (duty: Owed, at: Instant): DutyState => {
  if (isMissed(duty, at)) return 'missed';
  return duty.doneAt === undefined ? 'open' : 'met';
};

/** It was not done, and it can still be done, now or once it begins. */
export const isToBeDone = ({ doneAt, lostAt }: Owed, at: Instant): boolean => doneAt === undefined && (lostAt === undefined || at < lostAt);

/** It has begun, was not done, and it can still be done. */
export const isOwed = (owed: Owed, at: Instant): boolean => owed.since <= at && isToBeDone(owed, at);

/** Still owed, and its limit is over. */
export const isOverdue = (duty: Owed, at: Instant): boolean => isOwed(duty, at) && at > duty.limitAt;

/** Until when, this moment included, the state of the duty stands while nothing happens; absent where time changes it no more. */
export const dutyStandsUntil = ({ since, doneAt, limitAt, lostAt }: Owed, at: Instant): Instant | undefined => {
  const begins = since > at ? [momentBefore(since)] : [];
  if (doneAt !== undefined || (lostAt !== undefined && lostAt <= at)) return begins[0];
  const ends = [limitAt, ...(lostAt === undefined ? [] : [momentBefore(lostAt)])];
  return [...begins, ...ends].filter((moment) => moment >= at).toSorted()[0];
};

/** As it stands at a moment. `metAt`: when it was done, in time or not. */
export type DutyAt = Omit<Duty, 'doneAt' | 'lostAt'> & { readonly state: DutyState; readonly metAt?: Instant; readonly overdue: boolean };

/** Those that have begun, the most urgent first. */
export const dutiesAt = (duties: readonly Duty[], at: Instant): readonly DutyAt[] =>
  duties
    .filter(({ since }) => since <= at)
    .map(({ doneAt, lostAt, ...duty }) => {
      const owed = { ...duty, ...defined({ doneAt, lostAt }) };
      return { ...duty, state: stateOfDuty(owed, at), ...defined({ metAt: doneAt }), overdue: isOverdue(owed, at) };
    })
    .toSorted((one, other) => (one.limitAt < other.limitAt ? -1 : one.limitAt > other.limitAt ? 1 : 0));

type Asked = { readonly staffId: string; readonly departmentCode: string };
type Offer = Seen<'MoveOffered'>;

/** What ended an offer: it was answered, by taking the meeting or declining it, or there was nothing to answer any more. */
const endOfOffer = (dossier: Dossier, offer: Offer): { readonly at: Instant; readonly isAnswer: boolean } | undefined => {
  const { offerId } = offer.fact.data;
  const end = seen(
    after(dossier, offer),
    'MoveOfferDeclined',
    'MoveOfferWithdrawn',
    'Rescheduled',
    'Reassigned',
    'Cancelled',
    'StaffAbsent',
    'CitizenAbsent',
    'MeetingStarted',
    'Held',
  ).find(({ fact: { type, data } }) => (type !== 'MoveOfferDeclined' && type !== 'MoveOfferWithdrawn') || data.offerId === offerId);
  if (end === undefined) return undefined;
  const answered = (end.fact.type === 'Rescheduled' || end.fact.type === 'Reassigned') && end.fact.data.offerId === offerId;
  return { at: end.recordedAt, isAnswer: answered || end.fact.type === 'MoveOfferDeclined' };
};

/** Art. 8 (A3): the head of the department that was asked says yes or no while it can still be done. A later answer is not possible. */
const offersOwed = (dossier: Dossier): readonly (Owed & { readonly offer: Offer })[] =>
  seen(dossier, 'MoveOffered').flatMap((offer): readonly (Owed & { readonly offer: Offer })[] => {
    const { offeredAt: since, validUntil: limitAt } = offer.fact.data;
    const end = endOfOffer(dossier, offer);
    const open = { offer, since, limitAt };
    if (end === undefined || end.at > limitAt) return [{ ...open, lostAt: limitAt }];
    return end.isAnswer ? [{ ...open, doneAt: end.at }] : [];
  });

const kindOfChange = { notice: 'notify-citizen', 'new-slot': 'give-new-hour', supersede: 'replace-invitation' } as const;

/**
 * The person who was to hold the meeting when the duty was done, or when its time was over. A person who takes a meeting over afterwards
 * has missed nothing of it. A duty that is done by giving the meeting to another person counts for the person who had it.
 */
const staffIdOf = (dossier: Dossier, { doneAt, limitAt }: Owed): string | undefined => {
  const requested = first(dossier, 'Requested');
  const isBefore = (recordedAt: Instant): boolean =>
    doneAt !== undefined && doneAt <= limitAt ? recordedAt < doneAt : recordedAt <= limitAt;
  const placed = placements(dossier).findLast(({ recordedAt }) => isBefore(recordedAt));
  return (placed ?? requested)?.fact.data.staffId;
};

type Change = ReturnType<typeof changesOwed>[number];

/**
 * From when on a change can no longer be told of: once the meeting was held or missed, or the citizen called it off. Its invitation is not
 * superseded then either: an entry for an hour that is over misleads no citizen.
 */
const endOfTelling = (dossier: Dossier, { what, trigger }: Change): Instant | undefined => {
  const over = after(dossier, trigger).ticket.find(({ fact }) => leavesNothingToTell(fact))?.recordedAt;
  if (what === 'notice') return over;
  if (what !== 'supersede') return undefined;
  // while it is owed there is no newer one
  const endOfHours = seen(dossier, 'InvitationSent')
    .map(({ fact }) => fact.data.slot.endsAt)
    .toSorted()
    .at(-1);
  return [over ?? endOfHours, endOfHours].toSorted()[0];
};

/** The letter came back, or could not leave in time: since then a person is asked. Who is asked once it is done is asked for something else. */
const askedOfStaff = (since: Pick<Dossier, 'ticket'>, task: TaskKind, { doneAt }: Owed): readonly Seen<'TaskRaised'>[] =>
  seen(since, 'TaskRaised').filter(({ fact, recordedAt }) => fact.data.kind === task && (doneAt === undefined || recordedAt < doneAt));

/** Art. 5: by the letter with one of these links, that to an address given later included; a letter has the id of what asked for it. */
const isLinkByLetter = (dossier: Dossier, { place, links, ...owed }: NonNullable<ReturnType<typeof linkOwed>>): boolean => {
  const since = after(dossier, place);
  const letters = [...links, ...addressesGivenLater(since)];
  const givenUp = askedOfStaff(since, 'send-letter', owed);
  return links.length > 0 && !givenUp.some(({ fact }) => letters.some(({ id }) => id === fact.data.subjectId));
};

/** Once it is over for good, no person is asked for it any more. It is missed by its limit, and not sooner. */
const over = (owed: Owed, ...ends: readonly (Instant | undefined)[]): Owed => {
  const [end] = ends.flatMap((instant) => instant ?? []).toSorted();
  if (end === undefined || owed.doneAt !== undefined) return owed;
  const missedAt = momentAfter(owed.limitAt);
  return { ...owed, lostAt: end > missedAt ? end : missedAt };
};

/** `about`: what opened it, where there may be several; `endsAt`: from when on it can no longer be done. */
type Further = { readonly about?: { readonly id: string }; readonly askedOf?: Asked; readonly endsAt?: Instant | undefined };

/**
 * All that the procedure asks for about this ticket by a time, what has not begun (an hour that has not come) included. The checks judge by
 * the same dates. What fell away is not in it: a link for a meeting that was called off, a recording that the citizen did not want.
 */
export const dutiesOf = (dossier: Dossier): readonly Duty[] => {
  const duties: Duty[] = [];
  const erased = first(dossier, 'PersonalDataErased')?.recordedAt;
  const add = (kind: DutyKind, owedBy: Ower, owed: Owed | undefined, { about, askedOf, endsAt }: Further = {}): void => {
    if (owed === undefined) return;
    const staffId = askedOf?.staffId ?? staffIdOf(dossier, owed);
    if (staffId === undefined) return;
    const { article, needsContact = owedBy === 'service' } = shapeOfDuty(kind);
    const { since, targetAt, limitAt, doneAt, lostAt } = over(owed, endsAt, needsContact ? erased : undefined);
    duties.push({
      dutyId: about === undefined ? kind : `${kind}/${about.id}`,
      kind,
      article,
      owedBy,
      staffId,
      since,
      limitAt,
      ...defined({ departmentCode: askedOf?.departmentCode, targetAt, doneAt, lostAt }),
    });
  };
  const link = linkOwed(dossier);
  const isByService = link !== undefined && isLinkByLetter(dossier, link);
  add('send-link', isByService ? 'service' : 'staff', link, { endsAt: link?.place.fact.data.slot.endsAt });
  for (const owed of offersOwed(dossier)) {
    const { askedOf: staffId, to } = owed.offer.fact.data;
    add('answer-offer', 'head', owed, { about: owed.offer, askedOf: { staffId, departmentCode: to.departmentCode } });
  }
  for (const owed of changesOwed(dossier)) {
    // a change is not made without its reason: no time is set for it
    if (owed.what === 'reason') continue;
    const kind = kindOfChange[owed.what];
    const hasLetter = owed.what === 'notice' && givenThen(dossier, 'email', owed.trigger) !== undefined;
    const byLetter =
      owed.what === 'supersede' || (hasLetter && askedOfStaff(after(dossier, owed.trigger), 'notify-citizen', owed).length === 0);
    add(kind, byLetter ? 'service' : 'staff', owed, { about: owed.trigger, endsAt: endOfTelling(dossier, owed) });
  }
  for (const owed of outcomesOwed(dossier)) add('record-outcome', 'staff', owed, { about: owed.from });
  add('attach-recording', 'staff', recordingOwed(dossier));
  add('write-resolution', 'staff', writingOwed(dossier));
  add('file-resolution', 'staff', filingOwed(dossier));
  const sending = sendingOwed(dossier);
  add('send-resolution', sending?.byPerson === true ? 'staff' : 'service', sending);
  for (const owed of followUpsOwed(dossier)) add('follow-up-bounce', 'staff', owed, { about: owed.bounce });
  for (const owed of amendmentFilingsOwed(dossier)) add('file-amendment', 'staff', owed, { about: owed.amended });
  for (const owed of amendmentSendingsOwed(dossier))
    add('send-amendment', owed.byPerson ? 'staff' : 'service', owed, { about: owed.amended });
  return duties;
};

/**
 * The duties of a ticket as they were known at a moment.
 * @param whole on all that the case file knows, regardless of recorded times
 */
export const dutiesIn = (caseFile: CaseFile, asOf: Instant, whole = false): readonly Duty[] => dutiesOf(dossierAt(caseFile, asOf, whole));
