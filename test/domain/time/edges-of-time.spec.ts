import {
  canonicalMilliseconds,
  instantAt,
  isCivilDate,
  isoWeekOf,
  millisecondsOf,
  mondayOf,
  parseInstant,
  weekdayNumber,
} from '../../../src/domain/time/civil-time';
import { isAhead } from '@tichet-albastru/kernel/clock-tolerance';
import { isOnGrid, isSlot, nextGridPoint } from '../../../src/domain/time/slot';

describe('the calendar at its edges', () => {
  it.each(['2000-02-29', '2024-02-29', '1970-01-01', '2000-03-01', '2099-12-31'])('%s is a day, there and back', (date) => {
    const instant = `${date}T12:34:56.789Z`;
    expect(canonicalMilliseconds(instant)).toBe(Date.parse(instant));
    expect(instantAt(Date.parse(instant))).toBe(instant);
    expect(isCivilDate(date)).toBe(true);
  });
  it.each(['2100-02-29', '1900-02-29', '2026-02-29', '2026-02-00', '2026-00-10', '2026-13-01'])('%s is none', (date) => {
    expect(canonicalMilliseconds(`${date}T12:00:00.000Z`)).toBeUndefined();
    expect(parseInstant(`${date}T12:00:00.000Z`)).toBeUndefined();
    expect(isCivilDate(date)).toBe(false);
  });
  it.each([
    '2026-03-02T08:00:60.000Z',
    '2026-03-02T08:60:00.000Z',
    '2026-03-02T24:00:00.001Z',
    '2026-03-02T08:00:00.000Zulu',
    'x2026-03-02T08:00:00.000Z',
  ])('%s is no instant', (text) => {
    expect(canonicalMilliseconds(text)).toBeUndefined();
    expect(parseInstant(text)).toBeUndefined();
    expect(millisecondsOf(text)).toBeNaN();
  });
  it('a text without an offset is read in UTC, in whatever zone the machine stands', () => {
    for (const text of ['2026-03-02T08:00', '2026-07-02T08:00:00']) expect(millisecondsOf(text)).toBe(Date.parse(`${text}Z`));
  });
  it.each(['+002026-03-02', ' 2026-03-02', '2026-03-02 ', '2026-3-2', '9026-03-02', '0026-03-02'])(
    '%j is not how a date is written',
    (text) => {
      expect(isCivilDate(text)).toBe(false);
    },
  );
  it.each([
    ['1970-01-01', 4],
    ['1969-12-31', 3],
    ['1969-12-29', 1],
    ['1969-12-28', 7],
    ['1969-12-27', 6],
    ['2026-03-02', 1],
  ])('%s is day %i of its week', (date, day) => {
    expect(weekdayNumber(date)).toBe(day);
  });
  it.each([
    ['2026-03-02', '2026-03-02', '2026-W10'],
    ['2026-03-08', '2026-03-02', '2026-W10'],
    ['2026-01-01', '2025-12-29', '2026-W01'],
    ['2025-12-28', '2025-12-22', '2025-W52'],
    ['2027-01-03', '2026-12-28', '2026-W53'],
    ['2027-01-04', '2027-01-04', '2027-W01'],
  ])('%s is in the week of %s, %s', (date, monday, week) => {
    expect([mondayOf(date), isoWeekOf(date)]).toEqual([monday, week]);
  });
});

describe('a clock that is ahead', () => {
  const at = '2026-03-02T08:00:00.000Z';
  it('is so by more than what clocks of machines differ', () => {
    expect(isAhead('2026-03-02T08:00:30.000Z', at)).toBe(false);
    expect(isAhead('2026-03-02T08:00:30.001Z', at)).toBe(true);
    expect(isAhead(at, at)).toBe(false);
    expect(isAhead('2026-03-02T07:00:00.000Z', at)).toBe(false);
  });
});

describe('the grid, Art. 6', () => {
  it('a point of it is the next one itself', () => {
    expect(nextGridPoint('2026-03-02T08:15:00.000Z')).toBe('2026-03-02T08:15:00.000Z');
    expect(nextGridPoint('2026-03-02T08:15:00.001Z')).toBe('2026-03-02T08:30:00.000Z');
    expect(nextGridPoint('2026-03-02T23:45:00.001Z')).toBe('2026-03-03T00:00:00.000Z');
  });
  it('has no point on a day that does not exist, and none with anything behind it', () => {
    expect(isSlot({ startsAt: '2026-02-30T08:00:00.000Z', endsAt: '2026-02-30T08:15:00.000Z' })).toBe(false);
    expect(isOnGrid('2026-03-02T08:00:00.000Z+')).toBe(false);
  });
});

it.each(['+010000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '0001-01-01T00:00:00.000Z', '-000001-12-31T12:00:00.000Z'])(
  '%s is written as everybody writes it, far from our days',
  (instant) => {
    expect(instantAt(Date.parse(instant))).toBe(instant);
  },
);
