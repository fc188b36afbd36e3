import { typedDate, typedTime, wallMoment } from '../../../../src/infrastructure/web/schedule/wall-time';

const at = (end: 'from' | 'to', date: string, time: string) => wallMoment(end, date, time);

describe('a date and a time as typed, in Romania', () => {
  it('A16: is the instant of the wall clock there, winter and summer', () => {
    expect(at('from', '2027-03-09', '10:15')).toEqual({ instant: '2027-03-09T08:15:00.000Z', repeated: false });
    expect(at('from', '2027-07-09', '10:15')).toEqual({ instant: '2027-07-09T07:15:00.000Z', repeated: false });
  });

  it('without a time is the whole day, 23 or 25 hours long when the clocks change', () => {
    const day = (date: string) =>
      [at('from', date, ''), at('to', date, '')].map((moment) => (typeof moment === 'object' ? moment.instant : moment));
    expect(day('2027-03-09')).toEqual(['2027-03-08T22:00:00.000Z', '2027-03-09T22:00:00.000Z']);
    expect(day('2027-03-28')).toEqual(['2027-03-27T22:00:00.000Z', '2027-03-28T21:00:00.000Z']);
    expect(day('2027-10-31')).toEqual(['2027-10-30T21:00:00.000Z', '2027-10-31T22:00:00.000Z']);
  });

  it('takes of the hour repeated in October the first passing as a beginning and the second as an end, and says that it is repeated', () => {
    expect(at('from', '2027-10-31', '03:30')).toEqual({ instant: '2027-10-31T00:30:00.000Z', repeated: true });
    expect(at('to', '2027-10-31', '03:30')).toEqual({ instant: '2027-10-31T01:30:00.000Z', repeated: true });
    expect(at('to', '2027-10-31', '02:59')).toMatchObject({ repeated: false });
    expect(at('to', '2027-10-31', '04:00')).toEqual({ instant: '2027-10-31T02:00:00.000Z', repeated: false });
  });

  it('refuses the hour that is skipped in March instead of moving it in silence', () => {
    expect(at('from', '2027-03-28', '03:30')).toBe('time-skipped');
    expect(at('from', '2027-03-28', '02:59')).toMatchObject({ instant: '2027-03-28T00:59:00.000Z' });
    expect(at('from', '2027-03-28', '04:00')).toMatchObject({ instant: '2027-03-28T01:00:00.000Z' });
  });

  it('says what is wrong', () => {
    expect(at('from', '', '10:00')).toBe('date-missing');
    expect(at('from', '2027-02-29', '')).toBe('date-wrong');
    expect(at('from', '2027-03-09', '24:00')).toBe('time-wrong');
    expect(at('from', '2027-03-09', '<b>')).toBe('time-wrong');
  });

  it.each([
    ['2027-03-09', '2027-03-09'],
    ['9.3.2027', '2027-03-09'],
    ['09/03/2027', '2027-03-09'],
    ['31.2.2027', undefined],
    ['9 martie', undefined],
    ['٩.٣.٢٠٢٧', undefined],
  ])('reads the date %p as %p', (text, date) => {
    expect(typedDate(text)).toBe(date);
  });

  it.each([
    ['8', '08:00'],
    ['8:30', '08:30'],
    ['08.30', '08:30'],
    ['08:30:00', '08:30'],
    ['25:00', undefined],
    ['8:61', undefined],
    ['', undefined],
  ])('reads the time %p as %p', (text, time) => {
    expect(typedTime(text)).toBe(time);
  });
});
