import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant } from '../../../domain/kernel/fact';
import { isInSuccession } from '@tichet-albastru/event-log/ports/succession';
import { ofDamage } from '../../../domain/ops/ops';
import { opsStream } from '@tichet-albastru/kernel/skip';
import { signedLogFaultReasons, LogNotAsSigned, type SignedLogFault } from '@tichet-albastru/signed-log';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { Operations } from '../../../application/kernel/ports/operations';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import type { SignedLog } from '../../../application/kernel/ports/signed-log';
import { fieldsOf, isJsonObject, listIn, parsedJson, withOneMore } from '@tichet-albastru/kernel/json.codec';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';

/** The operational register in which it is kept, so that every process and every later start knows of it. */
export const alarmKey = 'seal-alarm';
/** Where those that were cleared are kept, the newest last. */
export const clearedKey = 'seal-alarms-cleared';
/** Where every process writes what it has acknowledged and the log lacks, until that is accepted, or there again. */
export const missingKey = 'acknowledged-missing';

/** The key for the state of an acceptance under way: until the log is accepted as it is, no process clears the alarm. */
export const acceptanceKey = 'log-acceptance';

/** What was found, and when. */
export type RaisedAlarm = { readonly fault: SignedLogFault; readonly at: Instant };
/** Who looked, when, and what they found; `reason` in their own words, and therefore in no line of the service's journal. */
export type ClearedAlarm = RaisedAlarm & { readonly clearedAt: Instant; readonly by: string; readonly reason: string };

const faultOf = (value: unknown): SignedLogFault | undefined => {
  const optional = {
    eventId: 'text',
    stream: 'text',
    revision: 'number',
    root: 'text',
    missing: 'count',
    behind: 'text',
    how: 'text',
  } as const;
  const fault = fieldsOf(value, { reason: 'text', number: 'number' }, optional);
  const reason = signedLogFaultReasons.find((known) => known === fault?.reason);
  return fault && reason && { ...fault, reason };
};

/** @returns `undefined` where none is kept; one that cannot be read stands all the same */
export const raisedAlarmOf = (text: string | undefined): RaisedAlarm | undefined => {
  if (text === undefined) return undefined;
  const kept = parsedJson(text);
  const fault = isJsonObject(kept) ? faultOf(kept['fault']) : undefined;
  return { fault: fault ?? { reason: 'tree-differs', number: 0 }, at: fieldsOf(kept, { at: 'text' })?.at ?? '' };
};

/** Whether a person has already looked at this checkpoint from outside: the same checkpoint says nothing new. */
export const wasCleared = (text: string | undefined, shown: SignedLogFault): boolean => {
  const faults = listIn(text).map((cleared) => (isJsonObject(cleared) ? faultOf(cleared['fault']) : undefined));
  return faults.some((fault) => fault?.reason === shown.reason && fault.number === shown.number && fault.root === shown.root);
};

/**
 * Stands from the moment when the log was found not to be what was sealed until a person has looked, in every process and over every
 * restart. While it stands nothing is appended and nothing goes out.
 */
export type LogAlarm = {
  /** as this process knows */
  standing(): RaisedAlarm | undefined;
  /** whether nothing may be appended to this stream now */
  stops(stream: string): boolean;
  /** aborted once it is raised; another one after it was cleared */
  calm(): AbortSignal;
  /** Stands when this returns; kept durably when it resolves, or else as soon as `look` can. The first fault is the one that is kept. */
  raise(fault: SignedLogFault): Promise<void>;
  /** Learns what other processes did. */
  look(): Promise<void>;
  /** whether an acceptance of the log was begun, and not ended: only that goes on with it */
  isBeingAccepted(): Promise<boolean>;
  /** @param by who says that it may be, and why */
  clear(by: string, reason: string): Promise<void>;
};

export const createLogAlarm = ({
  keyValues,
  clock,
  logger,
}: {
  readonly keyValues: Operations['keyValues'];
  readonly clock: Clock;
  readonly logger: Logger;
}): LogAlarm => {
  let standing: RaisedAlarm | undefined;
  let calm = new AbortController();
  let isKept = true;

  const stand = (raised: RaisedAlarm): void => {
    standing = raised;
    calm.abort();
    const { reason, number, eventId, stream } = raised.fault;
    logger.error('log.not-as-sealed', { reason, position: String(number), eventId, stream });
  };
  const end = (): void => {
    standing = undefined;
    calm = new AbortController();
    logger.warn('log.alarm-cleared');
  };
  const keep = async (raised: RaisedAlarm): Promise<void> => {
    if ((await keyValues.get(alarmKey)) === undefined) await keyValues.put(alarmKey, JSON.stringify(raised));
    isKept = true;
  };

  return {
    standing: () => standing,
    // that the service goes on without a stream is written while it does not
    stops: (stream) =>
      standing !== undefined && !(standing.fault.reason === 'stream-damaged' && isInSuccession(opsStream(ofDamage), stream)),
    calm: () => calm.signal,
    raise: async (fault) => {
      if (standing !== undefined) return;
      isKept = false;
      const raised = { fault, at: clock.now() };
      stand(raised);
      try {
        await keep(raised);
      } catch (error) {
        logger.error('log.alarm-not-kept', { code: errorCode(error) });
      }
    },
    look: async () => {
      if (standing !== undefined && !isKept) {
        await keep(standing);
        return;
      }
      const kept = raisedAlarmOf(await keyValues.get(alarmKey));
      if (kept !== undefined && standing === undefined) stand(kept);
      if (kept === undefined && standing !== undefined && isKept) end();
    },
    isBeingAccepted: async () => (await keyValues.get(acceptanceKey)) !== undefined,
    clear: async (by, reason) => {
      if (standing === undefined) return;
      const cleared: ClearedAlarm = { ...standing, clearedAt: clock.now(), by, reason };
      await keyValues.put(clearedKey, withOneMore(await keyValues.get(clearedKey), cleared));
      await keyValues.remove(alarmKey);
      await keyValues.remove(missingKey);
      isKept = true;
      end();
    },
  };
};

const pauseMilliseconds = 500;

/** Lets `work` go on while no alarm stands, and begin again once one was cleared, until the signal aborts. */
export const whileCalm = async (
  alarm: Pick<LogAlarm, 'calm'> | undefined,
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
      const permitted = AbortSignal.any([signal, calm]);
      // as many wait for its end as for the one that it is made of
      setMaxListeners(0, permitted);
      await work(permitted);
      // work that ends by itself is begun again by its caller
      if (!isRaised()) return;
    }
  }
};

/** The same seal, which raises the alarm when a reader finds one that is not ours. */
export const alarmingSignedLog = (signedLog: SignedLog, alarm: Pick<LogAlarm, 'raise'>): SignedLog => {
  const heard = async <T>(asked: Promise<T>): Promise<T> => {
    try {
      return await asked;
    } catch (error) {
      if (error instanceof LogNotAsSigned) await alarm.raise(error.fault);
      throw error;
    }
  };
  return {
    verifier: signedLog.verifier,
    checkpoint: () => heard(signedLog.checkpoint()),
    witnessed: () => heard(signedLog.witnessed()),
    timeStamped: () => heard(signedLog.timeStamped()),
    standing: (event, upTo, leaf) => heard(signedLog.standing(event, upTo, leaf)),
  };
};

/** An append was refused because the log is not what was sealed: nothing is written until a person has looked. */
export class LogReadOnly extends Error {
  override readonly name = 'LogReadOnly';
  constructor() {
    super('The log is read only: it is not what was sealed, and nobody has cleared the alarm.');
  }
}

/** This stream was acknowledged and nothing of it is in the log: that it was never there would be untrue. */
export class AcknowledgedGone extends Error {
  override readonly name = 'AcknowledgedGone';
  constructor(readonly stream: string) {
    super(`The log lacks what was acknowledged of ${stream}.`);
  }
}

/** The very same store, which refuses every append while the alarm stands: earlier holders have this same object, and no way around it. */
export const readOnlyWhileAlarmed = <S extends EventStore>(store: S, alarm: Pick<LogAlarm, 'stops'>): S => {
  const append = store.append.bind(store);
  store.append = (stream, expected, events) => (alarm.stops(stream) ? Promise.reject(new LogReadOnly()) : append(stream, expected, events));
  return store;
};
