const oidOfText = 25;
const headerBytes = 20;

/**
 * A `text[]` as the server keeps it. The client would write it as one long literal, with a backslash before every quote of a JSON text,
 * which costs both sides more than anything else in an append.
 */
export const textArray = (texts: readonly string[]): Buffer => {
  const lengths = texts.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, headerBytes));
  // one dimension, no NULLs, of text, so many, counted from 1
  [1, 0, oidOfText, texts.length, 1].forEach((number, index) => {
    bytes.writeInt32BE(number, 4 * index);
  });
  let at = headerBytes;
  texts.forEach((text, index) => {
    at = bytes.writeInt32BE(lengths[index] ?? 0, at);
    at += bytes.write(text, at);
  });
  return bytes;
};
