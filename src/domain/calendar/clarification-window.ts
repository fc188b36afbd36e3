import { workingDayFrom } from './working-days';
import type { CalendarState } from './working-calendar';
import type { CivilDate } from '../kernel/instant';
import type { Policies } from '../policies';
import { addDays } from '../time/civil-time';

/** Art. 2 b. Both are last days and count whole, until 24:00 in Bucharest. */
export type ClarificationWindow = {
  /** day 30 after the day of communication, which does not count */
  readonly advertisedUntil: CivilDate;
  /** the last day on which a request is accepted, after rolling to a working day */
  readonly enforcedUntil: CivilDate;
};

/** Art. 2 b, read by the policy `clarification-window` (A5) with the calendar in force. */
export const clarificationWindow = (
  communicatedOn: CivilDate,
  policy: Policies['clarification-window'],
  calendar: CalendarState,
): ClarificationWindow => {
  const advertisedUntil = addDays(communicatedOn, 30);
  switch (policy.value) {
    case 'plain-30-roll':
      return { advertisedUntil, enforcedUntil: workingDayFrom(calendar, advertisedUntil) };
    case 'civil-code-free-days':
      return { advertisedUntil, enforcedUntil: workingDayFrom(calendar, addDays(communicatedOn, 31)) };
    case 'strict-30':
      return { advertisedUntil, enforcedUntil: advertisedUntil };
  }
};
