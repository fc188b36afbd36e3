/** Titles of persons and legal forms of organisations: people write them or leave them out. */
const ignored: ReadonlySet<string> = new Set(
  (
    'dl dlui dna dnei dra dr drd ing sing arh av ec prof conf univ jr domnul domnului doamna doamnei domnisoara ' +
    'sc srl srld sa snc scs sca pfa ii if ong'
  ).split(' '),
);

const apostrophes = /['’‘‛ʼʻʹ′`´＇]/gu;
const latinWithMarks = /(\p{Script=Latin})\p{M}+/gu;
/** letters of Latin alphabets that no normalisation takes apart */
const undecomposed: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
};
const undecomposedLetters = /[ßæœøłđðþħı]/gu;
/** `s.r.l.`, `d.r.`: letters and dots without a blank */
const dotted = /(?<!\p{L})\p{L}(?:\.\p{L})+(?!\p{L})/gu;
const notOfWord = /[^\p{L}\p{M}]+/u;
const hasLetter = /\p{L}/u;

const plainLetters = (text: string): string =>
  text
    .replace(apostrophes, '')
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(apostrophes, '')
    .replace(latinWithMarks, '$1')
    .replace(undecomposedLetters, (letter) => undecomposed[letter] ?? letter);

const wordsOf = (text: string): readonly string[] => {
  const joined = plainLetters(text).replace(dotted, (abbreviation) => {
    const whole = abbreviation.replaceAll('.', '');
    return ignored.has(whole) ? whole : abbreviation;
  });
  const words = joined.split(notOfWord).filter((word) => hasLetter.test(word));
  const names = words.filter((word) => !ignored.has(word));
  return names.length === 0 ? words : names;
};

/**
 * A name as it is compared: small letters without diacritics or apostrophes, words separated by one blank, titles and
 * legal forms left out (rulebook section 4). Letters of other alphabets stay what they are, so a look-alike is another letter.
 */
export const foldName = (name: string): string => wordsOf(name).join(' ');

const initialOf = (word: string): string => String.fromCodePoint(word.codePointAt(0) ?? 0);
const isInitial = (word: string): boolean => word === initialOf(word);

/** How often each text occurs. */
const tally = (texts: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};
/** How many of these texts are not covered by the counts; each covered one is used up. */
const uncovered = (texts: readonly string[], counts: Map<string, number>): number => {
  let missing = 0;
  for (const text of texts) {
    const left = counts.get(text) ?? 0;
    counts.set(text, left - 1);
    if (left <= 0) missing += 1;
  }
  return missing;
};

/**
 * A28. Whether the typed name is the registered one: every full word typed is a different registered word, in any order;
 * two full words at least, or all if the register has fewer; a typed initial stands for a registered word that is left.
 *
 * Folds both names and compares every word whatever the outcome, so that the work does not tell where they differ.
 */
export const nameMatches = (registered: string, typed: string): boolean => {
  const known = wordsOf(registered);
  const given = wordsOf(typed);
  const knownFull = known.filter((word) => !isInitial(word));
  const givenFull = given.filter((word) => !isInitial(word));

  const strangeWords = uncovered(givenFull, tally(knownFull));
  const initialsLeft = tally(known.map(initialOf));
  uncovered(givenFull.map(initialOf), initialsLeft);
  const strangeInitials = uncovered(given.filter(isInitial), initialsLeft);
  const enoughFull = givenFull.length >= Math.min(2, knownFull.length);
  const enough = given.length >= Math.min(2, known.length);

  return [known.length > 0, strangeWords === 0, strangeInitials === 0, enoughFull, enough].every(Boolean);
};
