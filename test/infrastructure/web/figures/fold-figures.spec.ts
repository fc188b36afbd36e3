import fc from 'fast-check';
import { type Figures, figuresOf, median } from '../../../../src/application/reports/counted-tickets';
import { foldFigures, periodBefore, weeksOf } from '../../../../src/application/reports/report-figures';
import { addDays, atLocal, daysBetween, isoWeekOf, weekdayNumber } from '../../../../src/domain/time/civil-time';
import { factsAt } from './rows';

const firstDay = '2026-01-01';
const anyDate = fc.integer({ min: 0, max: 800 }).map((days) => addDays(firstDay, days));
const anyPeriod = fc.tuple(anyDate, fc.integer({ min: 0, max: 365 })).map(([from, days]) => ({ from, to: addDays(from, days) }));
/** Two of them have one name. */
const departments = [
  { departmentCode: '305', department: 'Taxe' },
  { departmentCode: '433', department: 'Autorizări' },
  { departmentCode: '434', department: '=Strategii()' },
  { departmentCode: '306', department: 'Taxe' },
];

const anyTicketOf = ({ from, to }: { readonly from: string; readonly to: string }) =>
  fc
    .record({
      day: fc.integer({ min: 0, max: daysBetween(from, to) }),
      time: fc.constantFrom('00:00', '08:15', '13:45', '23:45'),
      department: fc.constantFrom(...departments),
      mode: fc.constantFrom('online' as const, 'phone' as const),
      held: fc.boolean(),
      recorded: fc.boolean(),
      citizenAbsent: fc.boolean(),
      staffAbsent: fc.boolean(),
      rescheduledByCitizen: fc.integer({ min: 0, max: 2 }),
      rescheduledByStaff: fc.integer({ min: 0, max: 4 }),
      grade: fc.constantFrom('observed' as const, 'declared' as const),
      resolutionAfterMinutes: fc.option(fc.integer({ min: 0, max: 3000 })),
    })
    .map(({ day, time, grade, department, ...facts }) => {
      const at = atLocal(addDays(from, day), time);
      return factsAt(at, {
        ...facts,
        ...department,
        recordedGrade: facts.recorded ? grade : null,
        ...(facts.resolutionAfterMinutes === null ? {} : { resolutionAt: at, resolutionGrade: grade }),
      });
    });

/** Those that are counted one by one; averages and medians do not add up. */
const added: readonly (keyof Figures)[] = [
  'tickets',
  'held',
  'heldOnline',
  'recorded',
  'recordingMissing',
  'recordingWaived',
  'resolutionsIssued',
  'resolutionsDelivered',
  'recordedDeclared',
  'resolutionsDeclared',
  'citizenAbsent',
  'staffAbsent',
  'cancelled',
  'rescheduledByCitizen',
  'rescheduledByStaff',
];
const sumOf = (parts: readonly Figures[]): readonly number[] =>
  added.map((name) => parts.reduce((total, figures) => total + (figures[name] ?? 0), 0));

describe('figures of a period', () => {
  it('the weeks come to the total, and so do the departments', () => {
    fc.assert(
      fc.property(
        anyPeriod.chain((period) => fc.tuple(fc.constant(period), fc.array(anyTicketOf(period), { maxLength: 40 }))),
        ([period, rows]) => {
          const { total, weeks, departments: all } = foldFigures(period, rows, []);
          expect(total).toEqual(figuresOf(rows));
          expect(sumOf(weeks.map(({ figures }) => figures))).toEqual(sumOf([total]));
          expect(sumOf(all)).toEqual(sumOf([total]));
        },
      ),
    );
  });

  it('one department and the others come to all of them, week by week', () => {
    fc.assert(
      fc.property(
        anyPeriod.chain((period) => fc.tuple(fc.constant(period), fc.array(anyTicketOf(period), { maxLength: 30 }))),
        ([period, rows]) => {
          const all = foldFigures(period, rows, rows);
          const each = departments.map(({ departmentCode }) => foldFigures({ ...period, departments: [departmentCode] }, rows, rows));
          for (const [index, week] of all.weeks.entries()) {
            expect(sumOf(each.map(({ weeks }) => weeks[index]?.figures ?? figuresOf([])))).toEqual(sumOf([week.figures]));
          }
          expect(sumOf(each.map(({ before }) => before.total))).toEqual(sumOf([all.before.total]));
        },
      ),
    );
  });

  it('the weeks are the days of the period, each once and in order, cut at Mondays', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const weeks = weeksOf(period);
        expect(weeks[0]?.from).toBe(period.from);
        expect(weeks.at(-1)?.to).toBe(period.to);
        for (const [index, week] of weeks.entries()) {
          expect(isoWeekOf(week.from)).toBe(isoWeekOf(week.to));
          if (index > 0) expect([weekdayNumber(week.from), addDays(weeks[index - 1]?.to ?? '', 1)]).toEqual([1, week.from]);
        }
      }),
    );
  });

  it('is compared with as many of the same weekdays, none of them its own', () => {
    fc.assert(
      fc.property(anyPeriod, (period) => {
        const before = periodBefore(period);
        expect(daysBetween(before.from, before.to)).toBe(daysBetween(period.from, period.to));
        expect(weekdayNumber(before.from)).toBe(weekdayNumber(period.from));
        expect(before.to < period.from).toBe(true);
        expect(daysBetween(before.to, period.from)).toBeLessThanOrEqual(7);
      }),
    );
  });

  it.each([
    [[], null],
    [[12], 12],
    [[60, 10], 35],
    [[500, 20, 30], 30],
    [[1.04, 1.04], 1],
  ])('the median of %j is %j', (numbers, middle) => {
    expect(median(numbers)).toBe(middle);
  });
});
