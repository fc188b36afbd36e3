import { civilDateOf, localTimeOf } from '../../domain/time/civil-time';
import { personalClasses } from '../../domain/retention/classes';
import { applyRetention } from './apply-retention';
import type { Retaining } from './what-is-due';

/** When nobody is served, in Bucharest. */
const notBefore = '02:00';
/** After so many, others have the stores for a moment. */
const mostAtOnce = 50;
const pauseMilliseconds = 1000;
const register = 'retention-applied-on';

/**
 * One look: does the night’s work if it is due and not done; begun again from the start when it was interrupted, since what is erased is
 * erased.
 * @param rest others have the stores meanwhile
 * @returns whether it did
 */
export const retentionTurn = async (
  retaining: Retaining,
  signal: AbortSignal,
  rest: (milliseconds: number) => Promise<void>,
): Promise<boolean> => {
  const { ports, periods } = retaining;
  if (personalClasses.every((kind) => periods[kind] === null)) return false;
  const now = ports.clock.now();
  const today = civilDateOf(now);
  if (localTimeOf(now) < notBefore || (await ports.operations.registers.get(register)) === today) return false;
  const afterEach = async (erased: number): Promise<void> => {
    if (erased % mostAtOnce === 0) await rest(pauseMilliseconds);
  };
  const { erased, interrupted, counts } = await applyRetention(retaining, { now, by: 'night', signal, afterEach });
  if (erased > 0) ports.journal.info('retention.applied', { erased });
  const refused = personalClasses.reduce((sum, kind) => sum + (counts[kind].refused ?? 0), 0);
  if (refused > 0) ports.journal.warn('retention.refused', { refused });
  if (interrupted) return false;
  await ports.operations.registers.put(register, today);
  return true;
};
