import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { excelCsvFile, csvFile } from '../../../src/infrastructure/export/table/csv-files';
import type { FileColumn } from '../../../src/infrastructure/export/table/table';
import { xlsxFile } from '../../../src/infrastructure/export/table/xlsx-file';
import { emptyFolder } from '../../support/closing';

type Line = {
  readonly name: string;
  readonly share: number | null;
  readonly day: string | null;
  readonly at: string;
  readonly verdict: string;
};
const words = { ro: { pass: 'Respectată' }, en: { pass: 'Kept' } } as const;
const columns: readonly FileColumn<Line>[] = [
  { name: 'name', title: (locale) => (locale === 'ro' ? 'Nume; prenume' : 'Name'), kind: 'text', cell: ({ name }) => name },
  { name: 'share', title: (locale) => (locale === 'ro' ? 'Cât' : 'Share'), kind: 'number', cell: ({ share }) => share },
  { name: 'day', title: () => 'Ziua', kind: 'date', cell: ({ day }) => day },
  { name: 'at', title: () => 'Ora', kind: 'instant', cell: ({ at }) => at },
  {
    name: 'verdict',
    title: () => 'Verdict',
    kind: 'word',
    cell: ({ verdict }) => verdict,
    inWords: (code, locale) => (code === 'pass' ? words[locale].pass : code),
  },
];
/** The hour is one of winter, and one of summer. */
const lines: readonly Line[] = [
  { name: 'Șerban & <Moga> "x"', share: 98.4, day: '2026-03-05', at: '2026-03-05T08:00:00.000Z', verdict: 'pass' },
  { name: '=SUM(A1)', share: -2, day: null, at: '2026-07-01T08:00:30.000Z', verdict: 'other' },
  { name: 'a_x0041_\u0001\ud800;\nb ', share: null, day: '1900-03-01', at: '2026-03-05T08:00:00.000Z', verdict: 'pass' },
];
async function* rowsOf(rows: readonly Line[]): AsyncGenerator<Line> {
  for (const row of rows) yield await Promise.resolve(row);
}
const joined = async (parts: AsyncIterable<string | Uint8Array>): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const part of parts) chunks.push(Buffer.from(part));
  return Buffer.concat(chunks);
};

type Cell = readonly [type: string, style: string, text: string];
type Workbook = {
  readonly formats: Readonly<Record<string, string>>;
  readonly styles: readonly string[];
  readonly sheets: readonly {
    readonly name: string;
    readonly frozen: Readonly<Record<string, string>>;
    readonly rows: readonly Readonly<Record<string, Cell>>[];
  }[];
};
/** As Python's own zipfile and expat see it: nothing of ours is in between. */
const openedAgain = (bytes: Buffer): Workbook => {
  const file = join(emptyFolder(), 'lista.xlsx');
  writeFileSync(file, bytes);
  const { status, stdout, stderr } = spawnSync('python3', [join(__dirname, 'read_workbook.py'), file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Workbook;
};
const workbook = async (rows: readonly Line[], most?: number): Promise<Workbook> =>
  openedAgain(await joined(xlsxFile({ title: 'Listă/2026', columns, rows: rowsOf(rows) }, 'ro', most)));

describe('a target or a limit that is the end of a day', () => {
  const due: readonly FileColumn<string>[] = [{ name: 'limitAt', title: () => 'Termen-limită', kind: 'due', cell: (at) => at }];
  const rows = ['2026-11-26T22:00:00.000Z', '2026-11-26T10:00:00.000Z'];

  it('is found under its own day in a workbook, where it is a date and says 24:00', async () => {
    const { sheets, formats, styles } = openedAgain(await joined(xlsxFile({ title: 'Termene', columns: due, rows }, 'ro')));
    const [midnight, noon] = [2, 3].map((row) => sheets[0]?.rows[row - 1]?.[`A${String(row)}`]);
    // 46352 days after 30 December 1899 it is 26 November 2026
    expect([midnight?.[0], Number(midnight?.[2])]).toEqual(['n', expect.closeTo(46352 + 86_399 / 86_400, 9)]);
    expect(formats[styles[Number(midnight?.[1])] ?? '']).toBe('dd\\.mm\\.yyyy\\ "24:00"');
    expect([Number(noon?.[2]), formats[styles[Number(noon?.[1])] ?? '']]).toEqual([46352.5, 'dd\\.mm\\.yyyy\\ hh:mm']);
  });

  it('is the last second of its day in CSV for Excel, which has no 24:00, and stays the instant for programs', async () => {
    expect(String(await joined(excelCsvFile(due, rows, 'ro')))).toBe('\ufeffTermen-limită\r\n2026-11-26 23:59:59\r\n2026-11-26 12:00\r\n');
    expect(String(await joined(csvFile(due, rows)))).toBe(`\ufefflimitAt\r\n${rows.join('\r\n')}\r\n`);
  });
});

describe('a list as a workbook', () => {
  it('is read by a program that is not ours: headings, words, numbers, dates and hours as what they are', async () => {
    const { sheets, formats, styles } = await workbook(lines);
    const [sheet] = sheets;
    expect(sheet?.name).toBe('Listă 2026');
    expect(sheet?.frozen).toMatchObject({ ySplit: '1', state: 'frozen' });
    expect(Object.values(sheet?.rows[0] ?? {}).map(([, , text]) => text)).toEqual(['Nume; prenume', 'Cât', 'Ziua', 'Ora', 'Verdict']);
    const { D2: hour, ...cells } = sheet?.rows[1] ?? {};
    // 46086 days after 30 December 1899 it is 5 March 2026, and 10:00 in Cluj-Napoca
    expect([hour?.[0], hour?.[1], Number(hour?.[2])]).toEqual(['n', '3', expect.closeTo(46086 + 10 / 24, 9)]);
    expect(cells).toEqual({
      A2: ['inlineStr', '0', 'Șerban & <Moga> "x"'],
      B2: ['n', '0', '98.4'],
      C2: ['n', '2', '46086'],
      E2: ['inlineStr', '0', 'Respectată'],
    });
    expect([styles[2], styles[3]].map((id = '') => formats[id])).toEqual(['dd\\.mm\\.yyyy', 'dd\\.mm\\.yyyy\\ hh:mm']);
  });

  it('a text is never a formula, and what XML or Excel would take for something else stays what it is', async () => {
    const [sheet] = (await workbook(lines)).sheets;
    expect(sheet?.rows[2]?.['A3']).toEqual(['inlineStr', '0', '=SUM(A1)']);
    expect(Number(sheet?.rows[2]?.['D3']?.[2])).toBeCloseTo(46204 + (11 * 3600 + 30) / 86_400, 9);
    expect(sheet?.rows[2]?.['C3']).toBeUndefined();
    expect(sheet?.rows[3]?.['A4']?.[2]).toBe('a_x005F_x0041_\uFFFD\uFFFD;\nb ');
  });

  it('goes on in another sheet, headed as the first, where one is full', async () => {
    const { sheets } = await workbook([...lines, ...lines], 4);
    expect(sheets.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['Listă 2026', 4],
      ['Listă 2026 2', 4],
    ]);
    expect(sheets[1]?.rows[0]).toEqual(sheets[0]?.rows[0]);
  });

  it('an empty list is a workbook with its headings', async () => {
    expect((await workbook([])).sheets.map(({ rows }) => rows.length)).toEqual([1]);
  });

  it('is written as its rows come: what waits to be read does not grow with the list', async () => {
    let given = 0;
    let mostWaiting = 0;
    let read = 0;
    const many = async function* (): AsyncGenerator<Line> {
      for (; given < 20_000; given += 1) {
        mostWaiting = Math.max(mostWaiting, given - read);
        yield await Promise.resolve({
          name: `n${String(given)}`,
          share: given,
          day: null,
          at: '2026-03-05T08:00:00.000Z',
          verdict: 'pass',
        });
      }
    };
    let bytes = 0;
    let largest = 0;
    for await (const part of xlsxFile({ title: 'x', columns, rows: many() }, 'ro')) {
      read = given;
      bytes += part.length;
      largest = Math.max(largest, part.length);
    }
    expect(mostWaiting).toBeLessThan(4_000);
    expect(largest).toBeLessThan(bytes / 4);
  });
});

describe('a list as CSV', () => {
  it('for an Excel set up in Romanian: semicolons, decimal commas, words, local hours, and no formula', async () => {
    const text = (await joined(excelCsvFile(columns, rowsOf(lines), 'ro'))).toString('utf8');
    expect(text.split('\r\n').slice(0, 3)).toEqual([
      '\ufeff"Nume; prenume";Cât;Ziua;Ora;Verdict',
      '"Șerban & <Moga> ""x""";98,4;2026-03-05;2026-03-05 10:00;Respectată',
      "'=SUM(A1);-2;;2026-07-01 11:00:30;other",
    ]);
    expect(text.endsWith('\r\n')).toBe(true);
    const english = (await joined(excelCsvFile(columns, rowsOf(lines), 'en'))).toString('utf8');
    expect(english).toContain('\ufeffName;Share;');
    expect(english).toContain(';Kept\r\n');
  });

  it('for programs: commas, points, codes and instants as the API has them', async () => {
    const text = (await joined(csvFile(columns, rowsOf(lines)))).toString('utf8');
    expect(text.split('\r\n').slice(0, 2)).toEqual([
      '\ufeffname,share,day,at,verdict',
      '"Șerban & <Moga> ""x""",98.4,2026-03-05,2026-03-05T08:00:00.000Z,pass',
    ]);
  });
});
