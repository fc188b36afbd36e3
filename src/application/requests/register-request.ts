import { defined } from '../../domain/kernel/defined';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import type { RequestIdentity, RequestStatus } from '../../domain/request/facts';
import {
  type RegisterRequest as RegisterDecision,
  registerRequest as registerRequestDecision,
  registerWithAnswer,
} from '../../domain/request/registering';
import type { RequestState } from '../../domain/request/request';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { unknownStaff } from './known-staff';
import { erasedMark } from '../kernel/ports/personal-data';
import { currentCalendar, currentRequest, requests } from '../kernel/streams';
import { isSameText } from '../kernel/typed-values';
import type { Ports } from '../kernel/ports/ports';
import type { CommunicatedAnswer } from './communicate-answer';
import { Command, Query } from '../kernel/message';

export type RegisterRequestInput = RequestIdentity & {
  readonly applicantName: string;
  readonly subject?: string;
  readonly department?: string;
  readonly departmentCode?: string;
  readonly handlerStaffId: string;
  readonly status: RequestStatus;
  /** the answer that the same line of the register tells of: both go in, or neither */
  readonly answer?: CommunicatedAnswer;
};

export class RegisterRequest extends Command<RegisterRequestInput, Done<RequestIdentity>> {}

/** What the document register tells of a request, for the first time or again: only what changed becomes a fact. */
export const registerRequest =
  (ports: Ports) =>
  async (context: CommandContext, command: RegisterRequestInput): Promise<Done<RequestIdentity> | Refusal> => {
    const { number, filedOn, answer } = command;
    const stranger =
      (await unknownStaff(ports, 'handlerStaffId', command.handlerStaffId)) ??
      (await unknownStaff(ports, 'answeredBy', answer?.answeredBy));
    if (stranger !== undefined) return stranger;
    const calendar = await currentCalendar(ports);
    const { at } = context;
    const registered = await requests.of(ports, { number, filedOn }).transact(context, 'register', async (state) => {
      const register = await comparedRequest(ports, command, state, at);
      return answer === undefined
        ? registerRequestDecision(register, state)
        : registerWithAnswer(register, { ...answer, at, policies: ports.policies, calendar }, state);
    });
    return isRefusal(registered) ? registered : done({ number, filedOn }, registered.position);
  };

/** The stored texts are sealed: they are opened here, only to see what changed. */
export const comparedRequest = async (
  ports: Ports,
  command: Omit<RegisterRequestInput, 'answer'>,
  state: RequestState,
  at: string,
): Promise<RegisterDecision> => {
  const { number, filedOn, applicantName, subject, department, departmentCode, handlerStaffId, status } = command;
  const known = state.status === 'unknown' ? undefined : state;
  return {
    number,
    filedOn,
    applicantName: personal('name', applicantName),
    ...(subject === undefined ? {} : { subject: personal('name', subject) }),
    ...defined({ department, departmentCode }),
    handlerStaffId,
    status,
    sameApplicant: await isSameText(ports, known?.applicantName, applicantName),
    sameSubject: await isSameText(ports, known?.subject, subject),
    at,
  };
};

export type RequestView = Omit<RegisterRequestInput, 'answer'>;

export class GetRequest extends Query<RequestIdentity, RequestView | Refusal> {}

/** A request as the document register told it last. */
export const requestView =
  (ports: Ports) =>
  async (identity: RequestIdentity): Promise<RequestView | Refusal> => {
    const request = await currentRequest(ports, identity);
    if (request.status === 'unknown') return refuse('not-found');
    const { number, filedOn, department, departmentCode, handlerStaffId, status } = request;
    const applicantName = (await ports.personalData.open(request.applicantName)) ?? erasedMark;
    const subject = request.subject && ((await ports.personalData.open(request.subject)) ?? erasedMark);
    return { number, filedOn, applicantName, ...defined({ department, departmentCode, subject }), handlerStaffId, status };
  };
