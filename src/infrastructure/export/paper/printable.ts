/** What the font of the paper surely has: Latin with its marks, Greek, Cyrillic, and the signs that sentences are made with. */
const inTheFont =
  /[\n\u0020-\u007e\u00a0-\u04ff\u1e00-\u1eff\u2010-\u2015\u2018-\u2022\u2026\u2030\u2039\u203a\u20ac\u2116\u2122\u2190-\u2193\u2212\u2264\u2265\ufffd]/u;

/**
 * A text as the paper can show it. What is invisible, turns the direction of writing or is in no font of ours stands there by its number
 * (`<U+202E>`), so that nothing is lost and nothing reads otherwise than it is.
 */
export const printable = (text: string): string => {
  let shown = '';
  for (const character of text.replaceAll('\r\n', '\n').replaceAll('\t', ' ').normalize('NFC')) {
    const code = character.codePointAt(0) ?? 0;
    const isShown = inTheFont.test(character) && code !== 0xad;
    shown += isShown ? character : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  }
  return shown;
};
