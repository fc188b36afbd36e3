import type { Figures, Period } from '../../../application/reports/counted-tickets';
import type { ReportFigures } from '../../../application/reports/report-figures';
import type { Locale } from '../../../domain/ticket/facts';
import type { FileOfList } from '../../api/file-answers';
import type { FileColumn } from '../../export/table/table';
import { sentences } from '../../phrasing/sentences';
import { type Column, delayColumns, departmentColumns, meetingColumns } from './columns';
import { periodQuery } from './period';

const fileNames = ['intalniri', 'rezolutii', 'servicii'] as const;
export type FileName = (typeof fileNames)[number];
/** The table that `intalniri.csv`, `intalniri-excel.csv` or `intalniri.xlsx` names. */
export const fileNamed = (text: string): FileName | undefined => {
  const [, name] = /^([a-z]+)(?:-excel\.csv|\.csv|\.xlsx)$/.exec(text) ?? [];
  return fileNames.find((one) => one === name);
};

export const fileLink = (name: FileName, period: Period, department: string | undefined, ending: string): string =>
  `/rapoarte/${name}${ending}${periodQuery(period, department)}`;

type Line = { readonly keys: readonly string[]; readonly figures: Figures };

const keyColumn = (title: string, place: number, kind: FileColumn<Line>['kind']): FileColumn<Line> => ({
  name: title,
  title: () => title,
  kind,
  cell: ({ keys }) => keys[place] ?? null,
});

const figureColumn =
  (locale: Locale) =>
  ({ fileTitle, value }: Column): FileColumn<Line> => ({
    name: fileTitle(locale),
    title: fileTitle,
    kind: 'number',
    cell: ({ figures }) => value(figures),
  });

const weekColumns = { intalniri: meetingColumns, rezolutii: delayColumns } as const;

/**
 * The same numbers as beside the picture, without their sum: a spreadsheet makes its own. Its headings are words in every form.
 * The browser saves it as `tichet-albastru-servicii-2027-02-01-2027-03-10.csv`.
 */
export const fileOf = (name: FileName, { from, to, weeks, departments }: ReportFigures, locale: Locale): FileOfList<Line> => {
  const words = sentences[locale].figures;
  const file = { name: `tichet-albastru-${name}-${from}-${to}`, title: () => sentences[locale].export.files.sheets.figures };
  if (name === 'servicii') {
    return {
      ...file,
      columns: [
        keyColumn(words.columns.department, 0, 'text'),
        ...departmentColumns.map(figureColumn(locale)),
        keyColumn(sentences[locale].export.files.columns.departmentCode, 1, 'text'),
      ],
      rows: departments.map(({ key, departmentCode, ...figures }) => ({ keys: [key, departmentCode], figures })),
    };
  }
  return {
    ...file,
    columns: [keyColumn(words.from, 0, 'date'), keyColumn(words.to, 1, 'date'), ...weekColumns[name].map(figureColumn(locale))],
    rows: weeks.map((week) => ({ keys: [week.from, week.to], figures: week.figures })),
  };
};
