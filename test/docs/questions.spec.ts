import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPages, type Pages } from '../infrastructure/web/audit/support';
import { read, root } from './markdown';

const path = 'docs/questions.md';

/** A request as the page has it, with what it shows of the answer. */
const asked =
  /```sh\ncurl -s -H "Authorization: Bearer \$(?<who>[A-Z]+)" "\$API(?<address>[^"]+)" \| (?<shown>.+)\n```\n\n```\n(?<answer>[\s\S]*?)```/g;

const tokens = {
  AUDITOR: (pages: Pages) => pages.service.token('auditor'),
  HEAD: (pages: Pages) => pages.service.token('head', 'd01'),
  MAYOR: (pages: Pages) => pages.service.token('reports'),
} as const;
const isKnown = (who: string): who is keyof typeof tokens => who in tokens;

const inside = (value: unknown, field: string): unknown =>
  field
    .split('.')
    .filter((name) => name !== '')
    .reduce<unknown>((found, name) => (typeof found === 'object' && found !== null ? (Reflect.get(found, name) ?? null) : null), value);

/** What `jq -c '.rows[] | [.a, .b.c]'` and `jq -c '[.a]'` show. */
const byJq = (text: string, list: string | undefined, fields: string): string => {
  const answer: unknown = JSON.parse(text);
  const rows = list === undefined ? [answer] : inside(answer, list);
  if (!Array.isArray(rows)) throw new Error(`There is no list ${String(list)} in ${text.slice(0, 200)}`);
  return rows.map((row) => `${JSON.stringify(fields.split(', ').map((field) => inside(row, field)))}\n`).join('');
};

/** What `cut -d';' -f2-3,5` shows. No cell of these has a semicolon. */
const byCut = (text: string, places: string): string => {
  const wanted = new Set(
    places.split(',').flatMap((part) => {
      const [from = 0, to = from] = part.split('-').map(Number);
      return Array.from({ length: to - from + 1 }, (_, index) => from + index);
    }),
  );
  const lines = text.replace('\ufeff', '').trimEnd().split('\r\n');
  return lines
    .map(
      (line) =>
        `${line
          .split(';')
          .filter((_, place) => wanted.has(place + 1))
          .join(';')}\n`,
    )
    .join('');
};

const shownOf = (text: string, shown: string): string => {
  const [, list, fields] = /^jq -c '(?:\.(\w+)\[\] \| )?\[(.+)\]'$/.exec(shown) ?? [];
  if (fields !== undefined) return byJq(text, list, fields);
  const [, places] = /^cut -d';' -f([\d,-]+)$/.exec(shown) ?? [];
  if (places === undefined) throw new Error(`Nobody here can do what this does: ${shown}`);
  return byCut(text, places);
};

describe('docs/questions.md', () => {
  let pages: Pages;
  beforeAll(async () => {
    pages = await openPages();
  });

  const answerOf = async (who: string, address: string, shown: string): Promise<string> => {
    if (!isKnown(who)) throw new Error(`Nobody is called ${who}.`);
    const { text } = await pages.service.call('GET', `/api/v1${address}`, { token: await tokens[who](pages) });
    return shownOf(text, shown);
  };

  it('what an auditor, a head and a mayor ask is answered as it says (DOCUMENTS=write writes it anew)', async () => {
    const page = read(path);
    let written = page;
    for (const [block, who = '', address = '', shown = '', before = ''] of page.matchAll(asked)) {
      const answer = await answerOf(who, address, shown);
      written = written.replace(block, () => block.replace(/```\n[^`]*```$/, () => `\`\`\`\n${answer}\`\`\``));
      expect(answer).not.toBe('');
      expect(before).toEqual(process.env['DOCUMENTS'] === 'write' ? before : answer);
    }
    if (process.env['DOCUMENTS'] === 'write') writeFileSync(join(root, path), written);
    expect(written).toBe(process.env['DOCUMENTS'] === 'write' ? written : page);
    expect([...page.matchAll(/^curl /gm)]).toHaveLength([...page.matchAll(asked)].length);
  });
});
