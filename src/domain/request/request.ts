import { type Aggregate, unreachable } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../kernel/fact';
import type { Grade } from '../kernel/grade';
import type { PersonalText } from '../kernel/personal-text';
import type { AnswerCommunicated, ApplicantDisputed, RequestFact, RequestIdentity, RequestStatus, TicketAdmitted } from './facts';

/** One answer document and the 30 days that it opened, computed with the policy and calendar then in force (A5). */
export type Answer = Omit<AnswerCommunicated['data'], 'registeredAt'>;

/** The one ticket of this request that is going on (A24). */
export type Admission = TicketAdmitted['data'];

/** A27. `until` is the last day, whole. */
export type LateAdmission = { readonly grantedBy: string; readonly until: CivilDate; readonly grantedAt: Instant };

/** A1, A29: of whom the register told under the same number and date. */
export type Dispute = Omit<ApplicantDisputed['data'], 'grade'>;
/** Art. 8. For which ticket, and since when. While another ticket is on its way it stays: one that lapses met nothing. */
export type NewHourOwed = { readonly ticketId: string; readonly owedSince: Instant };

/**
 * Art. 2 b: what was said of an answer: that it was communicated, what was put right of it, or that it never was; `byRegister`: no person, but
 * the document register itself, said so.
 */
export type SaidOfAnswer = { readonly byRegister: boolean } & (
  | ({ readonly mistake: 'none'; readonly ofDocument?: undefined } & AnswerContent)
  | ({ readonly mistake: 'corrected'; readonly ofDocument: string } & AnswerContent)
  | { readonly mistake: 'withdrawn'; readonly ofDocument: string }
);
type AnswerContent = Pick<Answer, 'documentNumber' | 'communicatedOn' | 'channel' | 'answeredBy'>;

export type RegisteredRequest = RequestIdentity & {
  readonly status: RequestStatus;
  readonly applicantName: PersonalText;
  readonly subject?: PersonalText;
  readonly department?: string;
  readonly departmentCode?: string;
  readonly handlerStaffId: string;
  /** in the order in which they became known, one per document (A25) */
  readonly answers: readonly Answer[];
  /** numbers under which an answer was recorded by mistake: the register may go on telling of them */
  readonly mistakenDocuments: readonly string[];
  /** what was said of its answers, the oldest first: the register may go on telling the same */
  readonly saidOfAnswers?: readonly SaidOfAnswer[];
  /** when one of its answers was corrected or taken back last */
  readonly answersCorrectedAt?: Instant;
  readonly admission?: Admission;
  /** every ticket ever admitted: none is admitted twice */
  readonly admittedTicketIds: readonly string[];
  readonly lateAdmission?: LateAdmission;
  /** another applicant under the same number and date, until a person has decided */
  readonly dispute?: Dispute;
  /** applicants, after a decision that the request is not theirs */
  readonly otherApplicants?: readonly PersonalText[];
  /** tickets of theirs: the three data of the present applicant lead to none of them */
  readonly ticketIdsOfOthers?: readonly string[];
  /** starts at which the applicant may be in two meetings (A24) */
  readonly sharedHours?: readonly Instant[];
  /** Art. 8: a ticket that staff cancelled, whose new hour is neither given nor declined */
  readonly newHourOwed?: NewHourOwed;
  readonly erased: boolean;
};

export type RequestState = { readonly status: 'unknown' } | RegisteredRequest;

/** A29: the ticket is of an applicant whose request it turned out not to be. */
export const isOfAnotherApplicant = ({ ticketIdsOfOthers }: RegisteredRequest, ticketId: string): boolean =>
  ticketIdsOfOthers?.includes(ticketId) === true;

type WithoutTeller<T> = T extends unknown ? Omit<T, 'byRegister'> : never;

const withSaid = (state: RegisteredRequest, said: WithoutTeller<SaidOfAnswer>, grade: Grade | undefined): RegisteredRequest => ({
  ...state,
  saidOfAnswers: [...(state.saidOfAnswers ?? []), { ...said, byRegister: grade === 'observed' }],
});

const evolveRegistered = (state: RegisteredRequest, fact: Exclude<RequestFact, { type: 'RequestRegistered' }>): RegisteredRequest => {
  switch (fact.type) {
    case 'HandlerAssigned': {
      const { department: _, departmentCode: __, ...rest } = state;
      const { handlerStaffId, department, departmentCode } = fact.data;
      return {
        ...rest,
        handlerStaffId,
        ...defined({ department, departmentCode }),
      };
    }
    case 'AnswerCommunicated': {
      const { registeredAt: _, ...answer } = fact.data;
      const known = state.answers.some(({ documentNumber }) => documentNumber === answer.documentNumber);
      if (known) return state;
      const mistakenDocuments = state.mistakenDocuments.filter((number) => number !== answer.documentNumber);
      const { documentNumber, communicatedOn, channel, answeredBy, grade } = answer;
      const said = { mistake: 'none', documentNumber, communicatedOn, channel, answeredBy } as const;
      return { ...withSaid(state, said, grade), status: 'answered', answers: [...state.answers, answer], mistakenDocuments };
    }
    case 'AnswerCorrected': {
      const { ofDocument, reason: _, correctedBy: __, correctedAt, ...answer } = fact.data;
      const { documentNumber, communicatedOn, channel, answeredBy, grade } = answer;
      const answers = state.answers.map((one) => (one.documentNumber === ofDocument ? answer : one));
      const mistakenDocuments = [...state.mistakenDocuments, ofDocument].filter((number) => number !== answer.documentNumber);
      const said = { mistake: 'corrected', ofDocument, documentNumber, communicatedOn, channel, answeredBy } as const;
      return { ...withSaid(state, said, grade), answers, mistakenDocuments, answersCorrectedAt: correctedAt };
    }
    case 'AnswerWithdrawn': {
      const { documentNumber, status = state.status, withdrawnAt, grade } = fact.data;
      const answers = state.answers.filter((one) => one.documentNumber !== documentNumber);
      const mistakenDocuments = [...state.mistakenDocuments, documentNumber];
      const said = { mistake: 'withdrawn', ofDocument: documentNumber } as const;
      return { ...withSaid(state, said, grade), status, answers, mistakenDocuments, answersCorrectedAt: withdrawnAt };
    }
    case 'StatusChanged':
      return { ...state, status: fact.data.status };
    case 'ApplicantCorrected': {
      const { subject: _, ...rest } = state;
      const { applicantName, subject } = fact.data;
      return { ...rest, applicantName, ...defined({ subject }) };
    }
    case 'ApplicantDisputed': {
      const { applicantName, subject, disputedAt } = fact.data;
      return { ...state, dispute: { applicantName, disputedAt, ...defined({ subject }) } };
    }
    case 'ApplicantDisputeSettled': {
      const { dispute, newHourOwed, ...rest } = state;
      if (dispute === undefined) return state;
      const others = state.otherApplicants ?? [];
      if (fact.data.decision === 'kept')
        return { ...rest, ...defined({ newHourOwed }), otherApplicants: [...others, dispute.applicantName] };
      // the tickets so far, and the hour owed for one of them, were the other one's
      return { ...rest, otherApplicants: [...others, state.applicantName], ticketIdsOfOthers: state.admittedTicketIds };
    }
    case 'TicketAdmitted':
      return { ...state, admission: fact.data, admittedTicketIds: [...state.admittedTicketIds, fact.data.ticketId] };
    case 'AdmissionEnded': {
      if (state.admission?.ticketId !== fact.data.ticketId) return state;
      const { admission: _, newHourOwed: before, ...rest } = state;
      const { newHourOwedFor: ticketId, endedAt } = fact.data;
      if (ticketId === undefined) return rest;
      return { ...rest, newHourOwed: before?.ticketId === ticketId ? before : { ticketId, owedSince: endedAt } };
    }
    case 'NewHourDeclined': {
      if (state.newHourOwed?.ticketId !== fact.data.ticketId) return state;
      const { newHourOwed: _, ...rest } = state;
      return rest;
    }
    case 'LateAdmissionGranted': {
      const { grantedBy, until, grantedAt } = fact.data;
      return { ...state, lateAdmission: { grantedBy, until, grantedAt } };
    }
    case 'SharedHourAllowed':
      return { ...state, sharedHours: [...(state.sharedHours ?? []), fact.data.startsAt] };
    case 'PersonalDataErased':
      return { ...state, erased: true };
    default:
      return unreachable(state, fact);
  }
};

/** The request as the document register tells it, and which ticket of it is going on. */
export const registeredRequest: Aggregate<RequestState, RequestFact> & { readonly category: 'request' } = {
  category: 'request',
  initial: { status: 'unknown' },
  evolve: (state, fact) => {
    if (fact.type !== 'RequestRegistered') return state.status === 'unknown' ? state : evolveRegistered(state, fact);
    const { registeredAt: _, ...request } = fact.data;
    return { ...request, answers: [], mistakenDocuments: [], admittedTicketIds: [], erased: false };
  },
};

/** A25: of several answers the one whose 30 days end last counts; of equals the one communicated last. */
export const countingAnswer = ({ answers }: RegisteredRequest): Answer | undefined =>
  answers.reduce<Answer | undefined>((best, answer) => {
    if (best === undefined || answer.enforcedUntil > best.enforcedUntil) return answer;
    return answer.enforcedUntil === best.enforcedUntil && answer.communicatedOn >= best.communicatedOn ? answer : best;
  }, undefined);
