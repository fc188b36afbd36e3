import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const root = resolve(__dirname, '../..');
export const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const notOurs: ReadonlySet<string> = new Set(['node_modules', 'dist', 'coverage', 'data', '.git']);

/** Every Markdown file of the project, from its root. */
export const markdownFiles = (folder = root): readonly string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : markdownFiles(path);
    return entry.name.endsWith('.md') ? [relative(root, path)] : [];
  });

/** The text from a heading to the next of the same level or above. */
export const section = (text: string, heading: string): string => {
  const lines = text.split('\n');
  const start = lines.indexOf(heading);
  if (start === -1) throw new Error(`There is no "${heading}".`);
  const level = /^#+/.exec(heading)?.[0].length ?? 1;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^#+ /.test(line) && (/^#+/.exec(line)?.[0].length ?? 0) <= level);
  return rest.slice(0, end === -1 ? undefined : end).join('\n');
};

/** The cells of every table row in this text, headings and rulers left out. */
export const rows = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .filter((line, index, lines) => line.startsWith('|') && !/^\|[-|]+\|$/.test(line) && !/^\|[-|]+\|$/.test(lines[index + 1] ?? ''))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

export const withoutCode = (text: string): string => text.replaceAll(/```[\s\S]*?```/g, '').replaceAll(/`[^`\n]*`/g, '');

/** As GitHub makes anchors of headings. */
const anchorsOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .replaceAll(/```[\s\S]*?```/g, '')
      .split('\n')
      .filter((line) => /^#+ /.test(line))
      .map((line) =>
        line
          .replace(/^#+ /, '')
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
          .replaceAll(' ', '-'),
      ),
  );

const linkForm = /\]\((?<target>[^()\s]+)\)/g;

/** Relative links of this text, as if it stood at `path`, that lead nowhere. */
export const deadLinks = (path: string, text: string): readonly string[] =>
  [...withoutCode(text).matchAll(linkForm)]
    .map(({ groups }) => groups?.['target'] ?? '')
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [file = '', anchor] = target.split('#');
      const named = file === '' ? join(root, path) : resolve(root, dirname(path), file);
      if (!existsSync(named)) return true;
      if (anchor === undefined) return false;
      return !anchorsOf(file === '' ? text : readFileSync(named, 'utf8')).has(anchor);
    });

/** The code blocks of one language. */
export const codeBlocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, code = '']) => code);
