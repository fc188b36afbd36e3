import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import type { Browser } from 'playwright-core';
import { startTour, type Tour } from '../measure/tour';
import { statesByArea } from '../states';
import { launchBrowser } from './support/browser';
import { closing } from '../../../support/closing';

const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && /\.tsx?$/.test(entry.name) ? [join(entry.parentPath, entry.name)] : [],
  );
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];

/** Every word of the texts in these sources. */
const wordsInSources = (folder: string): readonly string[] =>
  filesOf(resolve(folder)).flatMap((file) => {
    const words: string[] = [];
    const look = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
        words.push(...wordsOf(node.text));
      ts.forEachChild(node, look);
    };
    look(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
    return words;
  });
const wordsOfDates = ['ro-RO', 'en-GB'].flatMap((language) =>
  Array.from({ length: 366 }, (_, day) => new Date(Date.UTC(2028, 0, 1 + day))).flatMap((date) =>
    (['long', 'short'] as const).flatMap((width) =>
      wordsOf(new Intl.DateTimeFormat(language, { weekday: width, day: 'numeric', month: width }).format(date)),
    ),
  ),
);

/**
 * What no catalogue of the pages says: the verdicts and the notice of the domain, what stays after an erasure, what people of the demonstration are called and wrote,
 * what the states type, dates as Intl writes them, the name of the ticket, the unit of minutes, names of
 * file formats, and the address of City Hall.
 */
const known = new Set([
  ...wordsInSources('src/domain'),
  ...wordsInSources('src/application/privacy'),
  ...wordsInSources('src/infrastructure/tools/demo'),
  ...wordsInSources('test/infrastructure/web/states'),
  ...wordsOfDates,
  ...wordsOf('Tichet albastru art min CSV JSON JSONL NDJSON PDF Excel XLSX'),
  ...wordsOf('Primăria municipiului Cluj-Napoca, Calea Moților nr. 3'),
]);

/** What stands on a page outside the marks of the pseudo-locale, and is neither a name, a code, a date nor an address. */
const unmarked = (html: string): readonly string[] => {
  let depth = 0;
  const outside = html
    .replace(/<(script|style|head)\b[\s\S]*?<\/\1>/g, ' ')
    .replace(/BEGIN:VCALENDAR[\s\S]*?END:VCALENDAR/g, ' ')
    .split(/([⟦⟧])/)
    .filter((part) => {
      if (part === '⟦') depth += 1;
      if (part === '⟧') depth -= 1;
      return depth === 0 && part !== '⟧';
    });
  const withoutData = outside.join('').replace(/<(bdi|code|time|pre)\b[^>]*>[\s\S]*?<\/\1>/g, ' ');
  const spoken = [...withoutData.matchAll(/ (?:title|alt|aria-label|placeholder)="([^"]*)"/g)].map(([, text = '']) => text);
  const shown = withoutData.replace(/<[^>]+>/g, '\n').split('\n');
  return [...new Set([...shown, ...spoken])].filter((text) =>
    wordsOf(
      text
        .replace(/\S*(?:@|:\/\/|TA-)\S*/g, ' ')
        // the identifier of a meeting of the demonstration, whose digits may by chance look like a word
        .replace(/\bdemo-[0-9a-f]{8}\b/g, ' ')
        // the pseudonym of a person
        .replace(/\bp\.[a-z2-7]{16}\b/g, ' ')
        .replace(/&[a-z]+;/g, ' ')
        // a name that is as long as a name can be
        .replace(/(?:lung){3,}/g, ' '),
    ).some((word) => !known.has(word)),
  );
};

describe('what is not from a catalogue', () => {
  it('is found in a text and in a label, and not where it is data', () => {
    const page = (main: string) => `<html><head><title>Nimic</title></head><body>⟦Meniu⟧ ${main}</body></html>`;
    expect(unmarked(page('<button>Salvează linkul</button>'))).toEqual(['Salvează linkul']);
    expect(unmarked(page('<a aria-label="Deschide fereastra" href="/">⟦Înainte⟧</a>'))).toEqual(['Deschide fereastra']);
    expect(
      unmarked(
        page('⟦Cu ⟦4 ore⟧⟧, marți, 9 martie 2027: <bdi>Xenia Qwerty</bdi> TA-0SJBT2SY a.b@posta.example demo-4ada30b4 p.cr2xtzilphqaarea'),
      ),
    ).toEqual([]);
  });
});

let browser: Browser;
let tour: Tour;
beforeAll(async () => {
  browser = await launchBrowser();
  tour = closing(await startTour(browser, 'pseudo-locale.cjs'));
});

/** All of them in the long form, `npm run test:long`; else every sixth, and those of meetings, where one leads to the next. */
const isTried = (area: string, index: number): boolean => process.env['FAULTS'] === 'full' || area === 'meetings' || index % 6 === 0;

describe.each(Object.keys(statesByArea))('in the pseudo-locale, the pages of %s', (area) => {
  it.each((statesByArea[area] ?? []).filter((_, index) => isTried(area, index)).map((state) => [state.name, state] as const))(
    '%s: every sentence is from a catalogue',
    async (_, state) => {
      const html = await tour.visit(state, ({ page }) => page.content());
      expect(html).toContain('⟦');
      expect(unmarked(html)).toEqual([]);
    },
  );
});
