import { fold } from '../../../src/domain/kernel/decider';
import { personal } from '../../../src/domain/kernel/personal-text';
import {
  nameDeputy,
  type NameDeputy,
  nameForDepartment,
  deputyFor,
  withdrawDeputy,
  withdrawFromDepartment,
} from '../../../src/domain/staff/deputies';
import type { StaffFact } from '../../../src/domain/staff/facts';
import { type KnownStaff, staffMember } from '../../../src/domain/staff/staff-member';
import { factsOf } from '../../support/decided';

const at = '2026-03-02T08:00:00.000Z';
const person = (staffId: string, departmentCode = '425'): KnownStaff => {
  const texts = { name: personal('staff', staffId), email: personal('staff', `${staffId}@primarie.example`) };
  const data = { staffId, ...texts, role: 'executive', department: 'Autorizări', departmentCode, registeredAt: at } as const;
  return known([{ type: 'StaffRegistered', data }]);
};
const known = (facts: readonly StaffFact[], before?: KnownStaff): KnownStaff => {
  const state = fold(staffMember, facts, before ?? staffMember.initial);
  if (state.status === 'unknown') throw new Error('unknown');
  return state;
};
const days: NameDeputy = { deputyshipId: 'd-1', from: '2026-03-05', to: '2026-03-06', at };
const [away, deputy] = [person('s002'), person('s004')];
const who = { staffId: 's004', state: deputy };
const left = known([{ type: 'StaffLeft', data: { on: '2026-03-06', recordedAt: at } }], deputy);

describe('A3: naming a deputy', () => {
  it('given two of one department, when one is named for the other, then it holds on both days and on no other', () => {
    const facts = factsOf(nameDeputy(days, who, away));
    expect(facts).toEqual([
      { type: 'DeputyNamed', data: { deputyshipId: 'd-1', deputy: 's004', from: '2026-03-05', to: '2026-03-06', namedAt: at } },
    ]);
    const named = known(facts, away);
    const standings = ['2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07'].map((date) => deputyFor(deputy, named, date));
    expect(standings).toEqual(['colleague', 'person', 'person', 'colleague']);
    expect(deputyFor(person('s005'), named, '2026-03-05')).toBe('colleague');
    // the same command again
    expect(factsOf(nameDeputy(days, who, named))).toEqual([]);
  });

  it('given a deputy of all the department, then they come after the one named for the person, and for no other department', () => {
    const forAll = known(factsOf(nameForDepartment({ ...days, deputyshipId: 'd-2' }, deputy)), deputy);
    expect(deputyFor(forAll, away, '2026-03-05')).toBe('department');
    expect(deputyFor(forAll, person('s009', '500'), '2026-03-05')).toBe('colleague');
    expect(deputyFor(forAll, known(factsOf(nameDeputy(days, who, away)), away), '2026-03-05')).toBe('person');
  });

  it('given a deputy, when withdrawn, then nobody stands in, and it is said once', () => {
    const named = known(factsOf(nameDeputy(days, who, away)), away);
    const withdrawn = known(factsOf(withdrawDeputy({ deputyshipId: 'd-1', at }, named)), named);
    expect(deputyFor(deputy, withdrawn, '2026-03-05')).toBe('colleague');
    expect(factsOf(withdrawDeputy({ deputyshipId: 'd-1', at }, withdrawn))).toEqual([]);
    expect(withdrawDeputy({ deputyshipId: 'd-9', at }, named)).toMatchObject({ code: 'not-found' });
    const forAll = known(factsOf(nameForDepartment(days, deputy)), deputy);
    const none = known(factsOf(withdrawFromDepartment({ deputyshipId: 'd-1', at }, forAll)), forAll);
    expect(deputyFor(none, away, '2026-03-05')).toBe('colleague');
    expect(withdrawFromDepartment({ deputyshipId: 'd-9', at }, forAll)).toMatchObject({ code: 'not-found' });
  });

  it('given somebody registered anew, then their deputies stay named', () => {
    const named = known(factsOf(nameDeputy(days, who, away)), away);
    const { staffId, name, email, department, departmentCode } = named;
    const again = { staffId, name, email, role: 'head-of-office', department, departmentCode, registeredAt: at } as const;
    expect(deputyFor(deputy, known([{ type: 'StaffRegistered', data: again }], named), '2026-03-05')).toBe('person');
  });

  it.each<[string, Partial<NameDeputy>, { readonly staffId: string; readonly state: KnownStaff | typeof staffMember.initial }, object]>([
    ['oneself', {}, { staffId: 's002', state: away }, { field: 'deputy', reason: 'same-person' }],
    ['a stranger', {}, { staffId: 's077', state: staffMember.initial }, { field: 'deputy', reason: 'nobody' }],
    ['another department', {}, { staffId: 's003', state: person('s003', '500') }, { field: 'deputy', reason: 'deputy-elsewhere' }],
    ['who has left by then', {}, { staffId: 's004', state: left }, { field: 'deputy', reason: 'gone-by-then' }],
    ['an end before the beginning', { to: '2026-03-04' }, who, { field: 'to', reason: 'before-from' }],
    ['days that are over', { from: '2026-02-27', to: '2026-03-01' }, who, { field: 'to', reason: 'in-the-past' }],
    ['no date at the end', { to: 'miercuri' }, who, { field: 'to', reason: 'not-a-date' }],
    ['no date', { from: 'marți' }, who, { field: 'from', reason: 'not-a-date' }],
  ])('refuses %s', (_, change, whom, details) => {
    expect(nameDeputy({ ...days, ...change }, whom, away)).toMatchObject({ code: 'invalid', details });
  });

  it('given several, then each is known by its own id; the last day may be today', () => {
    const second = { ...days, deputyshipId: 'd-2' };
    const two = fold(staffMember, [...factsOf(nameDeputy(days, who, away)), ...factsOf(nameDeputy(second, who, away))], away);
    expect(factsOf(nameDeputy(days, who, two))).toEqual([]);
    expect(factsOf(nameDeputy({ ...days, deputyshipId: 'd-3', from: '2026-03-02', to: '2026-03-02' }, who, two))).toHaveLength(1);
    expect(factsOf(withdrawDeputy({ deputyshipId: 'd-1', at }, two))).toHaveLength(1);
    expect(withdrawDeputy({ deputyshipId: 'd-1', at }, away)).toMatchObject({ code: 'not-found' });

    const forAll = fold(staffMember, [...factsOf(nameForDepartment(days, deputy)), ...factsOf(nameForDepartment(second, deputy))], deputy);
    expect(factsOf(nameForDepartment(days, forAll))).toEqual([]);
    expect(factsOf(nameForDepartment({ ...days, deputyshipId: 'd-3' }, forAll))).toHaveLength(1);
    const withdrawal = factsOf(withdrawFromDepartment({ deputyshipId: 'd-1', at }, forAll));
    expect(withdrawal).toEqual([{ type: 'DepartmentDeputyWithdrawn', data: { deputyshipId: 'd-1', withdrawnAt: at } }]);
    expect(factsOf(withdrawFromDepartment({ deputyshipId: 'd-1', at }, fold(staffMember, withdrawal, forAll)))).toEqual([]);
    expect(withdrawFromDepartment({ deputyshipId: 'd-1', at }, deputy)).toMatchObject({ code: 'not-found' });
  });

  it('refuses whoever is not known', () => {
    const stranger = staffMember.initial;
    const refused = { code: 'not-found' };
    expect(nameDeputy(days, who, stranger)).toMatchObject(refused);
    expect(withdrawDeputy({ deputyshipId: 'd-1', at }, stranger)).toMatchObject(refused);
    expect(nameForDepartment(days, stranger)).toMatchObject(refused);
    expect(withdrawFromDepartment({ deputyshipId: 'd-1', at }, stranger)).toMatchObject(refused);
  });

  it('refuses for a whole department whoever has left by then, and days that end before they begin', () => {
    expect(nameForDepartment(days, left)).toMatchObject({ code: 'invalid', details: { field: 'deputy', reason: 'gone-by-then' } });
    expect(nameForDepartment({ ...days, to: '2026-03-05' }, left)).toMatchObject({ facts: [{ type: 'DepartmentDeputyNamed' }] });
    expect(nameForDepartment({ ...days, to: '2026-03-01' }, deputy)).toMatchObject({ code: 'invalid', details: { field: 'to' } });
  });
});
