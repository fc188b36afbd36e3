import { fold, type Decision } from '../../../src/domain/kernel/decider';
import { personal } from '../../../src/domain/kernel/personal-text';
import type { StaffFact, WeeklyHours } from '../../../src/domain/staff/facts';
import {
  hasLeft,
  hoursOn,
  isAbsent,
  leave,
  recordAbsence,
  registerStaff,
  type RegisterStaff,
  setWorkingHours,
  staffMember,
  type StaffState,
  withdrawAbsence,
} from '../../../src/domain/staff/staff-member';
import { localTimeOf } from '../../../src/domain/time/civil-time';
import { absence, staffWith } from '../../support/staff-and-calendar';
import { factsOf, refused } from '../../support/decided';

const at = '2026-11-25T08:00:00.000Z';
const stranger = staffMember.initial;
const after = (state: StaffState, decision: Decision<StaffFact>): StaffState => fold(staffMember, factsOf(decision), state);

const registration: RegisterStaff = {
  staffId: 's002',
  name: personal('staff', 'Zoltán Marc'),
  email: personal('staff', 's002@primarie.example'),
  role: 'executive',
  department: 'Serviciul Autorizări urbanism',
  departmentCode: '425',
  sameName: true,
  sameEmail: true,
  bringsBack: true,
  at,
};

describe('registering a person', () => {
  it('records who and where', () => {
    const facts = factsOf(registerStaff({ ...registration, sameName: false, sameEmail: false }, stranger));
    const { staffId, name, email, role, department, departmentCode } = registration;
    expect(facts).toEqual([
      { type: 'StaffRegistered', data: { staffId, name, email, role, department, departmentCode, registeredAt: at } },
    ]);
    expect(fold(staffMember, facts)).toMatchObject({ status: 'known', staffId: 's002', role: 'executive', hours: [], absences: [] });
  });
  it('records nothing when nothing changed', () => {
    expect(factsOf(registerStaff(registration, staffWith()))).toEqual([]);
  });
  it.each<[string, Partial<RegisterStaff>]>([
    ['name', { sameName: false }],
    ['e-mail', { sameEmail: false }],
    ['role', { role: 'head-of-office' }],
    ['department', { department: 'Serviciul Strategii urbane' }],
    ['department code', { departmentCode: '430' }],
  ])('records anew when the %s changed, keeping hours and absences', (_, change) => {
    const known = staffWith(absence('a1', '2026-12-07T06:00:00.000Z', '2026-12-08T06:00:00.000Z'));
    const state = after(known, registerStaff({ ...registration, ...change }, known));
    expect(factsOf(registerStaff({ ...registration, ...change }, known))).toHaveLength(1);
    expect(state).toMatchObject({ absences: [{ absenceId: 'a1' }] });
  });
  it.each<[string, Partial<RegisterStaff>]>([
    ['staffId', { staffId: 'ion popescu' }],
    ['staffId', { staffId: 's_1' }],
    ['staffId', { staffId: '' }],
    ['name', { name: personal('staff', '  ') }],
    ['email', { email: personal('staff', 'nobody') }],
    ['email', { email: personal('staff', 'a b@c') }],
    ['department', { department: ' ' }],
    ['departmentCode', { departmentCode: '4/25' }],
  ])('refuses a wrong %s, and says only which field', (field, change) => {
    const refusal = registerStaff({ ...registration, ...change }, stranger);
    expect(refusal).toMatchObject(refused('invalid', { field }));
    expect(JSON.stringify(refusal)).not.toContain('popescu');
  });
});

describe('leaving', () => {
  const left = after(staffWith(), leave({ on: '2026-12-01', at }, staffWith()));
  it('A3: holds from its first day on', () => {
    expect(hasLeft(left, '2026-11-30')).toBe(false);
    expect(hasLeft(left, '2026-12-01')).toBe(true);
    expect(isAbsent(left, '2026-11-30T21:59:59.999Z')).toBe(false);
    expect(isAbsent(left, '2026-11-30T22:00:00.000Z')).toBe(true);
  });
  it('is recorded once; another day replaces it', () => {
    expect(factsOf(leave({ on: '2026-12-01', at }, left))).toEqual([]);
    expect(factsOf(leave({ on: '2026-12-02', at }, left))).toEqual([{ type: 'StaffLeft', data: { on: '2026-12-02', recordedAt: at } }]);
  });
  it('is refused for a stranger and for what is no date', () => {
    expect(leave({ on: '2026-12-01', at }, stranger)).toMatchObject(refused('not-found'));
    expect(leave({ on: '2026-12-32', at }, staffWith())).toMatchObject(refused('invalid', { field: 'on' }));
  });
  it('is over when the person is registered again afterwards, and only announced before', () => {
    const before = after(left, registerStaff({ ...registration, role: 'head-of-office' }, left));
    expect(hasLeft(before, '2026-12-01')).toBe(true);
    expect(factsOf(registerStaff(registration, left))).toEqual([]);
    const back = after(left, registerStaff({ ...registration, at: '2026-12-10T08:00:00.000Z' }, left));
    expect(hasLeft(back, '2026-12-10')).toBe(false);
    const listed = registerStaff({ ...registration, bringsBack: false, at: '2026-12-10T08:00:00.000Z' }, left);
    expect(listed).toMatchObject(refused('invalid', { field: 'staffId', reason: 'has-left' }));
    expect(factsOf(registerStaff({ ...registration, bringsBack: false }, left))).toEqual([]);
    const sameDay = after(left, registerStaff({ ...registration, at: '2026-12-01T08:00:00.000Z' }, left));
    expect(hasLeft(sameDay, '2026-12-01')).toBe(false);
  });
});

describe('weekly hours (A16)', () => {
  const onTheWall = (state: StaffState, date: string) => hoursOn(state, date).map((hours) => hours.map(localTimeOf));

  it.each([
    ['2026-11-23', [['08:00', '16:00']]],
    ['2026-11-24', [['08:00', '16:00']]],
    ['2026-11-25', [['08:00', '16:00']]],
    ['2026-11-26', [['08:00', '17:30']]],
    ['2026-11-27', [['08:00', '14:30']]],
    ['2026-11-28', []],
    ['2026-11-29', []],
  ])('A16: the default week on %s', (date, hours) => {
    expect(onTheWall(staffWith(), date)).toEqual(hours);
  });
  it('A16: are the same on the wall in summer and winter, and another instant', () => {
    expect(hoursOn(staffWith(), '2026-07-01')).toEqual([['2026-07-01T05:00:00.000Z', '2026-07-01T13:00:00.000Z']]);
    expect(hoursOn(staffWith(), '2026-11-25')).toEqual([['2026-11-25T06:00:00.000Z', '2026-11-25T14:00:00.000Z']]);
  });
  it('A16: a stranger has none', () => {
    expect(hoursOn(stranger, '2026-11-25')).toEqual([]);
  });
  it('A16: hold from their day on until another week does, whatever the order of setting', () => {
    const afternoons: WeeklyHours = { wed: [['12:00', '16:00']] };
    const split: WeeklyHours = {
      wed: [
        ['14:00', '16:00'],
        ['08:00', '10:00'],
      ],
    };
    let state = after(staffWith(), setWorkingHours({ from: '2027-01-01', week: split, at }, staffWith()));
    state = after(state, setWorkingHours({ from: '2026-12-01', week: afternoons, at }, state));
    expect(onTheWall(state, '2026-11-25')).toEqual([['08:00', '16:00']]);
    expect(onTheWall(state, '2026-12-02')).toEqual([['12:00', '16:00']]);
    expect(onTheWall(state, '2026-12-01')).toEqual([]);
    expect(onTheWall(state, '2026-12-03')).toEqual([]);
    expect(onTheWall(state, '2027-01-13')).toEqual([
      ['08:00', '10:00'],
      ['14:00', '16:00'],
    ]);
    const corrected = after(state, setWorkingHours({ from: '2026-12-01', week: split, at }, state));
    expect(onTheWall(corrected, '2026-12-02')[0]).toEqual(['08:00', '10:00']);
  });
  it('A16: set again as they are, they change nothing', () => {
    const week: WeeklyHours = { mon: [['09:00', '12:00']] };
    const state = after(staffWith(), setWorkingHours({ from: '2026-12-01', week, at }, staffWith()));
    expect(factsOf(setWorkingHours({ from: '2026-12-01', week: { ...week, tue: [] }, at }, state))).toEqual([]);
    expect(factsOf(setWorkingHours({ from: '2026-12-02', week, at }, state))).toHaveLength(1);
  });
  it.each<[string, WeeklyHours, string, string]>([
    ['a time off the grid', { tue: [['08:10', '12:00']] }, 'tue', 'not-on-grid'],
    ['an end off the grid', { tue: [['08:00', '12:01']] }, 'tue', 'not-on-grid'],
    ['an hour without its zero', { wed: [['8:00', '12:00']] }, 'wed', 'not-on-grid'],
    ['an hour that is none', { wed: [['08:00', '24:15']] }, 'wed', 'not-on-grid'],
    ['words', { wed: [['morning', 'noon']] }, 'wed', 'not-on-grid'],
    ['an end before the beginning', { thu: [['12:00', '08:00']] }, 'thu', 'empty-interval'],
    ['no time at all', { thu: [['12:00', '12:00']] }, 'thu', 'empty-interval'],
    [
      'two stretches that overlap, in any order',
      {
        mon: [['08:00', '12:00']],
        fri: [
          ['11:45', '13:00'],
          ['08:00', '12:00'],
        ],
      },
      'fri',
      'overlap',
    ],
  ])('A16: refuse %s, saying which day', (_, week, day, reason) => {
    expect(setWorkingHours({ from: '2026-12-01', week, at }, staffWith())).toEqual(
      refused('invalid', { field: `week.${day}`, day, reason }),
    );
  });
  it('A16: may touch without overlapping', () => {
    const week: WeeklyHours = {
      mon: [
        ['08:00', '12:00'],
        ['12:00', '16:00'],
      ],
    };
    expect(factsOf(setWorkingHours({ from: '2026-12-01', week, at }, staffWith()))).toEqual([
      { type: 'WorkingHoursSet', data: { from: '2026-12-01', week, setAt: at } },
    ]);
  });
  it('A16: are refused for a stranger and from no date', () => {
    expect(setWorkingHours({ from: '2026-12-01', week: {}, at }, stranger)).toMatchObject(refused('not-found'));
    expect(setWorkingHours({ from: 'soon', week: {}, at }, staffWith())).toMatchObject(refused('invalid', { field: 'from' }));
  });
});

describe('absences', () => {
  const reason = personal('staff', 'concediu medical');
  const command = { absenceId: 'a1', from: '2026-12-07T06:00:00.000Z', to: '2026-12-08T06:00:00.000Z', reason, at };
  const away = after(staffWith(), recordAbsence(command, staffWith()));

  it('A16: hold from their beginning to just before their end', () => {
    expect(isAbsent(away, '2026-12-07T05:59:59.999Z')).toBe(false);
    expect(isAbsent(away, command.from)).toBe(true);
    expect(isAbsent(away, '2026-12-08T05:59:59.999Z')).toBe(true);
    expect(isAbsent(away, command.to)).toBe(false);
    expect(isAbsent(stranger, command.from)).toBe(false);
  });
  it('are recorded once and withdrawn once', () => {
    expect(factsOf(recordAbsence(command, away))).toEqual([]);
    const withdrawn = after(away, withdrawAbsence({ absenceId: 'a1', at }, away));
    expect(isAbsent(withdrawn, command.from)).toBe(false);
    expect(factsOf(withdrawAbsence({ absenceId: 'a1', at }, withdrawn))).toEqual([]);
    expect(factsOf(recordAbsence(command, withdrawn))).toEqual([]);
  });
  it('withdrawn one by one leave the others', () => {
    const twice = after(away, recordAbsence({ ...command, absenceId: 'a2', from: '2026-12-07T10:00:00.000Z' }, away));
    const one = after(twice, withdrawAbsence({ absenceId: 'a1', at }, twice));
    expect(isAbsent(one, command.from)).toBe(false);
    expect(isAbsent(one, '2026-12-07T10:00:00.000Z')).toBe(true);
  });
  it('are refused when they end before they begin, are no instants, or belong to a stranger', () => {
    expect(recordAbsence({ ...command, to: command.from }, staffWith())).toMatchObject({
      details: { field: 'to', reason: 'not-after-from' },
    });
    expect(recordAbsence({ ...command, from: '2026-12-07T06:00:00Z' }, staffWith())).toMatchObject({ details: { field: 'from' } });
    expect(recordAbsence({ ...command, to: '2026-12-09' }, staffWith())).toMatchObject({
      details: { field: 'to', reason: 'not-an-instant' },
    });
    expect(recordAbsence(command, stranger)).toMatchObject(refused('not-found'));
    expect(withdrawAbsence({ absenceId: 'a1', at }, stranger)).toMatchObject(refused('not-found'));
    expect(withdrawAbsence({ absenceId: 'a9', at }, away)).toMatchObject(refused('not-found'));
  });
});

describe('a history that begins in the middle', () => {
  it('stays unknown until somebody is registered, and a fact of the future changes nothing', () => {
    expect(fold(staffMember, [absence('a1', at, at)])).toEqual(stranger);
    const unheardOf = { type: 'Promoted', data: {} } as unknown as StaffFact;
    expect(staffMember.evolve(staffWith(), unheardOf)).toEqual(staffWith());
  });
});

describe('hours as the clock has them', () => {
  const hours = (from: string, week: WeeklyHours): StaffFact => ({ type: 'WorkingHoursSet', data: { from, week, setAt: at } });
  it('A16: are in order, however they were told', () => {
    const week = {
      wed: [
        ['14:00', '16:00'],
        ['08:00', '10:00'],
        ['11:00', '12:00'],
      ],
    } as const;
    const set = staffWith(hours('2026-11-01', week));
    expect(hoursOn(set, '2026-11-25').map(([from, to]) => `${localTimeOf(from)}–${localTimeOf(to)}`)).toEqual([
      '08:00–10:00',
      '11:00–12:00',
      '14:00–16:00',
    ]);
  });
  it('A16: are none in the hour that the clocks leave out', () => {
    const sunday = (from: string, to: string) => hoursOn(staffWith(hours('2026-03-01', { sun: [[from, to]] })), '2026-03-29');
    expect(sunday('03:30', '04:15')).toEqual([]);
    expect(sunday('03:00', '04:00')).toEqual([]);
    expect(sunday('03:00', '04:15')).toHaveLength(1);
  });
  it.each([
    ['x08:00', '10:00'],
    ['08:00:30', '10:00'],
    ['08:00', 'x10:00'],
    ['08:00', '10:00+'],
  ])('A15: begin and end on the grid, which %s–%s do not', (from, to) => {
    expect(setWorkingHours({ from: '2026-11-01', week: { mon: [[from, to]] }, at }, staffWith())).toMatchObject(
      refused('invalid', { reason: 'not-on-grid' }),
    );
  });
  it('of somebody new, no absence was ever withdrawn', () => {
    expect(staffWith()).toMatchObject({ hours: [], absences: [], withdrawnAbsences: [] });
  });
});
