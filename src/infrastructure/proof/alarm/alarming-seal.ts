import type { Seal } from '../../../application/kernel/ports/seal';
import { LogNotAsSealed } from '../seal/log-not-as-sealed';
import type { SealAlarm } from './seal-alarm';

/** The same seal, raising the alarm when somebody who reads it comes upon one that is not ours. */
export const alarmingSeal = (seal: Seal, alarm: Pick<SealAlarm, 'raise'>): Seal => {
  const heard = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof LogNotAsSealed) await alarm.raise(error.fault);
      throw error;
    }
  };
  return {
    verifier: seal.verifier,
    checkpoint: () => heard(seal.checkpoint()),
    witnessed: () => heard(seal.witnessed()),
    timeStamped: () => heard(seal.timeStamped()),
    standing: (event, upTo) => heard(seal.standing(event, upTo)),
  };
};
