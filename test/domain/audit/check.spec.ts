import { day, lengthOf, moment, pass, restingOn } from '../../../src/domain/audit/check';
import { gradeOf } from '../../../src/domain/audit/grades';
import { rescheduledHistory } from '../../support/histories';
import { changing, eventOf } from '../../support/retelling';

const text = { ro: 'Da.', en: 'Yes.' };

describe('What a check finds', () => {
  it('names each event once, in order, and passes over those that there are not', () => {
    const [one, other] = [{ id: 'one' }, { id: 'other' }];
    expect(pass(text, [other, undefined, one, other]).evidence).toEqual(['other', 'one']);
    expect(restingOn(pass(text, [one, other]), [one, undefined, one])).toEqual({
      verdict: 'pass',
      text,
      evidence: ['one', 'other'],
      restsOn: ['one'],
    });
    expect(pass(text)).toStrictEqual({ verdict: 'pass', text, evidence: [] });
    expect(pass(text, [], { failsAt: '' })).toStrictEqual({ verdict: 'pass', text, evidence: [], turns: { failsAt: '' } });
  });

  it('tells a moment by the clock of Cluj, with its seconds where there are any', () => {
    expect(moment('2026-03-05T08:00:00.000Z')).toBe('05.03.2026, 10:00');
    expect(moment('2026-07-05T22:30:09.500Z')).toBe('06.07.2026, 01:30:09');
    expect(day('2026-03-05')).toBe('05.03.2026');
  });

  it('tells a length in whole hours, minutes and seconds, and none of them that is nought', () => {
    expect([0, 0.9, 1, 60, 3600, 3601, 86_399, -61].map(lengthOf)).toEqual([
      '0 s',
      '0 s',
      '1 s',
      '1 min',
      '1 h',
      '1 h 1 s',
      '23 h 59 min 59 s',
      '−1 min 1 s',
    ]);
  });
});

describe('How a rescheduling is known (A20)', () => {
  const moved = (changes: object) => gradeOf(eventOf(changing(rescheduledHistory(), 'Rescheduled', changes), 'Rescheduled').fact);

  it('is seen by our form, but for what staff says in it of the citizen: that they agreed', () => {
    expect(moved({ citizenAgreed: false })).toBe('observed');
    expect(moved({ citizenAgreed: true })).toBe('declared');
    expect(moved({ by: 'citizen', citizenAgreed: true })).toBe('observed');
  });
});
