import { checkPlan, dayAvailability, dayPlan } from '../../../src/domain/agenda/day-plan';
import { wantedBlocks } from '../../../src/domain/agenda/wanted-blocks';
import { calendarAt, type CalendarFact, type CalendarState, workingCalendar } from '../../../src/domain/calendar/calendar';
import { pauseOn, pauseService, type PauseService, resumeService, textsOf } from '../../../src/domain/agenda/pauses';
import { fold } from '../../../src/domain/kernel/decider';
import { policiesWith } from '../../../src/domain/policies';
import { startOfDay, startOfNextDay } from '../../../src/domain/time/civil-time';
import { calendarWithBridgeDays, staffWith } from '../../support/staff-and-calendar';
import { factsOf, refused } from '../../support/decided';

const at = '2026-03-02T08:00:00.000Z';
const policies = policiesWith();
/** Thursday and Friday. */
const asked: PauseService = {
  pauseId: 'p-1',
  from: '2026-03-12',
  to: '2026-03-13',
  textRo: 'Mutăm birourile.',
  textEn: 'We are moving.',
  at,
};
const paused = (more: Partial<PauseService> = {}, before: CalendarState = workingCalendar.initial): CalendarState =>
  fold(workingCalendar, factsOf(pauseService({ ...asked, ...more }, policies, before)), before);
/** s002, of department 425 */
const staff = staffWith();
const slot = { startsAt: '2026-03-12T08:00:00.000Z', endsAt: '2026-03-12T08:15:00.000Z' };
const bounds = { earliest: '2026-03-04T08:00:00.000Z', latest: '2026-05-01T08:00:00.000Z' };

describe('A16: a pause of the service', () => {
  it('given a pause of two days, then no hour is free on them, each says why, and the days beside them are as they were', () => {
    const calendar = paused();
    const days = ['2026-03-11', '2026-03-12', '2026-03-13', '2026-03-16'].map((date) => {
      const { free, closed } = dayAvailability(dayPlan(date, staff, calendar), [], bounds);
      return closed ?? free > 0;
    });
    expect(days).toEqual([true, 'paused', 'paused', true]);
    expect(checkPlan(dayPlan('2026-03-12', staff, calendar), slot)).toEqual(
      refused('paused', { article: '4', reading: 'A16', until: '2026-03-13', textRo: 'Mutăm birourile.', textEn: 'We are moving.' }),
    );
    expect(checkPlan(dayPlan('2026-03-12', staff, workingCalendar.initial), slot)).toBeUndefined();
  });

  it('given a pause of one department, then its people’s days are closed and no others’', () => {
    expect(pauseOn(paused({ departmentCode: '425' }), '2026-03-12', '425')).toMatchObject({ pauseId: 'p-1' });
    expect(pauseOn(paused({ departmentCode: '500' }), '2026-03-12', '425')).toBeUndefined();
    expect(dayPlan('2026-03-12', staff, paused({ departmentCode: '500' })).closed).toBeUndefined();
    expect(wantedBlocks('2026-03-12', staff, paused({ departmentCode: '500' }))).toEqual([]);
  });

  it('Art. 8: given a pause, then the whole day is to be closed, so that what stands there becomes a task', () => {
    const [from, to] = [startOfDay('2026-03-12'), startOfNextDay('2026-03-12')];
    expect(wantedBlocks('2026-03-12', staff, paused())).toEqual([{ from, to, cause: 'pause' }]);
    expect(wantedBlocks('2026-03-11', staff, paused())).toEqual([]);
  });

  it('given a pause that is taken back, then the days are open, and others stay paused', () => {
    const both = paused({ pauseId: 'p-2', departmentCode: '425' }, paused());
    const facts = factsOf(resumeService({ pauseId: 'p-1', at }, both));
    expect(facts).toEqual([{ type: 'ServiceResumed', data: { pauseId: 'p-1', from: '2026-03-12', to: '2026-03-13', resumedAt: at } }]);
    const one = fold(workingCalendar, facts, both);
    expect([pauseOn(one, '2026-03-12', '500'), pauseOn(one, '2026-03-12', '425')?.pauseId]).toEqual([undefined, 'p-2']);
    const none = fold(workingCalendar, factsOf(resumeService({ pauseId: 'p-2', at }, one)), one);
    expect(dayPlan('2026-03-12', staff, none).closed).toBeUndefined();
    expect(resumeService({ pauseId: 'p-2', at }, none)).toMatchObject(refused('not-found'));
  });

  it('given decisions about days, then they stay beside a pause, and every one of them is another calendar', () => {
    const bridge = calendarWithBridgeDays('2026-03-16');
    const calendar = paused({}, bridge);
    expect(dayPlan('2026-03-16', staff, calendar).closed).toBe('bridge-day');
    expect(calendar.revision).toBe(bridge.revision + 1);
    const facts = factsOf(pauseService(asked, policies, bridge));
    const declared: CalendarFact = { type: 'BridgeDayDeclared', data: { date: '2026-03-17', decision: 'HG 2/2026', declaredAt: at } };
    expect(dayPlan('2026-03-12', staff, fold(workingCalendar, [...facts, declared])).closed).toBe('paused');
    const restored: CalendarFact = { type: 'DayRestored', data: { date: '2026-03-17', restoredAt: at } };
    expect(dayPlan('2026-03-12', staff, fold(workingCalendar, [...facts, declared, restored])).closed).toBe('paused');
    // before it was entered it was not there
    expect(pauseOn(calendarAt(facts, '2026-03-02T07:59:59.000Z'), '2026-03-12', '425')).toBeUndefined();
    expect(pauseOn(calendarAt(facts, at), '2026-03-12', '425')).toBeDefined();
    expect(factsOf(pauseService(asked, policies, paused()))).toEqual([]);
  });

  it('given several, then each is known by its own id', () => {
    const both = paused({ pauseId: 'p-2', departmentCode: '425' }, paused());
    expect(factsOf(pauseService(asked, policies, both))).toEqual([]);
    expect(factsOf(pauseService({ ...asked, pauseId: 'p-3' }, policies, both))).toHaveLength(1);
    expect(resumeService({ pauseId: 'p-3', at }, both)).toMatchObject(refused('not-found'));
    expect(resumeService({ pauseId: 'p-1', at }, workingCalendar.initial)).toMatchObject(refused('not-found'));
    expect(factsOf(resumeService({ pauseId: 'p-2', at }, both))).toMatchObject([{ data: { pauseId: 'p-2', departmentCode: '425' } }]);
    expect(pauseOn(workingCalendar.initial, '2026-03-12', '425')).toBeUndefined();
  });

  it('says its text in each language, and may last one day', () => {
    expect(textsOf(asked)).toEqual({ ro: 'Mutăm birourile.', en: 'We are moving.' });
    expect(factsOf(pauseService({ ...asked, to: asked.from }, policies, workingCalendar.initial))).toHaveLength(1);
  });

  it.each<[string, Partial<PauseService>, { field: string; reason: string }]>([
    ['an end before the beginning', { to: '2026-03-11' }, { field: 'to', reason: 'before-from' }],
    ['days that have begun', { from: '2026-03-01' }, { field: 'from', reason: 'in-the-past' }],
    ['no date', { from: 'joi' }, { field: 'from', reason: 'not-a-date' }],
    ['no date at the end', { to: 'vineri' }, { field: 'to', reason: 'not-a-date' }],
    ['no text in Romanian', { textRo: ' ' }, { field: 'textRo', reason: 'empty' }],
    ['no text in English', { textEn: '' }, { field: 'textEn', reason: 'empty' }],
    // whoever asks on Monday, 9 March can have Thursday, 12 March to Friday, 8 May
    ['what leaves somebody no day within the horizon', { to: '2026-05-08' }, { field: 'to', reason: 'pause-too-long' }],
  ])('refuses %s', (_, change, details) => {
    expect(pauseService({ ...asked, ...change }, policies, workingCalendar.initial)).toMatchObject(refused('invalid', details));
  });

  it('Art. 2: pauses that touch one another are one: together they leave everybody a working day, of each department', () => {
    const tooLong = { code: 'invalid', details: { field: 'to', reason: 'pause-too-long' } };
    const before = paused({ from: '2026-03-12', to: '2026-04-30' });
    const next: PauseService = { ...asked, pauseId: 'p-2', from: '2026-05-01', to: '2026-05-29' };
    for (const departmentCode of [undefined, '425']) {
      const command = departmentCode === undefined ? next : { ...next, departmentCode };
      expect(pauseService(command, policies, before)).toMatchObject(tooLong);
      // a day declared free, and a weekend, are no days that can be had
      expect(pauseService({ ...command, to: '2026-05-07' }, policies, before)).toMatchObject({ kind: 'accepted' });
      const bridge: CalendarFact = { type: 'BridgeDayDeclared', data: { date: '2026-05-08', decision: 'HG 3/2026', declaredAt: at } };
      expect(pauseService({ ...command, to: '2026-05-07' }, policies, fold(workingCalendar, [bridge], before))).toMatchObject(tooLong);
    }
    // the other way round, and of departments each for itself
    const ofOne = paused({ from: '2026-05-01', to: '2026-05-29', departmentCode: '425' });
    const whole: PauseService = { ...asked, pauseId: 'p-2', to: '2026-04-30' };
    expect(pauseService(whole, policies, ofOne)).toMatchObject(tooLong);
    expect(pauseService({ ...whole, departmentCode: '500' }, policies, ofOne)).toMatchObject({ kind: 'accepted' });
    expect(pauseService({ ...whole, departmentCode: '425' }, policies, ofOne)).toMatchObject(tooLong);
  });

  it('counts the lead time, and no days that are over', () => {
    const week = policiesWith({ 'lead-time': { value: { hours: 168 }, version: 2 } });
    expect(pauseService({ ...asked, to: '2026-05-07' }, week, workingCalendar.initial)).toMatchObject({
      details: { reason: 'pause-too-long' },
    });
    // from today on: whoever asks today can have the days from Thursday on
    expect(factsOf(pauseService({ ...asked, from: '2026-03-02', to: '2026-04-29' }, policies, workingCalendar.initial))).toHaveLength(1);
    expect(pauseService({ ...asked, from: '2026-03-02', to: '2026-05-03' }, policies, workingCalendar.initial)).toMatchObject(
      refused('invalid'),
    );
  });

  it('takes what leaves everybody one day of the horizon, and what begins today', () => {
    expect(factsOf(pauseService({ ...asked, to: '2026-05-07' }, policies, workingCalendar.initial))).toHaveLength(1);
    expect(factsOf(pauseService({ ...asked, from: '2026-03-02' }, policies, workingCalendar.initial))).toHaveLength(1);
  });
});
