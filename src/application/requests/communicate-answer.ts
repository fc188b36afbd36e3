import type { CivilDate } from '../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { communicateAnswer as communicateAnswerDecision } from '../../domain/request/registering';
import type { AnswerChannel, RequestIdentity } from '../../domain/request/facts';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { unknownStaff } from './known-staff';
import { currentCalendar, requests } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

export type CommunicatedAnswer = {
  readonly documentNumber: string;
  readonly communicatedOn: CivilDate;
  readonly channel: AnswerChannel;
  /** left out: the handler */
  readonly answeredBy?: string;
};
export type CommunicateAnswerInput = { readonly request: RequestIdentity; readonly answer: CommunicatedAnswer };
/** `known`: the document was known before this command, and the window is unchanged (A25). */
export type AnswerDone = Done<RequestIdentity & { readonly documentNumber: string; readonly known: boolean }>;

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
      communicateAnswerDecision({ ...answer, at: context.at, policies: ports.policies, calendar }, state),
    );
    if (isRefusal(communicated)) return communicated;
    // Asked of the log, so that a repeated command is answered as the first time.
    const { events } = await stream.load();
    const ours = events.some(({ fact, commandId }) => fact.type === 'AnswerCommunicated' && commandId === context.commandId);
    const { number, filedOn } = request;
    return done({ number, filedOn, documentNumber: answer.documentNumber, known: !ours }, communicated.position);
  };
