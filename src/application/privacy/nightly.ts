import type { Instant } from '../../domain/kernel/fact';
import { civilDateOf, daysBetween, isCivilDate, localTimeOf } from '../../domain/time/civil-time';
import { personalClasses } from '../../domain/retention/retention';
import type { Ports } from '../kernel/ports/ports';
import { applyRetention } from './apply-retention';
import type { Retaining } from './what-is-due';

/** When nobody is served, in Bucharest. */
const notBefore = '02:00';
/** After so many, others have the stores for a moment. */
const mostAtOnce = 50;
const pauseMilliseconds = 1000;
/** So long the tables may take to read what was written just now, in milliseconds. */
const patience = 1000;
const register = 'retention-applied-on';
const heldRegister = 'retention-held-on';
/** A clock that was set wrong makes everything due at once, and no erasure can be undone: after a longer gap a person decides. */
const longestGapDays = 7;

/** What was due until now is done, by the night or by a person: the nights go on from here. */
export const noteApplied = ({ operations }: Pick<Ports, 'operations'>, now: Instant): Promise<void> =>
  operations.registers.put(register, civilDateOf(now));

/** Said once a day. @returns whether the night must wait for a person */
const isHeld = async ({ operations, journal }: Ports, before: string | undefined, today: string): Promise<boolean> => {
  const days = before === undefined || !isCivilDate(before) ? 0 : daysBetween(before, today);
  if (days <= longestGapDays) return false;
  if ((await operations.registers.get(heldRegister)) !== today) {
    journal.warn('retention.held', { days });
    await operations.registers.put(heldRegister, today);
  }
  return true;
};

/**
 * One look: does the night’s work if it is due and not done; begun again from the start when it was interrupted, since what is erased is
 * erased.
 * A clock that has jumped ahead, or a service that stood still for long, makes it wait for `tichet retention apply`.
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
  const before = await ports.operations.registers.get(register);
  if (localTimeOf(now) < notBefore || before === today || (await isHeld(ports, before, today))) return false;
  // the next look comes soon: tables that are being filled know of no task
  if (!(await ports.readModels.reached(await ports.store.end(), patience))) return false;
  const afterEach = async (erased: number): Promise<void> => {
    if (erased % mostAtOnce === 0) await rest(pauseMilliseconds);
  };
  const { erased, interrupted, counts } = await applyRetention(retaining, { now, by: 'night', signal, afterEach });
  if (erased > 0) ports.journal.info('retention.applied', { erased });
  const refused = personalClasses.reduce((sum, kind) => sum + (counts[kind].refused ?? 0), 0);
  if (refused > 0) ports.journal.warn('retention.refused', { refused });
  if (interrupted) return false;
  await noteApplied(ports, now);
  return true;
};
