import { foldName, nameMatches } from './name-matching';

/** Whether of two different words one is the other with a letter added, left out or changed, or with two neighbours swapped. */
const isSlip = (one: string, other: string): boolean => {
  const [a, b] = [Array.from(one), Array.from(other)];
  const first = a.findIndex((letter, index) => letter !== b[index]);
  // the one may begin the other
  const at = first === -1 ? a.length : first;
  const rest = (letters: readonly string[], from: number): string => letters.slice(from).join('');
  const areAlike = (fromA: number, fromB: number): boolean => rest(a, fromA) === rest(b, fromB);
  const swapped = [...a.slice(at + 1, at + 2), ...a.slice(at, at + 1), ...a.slice(at + 2)];
  return areAlike(at + 1, at) || areAlike(at, at + 1) || areAlike(at + 1, at + 1) || swapped.join('') === rest(b, at);
};

/** Shorter words differ by a letter as names do: `Ana` is not `Ina`. */
const shortestWithSlip = 4;

/** In any order. An association or a firm may have nothing else that tells it from others. */
const numbersIn = (name: string): string =>
  Array.from(name.matchAll(/\d+/gu), ([number]) => number)
    .toSorted()
    .join(' ');

/** Every word of the one is a word of the other, but for one in which a letter is mistyped; a number is another one. */
const isMistyped = (one: string, other: string): boolean => {
  const [words, others] = [foldName(one).split(' '), foldName(other).split(' ')];
  if (words.length !== others.length || numbersIn(one) !== numbersIn(other)) return false;
  const left = [...others];
  const strange = words.filter((word) => {
    const found = left.indexOf(word);
    if (found !== -1) left.splice(found, 1);
    return found === -1;
  });
  const [typed = '', meant = ''] = [strange[0], left[0]];
  const isShort = Math.min(typed.length, meant.length) < shortestWithSlip;
  return strange.length === 1 && words.length > 1 && !isShort && isSlip(typed, meant);
};

/**
 * A1, A29. Whether two names that the register tells of one number and date are one applicant: more or fewer words of the same name, or a
 * letter mistyped in one word of several; with another number it is another one. Two of one family share a word only, and are two. A name
 * that changed by marriage shares no more either: a person must say that it is the same applicant.
 */
export const isSameApplicant = (registered: string, told: string): boolean =>
  nameMatches(registered, told) || nameMatches(told, registered) || isMistyped(registered, told);
