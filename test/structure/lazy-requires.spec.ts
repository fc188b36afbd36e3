import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../docs/markdown';
import { emptyFolder } from '../support/closing';

let folder: string;
beforeEach(() => {
  folder = emptyFolder();
  // says that it is loaded
  file('part', 'console.log("loaded"); exports.value = 1; exports.list = [1, 2]; exports.default = 3; exports.part_1 = 4;');
});

const file = (name: string, code: string): void => {
  writeFileSync(join(folder, `${name}.js`), code);
};
const node = (...argv: readonly string[]): string => {
  const { stdout, stderr } = spawnSync(process.execPath, argv, { cwd: folder, encoding: 'utf8' });
  return `${stdout}${stderr}`;
};
const makeLazy = (): void => {
  expect(node(join(root, 'tools/lazy-requires.mjs'), folder)).toBe('');
};
const text = (name: string): string => readFileSync(join(folder, `${name}.js`), 'utf8');

/** As TypeScript writes it. */
const user = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const part_1 = require("./part");
exports.use = () => part_1.value + Math.max(...part_1.list);
`;

describe('tools/lazy-requires.mjs', () => {
  const useIt = 'const { use } = require("./user"); console.log("ready"); console.log(use() + use());';

  it('a part is loaded when it is first used, once', () => {
    file('user', user);
    makeLazy();
    expect(node('-e', useIt)).toBe('ready\nloaded\n6\n');
  });

  it('catches that what the compiler wrote loads it at once', () => {
    file('user', user);
    expect(node('-e', useIt)).toBe('loaded\nready\n6\n');
  });

  it('what is given on is loaded when it is read, and `import { … }` still finds its name', () => {
    const given = 'Object.defineProperty(exports, "value", { enumerable: true, get: function () { return part_1.value; } });';
    file('given', `"use strict";\nvar part_1 = require("./part");\n${given}\n`);
    makeLazy();
    expect(text('given')).toContain(given);
    expect(node('-e', 'const given = require("./given"); console.log("ready"); console.log(given.value);')).toBe('ready\nloaded\n1\n');
    expect(node('--input-type=module', '-e', 'import { value } from "./given.js"; console.log(value);')).toBe('loaded\n1\n');
  });

  it('helpers for default and star imports go along, and are called once', () => {
    const helper = 'var calls = 0; var __importDefault = (mod) => { calls += 1; return { default: mod.default }; };';
    const code = `"use strict";\n${helper}\nconst part_1 = __importDefault(require("./part"));\nexports.use = () => [part_1.default, part_1.default, calls];\n`;
    file('user', code);
    makeLazy();
    expect(node('-e', 'const { use } = require("./user"); console.log("ready"); console.log(use().join());')).toBe(
      'ready\nloaded\n3,3,1\n',
    );
  });

  it('what runs in the background has its parts before', () => {
    mkdirSync(join(folder, 'projections'));
    file('projections/user', user.replace('./part', '../part'));
    makeLazy();
    expect(node('-e', 'require("./projections/user"); console.log("ready");')).toBe('loaded\nready\n');
  });

  it.each([
    ['is handed on as a whole', 'exports.all = part_1;'],
    ['is asked by a computed name', 'exports.of = (name) => part_1[name];'],
    ['is loaded for its effect', ''],
  ])('a part that %s is loaded where it was', (_, code) => {
    const before = `"use strict";\nconst part_1 = require("./part");\n${code}\n`;
    file('user', before);
    makeLazy();
    expect(text('user')).toBe(before);
  });

  it('a member of that name of something else is left alone, and every `require` keeps its literal', () => {
    file('user', `"use strict";\nconst part_1 = require("./part");\nexports.use = (other) => [other.part_1.value, part_1.value];\n`);
    makeLazy();
    expect(text('user').match(/require\("\.\/part"\)/g)).toHaveLength(1);
    expect(text('user')).toContain('other.part_1.value');
    expect(node('-e', 'console.log(require("./user").use({ part_1: { value: 9 } }).join())')).toBe('loaded\n9,1\n');
  });
});
