import type { AuditListed } from '../../../application/audit/audit-list';
import { auditChecks, type CheckId, checkIds } from '../../../domain/audit/judge';
import { shapeOfDuty } from '../../../domain/duties/duty-kinds';
import type { Locale } from '../../../domain/ticket/facts';
import { sentences, type Sentences } from '../../phrasing/sentences';
import { type ColumnTitle, type FileColumn, titled, wordIn, yesOrNo } from './table';

type Column = FileColumn<AuditListed>;
const named = (kind: Column['kind'], name: ColumnTitle & keyof AuditListed, inWords?: Column['inWords']): Column => ({
  name,
  title: titled(name),
  kind,
  cell: (row) => {
    const value = row[name];
    // rows of a former version, which are read until the table is filled anew, lack some
    return typeof value === 'string' || typeof value === 'number' ? value : null;
  },
  ...(inWords === undefined ? {} : { inWords }),
});

const isVerdict = (code: string): code is keyof Sentences['audit']['verdicts'] => code in sentences.ro.audit.verdicts;
const modeWord = wordIn((all) => all.modes.history);
const verdictWord = (code: string, locale: Locale): string => {
  const words = sentences[locale].audit.verdicts;
  return isVerdict(code) ? words[code].name : code;
};
const gradeWord = (code: string, locale: Locale): string =>
  code === 'observed' || code === 'declared' ? sentences[locale].audit.grades[code].name : code;

const verdict = (id: CheckId): Column => ({
  name: id,
  title: (locale) => `${id} · ${auditChecks[id].name[locale]}`,
  kind: 'word',
  cell: ({ verdicts }) => verdicts[id] ?? null,
  inWords: verdictWord,
});
const grade = (id: CheckId): Column => ({
  name: `${id}_grade`,
  title: (locale) => sentences[locale].export.files.columns.gradeOf({ check: id }),
  kind: 'word',
  cell: ({ grades }) => grades[id] ?? null,
  inWords: gradeWord,
});
const [first, later] = [checkIds.filter((id) => id <= 'C21'), checkIds.filter((id) => id > 'C21')];

/** Of the list of audits. They stay what they are, and new ones come behind them. */
export const auditColumns: readonly Column[] = [
  named('text', 'ticketId'),
  named('text', 'reference'),
  named('instant', 'startsAt'),
  named('instant', 'requestedAt'),
  named('text', 'staffId'),
  named('text', 'departmentCode'),
  named('word', 'mode', modeWord),
  named('word', 'overall', verdictWord),
  named('number', 'warnings'),
  named('number', 'waived'),
  named('instant', 'asOf'),
  ...first.map(verdict),
  { name: 'grade', title: titled('grade'), kind: 'word', cell: (row) => row.grade, inWords: gradeWord },
  { name: 'confirmable', title: titled('confirmable'), kind: 'text', cell: ({ observable }) => Object.keys(observable).sort().join(' ') },
  ...first.map(grade),
  ...later.flatMap((id) => [verdict(id), grade(id)]),
  named('text', 'department'),
  named('text', 'requestNumber'),
  named('date', 'filedOn'),
  named(
    'word',
    'ground',
    wordIn((all) => all.office.windows.grounds),
  ),
  {
    name: 'owed',
    title: titled('duty'),
    kind: 'word',
    cell: ({ owed }) => owed?.kind ?? null,
    inWords: (code, locale, { owed }) => (owed == null ? code : shapeOfDuty(owed.kind).name[locale]),
  },
  { name: 'owedTargetAt', title: titled('targetAt'), kind: 'due', cell: ({ owed }) => owed?.targetAt ?? null },
  { name: 'owedLimitAt', title: titled('limitAt'), kind: 'due', cell: ({ owed }) => owed?.limitAt ?? null },
  {
    name: 'owedOverdue',
    title: titled('overdue'),
    kind: 'word',
    cell: ({ owed }) => (owed == null ? null : String(owed.overdue)),
    inWords: yesOrNo,
  },
];
