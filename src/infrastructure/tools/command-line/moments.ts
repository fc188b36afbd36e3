import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { isCivilDate, parseInstant, plusSeconds, startOfNextDay } from '../../../domain/time/civil-time';
import { CommandEnds, exitCodes } from './exit-code';

/** An instant, or a date of Cluj: then its last moment. @throws CommandEnds */
export const momentOf = (text: string): Instant => {
  const moment = isCivilDate(text) ? plusSeconds(startOfNextDay(text), -0.001) : parseInstant(text);
  if (moment !== undefined) return moment;
  throw new CommandEnds(exitCodes.invalidInput, {
    ro: `„${text}” nu este o dată (AAAA-LL-ZZ) și nici un moment (2026-03-05T10:00:00+02:00).`,
    en: `"${text}" is neither a date (YYYY-MM-DD) nor a moment (2026-03-05T10:00:00+02:00).`,
  });
};

/** @throws CommandEnds */
export const dateOf = (text: string): CivilDate => {
  if (isCivilDate(text)) return text;
  throw new CommandEnds(exitCodes.invalidInput, { ro: `„${text}” nu este o dată AAAA-LL-ZZ.`, en: `"${text}" is not a date YYYY-MM-DD.` });
};
