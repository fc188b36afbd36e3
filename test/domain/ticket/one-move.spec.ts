import { changeMode, checkReschedule, reschedule, type RescheduleRequest } from '../../../src/domain/ticket/changes';
import { attachMeetingLink, noteMeetingRemoved } from '../../../src/domain/ticket/meeting';
import type { Mode, TicketFact } from '../../../src/domain/ticket/facts';
import { staffMember } from '../../../src/domain/staff/staff-member';
import { ticket, type TicketState } from '../../../src/domain/ticket/ticket';
import { plusHours } from '../../../src/domain/time/civil-time';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, oneFact, oneFactWith, refused } from '../../support/decided';
import * as story from './story';

const { rules, slot, nextSlot, requestedAt, ended } = story;
const at = '2026-03-04T08:00:00.000Z';
const noticeVersion = '2026-1';
const agreement = { channel: 'phone', agreedAt: '2026-03-04T07:50:00.000Z' } as const;
const byStaff = { ...rules, by: 'staff', reason: 'illness', citizenAgreed: false, noticeVersion, at } as const;
const byCitizen = { ...rules, by: 'citizen', citizenAgreed: false, noticeVersion, at } as const;
const standing = (mode: Mode) => given(ticket, ...story.booked(mode));
const check = (request: RescheduleRequest, { state }: { readonly state: TicketState }) => checkReschedule(request, state);
const toColleague = { ...byStaff, slot: nextSlot, staffId: 's003', reasonText: story.text('concediu') } as const;
const place = { staffId: 's003', department: 'Serviciul Autorizări urbanism', departmentCode: '425', holdId: 'hold-2', from: 'hold-1' };

describe('one move: hour, person and mode', () => {
  it('Art. 8, A3, Art. 3 d: is one fact that says all that changed, and from where', () => {
    const moved = standing('online').when((state) => reschedule({ ...toColleague, ...place, mode: 'phone' }, state));
    expect(moved).toMatchObject(
      oneFact('Rescheduled', {
        staffId: 's003',
        mode: 'phone',
        formerMode: 'online',
        slot: nextSlot,
        from: { staffId: 's002', slot, holdId: 'hold-1' },
        sequence: 1,
      }),
    );
    expect(moved.kind === 'accepted' && 'invitationDueAt' in (moved.facts[0]?.data ?? {})).toBe(false);
  });
  it('leaves the mode as it then is where none is asked for, and says none of before', () => {
    const moved = standing('phone').when((state) => reschedule({ ...toColleague, ...place }, state));
    expect(moved).toMatchObject(oneFactWith({ mode: 'phone' }));
    expect(moved.kind === 'accepted' && 'formerMode' in (moved.facts[0]?.data ?? {})).toBe(false);
  });
  it('A3: another person only with a reason in words, and never by the citizen', () => {
    const { reasonText: _, ...silent } = toColleague;
    expect(check(toColleague, standing('phone'))).toBeUndefined();
    expect(check(silent, standing('phone'))).toMatchObject({ article: '1', details: { field: 'reasonText', reason: 'required' } });
    expect(check({ ...byCitizen, slot: nextSlot, staffId: 's003' }, standing('phone'))).toMatchObject({
      article: '1',
      details: { field: 'staffId', reason: 'not-by-citizen' },
    });
  });
  it('Art. 4: the same hour with somebody else is no new hour: its 48 hours were kept when it was asked for', () => {
    const sameHour = { ...toColleague, slot, mode: 'in-person', at: '2026-03-09T07:00:00.000Z' } as const;
    expect(check(sameHour, standing('phone'))).toBeUndefined();
    expect(check({ ...sameHour, at: slot.startsAt }, standing('phone'))).toMatchObject(refused('too-soon'));
    const { staffId: _, ...sameperson } = sameHour;
    expect(check({ ...sameperson, mode: 'phone' }, standing('phone'))).toMatchObject({ details: { reason: 'same-slot' } });
  });
});

describe('A20: the agreement of the citizen', () => {
  const soon = { ...byStaff, slot: nextSlot, at: plusHours(nextSlot.startsAt, -5), citizenAgreed: true } as const;
  const absent = given(ticket, ...story.booked('phone'), story.staffAbsent);
  it('counts with how and when it was given, not after the change and not before the ticket', () => {
    expect(check({ ...soon, agreement: { channel: 'email', agreedAt: soon.at } }, absent)).toBeUndefined();
    expect(check(soon, absent)).toMatchObject({ article: '4', details: { field: 'agreedAt', reason: 'required' } });
    const late = { channel: 'email', agreedAt: plusHours(soon.at, 1) } as const;
    expect(check({ ...soon, agreement: late }, absent)).toMatchObject({ details: { reason: 'in-the-future' } });
    const early = { channel: 'email', agreedAt: plusHours(requestedAt, -1) } as const;
    expect(check({ ...soon, agreement: early }, absent)).toMatchObject({ details: { reason: 'before-the-ticket' } });
    expect(check({ ...soon, agreement: { channel: 'email', agreedAt: requestedAt } }, absent)).toBeUndefined();
  });
  it('is kept in the fact', () => {
    const moved = absent.when((state) => reschedule({ ...soon, ...place, agreement }, state));
    expect(moved).toMatchObject(oneFactWith({ citizenAgreed: true, agreement }));
  });
});

describe('Art. 3 d: another way to meet, at the same hour with the same person', () => {
  const to = (mode: Mode, more: Partial<RescheduleRequest> = {}) => ({ ...byStaff, slot, mode, ...more });
  const recordingNotice = { version: noticeVersion, acceptedAt: at };

  it('is a fact of its own; the hour, the person and the hold stay', () => {
    const changed = standing('online').when((state) => changeMode(to('phone'), state));
    expect(changed).toMatchObject(
      oneFact('ModeChanged', {
        mode: 'phone',
        formerMode: 'online',
        slot,
        staffId: 's002',
        holdId: 'hold-1',
        sequence: 1,
        noticeDueAt: plusHours(at, 24),
      }),
    );
  });
  it('drops the link, and opens the duty to tell by staff alone; the citizen’s counts as a move (A19)', () => {
    const linked = standing('online').after((state) =>
      attachMeetingLink({ joinUrl: story.text('https://primaria.webex.com/1'), sameLink: false, at }, state),
    );
    expect(linked.state).toHaveProperty('meetingLink');
    const byUs = linked.after((state) => changeMode(to('phone'), state)).state;
    expect(byUs).toMatchObject({ booking: { mode: 'phone' }, noticeDuty: { about: 'mode-changed', since: at }, reschedulesByCitizen: 0 });
    expect(byUs).not.toHaveProperty('meetingLink');
    const byThem = linked.after((state) => changeMode({ ...byCitizen, slot, mode: 'phone' }, state)).state;
    expect(byThem).toMatchObject({ booking: { mode: 'phone' }, reschedulesByCitizen: 1 });
    expect(byThem).not.toHaveProperty('noticeDuty');
  });
  it('A19: no more often than the limit', () => {
    const twice = standing('phone')
      .after((state) => changeMode({ ...byCitizen, slot, mode: 'in-person' }, state))
      .after((state) => changeMode({ ...byCitizen, slot, mode: 'phone' }, state));
    expect(twice.when((state) => changeMode({ ...byCitizen, slot, mode: 'in-person' }, state))).toMatchObject(refused('reschedule-limit'));
  });
  it('Art. 3 e, 5: online needs the notice in force accepted, an address and a number, and time for the link', () => {
    const phone = standing('phone');
    expect(check(to('online'), phone)).toMatchObject(refused('notice-not-accepted', { article: '5' }));
    expect(check(to('online', { recordingNotice: { ...recordingNotice, version: '2020-1' } }), phone)).toMatchObject(
      refused('notice-not-accepted'),
    );
    expect(check(to('online', { recordingNotice }), phone)).toBeUndefined();
    const unaddressed = given(ticket, story.requested('phone', false), story.scheduled('phone'));
    expect(check(to('online', { recordingNotice }), unaddressed)).toMatchObject({ details: { field: 'mode', reason: 'needs-email' } });
    const lead = plusHours(slot.startsAt, -1);
    expect(check(to('online', { recordingNotice, at: lead }), phone)).toBeUndefined();
    expect(check(to('online', { recordingNotice, at: '2026-03-09T07:00:00.001Z' }), phone)).toMatchObject({
      article: '5',
      details: { field: 'mode', reason: 'link-too-late' },
    });
  });
  it('the notice that was accepted once, and is in force still, need not be accepted again', () => {
    const there = standing('online').after((state) => changeMode(to('phone'), state));
    expect(there.when((state) => changeMode(to('online'), state))).toMatchObject(oneFactWith({ mode: 'online' }));
    expect(there.when((state) => changeMode(to('online', { noticeVersion: '2027-1' }), state))).toMatchObject(
      refused('notice-not-accepted'),
    );
  });
  it('Art. 3 d: by phone needs a number', () => {
    const { data, type } = story.requested('in-person', false);
    const { phone: _, ...contact } = data.contact;
    const unreachable: TicketFact = { type, data: { ...data, contact } };
    expect(check(to('phone'), given(ticket, unreachable, story.scheduled('in-person')))).toMatchObject({
      article: '3 d',
      details: { field: 'mode', reason: 'needs-phone' },
    });
  });
  it('asks for nothing of a mode that stays, nor of a meeting in person', () => {
    const { data, type } = story.requested('in-person', false);
    const { phone: _, ...contact } = data.contact;
    const unreachable: TicketFact = { type, data: { ...data, contact } };
    const inPerson = given(ticket, unreachable, story.scheduled('in-person'));
    const moved = { ...byStaff, slot: nextSlot };
    expect(check(moved, inPerson)).toBeUndefined();
    expect(check({ ...moved, mode: 'in-person' }, inPerson)).toBeUndefined();
    // accepted in an older version, when it was booked
    expect(check({ ...moved, mode: 'online', noticeVersion: '2027-1' }, standing('online'))).toBeUndefined();
    const wasOnline = story.requested('online');
    const withoutPhone: TicketFact = { type, data: { ...wasOnline.data, contact: { name: wasOnline.data.contact.name } } };
    const online = given(ticket, withoutPhone, story.codeIssued(), story.emailVerified, story.scheduled('online'));
    expect(check({ ...moved, mode: 'in-person' }, online)).toBeUndefined();
  });
  it('Art. 5: a link that is made by hand needs the time for it, at the same hour too, unless the citizen agreed; by that policy', () => {
    const maker = { linkMaker: { staff: given(staffMember).state, calendar: story.calendar } };
    const near = to('online', { ...maker, recordingNotice, at: plusHours(slot.startsAt, -2) });
    expect(check(near, standing('phone'))).toMatchObject(refused('no-time-for-link', { article: '5' }));
    const agreedNear = { ...near, citizenAgreed: true, agreement };
    expect(check(agreedNear, standing('phone'))).toBeUndefined();
    const names = (request: RescheduleRequest): readonly string[] => {
      const decision = standing('online').when((state) => reschedule({ ...request, ...place }, state));
      return decision.kind === 'accepted'
        ? decision.facts.flatMap((fact) => (fact.type === 'Rescheduled' ? fact.data.policies.map(({ name }) => name) : []))
        : [];
    };
    expect(names({ ...toColleague, ...maker })).toContain('link-by-hand');
    expect(names({ ...toColleague, ...maker, mode: 'phone' })).not.toContain('link-by-hand');
    expect(names({ ...toColleague, ...maker, citizenAgreed: true, agreement })).not.toContain('link-by-hand');
    expect(names(toColleague)).not.toContain('link-by-hand');
    expect(names(toColleague)).not.toContain('recording-period');
    expect(names({ ...toColleague, recordingNotice })).not.toContain('recording-period');
    expect(names({ ...toColleague, recordingNotice: { ...recordingNotice, keptDays: 90 } })).toContain('recording-period');
  });
  it('Art. 8: is said of no ticket that does not stand, or is not there', () => {
    expect(given(ticket).when((state) => changeMode(to('phone'), state))).toMatchObject(refused('not-found'));
    expect(ended.when((state) => changeMode(to('phone'), state))).toMatchObject(refused('wrong-state', { article: '8' }));
  });
  it('Art. 8: staff give a reason; from its hour on it is not said any more, nor once it stands elsewhere', () => {
    const { reason: _, ...silent } = to('phone');
    expect(check(silent, standing('online'))).toMatchObject(refused('invalid', { article: '8' }));
    expect(check(to('phone', { at: slot.startsAt }), standing('online'))).toMatchObject({ details: { reason: 'already-started' } });
    const absent = given(ticket, ...story.booked('online'), story.staffAbsent);
    expect(absent.when((state) => changeMode(to('phone'), state))).toMatchObject(refused('wrong-state', { article: '8' }));
    expect(standing('online').when((state) => changeMode(to('phone', { slot: nextSlot }) as never, state))).toMatchObject(
      refused('wrong-state', { reason: 'moved-elsewhere' }),
    );
    expect(standing('phone').when((state) => changeMode(to('phone'), state))).toEqual(nothing);
  });
  it('Art. 5: that the meeting on Webex is gone is said of a ticket that is not online any more', () => {
    const removed = { meetingId: 'm1', removedAt: at };
    expect(standing('online').when((state) => noteMeetingRemoved(removed, state))).toEqual(nothing);
    const phone = standing('online').after((state) => changeMode(to('phone'), state));
    expect(phone.when((state) => noteMeetingRemoved(removed, state))).toMatchObject(oneFact('MeetingRemoved'));
  });
});
