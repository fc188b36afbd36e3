import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  addDays,
  canonicalMilliseconds,
  civilDateOf,
  instantAt,
  localTimeOf,
  millisecondsOf,
  offsetAt,
  weekdayNumber,
} from '../../../src/domain/time/civil-time';
import { holdsFor } from '../../support/holds-for';

const anyMilliseconds = fc.integer({ min: Date.UTC(1, 0, 1), max: Date.UTC(9999, 11, 31) });
const ofTheseYears = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) });
const dateOf = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);
const inBucharest = (milliseconds: number) => DateTime.fromMillis(milliseconds, { zone: 'Europe/Bucharest' });

describe('Arithmetic of instants', () => {
  it('writes and reads every instant as the machine does', () => {
    holdsFor(1000, [anyMilliseconds], (milliseconds) => {
      const written = new Date(milliseconds).toISOString();

      expect(instantAt(milliseconds)).toBe(written);
      expect(canonicalMilliseconds(written)).toBe(milliseconds);
    });
  });

  it.each(['2024-02-29', '2023-02-28', '2000-02-29', '1900-02-28', '2023-12-31', '2024-01-01', '1970-01-01', '1969-12-31'])(
    'knows the day %s and the one after',
    (date) => {
      const midnight = `${date}T00:00:00.000Z`;

      expect(millisecondsOf(midnight)).toBe(Date.parse(midnight));
      expect(addDays(date, 1)).toBe(dateOf(Date.parse(midnight) + 86_400_000));
    },
  );

  it.each([
    '2023-02-29T00:00:00.000Z',
    '2023-13-01T00:00:00.000Z',
    '2023-04-31T00:00:00.000Z',
    '2023-01-01T24:00:00.000Z',
    '2023-01-01T00:60:00.000Z',
    '2023-01-00T00:00:00.000Z',
    'yesterday',
  ])('does not take %s for an instant', (text) => {
    expect(canonicalMilliseconds(text)).toBeUndefined();
  });

  it('refuses what is no number of milliseconds', () => {
    expect(() => instantAt(NaN)).toThrow(RangeError);
  });

  it('tells the local date, hour and weekday as luxon does, all through the year', () => {
    holdsFor(500, [ofTheseYears], (milliseconds) => {
      const local = inBucharest(milliseconds);
      const instant = instantAt(milliseconds);

      expect(offsetAt(milliseconds)).toBe(local.offset * 60_000);
      expect(civilDateOf(instant)).toBe(local.toISODate());
      expect(localTimeOf(instant)).toBe(local.toFormat('HH:mm'));
      expect(weekdayNumber(civilDateOf(instant))).toBe(local.weekday);
    });
  });

  it.each(['2026-03-29', '2026-10-25'])('is right in every quarter of an hour of %s, when the clocks change', (date) => {
    const midnight = Date.parse(`${date}T00:00:00.000Z`);
    for (let quarter = -8; quarter < 104; quarter += 1) {
      const milliseconds = midnight + quarter * 900_000;
      expect(offsetAt(milliseconds)).toBe(inBucharest(milliseconds).offset * 60_000);
    }
  });
});
