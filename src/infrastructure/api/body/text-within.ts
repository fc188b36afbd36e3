import type { Readable } from 'node:stream';

/** A text that comes as a stream, or `too-large`; what is over is still taken in, or the sender is never answered. */
export const textWithin = async (
  source: AsyncIterable<unknown> | Readable,
  mostBytes: number,
): Promise<{ readonly text: string } | 'too-large'> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of source) {
    if (!Buffer.isBuffer(part)) continue;
    length += part.length;
    if (length <= mostBytes) parts.push(part);
  }
  return length > mostBytes ? 'too-large' : { text: Buffer.concat(parts).toString('utf8') };
};
