import fc from 'fast-check';
import type { TicketFactsRow } from '../../../src/application/kernel/ports/tables';
import { type Figures, figuresOf } from '../../../src/application/reports/counted-tickets';
import { foldFigures } from '../../../src/application/reports/report-figures';
import type { DomainEvent } from '../../../src/domain/facts';
import { personal } from '../../../src/domain/kernel/personal-text';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { civilDateOf, isoWeekOf } from '../../../src/domain/time/civil-time';
import { percentOf } from '../../../src/infrastructure/web/figures/columns';
import { monthlyView, percentIn, resolutionTimesView, weeklyView } from '../../../src/projections/reporting/figures';
import { attendanceView, ticketChangesTable } from '../../../src/projections/reporting/ticket-changes';
import { ticketsTable } from '../../../src/projections/reporting/tickets';
import { ticketFacts } from '../../../src/projections/ticket-facts/ticket-facts';
import { domainEvents, type History } from '../../support/history';
import { onlineHistory, phoneHistory, staffAbsentHistory } from '../../support/histories';
import { everyLife, historyOfLife, lifeOf } from '../../support/lives';
import { foldedBy, reportingInPostgres, reportingInSqlite, type ReportingDatabase, tableOf } from '../../support/reporting-tables';
import { asCase } from '../kernel/world';

type Ask = ReportingDatabase['ask'];
type Facts = readonly TicketFactsRow[];

const views = [weeklyView, monthlyView, resolutionTimesView];
const filledWith = async (facts: ReadonlyMap<string, TicketFactsRow>) => [
  { table: ticketsTable, rows: await tableOf(ticketsTable, facts, '2028-01-01T00:00:00.000Z') },
];

const departments = ['425', '305', '110'] as const;
const inDepartment = (history: History, code: string): History =>
  JSON.parse(JSON.stringify(history).replaceAll('"425"', `"${code}"`).replaceAll('Serviciul Urbanism', `Serviciul ${code}`)) as History;

const at = '2027-06-01T08:00:00.000Z';
/** What nobody decides so today, and a log may hold all the same: the figures are of any log. */
const strayFacts: readonly TicketFact[] = [
  { type: 'RecordingAttached', data: { recordingId: 'r-1', durationSeconds: 600, attachedAt: at, grade: 'declared' } },
  { type: 'RecordingAttached', data: { recordingId: 'r-1', durationSeconds: 600, attachedAt: at, grade: 'observed' } },
  { type: 'RecordingAttached', data: { recordingId: 'r-2', durationSeconds: 600, attachedAt: at, grade: 'declared' } },
  { type: 'RecordingWithdrawn', data: { recordingId: 'r-1', noticedAt: at } },
  { type: 'RecordingMissing', data: { reason: personal('contact', 'platforma'), reportedAt: at, grade: 'declared' } },
  {
    type: 'RecordingTakenBack',
    data: { what: 'attached', recordingId: 'r-2', owed: true, reason: personal('record', 'alta'), takenBackBy: 'S-001', takenBackAt: at },
  },
  {
    type: 'HandOverTakenBack',
    data: { channel: 'pickup', handedOverAt: at, reason: personal('record', 'altul'), takenBackBy: 'S-001', takenBackAt: at },
  },
  { type: 'CitizenAbsent', data: { ...bookingOfOnline(), waitedMinutes: 12, absentAt: at } },
];

function bookingOfOnline() {
  for (const { fact } of onlineHistory().ticket) if (fact.type === 'Scheduled') return fact.data;
  throw new Error('Nothing was scheduled.');
}

/** A life that is told to some point, with strays in it. */
type Told = {
  readonly seed: number;
  readonly department: string;
  readonly kept: number;
  readonly strays: readonly (readonly [number, number])[];
};

const eventsOf = ({ seed, department, kept, strays }: Told): readonly DomainEvent[] => {
  const history = inDepartment(historyOfLife(lifeOf(seed)), department);
  const events = domainEvents(history).filter(({ category }) => category === 'ticket');
  const told = events.slice(0, Math.max(1, Math.ceil((events.length * kept) / 100)));
  for (const [which, place] of strays) {
    const [beside, fact] = [told[place % told.length], strayFacts[which % strayFacts.length]];
    if (beside?.category !== 'ticket' || fact === undefined) continue;
    told.splice(1 + (place % told.length), 0, { ...beside, fact });
  }
  return told;
};

const anyLog: fc.Arbitrary<readonly Told[]> = fc.uniqueArray(
  fc.record({
    seed: fc.integer({ min: 1, max: 100_000 }),
    department: fc.constantFrom(...departments),
    kept: fc.oneof(fc.constant(100), fc.integer({ min: 1, max: 100 })),
    strays: fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { maxLength: 4 }),
  }),
  { selector: ({ seed }) => seed, minLength: 1, maxLength: 30 },
);

const grouped = (facts: Facts, keyOf: (row: TicketFactsRow) => string): ReadonlyMap<string, Facts> => {
  const groups = new Map<string, TicketFactsRow[]>();
  for (const row of facts) if (row.scheduledFor !== null) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
};

/** The counts of the view by the names that the service gives them. */
const counted = (row: Readonly<Record<string, unknown>>) => ({
  tickets: row['tickets'],
  held: row['held'],
  heldOnline: row['held_online'],
  recorded: row['recorded'],
  recordedDeclared: row['recorded_declared'],
  recordedObserved: row['recorded_observed'],
  recordingMissing: row['recording_missing'],
  recordingWaived: row['recording_waived'],
  cancelled: Number(row['cancelled_by_citizen']) + Number(row['cancelled_by_staff']),
  citizenAbsent: row['citizen_absent'],
  staffAbsent: row['staff_absent'],
  rescheduledByCitizen: row['moved_by_citizen'],
  rescheduledByStaff: row['moved_by_staff'],
  resolutionsIssued: row['resolutions_issued'],
  resolutionsDelivered: row['resolutions_delivered'],
  resolutionsDeclared: row['resolutions_declared'],
  shareRecorded: row['share_recorded'],
});
const expected = (figures: Figures) => ({
  tickets: figures.tickets,
  held: figures.held,
  heldOnline: figures.heldOnline,
  recorded: figures.recorded,
  recordedDeclared: figures.recordedDeclared,
  recordedObserved: figures.recorded - figures.recordedDeclared,
  recordingMissing: figures.recordingMissing,
  recordingWaived: figures.recordingWaived,
  cancelled: figures.cancelled,
  citizenAbsent: figures.citizenAbsent,
  staffAbsent: figures.staffAbsent,
  rescheduledByCitizen: figures.rescheduledByCitizen,
  rescheduledByStaff: figures.rescheduledByStaff,
  resolutionsIssued: figures.resolutionsIssued,
  resolutionsDelivered: figures.resolutionsDelivered,
  resolutionsDeclared: figures.resolutionsDeclared,
  shareRecorded: percentOf(figures.recorded, figures.heldOnline) ?? null,
});
/** The service rounds its averages to the tenth. */
const isRounded = (whole: unknown, tenths: number | null): boolean =>
  whole === null ? tenths === null : tenths !== null && Math.abs(Number(whole) - tenths) <= 0.05 + 1e-9;

/** Every week and department of the service's own report, against the views. */
const compare = async (ask: Ask, facts: Facts): Promise<void> => {
  const weekly = await ask('SELECT * FROM v2_weekly');
  const monthly = await ask('SELECT * FROM v2_monthly');
  const times = await ask('SELECT * FROM v2_resolution_times');
  const dates = facts.flatMap(({ scheduledFor }) => (scheduledFor === null ? [] : [civilDateOf(scheduledFor)])).toSorted();
  const [from, to] = [dates[0], dates.at(-1)];
  if (from === undefined || to === undefined) {
    expect([weekly, monthly, times]).toEqual([[], [], []]);
    return;
  }
  const scheduled = facts.filter(({ scheduledFor }) => scheduledFor !== null);
  const found: unknown[] = [];
  for (const code of grouped(facts, ({ departmentCode }) => departmentCode).keys()) {
    for (const { from: monday, figures } of foldFigures({ from, to, departments: [code] }, scheduled, []).weeks) {
      const isIt = ({ week, department_code }: Readonly<Record<string, unknown>>) => week === isoWeekOf(monday) && department_code === code;
      const row = weekly.find(isIt);
      if (row === undefined) {
        expect(figures.tickets).toBe(0);
        continue;
      }
      found.push(row);
      expect(counted(row)).toEqual(expected(figures));
      const took = times.find(isIt);
      const rounded = [
        isRounded(row['average_lead_hours'], figures.averageLeadHours),
        isRounded(row['average_minutes'], figures.averageMinutes),
        isRounded(row['average_resolution_minutes'], figures.averageResolutionMinutes),
        isRounded(took?.['average_minutes'] ?? null, figures.averageResolutionMinutes),
        isRounded(took?.['median_minutes'] ?? null, figures.medianResolutionMinutes),
      ];
      expect([row, took, figures, rounded]).toEqual([row, took, figures, [true, true, true, true, true]]);
    }
  }
  expect(found).toHaveLength(weekly.length);
  const byMonth = grouped(facts, ({ scheduledFor, departmentCode }) => `${civilDateOf(scheduledFor ?? '').slice(0, 7)} ${departmentCode}`);
  expect(monthly.map((row) => [`${String(row['month'])} ${String(row['department_code'])}`, counted(row)]).toSorted()).toEqual(
    [...byMonth].map(([key, rows]) => [key, expected(figuresOf(rows))]).toSorted(),
  );
};

describe('the figures of the reporting tables are those of the service', () => {
  it('for any log, week by week, month by month and department by department, in SQLite', () =>
    fc.assert(
      fc.asyncProperty(anyLog, async (log) => {
        const facts = foldedBy(ticketFacts, log.flatMap(eventsOf));
        const { ask } = reportingInSqlite(await filledWith(facts), views);
        await compare(ask, [...facts.values()]);
      }),
      { numRuns: 40 },
    ));

  it('for every kind of life, in PostgreSQL and SQLite alike', async () => {
    const lives = everyLife.map((life, index) => inDepartment(historyOfLife(life), departments[index % departments.length] ?? '425'));
    const facts = foldedBy(
      ticketFacts,
      lives.flatMap((history) => domainEvents(history).filter(({ category }) => category === 'ticket')),
    );
    const filled = await filledWith(facts);
    for (const database of [reportingInSqlite(filled, views), await reportingInPostgres(filled, views)]) {
      await compare(database.ask, [...facts.values()]);
    }
  });

  it('A12: given eleven of twelve online meetings recorded and seven by phone, when the share is asked for, then it is of those online', async () => {
    const online = Array.from({ length: 12 }, (_, n) => asCase(n, onlineHistory()));
    const unrecorded = online.slice(11).map((history) => ({
      ...history,
      ticket: history.ticket.filter(({ fact }) => fact.type !== 'RecordingAttached'),
    }));
    const phone = Array.from({ length: 7 }, (_, n) => asCase(20 + n, phoneHistory()));
    const told = [...online.slice(0, 11), ...unrecorded, ...phone].flatMap((history) => domainEvents(history));
    const { ask } = reportingInSqlite(await filledWith(foldedBy(ticketFacts, told)), views);
    expect(await ask('SELECT held, held_online, to_be_recorded, recorded, share_recorded FROM v2_weekly')).toEqual([
      { held: 19, held_online: 12, to_be_recorded: 12, recorded: 11, share_recorded: 91.7 },
    ]);
  });

  it('A17: given resolutions after an hour and after three, when each had its own target, then those count that kept it', async () => {
    const [ticket = {}] = (await filledWith(foldedBy(ticketFacts, domainEvents(onlineHistory()))))[0]?.rows ?? [];
    const rows = [
      { ...ticket, ticket_id: 'a', resolution_delivered_after_minutes: 60, resolution_in_target: false },
      { ...ticket, ticket_id: 'b', resolution_delivered_after_minutes: 180, resolution_in_target: true },
      { ...ticket, ticket_id: 'c', resolution_delivered_after_minutes: 180, resolution_in_target: true },
    ];
    for (const { ask } of [
      reportingInSqlite([{ table: ticketsTable, rows }], views),
      await reportingInPostgres([{ table: ticketsTable, rows }], views),
    ])
      expect(await ask('SELECT resolutions, in_target FROM v2_resolution_times')).toEqual([{ resolutions: 3, in_target: 2 }]);
  });

  it('A13: given a recording that is missing, and one that is there though none was owed, then the one does not stand for the other', async () => {
    const [ticket = {}] = (await filledWith(foldedBy(ticketFacts, domainEvents(onlineHistory()))))[0]?.rows ?? [];
    const rows = [
      { ...ticket, ticket_id: 'a', to_be_recorded: false, recording_waived: true },
      { ...ticket, ticket_id: 'b', recorded: false, recorded_grade: null },
    ];
    const { ask } = reportingInSqlite([{ table: ticketsTable, rows }], views);
    expect(await ask('SELECT to_be_recorded, recorded, recorded_of_owed FROM v2_weekly')).toEqual([
      { to_be_recorded: 1, recorded: 1, recorded_of_owed: 0 },
    ]);
  });

  it('A23: given an hour that was missed in one week and a new one in the next, then attendance has the absence in the first alone', async () => {
    const facts = foldedBy(ticketFacts, domainEvents(staffAbsentHistory()));
    const filled = [
      ...(await filledWith(facts)),
      { table: ticketChangesTable, rows: await tableOf(ticketChangesTable, facts, '2028-01-01T00:00:00.000Z') },
    ];
    for (const { ask } of [reportingInSqlite(filled, [attendanceView]), await reportingInPostgres(filled, [attendanceView])]) {
      expect(await ask('SELECT * FROM v2_attendance ORDER BY week')).toEqual([
        { week: '2026-W10', month: '2026-03', department_code: '425', hours: 1, held: 0, citizen_absent: 0, staff_absent: 1 },
        { week: '2026-W11', month: '2026-03', department_code: '425', hours: 1, held: 1, citizen_absent: 0, staff_absent: 0 },
      ]);
    }
  });

  it('a share is rounded as the page of figures rounds it, up to six hundred meetings', async () => {
    const { ask } = reportingInSqlite(await filledWith(new Map()), views);
    const parts = 'WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 600)';
    const rows = await ask(`${parts} SELECT part.n AS part, whole.n AS whole, ${percentIn('part.n', 'whole.n')} AS share
      FROM n AS part JOIN n AS whole ON part.n <= whole.n`);
    const wrong = rows.filter(({ part, whole, share }) => (percentOf(Number(part), Number(whole)) ?? null) !== share);
    expect(wrong).toEqual([]);
  });
});
