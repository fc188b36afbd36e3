import fc from 'fast-check';
import { countsCompared, sharesCompared } from '../../../../src/infrastructure/web/figures/figures-table';
import { labelClass, scaleFor, shortDays } from '../../../../src/infrastructure/web/figures/chart';
import { latestWeeks, periodOf, readyPeriods } from '../../../../src/infrastructure/web/figures/period';
import { minutesView, numberView, percentOf, percentView } from '../../../../src/infrastructure/web/figures/columns';

const now = '2027-03-10T07:40:00.000Z';

describe('numbers in words', () => {
  it.each([
    [1, 3, '33,3\u00a0%', '33.3\u00a0%'],
    [1, 2, '50\u00a0%', '50\u00a0%'],
    [0, 7, '0\u00a0%', '0\u00a0%'],
    [0, 0, '–', '–'],
    // the last case is not rounded away
    [99_999, 100_000, '99,9\u00a0%', '99.9\u00a0%'],
    [1, 100_000, '0,1\u00a0%', '0.1\u00a0%'],
    [4, 4, '100\u00a0%', '100\u00a0%'],
  ])('%d of %d is %j, %j', (part, whole, ro, en) => {
    const percent = percentOf(part, whole);
    expect([percentView(percent, 'ro'), percentView(percent, 'en')]).toEqual([ro, en]);
  });

  it.each([
    [null, '–'],
    [22, '22\u00a0min'],
    [31.5, '31,5\u00a0min'],
    [120, '2\u00a0h'],
    [185.4, '3\u00a0h\u00a005\u00a0min'],
    [1439.8, '24\u00a0h'],
  ])('%j minutes are %j', (minutes, text) => {
    expect(minutesView(minutes, 'ro')).toBe(text);
  });
  it('says nothing of nothing', () => {
    expect(numberView(null, 'ro')).toBe('–');
  });

  it.each([
    [229, 247, 'cu 18 mai multe decât înainte (229)', '18 more than before (229)'],
    [10, 8, 'cu 2 mai puține decât înainte (10)', '2 fewer than before (10)'],
    [5, 5, 'la fel ca înainte (5)', 'the same as before (5)'],
  ])('from %d to %d: %j, %j', (before, after, ro, en) => {
    expect([countsCompared(before, after, 'ro'), countsCompared(before, after, 'en')]).toEqual([ro, en]);
  });
  it.each([
    [97.2, 98.4, 'cu 1,2 puncte procentuale mai mult decât înainte (97,2\u00a0%)'],
    [50, 51, 'cu 1 punct procentual mai mult decât înainte (50\u00a0%)'],
    [90, 60, 'cu 30 de puncte procentuale mai puțin decât înainte (90\u00a0%)'],
    [undefined, 60, 'înainte nu a fost nimic de numărat'],
    [60, undefined, undefined],
  ])('shares from %j to %j: %j', (before, after, text) => {
    expect(sharesCompared(before, after, 'ro')).toBe(text);
  });

  it.each([
    ['2027-03-08', '2027-03-10', '8–10 mar.', '8–10 Mar'],
    ['2027-02-22', '2027-03-07', '22 feb. – 7 mar.', '22 Feb – 7 Mar'],
    ['2027-03-10', '2027-03-10', '10 mar.', '10 Mar'],
  ])('%s to %s is %j, %j', (from, to, ro, en) => {
    expect([shortDays({ from, to }, 'ro'), shortDays({ from, to }, 'en')]).toEqual([ro, en]);
  });
});

describe('the period that is asked for', () => {
  it('is the last six weeks with this one up to today, when none is', () => {
    expect(periodOf({}, now)).toEqual({ kind: 'period', period: { from: '2027-02-01', to: '2027-03-10' } });
    // a Sunday late in the evening, and the Monday that has begun in Cluj
    expect(latestWeeks('2027-03-14T21:30:00.000Z')).toEqual({ from: '2027-02-01', to: '2027-03-14' });
    expect(latestWeeks('2027-03-14T22:30:00.000Z')).toEqual({ from: '2027-02-08', to: '2027-03-15' });
  });
  it('has ready ones', () => {
    expect(readyPeriods.month(now)).toEqual({ from: '2027-02-01', to: '2027-02-28' });
    expect(readyPeriods.month('2027-01-05T10:00:00.000Z')).toEqual({ from: '2026-12-01', to: '2026-12-31' });
    expect(readyPeriods.year(now)).toEqual({ from: '2027-01-01', to: '2027-03-10' });
  });
  it.each<[Readonly<Record<string, unknown>>, readonly string[]]>([
    [{ from: '2027-03-10', to: '2027-03-09' }, ['to']],
    [{ from: '2027-02-30', to: '2027-03-09' }, ['from']],
    [{ from: '', to: 'ieri' }, ['from', 'to']],
    [{ from: '2027-03-01' }, ['to']],
    [{ from: ['2027-03-01', '2027-03-02'], to: '2027-03-09' }, ['from']],
    [{ from: '2026-01-01', to: '2027-01-02' }, ['to']],
    [{ from: '2026-01-01', to: '2027-01-01' }, []],
    [{ from: ' 2027-03-01', to: '2027-03-01 ' }, []],
  ])('%j has its faults at %j', (asked, fields) => {
    const read = periodOf(asked, now);
    expect(read.kind === 'faulty' ? read.faults.map(({ field }) => field) : []).toEqual(fields);
  });
});

describe('charts', () => {
  it('have an axis of a few whole numbers that holds every value', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })), (values) => {
        const { ticks, greatest } = scaleFor(values);
        expect(ticks[0]).toBe(0);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks.every(Number.isInteger)).toBe(true);
        expect(Math.max(0, ...values)).toBeLessThanOrEqual(greatest);
        expect(new Set(ticks).size).toBe(ticks.length);
      }),
    );
  });
  it('label no more weeks than there is room for, and on a narrow screen some of the same', () => {
    for (let weeks = 1; weeks <= 54; weeks += 1) {
      const classes = Array.from({ length: weeks }, (_, index) => labelClass(index, weeks));
      const places = (shown: readonly string[]): readonly number[] => classes.flatMap((one, index) => (shown.includes(one) ? [index] : []));
      const [wide, narrow] = [places(['shown', 'shown-wide']), places(['shown'])];
      expect([wide[0], narrow[0]]).toEqual([0, 0]);
      expect(wide.length).toBeLessThanOrEqual(14);
      expect(narrow.length).toBeLessThanOrEqual(7);
      const steps = (list: readonly number[]): number => new Set(list.slice(1).map((place, index) => place - (list[index] ?? 0))).size;
      expect(Math.max(steps(wide), steps(narrow))).toBeLessThanOrEqual(1);
    }
  });
});
