import type { EventStore } from '../../../application/kernel/ports/event-store';
import { LogReadOnly } from './log-read-only';
import type { SealAlarm } from './seal-alarm';

/** The very same store, which refuses every append while the alarm stands: there is no other way to it, for whoever had it before has this one. */
export const readOnlyWhileAlarmed = <S extends EventStore>(store: S, alarm: Pick<SealAlarm, 'standing'>): S => {
  const append = store.append.bind(store);
  store.append = (stream, expected, events) =>
    alarm.standing() === undefined ? append(stream, expected, events) : Promise.reject(new LogReadOnly());
  return store;
};
