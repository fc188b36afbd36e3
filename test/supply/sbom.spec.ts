import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../docs/markdown';

type Entry = { readonly version: string; readonly license?: string };
type Manifest = Readonly<Record<'dependencies' | 'optionalDependencies' | 'peerDependencies', Readonly<Record<string, string>>>>;
type Lock = { readonly packages: Readonly<Record<string, Entry & Partial<Manifest>>> };
type Licence = { readonly expression?: string; readonly license?: { readonly id?: string } };
type Bill = { readonly components: readonly { readonly name: string; readonly version: string; readonly licenses?: readonly Licence[] }[] };
type Shipped = { readonly name: string; readonly licence?: string };

/** The tools are ES modules of node's own, as `pack:all` runs them. */
const inNode = (code: string): unknown =>
  JSON.parse(execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }));
const sbom = `import { manifestAndLock, productionOf, sbomOf } from './tools/packages/sbom.mjs'; const print = (it) => process.stdout.write(JSON.stringify(it));`;

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
const production = inNode(`${sbom} print(productionOf(...manifestAndLock()));`) as readonly string[];
const texts = inNode(`${sbom} print([sbomOf(...manifestAndLock()), sbomOf(...manifestAndLock())]);`) as readonly string[];
const missingIn = ({ components }: Bill, paths: readonly string[], { packages }: Lock): readonly string[] => {
  const named = new Set(components.map(({ name, version }) => `${name}@${version}`));
  return [...new Set(paths.map((path) => `${nameOf(path)}@${packages[path]?.version ?? '?'}`))].filter((name) => !named.has(name));
};

describe('the software bill of materials', () => {
  const bill = JSON.parse(texts[0] ?? '') as Bill;

  it('has the same bytes whenever it is made', () => {
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toMatch(/timestamp|serialNumber/);
  });

  it('names everything that runs, with its version and its licence', () => {
    expect(missingIn(bill, production, lock)).toEqual([]);
    const manifests = ['.', ...readdirSync(join(root, 'packages')).map((name) => join('packages', name))].map(
      (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Partial<Manifest>,
    );
    const asked = manifests.flatMap(({ dependencies, peerDependencies }) => Object.keys({ ...dependencies, ...peerDependencies }));
    const names = bill.components.map(({ name }) => name);
    // one driver of SQLite for Node.js 20, and one for later versions
    expect(bill.components.flatMap(({ name, version }) => (name === 'better-sqlite3' ? [version.slice(0, 3)] : []))).toEqual([
      '12.',
      '13.',
    ]);
    expect(JSON.stringify(bill)).not.toContain('file:');
    // the whole brings the packages of this repository along, so that they are no parts of others
    expect(asked.filter((name) => !/^(@tichet-albastru\/|tichet-albastru$)/.test(name) && !names.includes(name))).toEqual([]);
    const without = bill.components.filter(({ licenses = [] }) =>
      licenses.every(({ expression, license }) => !(expression ?? license?.id)),
    );
    expect(without.map(({ name }) => name)).toEqual([]);
    // what only a developer has
    expect(names.filter((name) => ['jest', 'typescript', 'oxlint', 'prettier'].includes(name))).toEqual([]);
  });

  it('would lack what was added since it was made, and what is planted gets into a new one', () => {
    const planted = 'node_modules/planted-package';
    const later = { ...lock, packages: { ...lock.packages, [planted]: { version: '6.6.6', license: 'MIT' } } };
    expect(missingIn(bill, [...production, planted], later)).toEqual(['planted-package@6.6.6']);
    const anew = inNode(`${sbom} const [manifest, lock] = manifestAndLock();
      manifest.dependencies['planted-package'] = '6.6.6';
      lock.packages[${JSON.stringify(planted)}] = { version: '6.6.6', license: 'MIT' };
      print(JSON.parse(sbomOf(manifest, lock)));`) as Bill;
    expect(missingIn(anew, [...production, planted], later)).toEqual([]);
  });
});

describe('licences of what runs', () => {
  type Rules = {
    readonly acceptedFor: Readonly<Record<string, string>>;
    readonly readByAPerson: Readonly<Record<string, { readonly licence: string; readonly file: string; readonly sha256: string }>>;
  };
  const { acceptedFor, readByAPerson } = inNode(`import * as rules from './tools/packages/licences.mjs';
    process.stdout.write(JSON.stringify({ acceptedFor: rules.acceptedFor, readByAPerson: rules.readByAPerson }));`) as Rules;
  const refused = (packages: readonly Shipped[]): unknown =>
    inNode(`import { refusedLicences } from './tools/packages/licences.mjs';
      process.stdout.write(JSON.stringify(refusedLicences(${JSON.stringify(packages)})));`);
  const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

  // what is optional and for another machine is not installed
  const installed = production.filter((path) => existsSync(join(root, path)));
  const shipped = installed.map((path): Shipped => {
    const name = nameOf(path);
    const { license } = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as { readonly license?: string };
    const licence = readByAPerson[name]?.licence ?? license;
    return { name, ...(licence === undefined ? {} : { licence }) };
  });

  it('ask for a notice at most; each exception is for one package that is there', () => {
    expect(shipped.length).toBeGreaterThan(200);
    expect(refused(shipped)).toEqual([]);
    const names = new Set(shipped.map(({ name }) => name));
    expect([...Object.keys(acceptedFor), ...Object.keys(readByAPerson)].filter((name) => !names.has(name))).toEqual([]);
  });

  it('that a person has read are still those that were read', () => {
    const changed = Object.entries(readByAPerson).filter(
      ([name, { file, sha256 }]) => hashOf(join(root, 'node_modules', name, file)) !== sha256,
    );
    expect(changed.map(([name]) => name)).toEqual([]);
  });

  it('would not pass with a copyleft, without one, or with one for another package', () => {
    const wrong = [
      'GPL-3.0-only',
      'MIT AND AGPL-3.0-only',
      '(MIT OR GPL-2.0) AND GPL-2.0',
      'MPL-2.0',
      'UNLICENSED',
      'SEE LICENSE IN x',
      'MIT GPL-3.0',
      '',
    ];
    expect(refused([...wrong.map((licence) => ({ name: 'other', licence })), { name: 'other' }])).toHaveLength(wrong.length + 1);
    expect(
      refused([
        { name: 'other', licence: '(MIT OR GPL-3.0-only)' },
        { name: 'ical.js', licence: 'MPL-2.0' },
      ]),
    ).toEqual([]);
  });
});
