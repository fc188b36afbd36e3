import { accept, nothing, type Decision } from '../kernel/decider';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/instant';
import type { ClearText } from '../kernel/personal-text';
import { refuse, type Refusal } from '../kernel/refusal';
import { civilDateOf, isCivilDate } from '../time/civil-time';
import type { RequestFact, RequestIdentity, RequestStatus } from './facts';
import type { RegisteredRequest, RequestState } from './state';

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
  readonly at: Instant;
};

const numberForm = /^[1-9]\d{0,11}$/;

const statuses: readonly RequestStatus[] = ['in-operation', 'answered', 'closed', 'redirected', 'archived'];

/** What the register may say of the request now: `answered` is reached through the answer itself, with its date and channel (Art. 2 b). */
export const statusesOf = (state: RequestState): readonly RequestStatus[] => {
  const everAnswered = state.status !== 'unknown' && state.answers.length > 0;
  return everAnswered ? statuses : statuses.filter((status) => status !== 'answered');
};

const fault = (command: RegisterRequest, state: RequestState): Refusal | undefined => {
  const invalid = (field: string, reason: string): Refusal => refuse('invalid', { field, reason });
  if (!numberForm.test(command.number)) return invalid('number', 'malformed');
  if (!isCivilDate(command.filedOn)) return invalid('filedOn', 'not-a-date');
  if (command.filedOn > civilDateOf(command.at)) return invalid('filedOn', 'in-the-future');
  if (command.applicantName.clear.trim() === '') return invalid('applicantName', 'empty');
  if (command.handlerStaffId.trim() === '') return invalid('handlerStaffId', 'empty');
  if (!statusesOf(state).includes(command.status)) return invalid('status', 'answer-not-communicated');
  return undefined;
};

const changes = (command: RegisterRequest, state: RegisteredRequest): readonly RequestFact[] => {
  const { applicantName, subject, department, departmentCode, handlerStaffId, status, sameApplicant, sameSubject, at } = command;
  const facts: RequestFact[] = [];
  // An erased name stays erased; everything else of the request goes on.
  if (!state.erased && !(sameApplicant && sameSubject)) {
    facts.push({ type: 'ApplicantCorrected', data: { applicantName, ...defined({ subject }), correctedAt: at } });
  }
  if (handlerStaffId !== state.handlerStaffId || department !== state.department || departmentCode !== state.departmentCode) {
    facts.push({
      type: 'HandlerAssigned',
      data: {
        handlerStaffId,
        ...defined({ department, departmentCode }),
        assignedAt: at,
      },
    });
  }
  if (status !== state.status) facts.push({ type: 'StatusChanged', data: { status, changedAt: at } });
  return facts;
};

/**
 * The document register tells of a request, for the first time or again: only what changed becomes a fact.
 * Refuses `invalid` naming the field.
 */
export const registerRequest = (command: RegisterRequest, state: RequestState): Decision<RequestFact> => {
  const refusal = fault(command, state);
  if (refusal !== undefined) return refusal;
  if (state.status !== 'unknown') {
    const facts = changes(command, state);
    return facts.length === 0 ? nothing() : accept(...facts);
  }
  const { number, filedOn, applicantName, subject, department, departmentCode, handlerStaffId, status, at } = command;
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
    },
  });
};
