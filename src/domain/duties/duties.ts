import { type CaseFile, type Dossier, dossierAt, first, placements, seen, type Seen } from '../audit/case-file';
import { changesOwed } from '../audit/change-checks';
import { givenThen } from '../audit/contact-then';
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
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/fact';
import { plusSeconds } from '../time/civil-time';
import { type DutyKind, type Ower, shapeOfDuty } from './duty-kinds';

export type Duty = Owed & {
  /** its kind, and the event that opened it where a ticket may have several; among the duties of a ticket it names one */
  readonly dutyId: string;
  readonly kind: DutyKind;
  readonly article: string;
  readonly owedBy: Ower;
  /** whoever is to hold the meeting, at the time when it was done; of an offer, the head who was asked */
  readonly staffId: string;
};

/** `missed`: not done by its limit, whether or not it was done later, or lost. */
export const dutyStates = ['open', 'met', 'missed'] as const;
export type DutyState = (typeof dutyStates)[number];

export const stateOfDuty = (duty: Owed, at: Instant): DutyState => {
  if (isMissed(duty, at)) return 'missed';
  return duty.doneAt === undefined ? 'open' : 'met';
};

/** It has begun, was not done, and somebody can still do it. */
export const isOwed = ({ since, doneAt, lostAt }: Owed, at: Instant): boolean =>
  since <= at && doneAt === undefined && (lostAt === undefined || at < lostAt);

/** Still owed, and its limit is over. */
export const isOverdue = (duty: Owed, at: Instant): boolean => isOwed(duty, at) && at > duty.limitAt;

const aMoment = 0.001;

/** Until when, this moment included, the state of the duty stands while nothing happens; absent where time changes it no more. */
export const dutyStandsUntil = ({ since, doneAt, limitAt, lostAt }: Owed, at: Instant): Instant | undefined => {
  const begins = since > at ? [plusSeconds(since, -aMoment)] : [];
  const ends = doneAt === undefined ? [limitAt, ...(lostAt === undefined ? [] : [plusSeconds(lostAt, -aMoment)])] : [];
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

type Offer = Seen<'MoveOffered'>;

/** What ended an offer: it was answered, by taking the meeting or declining it, or there was nothing to answer any more. */
const endOfOffer = (dossier: Dossier, { fact, id }: Offer): { readonly at: Instant; readonly isAnswer: boolean } | undefined => {
  const { offerId } = fact.data;
  const since = { ticket: dossier.ticket.slice(dossier.ticket.findIndex((event) => event.id === id) + 1) };
  const end = seen(
    since,
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

/** Art. 8 (A3): whoever heads the department that was asked says yes or no while it can still be done. Nobody can answer later. */
const offersOwed = (dossier: Dossier): readonly (Owed & { readonly offer: Offer })[] =>
  seen(dossier, 'MoveOffered').flatMap((offer): readonly (Owed & { readonly offer: Offer })[] => {
    const { offeredAt: since, validUntil: limitAt } = offer.fact.data;
    const end = endOfOffer(dossier, offer);
    const open = { offer, since, limitAt };
    if (end === undefined || end.at > limitAt) return [{ ...open, lostAt: limitAt }];
    return end.isAnswer ? [{ ...open, doneAt: end.at }] : [];
  });

const kindOfChange = { notice: 'notify-citizen', 'new-slot': 'give-new-hour', supersede: 'replace-invitation' } as const;

/** Who was to hold the meeting by then; now, where it is not said when. */
const staffIdAt = (dossier: Dossier, at: Instant | undefined): string | undefined => {
  const requested = first(dossier, 'Requested');
  const placed = placements(dossier).findLast(({ recordedAt }) => at === undefined || recordedAt <= at);
  return (placed ?? requested)?.fact.data.staffId;
};

/**
 * All that the procedure asks for about this ticket by a time, what has not begun (an hour that has not come) included. The checks judge by
 * the same dates. What fell away is not in it: a link for a meeting that was called off, a recording that the citizen did not want.
 */
export const dutiesOf = (dossier: Dossier): readonly Duty[] => {
  const duties: Duty[] = [];
  const add = (kind: DutyKind, owedBy: Ower, owed: Owed | undefined, about?: { readonly id: string }, whom?: string): void => {
    const staffId = whom ?? staffIdAt(dossier, owed?.doneAt);
    if (owed === undefined || staffId === undefined) return;
    const { since, targetAt, limitAt, doneAt, lostAt } = owed;
    duties.push({
      dutyId: about === undefined ? kind : `${kind}/${about.id}`,
      kind,
      article: shapeOfDuty(kind).article,
      owedBy,
      staffId,
      since,
      limitAt,
      ...defined({ targetAt, doneAt, lostAt }),
    });
  };
  const link = linkOwed(dossier);
  add('send-link', link?.hasLink === true ? 'service' : 'staff', link);
  for (const owed of offersOwed(dossier)) add('answer-offer', 'head', owed, owed.offer, owed.offer.fact.data.askedOf);
  for (const owed of changesOwed(dossier)) {
    // a change is not made without its reason: no time is set for it
    if (owed.what === 'reason') continue;
    const kind = kindOfChange[owed.what];
    const byLetter = owed.what === 'supersede' || (owed.what === 'notice' && givenThen(dossier, 'email', owed.trigger) !== undefined);
    add(kind, byLetter ? 'service' : 'staff', owed, owed.trigger);
  }
  for (const owed of outcomesOwed(dossier)) add('record-outcome', 'staff', owed, owed.from);
  add('attach-recording', 'staff', recordingOwed(dossier));
  add('write-resolution', 'staff', writingOwed(dossier));
  add('file-resolution', 'staff', filingOwed(dossier));
  const sending = sendingOwed(dossier);
  add('send-resolution', sending?.byPerson === true ? 'staff' : 'service', sending);
  for (const owed of followUpsOwed(dossier)) add('follow-up-bounce', 'staff', owed, owed.bounce);
  for (const owed of amendmentFilingsOwed(dossier)) add('file-amendment', 'staff', owed, owed.amended);
  for (const owed of amendmentSendingsOwed(dossier)) add('send-amendment', owed.byPerson ? 'staff' : 'service', owed, owed.amended);
  return duties;
};

/**
 * The duties of a ticket as they were known at a moment.
 * @param whole on all that the case file knows, whatever times it bears
 */
export const dutiesIn = (caseFile: CaseFile, asOf: Instant, whole = false): readonly Duty[] => dutiesOf(dossierAt(caseFile, asOf, whole));
