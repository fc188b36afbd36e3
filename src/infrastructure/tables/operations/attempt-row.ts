import type { Attempt } from '../../../application/kernel/ports/operations';

/** An attempt as a table keeps it. */
export type AttemptRow = {
  readonly effectId: string;
  readonly attempts: number;
  readonly lastAt: string;
  readonly nextAt: string | null;
  readonly error: string | null;
  readonly done: boolean;
};

export const attemptOf = ({ nextAt, error, ...row }: AttemptRow): Attempt => ({
  effectId: row.effectId,
  attempts: row.attempts,
  lastAt: row.lastAt,
  ...(nextAt !== null && { nextAt }),
  ...(error !== null && { error }),
  done: row.done,
});
