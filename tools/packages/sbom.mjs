// node tools/packages/sbom.mjs [FILE]    What the package brings of others, as CycloneDX, from the lock: `npm sbom` without what changes by itself.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readByAPerson } from './licences.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));

/** The packages of this repository that a manifest asks for, and those that they ask for. */
export const ownPackages = ({ dependencies = {} }) =>
  Object.keys(dependencies).flatMap((name) => {
    const folder = join('packages', name.replace('@tichet-albastru/', ''));
    if (!existsSync(join(root, folder, 'package.json'))) return [];
    const manifest = read(join(folder, 'package.json'));
    return [{ name, folder, manifest }, ...ownPackages(manifest)];
  });

/** The packages of this repository that a host may install beside the root. */
export const pluginsOf = ({ peerDependencies }) => Object.keys(peerDependencies).filter((name) => name.startsWith('@tichet-albastru/'));
const without = (names, left) => Object.fromEntries(Object.entries(names).filter(([name]) => !left.includes(name)));

/** The root without its plugins: they stay optional peers. */
export const withoutPlugins = (manifest) => manifest;
/** The root that brings its plugins along: the service. */
export const withPlugins = ({ peerDependencies, peerDependenciesMeta, ...manifest }) => {
  const plugins = pluginsOf({ peerDependencies });
  const brought = Object.fromEntries(plugins.map((name) => [name, peerDependencies[name]]));
  return {
    ...manifest,
    dependencies: { ...manifest.dependencies, ...brought },
    peerDependencies: without(peerDependencies, plugins),
    peerDependenciesMeta: without(peerDependenciesMeta, plugins),
  };
};

/** The manifest and the lock, with what our own packages ask for in the place of those packages: the distribution brings them along. */
export const manifestAndLock = (chosen = withPlugins) => {
  const [written, lock] = ['package.json', 'package-lock.json'].map(read);
  const manifest = chosen(written);
  const own = ownPackages(manifest);
  const dependencies = Object.assign({}, ...own.map((one) => one.manifest.dependencies), manifest.dependencies);
  for (const { name, folder } of own) {
    delete dependencies[name];
    delete lock.packages[`node_modules/${name}`];
    delete lock.packages[folder];
  }
  return [{ ...manifest, dependencies, peerDependencies: without(manifest.peerDependencies, pluginsOf(manifest)) }, lock];
};

/** Where node would find this package from there: beside, then further out. */
const standing = (packages, from, name) => {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const path = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (path in packages) return path;
    if (at === '') return undefined;
  }
};

/** In the checkout alone: what is published names both versions of the driver by itself. */
const ofTheCheckout = 'node_modules/@tichet-albastru/sqlite-node20';

/** What runs, peers among it, as places in the lock; what is there for developers only is left out. */
export const productionOf = ({ dependencies, optionalDependencies, peerDependencies }, { packages }) => {
  const found = new Set();
  const add = (from, names, needed) => {
    for (const name of names) {
      const path = standing(packages, from, name);
      if (path === undefined && needed) throw new Error(`${name}, which ${from || 'the package'} needs, is not in the lock.`);
      if (path === undefined || found.has(path)) continue;
      found.add(path);
      const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = packages[path];
      add(path, Object.keys(dependencies), true);
      add(path, Object.keys(optionalDependencies), false);
      add(
        path,
        Object.keys(peerDependencies).filter((peer) => peerDependenciesMeta[peer]?.optional !== true),
        true,
      );
    }
  };
  add('', Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }), true);
  return [...found].filter((path) => path !== ofTheCheckout).sort();
};

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** The package that holds the older driver in the checkout gives its place to that driver. */
const withoutTheCheckout = (bill) => {
  const isOfTheCheckout = (reference) => `node_modules/${reference}`.startsWith(`${ofTheCheckout}@`);
  const held = bill.dependencies.find(({ ref }) => isOfTheCheckout(ref))?.dependsOn ?? [];
  bill.components = bill.components.filter((component) => !isOfTheCheckout(component['bom-ref']));
  bill.dependencies = bill.dependencies.flatMap(({ ref, dependsOn }) =>
    isOfTheCheckout(ref) ? [] : [{ ref, dependsOn: dependsOn.flatMap((one) => (isOfTheCheckout(one) ? held : [one])) }],
  );
};

/** The text of the bill: the same for the same manifest and lock, wherever and whenever it is made. */
export const sbomOf = (manifest, lock) => {
  const { name, version, license, description } = manifest;
  const dependencies = { ...manifest.dependencies, ...manifest.optionalDependencies, ...manifest.peerDependencies };
  const own = { name, version, license, description, dependencies };
  const packages = Object.fromEntries(
    [...productionOf(manifest, lock), ofTheCheckout].map((path) => {
      // whoever installs the package has them without being a developer of it
      return [
        path,
        {
          ...lock.packages[path],
          dev: false,
          devOptional: false,
          license: readByAPerson[nameOf(path)]?.licence ?? lock.packages[path].license,
        },
      ];
    }),
  );
  const folder = mkdtempSync(join(tmpdir(), 'tichet-sbom-'));
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify(own));
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages: { '': own, ...packages } }));
    const told = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    const bill = JSON.parse(told);
    // what changes by itself; npm calls the whole by the folder
    for (const field of ['timestamp', 'tools']) delete bill.metadata[field];
    delete bill.serialNumber;
    bill.metadata.component.name = name;
    withoutTheCheckout(bill);
    return `${JSON.stringify(bill, undefined, 2)}\n`;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = sbomOf(...manifestAndLock());
  if (process.argv[2] === undefined) process.stdout.write(text);
  else writeFileSync(process.argv[2], text);
}
