import type { PolicyValues } from '../policies';

const minutesOfADay = 24 * 60;

/** So many letters within so many minutes. */
type LetterBound = { readonly limit: number; readonly minutes: number };

/**
 * How many codes that open a ticket go out to whoever says which request it is about: to one network address, so that nobody alone uses up
 * the others', and to all of them. Twice as many guesses as strangers are allowed (who know the ticket's number alone, and are refused long
 * before) slow them down as well: then an address gets one code in a time that doubles with each `guesses` more, up to a day. A code that
 * was sent is tried as any other.
 * @param guesses in the life of the ticket, whoever made them
 */
export const lettersToVouched = (
  { letters, minutes, guesses: ceiling }: PolicyValues['openings'],
  guesses: number,
): { readonly ofAddress: LetterBound; readonly ofAll: LetterBound } => {
  const beyond = Math.floor(guesses / ceiling) - 2;
  if (beyond < 0) return { ofAddress: { limit: Math.ceil(letters / 2), minutes }, ofAll: { limit: 2 * letters, minutes } };
  const slowed = Math.min(Math.max(minutes, minutesOfADay), minutes * 2 ** beyond);
  return { ofAddress: { limit: 1, minutes: slowed }, ofAll: { limit: letters, minutes: slowed } };
};
