import { type CalendarState, calendarVersion } from '../calendar/calendar';
import { clarificationWindow } from '../calendar/working-days';
import type { CivilDate } from '../kernel/fact';
import type { Policies } from '../policies';
import type { Answer, RegisteredRequest, RequestState } from './request';

type Window = Pick<Answer, 'communicatedOn' | 'policy' | 'enforcedUntil'>;

/** Where the day on which the window ends was declared free since, it ends on the next working day. A window never ends sooner by it. */
export const movedEnd = ({ communicatedOn, policy, enforcedUntil }: Window, calendar: CalendarState): CivilDate => {
  if (policy.name !== 'clarification-window') return enforcedUntil;
  const moved = clarificationWindow(communicatedOn, policy, calendar).enforcedUntil;
  return moved > enforcedUntil ? moved : enforcedUntil;
};

const moved = (answer: Answer, calendar: CalendarState): Answer => {
  const enforcedUntil = movedEnd(answer, calendar);
  return enforcedUntil === answer.enforcedUntil ? answer : { ...answer, enforcedUntil, calendarVersion: calendarVersion(calendar) };
};

/**
 * Art. 2 b, Codul civil art. 2554. A request as its windows stand in this calendar, where the policy `days-declared-later` says that a day
 * declared free after the answer moves the end; as they were stored, where it does not.
 */
export const withLaterFreeDays: {
  (state: RegisteredRequest, policy: Policies['days-declared-later'], calendar: CalendarState): RegisteredRequest;
  (state: RequestState, policy: Policies['days-declared-later'], calendar: CalendarState): RequestState;
} = <S extends RequestState>(state: S, policy: Policies['days-declared-later'], calendar: CalendarState): S =>
  policy.value === 'as-then' || state.status === 'unknown'
    ? state
    : { ...state, answers: state.answers.map((answer) => moved(answer, calendar)) };
