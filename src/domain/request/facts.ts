import { graded, gradedByActor } from '../kernel/grade';
import {
  civilDate,
  type DataOf,
  type FactOf,
  type FactShape,
  type FactsOf,
  factShape,
  type Fields,
  flag,
  instant,
  object,
  optional,
  personalText,
  text,
  type ValueOf,
  variants,
  word,
} from '../kernel/shape';
import { policyStamp } from '../policies';
import { slotShape } from '../time/slot';

const identity = { number: text, filedOn: civilDate };
/** A29: numbering restarts every January, so a request is known by number and filing date. */
export type RequestIdentity = DataOf<typeof identity>;
export const requestIdentity = object(identity);

export const requestStatus = word('in-operation', 'answered', 'closed', 'redirected', 'archived');
/** As the document register says; `answered` is reached through AnswerCommunicated only. */
export type RequestStatus = ValueOf<typeof requestStatus>;

export const answerChannel = word('email', 'post', 'pickup');
export type AnswerChannel = ValueOf<typeof answerChannel>;

const inOperation = { kind: word('in-operation') };
const clarification = {
  kind: word('clarification'),
  documentNumber: text,
  communicatedOn: civilDate,
  /** day 30 */
  advertisedUntil: civilDate,
  /** last day after rolling, whole */
  enforcedUntil: civilDate,
  /** `policy@version` that computed the window */
  policy: text,
  calendarVersion: text,
  /** the window had ended and a head admitted the request (A27) */
  lateAdmission: flag,
};
const newHourOwed = {
  kind: word('new-hour-owed'),
  /** the ticket that staff cancelled */
  ticketId: text,
  /** when that ticket ended */
  owedSince: instant,
};
export const groundKinds = ['in-operation', 'clarification', 'new-hour-owed'] as const satisfies readonly Ground['kind'][];
export const groundShape = variants<typeof inOperation | typeof clarification | typeof newHourOwed>(
  inOperation,
  clarification,
  newHourOwed,
);
/** Why the request may have a ticket, as it stood at that instant (Art. 2, A2, A5), or in spite of it (Art. 8). */
export type Ground = ValueOf<typeof groundShape>;

const handler = { handlerStaffId: text, department: optional(text), departmentCode: optional(text) };
const named = { applicantName: personalText('name'), subject: optional(personalText('name')) };

export const disputeDecision = word('kept', 'corrected');

/** What the register tells of a request, or a person of what stands in it: it says which. */
const toldFact = <F extends Fields>(why: string, told: string, fields: F): FactShape<F & typeof graded> =>
  factShape(why, told, { ...fields, ...graded }, [gradedByActor]);

/** The registered request, as the document register tells it to us. */
export const requestFactShapes = {
  RequestRegistered: toldFact('A2, A29', 'The document register told us of a request.', {
    ...identity,
    ...named,
    department: optional(text),
    departmentCode: optional(text),
    handlerStaffId: text,
    status: requestStatus,
    registeredAt: instant,
  }),
  HandlerAssigned: toldFact('Art. 1, A3', 'The request is now in operation with this person.', { ...handler, assignedAt: instant }),
  AnswerCommunicated: toldFact('Art. 2 b, A5, A25, A27', 'The answer reached the citizen; the 30 days are computed here, once, and kept.', {
    documentNumber: text,
    communicatedOn: civilDate,
    channel: answerChannel,
    answeredBy: text,
    advertisedUntil: civilDate,
    enforcedUntil: civilDate,
    policy: policyStamp,
    calendarVersion: text,
    registeredAt: instant,
  }),
  /**
   * What was recorded of an answer was mistaken. The window is computed anew, from the day on which it really reached the citizen; a ticket
   * that was booked before stays lawful (A26).
   */
  AnswerCorrected: factShape('Art. 2 b, A25', 'An answer had been recorded with a mistake; the 30 days follow what is right.', {
    /** the number under which it stood */
    ofDocument: text,
    documentNumber: text,
    communicatedOn: civilDate,
    channel: answerChannel,
    answeredBy: text,
    advertisedUntil: civilDate,
    enforcedUntil: civilDate,
    policy: policyStamp,
    calendarVersion: text,
    reason: personalText('office'),
    correctedBy: text,
    correctedAt: instant,
    ...graded,
  }),
  /** `status`: what the request is again, where it was answered by this answer alone. */
  AnswerWithdrawn: factShape('Art. 2 b, A25', 'An answer had been recorded that never reached the citizen; it opens no 30 days.', {
    documentNumber: text,
    status: optional(requestStatus),
    reason: personalText('office'),
    withdrawnBy: text,
    withdrawnAt: instant,
    ...graded,
  }),
  StatusChanged: toldFact('A2, A26', 'The register says `in-operation`, `closed`, `redirected` or `archived`.', {
    status: requestStatus,
    changedAt: instant,
  }),
  ApplicantCorrected: toldFact('A1', 'The registered name or subject was corrected.', { ...named, correctedAt: instant }),
  ApplicantDisputed: factShape(
    'A1, A29',
    'The register told of another applicant under the same number and filing date. Nobody is admitted until a person has decided.',
    { ...named, disputedAt: instant, ...graded },
  ),
  /** `kept`: of whom it was registered for; `corrected`: of whom the register told since. */
  ApplicantDisputeSettled: factShape('A1, A29', 'A person decided which of the two applicants the request is of.', {
    decision: disputeDecision,
    reason: personalText('office'),
    settledBy: text,
    settledAt: instant,
  }),
  TicketAdmitted: factShape('Art. 2, A24', 'Step 1 of a booking: this ticket, and no other, may go on until `until`.', {
    ticketId: text,
    holdId: text,
    staffId: text,
    slot: slotShape,
    ground: groundShape,
    admittedAt: instant,
    until: instant,
  }),
  AdmissionEnded: factShape('A24, Art. 8', 'That ticket has ended; the request is free again.', {
    ticketId: text,
    endedAt: instant,
    /** the ticket that staff cancelled and for which a new hour is still owed: this one, or one before it */
    newHourOwedFor: optional(text),
  }),
  NewHourDeclined: factShape(
    'Art. 8',
    'The citizen wants no new hour in place of the ticket that staff cancelled: none is owed any more.',
    {
      ticketId: text,
      declinedAt: instant,
    },
  ),
  LateAdmissionGranted: factShape('A27', 'A head admits the request after the window, until the end of day `until`.', {
    grantedBy: text,
    reason: personalText('office'),
    until: civilDate,
    grantedAt: instant,
  }),
  SharedHourAllowed: factShape('A24', 'A head lets the applicant have a meeting at an hour at which the same address has another.', {
    startsAt: instant,
    allowedBy: text,
    reason: personalText('office'),
    allowedAt: instant,
  }),
  PersonalDataErased: factShape('—', 'The key `name` of this request is destroyed.', {
    erasedAt: instant,
    reason: personalText('office'),
  }),
};

type Of<Type extends keyof typeof requestFactShapes> = FactOf<typeof requestFactShapes, Type>;
export type RequestRegistered = Of<'RequestRegistered'>;
export type HandlerAssigned = Of<'HandlerAssigned'>;
export type AnswerCommunicated = Of<'AnswerCommunicated'>;
export type AnswerCorrected = Of<'AnswerCorrected'>;
export type AnswerWithdrawn = Of<'AnswerWithdrawn'>;
export type StatusChanged = Of<'StatusChanged'>;
export type ApplicantCorrected = Of<'ApplicantCorrected'>;
export type ApplicantDisputed = Of<'ApplicantDisputed'>;
export type ApplicantDisputeSettled = Of<'ApplicantDisputeSettled'>;
export type TicketAdmitted = Of<'TicketAdmitted'>;
export type AdmissionEnded = Of<'AdmissionEnded'>;
export type NewHourDeclined = Of<'NewHourDeclined'>;
export type LateAdmissionGranted = Of<'LateAdmissionGranted'>;
export type SharedHourAllowed = Of<'SharedHourAllowed'>;
export type RequestPersonalDataErased = Of<'PersonalDataErased'>;
export type RequestFact = FactsOf<typeof requestFactShapes>;

export const requestStream = ({ number, filedOn }: RequestIdentity): string => `request-${number}_${filedOn}`;
