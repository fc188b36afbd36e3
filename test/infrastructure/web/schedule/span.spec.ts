import { spanInWords } from '../../../../src/infrastructure/web/schedule/schedule-parts';

describe('a stretch of time in words', () => {
  it.each([
    ['2027-03-14T22:00:00.000Z', '2027-03-15T22:00:00.000Z', 'luni, 15 martie 2027, toată ziua'],
    ['2027-03-14T22:00:00.000Z', '2027-03-19T22:00:00.000Z', 'de luni, 15 martie 2027 până vineri, 19 martie 2027 inclusiv'],
    ['2027-03-15T06:00:00.000Z', '2027-03-15T10:00:00.000Z', 'luni, 15 martie 2027, 08:00–12:00'],
    ['2027-03-15T06:00:00.000Z', '2027-03-16T10:00:00.000Z', 'de luni, 15 martie 2027, 08:00 până marți, 16 martie 2027, 12:00'],
    // the day on which the clocks go back has 25 hours
    ['2027-10-30T21:00:00.000Z', '2027-10-31T22:00:00.000Z', 'duminică, 31 octombrie 2027, toată ziua'],
  ])('%s to %s', (from, to, words) => {
    expect(spanInWords({ from, to }, 'ro')).toBe(words);
  });
});
