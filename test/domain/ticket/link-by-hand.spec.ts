import * as fc from 'fast-check';
import { dayPlan } from '../../../src/domain/agenda/day-plan';
import { declareBridgeDay } from '../../../src/domain/calendar/working-days';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { policiesWith } from '../../../src/domain/policies';
import { checkReschedule } from '../../../src/domain/ticket/changes';
import type { Mode } from '../../../src/domain/ticket/facts';
import { checkLink, firstWithLink } from '../../../src/domain/ticket/link-by-hand';
import { checkTicketRequest, requestTicket } from '../../../src/domain/ticket/request-ticket';
import { ticket } from '../../../src/domain/ticket/ticket';
import { addDays, atLocal, civilDateOf, instantAt, millisecondsOf, minutesBetween, plusHours } from '../../../src/domain/time/civil-time';
import { afterWork } from '../../../src/domain/time/working-time';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { anyInstant } from '../../support/arbitrary-time';
import { refused } from '../../support/decided';
import { absence, staffWith } from '../../support/staff-and-calendar';
import * as story from './story';
import { holdsFor } from '../../support/holds-for';

/*
 * Art. 5: „Dacă modalitatea de organizare a întâlnirii bifată este online, șefii de serviciu, șefii de birou sau personalul de execuție
 * creează întâlnirea pe platforma WebEx […]. Solicitantul va primi prin adresa de e-mail indicată link-ul”.
 */
const { policies } = story;
const calendar = workingCalendar.initial;
const staff = staffWith();
const maker = { staff, calendar };
const away = (from: string, to: string) => staffWith(absence('a', from, to));

// 6 March 2026 is a Friday: this person works until 14:30, and on Monday from 08:00.
const friday = (time: string) => atLocal('2026-03-06', time);
const saturday = atLocal('2026-03-07', '12:00');
const monday = (time: string) => atLocal('2026-03-09', time);

describe('Art. 5: an online meeting begins no sooner than its link can be made and sent', () => {
  const asked = (at: string, startsAt: string, mode: Mode = 'online', made = maker) => checkLink({ mode, startsAt, at }, made, policies);

  it('asked for on a Saturday, the four working hours are those of Monday morning, and the letter goes out an hour before', () => {
    expect(firstWithLink(saturday, maker, policies)).toBe(monday('13:00'));
    expect(asked(saturday, monday('13:00'))).toBeUndefined();
    expect(asked(saturday, monday('12:45'))).toEqual(
      refused('no-time-for-link', { article: '5', earliest: monday('13:00'), workingHours: 4 }),
    );
  });
  it('counts to the minute what is left of a day', () => {
    expect(firstWithLink(friday('10:30'), maker, policies)).toBe(friday('15:30'));
    expect(firstWithLink(friday('10:31'), maker, policies)).toBe(monday('09:01'));
  });
  it('is no bound by phone or in person, nor where a machine makes the links, nor where the policy is none', () => {
    expect(asked(saturday, monday('08:00'), 'phone')).toBeUndefined();
    expect(asked(saturday, monday('08:00'), 'in-person')).toBeUndefined();
    expect(checkLink({ mode: 'online', startsAt: monday('08:00'), at: saturday }, undefined, policies)).toBeUndefined();
    const none = policiesWith({ 'link-by-hand': { value: null, version: 2 } });
    expect(checkLink({ mode: 'online', startsAt: monday('08:00'), at: saturday }, maker, none)).toBeUndefined();
    expect(firstWithLink(saturday, maker, none)).toBe(saturday);
  });
  it('A16: neither an absence nor a bridge day is working time of that person', () => {
    const absent = { staff: away(monday('00:00'), atLocal('2026-03-10', '00:00')), calendar };
    expect(firstWithLink(saturday, absent, policies)).toBe(atLocal('2026-03-10', '13:00'));
    const free = given(workingCalendar).after((state) =>
      declareBridgeDay({ date: '2026-03-09', decision: 'H.G. 1/2026', at: friday('08:00') }, state),
    ).state;
    expect(firstWithLink(saturday, { staff, calendar: free }, policies)).toBe(atLocal('2026-03-10', '13:00'));
  });
  it('names no start where the person does not work so much within the horizon', () => {
    const absent = { staff: away(saturday, atLocal('2027-03-07', '12:00')), calendar };
    expect(firstWithLink(saturday, absent, policies)).toBeUndefined();
    expect(asked(saturday, atLocal('2026-04-15', '10:00'), 'online', absent)).toEqual(
      refused('no-time-for-link', { article: '5', workingHours: 4 }),
    );
  });

  it('whatever the hour of asking: so much work lies before the first start, and not a millisecond less would do', () => {
    const windowsOn = (date: string) => dayPlan(date, staff, calendar).windows;
    const workBetween = (from: string, to: string): number => {
      let minutes = 0;
      for (let date = civilDateOf(from); date <= civilDateOf(to); date = addDays(date, 1))
        for (const window of windowsOn(date)) {
          const [start, end] = [window.from > from ? window.from : from, window.to < to ? window.to : to];
          if (start < end) minutes += minutesBetween(start, end);
        }
      return minutes;
    };
    holdsFor(100, [anyInstant, fc.integer({ min: 1, max: 40 })], (at, hours) => {
      const made = afterWork(at, hours, windowsOn, addDays(civilDateOf(at), 60)) ?? '';
      expect(workBetween(at, made)).toBeCloseTo(hours * 60, 6);
      expect(workBetween(at, instantAt(millisecondsOf(made) - 1))).toBeLessThan(hours * 60);
      const bound = policiesWith({ 'link-by-hand': { value: { workingHours: hours }, version: 2 } });
      expect(firstWithLink(at, maker, bound)).toBe(plusHours(made, 1));
    });
  });
  it('work of the last day counts, and none after it', () => {
    const windowsOn = (date: string) => dayPlan(date, staff, calendar).windows;
    expect(afterWork(saturday, 4, windowsOn, '2026-03-09')).toBe(monday('12:00'));
    expect(afterWork(saturday, 4, windowsOn, '2026-03-08')).toBeUndefined();
  });
  it('no work at all is needed at once', () => {
    expect(afterWork(saturday, 0, () => [], '2026-03-07')).toBe(saturday);
  });
});

describe('Art. 5: what a booking and a move are held against', () => {
  const quarter = (startsAt: string) => ({ startsAt, endsAt: instantAt(millisecondsOf(startsAt) + 900_000) });
  const slot = quarter(monday('12:00'));

  it('a booking online is refused, by phone it is not', () => {
    const rules = { policies, noticeVersion: '2026-1', plan: dayPlan('2026-03-09', staff, calendar), calendar, linkMaker: maker };
    const form = { slot, email: 'ana@example.ro', phone: '0740 000 000', recordingNoticeVersion: '2026-1', requestedAt: saturday };
    expect(checkTicketRequest({ ...form, mode: 'online' }, rules)).toMatchObject(refused('no-time-for-link', { article: '5' }));
    expect(checkTicketRequest({ ...form, mode: 'phone' }, rules)).toBeUndefined();
  });
  it('Art. 8: so is a move by the citizen, and one by staff to which the citizen did not agree', () => {
    const standing = given(ticket, story.requested(), story.scheduled()).state;
    const move = { ...story.rules, slot: quarter(monday('08:30')), citizenAgreed: false, at: friday('14:00') };
    const byStaff = { ...move, by: 'staff', reason: 'illness', linkMaker: maker } as const;
    expect(checkReschedule({ ...move, by: 'citizen', linkMaker: maker }, standing)).toMatchObject(refused('no-time-for-link'));
    expect(checkReschedule({ ...move, by: 'citizen' }, standing)).toBeUndefined();
    expect(checkReschedule(byStaff, standing)).toMatchObject(refused('no-time-for-link', { article: '5' }));
    expect(
      checkReschedule({ ...byStaff, citizenAgreed: true, agreement: { channel: 'phone', agreedAt: byStaff.at } }, standing),
    ).toBeUndefined();
    const byPhone = given(ticket, story.requested('phone', false), story.scheduled('phone')).state;
    expect(checkReschedule({ ...move, by: 'citizen', linkMaker: maker }, byPhone)).toBeUndefined();
  });
  it('the ticket keeps the policy where it was used', () => {
    const { data } = story.requested();
    const stamps = (mode: Mode, linksByHand: boolean) => {
      const command = { ...data, mode, matched: story.requested().data.matched ?? [], policies, calendar, linksByHand };
      const decided = given(ticket).when((state) => requestTicket(command, state));
      return decided.kind === 'accepted'
        ? decided.facts.flatMap((fact) => (fact.type === 'Requested' ? fact.data.policies.map(({ name }) => name) : []))
        : [];
    };
    expect(stamps('online', true)).toContain('link-by-hand');
    expect(stamps('online', false)).not.toContain('link-by-hand');
    expect(stamps('phone', true)).not.toContain('link-by-hand');
  });
});
