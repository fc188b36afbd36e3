import { domainOf, type Sender } from './sender';

/** The crest of the city hall, which letters carry: a PNG picture in base64, and its size in pixels. */
export type Crest = { readonly png: string; readonly width: number; readonly height: number };

/** RFC 2392: by what the HTML part of a letter names the picture that goes with it. */
export const crestId = (from: Sender): string => `crest@${domainOf(from)}`;

const signature = '89504e470d0a1a0a0000000d49484452';

/** The first chunk of a PNG says how large the picture is (PNG 11.2.1). `undefined` for a file that is no PNG. */
export const crestIn = (png: string): Crest | undefined => {
  const bytes = Buffer.from(png, 'base64');
  if (bytes.length < 24 || bytes.subarray(0, 16).toString('hex') !== signature) return undefined;
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  return width === 0 || height === 0 ? undefined : { png, width, height };
};
