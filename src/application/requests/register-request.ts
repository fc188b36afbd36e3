import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate } from '../../domain/kernel/fact';
import { type Grade, gradeBy } from '../../domain/kernel/grade';
import { personal, type PersonalText } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { settleDispute as settleDisputeDecision } from '../../domain/request/dispute';
import { grantLateAdmission as grantLateAdmissionDecision } from '../../domain/request/admission';
import type { AnswerChannel, ApplicantDisputeSettled, RequestIdentity, RequestStatus } from '../../domain/request/facts';
import {
  type CommunicateAnswer as CommunicateDecision,
  communicateAnswer as communicateAnswerDecision,
  type RegisterRequest as RegisterDecision,
  registerRequest as registerRequestDecision,
  registerWithAnswer,
} from '../../domain/request/registering';
import { correctAnswer as correctAnswerDecision, withdrawAnswer as withdrawAnswerDecision } from '../../domain/request/corrections';
import { type MistakenAnswer, registerWithMistakes } from '../../domain/request/reported';
import type { RegisteredRequest, RequestState } from '../../domain/request/request';
import { allowSharedHour as allowSharedHourDecision } from '../../domain/request/shared-hour';
import { slotStarting } from '../../domain/time/slot';
import { isSameApplicant } from '../../domain/request/same-applicant';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import type { ExecutePorts } from '../kernel/aggregates';
import { Command, Query } from '../kernel/message';
import type { ReportedMistake, ReportedRequest } from '../kernel/ports/document-register';
import type { Ports } from '../kernel/ports/ports';
import { currentCalendar, currentRequest, currentStaff, requests } from '../kernel/streams';
import { isSameText, opened } from '../kernel/typed-values';

/** No meeting is possible about a request that names an unknown official: refuses `invalid` naming the field. */
const unknownStaff = async (ports: ExecutePorts, field: string, staffId: string | undefined): Promise<Refusal | undefined> =>
  staffId === undefined || (await currentStaff(ports, staffId)).status === 'known'
    ? undefined
    : refuse('invalid', { field, reason: 'unknown-staff' });

export type RegisterRequestInput = RequestIdentity & {
  readonly applicantName: string;
  readonly subject?: string;
  readonly department?: string;
  readonly departmentCode?: string;
  readonly handlerStaffId: string;
  readonly status: RequestStatus;
  /** the source knows that another name is the same applicant's: a mistake, a marriage */
  readonly applicantChange?: 'corrected';
  /** the answer that the same line of the register tells of: both go in, or neither */
  readonly answer?: CommunicatedAnswer & { readonly mistaken?: ReportedMistake };
};

/** `disputed`: it was another applicant under the same number and date, and nothing of it went in but that (A29). */
export type Registered = RequestIdentity & { readonly disputed?: true };

export class RegisterRequest extends Command<RegisterRequestInput, Done<Registered>> {}

/** What the document register tells of a request, for the first time or again: only what changed becomes a fact. */
export const registerRequest =
  (ports: Ports) =>
  async (context: CommandContext, command: RegisterRequestInput): Promise<Done<Registered> | Refusal> => {
    const { number, filedOn, answer } = command;
    const stranger =
      (await unknownStaff(ports, 'handlerStaffId', command.handlerStaffId)) ??
      (await unknownStaff(ports, 'answeredBy', answer?.answeredBy));
    if (stranger !== undefined) return stranger;
    const calendar = await currentCalendar(ports);
    const { at } = context;
    const grade = gradeBy(context.actor);
    let disputed: true | undefined;
    const registered = await requests.of(ports, { number, filedOn }).transact(context, 'register', async (state) => {
      const register = await comparedRequest(ports, command, state, { grade, at });
      disputed = register.otherApplicant === 'new' || register.otherApplicant === 'disputed' || undefined;
      if (answer === undefined) return registerRequestDecision(register, state);
      const told = toldAnswer(context, { policies: ports.policies, calendar })(answer);
      return isMistaken(told) ? registerWithMistakes(register, [], [told], state) : registerWithAnswer(register, told, state);
    });
    return isRefusal(registered) ? registered : done({ number, filedOn, ...defined({ disputed }) }, registered.position);
  };

/** The stored texts are sealed: they are opened here, only to see what changed. */
const comparedRequest = async (
  ports: Ports,
  command: Omit<RegisterRequestInput, 'answer'>,
  state: RequestState,
  told: { readonly grade: Grade; readonly at: string },
): Promise<RegisterDecision> => {
  const { number, filedOn, applicantName, subject, department, departmentCode, handlerStaffId, status } = command;
  const known = state.status === 'unknown' ? undefined : state;
  const otherApplicant = known && (await otherApplicantIn(ports, command, known));
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
    ...defined({ otherApplicant }),
    ...told,
  };
};

/** A29: whether the name is wholly another, and what is known of that one. Nothing is asked of a name that was erased. */
const otherApplicantIn = async (
  { personalData }: Ports,
  { applicantName, applicantChange }: Pick<RegisterRequestInput, 'applicantName' | 'applicantChange'>,
  { applicantName: registered, dispute, otherApplicants = [] }: RegisteredRequest,
): Promise<RegisterDecision['otherApplicant']> => {
  const isOneOf = async (texts: readonly PersonalText[]): Promise<boolean> => {
    const names = await Promise.all(texts.map((text) => personalData.openUnseen(text)));
    return names.some((name) => name === undefined || isSameApplicant(name, applicantName));
  };
  if (await isOneOf([registered])) return undefined;
  // while it is open nothing is corrected beside it: the official who decides it says which name is right
  if (dispute !== undefined) return 'disputed';
  if (applicantChange === 'corrected') return undefined;
  return (await isOneOf(otherApplicants)) ? 'settled' : 'new';
};

type Rules = Pick<CommunicateDecision, 'policies' | 'calendar'>;

/** An answer as it is told: right from the first, or with what was wrong before. */
const toldAnswer =
  (context: CommandContext, rules: Rules) =>
  ({ mistaken, ...answer }: CommunicatedAnswer & { readonly mistaken?: ReportedMistake }): CommunicateDecision | MistakenAnswer => {
    if (mistaken === undefined) return { ...answer, ...rules, grade: gradeBy(context.actor), at: context.at };
    const { mistake, reason, ofDocument = answer.documentNumber } = mistaken;
    return { mistake, ...answer, ...rules, ...correctionBy(context, ofDocument, reason) };
  };
const isMistaken = (told: CommunicateDecision | MistakenAnswer): told is MistakenAnswer => 'mistake' in told;

/** Brings what the register says of a request into the log, with all its answers: only what changed becomes a fact. All or nothing. */
export const takeReportedRequest =
  (ports: Ports) =>
  async (context: CommandContext, told: ReportedRequest): Promise<Done<RequestIdentity> | Refusal> => {
    const { number, filedOn, answers } = told;
    const people = [
      ['handlerStaffId', told.handlerStaffId] as const,
      ...answers.map(({ answeredBy }) => ['answeredBy', answeredBy] as const),
    ];
    for (const [field, staffId] of people) {
      const stranger = await unknownStaff(ports, field, staffId);
      if (stranger !== undefined) return stranger;
    }
    const calendar = await currentCalendar(ports);
    const { at } = context;
    const grade = gradeBy(context.actor);
    const said = answers.map(toldAnswer(context, { policies: ports.policies, calendar }));
    const taken = await requests.of(ports, { number, filedOn }).transact(context, 'as told', async (state) =>
      registerWithMistakes(
        await comparedRequest(ports, told, state, { grade, at }),
        said.filter((one) => !isMistaken(one)),
        said.filter(isMistaken),
        state,
      ),
    );
    return isRefusal(taken) ? taken : done({ number, filedOn }, taken.position);
  };

type CommunicatedAnswer = {
  readonly documentNumber: string;
  readonly communicatedOn: CivilDate;
  readonly channel: AnswerChannel;
  /** left out: the handler */
  readonly answeredBy?: string;
};
export type CommunicateAnswerInput = { readonly request: RequestIdentity; readonly answer: CommunicatedAnswer };
/** `known`: the document was known before this command, and the window is unchanged (A25). */
type AnswerDone = Done<RequestIdentity & { readonly documentNumber: string; readonly known: boolean }>;

export class CommunicateAnswer extends Command<CommunicateAnswerInput, AnswerDone> {}

/** Art. 2 b. The answer reached the applicant: the 30 days begin. */
export const communicateAnswer =
  (ports: Ports) =>
  async (context: CommandContext, { request, answer }: CommunicateAnswerInput): Promise<AnswerDone | Refusal> => {
    const stranger = await unknownStaff(ports, 'answeredBy', answer.answeredBy);
    if (stranger !== undefined) return stranger;
    const calendar = await currentCalendar(ports);
    const stream = requests.of(ports, request);
    const communicated = await stream.transact(context, 'answer', (state) =>
      communicateAnswerDecision({ ...answer, grade: gradeBy(context.actor), at: context.at, policies: ports.policies, calendar }, state),
    );
    if (isRefusal(communicated)) return communicated;
    // Asked of the log, so that a repeated command is answered as the first time.
    const { events } = await stream.load();
    const ours = events.some(({ fact, commandId }) => fact.type === 'AnswerCommunicated' && commandId === context.commandId);
    const { number, filedOn } = request;
    return done({ number, filedOn, documentNumber: answer.documentNumber, known: !ours }, communicated.position);
  };

type CorrectionInput = { readonly request: RequestIdentity; readonly ofDocument: string; readonly reason: string };
export type CorrectAnswerInput = CorrectionInput & { readonly answer: CommunicatedAnswer };
type AnswerChanged = Done<RequestIdentity & { readonly documentNumber: string }>;

export class CorrectAnswer extends Command<CorrectAnswerInput, AnswerChanged> {}

/** Art. 2 b. An answer was recorded with a mistake: the 30 days follow what is right. */
export const correctAnswer =
  (ports: Ports) =>
  async (context: CommandContext, { request, ofDocument, reason, answer }: CorrectAnswerInput): Promise<AnswerChanged | Refusal> => {
    const stranger = await unknownStaff(ports, 'answeredBy', answer.answeredBy);
    if (stranger !== undefined) return stranger;
    const calendar = await currentCalendar(ports);
    const corrected = await requests
      .of(ports, request)
      .transact(context, 'corrected answer', (state) =>
        correctAnswerDecision({ ...answer, ...correctionBy(context, ofDocument, reason), policies: ports.policies, calendar }, state),
      );
    return isRefusal(corrected) ? corrected : done({ ...request, documentNumber: answer.documentNumber }, corrected.position);
  };

export class WithdrawAnswer extends Command<CorrectionInput, AnswerChanged> {}

/** Art. 2 b. An answer was recorded that never reached the applicant: it opens no 30 days. */
export const withdrawAnswer =
  (ports: Ports) =>
  async (context: CommandContext, { request, ofDocument, reason }: CorrectionInput): Promise<AnswerChanged | Refusal> => {
    const withdrawn = await requests
      .of(ports, request)
      .transact(context, 'withdrawn answer', (state) => withdrawAnswerDecision(correctionBy(context, ofDocument, reason), state));
    return isRefusal(withdrawn) ? withdrawn : done({ ...request, documentNumber: ofDocument }, withdrawn.position);
  };

const correctionBy = ({ actor, at }: CommandContext, ofDocument: string, reason: string) => ({
  ofDocument,
  reason: personal('office', reason),
  by: actor.id,
  grade: gradeBy(actor),
  at,
});

/** `until` is the last day, whole. */
export type GrantLateAdmissionInput = { readonly request: RequestIdentity; readonly reason: string; readonly until: CivilDate };

export class GrantLateAdmission extends Command<GrantLateAdmissionInput, Done<RequestIdentity>> {}

/** A27. A head admits a request whose 30 days are over. */
export const grantLateAdmission =
  (ports: Ports) =>
  async (context: CommandContext, { request, reason, until }: GrantLateAdmissionInput): Promise<Done<RequestIdentity> | Refusal> => {
    const granted = await requests
      .of(ports, request)
      .transact(context, 'late admission', (state) =>
        grantLateAdmissionDecision({ grantedBy: context.actor.id, reason: personal('office', reason), until, at: context.at }, state),
      );
    return isRefusal(granted) ? granted : done(request, granted.position);
  };

export type AllowSharedHourInput = { readonly request: RequestIdentity; readonly startsAt: string; readonly reason: string };

export class AllowSharedHour extends Command<AllowSharedHourInput, Done<RequestIdentity>> {}

/** A24. A head lets the applicant be in two meetings at once. */
export const allowSharedHour =
  (ports: Ports) =>
  async (context: CommandContext, { request, startsAt, reason }: AllowSharedHourInput): Promise<Done<RequestIdentity> | Refusal> => {
    const slot = slotStarting(startsAt);
    if (isRefusal(slot)) return slot;
    const command = { startsAt: slot.startsAt, reason: personal('office', reason), allowedBy: context.actor.id, at: context.at };
    const allowed = await requests
      .of(ports, request)
      .transact(context, `share ${slot.startsAt}`, (state) => allowSharedHourDecision(command, state));
    return isRefusal(allowed) ? allowed : done(request, allowed.position);
  };

export type SettleDisputeInput = {
  readonly request: RequestIdentity;
  readonly decision: ApplicantDisputeSettled['data']['decision'];
  readonly reason: string;
};

export class SettleDispute extends Command<SettleDisputeInput, Done<RequestIdentity>> {}

/** A29. A person decides which of two applicants the request is of. */
export const settleDispute =
  (ports: Ports) =>
  async (context: CommandContext, { request, decision, reason }: SettleDisputeInput): Promise<Done<RequestIdentity> | Refusal> => {
    const settled = await requests.of(ports, request).transact(context, 'settle dispute', async (state) => {
      const dispute = state.status === 'unknown' ? undefined : state.dispute;
      const [name, subject] = await Promise.all(
        [dispute?.applicantName, dispute?.subject].map(async (text) => text && ports.personalData.openUnseen(text)),
      );
      return settleDisputeDecision(
        {
          decision,
          reason: personal('office', reason),
          settledBy: context.actor.id,
          ...(name === undefined
            ? {}
            : {
                disputed: {
                  applicantName: personal('name', name),
                  ...(subject === undefined ? {} : { subject: personal('name', subject) }),
                },
              }),
          at: context.at,
        },
        state,
      );
    });
    return isRefusal(settled) ? settled : done(request, settled.position);
  };

export type RequestView = Omit<RegisterRequestInput, 'answer' | 'applicantChange'> & {
  /** another applicant under the same number and date, until a person has decided (A29) */
  readonly disputedBy?: string;
};

export class GetRequest extends Query<RequestIdentity, RequestView | Refusal> {}

/** A request as the document register told it last. */
export const requestView =
  (ports: Ports) =>
  async (identity: RequestIdentity): Promise<RequestView | Refusal> => {
    const request = await currentRequest(ports, identity);
    if (request.status === 'unknown') return refuse('not-found');
    const { number, filedOn, department, departmentCode, handlerStaffId, status } = request;
    const { applicantName, subject, dispute } = request;
    const texts = await opened(ports, { applicantName, ...defined({ subject, disputedBy: dispute?.applicantName }) });
    return { number, filedOn, ...texts, ...defined({ department, departmentCode }), handlerStaffId, status };
  };
