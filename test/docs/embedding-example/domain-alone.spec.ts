import { agenda, dayPlan, holdSlot, staffMember, workingCalendar } from '../../../src/domain/index';
import { fakeEncrypt, given } from '../../../src/infrastructure/testing/index';
import { isApplicant, mayAskUntil, tooSoon } from './domain-alone';

it('Art. 2 b: an answer of 20 February 2026 may be asked about until Monday, 23 March', () => {
  expect(mayAskUntil('2026-02-20')).toBe('2026-03-23'); // day 30 is a Sunday
});

it('Art. 3 b: diacritics and the order of names do not matter, the names do', () => {
  expect(isApplicant('ŢURCANU ŞTEFAN', 'Stefan Turcanu')).toBe(true);
  expect(isApplicant('ŢURCANU ŞTEFAN', 'Stefan')).toBe(false);
});

it('Art. 4: 47 h 59 min is too soon', () => {
  expect(tooSoon('2026-03-02T08:16:00.000Z', '2026-03-04T08:15:00.000Z')).toMatchObject({ code: 'too-soon', article: '4' });
  expect(tooSoon('2026-03-02T08:15:00.000Z', '2026-03-04T08:15:00.000Z')).toBeUndefined();
});

it('Art. 3 c: a slot is held by one', () => {
  const registered = { staffId: 'f02', role: 'executive', department: 'Autorizări', departmentCode: '425' } as const;
  const { state: person } = given(staffMember, {
    type: 'StaffRegistered',
    data: {
      ...registered,
      name: fakeEncrypt('staff', 'Levente Fodor'),
      email: fakeEncrypt('staff', 'f02@primarie.example'),
      registeredAt: '2026-03-01T08:00:00.000Z',
    },
  });
  const hold = {
    slot: { startsAt: '2026-03-05T08:00:00.000Z', endsAt: '2026-03-05T08:15:00.000Z' },
    at: '2026-03-02T08:00:00.000Z',
    until: '2026-03-02T08:15:00.000Z',
    plan: dayPlan('2026-03-05', person, workingCalendar.initial),
    dailyCap: null,
  };
  const taken = given(agenda).after((day) => holdSlot({ ...hold, holdId: 'one', ticketId: 'first' }, day));
  expect(taken.when((day) => holdSlot({ ...hold, holdId: 'two', ticketId: 'second' }, day))).toMatchObject({ code: 'slot-taken' });
});
