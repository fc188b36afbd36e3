import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(__dirname, '../../../src/infrastructure/web/assets/styles');
type Sheet = { readonly name: string; readonly text: string };

const sheets: readonly Sheet[] = readdirSync(folder)
  .sort()
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8').replace(/\/\*[^]*?\*\//g, '') }));

const classesIn = ({ text }: Sheet): ReadonlySet<string> =>
  new Set(
    [...text.matchAll(/([^{};]+)\{/g)].flatMap(([, selector = '']) =>
      [...selector.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = '']) => name),
    ),
  );

/** Classes that two areas style for themselves: all sheets are one, so each would dress the other's pages too. */
const shared = (all: readonly Sheet[]): readonly string[] => {
  const [common, areas] = [all.filter(({ name }) => name < '20'), all.filter(({ name }) => name >= '20')];
  const known = new Set(common.flatMap((sheet) => [...classesIn(sheet)]));
  const owners = new Map<string, string[]>();
  for (const sheet of areas)
    for (const name of classesIn(sheet)) if (!known.has(name)) owners.set(name, [...(owners.get(name) ?? []), sheet.name]);
  return [...owners].filter(([, names]) => names.length > 1).map(([name, names]) => `.${name} in ${names.join(' and ')}`);
};

describe('the style sheets', () => {
  it('let every area name its own classes', () => {
    expect(shared(sheets)).toEqual([]);
  });

  it('would be caught at a name of two', () => {
    const two = ['20-a.css', '30-b.css'].map((name) => ({ name, text: '@layer pages { .week li { margin: 0 } }' }));
    expect(shared([...sheets, ...two])).toEqual(expect.arrayContaining([expect.stringContaining('.week in ')]));
  });
});
