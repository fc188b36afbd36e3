import type { Instant } from '../kernel/fact';
import { plusHours } from '../time/civil-time';
import type { Slot } from '../time/slot';

/**
 * By when something must be done, each moment the last in time: the target where the procedure has one, after which it is late, and the
 * limit, after which the duty is missed.
 */
export type Deadline = { readonly targetAt?: Instant; readonly limitAt: Instant };

/** A17: “immediately” after a meeting, or after an amendment, and until when it counts as done in time. */
export const resolutionDeadline = ({
  resolutionTargetAt: targetAt,
  resolutionHardLimitAt: limitAt,
}: {
  readonly resolutionTargetAt: Instant;
  readonly resolutionHardLimitAt: Instant;
}): Required<Deadline> => ({ targetAt, limitAt });

/**
 * Art. 5: the link reaches the citizen so many hours before the start. Where the meeting was put there so late that no link could be there by
 * then, that is the target, and the end of the hour the limit.
 * @param couldNotBe something else kept it from being there
 */
export const linkDeadline = ({ startsAt, endsAt }: Slot, hours: number, placedAt: Instant, couldNotBe = false): Deadline => {
  const dueAt = plusHours(startsAt, -hours);
  return couldNotBe || placedAt > plusHours(dueAt, -hours) ? { targetAt: dueAt, limitAt: endsAt } : { limitAt: dueAt };
};

/**
 * A21: a change by staff that the citizen must be told of. `ownLimitAt`: of this change taken by itself; `hours`: of its `notice-deadline`.
 */
export type NoticeOwed = { readonly since: Instant; readonly ownLimitAt: Instant; readonly hours: number };

/**
 * A21: a letter goes by itself where there is an address, so a person is asked only when the time for it is over. Without an address a
 * person is asked at once.
 */
export const personTellsFrom = (byLetter: boolean, { since, limitAt }: { readonly since: Instant; readonly limitAt: Instant }): Instant =>
  byLetter ? limitAt : since;

/**
 * By when the citizen is told of a change that others may have followed: an hour that was left again in time is no reason to hurry. Then it
 * is told with the next change, within the same hours of this one.
 */
export const noticeLimit = ([change, ...later]: readonly [NoticeOwed, ...NoticeOwed[]]): Instant => {
  const [next, ...further] = later;
  const { since, ownLimitAt, hours } = change;
  if (next === undefined || next.since > ownLimitAt) return ownLimitAt;
  const [ofNext, whole] = [noticeLimit([next, ...further]), plusHours(since, hours)];
  const latest = ofNext < whole ? ofNext : whole;
  return latest > ownLimitAt ? latest : ownLimitAt;
};
