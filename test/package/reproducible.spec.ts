import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../docs/markdown';
import { closing, emptyFolder } from '../support/closing';
import { rm } from 'node:fs/promises';

const run = (cwd: string, program: string, ...argv: readonly string[]): string =>
  execFileSync(program, argv, { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 });
const packed = (from: string): Readonly<Record<string, string>> => {
  const to = emptyFolder();
  run(from, process.execPath, 'tools/packages/pack.mjs', to);
  return Object.fromEntries(
    readdirSync(to).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(to, name)))
        .digest('hex'),
    ]),
  );
};

/** The sources as somebody else has them: elsewhere, with other times, and the same packages; where nobody looks. */
const elsewhere = (): string => {
  mkdirSync(join(root, 'coverage'), { recursive: true });
  const folder = mkdtempSync(join(root, 'coverage', 'elsewhere-'));
  closing({ close: () => rm(folder, { recursive: true, force: true }) });
  const then = new Date('2001-01-01T00:00:00Z');
  for (const path of run(root, 'git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0').filter(Boolean)) {
    if (path.startsWith('test/')) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
    utimesSync(join(folder, path), then, then);
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
};

describe('what is packed', () => {
  it('has the same bytes whoever builds and packs it, wherever and whenever', () => {
    const ours = packed(root);
    const folder = elsewhere();
    for (const script of ['build', 'declarations']) run(folder, 'npm', 'run', script);
    expect(Object.keys(ours).length).toBeGreaterThanOrEqual(6);
    expect(packed(folder)).toEqual(ours);
    // and would differ with one byte more
    appendFileSync(join(folder, 'dist/index.js'), '\n');
    const changed = Object.entries(packed(folder)).filter(([name, hash]) => hash !== ours[name]);
    expect(changed.map(([name]) => name.replace(/\d+\.\d+\.\d+/, '').replace('--', '-'))).toEqual([
      'tichet-albastru-.tgz',
      'tichet-albastru-service-.tgz',
    ]);
  });
});
