import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export type Asset = { readonly type: string; readonly plain: Buffer; readonly gzip: Buffer; readonly brotli: Buffer };

const textOf = (folder: string): string =>
  readdirSync(join(__dirname, folder))
    .sort()
    .map((name) => readFileSync(join(__dirname, folder, name), 'utf8'))
    .join('\n');

const withoutComments = (css: string): string =>
  css
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s*([{};,])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/;}/g, '}');

/** Lines that are remarks, and what stands before the others. */
const withoutRemarks = (script: string): string => script.replace(/^\s*(?:\/\/.*\n)?/gm, '');

const asset = (type: string, text: string): Asset => {
  const plain = Buffer.from(text);
  return {
    type,
    plain,
    gzip: gzipSync(plain, { level: 9 }),
    brotli: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  };
};
const hashed = (name: string, extension: string, text: string): string =>
  `${name}.${createHash('sha256').update(text).digest('hex').slice(0, 12)}.${extension}`;

const style = withoutComments(textOf('styles'));
const script = withoutRemarks(textOf('scripts'));
const logo = readFileSync(join(__dirname, 'tichet.svg'), 'utf8');

/** Their names change with what is in them: a browser may keep them for ever. */
export const assetPaths = {
  style: `/assets/${hashed('tichet', 'css', style)}`,
  script: `/assets/${hashed('tichet', 'js', script)}`,
  logo: `/assets/${hashed('tichet', 'svg', logo)}`,
} as const;

/** One style sheet, one script, one picture; compressed once, at the start. */
export const assets: ReadonlyMap<string, Asset> = new Map([
  [assetPaths.style, asset('text/css; charset=utf-8', style)],
  [assetPaths.script, asset('text/javascript; charset=utf-8', script)],
  [assetPaths.logo, asset('image/svg+xml', logo)],
]);
