import { existsSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const test = join(__dirname, '..');
const sources = join(test, '../src');

/** Tests stand where their code stands: these folders have in `test` the folders that they have in `src`. */
const mirrored = ['application', 'domain', 'infrastructure', 'projections'];
/** What is tried across folders, by what it is about; and what the tests are made of. */
const across = [
  ...['bench', 'compatibility', 'contract', 'dashboards', 'docs', 'faults', 'golden', 'http', 'integrators', 'package', 'peers', 'privacy'],
  ...['story', 'structure', 'supply', 'support'],
];
/** Below the mirrored folders: what their tests share, and what is tried across their folders. */
const below = new Set(['domain/audit/law', ...['browser', 'measure', 'safety', 'states'].map((name) => join('infrastructure/web', name))]);
const isOwn = (folder: string): boolean => folder.endsWith('/support') || [...below].some((own) => `${folder}/`.startsWith(`${own}/`));

/** An empty folder counts for nothing: git does not keep it. */
const foldersOf = (folder: string): readonly string[] => [
  ...new Set(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(test, entry.parentPath)),
  ),
];

it('a folder of tests has a folder of sources of its name', () => {
  const without = mirrored
    .flatMap((top) => foldersOf(join(test, top)))
    .filter((folder) => !isOwn(folder) && !existsSync(join(sources, folder)));
  expect(without).toEqual([]);
});

it('what else stands in test is one of these', () => {
  const tops = new Set(foldersOf(test).map((folder) => folder.split(sep)[0]));
  tops.delete('');
  expect([...tops].sort()).toEqual([...mirrored, ...across].sort());
});

it('what is named here is there', () => {
  expect([...across, ...below].filter((folder) => !existsSync(join(test, folder)))).toEqual([]);
});
