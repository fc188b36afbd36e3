import type { PolicyValues } from '../policies';

const minutesOfADay = 24 * 60;

/** So many letters within so many minutes. */
type LetterBound = { readonly limit: number; readonly minutes: number };

/**
 * How many codes that open a ticket are sent when the caller names the request: to one network address, so that one caller cannot use up
 * the codes of the others, and to all addresses together. Strangers know the number of the ticket alone, and are refused much earlier.
 * Twice as many guesses as strangers are allowed slow these callers down as well: then an address gets one code in a time that doubles with
 * each `guesses` more, up to a day. A code that was sent is tried as any other.
 * @param guesses in the life of the ticket, by all callers
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
