import { clarificationWindow } from '../calendar/working-days';
import type { Instant } from '../kernel/fact';
import { refuse, type Refusal } from '../kernel/refusal';
import type { Policies, PolicyName, PolicyStamp } from '../policies';
import { civilDateOf } from '../time/civil-time';
import { checkHorizon } from '../time/slot';
import { checkLeadTime } from '../agenda/lead-time';
import { movedEnd } from '../request/later-free-days';
import { moveTooMany } from './change-checks';
import { type CaseFile, dossierAt, type Evidence, keepsItsHour, type StoredFact } from './case-file';
import { calendarOfAsking, calendarThen, type JudgedPolicy, policyThen } from './in-force';

/** Policies that a judgement looks up, so that it can be asked what it would be under others. */
export const readPolicies = [
  'clarification-window',
  'days-declared-later',
  'lead-time',
  'booking-horizon',
  'verification',
  'code-interval',
  'handover-notice',
  'slot-tolerance',
  'reschedule-limit',
  'invitation-lead',
  'recording-coverage',
] as const satisfies readonly (JudgedPolicy | 'clarification-window')[];
export type ReadPolicy = (typeof readPolicies)[number];
/** In the place of those that were in force. */
export type OtherReading = { readonly [N in ReadPolicy]?: Policies[N] };

/** The other reading where one was stamped, and nothing more: where there is no stamp, the ticket’s first fact says it. */
const stampsUnder = (stamps: readonly PolicyStamp[], reading: OtherReading): readonly PolicyStamp[] =>
  stamps.map((stamp) => Object.values(reading).find(({ name }) => name === stamp.name) ?? stamp);

type Ticket = CaseFile['ticket'];
type Request = CaseFile['request'];

/** The answers with the window that the other reading makes of them, in the calendar of then. */
const requestUnder = (caseFile: CaseFile, policy: Policies['clarification-window']): Request => {
  const dossier = dossierAt(caseFile, '', true);
  return caseFile.request.map((event) => {
    const { fact } = event;
    if (fact.type !== 'AnswerCommunicated' && fact.type !== 'AnswerCorrected') return event;
    const window = clarificationWindow(fact.data.communicatedOn, policy, calendarThen(dossier, event));
    return fact.type === 'AnswerCommunicated'
      ? { ...event, fact: { ...fact, data: { ...fact.data, ...window, policy } } }
      : { ...event, fact: { ...fact, data: { ...fact.data, ...window, policy } } };
  });
};

/** The window that the ticket was booked in, as the answer behind it has it; days that were declared free since count where they would have. */
const withWindow = (caseFile: CaseFile, event: Evidence<StoredFact>, fact: StoredFact, request: Request): StoredFact => {
  if (fact.type !== 'Requested' || fact.data.ground.kind !== 'clarification') return fact;
  const { ground } = fact.data;
  const moves = policyThen({ ticket: [] }, 'days-declared-later', fact.data.policies).value === 'move-the-end';
  for (const { fact: answer } of request) {
    if (answer.type !== 'AnswerCommunicated' && answer.type !== 'AnswerCorrected') continue;
    const { documentNumber, communicatedOn, advertisedUntil } = answer.data;
    if (documentNumber !== ground.documentNumber || communicatedOn !== ground.communicatedOn) continue;
    const calendar = calendarThen(dossierAt(caseFile, '', true), event);
    const enforcedUntil = moves ? movedEnd(answer.data, calendar) : answer.data.enforcedUntil;
    return { ...fact, data: { ...fact.data, ground: { ...ground, advertisedUntil, enforcedUntil } } };
  }
  return fact;
};

/** Each fact with the other reading; the ticket’s first fact with all of it. */
const withStamps = (fact: StoredFact, reading: OtherReading): StoredFact => {
  switch (fact.type) {
    case 'Requested': {
      const read = new Set<PolicyName>(Object.values(reading).map(({ name }) => name));
      const policies = [...fact.data.policies.filter(({ name }) => !read.has(name)), ...Object.values(reading)];
      return { ...fact, data: { ...fact.data, policies } };
    }
    case 'Scheduled':
      return { ...fact, data: { ...fact.data, policies: stampsUnder(fact.data.policies, reading) } };
    case 'Rescheduled':
      return { ...fact, data: { ...fact.data, policies: stampsUnder(fact.data.policies, reading) } };
    case 'ModeChanged':
      return { ...fact, data: { ...fact.data, policies: stampsUnder(fact.data.policies, reading) } };
    case 'Held':
      return { ...fact, data: { ...fact.data, policies: stampsUnder(fact.data.policies, reading) } };
    default:
      return fact;
  }
};

/** The case file as it would be if these had been in force whenever a policy of their name was. What was done stays done. */
export const underReading = (caseFile: CaseFile, reading: OtherReading): CaseFile => {
  const window = reading['clarification-window'];
  const request = window === undefined ? caseFile.request : requestUnder(caseFile, window);
  const isOther = window !== undefined || reading['days-declared-later'] !== undefined;
  const asRead = (event: Evidence<StoredFact>): Evidence<StoredFact> => {
    const fact = withStamps(event.fact, reading);
    return { ...event, fact: isOther ? withWindow(caseFile, event, fact, request) : fact };
  };
  const ticket: Ticket = caseFile.ticket.map(asRead);
  return { ...caseFile, ticket, request };
};

/** A booking that was accepted, and what would have been said instead. */
export type RefusedBooking = { readonly eventId: string; readonly at: Instant; readonly refusal: Refusal };

/** Art. 2 b: after the window, unless a head had admitted it late. */
const windowRefusal = ({ request }: CaseFile, fact: StoredFact): Refusal | undefined => {
  if (fact.type !== 'Requested' || fact.data.ground.kind !== 'clarification') return undefined;
  const { enforcedUntil: until } = fact.data.ground;
  const on = civilDateOf(fact.data.requestedAt);
  const isAdmitted = request.some(({ fact: one }) => one.type === 'LateAdmissionGranted' && on <= one.data.until);
  return on <= until || isAdmitted ? undefined : refuse('window-expired', { article: '2 b', until });
};

/** Art. 4: too soon, unless the staff moved it and the citizen agreed. */
const leadRefusal = (caseFile: CaseFile, event: Evidence<StoredFact>): Refusal | undefined => {
  const { fact } = event;
  if (fact.type !== 'Scheduled' && fact.type !== 'Rescheduled') return undefined;
  if (fact.type === 'Rescheduled' && fact.data.by === 'staff' && fact.data.citizenAgreed) return undefined;
  const { requestedAt, slot, policies } = fact.data;
  const calendar = calendarOfAsking(dossierAt(caseFile, '', true), { ...event, fact });
  return checkLeadTime(requestedAt, slot.startsAt, policyThen(caseFile, 'lead-time', policies), calendar);
};

/** A16: further ahead than the horizon. */
const horizonRefusal = (caseFile: CaseFile, fact: StoredFact): Refusal | undefined => {
  if (fact.type !== 'Scheduled' && fact.type !== 'Rescheduled') return undefined;
  const { requestedAt, slot, policies } = fact.data;
  return checkHorizon(requestedAt, slot.startsAt, policyThen(caseFile, 'booking-horizon', fact.type === 'Rescheduled' ? policies : []));
};

/** Which of the bookings in a case file would have been refused under the policies that it names. */
export const refusedUnder = (caseFile: CaseFile): readonly RefusedBooking[] => [...bookingsRefused(caseFile), ...moveRefused(caseFile)];

const bookingsRefused = (caseFile: CaseFile): readonly RefusedBooking[] =>
  caseFile.ticket.flatMap((event): readonly RefusedBooking[] => {
    const { fact, id, recordedAt } = event;
    if (keepsItsHour(caseFile, event)) return [];
    const refusal = windowRefusal(caseFile, fact) ?? leadRefusal(caseFile, event) ?? horizonRefusal(caseFile, fact);
    return refusal === undefined ? [] : [{ eventId: id, at: recordedAt, refusal }];
  });

/** A19: the move by the citizen alone that would have been one too many. */
const moveRefused = (caseFile: CaseFile): readonly RefusedBooking[] => {
  const move = moveTooMany(caseFile);
  return move === undefined
    ? []
    : [{ eventId: move.event.id, at: move.event.recordedAt, refusal: refuse('reschedule-limit', { article: '8', limit: move.limit }) }];
};
