import { parseReference, referenceOf } from '../../../../src/domain/ticket/ticket';
import { mondayOf } from '../../../../src/domain/time/civil-time';
import { digitsTyped, isCode } from '../../../../src/infrastructure/web/booking/codes';
import {
  draftStatus,
  storedDraft,
  type Draft,
  lostFaults,
  lostHourOf,
  withHour,
  withLostHour,
  mayShow,
  nextStepOf,
} from '../../../../src/infrastructure/web/booking/draft';
import { sessionOf, sessionText } from '../../../../src/infrastructure/web/session/session.codec';
import { dayView, nearestTo } from '../../../../src/infrastructure/web/hours/hour-service';

const draft: Draft = {
  request: { number: '519073', filedOn: '2026-02-02' },
  requestNumber: '519.073',
  applicantName: 'Andrei Lăcătuș',
  ground: 'in-operation',
  person: 'Zoltán Marc',
  department: 'Autorizări',
  modes: ['online', 'phone', 'in-person'],
  expiresAt: '2026-03-02T08:30:00.000Z',
};
const complete: Draft = { ...draft, startsAt: '2026-03-05T08:00:00.000Z', mode: 'phone', phone: '0740', contactFor: 'phone' };

describe('a code as people type it', () => {
  it.each(['482913', '482 913', '482-913', ' 4 8 2–9 1 3 ', '482\u00a0913', '482.913'])('%j is six digits', (text) => {
    expect(digitsTyped(text)).toBe('482913');
    expect(isCode(digitsTyped(text), 6)).toBe(true);
  });
  it.each(['', '48291', '4829134', '48291a', '４８２９１３'])('%j is no code', (text) => {
    expect(isCode(digitsTyped(text), 6)).toBe(false);
  });
});

describe('a reference as people write it', () => {
  it.each(['TA-7H3K9QXZ', 'ta-7h3k9qxz', '7H3K 9QXZ', 'TA 7H3K-9QXZ'])('%j', (text) => {
    expect(parseReference(text)).toBe('TA-7H3K9QXZ');
  });
  it('takes O for 0, and I and L for 1, as Crockford says', () => {
    expect(parseReference('TA-OIL0000Z')).toBe('TA-0110000Z');
  });
  it.each(['', 'TA-', 'TA-7H3K9QX', 'TA-7H3K9QXZZ', 'TA-7H3K9QXU', '../../etc'])('%j is none', (text) => {
    expect(parseReference(text)).toBeUndefined();
  });
  it('reads what referenceOf writes', () => {
    const reference = referenceOf('018f0000-0000-7000-8000-00f3a2c4e5b6');
    expect(parseReference(reference)).toBe(reference);
  });
});

describe('the steps', () => {
  it('lead to the first without an answer, and whoever changes one answer back to the check', () => {
    expect(nextStepOf(draft)).toBe('ora');
    expect(nextStepOf({ ...draft, startsAt: 'x' })).toBe('mod');
    expect(nextStepOf(complete)).toBe('verificare');
    expect(nextStepOf(withHour(complete, '2026-03-05T09:00:00.000Z'))).toBe('verificare');
  });
  it('ask for the contact again when the mode changes, and for the notice when it becomes online (A14)', () => {
    expect(nextStepOf({ ...complete, mode: 'in-person' })).toBe('contact');
    expect(nextStepOf({ ...complete, mode: 'online', contactFor: 'online' })).toBe('mod');
  });
  it('show none before its turn', () => {
    expect(mayShow('verificare', draft)).toBe(false);
    expect(mayShow('contact', complete)).toBe(true);
  });
});

describe('a draft', () => {
  it('is kept as texts and comes back the same, until it expires', () => {
    expect(draftStatus(storedDraft(complete), '2026-03-02T08:00:00.000Z')).toEqual({ kind: 'open', draft: complete });
    expect(draftStatus(storedDraft(complete), complete.expiresAt)).toEqual({ kind: 'expired' });
  });
  it('loses its hour and nothing else, and says why until another is chosen', () => {
    const lost = withLostHour({ ...complete, ticketId: 't' }, 'taken');
    const { startsAt: _, ...others } = complete;
    expect(lost).toEqual({ ...others, lost: 'taken 2026-03-05T08:00:00.000Z' });
    expect(lostFaults(lost, 'ro')).toEqual([
      { field: 'startsAt', message: 'Ora 10:00 tocmai a fost rezervată de altcineva. Alegeți altă oră.' },
    ]);
    expect(lostFaults(withLostHour(complete, 'hold-lost'), 'ro')[0]?.message).toBe(
      'Nu am mai putut păstra ora. Datele dumneavoastră sunt salvate, alegeți altă oră.',
    );
    expect(lostHourOf(lost)).toBe(complete.startsAt);
    expect(withHour(lost, '2026-03-05T09:00:00.000Z')).toEqual({ ...complete, startsAt: '2026-03-05T09:00:00.000Z' });
  });
});

describe('the hours that are shown', () => {
  const at = (time: string, day = '05') => ({ startsAt: `2026-03-${day}T${time}:00.000Z`, endsAt: '' });
  const week = {
    days: [
      { date: '2026-03-04', free: 0, closed: 'full' as const },
      { date: '2026-03-05', free: 2 },
      { date: '2026-03-07', free: 0, closed: 'weekend' as const },
    ],
    slots: [at('08:00'), at('08:15')],
  };
  it('are of the first day that has some, or of the day that was asked for', () => {
    expect(dayView(week, {})).toMatchObject({ day: { date: '2026-03-05' }, starts: [at('08:00').startsAt, at('08:15').startsAt] });
    expect(dayView(week, { day: '2026-03-04' })).toMatchObject({ day: { closed: 'full' }, starts: [] });
    expect(dayView(week, {}).days.map(({ date }) => date)).toEqual(['2026-03-04', '2026-03-05']);
    expect(dayView(week, { day: '2026-03-07' }).days).toHaveLength(3);
  });
  it('a week begins on Monday', () => {
    expect(['2026-03-02', '2026-03-05', '2026-03-08'].map(mondayOf)).toEqual(['2026-03-02', '2026-03-02', '2026-03-02']);
  });
  it('near one that is gone are at most five, in order, without the one that is gone', () => {
    const starts = ['07:00', '07:45', '08:00', '08:15', '08:30', '09:00', '11:00'].map((time) => at(time).startsAt);
    expect(nearestTo(at('08:00').startsAt, [...starts, ...starts]).map((start) => start.slice(11, 16))).toEqual([
      '07:00',
      '07:45',
      '08:15',
      '08:30',
      '09:00',
    ]);
  });
});

describe('a session of an older build', () => {
  it('holds no ticket: nothing but its id was kept', () => {
    const held = { ticketId: 't', token: 'x' };
    expect(sessionOf('{"tickets":["t"],"draft":{"a":"b"}}')).toEqual({ tickets: [], draft: { a: 'b' } });
    expect(sessionOf(sessionText({ tickets: [held], draft: {} }))).toEqual({ tickets: [held], draft: {} });
  });
});
