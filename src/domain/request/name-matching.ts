const wordSet = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Titles of persons, and what joins two names: people write them or leave them out. */
const titles = wordSet('dl dlui dna dnei dra dr drd ing sing arh av ec prof conf univ jr domnul domnului doamna doamnei domnisoara si');
/** Of organisations. */
const legalForms = wordSet('sc srl srld sa snc scs sca pfa ii if ong');
/** What every association, firm or office is called beside its own name: such a typed word does not tell which one is meant. */
const sharedByMany = wordSet(
  'asociatia asociatie asociatiei proprietari proprietarilor locatari locatarilor chiriasi bloc blocul bl scara imobil strada str nr ' +
    'societatea societate comerciala firma intreprinderea intreprindere individuala familiala persoana fizica autorizata compania grup grupul ' +
    'cabinet cabinetul birou biroul avocat avocati avocatura notar notarial fundatia fundatie clubul club sportiv sportiva federatia liga ' +
    'uniunea sindicatul cooperativa parohia biserica scoala liceul gradinita spitalul municipiul primaria cluj napoca romania',
);

/** What joins the words of a name, of persons as well: none of these words names a person. */
const joining = wordSet('de din la pentru');

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
/** ä, ö and ü, taken apart: German writes ae, oe and ue where it has no dots. */
const umlaut = /([aou])\u0308/gu;
/** Between two applicants: `și`, `&`, `+`, `;` or a stroke. A comma also stands between family name and given name. */
const betweenApplicants = /\s(?:s[\u0326\u0327]?i|&|\+)\s|[;/]/u;

/** Small letters, marks apart from their letters. */
const apart = (text: string): string =>
  text.replace(apostrophes, '').normalize('NFKD').toLowerCase().normalize('NFKD').replace(apostrophes, '');
const plainLetters = (text: string): string =>
  text.replace(latinWithMarks, '$1').replace(undecomposedLetters, (letter) => undecomposed[letter] ?? letter);

/** A word of a name: without marks, and as German writes it without dots. */
type Word = { readonly plain: string; readonly german: string };

const isLeftOut = (word: string): boolean => titles.has(word) || legalForms.has(word);

/** Every word of a text whose marks are apart, titles and legal forms among them. */
const allWords = (text: string): readonly Word[] =>
  text
    .replace(dotted, (abbreviation) => {
      const whole = abbreviation.replaceAll('.', '');
      return isLeftOut(plainLetters(whole)) ? whole : abbreviation;
    })
    .split(notOfWord)
    .map((word) => ({ plain: plainLetters(word), german: plainLetters(word.replace(umlaut, '$1e')) }))
    .filter(({ plain }) => hasLetter.test(plain));

const withoutTitles = (words: readonly Word[]): readonly Word[] => {
  const names = words.filter(({ plain }) => !isLeftOut(plain));
  return names.length === 0 ? words : names;
};

/**
 * A name as it is compared: small letters without diacritics or apostrophes, words separated by one blank, titles and
 * legal forms left out (rulebook section 4). Letters of other alphabets stay what they are, so a look-alike is another letter.
 */
export const foldName = (name: string): string =>
  withoutTitles(allWords(apart(name)))
    .map(({ plain }) => plain)
    .join(' ');

const initialOf = (word: string): string => String.fromCodePoint(word.codePointAt(0) ?? 0);
const isFull = (word: string): boolean => word !== initialOf(word);

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

type Name = { readonly words: readonly Word[]; readonly numbers: readonly string[] };

const nameIn = (text: string): Name => ({ words: withoutTitles(allWords(text)), numbers: text.match(/\d+/gu) ?? [] });

const isSame = (one: Word, other: Word): boolean => one.plain === other.plain || one.german === other.german;

/** Typed words as they stand in the register, where they are the same. */
const asRegistered = (words: readonly Word[], known: readonly Word[]): readonly string[] =>
  words.map((word) => (known.find((other) => isSame(word, other)) ?? word).plain);

/** Two, or all where there are fewer. */
const isEnough = (typed: readonly string[], registered: readonly string[]): boolean => typed.length >= Math.min(2, registered.length);

const isOfItsOwn = (word: string): boolean => isFull(word) && !sharedByMany.has(word) && !joining.has(word);

/** Every full word and number typed is a different registered one, and enough of them are of the name alone. */
const isNamed = (known: Name, given: Name): boolean => {
  const knownWords = known.words.map(({ plain }) => plain);
  const givenWords = asRegistered(given.words, known.words);
  const [knownFull, givenFull] = [knownWords.filter(isFull), givenWords.filter(isFull)];
  const [knownOwn, givenOwn] = [knownWords.filter(isOfItsOwn), givenWords.filter(isOfItsOwn)];

  const strangeWords = uncovered(givenFull, tally(knownFull));
  const initialsLeft = tally(knownWords.map(initialOf));
  uncovered(givenFull.map(initialOf), initialsLeft);
  const strangeInitials = uncovered(
    givenWords.filter((word) => !isFull(word)),
    initialsLeft,
  );
  const strangeNumbers = uncovered(given.numbers, tally(known.numbers));
  const enough = isEnough(givenWords, knownWords) && isEnough(givenFull, knownFull) && isEnough(givenOwn, knownOwn);
  // an association that has nothing but its number
  const isNumbered = knownOwn.length > 0 || known.numbers.length === 0 || given.numbers.length > 0;

  return [knownWords.length > 0, strangeWords === 0, strangeInitials === 0, strangeNumbers === 0, enough, isNumbered].every(Boolean);
};

/** Neighbours that the other name writes as one word, written so: `O Brien` for `OBrien`, `Ana Maria` for `Anamaria`. */
const joinedAs = (words: readonly Word[], others: readonly Word[]): readonly Word[] => {
  const joined: Word[] = [];
  let before: Word | undefined;
  for (const word of words) {
    const both = before && { plain: before.plain + word.plain, german: before.german + word.german };
    if (both !== undefined && others.some((other) => isSame(both, other))) {
      joined.splice(-1, 1, both);
      before = undefined;
    } else {
      joined.push(word);
      before = word;
    }
  }
  return joined;
};

const fullWordsOf = ({ words }: Name): number => words.filter(({ plain }) => isFull(plain)).length;

/** As both write it, or with words joined. Of a registered name two words remain: a name with all its words joined is not accepted. */
const isNamedSomehow = (known: Name, given: Name): boolean => {
  const [knownJoined, givenJoined] = [
    { ...known, words: joinedAs(known.words, given.words) },
    { ...given, words: joinedAs(given.words, known.words) },
  ];
  return [isNamed(known, given), isNamed(known, givenJoined), fullWordsOf(knownJoined) >= 2 && isNamed(knownJoined, given)].some(Boolean);
};

/** Two persons that were registered together, each with two words at least; otherwise, and of an organisation always, the one name. */
const applicantsIn = (registered: string): readonly Name[] => {
  const parts = registered.split(betweenApplicants).map(nameIn);
  const isOrganisation = allWords(registered).some(({ plain }) => legalForms.has(plain) || sharedByMany.has(plain));
  return isOrganisation || parts.some((part) => fullWordsOf(part) < 2) ? [nameIn(registered)] : parts;
};

/**
 * A28, version 2. Whether the typed name is the registered one: every full word typed is a different registered word, in any order; two
 * full words at least, or all if the register has fewer, and as many of those that not every organisation has; a typed initial stands for a
 * registered word that is left; a typed number is a registered one. Of two applicants it is one whole name, or all of both.
 *
 * Always folds both names and compares every word, so that the work does not tell where they differ.
 */
export const nameMatches = (registered: string, typed: string): boolean => {
  const [known, given] = [nameIn(apart(registered)), nameIn(apart(typed))];
  const isOneOfThem = applicantsIn(apart(registered))
    .map((applicant) => isNamedSomehow(applicant, given))
    .some(Boolean);
  const isWhole = isNamedSomehow(known, given);
  return isOneOfThem || (isWhole && fullWordsOf(given) >= fullWordsOf(known));
};
