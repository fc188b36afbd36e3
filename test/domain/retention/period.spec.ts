import { endOfPeriod, keptSince, periodOf } from '../../../src/domain/retention/retention';

const period = (text: string) => {
  const read = periodOf(text);
  if (read === undefined) throw new Error(`${text} is no period.`);
  return read;
};

describe('a period of retention', () => {
  it.each(['P5Y', 'P18M', 'P90D', 'P2W', 'P1Y6M', 'PT24H'])('%s is one', (text) => {
    expect(periodOf(text)).toMatchObject({ text });
  });
  it.each(['', 'P', 'PT', 'P0D', 'PT0H', '5Y', 'P-1Y', 'P1.5Y', 'P1YT2H', 'p1y', 'P1H', 'PT30M', 'P1D1Y', ' P1Y', 'P1Y '])(
    '%j is none',
    (text) => {
      expect(periodOf(text)).toBeUndefined();
    },
  );
  it('ends at the midnight of Bucharest after its last day, whatever the clocks did meanwhile', () => {
    expect(endOfPeriod('2026-03-05T10:00:00.000Z', period('P1D'))).toBe('2026-03-06T22:00:00.000Z');
    expect(endOfPeriod('2026-03-05T10:00:00.000Z', period('P1M'))).toBe('2026-04-05T21:00:00.000Z');
    // 23:30 in UTC is the next day in Bucharest
    expect(endOfPeriod('2026-03-05T23:30:00.000Z', period('P1D'))).toBe('2026-03-07T22:00:00.000Z');
    expect(endOfPeriod('2024-02-29T10:00:00.000Z', period('P1Y'))).toBe('2025-02-28T22:00:00.000Z');
    expect(endOfPeriod('2026-03-05T10:00:00.000Z', period('PT24H'))).toBe('2026-03-06T10:00:00.000Z');
  });
  it('what is older than `keptSince` has been kept for it, and no more than that', () => {
    for (const text of ['P1D', 'P3M', 'P5Y', 'PT24H']) {
      for (const now of ['2026-03-29T00:30:00.000Z', '2026-03-31T21:30:00.000Z', '2028-02-29T12:00:00.000Z']) {
        const since = keptSince(now, period(text));
        const before = new Date(Date.parse(since) - 1).toISOString();
        expect([text, now, endOfPeriod(before, period(text)) <= now]).toEqual([text, now, true]);
      }
    }
  });
});
