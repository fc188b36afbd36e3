import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { read, root, rows, section } from './markdown';

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : /\.tsx?$/.test(entry.name) ? [join(folder, entry.name)] : [],
  );

/** `AuditListView` is `audit list shown`, and so is `audit-list-shown.tsx`. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/\.\w+$/, '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);

const given = rows(section(read('docs/glossary.md'), '## Words that the code had of its own, and what it says now')).flatMap(([was = '']) =>
  was.split(', '),
);
/** These are words of everyone, too: only at the end of a name do they stand for a thing. */
const onlyAtTheEnd: ReadonlySet<string> = new Set(['shown', 'asked', 'standing', 'area']);
/** As a whole word of a name: a *peer* is one, an *appeared* is none. */
const isPrivate = (name: string): boolean => {
  const words = ` ${wordsOf(name).join(' ')} `;
  return given.some((word) => (onlyAtTheEnd.has(word) ? words.endsWith(` ${word} `) : words.includes(` ${word} `)));
};

const namesOf = (path: string): readonly string[] =>
  [...readFileSync(path, 'utf8').matchAll(/^export (?:abstract |async )?(?:const|function|class|type) (\w+)/gm)].map(
    ([, name = '']) => name,
  );

describe('docs/glossary.md', () => {
  const files = filesIn(join(root, 'src')).filter((path) => !path.endsWith('client/routes.ts'));

  it('names no word of our own that a file or an exported name still has', () => {
    const found = files.flatMap((path) =>
      [relative(root, path).split('/').at(-1) ?? '', ...namesOf(path)].filter(isPrivate).map((name) => `${relative(root, path)}: ${name}`),
    );
    expect(found).toEqual([]);
  });

  it('would not pass with one', () => {
    expect(['AuditListShown', 'peer-silent.ts', 'createCommandDesk', 'appeared', 'Housing'].map(isPrivate)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
