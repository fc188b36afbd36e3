import { setTimeout as sleep } from 'node:timers/promises';
import { civilDateOf, localTimeOf } from '../../domain/time/civil-time';
import { personalClasses } from '../../domain/retention/classes';
import { applyRetention } from './apply-retention';
import type { Retaining } from './what-is-due';

/** When nobody is served, in Bucharest. */
const notBefore = '02:00';
const lookEachMilliseconds = 60_000;
/** After so many, others have the stores for a moment. */
const mostAtOnce = 50;
const pauseMilliseconds = 1000;
const register = 'retention-applied-on';

/** One look: does the night's work if it is due and not done. @returns whether it did */
export const retentionTurn = async (retaining: Retaining, signal: AbortSignal): Promise<boolean> => {
  const { ports, periods } = retaining;
  if (personalClasses.every((kind) => periods[kind] === null)) return false;
  const now = ports.clock.now();
  const today = civilDateOf(now);
  if (localTimeOf(now) < notBefore || (await ports.operations.registers.get(register)) === today) return false;
  const afterEach = async (erased: number): Promise<void> => {
    if (erased % mostAtOnce === 0) await sleep(pauseMilliseconds, undefined, { signal }).catch(() => undefined);
  };
  const { erased, interrupted, counts } = await applyRetention(retaining, { now, signal, afterEach });
  if (erased > 0) ports.journal.info('retention.applied', { erased });
  const refused = personalClasses.reduce((sum, kind) => sum + (counts[kind].refused ?? 0), 0);
  if (refused > 0) ports.journal.warn('retention.refused', { refused });
  if (interrupted) return false;
  await ports.operations.registers.put(register, today);
  return true;
};

/** Once a night, for as long as this process may; begun again from the start when it was interrupted, since what is erased is erased. */
export const keepRetention = async (retaining: Retaining, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await retentionTurn(retaining, signal);
    await sleep(lookEachMilliseconds, undefined, { signal }).catch(() => undefined);
  }
};
