const formula = /^[=+\-@\t\r]/;
const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A text that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers. */
const cell = (value: string | number | null): string => {
  if (value === null) return '';
  return quoted(typeof value === 'number' ? String(value) : formula.test(value) ? `'${value}` : value);
};

/** One line of RFC 4180, with its end. */
export const csvLine = (cells: readonly (string | number | null)[]): string => `${cells.map(cell).join(',')}\r\n`;
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
