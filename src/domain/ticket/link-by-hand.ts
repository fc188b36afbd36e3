import { dayPlan } from '../agenda/day-plan';
import type { CalendarState } from '../calendar/calendar';
import type { Instant } from '../kernel/fact';
import { type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import type { StaffState } from '../staff/staff-member';
import { civilDateOf, plusHours } from '../time/civil-time';
import { latestStart } from '../time/slot';
import { afterWork } from '../time/working-time';
import { type Mode, needsOf } from './facts';

/** Who makes the links of online meetings by hand, and when that person works. */
export type LinkMaker = { readonly staff: StaffState; readonly calendar: CalendarState };

type LinkPolicies = Pick<Policies, 'link-by-hand' | 'invitation-lead' | 'booking-horizon'>;

/**
 * Art. 5. The first start for which a link that is asked for at this instant is made and sent in time: after so many hours of the person's
 * working time (policy `link-by-hand`), and `invitation-lead` before the start. `undefined` where that is nowhere within the horizon.
 */
export const firstWithLink = (at: Instant, { staff, calendar }: LinkMaker, policies: LinkPolicies): Instant | undefined => {
  const needed = policies['link-by-hand'].value;
  if (needed === null) return at;
  const lastDay = civilDateOf(latestStart(at, policies['booking-horizon']));
  const made = afterWork(at, needed.workingHours, (date) => dayPlan(date, staff, calendar).windows, lastDay);
  return made === undefined ? undefined : plusHours(made, policies['invitation-lead'].value.hours);
};

/**
 * Art. 5. Refuses `no-time-for-link`, with the `workingHours` of the policy and the `earliest` start that would do if there is one, where the link of
 * an online meeting could not be made in time. `undefined` by phone, in person, and where a machine makes the links (no `maker`).
 */
export const checkLink = (
  { mode, startsAt, at }: { readonly mode: Mode; readonly startsAt: Instant; readonly at: Instant },
  maker: LinkMaker | undefined,
  policies: LinkPolicies,
): Refusal | undefined => {
  const needed = policies['link-by-hand'].value;
  if (!needsOf(mode).link || maker === undefined || needed === null) return undefined;
  const earliest = firstWithLink(at, maker, policies);
  return earliest !== undefined && earliest <= startsAt
    ? undefined
    : refuse('no-time-for-link', { article: '5', earliest, workingHours: needed.workingHours });
};
