import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { read, root } from '../../docs/markdown';
import { toolFile } from '../../support/tool';
import { emptyFolder } from '../../support/closing';

type Manifest = Readonly<Record<'dependencies' | 'peerDependencies' | 'peerDependenciesMeta', Readonly<Record<string, unknown>>>> & {
  readonly bundleDependencies: readonly string[];
};

/** Each is installed by tools/install.mjs with everything that the package has as peers. */
export type Nest = 11 | 12;

export type Packed = {
  readonly tarball: string;
  /** where it and the others lie */
  readonly folder: string;
  /**
   * an empty project in which it is installed, with what it says that it needs and the named tools, and nothing else
   * @param nest the version of Nest that the host has; left out, the one that the tests have
   * @param node the version of Node.js that the project is for, which chooses the driver of SQLite; left out, the one that runs the tests
   */
  install(tools: readonly string[], nest?: Nest, node?: number): { readonly project: string; readonly installed: string };
};

export const thisNode = Number.parseInt(process.versions.node, 10);

/** The folder of the driver of SQLite that npm would put in place for that Node.js. */
export const driverFor = (node: number): string => {
  if (node < 22) return join(root, 'node_modules/@tichet-albastru/sqlite-node20/node_modules/better-sqlite3');
  // npm leaves it out of a checkout on Node.js 20
  return thisNode < 22 ? toolFile('nodes', 'better-sqlite3') : join(root, 'node_modules/better-sqlite3');
};

/** A tarball that was packed there: of hosts, of the service, or of a package of `packages/`. */
export const tarballIn = (folder: string, name: string): string => {
  const found = readdirSync(folder).find((file) => file.startsWith(`${name}-`) && /^\d/.test(file.slice(name.length + 1)));
  if (found === undefined) throw new Error(`${name} was not packed.`);
  return join(folder, found);
};

/** `npm run pack:all`, as it would be published. */
export const pack = (): Packed => {
  const folder = emptyFolder();
  execFileSync(process.execPath, [join(root, 'tools/packages/pack.mjs'), folder]);
  return packedIn(folder, 'tichet-albastru');
};

export const packedIn = (folder: string, name: string): Packed => {
  const tarball = tarballIn(folder, name);
  let projects = 0;
  return {
    tarball,
    folder,
    install: (tools, nest, node = thisNode) => {
      projects += 1;
      const project = join(folder, `${name}-project-${String(projects)}`);
      const modules = join(project, 'node_modules');
      const installed = join(modules, 'tichet-albastru');
      mkdirSync(installed, { recursive: true });
      execFileSync('tar', ['xzf', tarball, '-C', installed, '--strip-components=1']);
      const packed = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest;
      const { dependencies, peerDependencies, peerDependenciesMeta, bundleDependencies } = packed;
      for (const name of new Set([...Object.keys(dependencies), ...Object.keys(peerDependencies), ...tools])) {
        if (bundleDependencies.includes(name) || name in peerDependenciesMeta) continue;
        mkdirSync(dirname(join(modules, name)), { recursive: true });
        const ofHost = nest !== undefined && name in peerDependencies;
        symlinkSync(ofHost ? toolFile(`nest-${nest}`, name) : join(root, 'node_modules', name), join(modules, name));
      }
      symlinkSync(driverFor(node), join(modules, 'better-sqlite3'));
      return { project, installed };
    },
  };
};

/** The files that a page tells to write: a name on a line of its own, then the code. */
export const filesOn = (page: string): ReadonlyMap<string, string> =>
  new Map(
    [...read(page).matchAll(/^`([\w.-]+)`[^\n]*\n\n```(?:ts|js|json)\n([\s\S]*?)```/gm)].map(([, name = '', code = '']) => [name, code]),
  );

/** What is required anywhere in the package and cannot be found from there: it is loaded late, so that loading an entry proves too little. */
export const notFound = (project: string): unknown => {
  const dist = JSON.stringify(join(project, 'node_modules/tichet-albastru/dist'));
  const code = `const { readdirSync, readFileSync } = require('fs'), { join } = require('path'), { createRequire, isBuiltin } = require('module');
    const files = readdirSync(${dist}, { recursive: true }).filter((name) => /\\.js$/.test(name));
    const missing = new Set();
    for (const name of files) {
      const path = join(${dist}, name);
      for (const [, wanted] of readFileSync(path, 'utf8').matchAll(/require\\(["']([^"'.][^"']*)["']\\)/g)) {
        // a checkout alone has that one, and a host does without
        if (isBuiltin(wanted) || wanted === '@tichet-albastru/sqlite-node20') continue;
        try { createRequire(path).resolve(wanted); } catch { missing.add(wanted); }
      }
    }
    console.log(JSON.stringify({ files: files.length > 500, missing: [...missing].sort() }));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', code], { cwd: project, encoding: 'utf8' }));
};
