/**
 * Makes what the compiler wrote load its parts when they are first used: `const x = require('…')` at the head of a module moves to where `x.`
 * is said. Nobody who keeps his events in memory loads SQLite, nobody without pages loads a page. The sources stay ordinary imports, and every
 * `require` keeps its literal, so that a bundler finds it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const head = /^(?:const|var) ([\w$]+) = ((?:__importDefault|__importStar)\()?(require\("[^"]+"\))\)?;$/gmu;

/** A name that is used in another way than `name.member` is loaded where it always was. */
export const withLazyRequires = (code) => {
  let text = code;
  for (const [line, name, helper = '', load] of code.matchAll(head)) {
    const said = `(?<![\\w$]|(?<!\\.\\.)\\.)${name.replaceAll('$', '\\$')}`;
    const uses = [...text.matchAll(new RegExp(`${said}(?![\\w$])(\\.)?`, 'gu'))];
    if (uses.length < 2 || uses.slice(1).some(([, dot]) => dot === undefined)) continue;
    const loaded = `(${name} ??= ${helper}${load}${helper === '' ? '' : ')'}).`;
    const rest = text.slice(text.indexOf(line) + line.length);
    const before = text.slice(0, text.indexOf(line));
    text = `${before}var ${name};${rest.replace(new RegExp(`${said}\\.`, 'gu'), () => loaded)}`;
  }
  return text;
};

const modulesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js') && !entry.parentPath.includes('/assets/'))
    .map((entry) => join(entry.parentPath, entry.name));

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const path of modulesUnder(process.argv[2] ?? join(import.meta.dirname, '../dist'))) {
    const code = readFileSync(path, 'utf8');
    const lazy = withLazyRequires(code);
    if (lazy !== code) writeFileSync(path, lazy);
  }
