import type { EventStore } from '../../../application/kernel/ports/event-store';
import type { SealAlarm } from './seal-alarm';

/** An append was refused because the log is not what was sealed: nothing is written until somebody has looked. */
export class LogReadOnly extends Error {
  override readonly name = 'LogReadOnly';
  constructor() {
    super('The log is read only: it is not what was sealed, and nobody has cleared the alarm.');
  }
}

/** The very same store, which refuses every append while the alarm stands: there is no other way to it, for whoever had it before has this one. */
export const readOnlyWhileAlarmed = <S extends EventStore>(store: S, alarm: Pick<SealAlarm, 'standing'>): S => {
  const append = store.append.bind(store);
  store.append = (stream, expected, events) =>
    alarm.standing() === undefined ? append(stream, expected, events) : Promise.reject(new LogReadOnly());
  return store;
};
