import type { CivilDate, Instant } from '../kernel/instant';
import { civilDateOf, localTimeOf } from '../time/civil-time';
import type { Sentence } from './check';

/** A local moment as both languages write it here: `25.11.2026, 10:15`; with seconds where a minute would hide the point. */
export const moment = (instant: Instant): string => {
  const seconds = instant.slice(17, 19);
  return `${day(civilDateOf(instant))}, ${localTimeOf(instant)}${seconds === '00' ? '' : `:${seconds}`}`;
};

export const day = (date: CivilDate): string => date.split('-').toReversed().join('.');

/** A length of time, cut down to whole seconds: `47 h 59 min 30 s`. */
export const lengthOf = (seconds: number): string => {
  const whole = Math.trunc(Math.abs(seconds));
  const parts = [
    [Math.trunc(whole / 3600), 'h'],
    [Math.trunc((whole % 3600) / 60), 'min'],
    [whole % 60, 's'],
  ] as const;
  const told = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return `${seconds < 0 ? '−' : ''}${told.length === 0 ? '0 s' : told.join(' ')}`;
};

export const neverScheduled: Sentence = { ro: 'Întâlnirea nu a fost programată.', en: 'The meeting was not scheduled.' };
export const notHeld: Sentence = { ro: 'Întâlnirea nu a avut loc.', en: 'The meeting has not taken place.' };
export const notOnline: Sentence = { ro: 'Întâlnirea nu este online.', en: 'The meeting is not online.' };
