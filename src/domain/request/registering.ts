import { type CalendarState, calendarVersion } from '../calendar/calendar';
import { clarificationWindow } from '../calendar/working-days';
import { isBlank } from '../kernel/blank';
import { accept, type Decision, fold, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../kernel/fact';
import type { Grade } from '../kernel/grade';
import type { ClearText } from '../kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { civilDateOf, isCivilDate } from '../time/civil-time';
import type { AnswerChannel, AnswerCommunicated, RequestFact, RequestIdentity, RequestPersonalDataErased, RequestStatus } from './facts';
import { type RegisteredRequest, registeredRequest, type RequestState } from './request';

/** A29. What a citizen or the register writes in the field NUMĂR CERERE. */
export type RegistrationNumber = {
  /** digits only, no leading zero */
  readonly number: string;
  readonly departmentCode?: string;
  readonly filedOn?: CivilDate;
};

/** What people copy with it: `nr. 154997`, `cererea nr. 154997`. */
const label = String.raw`(?:(?:cere(?:re|rea|rii)|nr|num[aă]r(?:ul)?)(?:[.:]\s*|\s+|(?=\d)))*`;
/** Thousands are set apart by dots or blanks, or not at all. */
const digits = String.raw`(?<number>\d{1,12}|\d{1,3}(?:\.\d{3}){1,3}|\d{1,3}(?:\s\d{3}){1,3})`;
const department = String.raw`(?:\s*/\s*(?<departmentCode>\d{1,6}))?`;
const filed = String.raw`(?:(?:\s*/|\s+din)\s*(?<date>\d{1,2}\.\d{1,2}\.\d{4}))?`;
const form = new RegExp(`^${label}${digits}${department}${filed}$`, 'iu');

const twoDigits = (text: string): string => text.padStart(2, '0');

/**
 * As people copy it (A29): `154997`, `154.997`, `154 997`, `nr. 154997`, `154997/425`, `154997/04.03.2021`, `154997/425/04.03.2021`,
 * `nr. 154997 din 4.03.2021`, `369.991/305/3.08.2020`.
 * @returns undefined for anything else, a date that does not exist included
 */
export const parseRegistrationNumber = (text: string): RegistrationNumber | undefined => {
  const groups = form.exec(text.normalize('NFC').trim())?.groups;
  if (groups === undefined) return undefined;
  const { number: written = '', departmentCode, date } = groups;
  const number = written.replace(/\D/g, '').replace(/^0+/, '');
  if (number === '') return undefined;
  const known = { number, ...defined({ departmentCode }) };
  if (date === undefined) return known;
  const [day = '', month = '', year = ''] = date.split('.');
  const filedOn = `${year}-${twoDigits(month)}-${twoDigits(day)}`;
  return isCivilDate(filedOn) ? { ...known, filedOn } : undefined;
};

/** A request named by its number and day: `154997_2026-02-10` or `154997/425/10.02.2026`; nothing for anything else. */
export const requestNamed = (text: string): RequestIdentity | undefined => {
  const [written = '', day] = text.trim().split('_');
  const { number, filedOn } = parseRegistrationNumber(written) ?? {};
  if (number === undefined) return undefined;
  const date = day ?? filedOn;
  return date !== undefined && isCivilDate(date) ? { number, filedOn: date } : undefined;
};

export type RegisterRequest = RequestIdentity & {
  readonly applicantName: ClearText;
  readonly subject?: ClearText;
  readonly department?: string;
  readonly departmentCode?: string;
  readonly handlerStaffId: string;
  readonly status: RequestStatus;
  /** whether the name is the one on record: the state holds it sealed, so the use case compares */
  readonly sameApplicant: boolean;
  readonly sameSubject: boolean;
  /**
   * that the name is wholly another (A29), and what is known of it: `new`; `disputed`, for a dispute is open; `settled`, for a person has
   * decided that the request is not theirs
   */
  readonly otherApplicant?: 'new' | 'disputed' | 'settled';
  /** left out: a person says so */
  readonly grade?: Grade;
  readonly at: Instant;
};

const numberForm = /^[1-9]\d{0,11}$/;

const statuses: readonly RequestStatus[] = ['in-operation', 'answered', 'closed', 'redirected', 'archived'];

/** What the register may say of the request now: `answered` is reached through the answer itself, with its date and channel (Art. 2 b). */
export const statusesOf = (state: RequestState): readonly RequestStatus[] => {
  const everAnswered = state.status !== 'unknown' && state.answers.length > 0;
  return everAnswered ? statuses : statuses.filter((status) => status !== 'answered');
};

/** Nothing of what is told of another applicant is this request's: neither its handler nor its answers. */
const dispute = ({ applicantName, subject, otherApplicant, grade = 'declared', at }: RegisterRequest): Decision<RequestFact> =>
  otherApplicant === 'new'
    ? accept({ type: 'ApplicantDisputed', data: { applicantName, ...defined({ subject }), disputedAt: at, grade } })
    : noChange();

const registrationFault = (command: RegisterRequest, state: RequestState): Refusal | undefined => {
  const invalid = (field: string, reason: string): Refusal => refuse('invalid', { field, reason });
  if (!numberForm.test(command.number)) return invalid('number', 'malformed');
  if (!isCivilDate(command.filedOn)) return invalid('filedOn', 'not-a-date');
  if (command.filedOn > civilDateOf(command.at)) return invalid('filedOn', 'in-the-future');
  if (isBlank(command.applicantName)) return invalid('applicantName', 'empty');
  if (isBlank(command.handlerStaffId)) return invalid('handlerStaffId', 'empty');
  if (!statusesOf(state).includes(command.status)) return invalid('status', 'answer-not-communicated');
  return undefined;
};

const changes = (command: RegisterRequest, state: RegisteredRequest): readonly RequestFact[] => {
  const {
    applicantName,
    subject,
    department,
    departmentCode,
    handlerStaffId,
    status,
    sameApplicant,
    sameSubject,
    grade = 'declared',
    at,
  } = command;
  const facts: RequestFact[] = [];
  // An erased name stays erased; everything else of the request goes on.
  if (!state.erased && !(sameApplicant && sameSubject)) {
    facts.push({ type: 'ApplicantCorrected', data: { applicantName, ...defined({ subject }), correctedAt: at, grade } });
  }
  if (handlerStaffId !== state.handlerStaffId || department !== state.department || departmentCode !== state.departmentCode) {
    facts.push({
      type: 'HandlerAssigned',
      data: {
        handlerStaffId,
        ...defined({ department, departmentCode }),
        assignedAt: at,
        grade,
      },
    });
  }
  if (status !== state.status) facts.push({ type: 'StatusChanged', data: { status, changedAt: at, grade } });
  return facts;
};

/**
 * The document register tells of a request, for the first time or again: only what changed becomes a fact. Of another applicant under the
 * same number and date nothing does but that (A29): a person decides.
 * Refuses `invalid` naming the field.
 */
export const registerRequest = (command: RegisterRequest, state: RequestState): Decision<RequestFact> => {
  const refusal = registrationFault(command, state);
  if (refusal !== undefined) return refusal;
  if (state.status !== 'unknown') {
    return command.otherApplicant === undefined || state.erased ? accept(...changes(command, state)) : dispute(command);
  }
  const { number, filedOn, applicantName, subject, department, departmentCode, handlerStaffId, status, grade = 'declared', at } = command;
  return accept({
    type: 'RequestRegistered',
    data: {
      number,
      filedOn,
      applicantName,
      ...defined({ subject, department, departmentCode }),
      handlerStaffId,
      status,
      registeredAt: at,
      grade,
    },
  });
};

export type CommunicateAnswer = {
  readonly documentNumber: string;
  /** the day on which it reached the applicant, as the channel says (A27) */
  readonly communicatedOn: CivilDate;
  readonly channel: AnswerChannel;
  /** left out: the handler */
  readonly answeredBy?: string;
  /** left out: a person says so */
  readonly grade?: Grade;
  readonly at: Instant;
  readonly policies: Pick<Policies, 'clarification-window'>;
  readonly calendar: CalendarState;
};

export const answerFault = (
  { documentNumber, communicatedOn, at }: Pick<CommunicateAnswer, 'documentNumber' | 'communicatedOn' | 'at'>,
  filedOn: CivilDate,
): Refusal | undefined => {
  const invalid = (field: string, reason: string): Refusal => refuse('invalid', { field, reason });
  if (isBlank(documentNumber)) return invalid('documentNumber', 'empty');
  if (!isCivilDate(communicatedOn)) return invalid('communicatedOn', 'not-a-date');
  if (communicatedOn > civilDateOf(at)) return invalid('communicatedOn', 'in-the-future');
  if (communicatedOn < filedOn) return invalid('communicatedOn', 'before-filing');
  return undefined;
};

/**
 * Art. 2 b. An answer opens 30 days, kept with the policy and calendar that computed them (A5).
 * A document that is known opens nothing again (A25). Refuses `request-not-found` and `invalid` naming the field.
 */
export const communicateAnswer = (command: CommunicateAnswer, state: RequestState): Decision<AnswerCommunicated> => {
  if (state.status === 'unknown') return refuse('request-not-found');
  const refusal = answerFault(command, state.filedOn);
  if (refusal !== undefined) return refusal;
  const { communicatedOn, channel, grade = 'declared', at, policies, calendar } = command;
  const documentNumber = command.documentNumber.trim();
  if (state.answers.some((answer) => answer.documentNumber === documentNumber)) return noChange();
  const policy = policies['clarification-window'];
  return accept({
    type: 'AnswerCommunicated',
    data: {
      documentNumber,
      communicatedOn,
      channel,
      answeredBy: command.answeredBy ?? state.handlerStaffId,
      ...clarificationWindow(communicatedOn, policy, calendar),
      policy,
      calendarVersion: calendarVersion(calendar),
      registeredAt: at,
      grade,
    },
  });
};

/** Numbers that the register need not tell of again: of answers, and of those that a person took back or corrected since. */
const knownDocuments = (state: RequestState): ReadonlySet<string> =>
  new Set(state.status === 'unknown' ? [] : [...state.answers.map(({ documentNumber }) => documentNumber), ...state.mistakenDocuments]);

/** The register may go on telling of an answer that was a mistake (A25), or of one of another applicant: neither makes the request answered. */
const withoutAnswer = (register: RegisterRequest, state: RequestState): RegisterRequest =>
  state.status !== 'unknown' && state.answers.length === 0 && register.status === 'answered'
    ? { ...register, status: state.status }
    : register;

/**
 * A line of the register that tells of a request together with its answer: both, or nothing at all.
 * The status of the line holds afterwards (a request answered and since closed stays closed).
 */
export const registerWithAnswer = (register: RegisterRequest, answer: CommunicateAnswer, state: RequestState): Decision<RequestFact> => {
  const known = knownDocuments(state).has(answer.documentNumber.trim());
  if (known || register.otherApplicant !== undefined) return registerRequest(withoutAnswer(register, state), state);
  const before = state.status === 'unknown' ? 'in-operation' : state.status;
  const registered = registerRequest({ ...register, status: before }, state);
  if (isRefusal(registered)) return registered;
  const withRequest = fold(registeredRequest, registered.facts, state);
  const answered = communicateAnswer(answer, withRequest);
  if (isRefusal(answered)) return answered;
  const withAnswer = fold(registeredRequest, answered.facts, withRequest);
  const settled = registerRequest({ ...register, sameApplicant: true, sameSubject: true }, withAnswer);
  if (isRefusal(settled)) return settled;
  return accept(...registered.facts, ...answered.facts, ...settled.facts);
};

/**
 * The whole of what the document register says of a request, with every answer that was ever communicated, oldest first: all of it,
 * or nothing. The status that it tells holds afterwards. Answers that are known open nothing again (A25).
 */
export const registerAsReported = (
  register: RegisterRequest,
  answers: readonly CommunicateAnswer[],
  state: RequestState,
): Decision<RequestFact> => {
  const known = knownDocuments(state);
  const further = answers.filter(({ documentNumber }) => !known.has(documentNumber.trim()));
  if (answers.length === 0) return registerRequest(register, state);
  if (further.length === 0 || register.otherApplicant !== undefined) return registerRequest(withoutAnswer(register, state), state);
  const facts: RequestFact[] = [];
  let standing = state;
  for (const [index, answer] of further.entries()) {
    // The name was compared with what stood before: the first answer brings it in, the others find it there.
    const asTold: RegisterRequest = index === 0 ? register : { ...register, sameApplicant: true, sameSubject: true };
    const status = index === further.length - 1 ? register.status : 'answered';
    const decision = registerWithAnswer({ ...asTold, status }, answer, standing);
    if (isRefusal(decision)) return decision;
    facts.push(...decision.facts);
    standing = fold(registeredRequest, decision.facts, standing);
  }
  return accept(...facts);
};

/**
 * The applicant's name and the subject go; every fact, order and verdict stays. Refuses `active-ticket-exists`, and `wrong-state` while the
 * data of one of its tickets are restricted (GDPR 18): the citizen who asked for that wants them kept.
 */
export const eraseRequest = (
  { reason, restricted, at }: { readonly reason: ClearText; readonly restricted: boolean; readonly at: Instant },
  state: RequestState,
): Decision<RequestPersonalDataErased> => {
  if (state.status === 'unknown') return refuse('request-not-found');
  if (state.erased) return noChange();
  if (isBlank(reason)) return refuse('invalid', { field: 'reason', reason: 'empty' });
  if (state.admission !== undefined) return refuse('active-ticket-exists');
  if (restricted) return refuse('wrong-state', { reason: 'restricted' });
  return accept({ type: 'PersonalDataErased', data: { erasedAt: at, reason } });
};
