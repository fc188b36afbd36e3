/**
 * Makes what the compiler wrote load its parts when they are first used: `const x = require('…')` at the head of a module moves to where `x.`
 * is said. Nobody who keeps his events in memory loads SQLite, nobody without pages loads a page. The sources stay ordinary imports, and every
 * `require` keeps its literal, so that a bundler finds it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const head = /^(?:const|var) ([\w$]+) = ((?:__importDefault|__importStar)\()?(require\("[^"]+"\))\)?;$/gmu;

/** What does something when it is loaded, and must have done it before it is used: hooks tie themselves to preact before a page is rendered. */
const doesSomething = /^require\("(?:preact\/hooks|reflect-metadata)"\)$/u;

/** What runs in the background goes on between two tests of a host, when its test runner refuses what is asked for: it has its parts before. */
const runsInBackground = /[\\/](?:projections|application[\\/]kernel|infrastructure[\\/]nest[\\/]background\.js$)/u;

/** Such a getter is how Node.js sees for `import { … }` what the module gives: it must stay as it is, to the letter. */
const isGivenOn = (code, name) => new RegExp(`get: function \\(\\) \\{ return ${name}\\.[\\w$]+; \\}`, 'u').test(code);

/** A name that is used in another way than `name.member` is loaded where it always was. */
export const withLazyRequires = (code) => {
  let text = code;
  for (const [line, bare, helper = '', load] of code.matchAll(head)) {
    if (doesSomething.test(load)) continue;
    const name = bare.replaceAll('$', '\\$');
    const said = `(?<![\\w$]|(?<!\\.\\.)\\.)${name}`;
    const start = text.indexOf(line);
    const [before, rest] = [text.slice(0, start), text.slice(start + line.length)];
    const uses = [...rest.matchAll(new RegExp(`${said}(?![\\w$])(?:\\.([\\w$]+))?`, 'gu'))].map(([, member]) => member);
    if (uses.length === 0 || uses.includes(undefined)) continue;
    const loading = (variable) => `(${variable} ??= ${helper}${load}${helper === '' ? '' : ')'})`;
    if (isGivenOn(rest, name)) {
      const members = [...new Set(uses)].map((member) => `get ${member}() { return ${loading(`${bare}$`)}.${member}; }`);
      text = `${before}var ${bare}$; const ${bare} = { ${members.join(', ')} };${rest}`;
    } else text = `${before}var ${bare};${rest.replace(new RegExp(`${said}\\.`, 'gu'), () => `${loading(bare)}.`)}`;
  }
  return text;
};

const modulesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js') && !entry.parentPath.includes('/assets/'))
    .map((entry) => join(entry.parentPath, entry.name));

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const path of modulesUnder(process.argv[2] ?? join(import.meta.dirname, '../dist'))) {
    if (runsInBackground.test(path)) continue;
    const code = readFileSync(path, 'utf8');
    const lazy = withLazyRequires(code);
    if (lazy !== code) writeFileSync(path, lazy);
  }
