import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../../../application/kernel/ports/clock';
import type { Journal } from '../../../application/kernel/ports/journal';
import type { Operations } from '../../../application/kernel/ports/operations';
import { errorCode } from '../../runtime/error-code';
import type { SealFault } from '../seal/log-not-as-sealed';
import { alarmRegister, clearedRegister, raisedAlarmOf, withCleared, type RaisedAlarm } from './raised-alarm';

/**
 * Stands from the moment when the log was found not to be what was sealed until a person has looked, in every process and over every
 * restart. While it stands nothing is appended and nothing goes out.
 */
export type SealAlarm = {
  /** as this process knows */
  standing(): RaisedAlarm | undefined;
  /** aborted once it is raised; another one after it was cleared */
  calm(): AbortSignal;
  /** Stands when this returns; kept durably when it resolves, or else as soon as `look` can. The first fault is the one that is kept. */
  raise(fault: SealFault): Promise<void>;
  /** Learns what other processes did. */
  look(): Promise<void>;
  /** @param by who says that it may be, and why */
  clear(by: string, reason: string): Promise<void>;
};

export const createSealAlarm = ({
  registers,
  clock,
  journal,
}: {
  readonly registers: Operations['registers'];
  readonly clock: Clock;
  readonly journal: Journal;
}): SealAlarm => {
  let standing: RaisedAlarm | undefined;
  let calm = new AbortController();
  let isKept = true;

  const stand = (raised: RaisedAlarm): void => {
    standing = raised;
    calm.abort();
    const { reason, number, eventId, stream } = raised.fault;
    journal.error('log.not-as-sealed', { reason, position: String(number), eventId, stream });
  };
  const end = (): void => {
    standing = undefined;
    calm = new AbortController();
    journal.warn('log.alarm-cleared');
  };
  const keep = async (raised: RaisedAlarm): Promise<void> => {
    if ((await registers.get(alarmRegister)) === undefined) await registers.put(alarmRegister, JSON.stringify(raised));
    isKept = true;
  };

  return {
    standing: () => standing,
    calm: () => calm.signal,
    raise: async (fault) => {
      if (standing !== undefined) return;
      isKept = false;
      const raised = { fault, at: clock.now() };
      stand(raised);
      try {
        await keep(raised);
      } catch (error) {
        journal.error('log.alarm-not-kept', { code: errorCode(error) });
      }
    },
    look: async () => {
      if (standing !== undefined && !isKept) {
        await keep(standing);
        return;
      }
      const kept = raisedAlarmOf(await registers.get(alarmRegister));
      if (kept !== undefined && standing === undefined) stand(kept);
      if (kept === undefined && standing !== undefined && isKept) end();
    },
    clear: async (by, reason) => {
      if (standing === undefined) return;
      const cleared = { ...standing, clearedAt: clock.now(), by, reason };
      await registers.put(clearedRegister, withCleared(await registers.get(clearedRegister), cleared));
      await registers.remove(alarmRegister);
      isKept = true;
      end();
    },
  };
};

const pauseMilliseconds = 500;

/** Lets `work` go on while no alarm stands, and begin again once one was cleared, until the signal aborts. */
export const whileCalm = async (
  alarm: Pick<SealAlarm, 'calm'> | undefined,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> => {
  if (alarm === undefined) {
    await work(signal);
    return;
  }
  while (!signal.aborted) {
    const calm = alarm.calm();
    const isRaised = (): boolean => calm.aborted;
    if (isRaised()) await sleep(pauseMilliseconds, undefined, { signal }).catch(() => undefined);
    else {
      await work(AbortSignal.any([signal, calm]));
      // work that ends by itself is begun again by whoever began it
      if (!isRaised()) return;
    }
  }
};
