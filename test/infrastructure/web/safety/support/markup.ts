/** Pages are read as our renderer writes them: every value in double quotes, every `<` and `"` of a text escaped. */
const tag = /<(?<closing>\/?)(?<name>[a-zA-Z][\w-]*)(?<attributes>(?:\s+[^\s"'<>/=]+(?:="[^"]*")?)*)\s*\/?>/g;
const attribute = /([^\s"'<>/=]+)(?:="([^"]*)")?/g;

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', nbsp: '\u00a0' };

/** The text that this markup stands for. */
export const decoded = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal: string, hexadecimal: string, name: string) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hexadecimal) return String.fromCodePoint(parseInt(hexadecimal, 16));
    return entities[name] ?? whole;
  });

export type Element = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly at: number;
  readonly end: number;
};

export const elementsOf = (html: string): readonly Element[] =>
  [...html.matchAll(tag)].flatMap((found) => {
    const { closing = '', name = '', attributes = '' } = found.groups ?? {};
    if (closing !== '') return [];
    const pairs = [...attributes.matchAll(attribute)].map(([, key = '', value = '']) => [key, decoded(value)] as const);
    return [{ name: name.toLowerCase(), attributes: new Map(pairs), at: found.index, end: found.index + found[0].length }];
  });

/** What a person reads: texts and what stands in fields. */
export const readableIn = (html: string): string =>
  [
    decoded(html.replace(tag, '\n')),
    ...elementsOf(html).flatMap(({ attributes }) => [attributes.get('value') ?? '', attributes.get('aria-label') ?? '']),
  ].join('\n');

export const linksIn = (html: string): readonly string[] =>
  elementsOf(html).flatMap(({ name, attributes }) => (name === 'a' ? [attributes.get('href') ?? ''] : []));

const schemes = /^(https?:|mailto:|tel:|\/|#|\?)/;
const turning = /[\u202A-\u202E\u2066-\u2069]/;

/** What is in this page that we have not put there: text that has become markup, or that turns the text around it. */
export const intrudersIn = (html: string): readonly string[] => {
  const rest = html.replace(/^<!doctype html>/i, '').replace(tag, '');
  const loose = rest.indexOf('<');
  const turner = turning.exec(html);
  return [
    ...(loose < 0 ? [] : [`a bracket of no tag: ${rest.slice(Math.max(0, loose - 40), loose + 60)}`]),
    ...(turner === null ? [] : [`text is turned: ${JSON.stringify(html.slice(Math.max(0, turner.index - 20), turner.index + 20))}`]),
    ...elementsOf(html).flatMap(({ name, attributes }) => {
      const here = [...attributes].map(([key, value]) => `${key}="${value}"`).join(' ');
      const wrong = [
        ...(name.startsWith('zqx') || (name === 'script' && !(attributes.get('src') ?? '').startsWith('/assets/')) ? [name] : []),
        ...[...attributes.keys()].filter((key) => /^on|zqx|^style$/i.test(key)),
        ...['href', 'action', 'src'].filter((key) => attributes.has(key) && !schemes.test(attributes.get(key) ?? '')),
      ];
      return wrong.map((what) => `${what} in <${name} ${here}>`);
    }),
  ];
};
