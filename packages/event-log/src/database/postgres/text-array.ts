/** PostgreSQL keeps no U+0000 in a text, and refuses to look for one: nothing has such a name there. */
export const isKeepable = (text: string): boolean => !text.includes('\0');

/** What it keeps in place of a text with U+0000. */
export const keepable = (text: string): string => (isKeepable(text) ? text : text.replaceAll('\0', '\uFFFD'));

const oidOfText = 25;
const headerBytes = 20;
const lengthOfNull = -1;

/**
 * A `text[]` as the server keeps it. The client would write it as one long literal, with a backslash before every quote of a JSON text,
 * which costs both sides more than anything else in an append.
 */
export const textArray = (texts: readonly (string | null)[]): Buffer => {
  const lengths = texts.map((text) => (text === null ? lengthOfNull : Buffer.byteLength(text)));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + Math.max(length, 0), headerBytes));
  // one dimension, whether there are NULLs, of text, so many, counted from 1
  [1, texts.includes(null) ? 1 : 0, oidOfText, texts.length, 1].forEach((number, index) => {
    bytes.writeInt32BE(number, 4 * index);
  });
  let at = headerBytes;
  texts.forEach((text, index) => {
    at = bytes.writeInt32BE(lengths[index] ?? 0, at);
    if (text !== null) at += bytes.write(text, at);
  });
  return bytes;
};
