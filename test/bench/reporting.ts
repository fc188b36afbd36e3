// The questions of the dashboards on a million tickets, in both databases:
// npm run bench:reporting -- [TICKETS]
// It prints plan and milliseconds of each, and ends with 1 where a dashboard or one of the guide's questions of a mayor takes longer
// than it may, or the databases do not answer alike.
import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import { addDays, isoWeekOf } from '../../src/domain/time/civil-time';
import { postgresReporting, type ReportingDialect, sqliteReporting } from '@tichet-albastru/event-log/reporting/reporting-dialect';
import { read } from '../docs/markdown';
import { declaredReporting, nothingOf, rowsAsInSqlite } from '../support/reporting-tables';
import { medianOf } from './support/measuring';
import { freshDatabase, removePostgres } from './support/postgres';
import { freshFolder, removeFolders } from './support/stores';
import { reportingTables } from '../support/declared-reporting';

const tickets = Number(process.argv[2] ?? 1_000_000);
const rounds = 5;
const years = 10;
const departments = 40;
const people = 400;
/** Those of the dashboards, and the five of the guide with the one beside them; the rest of the guide goes over all years. */
const bounded = (question: string): boolean => question.endsWith('.sql') || /^(\d\.|And:)/u.test(question);
const limits = { SQLite: 3000, PostgreSQL: 1000 } as const;

const folder = join(__dirname, '../../examples/dashboards/sql');
const guide = 'docs/reporting.md';
/** The statements of the guide, each by the words in bold before it, or by the first of the sentence before it. */
const statementsOfGuide = [
  ...read(guide).matchAll(/\n\n(?:\*\*(.+?)\*\*|([^\n]{1,60})\b)[^\n]*(?:\n[^\n]+)*\n\n```sql\n([\s\S]*?)```/gu),
].map(([, bold, words = '', sql = '']) => [bold ?? `${words.trim()} …`, sql] as const);
/** The statements of the dashboards, and those that the guide tells people to begin with, each with what names it. */
const questions: readonly (readonly [name: string, sql: string])[] = [
  ...readdirSync(folder).map((file) => [`${basename(file, '.sql')}.sql`, readFileSync(join(folder, file), 'utf8')] as const),
  ...statementsOfGuide,
];

/** The working days of ten years, of which the last two months are ahead. */
const days = (() => {
  const made: { readonly date: string; readonly week: string; readonly month: string }[] = [];
  for (let date = '2017-01-02'; made.length < years * 52 * 5; date = addDays(date, 1)) {
    const weekday = new Date(date).getUTCDay();
    if (weekday !== 0 && weekday !== 6) made.push({ date, week: isoWeekOf(date), month: date.slice(0, 7) });
  }
  return made;
})();
const today = days.length - 45;

/** As SQL: what differs between the databases. */
type Writing = {
  readonly numbers: (upTo: number) => string;
  readonly instant: (text: string) => string;
  readonly date: (text: string) => string;
  readonly flag: (condition: string) => string;
};
const sqliteWriting: Writing = {
  numbers: (upTo) =>
    `(WITH RECURSIVE counted(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < ${upTo}) SELECT n FROM counted)`,
  instant: (text) => text,
  date: (text) => text,
  flag: (condition) => `CASE WHEN ${condition} THEN 1 ELSE 0 END`,
};
const postgresWriting: Writing = {
  numbers: (upTo) => `(SELECT n FROM generate_series(CAST(0 AS bigint), ${upTo - 1}) AS counted(n))`,
  instant: (text) => `CAST(${text} AS timestamptz)`,
  date: (text) => `CAST(${text} AS date)`,
  flag: (condition) => `(${condition})`,
};

const literalOf = (value: string | number | boolean | null, { flag }: Writing): string =>
  typeof value === 'boolean'
    ? flag(value ? '1 = 1' : '1 = 0')
    : value === null
      ? 'NULL'
      : typeof value === 'number'
        ? String(value)
        : `'${value}'`;

/** Every row of a table out of a number: the columns that are not given are null, or where they are required nothing. */
const filled = (name: string, from: string, given: Readonly<Record<string, string>>, writing: Writing): string => {
  const columns = reportingTables.find((table) => table.name === name)?.columns ?? {};
  const values = Object.entries(columns).map(([column, { type, required }]) => {
    const value = given[column];
    if (value !== undefined) return value;
    const nothing = literalOf(required ? nothingOf[type] : null, writing);
    return type === 'instant' ? writing.instant(nothing) : type === 'date' ? writing.date(nothing) : nothing;
  });
  return `INSERT INTO v2_${name} (${Object.keys(columns).join(', ')}) SELECT ${values.join(', ')} FROM ${from}`;
};

/** Arithmetic that both databases have: the same rows in both, scattered over days, people, modes and outcomes. */
const statementsOf = (writing: Writing): readonly string[] => {
  const { numbers, instant, date, flag } = writing;
  const person = '((n * 7919 + n / 2600) % 400)';
  const department = `CAST(100 + ${person} % ${departments} AS text)`;
  const day = `((n * 104729) % ${days.length})`;
  const isPast = `days.number < ${today}`;
  const isHeld = `(${isPast} AND n % 10 > 1)`;
  const isOnline = '(n % 3 = 0)';
  const minutes = '((n * 31) % 4000)';
  const at = (hour: string) => instant(`days.date_text || 'T${hour}:00:00.000Z'`);
  const when = (condition: string, value: string) => `CASE WHEN ${condition} THEN ${value} END`;
  const delivered = `(${isHeld} AND n % 20 <> 2)`;
  return [
    filled(
      'tickets',
      `${numbers(tickets)} AS numbered JOIN days ON days.number = ${day}`,
      {
        ticket_id: `'0195a3c0-1b2c-7d3e-8f40-' || CAST(100000000000 + n AS text)`,
        department_code: department,
        staff_id: `'official-' || CAST(${person} AS text)`,
        mode: `CASE n % 3 WHEN 0 THEN 'online' WHEN 1 THEN 'phone' ELSE 'in-person' END`,
        status: `CASE WHEN ${isHeld} THEN 'concluded' ELSE 'scheduled' END`,
        ground: `'in-operation'`,
        requested_at: at('07'),
        scheduled_at: at('08'),
        starts_at: at('09'),
        meeting_date: date('days.date_text'),
        week: 'days.week',
        month: 'days.month',
        booked: flag('n % 10 <> 0'),
        held: flag(isHeld),
        held_online: flag(`${isHeld} AND ${isOnline}`),
        to_be_recorded: flag(`${isHeld} AND ${isOnline}`),
        recorded: flag(`${isHeld} AND ${isOnline} AND n % 30 <> 3`),
        recorded_grade: when(`${isHeld} AND ${isOnline} AND n % 30 <> 3`, `CASE WHEN n % 11 = 0 THEN 'declared' ELSE 'observed' END`),
        cancelled_by: when('n % 10 = 0', `'citizen'`),
        citizen_absent: flag(`${isPast} AND n % 20 = 1`),
        minutes: when(isHeld, '14.5'),
        started_at: when(isHeld, at('09')),
        ended_at: when(isHeld, at('10')),
        resolution_issued_at: when(delivered, at('11')),
        resolution_delivered_at: when(delivered, at('12')),
        resolution_delivered_after_minutes: when(delivered, minutes),
        resolution_grade: when(delivered, `'observed'`),
      },
      writing,
    ),
    filled(
      'ticket_changes',
      `${numbers(tickets)} AS numbered JOIN days ON days.number = ${day} WHERE ${isPast} AND n % 20 = 1`,
      {
        ticket_id: `'0195a3c0-1b2c-7d3e-8f40-' || CAST(100000000000 + n AS text)`,
        department_code: department,
        number: '1',
        kind: `'citizen-absent'`,
        acted_by: `'staff'`,
        changed_at: at('09'),
        date: date('days.date_text'),
        week: 'days.week',
        from_starts_at: at('09'),
        from_week: 'days.week',
        from_month: 'days.month',
      },
      writing,
    ),
    filled(
      'requests',
      numbers(tickets) + ' AS numbered',
      {
        request_id: `CAST(n AS text) || '_2026-02-16'`,
        department_code: department,
        handler_staff_id: `'official-' || CAST(${person} AS text)`,
        state: `CASE WHEN n % 100 = 7 THEN 'clarification' ELSE 'expired' END`,
        days_left: 'CASE WHEN n % 100 = 7 THEN (n / 100) % 31 END',
        active_ticket_id: when('n % 200 = 7', `'t'`),
      },
      writing,
    ),
    filled(
      'duties',
      `${numbers(tickets * 2)} AS numbered`,
      {
        ticket_id: `'0195a3c0-1b2c-7d3e-8f40-' || CAST(100000000000 + n / 2 AS text)`,
        duty_id: `CASE n % 2 WHEN 0 THEN 'write-resolution' ELSE 'send-resolution' END`,
        kind: `CASE n % 2 WHEN 0 THEN 'write-resolution' ELSE 'send-resolution' END`,
        article: `'7'`,
        owed_by: `'staff'`,
        department_code: department,
        state: `CASE WHEN n % 100 = 3 THEN 'open' WHEN n % 37 = 0 THEN 'missed' ELSE 'met' END`,
        overdue: flag('n % 400 = 37'),
        limit_at: instant(`'2026-03-05T21:59:59.999Z'`),
      },
      writing,
    ),
    filled(
      'staff',
      `${numbers(people)} AS numbered`,
      {
        staff_id: `'official-' || CAST(n AS text)`,
        department_code: `CAST(100 + n % ${departments} AS text)`,
        department: `'Serviciul'`,
        active: flag('1 = 1'),
      },
      writing,
    ),
    filled(
      'staff_days',
      `${numbers(people)} AS numbered JOIN days ON 1 = 1`,
      {
        staff_id: `'official-' || CAST(n AS text)`,
        department_code: `CAST(100 + n % ${departments} AS text)`,
        date: date('days.date_text'),
        week: 'days.week',
        month: 'days.month',
        slots: '32',
        working_by_law: flag('1 = 1'),
      },
      writing,
    ),
  ];
};

const daysTable = 'CREATE TABLE days (number integer PRIMARY KEY, date_text text, week text, month text)';
const daysRows = `INSERT INTO days VALUES ${days.map(({ date, week, month }, number) => `(${number}, '${date}', '${week}', '${month}')`).join(', ')}`;

/** Indexes are made once the rows are there: much faster, and the same. */
const inTwo = (dialect: ReportingDialect): readonly [tables: string, indexes: string] => {
  const statements = declaredReporting(dialect);
  const isIndex = (statement: string): boolean => statement.startsWith('CREATE INDEX');
  return [statements.filter((statement) => !isIndex(statement)).join(';\n'), statements.filter(isIndex).join(';\n')];
};

type Asked = {
  readonly name: keyof typeof limits;
  readonly ask: (sql: string) => Promise<readonly unknown[]>;
  readonly plan: (sql: string) => Promise<string>;
  readonly close: () => Promise<unknown>;
};

const inSqlite = (): Asked => {
  const path = join(freshFolder(), 'reporting.db');
  const database = openSqlite(path);
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  const [tables, indexes] = inTwo(sqliteReporting);
  database.exec(`${tables}; ${daysTable}; ${daysRows}`);
  for (const statement of statementsOf(sqliteWriting)) database.exec(statement);
  database.exec(`${indexes}; ANALYZE`);
  database.close();
  // as a dashboard opens it: with the settings that SQLite has by itself
  const reading = openSqlite(path, { readonly: true });
  return {
    name: 'SQLite',
    close: () => Promise.resolve(reading.close()),
    ask: (sql) => Promise.resolve(reading.prepare(sql).all()),
    plan: (sql) =>
      Promise.resolve(
        reading
          .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
          .all()
          .map(({ detail }) => detail)
          .filter((detail) => /SCAN|SEARCH|TEMP/u.test(detail))
          .join('\n'),
      ),
  };
};

const openPostgres = async (): Promise<Asked> => {
  const client = new Client({ connectionString: (await freshDatabase()).url });
  await client.connect();
  await client.query(`CREATE SCHEMA reporting; SET search_path = reporting`);
  const [tables, indexes] = inTwo(postgresReporting);
  await client.query(`${tables}; ${daysTable}; ${daysRows}`);
  for (const statement of statementsOf(postgresWriting)) await client.query(statement);
  await client.query(indexes);
  await client.query('VACUUM ANALYZE');
  return {
    name: 'PostgreSQL',
    close: () => client.end(),
    ask: async (sql) => rowsAsInSqlite(await client.query<Record<string, unknown>>(sql)),
    plan: async (sql) =>
      (await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN (COSTS OFF) ${sql}`)).rows
        .map((row) => row['QUERY PLAN'])
        .filter((line) => /Scan|Sort|Aggregate|WindowAgg/u.test(line))
        .join('\n'),
  };
};

const measured = async ({ ask }: Asked, sql: string): Promise<number> => {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    await ask(sql);
    taken.push(performance.now() - from);
  }
  return medianOf(taken);
};

const run = async (): Promise<void> => {
  const opened: Asked[] = [];
  for (const open of [inSqlite, openPostgres]) {
    const from = performance.now();
    const asked = await open();
    console.error(`${asked.name}: ${tickets} tickets filled in ${Math.round((performance.now() - from) / 1000)} s`);
    opened.push(asked);
  }
  const plans: string[] = [];
  console.log(
    `| question | rows | ${opened.map(({ name }) => `${name}, ms`).join(' | ')} |\n|---|---:|${opened.map(() => '---:').join('|')}|`,
  );
  for (const [question, sql] of questions) {
    const answers: { readonly rows: number; readonly told: string }[] = [];
    const cells: string[] = [];
    for (const asked of opened) {
      const milliseconds = await measured(asked, sql);
      if (milliseconds > limits[asked.name] && bounded(question)) process.exitCode = 1;
      cells.push(milliseconds.toFixed(milliseconds < 10 ? 1 : 0));
      // decimals and days are written in two ways: of the guide's statements the rows are counted
      const rows = await asked.ask(sql);
      answers.push({ rows: rows.length, told: question.endsWith('.sql') ? JSON.stringify(rows) : '' });
      plans.push(`### ${question}, ${asked.name}\n\n\`\`\`\n${await asked.plan(sql)}\n\`\`\``);
    }
    if (answers[0]?.rows !== answers[1]?.rows || answers[0]?.told !== answers[1]?.told) {
      console.error(`${question}: the databases do not answer alike.`);
      process.exitCode = 1;
    }
    console.log(`| \`${question}\` | ${answers[0]?.rows ?? 0} | ${cells.join(' | ')} |`);
  }
  console.log(`\n${plans.join('\n\n')}`);
  for (const { close } of opened) await close();
  removeFolders();
  await removePostgres();
  process.exit();
};

run().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
