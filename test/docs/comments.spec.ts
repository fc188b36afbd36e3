import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './markdown';

/** How many comments may leave open who it is; it only goes down. */
const most = 270;

const comment = /\/\*.*?\*\/|(?<![:'"`])\/\/[^\n]*/gs;
const withoutName = /\b(?:who|whom|what|which)ever\b|\b(?:no|some|any|every)body\b|\bof which\b/gi;
/** Words of comments in the place of a role: citizen, official, operator, host, process, caller. */
const withoutNameIn = (code: string): number =>
  (code.match(comment) ?? []).reduce((sum, text) => sum + (text.match(withoutName)?.length ?? 0), 0);

const sources = ['src', ...readdirSync(join(root, 'packages')).map((name) => join('packages', name, 'src'))].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name)),
);

it(`comments say “whoever”, “nobody” and their like at most ${most} times`, () => {
  const found = sources.map((path) => withoutNameIn(readFileSync(join(root, path), 'utf8'))).reduce((sum, many) => sum + many, 0);
  process.stdout.write(`Comments of the sources leave open ${found} times who it is\n`);
  expect(found).toBeLessThanOrEqual(most);
});

it('strings and addresses are no comments', () => {
  expect(withoutNameIn(`// nobody asks\nconst url = 'http://nobody'; /* whoever\n somebody */ const text = 'anybody';`)).toBe(3);
});
