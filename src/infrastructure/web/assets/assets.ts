import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { assetsFolder } from '../../runtime/own-files';

export type Asset = { readonly type: string; readonly plain: Buffer; readonly gzip: Buffer; readonly brotli: Buffer };

const textOf = (folder: string): string =>
  readdirSync(join(assetsFolder(), folder))
    .sort()
    .map((name) => readFileSync(join(assetsFolder(), folder, name), 'utf8'))
    .join('\n');

const withoutComments = (css: string): string =>
  css
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s*([{};,])\s*/g, '$1')
    // in a selector nothing but a name stands behind a colon
    .replace(/:\s+/g, ':')
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

/** Read and compressed when first asked for. */
const once = <T extends object>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => (made ??= make());
};

const texts = once(() => ({
  style: withoutComments(textOf('styles')),
  charts: withoutComments(readFileSync(join(assetsFolder(), 'charts.css'), 'utf8')),
  service: withoutComments(readFileSync(join(assetsFolder(), 'service.css'), 'utf8')),
  script: withoutRemarks(textOf('scripts')),
  logo: readFileSync(join(assetsFolder(), 'tichet.svg'), 'utf8'),
}));

/** Their names change with what is in them: a browser may keep them for ever. */
export const assetPaths = once(() => ({
  style: `/assets/${hashed('tichet', 'css', texts().style)}`,
  charts: `/assets/${hashed('charts', 'css', texts().charts)}`,
  service: `/assets/${hashed('service', 'css', texts().service)}`,
  script: `/assets/${hashed('tichet', 'js', texts().script)}`,
  logo: `/assets/${hashed('tichet', 'svg', texts().logo)}`,
}));

/** One style sheet for all pages, one for those with charts and one for the operator's, one script, one picture. */
export const assets = once(
  (): ReadonlyMap<string, Asset> =>
    new Map([
      [assetPaths().style, asset('text/css; charset=utf-8', texts().style)],
      [assetPaths().charts, asset('text/css; charset=utf-8', texts().charts)],
      [assetPaths().service, asset('text/css; charset=utf-8', texts().service)],
      [assetPaths().script, asset('text/javascript; charset=utf-8', texts().script)],
      [assetPaths().logo, asset('image/svg+xml', texts().logo)],
    ]),
);
