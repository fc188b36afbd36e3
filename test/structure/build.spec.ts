import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { emptyFolder } from '../support/closing';

let folder: string;
beforeEach(() => {
  folder = emptyFolder();
  // says that it is loaded
  file('part.js', 'console.log("loaded"); exports.value = 1; exports.list = [1, 2]; exports.default = 3; exports.__esModule = true;');
});

const file = (name: string, code: string): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), code);
};
const node = (...argv: readonly string[]): string => {
  const { stdout, stderr } = spawnSync(process.execPath, argv, { cwd: folder, encoding: 'utf8' });
  return `${stdout}${stderr}`;
};
// named as a text, for it has no types
const builder = '../../tools/build.mjs' as string;
/** @param name of a source below `src` */
const built = async (name: string, source: string): Promise<string> => {
  const tool = (await import(builder)) as { readonly compile: (source: string, name: string) => string };
  const code = tool.compile(source, name);
  file(name.replace(/tsx?$/, 'js'), code);
  return code;
};

const user = "import { list, value } from './part';\nexport const use = (): number => value + Math.max(...list);\n";
const useIt = 'const { use } = require("./user"); console.log("ready"); console.log(use() + use());';

describe('tools/build.mjs', () => {
  it('a part is loaded when it is first used, once', async () => {
    await built('user.ts', user);
    expect(node('-e', useIt)).toBe('ready\nloaded\n6\n');
  });

  it('catches that a compiler loads it at once', () => {
    file('user.js', 'const part = require("./part"); exports.use = () => part.value + Math.max(...part.list);');
    expect(node('-e', useIt)).toBe('loaded\nready\n6\n');
  });

  it('what is given on is loaded when it is read, and `import { … }` finds its name', async () => {
    await built('given.ts', "export { value } from './part';\n");
    expect(node('-e', 'const given = require("./given"); console.log("ready"); console.log(given.value);')).toBe('ready\nloaded\n1\n');
    expect(node('--input-type=module', '-e', 'import { value } from "./given.js"; console.log(value);')).toBe('loaded\n1\n');
  });

  it('all that is given on is found by `import { … }`', async () => {
    file('other.js', 'exports.second = 2;');
    await built('given.ts', "export * from './part';\nexport * from './other';\n");
    expect(node('--input-type=module', '-e', 'import { second, value } from "./given.js"; console.log(value, second);')).toBe(
      'loaded\n1 2\n',
    );
  });

  it('a part as a whole, and its default, wait as well', async () => {
    await built(
      'user.ts',
      "import three, * as part from './part';\nexport const use = () => [three, part.value, Object.keys(part).length];\n",
    );
    expect(node('-e', 'const { use } = require("./user"); console.log("ready"); console.log(use().join());')).toMatch(
      /^ready\nloaded\n3,1,4\n$/,
    );
  });

  it.each([
    ['projections/user.ts', '../part'],
    ['application/kernel/user.ts', '../../part'],
  ])('what runs in the background has its parts before: %s', async (name, part) => {
    await built(name, user.replace('./part', part));
    expect(node('-e', `require("./${name.replace('.ts', '')}"); console.log("ready");`)).toBe('loaded\nready\n');
  });

  it('what is imported for its effect alone is loaded at once', async () => {
    await built('user.ts', "import './part';\nimport { sep } from 'node:path';\nexport const use = (): string => sep;\n");
    expect(node('-e', 'require("./user"); console.log("ready");')).toBe('loaded\nready\n');
  });

  it('hooks tie themselves to preact before a page is rendered', async () => {
    const code = await built(
      'page.tsx',
      "import { useContext } from 'preact/hooks';\nexport const Page = () => <p>{useContext({} as never)}</p>;\n",
    );
    expect(code).toMatch(/^const _hooks = require\("preact\/hooks"\);$/m);
  });

  it('every `require` keeps its literal, once, and a late import stays one', async () => {
    const code = await built('user.ts', `${user}export const late = (): Promise<unknown> => import('./part.js');\n`);
    expect(code.match(/require\("\.\/part"\)/g)).toHaveLength(1);
    expect(code).toContain("import('./part.js')");
  });
});
