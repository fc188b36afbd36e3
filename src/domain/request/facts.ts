import type { CivilDate, Fact, Instant } from '../kernel/fact';
import type { PersonalText } from '../kernel/personal-text';
import type { PolicyStamp } from '../policies';
import type { Slot } from '../time/slot';

/** A29: numbering restarts every January, so a request is known by number and filing date. */
export type RequestIdentity = { readonly number: string; readonly filedOn: CivilDate };

/** As the document register says; `answered` is reached through AnswerCommunicated only. */
export type RequestStatus = 'in-operation' | 'answered' | 'closed' | 'redirected' | 'archived';

export type AnswerChannel = 'email' | 'post' | 'pickup';

/** Why the request may have a ticket, as it stood at that instant (Art. 2, A2, A5). */
export type Ground =
  | { readonly kind: 'in-operation' }
  | {
      readonly kind: 'clarification';
      readonly documentNumber: string;
      readonly communicatedOn: CivilDate;
      /** day 30 */
      readonly advertisedUntil: CivilDate;
      /** last day after rolling, whole */
      readonly enforcedUntil: CivilDate;
      /** `policy@version` that computed the window */
      readonly policy: string;
      readonly calendarVersion: string;
      /** the window had ended and a head admitted the request (A27) */
      readonly lateAdmission: boolean;
    };

export type RequestRegistered = Fact<
  'RequestRegistered',
  RequestIdentity & {
    /** key `name` */
    readonly applicantName: PersonalText;
    /** key `name` */
    readonly subject?: PersonalText;
    readonly department?: string;
    readonly departmentCode?: string;
    readonly handlerStaffId: string;
    readonly status: RequestStatus;
    readonly registeredAt: Instant;
  }
>;
export type HandlerAssigned = Fact<
  'HandlerAssigned',
  { readonly handlerStaffId: string; readonly department?: string; readonly departmentCode?: string; readonly assignedAt: Instant }
>;
export type AnswerCommunicated = Fact<
  'AnswerCommunicated',
  {
    readonly documentNumber: string;
    readonly communicatedOn: CivilDate;
    readonly channel: AnswerChannel;
    readonly answeredBy: string;
    readonly advertisedUntil: CivilDate;
    readonly enforcedUntil: CivilDate;
    readonly policy: PolicyStamp;
    readonly calendarVersion: string;
    readonly registeredAt: Instant;
  }
>;
export type StatusChanged = Fact<'StatusChanged', { readonly status: RequestStatus; readonly changedAt: Instant }>;
export type ApplicantCorrected = Fact<
  'ApplicantCorrected',
  { readonly applicantName: PersonalText; readonly subject?: PersonalText; readonly correctedAt: Instant }
>;

/** Step 1 of a booking: this ticket, and no other, may go on until `until` (A24). */
export type TicketAdmitted = Fact<
  'TicketAdmitted',
  {
    readonly ticketId: string;
    readonly holdId: string;
    readonly staffId: string;
    readonly slot: Slot;
    readonly ground: Ground;
    readonly admittedAt: Instant;
    readonly until: Instant;
  }
>;
export type AdmissionEnded = Fact<'AdmissionEnded', { readonly ticketId: string; readonly endedAt: Instant }>;
/** A27. `until` is the last day, whole. */
export type LateAdmissionGranted = Fact<
  'LateAdmissionGranted',
  { readonly grantedBy: string; readonly reason: PersonalText; readonly until: CivilDate; readonly grantedAt: Instant }
>;
/** The name key of this request is destroyed; everything else stands. */
export type RequestPersonalDataErased = Fact<'PersonalDataErased', { readonly erasedAt: Instant; readonly reason: PersonalText }>;

export type RequestFact =
  | RequestRegistered
  | HandlerAssigned
  | AnswerCommunicated
  | StatusChanged
  | ApplicantCorrected
  | TicketAdmitted
  | AdmissionEnded
  | LateAdmissionGranted
  | RequestPersonalDataErased;

export const requestStream = ({ number, filedOn }: RequestIdentity): string => `request-${number}_${filedOn}`;
