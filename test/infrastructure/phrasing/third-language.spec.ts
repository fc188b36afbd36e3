import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { emptyFolder } from '../../support/closing';

type Tree = string | readonly Tree[] | { readonly [name: string]: Tree };
/** Every sentence between marks, as a language that nobody speaks; what Intl is asked for is English. */
const marked = (tree: Tree): Tree => {
  if (typeof tree === 'string') return tree === 'en-GB' ? tree : `⟦${tree}⟧`;
  if (Array.isArray(tree)) return tree.map(marked);
  return Object.fromEntries(Object.entries(tree).map(([name, item]) => [name, marked(item)]));
};

let folder = '';
const run = (script: string) =>
  spawnSync(process.execPath, ['--require', resolve('test/support/typescript-in-threads.cjs'), '--eval', script], {
    cwd: folder,
    encoding: 'utf8',
  });

beforeAll(() => {
  folder = emptyFolder();
  for (const part of ['domain', 'application', 'infrastructure/runtime', 'infrastructure/phrasing'])
    cpSync(resolve('src', part), join(folder, 'src', part), { recursive: true });
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const locales = join(folder, 'src/infrastructure/phrasing/locales');
  mkdirSync(join(locales, 'qps'));
  for (const file of readdirSync(join(locales, 'en')))
    writeFileSync(join(locales, 'qps', file), JSON.stringify(marked(JSON.parse(readFileSync(join(locales, 'en', file), 'utf8')))));
});

describe('a third language', () => {
  it('is a folder: written into the types, it is spoken, and goes out wherever every language does', () => {
    const written = spawnSync(process.execPath, [resolve('tools/sentences.mjs'), join(folder, 'src/infrastructure/phrasing/locales')]);
    expect(written.status).toBe(0);
    const { stdout, stderr } = run(`
      const { inBoth, languages, SaidError, sentences } = require('./src/infrastructure/phrasing/sentences');
      const { longDate, numberInWords } = require('./src/infrastructure/phrasing/words/dates');
      console.log(JSON.stringify({
        languages,
        menu: sentences.qps.frame.menu,
        counted: sentences.qps.ticket.card.movesLeft({ count: 2 }),
        together: inBoth.unusable.port.forbidden({ port: 80 }),
        error: new SaidError(inBoth.cli.seal.reasonCannotEmpty).message,
        date: longDate('2027-03-09', 'qps'),
        number: numberInWords(1234.5, 'qps'),
      }));
    `);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      languages: ['ro', 'en', 'qps'],
      menu: '⟦Menu⟧',
      counted: expect.stringMatching(/^⟦.*2.*⟧$/),
      together: {
        ro: expect.stringContaining('portul 80'),
        en: expect.stringContaining('port 80'),
        qps: expect.stringMatching(/^⟦.*80.*⟧$/),
      },
      error: expect.stringMatching(/^.+ \/ .+ \/ ⟦.+⟧$/),
      date: 'Tuesday, 9 March 2027',
      number: '1,234.5',
    });
  });
});

/**
 * Where languages are named by hand outside the domain, and why; whoever adds a language looks here. In the domain it is `Locale`, which says
 * in what language a citizen may book, and the sentences of verdicts, holidays and the notice beside their rules.
 */
const namedByHand: Readonly<Record<string, string>> = {
  'application/booking/request-ticket.ts': 'who says nothing is written to in Romanian',
  'application/privacy/erasure-report.ts': 'what stays after an erasure is said by the use case',
  'application/staff/choose-letters.ts': 'civil servants who have chosen nothing are written to in Romanian',
  'application/staff/staff-directory.ts': 'names in Romanian order',
  'infrastructure/api/controllers/absence-plans.controller.ts': 'the reason that a ticket keeps of a move is Romanian',
  'infrastructure/api/controllers/export.controller.ts': 'paper is in Romanian, with English small',
  'infrastructure/api/files-of-lists.ts': 'figures have the same names in every language',
  'infrastructure/api/problem/client-errors.ts': 'what is no request yet is answered in Romanian',
  'infrastructure/api/problem/language.ts': 'who says nothing is answered in Romanian',
  'infrastructure/api/problem/problem-schemas.ts': 'the document is in English',
  'infrastructure/export/table/audit-columns.ts': 'verdicts have the same names in every language',
  'infrastructure/export/table/xlsx-file.ts': 'a workbook writes a day as its readers do',
  'infrastructure/phrasing/words/dates.ts': 'an hour is written alike everywhere',
  'infrastructure/proof/publication/publish-newest.ts': 'the letter of a checkpoint says both in one text',
  'infrastructure/tools/command-line/commands/export.ts': 'paper is in Romanian, with English small',
  'infrastructure/tools/command-line/explained-lines.ts': 'articles in the order of their numbers',
  'infrastructure/tools/command-line/terminal.ts': 'a terminal that says nothing is spoken to in English',
  'infrastructure/tools/demo/cast.ts': 'people of the demonstration',
  'infrastructure/tools/demo/tell-demo.ts': 'people of the demonstration',
  'infrastructure/web/audit/seal.controller.tsx': 'paper is in Romanian, with English small',
  'infrastructure/web/forms/forms-view.tsx': 'a page outside of any request is Romanian',
  'infrastructure/web/home/people-to-try.ts': 'names in Romanian order',
  'infrastructure/web/meetings/calendar-service.ts': 'names in Romanian order',
  'infrastructure/web/procedure/procedure.controller.tsx': 'the act is Romanian, and its translation English',
  'infrastructure/web/registry/request-parts.tsx': 'names in Romanian order',
  'infrastructure/web/schedule/absence.controller.tsx': 'the reason that a ticket keeps of a move is Romanian',
  'infrastructure/web/schedule/schedule-parts.tsx': 'names in Romanian order',
};

const isName = (text: string): boolean => text === 'ro' || text === 'en';
/** Whether a language stands in this source as a text, as a field or behind a point. */
const namesLanguages = (source: ts.SourceFile): boolean => {
  const look = (node: ts.Node): boolean =>
    (ts.isStringLiteralLike(node) && (isName(node.text) || /^(?:ro-RO|en-GB)$/.test(node.text))) ||
    (ts.isPropertyAccessExpression(node) && isName(node.name.text)) ||
    ((ts.isPropertyAssignment(node) || ts.isPropertySignature(node) || ts.isShorthandPropertyAssignment(node)) &&
      isName(node.name.getText(source))) ||
    (ts.forEachChild(node, (child) => look(child) || undefined) ?? false);
  return look(source);
};
const parsed = (name: string, text: string): ts.SourceFile => ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
const sources = ['application', 'projections', 'infrastructure'].flatMap((floor) =>
  readdirSync(resolve('src', floor), { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && /\.tsx?$/.test(entry.name) && entry.name !== 'catalogue.ts' ? [join(entry.parentPath, entry.name)] : [],
  ),
);

describe('languages named by hand', () => {
  it('are found as a text, as a field and behind a point', () => {
    for (const text of ["const a = x === 'ro';", 'const a = { ro: 1 };', 'type A = { readonly en: string };', 'const a = words.en;'])
      expect(namesLanguages(parsed('a.ts', text))).toBe(true);
    expect(namesLanguages(parsed('a.ts', "const a = { role: 'road' }; // ro"))).toBe(false);
  });

  it('stand outside the domain only where the list says why', () => {
    const found = sources.filter((file) => namesLanguages(parsed(file, readFileSync(file, 'utf8'))));
    expect(found.map((file) => relative(resolve('src'), file)).filter((file) => !(file in namedByHand))).toEqual([]);
  });
});
