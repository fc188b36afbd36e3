/**
 * npm run build    The sources as JavaScript, in `dist` and in that of each package, and what else lies beside them as it is. Types are checked by `npm run typecheck`, and
 * `npm run declarations` adds them where something is packed.
 *
 * A module loads what it imports when that is first used: a host who keeps events in memory never loads SQLite, and a host without pages
 * loads none. The sources stay ordinary imports, and every `require` keeps its literal, so that a bundler finds it.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const root = join(import.meta.dirname, '..');
const { jsc, module } = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
const { sourceRoot } = JSON.parse(readFileSync(join(root, 'nest-cli.json'), 'utf8'));
const markup = {
  parser: { ...jsc.parser, tsx: true },
  transform: { ...jsc.transform, react: { runtime: 'automatic', importSource: 'preact' } },
};

/** What does something when it is loaded, and must have done it before it is used: hooks tie themselves to preact before a page is rendered. */
const doesSomething = ['preact/hooks', 'reflect-metadata'];

/** What runs in the background goes on between two tests of a host, when its test runner refuses what is asked for: it has its parts before. */
const runsInBackground = /^(?:projections|application\/kernel|execute|ports|projector)\/|^infrastructure\/nest\/background\.ts$/u;

/** `npm run client` makes it: types alone. */
const typesAlone = 'client/routes.ts';

const imported = /(?<=^(?:import|export)[^'"]* from )'([^']+)'/gmu;

/** swc annotates no export that is the only one, and of one that is defined so Node.js believes that it cannot be named. */
const onlyExport = /^Object\.defineProperty\(exports, "(?!__esModule)(\w+)"/mu;

/** @param name of the source below `src` */
export const compile = (source, name) => {
  const parts = [...source.matchAll(imported)].map(([, part]) => part);
  const lazy = !runsInBackground.test(name) && parts.filter((part) => !doesSomething.includes(part));
  const { code } = transformSync(source, {
    jsc: { ...jsc, ...(name.endsWith('.tsx') && markup) },
    // annotated, `import { … }` of Node.js finds the names
    module: { ...module, lazy, exportInteropAnnotation: true, ignoreDynamic: true },
    configFile: false,
    swcrc: false,
  });
  return code.replace(onlyExport, (_, name) => `0 && (exports.${name} = null);\nReflect.defineProperty(exports, "${name}"`);
};

const build = (from, to) => {
  rmSync(to, { recursive: true, force: true });
  const entries = readdirSync(from, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const names = entries.map((entry) => relative(from, join(entry.parentPath, entry.name))).filter((name) => name !== typesAlone);
  for (const name of names) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    if (!/\.tsx?$/u.test(name)) cpSync(join(from, name), join(to, name));
    else writeFileSync(join(to, name.replace(/\.tsx?$/u, '.js')), compile(readFileSync(join(from, name), 'utf8'), name));
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  build(join(root, sourceRoot), join(root, 'dist'));
  for (const name of readdirSync(join(root, 'packages'))) build(join(root, 'packages', name, 'src'), join(root, 'packages', name, 'dist'));
}
