const lineBreaks = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/gu;
/** Controls, lone surrogates, and the marks that can turn the direction of the text around them. */
const unwanted = /[\p{Cc}\p{Cs}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF\u{E0000}-\u{E007F}]/gu;
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** What a user wrote, with its lines kept and everything invisible that could deceive taken out. */
export const cleanLines = (text: string): string =>
  text
    .replace(lineBreaks, '\n')
    .replace(/\t/gu, ' ')
    .split('\n')
    .map((line) => line.replace(unwanted, '').trimEnd())
    .join('\n')
    .trim();

/** The same on one line: a header, a subject and a calendar property are never more. */
export const cleanLine = (text: string): string =>
  text.replace(lineBreaks, ' ').replace(/\t/gu, ' ').replace(unwanted, '').replace(/ {2,}/gu, ' ').trim();

const longest = 120;

/**
 * A name, or another short text of a person, for use inside one of our sentences: one line, at most 120 characters,
 * set apart (U+2068 … U+2069) when it is written from right to left, so that our own words keep their order.
 */
export const insideSentence = (text: string): string => {
  const characters = Array.from(cleanLine(text));
  const short = characters.length > longest ? `${characters.slice(0, longest - 1).join('')}…` : characters.join('');
  return rightToLeft.test(short) ? `\u2068${short}\u2069` : short;
};

/** The address of a page, or nothing when it is not one that a letter may point to. */
export const webAddress = (text: string | undefined): string | undefined => {
  if (text === undefined || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
};
