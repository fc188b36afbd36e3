import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { codeBlocks, read, root, rows } from '../docs/markdown';
import { emptyFolder } from '../support/closing';

const folder = emptyFolder();
const tarballs = new Map<string, string>();
beforeAll(() => {
  const told = execFileSync(process.execPath, [join(root, 'tools/packages/pack.mjs'), folder], { encoding: 'utf8' });
  for (const [, name = '', path = ''] of told.matchAll(/^(\S+) \d+ KiB (.+)$/gm)) tarballs.set(name, path);
});

const node = (cwd: string, ...argv: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd, encoding: 'utf8' });
  return { exit: status, output: `${stdout}${stderr}` };
};
const filesUnder = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** What a package needs to run, with what that needs, and no more. */
const needsOf = (names: readonly string[]): ReadonlySet<string> => {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    const { dependencies = {} } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    for (const next of Object.keys(dependencies)) add(next);
  };
  for (const name of names) add(name);
  return found;
};

type Brought = { readonly dependencies: Readonly<Record<string, string>>; readonly bundleDependencies: readonly string[] };

/** An empty project in which the part is installed, with what it needs and nothing else. */
const install = (name: string): { readonly project: string; readonly installed: string; readonly packages: readonly string[] } => {
  const project = mkdtempSync(join(folder, 'project-'));
  const modules = join(project, 'node_modules');
  const installed = join(modules, name);
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['xzf', tarballs.get(name) ?? '', '-C', installed, '--strip-components=1']);
  const { dependencies, bundleDependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Brought;
  const packages = [...needsOf(Object.keys(dependencies).filter((needed) => !bundleDependencies.includes(needed)))].sort();
  for (const needed of packages) {
    mkdirSync(dirname(join(modules, needed)), { recursive: true });
    symlinkSync(join(root, 'node_modules', needed), join(modules, needed));
  }
  return { project, installed, packages };
};
const bytesOf = (files: readonly string[]): number => files.reduce((sum, path) => sum + statSync(path).size, 0);

const parts = ['@tichet-albastru/domain', '@tichet-albastru/client', '@tichet-albastru/signed-log'] as const;
const mebibyte = 1024 * 1024;

describe('the parts that are installed without the rest', () => {
  it('are packed beside the whole', () => {
    const { peerDependenciesMeta } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { peerDependenciesMeta: object };
    const all = [...parts, ...Object.keys(peerDependenciesMeta), 'tichet-albastru', 'tichet-albastru-service'];
    expect([...tarballs.keys()].sort()).toEqual(all.sort());
  });

  it('the domain needs luxon alone, 5.5 MiB together', () => {
    const { installed, packages } = install('@tichet-albastru/domain');
    expect(packages).toEqual(['luxon']);
    const files = [...filesUnder(installed), ...filesUnder(join(root, 'node_modules/luxon'))];
    expect(bytesOf(files)).toBeLessThanOrEqual(5.5 * mebibyte);
  });

  it('the client needs openapi-fetch and what it brings; the signed log needs what reads certificates', () => {
    expect(install('@tichet-albastru/client').packages).toEqual(['openapi-fetch', 'openapi-typescript-helpers']);
    expect(install('@tichet-albastru/signed-log').packages).toEqual(expect.arrayContaining(['asn1js', 'pkijs']));
  });

  it.each(parts)('%s is as large as docs/packages.md says', (name) => {
    const { installed, packages } = install(name);
    const own = bytesOf(filesUnder(installed)) / mebibyte;
    const others = packages.map((needed) => bytesOf(filesUnder(join(root, 'node_modules', needed))) / mebibyte);
    const [, ...told] = rows(read('docs/packages.md')).find(([cell]) => cell === `\`${name}\``) ?? [];
    const [ownTold, allTold, packagesTold] = told.map(Number);
    expect(packagesTold).toBe(packages.length);
    // rounded there, and code grows a little between two looks
    expect(Math.abs((ownTold ?? 0) - own)).toBeLessThanOrEqual(0.1);
    expect(Math.abs((allTold ?? 0) - others.reduce((sum, size) => sum + size, own))).toBeLessThanOrEqual(0.2);
  });

  it('the signed log has no word of blue tickets in its code', () => {
    const { installed } = install('@tichet-albastru/signed-log');
    const code = filesUnder(installed).filter((path) => /\.(js|d\.ts)$/.test(path));
    expect(code.length).toBeGreaterThan(20);
    const withoutNames = (text: string): string => text.replaceAll('@tichet-albastru/kernel', '');
    expect(code.filter((path) => /tichet|ticket|albastru/i.test(withoutNames(readFileSync(path, 'utf8'))))).toEqual([]);
  });

  it.each(parts)('%s: the code of its page compiles against its types, and runs', (name) => {
    const { project, installed } = install(name);
    for (const types of ['@types/node', 'undici-types']) {
      mkdirSync(dirname(join(project, 'node_modules', types)), { recursive: true });
      symlinkSync(join(root, 'node_modules', types), join(project, 'node_modules', types));
    }
    const [code = ''] = codeBlocks(readFileSync(join(installed, 'README.md'), 'utf8'), 'ts');
    writeFileSync(join(project, 'example.ts'), code);
    writeFileSync(join(project, 'package.json'), '{"name":"example","version":"1.0.0","type":"commonjs"}');
    const options = { target: 'ES2023', module: 'NodeNext', strict: true, skipLibCheck: false, types: ['node'], outDir: 'out' };
    writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['example.ts'] }));
    expect(node(project, join(root, 'node_modules/typescript/bin/tsc'))).toEqual({ exit: 0, output: '' });
    expect(node(project, '-e', "require('./out/example.js')")).toEqual({ exit: 0, output: '' });
    const imported = `import * as all from '${name}'; process.exit(Object.keys(all).filter((key) => !['default', 'module.exports', '__esModule'].includes(key)).length > 0 ? 0 : 1)`;
    expect(node(project, '--input-type=module', '-e', imported)).toEqual({ exit: 0, output: '' });
  });

  it('the page of the signed log signs, proves and verifies; and finds what was changed', () => {
    const { project, installed } = install('@tichet-albastru/signed-log');
    const [code = ''] = codeBlocks(readFileSync(join(installed, 'README.md'), 'utf8'), 'ts');
    const javascript = code.replaceAll(/: (readonly )?string(\[\])?/g, '');
    writeFileSync(
      join(project, 'example.mjs'),
      `${javascript}
import { verifyEntries as again } from '@tichet-albastru/signed-log';
const entries = ['one', 'two', 'three'];
const { isIncluded, faults, line } = await signAndProve('${join(project, 'log')}', entries);
const checkpoints = createFolderCheckpointStore('${join(project, 'log')}');
const { noteVerifierOf } = await import('@tichet-albastru/signed-log');
const changed = await again({ entries: ['one', 'two', 'other'].map((text) => ({ hash: hashOf(text) })), checkpoints, verifier: noteVerifierOf(line) });
process.stdout.write(JSON.stringify({ isIncluded, faults, changed: changed.faults.map(({ reason, number }) => [reason, number]) }));`,
    );
    expect(JSON.parse(node(project, 'example.mjs').output)).toEqual({ isIncluded: true, faults: [], changed: [['other-event', 3]] });
  });
});

const links = (text: string): readonly string[] => [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
/** Links and source maps that lead to nothing within the folder. */
const deadIn = (packed: string): readonly string[] => {
  const files = new Set(filesUnder(packed));
  return [...files].flatMap((path) => {
    if (/\.(js|css)$/.test(path))
      return [...readFileSync(path, 'utf8').matchAll(/sourceMappingURL=(\S+)/g)]
        .map(([, map = '']) => join(dirname(path), map))
        .filter((map) => !files.has(map));
    if (!path.endsWith('.md')) return [];
    return links(readFileSync(path, 'utf8'))
      .filter((link) => !/^([a-z]+:|#)/.test(link))
      .map((link) => posix.normalize(posix.join(dirname(path), link.replace(/#.*$/, ''))))
      .filter((target) => ![...files].some((file) => file === target || file.startsWith(`${target.replace(/\/$/, '')}/`)));
  });
};

describe('tarballs', () => {
  it('carry no source map to a file that is not packed, and no link to a page that is not', () => {
    for (const [name, tarball] of tarballs) {
      const unpacked = mkdtempSync(join(folder, 'unpacked-'));
      execFileSync('tar', ['xzf', tarball, '-C', unpacked]);
      expect({ name, dead: deadIn(unpacked) }).toEqual({ name, dead: [] });
    }
  });

  it('a page that is packed as it stands in the repository has such links', () => {
    const unpacked = mkdtempSync(join(folder, 'unpacked-'));
    writeFileSync(join(unpacked, 'README.md'), readFileSync(join(root, 'README.md')));
    writeFileSync(join(unpacked, 'index.js'), '//# sourceMappingURL=index.js.map');
    expect(deadIn(unpacked).length).toBeGreaterThan(1);
  });
});
