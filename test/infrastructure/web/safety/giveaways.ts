const uuid = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gi;

/** What an address, a Referer or a line of the log may not say, and what may only look like it. */
const secrets: readonly (readonly [string, RegExp, RegExp?])[] = [
  ['a signed token', /eyJ[\w-]{8,}\.[\w-]{8,}/],
  ['a key of 256 bits', /(?<![\w-])[\w-]{43}(?![\w-])/],
  ['an e-mail address', /[\w.+-]+(@|%40)[\w-]+\.\w+/i],
  ['a telephone number', /(?<!\d)(\+?40|0)[\s.-]?7\d{2}[\s.-]?\d{3}[\s.-]?\d{3}(?!\d)/, uuid],
];

const letters = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Undoes what an address does to a text, as far as it can be undone. */
const plain = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/**
 * What this text gives away.
 * @param names of people; one long word of a name is enough
 */
export const giveawaysIn = (text: string, names: readonly string[]): readonly string[] => {
  const read = plain(text);
  const words = new Set(letters(read).match(/[a-z]+/g));
  return [
    ...secrets.flatMap(([what, pattern, lookalike]) => {
      const searched = (one: string): string => (lookalike === undefined ? one : one.replaceAll(lookalike, ' '));
      const found = pattern.exec(searched(text)) ?? pattern.exec(searched(read));
      return found === null ? [] : [`${what}: ${found[0]}`];
    }),
    ...names
      .flatMap((name) => letters(name).match(/[a-z]{4,}/g) ?? [])
      .filter((word) => words.has(word))
      .map((word) => `a name: ${word}`),
  ];
};
