/** A line with the bytes that it is made of, its end with it; `text` is missing where these are no UTF-8, end in no line feed or are too many. */
export type Line = { readonly bytes: Buffer; readonly text?: string };

const lineFeed = 0x0a;
const mostBytesOfALine = 64 * 1024 * 1024;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const textOf = (bytes: Buffer): string | undefined => {
  try {
    return bytes.at(-1) === lineFeed ? utf8.decode(bytes.subarray(0, -1)) : undefined;
  } catch {
    return undefined;
  }
};

const lineOf = (bytes: Buffer): Line => {
  const text = textOf(bytes);
  return text === undefined ? { bytes } : { bytes, text };
};

/** Cuts bytes into lines, one in memory at a time; of a longer one come pieces that have no text. */
export async function* linesIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let pieces: Buffer[] = [];
  let length = 0;
  let isTooLong = false;
  const cut = (): Line => {
    const bytes = Buffer.concat(pieces);
    pieces = [];
    length = 0;
    return isTooLong ? { bytes } : lineOf(bytes);
  };
  for await (const chunk of chunks) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let end = rest.indexOf(lineFeed); end !== -1; end = rest.indexOf(lineFeed)) {
      pieces.push(rest.subarray(0, end + 1));
      rest = rest.subarray(end + 1);
      yield cut();
      isTooLong = false;
    }
    if (rest.length === 0) continue;
    pieces.push(rest);
    length += rest.length;
    if (length <= mostBytesOfALine) continue;
    isTooLong = true;
    yield cut();
  }
  if (pieces.length > 0) yield cut();
}
