import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ReportingRow } from '@tichet-albastru/event-log/ports/reporting';
import { dutyKindNames, dutyKinds } from '../../src/domain/duties/duty-kinds';
import type { Locale } from '../../src/domain/ticket/facts';
import { demoFolderPrefix } from '../../src/infrastructure/tools/command-line/commands/serve';
import { root } from '../docs/markdown';
import { emptyFolder } from '../support/closing';
import { readsTypeScript } from '../support/driver-of-sqlite';
import { type AskedReporting, everyTableInPostgres, everyTableInSqlite, type ReportingRowsByTable } from '../support/reporting-tables';

const folder = join(root, 'examples/dashboards');
const questions = readdirSync(join(folder, 'sql')).map((file) => basename(file, '.sql'));
const sqlOf = (question: string): string => readFileSync(join(folder, `sql/${question}.sql`), 'utf8');

type Rows = readonly Record<string, unknown>[];
/** What the data loaders of the pages get. */
const answersOf = (address: string): Record<string, Rows> => {
  const code = `import { answer } from './database.js'; const answers = {};
    for (const question of ${JSON.stringify(questions)}) answers[question] = await answer(question);
    process.stdout.write(JSON.stringify(answers));`;
  const env = { ...process.env, REPORTING_DATABASE: address };
  return JSON.parse(
    execFileSync(process.execPath, [...readsTypeScript, '--input-type=module', '--eval', code], {
      cwd: folder,
      env,
      encoding: 'utf8',
      stdio: 'pipe',
    }),
  );
};

const held = { held: true, week: '2026-W09', department_code: '433', booked: true, meeting_date: '2026-02-24' };
const online = { ...held, mode: 'online', held_online: true };
const observed = { recorded: true, recorded_grade: 'observed' };
const after = (minutes: number, grade = 'observed') => ({ resolution_delivered_after_minutes: minutes, resolution_grade: grade });
/** Ten tickets of two departments in two weeks, so few that every figure can be counted by hand. */
const tickets: readonly ReportingRow[] = [
  { ...online, ...observed, ...after(30) },
  { ...online, recorded: true, recorded_grade: 'declared', ...after(90, 'declared') },
  { ...online, ...after(2000) },
  { ...held, mode: 'phone' },
  { week: '2026-W09', department_code: '433', booked: true, citizen_absent: true },
  { ...online, ...observed, ...after(121), department_code: '305' },
  { week: '2026-W09', department_code: '305', cancelled_by: 'citizen' },
  // who was not met got another hour, and came
  { ...held, mode: 'in-person', staff_absent: true, ...after(5000), department_code: '305' },
  { week: '2026-W10', department_code: '433', booked: true, mode: 'phone', staff_absent: true },
  { ...online, week: '2026-W10', ...after(10) },
].map((ticket, number) => ({ ticket_id: `t${number}`, ...ticket }));

const absence = { number: 1, department_code: '433', kind: 'citizen-absent', from_week: '2026-W09' };
/** The hours that were missed, by the week in which somebody waited: t7 was held afterwards, t8 has an hour in the next week. */
const ticket_changes: readonly ReportingRow[] = [
  { ticket_id: 't4', ...absence },
  { ticket_id: 't7', department_code: '305', kind: 'staff-absent', from_week: '2026-W09' },
  { ticket_id: 't8', department_code: '433', kind: 'staff-absent', from_week: '2026-W09' },
  { ticket_id: 't8', department_code: '433', kind: 'moved', from_week: '2026-W09' },
].map((change, number) => ({ ...change, number }));

const clarification = { state: 'clarification', department_code: '433' };
const requests: readonly ReportingRow[] = [
  { ...clarification, days_left: 0 },
  { ...clarification, days_left: 3, active_ticket_id: 't9' },
  { ...clarification, days_left: 3, department_code: '305' },
  { ...clarification, days_left: 10, department_code: null },
  { ...clarification, days_left: 11 },
  { ...clarification, state: 'expired', days_left: 2 },
  { department_code: '433', state: 'in-operation' },
  { department_code: '110', state: 'expired' },
].map((request, number) => ({ request_id: `${number}_2026-01-05`, ...request }));

const staff: readonly ReportingRow[] = [
  { staff_id: 's1', department_code: '433', department: 'Serviciul Autorizări construcții', active: true },
  { staff_id: 's2', department_code: '305', department: 'Biroul Taxe și impozite', active: true },
];

const workday = { staff_id: 's1', department_code: '433', date: '2026-02-24', week: '2026-W09', slots: 32, working_by_law: true };
const staff_days: readonly ReportingRow[] = [
  workday,
  { ...workday, staff_id: 's2', department_code: '305', slots: 16 },
  // of 433 this day is in a pause
  { ...workday, date: '2026-02-25' },
  { ...workday, date: '2026-02-25', staff_id: 's2', department_code: '305', slots: 4 },
  // a Saturday that was worked, and a Sunday
  { ...workday, date: '2026-02-28', slots: 8, working_by_law: false },
  { ...workday, date: '2026-03-01', slots: 8, working_by_law: false },
  { ...workday, date: '2026-03-03', week: '2026-W10' },
  // ahead of every meeting
  { ...workday, date: '2026-03-10', week: '2026-W11' },
];
const closures: readonly ReportingRow[] = [
  { closure_id: 'c2', kind: 'working-day', from_date: '2026-02-28', to_date: '2026-02-28' },
  { closure_id: 'c3', kind: 'pause', from_date: '2026-02-25', to_date: '2026-02-26', department_code: '433' },
  { closure_id: 'c1', kind: 'bridge-day', from_date: '2026-03-03', to_date: '2026-03-03' },
];

const sending = { kind: 'send-resolution', article: '7', department_code: '433', state: 'open', limit_at: '2026-03-04T21:59:59.999Z' };
const duties: readonly ReportingRow[] = [
  sending,
  { ...sending, state: 'missed', overdue: true, limit_at: '2026-02-25T21:59:59.999Z' },
  { ...sending, department_code: '305' },
  // done late, and done in time
  { ...sending, state: 'missed' },
  { ...sending, state: 'met' },
].map((duty, number) => ({ ticket_id: `t${number}`, duty_id: duty.kind, ...duty }));

const data: ReportingRowsByTable = { tickets, ticket_changes, requests, staff, staff_days, closures, duties };

/** A table as one draws it: the names of its columns, and its rows below. */
const drawn = (columns: string, ...rows: readonly (readonly (string | number | null)[])[]): Rows =>
  rows.map((row) => Object.fromEntries(columns.split(' ').map((name, place) => [name, row[place]])));

/** Worked out on paper from the ten tickets. */
const onPaper: Record<string, Rows> = {
  'meetings-by-week': drawn(
    'week department_code tickets held held_online cancelled',
    ['2026-W09', '305', 3, 2, 1, 1],
    ['2026-W09', '433', 5, 4, 3, 0],
    ['2026-W09', 'all', 8, 6, 4, 1],
    ['2026-W10', '433', 2, 1, 1, 0],
    ['2026-W10', 'all', 2, 1, 1, 0],
  ),
  'share-recorded': drawn(
    'week department_code held_online recorded recorded_observed recorded_declared share_recorded',
    ['2026-W09', '305', 1, 1, 1, 0, 100],
    ['2026-W09', '433', 3, 2, 1, 1, 66.7],
    ['2026-W09', 'all', 4, 3, 2, 1, 75],
    ['2026-W10', '433', 1, 0, 0, 0, 0],
    ['2026-W10', 'all', 1, 0, 0, 0, 0],
  ),
  'time-to-resolution': drawn(
    'week department_code held delivered delivered_declared within_2_hours within_1_day within_3_days later not_yet median_minutes',
    ['2026-W09', '305', 2, 2, 0, 0, 1, 0, 1, 0, 2560.5],
    ['2026-W09', '433', 4, 3, 1, 2, 0, 1, 0, 1, 90],
    ['2026-W09', 'all', 6, 5, 1, 2, 1, 1, 1, 1, 121],
    ['2026-W10', '433', 1, 1, 0, 1, 0, 0, 0, 0, 10],
    ['2026-W10', 'all', 1, 1, 0, 1, 0, 0, 0, 0, 10],
  ),
  'no-shows': drawn(
    'week department_code hours citizen_absent staff_absent share_citizen_absent',
    ['2026-W09', '305', 3, 0, 1, 0],
    ['2026-W09', '433', 6, 1, 1, 16.7],
    ['2026-W09', 'all', 9, 1, 2, 11.1],
    ['2026-W10', '433', 1, 0, 0, 0],
    ['2026-W10', 'all', 1, 0, 0, 0],
  ),
  'requests-near-day-30': drawn(
    'days_left department_code requests without_ticket',
    [0, '433', 1, 1],
    [0, 'all', 1, 1],
    [3, '305', 1, 1],
    [3, '433', 1, 0],
    [3, 'all', 2, 1],
    [10, '?', 1, 1],
    [10, 'all', 1, 1],
  ),
  capacity: drawn(
    'week department_code offered booked held share_booked',
    ['2026-W09', '305', 20, 2, 2, 10],
    ['2026-W09', '433', 40, 5, 4, 12.5],
    ['2026-W09', 'all', 60, 7, 6, 11.7],
    ['2026-W10', '433', 0, 2, 1, null],
    ['2026-W10', 'all', 0, 2, 1, null],
  ),
  duties: drawn(
    'kind article department_code open_duties overdue earliest_limit_at',
    ['send-resolution', '7', '305', 1, 0, '2026-03-04T21:59:59.999Z'],
    ['send-resolution', '7', '433', 2, 1, '2026-02-25T21:59:59.999Z'],
    ['send-resolution', '7', 'all', 3, 1, '2026-02-25T21:59:59.999Z'],
  ),
  departments: drawn(
    'department_code department',
    // those whose people have all left are in what they did
    ['110', null],
    ['305', 'Biroul Taxe și impozite'],
    ['433', 'Serviciul Autorizări construcții'],
    ['?', null],
  ),
};

const databases: readonly (readonly [string, () => AskedReporting | Promise<AskedReporting>])[] = [
  ['SQLite', everyTableInSqlite],
  ['PostgreSQL', everyTableInPostgres],
];

type Asked = { readonly of: string; readonly sqlOf: (department: string) => string };
type Target = { readonly rawSql?: string; readonly queryText?: string };
type Panel = { readonly title: string; readonly targets: readonly Target[] };
type Grafana = {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly query: string | Target }[] };
};
type Card = { readonly name: string; readonly dataset_query: { readonly native: { readonly query: string } } };

const parsed = (path: string) => JSON.parse(readFileSync(join(folder, path), 'utf8'));
const textOf = ({ rawSql, queryText }: Target): string => rawSql ?? queryText ?? '';
/** Each panel as its program asks it, with the department that somebody chose. */
const panelsOf = (dashboard: string): readonly Asked[] => {
  const { panels }: Grafana = parsed(`grafana/dashboards/${dashboard}.json`);
  return panels.flatMap(({ title, targets }) =>
    targets.map((target) => ({ of: title, sqlOf: (department: string) => textOf(target).replaceAll('${department}', department) })),
  );
};
const cardsOfMetabase: readonly Card[] = parsed('metabase/cards.json');
const cards = cardsOfMetabase.map(({ name, dataset_query }): Asked => ({
  of: name,
  sqlOf: (department) => dataset_query.native.query.replaceAll('{{department}}', `'${department}'`),
}));
/** As Grafana asks for the departments to choose from. */
const variableOf = (dashboard: string): string => {
  const { templating }: Grafana = parsed(`grafana/dashboards/${dashboard}.json`);
  const { query } = templating.list[0] ?? { query: '' };
  return typeof query === 'string' ? query : textOf(query);
};

/** What a panel shows of one department, by its title, and of which question that is a part. */
const ofPanels: readonly (readonly [title: string, question: string, ...columns: readonly string[]])[] = [
  ['Întâlniri pe săptămâni', 'meetings-by-week', 'week', 'held', 'held_online', 'cancelled'],
  ['Întâlniri online înregistrate', 'share-recorded', 'week', 'share_recorded'],
  ['Înregistrări observate', 'share-recorded', 'week', 'recorded_observed', 'recorded_declared'],
  ['Până la rezoluție', 'time-to-resolution', 'week', 'within_2_hours', 'within_1_day', 'within_3_days', 'later', 'not_yet'],
  ['Cine nu a venit', 'no-shows', 'week', 'citizen_absent', 'staff_absent'],
  ['Cereri aproape de ziua 30', 'requests-near-day-30', 'days_left', 'requests', 'without_ticket'],
  ['Ore oferite și ocupate', 'capacity', 'week', 'offered', 'booked', 'held'],
  ['Ce este de făcut', 'duties', 'kind', 'article', 'department_code', 'open_duties', 'overdue', 'earliest_limit_at'],
  [
    'Cât de vechi sunt datele',
    'freshness',
    'table_name',
    'filled_at',
    'behind_rows',
    'behind_seconds',
    'parked',
    'source_parked',
    'judged_until',
  ],
];
const only = (row: Record<string, unknown>, columns: readonly string[]) => Object.fromEntries(columns.map((name) => [name, row[name]]));

describe.each(databases)('the questions of the dashboards, on %s', (name, opened) => {
  let reporting: AskedReporting;
  beforeAll(async () => {
    reporting = await opened();
    await reporting.add(data);
  });

  it('are answered with the figures counted by hand, to the data loaders of the pages', () => {
    const answers = answersOf(reporting.address);
    expect(Object.keys(answers).sort()).toEqual([...Object.keys(onPaper), 'freshness'].sort());
    for (const [question, rows] of Object.entries(onPaper)) expect({ [question]: answers[question] }).toEqual({ [question]: rows });
  });

  it.each([
    ['Grafana', panelsOf(name === 'SQLite' ? 'tichet-sqlite' : 'tichet-postgresql')],
    ['Metabase', cards],
  ])('are answered with the same figures, panel by panel, to %s', async (_, asked) => {
    expect(asked).toHaveLength(ofPanels.length);
    for (const [index, [title, question, ...columns]] of ofPanels.entries())
      for (const department of ['all', '433', '305']) {
        const { of, sqlOf: statement } = asked[index] ?? { of: '', sqlOf: () => '' };
        expect(of).toContain(title);
        const { columns: shown, rows } = await reporting.ask(statement(department));
        const expected = (onPaper[question] ?? []).filter(({ department_code }) => department_code === department);
        expect({ of, shown, rows: JSON.parse(JSON.stringify(rows)) }).toEqual({
          of,
          shown: columns,
          rows: expected.map((row) => only(row, columns)),
        });
      }
  });

  it('offer the departments to choose from, all of them first', async () => {
    const { rows } = await reporting.ask(variableOf(name === 'SQLite' ? 'tichet-sqlite' : 'tichet-postgresql'));
    expect(rows.map(({ department_code }) => department_code)).toEqual(['all', '110', '305', '433', '?']);
  });

  it.each([
    ['share-recorded', 'v2_weekly', 'week, department_code, held_online, recorded, recorded_observed, recorded_declared, share_recorded'],
    [
      'meetings-by-week',
      'v2_weekly',
      'week, department_code, tickets, held, held_online, cancelled_by_citizen + cancelled_by_staff AS cancelled',
    ],
    [
      'no-shows',
      '(SELECT week, department_code, sum(hours) AS hours, sum(citizen_absent) AS citizen_absent, sum(staff_absent) AS staff_absent FROM v2_attendance GROUP BY week, department_code) AS a',
      'week, department_code, hours, citizen_absent, staff_absent',
    ],
    [
      'capacity',
      '(SELECT week, department_code, sum(offered_slots) AS offered, sum(booked_slots) AS booked, sum(held_slots) AS held FROM v2_capacity GROUP BY week, department_code) AS c',
      'week, department_code, offered, booked, held',
    ],
  ])('count what the views count: %s', async (question, view, columns) => {
    const { rows } = await reporting.ask(`SELECT ${columns} FROM ${view} ORDER BY week, department_code`);
    const { rows: ours } = await reporting.ask(sqlOf(question));
    const shown = Object.keys(rows[0] ?? {});
    const weeks = ours.map(({ week }) => week);
    expect(rows.filter(({ week }) => weeks.includes(week))).toEqual(
      ours.flatMap((row) => (row['department_code'] === 'all' ? [] : [only(row, shown)])),
    );
  });
});

describe.each(databases)('where there is more than a page shows, on %s', (_, opened) => {
  const weekNumber = (number: number): string => `2026-W${String(number).padStart(2, '0')}`;

  it('the 26 newest weeks are counted', async () => {
    const reporting = await opened();
    const later = Array.from({ length: 27 }, (__, index) => weekNumber(index + 1));
    await reporting.add({
      tickets: later.map((week) => ({ ...online, ticket_id: week, week, citizen_absent: true })),
      staff_days: later.map((week) => ({ ...workday, staff_id: week, week })),
    });
    for (const question of ['meetings-by-week', 'share-recorded', 'time-to-resolution', 'no-shows', 'capacity']) {
      const { rows } = await reporting.ask(sqlOf(question));
      expect({ question, weeks: [...new Set(rows.map(({ week }) => week))] }).toEqual({ question, weeks: later.slice(1) });
    }
  });

  it('a share does not hide the last case, nor the first', async () => {
    const reporting = await opened();
    const counts = [
      ['2026-W01', 2001, 2000],
      ['2026-W02', 2001, 1],
      ['2026-W03', 3, 1],
    ] as const;
    const each = (count: number, of: (index: number) => ReportingRow) => Array.from({ length: count }, (__, index) => of(index));
    await reporting.add({
      tickets: counts.flatMap(([week, all, part]) =>
        each(all, (index) => ({ ...online, ...(index < part ? { ...observed, held: false } : {}), week, ticket_id: `${week}-${index}` })),
      ),
      ticket_changes: counts.flatMap(([week, , part]) =>
        each(part, (index) => ({ ...absence, from_week: week, ticket_id: `${week}-${index}` })),
      ),
    });
    for (const [question, share] of [
      ['share-recorded', 'share_recorded'],
      ['no-shows', 'share_citizen_absent'],
    ] as const) {
      const { rows } = await reporting.ask(sqlOf(question));
      expect(rows.flatMap((row) => (row['department_code'] === 'all' ? [row[share]] : []))).toEqual([99.9, 0.1, 33.3]);
    }
  });
});

/** A sharp ends the address, and what stands before it is no port. */
const unreadable = 'postgres://reader:secret#1@127.0.0.1/tichet';

describe('the folder of the dashboards', () => {
  it('holds the files for Grafana and Metabase as its program writes them', () => {
    const code = "import { files } from './panels.js'; process.stdout.write(JSON.stringify(files()));";
    const written = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder, encoding: 'utf8' });
    for (const [path, content] of Object.entries(JSON.parse(written) as Record<string, unknown>)) expect(parsed(path)).toEqual(content);
  });

  it('names every kind of duty, as the service does', () => {
    const code = "import { words } from './src/components/words.js'; process.stdout.write(JSON.stringify(words));";
    const written = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder, encoding: 'utf8' });
    const said = JSON.parse(written) as Readonly<Record<Locale, { readonly duties: { readonly kinds: unknown } }>>;
    for (const locale of ['ro', 'en'] as const)
      expect(said[locale].duties.kinds).toEqual(Object.fromEntries(dutyKindNames.map((kind) => [kind, dutyKinds[kind].name[locale]])));
  });

  it('counts rows and hours as people do', () => {
    const code = `import { words } from './src/components/words.js';
      const said = ({ behindBy, old }) => [1, 2, 25].flatMap((count) => [behindBy('duties', count, 0), old(count).split(':')[0]]);
      process.stdout.write(JSON.stringify([said(words.ro), said(words.en)]));`;
    const written = execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder, encoding: 'utf8' });
    expect(JSON.parse(written)).toEqual([
      [
        ...['duties (un rând în urmă, oprite: 0)', 'Datele sunt vechi de o oră'],
        ...['duties (2 rânduri în urmă, oprite: 0)', 'Datele sunt vechi de 2 ore'],
        ...['duties (25 de rânduri în urmă, oprite: 0)', 'Datele sunt vechi de 25 de ore'],
      ],
      [
        ...['duties (one row behind, 0 parked)', 'The data are an hour old'],
        ...['duties (2 rows behind, 0 parked)', 'The data are 2 hours old'],
        ...['duties (25 rows behind, 0 parked)', 'The data are 25 hours old'],
      ],
    ]);
  });

  it('installs exact versions, those of the service where it has them, and names no server of packages', () => {
    type Manifest = { readonly dependencies: Readonly<Record<string, string>> };
    const { dependencies }: Manifest = parsed('package.json');
    const { dependencies: ofService } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
    for (const [of, version] of Object.entries(dependencies)) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/u);
      expect({ of, version }).toEqual({ of, version: ofService[of] ?? version });
    }
    const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
    expect(lock).not.toContain('"resolved"');
    const { packages }: { readonly packages: Readonly<Record<string, Manifest>> } = parsed('package-lock.json');
    expect(packages['']?.dependencies).toEqual(dependencies);
  });

  it('takes nothing from another server while it builds, or on a page', () => {
    const sources = readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
      /^[^.].*\.(?:md|js)$/u.test(path),
    );
    expect(sources.length).toBeGreaterThan(5);
    for (const path of ['../observablehq.config.js', ...sources]) {
      const text = readFileSync(join(folder, 'src', path), 'utf8');
      expect({ path, found: /['"](?:npm|jsr|https?):/u.exec(text)?.[0] }).toEqual({ path, found: undefined });
    }
  });

  it.each([
    ['without an address', '', 'REPORTING_DATABASE is not set'],
    ['of a file that is not there', '/nowhere/reporting.db', 'could not be asked of /nowhere/reporting.db'],
    [
      'of a database that is away, without its password',
      'postgres://reader:secret@127.0.0.1:1/tichet',
      'could not be asked of 127.0.0.1:1',
    ],
    ['of an address that cannot be read, without its password', unreadable, 'REPORTING_DATABASE is no address that can be read'],
  ])('says what is wrong %s', (_, address, sentence) => {
    const said = (): string => {
      try {
        return JSON.stringify(answersOf(address));
      } catch (error) {
        return (error as { readonly stderr: string }).stderr;
      }
    };
    const output = said();
    expect(output).toContain(sentence);
    expect(output).not.toContain('secret');
  });

  it('says that no demonstration is running where one that was killed has left its folder', () => {
    const tmpdir = emptyFolder();
    const left = join(tmpdir, `${demoFolderPrefix}left`);
    mkdirSync(left);
    writeFileSync(join(left, 'reporting.db'), '');
    const anHourAgo = new Date(Date.now() - 3_600_000);
    utimesSync(join(left, 'reporting.db'), anHourAgo, anHourAgo);
    const env = { PATH: process.env['PATH'], TMPDIR: tmpdir };
    const { stderr } = spawnSync(process.execPath, [join(folder, 'start.js')], { encoding: 'utf8', env });
    expect(stderr).toContain('No demonstration is running');
  });

  it.each([
    ['where no demonstration is running', {}, 'npm run demo'],
    ['of a file that is not there', { REPORTING_DATABASE: '/nowhere/reporting.db' }, 'There is no /nowhere/reporting.db'],
    ['of an address that cannot be read', { REPORTING_DATABASE: unreadable }, 'REPORTING_DATABASE is no address that can be read'],
  ])('says what to do %s, before it installs anything', (_, named, sentence) => {
    const env = { PATH: process.env['PATH'], TMPDIR: emptyFolder(), ...named };
    const { status, stderr, stdout } = spawnSync(process.execPath, [join(folder, 'start.js')], { encoding: 'utf8', env });
    expect(stderr).not.toContain('secret');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(sentence);
  });
});
