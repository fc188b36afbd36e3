import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { isCivilDate, parseInstant, plusSeconds, startOfNextDay } from '../../../domain/time/civil-time';
import { CommandEnds, exitCodes } from './terminal';
import { inBoth } from '../../phrasing/sentences';

/** An instant, or a date of Cluj: then its last moment. @throws CommandEnds */
export const momentOf = (text: string): Instant => {
  const moment = isCivilDate(text) ? plusSeconds(startOfNextDay(text), -0.001) : parseInstant(text);
  if (moment !== undefined) return moment;
  throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.moments.neitherDateYyyyMm({ text }));
};

/** @throws CommandEnds */
export const dateOf = (text: string): CivilDate => {
  if (isCivilDate(text)) return text;
  throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.moments.notDateYyyyMm({ text }));
};
