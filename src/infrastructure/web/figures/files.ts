import type { ReportFigures } from '../../../application/reports/report-figures';
import type { Period } from '../../../application/reports/counted-tickets';
import type { Locale } from '../../../domain/ticket/facts';
import { type Column, delayColumns, departmentColumns, meetingColumns } from './columns';
import { periodQuery } from './period';
import { sentences } from '../../phrasing/sentences';

type Cells = Readonly<Record<string, string | number | null>>;
export type TableFile = { readonly titles: readonly string[]; readonly rows: readonly Cells[] };

const fileNames = ['intalniri', 'rezolutii', 'servicii'] as const;
export type FileName = (typeof fileNames)[number];
/** The table that `intalniri.csv` names. */
export const fileNamed = (text: string): FileName | undefined => fileNames.find((name) => text === `${name}.csv`);

export const fileLink = (name: FileName, period: Period, department: string | undefined): string =>
  `/rapoarte/${name}.csv${periodQuery(period, department)}`;

/** What the browser saves it as: `tichet-albastru-servicii-2027-02-01-2027-03-10.csv` */
export const savedAs = (name: FileName, { from, to }: Period): string => `tichet-albastru-${name}-${from}-${to}.csv`;

type Lines = readonly { readonly keys: Cells; readonly figures: ReportFigures['total'] }[];

const tableOf = (keys: readonly string[], columns: readonly Column[], lines: Lines, locale: Locale): TableFile => ({
  titles: [...keys, ...columns.map(({ fileTitle }) => fileTitle(locale))],
  rows: lines.map(({ keys: first, figures }) => ({
    ...first,
    ...Object.fromEntries(columns.map(({ fileTitle, value }) => [fileTitle(locale), value(figures)])),
  })),
});

const weekColumns = { intalniri: meetingColumns, rezolutii: delayColumns } as const;

/** The same numbers as beside the picture, without their sum: a spreadsheet makes its own. */
export const fileOf = (name: FileName, { weeks, departments }: ReportFigures, locale: Locale): TableFile => {
  const words = sentences[locale].figures;
  if (name === 'servicii') {
    const { department } = words.columns;
    return tableOf(
      [department],
      departmentColumns,
      departments.map(({ key, ...figures }) => ({ keys: { [department]: key }, figures })),
      locale,
    );
  }
  return tableOf(
    [words.from, words.to],
    weekColumns[name],
    weeks.map(({ from, to, figures }) => ({ keys: { [words.from]: from, [words.to]: to }, figures })),
    locale,
  );
};
