/** Over this many minutes unmatched lookups of one request number and filing date are counted, by all callers together. */
export const guessingMinutes = 60;
/** So many addresses may try the same number and date before lookups of it slow down. */
const addresses = 2;
const longestWaitSeconds = 30;

/**
 * How long a caller who asks about this number and date has to wait first; nothing while there were few guesses. It grows with every guess
 * and stays short: the applicant, too, may have to wait, and never longer than this.
 * @param guesses unmatched lookups of the number and date before this one
 * @param ofAddress how many an address may make (`lookup-throttle`)
 */
export const secondsToWait = (guesses: number, ofAddress: number): number => {
  const beyond = guesses - addresses * ofAddress;
  return beyond < 0 ? 0 : Math.min(longestWaitSeconds, 2 ** Math.min(beyond, 10));
};
