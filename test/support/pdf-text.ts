import { inflateSync } from 'node:zlib';

type Objects = ReadonlyMap<string, { readonly dictionary: string; readonly stream: string }>;

const objectsOf = (bytes: Buffer): Objects => {
  const text = bytes.toString('latin1');
  const objects = new Map<string, { dictionary: string; stream: string }>();
  for (const [, number = '', content = ''] of text.matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)) {
    const [dictionary = '', body] = content.split(/\nstream\n/);
    const raw = Buffer.from((body ?? '').replace(/\nendstream$/, ''), 'latin1');
    const stream =
      body === undefined ? '' : dictionary.includes('/FlateDecode') ? inflateSync(raw).toString('latin1') : raw.toString('latin1');
    objects.set(number, { dictionary, stream });
  }
  return objects;
};

const referred = (dictionary: string, name: string): string => new RegExp(`/${name} (\\d+) 0 R`).exec(dictionary)?.[1] ?? '';

/** Which text each glyph of a font stands for, from its ToUnicode map. */
const glyphsOf = (objects: Objects, font: string): ReadonlyMap<number, string> => {
  const map = objects.get(referred(objects.get(font)?.dictionary ?? '', 'ToUnicode'))?.stream ?? '';
  const glyphs = new Map<number, string>();
  for (const [, from = '0', list = ''] of map.matchAll(/<([0-9a-f]+)> <[0-9a-f]+> \[([^\]]*)\]/gi)) {
    [...list.matchAll(/<([0-9a-f ]*)>/gi)].forEach(([, hex = ''], index) => {
      const text = Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le');
      glyphs.set(parseInt(from, 16) + index, text);
    });
  }
  return glyphs;
};

/** What a person reads on each page, line by line; of a PDF as this service draws them. */
export const pdfPages = (bytes: Buffer): readonly string[] => {
  const objects = objectsOf(bytes);
  const pages = [...objects.values()].filter(({ dictionary }) => dictionary.includes('/Type /Page\n'));
  return pages.map(({ dictionary }) => {
    const resources = objects.get(referred(dictionary, 'Resources'))?.dictionary ?? dictionary;
    const fonts = new Map(
      [...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = '', number = '']) => [name, glyphsOf(objects, number)]),
    );
    const content = objects.get(referred(dictionary, 'Contents'))?.stream ?? '';
    let glyphs: ReadonlyMap<number, string> | undefined;
    let text = '';
    for (const [, font, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (font !== undefined) glyphs = fonts.get(font);
      for (const [, hex = ''] of (shown ?? '').matchAll(/<([0-9a-f]*)>/gi))
        for (let at = 0; at < hex.length; at += 4) text += glyphs?.get(parseInt(hex.slice(at, at + 4), 16)) ?? '';
      if (shown !== undefined) text += '\n';
    }
    return text;
  });
};

/** All of it in one line, as words are broken over lines anywhere. */
export const pdfText = (bytes: Buffer): string => pdfPages(bytes).join('\n').replaceAll(/\s+/g, ' ');
