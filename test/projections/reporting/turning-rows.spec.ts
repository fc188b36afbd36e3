import fc from 'fast-check';
import type { ReportingRows, ReportingTable } from '@tichet-albastru/event-log/ports/reporting';
import type { Row } from '@tichet-albastru/event-log/ports/read-models';
import type { DomainEvent } from '../../../src/domain/facts';
import { dayPlan, freeSlots } from '../../../src/domain/agenda/day-plan';
import { type CalendarFact, workingCalendar as calendar } from '../../../src/domain/calendar/calendar';
import type { Instant } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import { policiesWith } from '../../../src/domain/policies';
import type { StaffFact } from '../../../src/domain/staff/facts';
import { staffMember } from '../../../src/domain/staff/staff-member';
import { addDays, instantAt, millisecondsOf, plusMinutes, startOfDay } from '../../../src/domain/time/civil-time';
import { clarificationEligibility } from '../../../src/projections/clarification-eligibility/clarification-eligibility';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { capacityView, closuresTable, staffDaysTableUnder } from '../../../src/projections/reporting/capacity';
import { departmentsView, staffTable } from '../../../src/projections/reporting/organisation';
import { requestsTableUnder } from '../../../src/projections/reporting/requests';
import { ticketsTable } from '../../../src/projections/reporting/tickets';
import { staffDirectory } from '../../../src/projections/staff-directory/staff-directory';
import { ticketFacts } from '../../../src/projections/ticket-facts/ticket-facts';
import { workingCalendar } from '../../../src/projections/working-calendar/working-calendar';
import { clarificationHistory, onlineHistory } from '../../support/histories';
import { domainEvents, recorded } from '../../support/history';
import { historyOfLife, lifeOf } from '../../support/lives';
import { foldedBy, reportingInPostgres, reportingInSqlite, rowsOf, tableOf } from '../../support/reporting-tables';
import { requestsTable, staffDaysTable } from '../../support/declared-reporting';

const noon = (date: string): Instant => `${date}T10:00:00.000Z`;
const aMillisecondAfter = (instant: Instant): Instant => instantAt(millisecondsOf(instant) + 1);

/** Its rows stand up to and including the moment that it names, whenever it is asked in between; it names none that has passed. */
const standsUntilItTurns = async <R extends Row>(
  table: ReportingTable<R>,
  row: R,
  key: string,
  at: Instant,
  share: number,
): Promise<void> => {
  const made = await rowsOf(table, row, key, at);
  const { nextChangeAt = '2031-01-01T00:00:00.000Z' } = made;
  expect(nextChangeAt >= at).toBe(true);
  const between = instantAt(Math.floor(millisecondsOf(at) + (millisecondsOf(nextChangeAt) - millisecondsOf(at)) * share));
  for (const later of [between, nextChangeAt]) expect(await rowsOf(table, row, key, later)).toEqual(made);
};

const anyMoment = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 86_399_999 })).map(([days, milliseconds]) => {
  return instantAt(millisecondsOf(startOfDay(addDays('2026-02-01', days))) + milliseconds);
});

describe('the table of requests', () => {
  const request = foldedBy(clarificationEligibility, domainEvents(clarificationHistory()));
  const [key = ''] = request.keys();
  const at = async (instant: Instant): Promise<ReportingRows> => {
    const row = request.get(key);
    if (row === undefined) throw new Error('There is no such request.');
    return rowsOf(requestsTable, row, key, instant);
  };

  it('Art. 2 b: given an answer of 20 February, when days pass, then the days that are left go down, and end on the Monday after day 30', async () => {
    const days = async (date: string) => (await at(noon(date))).rows.map((row) => [row['state'], row['eligible'], row['days_left']]);
    expect(await days('2026-02-20')).toEqual([['clarification', true, 31]]);
    expect(await days('2026-03-22')).toEqual([['clarification', true, 1]]);
    expect(await days('2026-03-23')).toEqual([['clarification', true, 0]]);
    expect(await days('2026-03-24')).toEqual([['expired', false, null]]);
    expect((await at(noon('2026-03-23'))).nextChangeAt).toBe('2026-03-23T21:59:59.999Z');
    expect((await at(startOfDay('2026-02-20'))).nextChangeAt).toBe('2026-02-20T21:59:59.999Z');
    expect((await at('2026-03-23T22:00:00.000Z')).nextChangeAt).toBeUndefined();
    expect((await at(noon('2026-03-01'))).rows).toEqual([
      expect.objectContaining({
        ...{ request_id: '154997_2026-02-16', department_code: '425', handler_staff_id: 'S-017', filed_on: '2026-02-16' },
        ...{ filed_week: '2026-W08', register_status: 'answered', communicated_on: '2026-02-20' },
        ...{ advertised_until: '2026-03-22', enforced_until: '2026-03-23', active_ticket_id: clarificationHistory().ticketId },
      }),
    ]);
  });

  it('Codul civil art. 2554: given days declared later that move the end, when the last day is declared free, then it ends as a ticket may be asked for', async () => {
    const { initial, evolve } = calendar;
    const declared = evolve(initial, {
      type: 'BridgeDayDeclared',
      data: { date: '2026-03-23', decision: 'H.G. 99/2026', declaredAt: '2026-03-10T08:00:00.000Z' },
    });
    const models = new MemoryReadModels();
    const build = (await models.prepare(workingCalendar))[0];
    if (build === undefined) throw new Error('There is no build.');
    const writes = [{ table: workingCalendar.name, key: 'ro', row: { calendar: declared } }];
    await models.commit([{ build, expected: build.checkpoint, next: '1', writes, parks: [], unparks: [] }]);
    const row = request.get(key);
    if (row === undefined) throw new Error('There is no such request.');
    const under = async (value: 'as-then' | 'move-the-end', date: string) => {
      const policy = policiesWith({ 'days-declared-later': { value, version: 2 } })['days-declared-later'];
      const { rows, nextChangeAt } = await rowsOf(requestsTableUnder(policy), row, key, noon(date), models);
      return [...rows.map((one) => [one['enforced_until'], one['state'], one['days_left']]), nextChangeAt];
    };
    // who tells it that a day was declared: the calendar, where that moves the end
    const restsOn = (['as-then', 'move-the-end'] as const).map(
      (value) => requestsTableUnder(policiesWith({ 'days-declared-later': { value, version: 2 } })['days-declared-later']).restsOn,
    );
    expect(restsOn).toEqual([undefined, [workingCalendar.name]]);
    expect(await under('as-then', '2026-03-23')).toEqual([['2026-03-23', 'clarification', 0], '2026-03-23T21:59:59.999Z']);
    expect(await under('move-the-end', '2026-03-23')).toEqual([['2026-03-24', 'clarification', 1], '2026-03-23T21:59:59.999Z']);
    expect(await under('as-then', '2026-03-24')).toEqual([['2026-03-23', 'expired', null], undefined]);
    expect(await under('move-the-end', '2026-03-24')).toEqual([['2026-03-24', 'clarification', 0], '2026-03-24T21:59:59.999Z']);
    expect(await under('move-the-end', '2026-03-25')).toEqual([['2026-03-24', 'expired', null], undefined]);
  });

  it('Art. 2 a: given a request in operation, then it is eligible, no day ends it, and nothing turns', async () => {
    const rows = foldedBy(clarificationEligibility, domainEvents(onlineHistory()));
    for (const [id, row] of rows) {
      const made = await rowsOf(requestsTable, row, id, noon('2026-03-01'));
      expect(made.rows).toEqual([expect.objectContaining({ state: 'in-operation', eligible: true, days_left: null })]);
      expect(made.nextChangeAt).toBeUndefined();
    }
  });

  it('A27: given a late admission, then its own last day counts', async () => {
    const late = domainEvents(historyOfLife({ ...lifeOf(3), ground: 'late-admission', ending: 'held', course: 'as booked' }));
    const granted = late.find(({ fact }) => fact.type === 'LateAdmissionGranted');
    const rows = foldedBy(clarificationEligibility, late);
    for (const [id, row] of rows) {
      const made = await rowsOf(requestsTable, row, id, granted?.recordedAt ?? '');
      expect(made.rows).toEqual([expect.objectContaining({ state: 'late-admission', eligible: true, days_left: 3 })]);
    }
  });

  it('A2: given a request that went elsewhere, or whose data was erased, also while disputed, then it is not eligible, and nothing turns', async () => {
    const [[id, row] = []] = foldedBy(clarificationEligibility, domainEvents(onlineHistory()));
    if (id === undefined || row === undefined) throw new Error('A request was registered.');
    const dispute = { applicantName: personal('name', 'alta'), disputedAt: '2026-03-01T08:00:00.000Z' };
    for (const changes of [{ status: 'redirected' }, { erased: true }, { erased: true, dispute }] as const) {
      const made = await rowsOf(requestsTable, { ...row, request: { ...row.request, ...changes } }, id, noon('2026-03-01'));
      expect(made).toEqual({ rows: [expect.objectContaining({ state: 'not-eligible', eligible: false, days_left: null })] });
    }
  });

  it('A29: given two applicants under one number, then it is disputed', async () => {
    const disputed = domainEvents(clarificationHistory()).map((event): DomainEvent =>
      event.category === 'request' && event.fact.type === 'TicketAdmitted'
        ? { ...event, fact: { type: 'ApplicantDisputed', data: { applicantName: personal('name', 'alta'), disputedAt: event.recordedAt } } }
        : event,
    );
    for (const [id, row] of foldedBy(clarificationEligibility, disputed)) {
      const { rows } = await rowsOf(requestsTable, row, id, noon('2026-03-10'));
      expect(rows).toEqual([expect.objectContaining({ state: 'disputed', eligible: false, days_left: null })]);
    }
  });

  it('of any life, a row stands until the moment that it names', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 100_000 }),
        anyMoment,
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (seed, instant, share) => {
          for (const [id, row] of foldedBy(clarificationEligibility, domainEvents(historyOfLife(lifeOf(seed))))) {
            await standsUntilItTurns(requestsTable, row, id, instant, share);
          }
        },
      ),
      { numRuns: 60 },
    ));
});

const registered = (
  at: Instant,
  more: Partial<Extract<StaffFact, { type: 'StaffRegistered' }>['data']> = {},
): readonly [Instant, StaffFact] => [
  at,
  {
    type: 'StaffRegistered',
    data: {
      ...{ staffId: 'S-017', name: personal('staff', 'Maria Ionescu'), email: personal('staff', 'maria@example.ro') },
      ...{ role: 'executive', department: 'Serviciul Urbanism', departmentCode: '425', registeredAt: at },
      ...more,
    },
  },
];
const personOf = (...entries: readonly (readonly [Instant, StaffFact])[]) =>
  foldedBy(
    staffDirectory,
    recorded('staff-S-017', entries).map((event) => ({ ...event, category: 'staff' as const })),
  );
const calendarOf = (...facts: readonly CalendarFact[]) =>
  foldedBy(
    workingCalendar,
    recorded(
      'calendar-ro',
      facts.map((fact, index) => [plusMinutes('2026-02-01T08:00:00.000Z', index), fact] as const),
    ).map((event) => ({ ...event, category: 'calendar' as const })),
  );

describe('the table of staff', () => {
  it('given somebody who leaves, then they are active until that day, and no name is told', async () => {
    const rows = personOf(registered('2026-02-02T08:00:00.000Z'), [
      '2026-02-03T08:00:00.000Z',
      { type: 'StaffLeft', data: { on: '2026-03-10', recordedAt: '2026-02-03T08:00:00.000Z' } },
    ]);
    const before = await tableOf(staffTable, rows, noon('2026-03-09'));
    expect(before).toEqual([
      {
        ...{ staff_id: 'S-017', department_code: '425', department: 'Serviciul Urbanism', role: 'executive' },
        ...{ known_since: '2026-02-02', left_on: '2026-03-10', active: true, department_since: '2026-02-02T08:00:00.000Z' },
      },
    ]);
    expect(await tableOf(staffTable, rows, startOfDay('2026-03-10'))).toEqual([expect.objectContaining({ active: false })]);
    for (const [key, row] of rows) {
      expect((await rowsOf(staffTable, row, key, noon('2026-03-09'))).nextChangeAt).toBe('2026-03-09T21:59:59.999Z');
      await standsUntilItTurns(staffTable, row, key, noon('2026-03-11'), 0.5);
    }
  });

  it('given two people of a department, then the view of departments counts who is there, and calls it by its newest name', async () => {
    const [here = {}] = await tableOf(staffTable, personOf(registered('2026-02-02T08:00:00.000Z')), noon('2026-03-01'));
    const gone = { ...here, staff_id: 'S-2', active: false };
    for (const [department, department_since, newest] of [
      ['Urbanism (vechi)', '2026-01-08T08:00:00.000Z', 'Serviciul Urbanism'],
      ['Amenajarea teritoriului', '2026-02-10T08:00:00.000Z', 'Amenajarea teritoriului'],
    ] as const) {
      const rows = [{ ...gone, department, department_since }, here];
      const { ask } = reportingInSqlite([{ table: staffTable, rows }], [departmentsView]);
      expect(await ask('SELECT * FROM v2_departments')).toEqual([{ department_code: '425', department: newest, staff: 1 }]);
    }
  });
});

describe('the days of staff, and capacity', () => {
  const since = '2026-03-02T08:00:00.000Z';
  const on = async (date: string, rows: ReturnType<typeof personOf>, asked = noon('2026-03-04')) =>
    (await tableOf(staffDaysTable, rows, asked)).find((row) => row['date'] === date);

  it('Art. 6, A16: given the hours of City Hall, then a Monday has 32 quarters of an hour, a Thursday 38, and a Sunday no row', async () => {
    const rows = personOf(registered(since));
    expect(await on('2026-03-09', rows)).toEqual({
      ...{ staff_id: 'S-017', department_code: '425', date: '2026-03-09', week: '2026-W11', month: '2026-03' },
      ...{ slots: 32, working_by_law: true },
    });
    expect(await on('2026-03-12', rows)).toMatchObject({ slots: 38 });
    expect([await on('2026-03-08', rows), await on('2026-03-01', rows)]).toEqual([undefined, undefined]);
    // Orthodox Good Friday
    expect(await on('2026-04-10', rows)).toMatchObject({ slots: 26, working_by_law: false });
  });

  it('A16: given an absence, then what is left of the day counts; withdrawn, all of it', async () => {
    const [from, to] = ['2026-03-09T08:05:00.000Z', '2026-03-09T14:00:00.000Z'];
    const absent: readonly [Instant, StaffFact] = [
      since,
      { type: 'AbsenceRecorded', data: { absenceId: 'a', from, to, reason: personal('staff', 'concediu'), recordedAt: since } },
    ];
    const back: readonly [Instant, StaffFact] = [
      plusMinutes(since, 5),
      { type: 'AbsenceWithdrawn', data: { absenceId: 'a', withdrawnAt: since } },
    ];
    expect(await on('2026-03-09', personOf(registered(since), absent))).toMatchObject({ slots: 8 });
    expect(await on('2026-03-09', personOf(registered(since), absent, back))).toMatchObject({ slots: 32 });
  });

  it('A3: given somebody who left and came back, then the days between are nobody’s, and the days before and after stay', async () => {
    const left = (on: string, at: Instant): readonly [Instant, StaffFact] => [at, { type: 'StaffLeft', data: { on, recordedAt: at } }];
    const gone = personOf(registered(since), left('2026-03-10', '2026-03-05T08:00:00.000Z'));
    const back = personOf(
      ...[registered(since), left('2026-03-10', '2026-03-05T08:00:00.000Z'), registered('2026-03-17T08:00:00.000Z')],
      ...[left('2026-03-24', '2026-03-18T08:00:00.000Z'), registered('2026-03-19T08:00:00.000Z', { role: 'head-of-office' })],
    );
    const days = async (rows: ReturnType<typeof personOf>) =>
      (await tableOf(staffDaysTable, rows, noon('2026-03-20'))).map(({ date }) => date).filter((date) => String(date) < '2026-03-28');
    const before = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-09'];
    expect(await days(gone)).toEqual(before);
    // a leaving that was only announced stays announced
    expect(await days(back)).toEqual([...before, '2026-03-17', '2026-03-18', '2026-03-19', '2026-03-20', '2026-03-23']);
  });

  it('given somebody who came to another department, then each day is of the one of that day', async () => {
    const rows = personOf(registered(since), registered('2026-03-10T08:00:00.000Z', { departmentCode: '305', department: 'Taxe' }));
    const codes = await Promise.all(
      ['2026-03-09', '2026-03-10', '2026-04-01'].map(async (date) => (await on(date, rows))?.['department_code']),
    );
    expect(codes).toEqual(['425', '305', '305']);
  });

  it('A16: given a horizon of so many days, then the last of them is told on every day of the week, and no week more', async () => {
    const rows = personOf(registered(since));
    for (const [days, last] of [
      [3, '2026-03-13'],
      [7, '2026-03-13'],
      [8, '2026-03-20'],
      [90, '2026-06-05'],
    ] as const) {
      const horizon = policiesWith({ 'booking-horizon': { value: { days }, version: 2 } })['booking-horizon'];
      const told = await tableOf(staffDaysTableUnder(horizon), rows, noon('2026-03-04'));
      expect(told.at(-1)?.['date']).toBe(last);
    }
  });

  it('given any day of a week, then ten weeks are told, the present one with them, and on Monday one more', async () => {
    const rows = personOf(registered(since));
    for (const [key, row] of rows) {
      const last = async (asked: Instant) => (await rowsOf(staffDaysTable, row, key, asked)).rows.at(-1)?.['date'];
      const made = await rowsOf(staffDaysTable, row, key, noon('2026-03-04'));
      expect(made.nextChangeAt).toBe('2026-03-08T21:59:59.999Z');
      expect([await last(noon('2026-03-04')), await last(made.nextChangeAt ?? '')]).toEqual(['2026-05-08', '2026-05-08']);
      expect(await last(aMillisecondAfter(made.nextChangeAt ?? ''))).toBe('2026-05-15');
      await standsUntilItTurns(staffDaysTable, row, key, noon('2026-03-06'), 0.9);
    }
  });

  const bridge = (date: string): CalendarFact => ({ type: 'BridgeDayDeclared', data: { date, decision: 'HG 1', declaredAt: since } });
  const worked = (date: string): CalendarFact => ({ type: 'WorkingDayDeclared', data: { date, decision: 'HG 2', declaredAt: since } });
  const restored = (date: string): CalendarFact => ({ type: 'DayRestored', data: { date, restoredAt: since } });
  const paused = (pauseId: string, from: string, to: string, departmentCode?: string): CalendarFact => ({
    type: 'ServicePaused',
    data: {
      pauseId,
      from,
      to,
      ...(departmentCode === undefined ? {} : { departmentCode }),
      textRo: 'închis',
      textEn: 'closed',
      pausedAt: since,
    },
  });
  const resumed = (pauseId: string, from: string, to: string): CalendarFact => ({
    type: 'ServiceResumed',
    data: { pauseId, from, to, resumedAt: since },
  });

  it('A16: given decisions and pauses, then the table of closures has those that stand, and no text', async () => {
    const rows = calendarOf(
      ...[bridge('2026-03-13'), bridge('2026-03-16'), restored('2026-03-16'), worked('2026-03-14')],
      ...[
        paused('p-1', '2026-03-17', '2026-03-18', '425'),
        paused('p-2', '2026-03-19', '2026-03-19'),
        resumed('p-2', '2026-03-19', '2026-03-19'),
      ],
    );
    const ro = { calendar: 'ro' };
    expect(await tableOf(closuresTable, rows, noon('2026-03-04'))).toEqual([
      { ...ro, closure_id: '2026-03-13', kind: 'bridge-day', from_date: '2026-03-13', to_date: '2026-03-13' },
      { ...ro, closure_id: '2026-03-14', kind: 'working-day', from_date: '2026-03-14', to_date: '2026-03-14' },
      { ...ro, closure_id: 'p-1', kind: 'pause', from_date: '2026-03-17', to_date: '2026-03-18', department_code: '425' },
    ]);
  });

  it('Art. 6, A16: given a meeting held and one cancelled, then offered, taken and used stand in the row of the day', async () => {
    const tickets = await tableOf(ticketsTable, foldedBy(ticketFacts, domainEvents(onlineHistory())), noon('2026-04-01'));
    const [ticket = {}] = tickets;
    const given = [ticket, { ...ticket, ticket_id: 'b', booked: false, held: false }, { ...ticket, ticket_id: 'c', held: false }];
    const filled = [
      { table: staffDaysTable, rows: await tableOf(staffDaysTable, personOf(registered(since)), noon('2026-03-04')) },
      { table: closuresTable, rows: [] },
      { table: ticketsTable, rows: given },
    ];
    for (const { ask } of [reportingInSqlite(filled, [capacityView]), await reportingInPostgres(filled, [capacityView])]) {
      const day = `SELECT staff_id, department_code, week, month, offered_slots, booked_slots, held_slots FROM v2_capacity WHERE date = '2026-03-05'`;
      expect(await ask(day)).toEqual([
        {
          ...{ staff_id: 'S-017', department_code: '425', week: '2026-W10', month: '2026-03' },
          ...{ offered_slots: 38, booked_slots: 2, held_slots: 1 },
        },
      ]);
    }
  });

  it('of any hours, absences and closures, each day offers what the domain would offer if nothing were taken', () => {
    const anyDay = fc.integer({ min: 0, max: 60 }).map((days) => addDays('2026-03-02', days));
    const anyClosure = fc.oneof(
      anyDay.map(bridge),
      anyDay.map(worked),
      fc
        .tuple(fc.uuid(), anyDay, fc.integer({ min: 0, max: 4 }), fc.constantFrom(undefined, '425', '305'))
        .map(([id, from, days, code]) => paused(id, from, addDays(from, days), code)),
    );
    const anyAbsence = fc
      .tuple(fc.uuid(), anyDay, fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 3000 }))
      .map(([absenceId, date, start, length]): readonly [Instant, StaffFact] => {
        const from = plusMinutes(startOfDay(date), start);
        return [
          since,
          {
            type: 'AbsenceRecorded',
            data: { absenceId, from, to: plusMinutes(from, length), reason: personal('staff', 'x'), recordedAt: since },
          },
        ];
      });
    const anyHours = fc
      .tuple(anyDay, fc.constantFrom('07:00', '09:15', '12:45'), fc.constantFrom('13:00', '15:30', '19:45'))
      .map(([from, begins, ends]): readonly [Instant, StaffFact] => [
        since,
        {
          type: 'WorkingHoursSet',
          data: {
            from,
            week: {
              mon: [[begins, ends]],
              wed: [
                ['08:00', '10:00'],
                ['11:00', ends],
              ],
              sat: [['09:00', '12:00']],
            },
            setAt: since,
          },
        },
      ]);
    return fc.assert(
      fc.asyncProperty(
        fc.array(anyClosure, { maxLength: 8 }),
        fc.array(fc.oneof(anyAbsence, anyHours), { maxLength: 5 }),
        async (closures, ofPerson) => {
          const entries = [registered(since), ...ofPerson];
          const { ask } = reportingInSqlite(
            [
              { table: staffDaysTable, rows: await tableOf(staffDaysTable, personOf(...entries), noon('2026-03-04')) },
              { table: closuresTable, rows: await tableOf(closuresTable, calendarOf(...closures), noon('2026-03-04')) },
              { table: ticketsTable, rows: [] },
            ],
            [capacityView],
          );
          const offered = new Map(
            (await ask('SELECT date, offered_slots FROM v2_capacity')).map((row) => [row['date'], row['offered_slots']]),
          );
          const person = entries.reduce((state, [, fact]) => staffMember.evolve(state, fact), staffMember.initial);
          const days = closures.reduce(calendar.evolve, calendar.initial);
          for (let date = '2026-03-02'; date <= '2026-05-10'; date = addDays(date, 1)) {
            const slots = freeSlots(dayPlan(date, person, days), [], { earliest: '', latest: '9999' }).length;
            expect([date, offered.get(date) ?? 0]).toEqual([date, slots]);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});
