import { dueInWords } from '../../../../src/infrastructure/phrasing/words/dates';
import { durationView, instantTyped, notBefore, secondsTyped } from '../../../../src/infrastructure/web/meetings/typed-time';

describe('times that people type', () => {
  it('are Romania’s, in winter and in summer', () => {
    expect(instantTyped('2026-03-05', '10:15')).toBe('2026-03-05T08:15:00.000Z');
    expect(instantTyped('2026-07-05', '10:15')).toBe('2026-07-05T07:15:00.000Z');
  });

  it('in the hour repeated in October are of its first passing; in the hour skipped in March they are none', () => {
    expect(instantTyped('2026-10-25', '03:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(instantTyped('2026-10-25', '04:00')).toBe('2026-10-25T02:00:00.000Z');
    expect(instantTyped('2026-03-29', '03:30')).toBeUndefined();
  });

  it.each([
    ['2026-02-31', '10:15'],
    ['', '10:15'],
    ['2026-03-05', ''],
    ['2026-03-05', '24:00'],
    ['2026-03-05', '9:15'],
    ['05.03.2026', '09:15'],
  ])('%s %s is no time', (date, time) => {
    expect(instantTyped(date, time)).toBeUndefined();
  });

  it('mean some moment of their minute, so never before what happened during it', () => {
    expect(notBefore('2026-03-05T08:15:00.000Z', '2026-03-05T08:15:40.000Z')).toBe('2026-03-05T08:15:40.000Z');
    expect(notBefore('2026-03-05T08:15:00.000Z', '2026-03-05T08:16:00.000Z')).toBe('2026-03-05T08:15:00.000Z');
    expect(notBefore('2026-03-05T08:15:00.000Z', undefined)).toBe('2026-03-05T08:15:00.000Z');
  });

  it('of a recording are minutes and seconds', () => {
    expect(['14:05', '14', '0:59', '90:00'].map(secondsTyped)).toEqual([845, 840, 59, 5400]);
    expect(['', '14:65', '14:5', '-1', '1.5', 'x'].map(secondsTyped)).toEqual(Array.from({ length: 6 }));
    expect([845, 59].map(durationView)).toEqual(['14:05', '0:59']);
  });
});

describe('a term that ends with a day', () => {
  it('ends at its 24:00, not in the next one', () => {
    expect(dueInWords('2026-03-06T22:00:00.000Z', 'ro')).toBe('vineri, 6 martie 2026, 24:00');
    expect(dueInWords('2026-03-06T22:01:00.000Z', 'ro')).toBe('sâmbătă, 7 martie 2026, 00:01');
  });
});
