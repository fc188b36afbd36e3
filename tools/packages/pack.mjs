/**
 * node tools/packages/pack.mjs [FOLDER]    the tarballs, from what `npm run build` and `npm run declarations` have made; nothing is published.
 * `tichet-albastru` for hosts; the service, which is the same with every plugin; the packages of `packages/`; and two parts of the sources, which
 * have what their entry loads. Each brings those of our packages that it asks for: no registry has them.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { manifestAndLock, ownPackages, pluginsOf, sbomOf, withoutPlugins, withPlugins } from './sbom.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const dist = join(root, 'dist');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Those of `packages/` that are installed without the rest; the others are brought by them. */
export const packages = ['signed-log', ...pluginsOf(manifest).map((name) => name.slice(name.indexOf('/') + 1))];

export const parts = {
  domain: {
    description: 'The blue ticket of Cluj-Napoca City Hall as pure functions of facts: no framework, no clock, no input and output.',
    entry: 'domain/index.js',
    dependencies: ['@tichet-albastru/kernel', 'luxon'],
  },
  client: {
    description: 'A typed HTTP client of the blue ticket of Cluj-Napoca City Hall.',
    entry: 'client/index.js',
    dependencies: ['openapi-fetch'],
  },
};

const said = /(?:require\(|from |import\(|import )['"]([^'"]+)['"]/gu;

const packageOf = (name) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

/** The file itself and all that it loads or whose types it names, from `dist` on; with the packages that they want. */
export const closureOf = (entry, folder = dist) => {
  const [files, packages] = [new Set(), new Set()];
  const add = (file) => {
    if (files.has(file)) return;
    files.add(file);
    const code = readFileSync(join(folder, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//gu, '');
    for (const [, name] of code.matchAll(said)) {
      if (!name.startsWith('.')) {
        if (!name.startsWith('node:')) packages.add(packageOf(name));
        continue;
      }
      const bare = posix.join(posix.dirname(file), name).replace(/\.js$/u, '');
      for (const found of [`${bare}.js`, `${bare}.d.ts`, `${bare}/index.js`, `${bare}/index.d.ts`])
        if (existsSync(join(folder, found))) add(found);
    }
  };
  add(entry);
  add(entry.replace(/\.js$/u, '.d.ts'));
  return { files: [...files].sort(), packages: [...packages].sort() };
};

const filesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));

/** A link to what is not packed leads nowhere where the package is read: its words stay. */
export const withoutDeadLinks = (text, page, isPacked) => {
  const leads = (link) =>
    /^(?:[a-z]+:|#)/u.test(link) || isPacked(posix.normalize(posix.join(posix.dirname(page), link.replace(/#.*$/u, ''))));
  const link = /(!?)\[((?:[^[\]]|!\[[^\]]*\]\([^)]*\))*)\]\(([^)\s]+)\)/gu;
  const once = (_, picture, words, target) => {
    const inner = words.includes('](') ? withoutDeadLinks(words, page, isPacked) : words;
    if (!leads(target)) return picture === '' ? inner : '';
    return `${picture}[${inner}](${target})`;
  };
  return text.replace(link, once);
};

const common = ['version', 'license', 'type', 'engines'];
const versionsOf = (names) => Object.fromEntries(names.map((name) => [name, manifest.dependencies[name]]));

/** A plugin and the root have each class once: what a plugin brings of our packages has the types, and takes the code from the root. */
const takenFromRoot = (name, folder) => {
  for (const file of filesUnder(folder).filter((path) => path.endsWith('.js'))) {
    const module = [name, ...(file === 'index.js' ? [] : [file.replace(/\.js$/u, '')])].join('/');
    const code = `module.exports = require('node:module').createRequire(require.resolve('tichet-albastru'))('${module}');\n`;
    writeFileSync(join(folder, file), code);
  }
};

/** Puts our packages that this manifest asks for beside what is packed. @returns the manifest with all that it brings, and all that it needs */
const withOwnPackages = (manifest, folder) => {
  const own = ownPackages(manifest);
  for (const { name, folder: from } of own) {
    const to = join(folder, 'node_modules', name);
    for (const part of ['dist', 'package.json']) cpSync(join(root, from, part), join(to, part), { recursive: true });
    if (manifest.peerDependencies?.['tichet-albastru'] !== undefined) takenFromRoot(name, join(to, 'dist'));
  }
  const dependencies = Object.assign({}, ...own.map((one) => one.manifest.dependencies), manifest.dependencies);
  return { ...manifest, dependencies, bundleDependencies: [...new Set(own.map(({ name }) => name))].sort() };
};

const writeManifest = (folder, manifest) => {
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(withOwnPackages(manifest, folder), undefined, 2)}\n`);
};

const stagePackage = (name, folder) => {
  for (const part of ['dist', 'README.md']) cpSync(join(root, 'packages', name, part), join(folder, part), { recursive: true });
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  const {
    scripts: _,
    files: __,
    devDependencies: ___,
    ...own
  } = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
  writeManifest(folder, own);
};

const stagePart = (name, folder) => {
  const { description, entry, dependencies } = parts[name];
  const { files, packages } = closureOf(entry);
  if (packages.join() !== dependencies.join())
    throw new Error(`${name} loads ${packages.join(', ')}, and says that it needs ${dependencies.join(', ')}.`);
  for (const file of files) cpSync(join(dist, file), join(folder, 'dist', file));
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  cpSync(join(root, 'tools/packages', `${name}.md`), join(folder, 'README.md'));
  const types = `./dist/${entry.replace(/\.js$/u, '.d.ts')}`;
  const own = {
    name: `@tichet-albastru/${name}`,
    description,
    ...Object.fromEntries(common.map((field) => [field, manifest[field]])),
    main: `dist/${entry}`,
    types,
    exports: { '.': { types, default: `./dist/${entry}` }, './package.json': './package.json' },
    dependencies: versionsOf(dependencies),
  };
  writeManifest(folder, own);
};

const documents = () => readdirSync(join(root, 'docs')).filter((name) => /\.(?:md|svg)$/u.test(name));
/** npm takes of the two versions of better-sqlite3 the one that fits its Node.js; in the checkout a lock names both. */
const driversOfSqlite = () => {
  const [, { packages }] = manifestAndLock();
  const versions = Object.entries(packages).flatMap(([path, { version }]) =>
    path.endsWith('node_modules/better-sqlite3') ? [version] : [],
  );
  return { 'better-sqlite3': versions.sort().join(' || ') };
};
const forDevelopers = ['scripts', 'devDependencies', 'allowScripts', 'overrides', 'files', 'workspaces'];

const stageWhole = (folder, chosen) => {
  for (const name of ['dist', 'gateway', 'LICENSE', 'openapi.json', 'asyncapi.yaml'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  cpSync(join(root, 'tools/verify_ticket.py'), join(folder, 'tools/verify_ticket.py'));
  for (const name of ['README.md', ...documents().map((document) => join('docs', document))]) cpSync(join(root, name), join(folder, name));
  const packed = new Set(filesUnder(folder));
  const isPacked = (path) => packed.has(path) || [...packed].some((file) => file.startsWith(`${path.replace(/\/$/u, '')}/`));
  for (const page of [...packed].filter((name) => name.endsWith('.md'))) {
    const path = join(folder, page);
    writeFileSync(path, withoutDeadLinks(readFileSync(path, 'utf8'), page, isPacked));
  }
  const own = Object.fromEntries(Object.entries(chosen(manifest)).filter(([field]) => !forDevelopers.includes(field)));
  own.optionalDependencies = driversOfSqlite();
  writeManifest(folder, own);
  writeFileSync(join(folder, 'sbom.cdx.json'), sbomOf(...manifestAndLock(chosen)));
};

/** @returns the tarballs by the names of their packages */
export const packAll = (to) => {
  mkdirSync(to, { recursive: true });
  const tarballs = {};
  for (const name of ['service', 'whole', ...packages, ...Object.keys(parts)]) {
    const folder = mkdtempSync(join(tmpdir(), 'tichet-pack-'));
    try {
      if (name === 'service') stageWhole(folder, withPlugins);
      else if (name === 'whole') stageWhole(folder, withoutPlugins);
      else if (packages.includes(name)) stagePackage(name, folder);
      else stagePart(name, folder);
      const told = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', to], { cwd: folder, encoding: 'utf8' });
      const [{ filename, name: packageName }] = JSON.parse(told);
      const path = join(to, filename.replace(/^@/u, '').replace('/', '-'));
      // both are installed as tichet-albastru
      const file = name === 'service' ? path.replace(/-(?=[^-]+$)/u, '-service-') : path;
      renameSync(path, file);
      tarballs[name === 'service' ? `${packageName}-service` : packageName] = file;
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  return tarballs;
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const [name, path] of Object.entries(packAll(process.argv[2] ?? join(root, 'packed'))))
    process.stdout.write(`${name} ${String(Math.round(statSync(path).size / 1024))} KiB ${path}\n`);
