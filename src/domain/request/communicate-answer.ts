import type { CalendarState } from '../calendar/working-calendar';
import { calendarVersion } from '../calendar/working-calendar';
import { accept, nothing, type Decision } from '../kernel/decider';
import type { CivilDate, Instant } from '../kernel/instant';
import { refuse, type Refusal } from '../kernel/refusal';
import type { Policies } from '../policies';
import { clarificationWindow } from '../calendar/clarification-window';
import { civilDateOf, isCivilDate } from '../time/civil-time';
import type { AnswerChannel, AnswerCommunicated } from './facts';
import type { RequestState } from './state';

export type CommunicateAnswer = {
  readonly documentNumber: string;
  /** the day on which it reached the applicant, as the channel says (A27) */
  readonly communicatedOn: CivilDate;
  readonly channel: AnswerChannel;
  /** left out: the handler */
  readonly answeredBy?: string;
  readonly at: Instant;
  readonly policies: Pick<Policies, 'clarification-window'>;
  readonly calendar: CalendarState;
};

const fault = ({ documentNumber, communicatedOn, at }: CommunicateAnswer, filedOn: CivilDate): Refusal | undefined => {
  const invalid = (field: string, reason: string): Refusal => refuse('invalid', { field, reason });
  if (documentNumber.trim() === '') return invalid('documentNumber', 'empty');
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
  const refusal = fault(command, state.filedOn);
  if (refusal !== undefined) return refusal;
  const { communicatedOn, channel, at, policies, calendar } = command;
  const documentNumber = command.documentNumber.trim();
  if (state.answers.some((answer) => answer.documentNumber === documentNumber)) return nothing();
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
    },
  });
};
