import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../docs/markdown';

const asks = /__dirname|__filename|require\.resolve|import\.meta/;
const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, code: readFileSync(join(root, 'src', name), 'utf8') }));

describe('what lies beside the code', () => {
  it('is asked for in one place, so that a bundle can have it elsewhere; the fonts of papers are a package of their own', () => {
    expect(
      files
        .filter(({ code }) => asks.test(code))
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['infrastructure/export/paper/sheet.ts', 'infrastructure/runtime/own-files.ts']);
  });

  it('would find another', () => {
    expect(asks.test("const text = readFileSync(join(__dirname, 'text.txt'), 'utf8');")).toBe(true);
  });
});
