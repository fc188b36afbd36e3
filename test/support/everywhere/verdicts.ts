import { gradeOfOverall, verdictInWords } from '../../../src/infrastructure/phrasing/audit/verdict-text';
import { verdicts } from '../../../src/infrastructure/web/audit/list-query';
import { auditColumns } from '../../../src/infrastructure/export/table/audit-columns';
import { tableCheckIds, type Overall } from '../../../src/domain/audit/judge';
import type { Verdict } from '../../../src/domain/audit/check';
import type { Grade } from '../../../src/domain/kernel/grade';
import { tichet } from '../../infrastructure/tools/command-line/captured';
import type { Ask } from './databases';
import { type Api, personAs } from './people';
import type { Kind, Said, Way } from './kinds';

type Row = {
  readonly ticketId: string;
  readonly overall: string;
  readonly grade?: string | null;
  readonly verdicts: Readonly<Record<string, string | undefined>>;
  readonly grades: Readonly<Record<string, string | undefined>>;
};

const line = (ticketId: string, check: string, verdict: string, grade?: string | null): string =>
  [ticketId, check, verdict, grade ?? ''].join(' ').trim();

const linesOf = ({ ticketId, overall, grade, verdicts: found, grades }: Row): Said => [
  line(ticketId, 'overall', overall, grade),
  ...tableCheckIds.flatMap((id) => {
    const verdict = found[id];
    return verdict === undefined || verdict === '' || verdict === 'not-applicable' ? [] : [line(ticketId, id, verdict, grades[id])];
  }),
];

const csvRows = (text: string): readonly Row[] =>
  text
    .trimEnd()
    .split('\r\n')
    .slice(1)
    .map((cells) => {
      const row = Object.fromEntries(cells.split(',').map((cell, at) => [auditColumns[at]?.name ?? '', cell]));
      const of = (suffix: string) => Object.fromEntries(tableCheckIds.map((id) => [id, row[`${id}${suffix}`]]));
      return {
        ticketId: row['ticketId'] ?? '',
        overall: row['overall'] ?? '',
        grade: row['grade'] ?? '',
        verdicts: of(''),
        grades: of('_grade'),
      };
    });

/** The whole list of the API, page by page. */
const listed = async (api: Api, asked = ''): Promise<Said> => {
  const said: string[] = [];
  for (let cursor = ''; ;) {
    const { tickets, next } = await api<Listed>(`audit/tickets?limit=500${asked}${cursor}`);
    said.push(...tickets.flatMap(linesOf));
    if (next === undefined) return said;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
};

type Listed = { readonly tickets: readonly Row[]; readonly next?: string };

/** `verdict grade` by the words of the pages */
const byWords = new Map(
  verdicts.flatMap((verdict) =>
    [undefined, 'observed' as const, 'declared' as const].map((grade) => [
      verdictInWords(verdict, grade, 'en'),
      `${verdict} ${grade ?? ''}`.trim(),
    ]),
  ),
);
const shown = /<th scope="row"[^>]*><a href="\/audit\/([\w-]+)|verdict-[\w-]+"><svg[\s\S]*?<\/svg>([^<]*)<\/span>(?: (C\d\d))?/g;

const rowsOfPage = (text: string): Said => {
  const said: string[] = [];
  let ticketId = '';
  const [, table = ''] = /<tbody[^>]*>([\s\S]*?)<\/tbody>/.exec(text) ?? [];
  for (const [, id, words = '', check = 'overall'] of table.matchAll(shown)) {
    if (id === undefined) said.push(`${ticketId} ${check} ${byWords.get(words) ?? words}`);
    else ticketId = id;
  }
  return said;
};

const telling: readonly string[] = ['fail', 'warn', 'pending', 'waived'];
/** The page says of each ticket what it is and why, and shows no grade beside a whole that was not kept. */
const onPage = (said: Said): Said =>
  said.flatMap((one) => {
    const [ticketId = '', check = '', verdict = '', grade] = one.split(' ');
    if (check !== 'overall') return telling.includes(verdict) ? [one] : [];
    return [
      line(
        ticketId,
        check,
        verdict,
        gradeOfOverall({ overall: verdict as Overall, ...(grade === undefined ? {} : { grade: grade as Grade }) }),
      ),
    ];
  });

type IntervalRow = { readonly ticket_id: string; readonly check_id: string; readonly verdict: Verdict; readonly grade: string | null };

export const verdictsEverywhere: Kind = {
  name: 'verdicts',
  ways: async ({ folder, service }, { sqlite, postgres }) => {
    const { api, page } = await personAs(service, 'auditor');
    const inSql = (ask: Ask): Way => ({
      ask: async (moment) => {
        const rows = await ask<IntervalRow>(
          `SELECT ticket_id, check_id, verdict, grade FROM v2_verdict_intervals WHERE valid_from <= '${moment}' AND (valid_until IS NULL OR '${moment}' < valid_until)`,
        );
        return rows.map((row) => line(row.ticket_id, row.check_id, row.verdict, row.grade));
      },
    });
    return {
      SQLite: inSql(sqlite),
      PostgreSQL: inSql(postgres),
      API: { ask: (asOf) => listed(api, `&asOf=${asOf}`) },
      CSV: { ask: async (asOf) => csvRows(await page(`/audit/lista.csv?la=${asOf}`)).flatMap(linesOf) },
      page: {
        partly: onPage,
        ask: async (asOf) => {
          const said: string[] = [];
          for (let path: string | undefined = `/audit?la=${asOf}`; path !== undefined;) {
            const text = await page(path);
            said.push(...onPage(rowsOfPage(text)));
            path = /<a class="button second" href="(\/audit\?[^"]*de-unde=[^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
          }
          return said;
        },
      },
      'command line': {
        ask: async (asOf) => {
          const { stdout, stderr } = await tichet(folder, 'audit', '--as-of', asOf, '--json');
          if (stderr !== '') throw new Error(stderr);
          return (JSON.parse(stdout) as Listed).tickets.flatMap(linesOf);
        },
      },
    };
  },
};

/** What is open in the tables is the answer now; asked of no moment. */
export const verdictsNow: Kind = {
  name: 'verdicts now',
  ways: async ({ service }, { sqlite, postgres }) => {
    const { api } = await personAs(service, 'auditor');
    const open = (ask: Ask): Way => ({
      ask: async () =>
        (await ask<IntervalRow>('SELECT ticket_id, check_id, verdict, grade FROM v2_verdicts')).map((row) =>
          line(row.ticket_id, row.check_id, row.verdict, row.grade),
        ),
    });
    const wholes = (ask: Ask): Way => ({
      partly: (said) => said.flatMap((one) => (/ overall | fail /.test(one) ? [one.replace(/( C\d\d fail).*/, '$1')] : [])),
      ask: async () =>
        (
          await ask<{
            readonly ticket_id: string;
            readonly overall: string;
            readonly grade: string | null;
            readonly failed_checks: string | null;
          }>('SELECT ticket_id, overall, grade, failed_checks FROM v2_ticket_verdicts')
        ).flatMap((row) => [
          line(row.ticket_id, 'overall', row.overall, row.grade),
          ...(row.failed_checks?.split(' ') ?? []).map((id) => line(row.ticket_id, id, 'fail')),
        ]),
    });
    return {
      API: { ask: () => listed(api) },
      'open intervals in SQLite': open(sqlite),
      'open intervals in PostgreSQL': open(postgres),
      'one row a ticket in SQLite': wholes(sqlite),
      'one row a ticket in PostgreSQL': wholes(postgres),
    };
  },
};
