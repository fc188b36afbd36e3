import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { Locale } from '../../../domain/ticket/facts';
import { civilDateOf, endsItsDay, localTimeOf } from '../../../domain/time/civil-time';
import { cellInWords, type FileColumn, type Rows, withinItsDay } from './table';

/* A workbook of Office Open XML (ECMA-376): one table, written row by row into a compressed archive, which is never whole in memory. */

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';

/** Excel has no more rows in a sheet, the head among them; what does not fit goes on in another. */
const mostRows = 1_048_576;
/** Nor more characters in a cell. */
const mostCharacters = 32_767;
/** Rows that are written before whoever reads gets them. */
const rowsAtOnce = 200;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML has none of these characters, and Excel takes `_x0041_` for one that is written so. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (character) => (/[\t\n\r]/.test(character) ? character : '\uFFFD'))
    .replaceAll(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);

const dayMilliseconds = 86_400_000;
/** Excel counts days from the end of 1899. */
const daysBefore1970 = 25_569;
const serialOf = (wallTime: string): number => Date.parse(`${wallTime}Z`) / dayMilliseconds + daysBefore1970;
const serialOnTheWall = (at: string): number => serialOf(`${civilDateOf(at)}T${localTimeOf(at)}${at.slice(16, 19)}`);
const serial = {
  date: (date: string) => serialOf(`${date}T00:00:00`),
  instant: serialOnTheWall,
  due: (at: string) => serialOnTheWall(withinItsDay(at)),
};

/** Places among the formats of `styles`. */
const formats = { head: 1, date: 2, instant: 3, endOfDay: 4 } as const;
const styles = (locale: Locale): string => {
  const day = locale === 'ro' ? 'dd\\.mm\\.yyyy' : 'yyyy\\-mm\\-dd';
  return `${xml}<styleSheet xmlns="${main}"><numFmts count="3"><numFmt numFmtId="164" formatCode="${day}"/><numFmt numFmtId="165" formatCode="${day}\\ hh:mm"/><numFmt numFmtId="166" formatCode="${day}\\ &quot;24:00&quot;"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/><xf xfId="0" numFmtId="165" applyNumberFormat="1"/><xf xfId="0" numFmtId="166" applyNumberFormat="1"/></cellXfs></styleSheet>`;
};

/** `A`, `Z`, `AA`. */
const letterOf = (index: number): string =>
  (index < 26 ? '' : letterOf(Math.floor(index / 26) - 1)) + String.fromCharCode(65 + (index % 26));

const textCell = (at: string, text: string, style = ''): string =>
  `<c r="${at}" t="inlineStr"${style}><is><t xml:space="preserve">${escaped(text.slice(0, mostCharacters))}</t></is></c>`;

const cellOf = <Row>(column: FileColumn<Row>, row: Row, at: string, locale: Locale): string => {
  const value = cellInWords(column, row, locale);
  if (value === null || value === '') return '';
  if (typeof value === 'number') return `<c r="${at}"><v>${String(value)}</v></c>`;
  if (column.kind === 'date' || column.kind === 'instant' || column.kind === 'due') {
    const format = column.kind === 'due' ? (endsItsDay(value) ? 'endOfDay' : 'instant') : column.kind;
    return `<c r="${at}" s="${String(formats[format])}"><v>${String(serial[column.kind](value))}</v></c>`;
  }
  return textCell(at, value);
};

const widths: Readonly<Record<FileColumn<unknown>['kind'], number>> = { text: 18, word: 18, number: 12, date: 12, instant: 18, due: 18 };

const sheetHead = <Row>(columns: readonly FileColumn<Row>[], locale: Locale): string => {
  const sized = columns.map(({ kind, title }, index) => {
    const width = Math.min(40, Math.max(widths[kind], title(locale).length + 2));
    return `<col min="${String(index + 1)}" max="${String(index + 1)}" width="${String(width)}" customWidth="1"/>`;
  });
  const titles = columns.map(({ title }, index) => textCell(`${letterOf(index)}1`, title(locale), ` s="${String(formats.head)}"`));
  return `${xml}<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${sized.join('')}</cols><sheetData><row r="1">${titles.join('')}</row>`;
};

const parts = (title: string, sheets: number, locale: Locale): readonly (readonly [name: string, text: string])[] => {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const nameOf = (number: number): string =>
    escaped((number === 1 ? title : `${title} ${String(number)}`).replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31));
  const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  return [
    ['xl/styles.xml', styles(locale)],
    [
      'xl/workbook.xml',
      `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${numbers.map((number) => `<sheet name="${nameOf(number)}" sheetId="${String(number)}" r:id="rId${String(number)}"/>`).join('')}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${xml}<Relationships xmlns="${packaged}/relationships">${numbers.map((number) => `<Relationship Id="rId${String(number)}" Type="${office}/worksheet" Target="worksheets/sheet${String(number)}.xml"/>`).join('')}<Relationship Id="rId${String(sheets + 1)}" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      '_rels/.rels',
      `${xml}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `${xml}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${spreadsheet}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${spreadsheet}.styles+xml"/>${numbers.map((number) => `<Override PartName="/xl/worksheets/sheet${String(number)}.xml" ContentType="${spreadsheet}.worksheet+xml"/>`).join('')}</Types>`,
    ],
  ];
};

/** What was compressed and not yet read. */
class Archive {
  #waiting: Uint8Array[] = [];
  readonly #zip = new Zip((error, chunk) => {
    if (error !== null) throw error;
    this.#waiting.push(chunk);
  });

  begin(name: string): ZipDeflate {
    const file = new ZipDeflate(name, { level: 6 });
    // the same rows make the same file
    file.mtime = '1980-01-01T00:00:00';
    this.#zip.add(file);
    return file;
  }

  whole(name: string, text: string): void {
    this.begin(name).push(strToU8(text), true);
  }

  end(): void {
    this.#zip.end();
  }

  *taken(): Generator<Uint8Array> {
    const taken = this.#waiting;
    this.#waiting = [];
    yield* taken;
  }
}

/**
 * The rows as a workbook for Excel and LibreOffice: words and headings in this language, dates and hours (of the clock on the wall) and
 * numbers as what they are, the head standing still. Text is never a formula.
 * @param title of the sheet
 * @param most rows of one sheet, for tests
 */
export async function* xlsxFile<Row>(
  { title, columns, rows }: { readonly title: string; readonly columns: readonly FileColumn<Row>[]; readonly rows: Rows<Row> },
  locale: Locale,
  most = mostRows,
): AsyncGenerator<Uint8Array> {
  const archive = new Archive();
  const letters = columns.map((_, index) => letterOf(index));
  let sheets = 0;
  let number = 0;
  const beginSheet = (): ZipDeflate => {
    sheets += 1;
    number = 1;
    const sheet = archive.begin(`xl/worksheets/sheet${String(sheets)}.xml`);
    sheet.push(strToU8(sheetHead(columns, locale)));
    return sheet;
  };
  let sheet = beginSheet();
  let text = '';
  const endSheet = (): void => {
    sheet.push(strToU8(`${text}</sheetData></worksheet>`), true);
    text = '';
  };
  for await (const row of rows) {
    if (number >= most) {
      endSheet();
      sheet = beginSheet();
    }
    number += 1;
    const at = String(number);
    text += `<row r="${at}">${columns.map((column, index) => cellOf(column, row, `${letters[index] ?? ''}${at}`, locale)).join('')}</row>`;
    if (number % rowsAtOnce === 0) {
      sheet.push(strToU8(text));
      text = '';
      yield* archive.taken();
    }
  }
  endSheet();
  for (const [name, part] of parts(title, sheets, locale)) archive.whole(name, part);
  archive.end();
  yield* archive.taken();
}
