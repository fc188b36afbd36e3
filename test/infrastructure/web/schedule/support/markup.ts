const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: '\u00a0' };
const inClear = (html: string): string =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim();

const voids: readonly string[] = ['area', 'br', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'];

/** The element that begins at `start`, to the end of its own tag. */
const elementAt = (html: string, start: number): string => {
  let depth = 0;
  const tags = /<(\/?)([a-z][a-z0-9]*)[^>]*?(\/?)>/g;
  tags.lastIndex = start;
  for (let tag = tags.exec(html); tag !== null; tag = tags.exec(html)) {
    const [, closing, name = '', closed] = tag;
    if (closed === '/' || voids.includes(name)) continue;
    depth += closing === '/' ? -1 : 1;
    if (depth === 0) return html.slice(start, tags.lastIndex);
  }
  return html.slice(start);
};

/** What a reader reads of every element of this class, in their order. */
export const textsOf = (html: string, className: string): readonly string[] =>
  [...html.matchAll(new RegExp(`<[a-z0-9]+ [^>]*class="(?:[^"]* )?${className}(?: [^"]*)?"`, 'g'))].map(({ index }) =>
    inClear(elementAt(html, index)),
  );

/** What a reader reads of the element with this id; of a heading, of the section around it. */
export const textOfElement = (html: string, id: string): string => {
  const at = html.indexOf(` id="${id}"`);
  const start = html.lastIndexOf('<', at);
  const isHeading = /^<h[1-6]/.test(html.slice(start));
  return inClear(elementAt(html, isHeading ? html.lastIndexOf('<section', start) : start));
};

/** What a reader reads of the whole page. */
export const textOf = (html: string): string => inClear(html.replace(/^.*<main/s, '<main'));
