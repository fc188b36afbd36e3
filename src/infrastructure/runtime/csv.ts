const formula = /^[=+\-@\t\r]/;
type Form = { readonly separator: string; readonly toBeQuoted: RegExp; readonly number: (value: number) => string };
const programs: Form = { separator: ',', toBeQuoted: /[",\r\n]/, number: String };
/** What Excel expects of a file that is opened at a click, where the list separator of the system is that of Romania. */
const romanianExcel: Form = { separator: ';', toBeQuoted: /[";\r\n]/, number: (value) => String(value).replace('.', ',') };

/** A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers. */
const cellIn =
  ({ toBeQuoted, number }: Form) =>
  (value: string | number | null): string => {
    if (value === null) return '';
    const text = typeof value === 'number' ? number(value) : formula.test(value) ? `'${value}` : value;
    return toBeQuoted.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
const lineIn =
  (form: Form) =>
  (cells: readonly (string | number | null)[]): string =>
    `${cells.map(cellIn(form)).join(form.separator)}\r\n`;

/** One line of RFC 4180, with its end. */
export const csvLine = lineIn(programs);
/** The same with semicolons and decimal commas. */
export const excelCsvLine = lineIn(romanianExcel);
/** So that spreadsheets read ș and ț. */
export const byteOrderMark = '\ufeff';

/**
 * RFC 4180 in UTF-8 with a byte order mark.
 * @param names of the columns, in their order; those of the first row unless they are given
 */
export const csvOf = (
  rows: readonly Readonly<Record<string, string | number | null>>[],
  names: readonly string[] = Object.keys(rows[0] ?? {}),
): string => byteOrderMark + [names, ...rows.map((row) => names.map((name) => row[name] ?? null))].map(csvLine).join('');
