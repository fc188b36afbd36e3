import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../docs/markdown';

describe('the packages that bring the driver of SQLite', () => {
  type Entry = { readonly version: string; readonly gypfile?: boolean; readonly engines?: { readonly node: string } };
  type Manifest = {
    readonly optionalDependencies: Readonly<Record<string, string>>;
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { readonly packages: Record<string, Entry> };

  it('13 is for all but Node.js 20 and compiles nothing: without that line of the lock npm leaves it out, and says nothing (npm run lock)', () => {
    expect(packages['node_modules/better-sqlite3']).toMatchObject({ version: '13.2.0', gypfile: false });
    expect(manifest.optionalDependencies['better-sqlite3']).toBe('13.2.0');
  });

  it('12 is for Node.js 20 alone', () => {
    expect(packages['node_modules/@tichet-albastru/sqlite-node20']).toMatchObject({ engines: { node: '20.x' } });
    expect(packages['node_modules/@tichet-albastru/sqlite-node20/node_modules/better-sqlite3']).toMatchObject({ version: '12.11.1' });
    // what is needed everywhere is compiled everywhere
    expect(Object.keys(manifest.dependencies).filter((name) => name.includes('sqlite'))).toEqual([]);
  });
});
