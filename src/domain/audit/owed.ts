import type { Instant } from '../kernel/fact';
import type { Deadline } from '../ticket/deadlines';

/** Something that the procedure asks for once. A check judges it, and a duty tells of it. */
export type Owed = Deadline & {
  readonly since: Instant;
  /** when it was done, in time or not */
  readonly doneAt?: Instant;
  /** from when on it counts as missed, regardless of its limit, and no person is asked for it any more */
  readonly lostAt?: Instant;
};

/** Not done by its limit, or lost. */
export const isMissed = ({ limitAt, doneAt, lostAt }: Omit<Owed, 'since'>, asOf: Instant): boolean => {
  if (doneAt !== undefined) return doneAt > limitAt;
  return asOf > limitAt || (lostAt !== undefined && asOf >= lostAt);
};
