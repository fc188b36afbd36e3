import { foldName, nameMatches } from './name-matching';

/** Whether one letter was added, left out, changed, or two neighbours were swapped, at most. */
const isSlip = (one: string, other: string): boolean => {
  if (one === other) return true;
  const [a, b] = [Array.from(one), Array.from(other)];
  if (Math.abs(a.length - b.length) > 1) return false;
  const first = a.findIndex((letter, index) => letter !== b[index]);
  const at = first === -1 ? a.length : first;
  const rest = (letters: readonly string[], from: number): string => letters.slice(from).join('');
  if (a.length !== b.length) return a.length > b.length ? rest(a, at + 1) === rest(b, at) : rest(a, at) === rest(b, at + 1);
  const isSwapped = a[at] === b[at + 1] && a[at + 1] === b[at] && rest(a, at + 2) === rest(b, at + 2);
  return isSwapped || rest(a, at + 1) === rest(b, at + 1);
};

/** Shorter words differ by a letter as names do: `Ana` is not `Ina`. */
const shortestWithSlip = 4;

/** Every word of the one is a word of the other, but for one in which a letter is mistyped. */
const isMistyped = (one: string, other: string): boolean => {
  const [words, others] = [foldName(one).split(' '), foldName(other).split(' ')];
  if (words.length !== others.length) return false;
  const left = [...others];
  const strange = words.filter((word) => {
    const found = left.indexOf(word);
    if (found !== -1) left.splice(found, 1);
    return found === -1;
  });
  const [typed = '', meant = ''] = [strange[0], left[0]];
  const isShort = Math.min(typed.length, meant.length) < shortestWithSlip;
  return strange.length === 0 || (strange.length === 1 && words.length > 1 && !isShort && isSlip(typed, meant));
};

/**
 * A1, A29. Whether two names that the register tells of one number and date are one applicant: more or fewer words of the same name, or a
 * letter mistyped in one word of several. Two of one family share a word only, and are two. A name that changed by marriage does no more:
 * that it is the same person is for somebody to say.
 */
export const isSameApplicant = (registered: string, told: string): boolean =>
  nameMatches(registered, told) || nameMatches(told, registered) || isMistyped(registered, told);
