import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../docs/markdown';
import { pack, type Packed } from './support/packed';

/** Modules that `require('tichet-albastru')` loaded before anything was loaded late; a headless host loaded two more. */
const before = 3601;
const mostForAHeadlessHost = before * 0.4;
const mostForPages = before * 0.75;

let packed: Packed;
beforeAll(() => {
  packed = pack();
});

type Counted = { readonly required: number; readonly ready: number; readonly loaded: readonly string[]; readonly firstPage?: number };
const counted = (mode: 'headless' | 'pages'): Counted => {
  const { project } = packed.install([]);
  const program = join(project, 'count-modules.cjs');
  cpSync(join(root, 'test/package/support/count-modules.cjs'), program);
  const { stdout, stderr } = spawnSync(process.execPath, [program, 'tichet-albastru', mode], { cwd: project, encoding: 'utf8' });
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(stderr);
  return JSON.parse(line) as Counted;
};

const heavy = /\/(pdfkit|pg|@eventstore|pkijs|asn1js|imapflow|nodemailer|undici|ical\.js)\//;
const ofPages = /\/(preact|preact-render-to-string)\/|dist\/infrastructure\/web\//;
const ofRoutes = /\/(class-validator|libphonenumber-js|@nestjs\/swagger|@nestjs\/platform-fastify)\/|dist\/infrastructure\/api\//;

describe('what is loaded', () => {
  it('a host without routes loads less than two fifths of what it did: no page, no route, nothing of what it does not use', () => {
    const { required, ready, loaded } = counted('headless');
    expect(required).toBeLessThan(600);
    expect(ready).toBeLessThanOrEqual(mostForAHeadlessHost);
    expect(loaded.filter((path) => heavy.test(path) || ofPages.test(path) || ofRoutes.test(path))).toEqual([]);
  });

  it('with routes and pages still nothing of stores, letters and papers that nobody has asked for', () => {
    const { ready, loaded, firstPage } = counted('pages');
    // red where the hooks of preact are loaded in the middle of the first page
    expect(firstPage).toBe(200);
    expect(ready).toBeLessThanOrEqual(mostForPages);
    expect(loaded.filter((path) => heavy.test(path))).toEqual([]);
    // the test looks at the right names
    expect(loaded.some((path) => ofPages.test(path))).toBe(true);
    expect(loaded.some((path) => ofRoutes.test(path))).toBe(true);
  });
});
