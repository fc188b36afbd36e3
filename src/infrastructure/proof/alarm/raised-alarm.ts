import type { Instant } from '../../../domain/kernel/fact';
import { sealFaultReasons, type SealFault } from '../seal/log-not-as-sealed';

/** The operational register in which it is kept, so that every process and every later start knows of it. */
export const alarmRegister = 'seal-alarm';
/** Where those that were cleared are kept, the newest last. */
export const clearedRegister = 'seal-alarms-cleared';
const mostCleared = 50;

/** What was found, and when. */
export type RaisedAlarm = { readonly fault: SealFault; readonly at: Instant };
/** Who looked, when, and what they found; `reason` in their own words, and therefore in no line of the service's journal. */
export type ClearedAlarm = RaisedAlarm & { readonly clearedAt: Instant; readonly by: string; readonly reason: string };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const faultOf = (value: unknown): SealFault | undefined => {
  if (!isObject(value)) return undefined;
  const { reason, number, eventId, stream, revision, root } = {
    reason: sealFaultReasons.find((known) => known === value['reason']),
    number: value['number'],
    eventId: value['eventId'],
    stream: value['stream'],
    revision: value['revision'],
    root: value['root'],
  };
  if (reason === undefined || typeof number !== 'number') return undefined;
  return {
    reason,
    number,
    ...(typeof eventId === 'string' && { eventId }),
    ...(typeof stream === 'string' && { stream }),
    ...(typeof revision === 'number' && { revision }),
    ...(typeof root === 'string' && { root }),
  };
};

/** @returns `undefined` where none is kept; one that cannot be read stands all the same */
export const raisedAlarmOf = (text: string | undefined): RaisedAlarm | undefined => {
  if (text === undefined) return undefined;
  const kept = parsed(text);
  const fault = isObject(kept) ? faultOf(kept['fault']) : undefined;
  const at = isObject(kept) ? kept['at'] : undefined;
  return { fault: fault ?? { reason: 'tree-differs', number: 0 }, at: typeof at === 'string' ? at : '' };
};

/** Whether a person has looked at what somebody outside shows before: the same checkpoint says nothing new. */
export const wasCleared = (text: string | undefined, shown: SealFault): boolean => {
  const kept = parsed(text ?? '[]');
  const faults = (Array.isArray(kept) ? kept : []).map((cleared: unknown) => (isObject(cleared) ? faultOf(cleared['fault']) : undefined));
  return faults.some((fault) => fault?.reason === shown.reason && fault.number === shown.number && fault.root === shown.root);
};

/** What is kept with one more behind it. */
export const withCleared = (text: string | undefined, cleared: ClearedAlarm): string => {
  const kept = parsed(text ?? '[]');
  const before: readonly unknown[] = Array.isArray(kept) ? kept : [];
  return JSON.stringify([...before, cleared].slice(-mostCleared));
};
