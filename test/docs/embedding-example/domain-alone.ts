import {
  checkLeadTime,
  clarificationWindow,
  type Instant,
  nameMatches,
  policiesWith,
  type Refusal,
  workingCalendar,
} from '../../../src/domain/index';

const policies = policiesWith();

/** Art. 2 b: the last day on which a clarification of this answer may be asked for. */
export const mayAskUntil = (communicatedOn: string): string =>
  clarificationWindow(communicatedOn, policies['clarification-window'], workingCalendar.initial).enforcedUntil;

/** Art. 3 b: is this the applicant? */
export const isApplicant = (registered: string, typed: string): boolean => nameMatches(registered, typed);

/** Art. 4: what speaks against this hour? A refusal is a value that names its article. */
export const tooSoon = (requestedAt: Instant, startsAt: Instant): Refusal | undefined =>
  checkLeadTime(requestedAt, startsAt, policies['lead-time'], workingCalendar.initial);
