import { allowedActions } from '../../../src/domain/ticket/allowed';
import { accept, type Decision } from '../../../src/domain/kernel/decider';
import {
  cancel,
  checkCancel,
  checkReassign,
  checkReschedule,
  isTold,
  notifyCitizen,
  type NotifyCitizen,
  reassign,
  type Reassign,
  reschedule,
  type Reschedule,
} from '../../../src/domain/ticket/changes';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { isRequested, type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import { plusMinutes } from '../../../src/domain/time/civil-time';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, oneFact, oneFactWith, refused } from '../../support/decided';
import * as story from './story';

const { rules, slot, nextSlot, standing, running, ended } = story;

describe('a reason of which nothing can be seen', () => {
  const unseen = {
    'white space': ' \u00a0\n\t',
    'marks of width': '\u200b\u200c\u200d\u2060',
    'marks of direction': '\u200e\u200f\u061c\u202e\u2066',
    'a soft hyphen': '\u00ad',
    'fillers of an alphabet': '\u3164\u115f\uffa0',
    'an empty cell of Braille': '\u2800',
    'marks of a sign that is not there': '\ufe0f\u{e0041}',
    'controls and half a character': '\u0007\ud83c',
  };
  const at = '2026-03-04T08:00:00.000Z';
  const { state } = standing;
  const decided = (clear: string) => {
    const reason = story.text(clear);
    const said = { ...rules, by: 'staff', reason: 'other', reasonText: reason, at } as const;
    return [
      cancel({ ...said, slotFreeFrom: at }, state),
      checkReschedule({ ...said, slot: nextSlot, citizenAgreed: false }, state),
      checkReassign({ staffId: 's003', reason, at }, state),
    ];
  };

  it.each(Object.entries(unseen))('%s: cancels nothing, moves nothing, gives nothing to anybody else', (_, clear) => {
    expect(decided(clear)).toMatchObject([
      refused('invalid', { article: '8', field: 'reasonText', reason: 'required' }),
      refused('invalid', { article: '8', field: 'reasonText', reason: 'required' }),
      refused('invalid', { article: '1', field: 'reason', reason: 'required' }),
    ]);
  });
  it('would mostly pass where white space alone is taken away', () => {
    expect(Object.values(unseen).filter((clear) => clear.trim() === '')).toEqual([unseen['white space']]);
  });
  it.each(['.', '🎫', '👩🏽\u200d💼', 'Pană\u200b de\u00ad curent', '\u202bعطل\u202c'])('%s: can be seen, marks and all', (clear) => {
    expect(decided(clear)).toMatchObject([{ kind: 'accepted' }, undefined, undefined]);
  });
});

describe('cancelling', () => {
  const at = '2026-03-05T08:00:00.000Z';
  const byCitizen =
    (when = at) =>
    (state: TicketState) =>
      cancel({ ...rules, by: 'citizen', at: when, slotFreeFrom: plusMinutes(when, 7) }, state);
  const byStaff =
    (change: Partial<Parameters<typeof cancel>[0]> = {}) =>
    (state: TicketState) =>
      cancel({ ...rules, by: 'staff', reason: 'illness', at, slotFreeFrom: at, ...change }, state);

  it('A19: a citizen cancels until the start, not at it', () => {
    expect(standing.when(byCitizen(story.beforeStart))).toMatchObject(
      oneFact('Cancelled', { by: 'citizen', sequence: 1, holdId: 'hold-1' }),
    );
    expect(standing.when(byCitizen(slot.startsAt))).toMatchObject(refused('wrong-state'));
  });
  it('A30: the slot is free again when the command says', () => {
    expect(standing.when(byCitizen())).toMatchObject(oneFactWith({ slotFreeFrom: plusMinutes(at, 7) }));
  });
  it('A19: a citizen owes no reason, and nobody must be told', () => {
    const text = JSON.stringify(standing.when(byCitizen()));
    expect(text).not.toContain('noticeDueAt');
    expect(text).not.toContain('newSlotDueAt');
  });
  it('Art. 8: staff give a reason; the citizen is told in 24 hours and has a new slot in 2 working days', () => {
    expect(standing.when(byStaff())).toMatchObject(
      oneFactWith({ by: 'staff', reason: 'illness', noticeDueAt: '2026-03-06T08:00:00.000Z', newSlotDueAt: '2026-03-09T22:00:00.000Z' }),
    );
    const withoutReason = (state: TicketState) => cancel({ ...rules, by: 'staff', at, slotFreeFrom: at }, state);
    expect(standing.when(withoutReason)).toMatchObject(refused('invalid', { article: '8', field: 'reason' }));
  });
  it('A20: the reason "other" is said in words', () => {
    expect(standing.when(byStaff({ reason: 'other' }))).toMatchObject(refused('invalid', { field: 'reasonText' }));
    expect(standing.when(byStaff({ reason: 'other', reasonText: story.text('  ') }))).toMatchObject(refused('invalid'));
    expect(standing.when(byStaff({ reason: 'other', reasonText: story.text('Pană de curent') }))).toMatchObject({
      kind: 'accepted',
    });
  });
  it('A23: after the absence of the staff member both may cancel', () => {
    expect(given(ticket, ...story.booked(), story.staffAbsent).when(byCitizen('2026-03-09T09:00:00.000Z'))).toMatchObject({
      kind: 'accepted',
    });
    expect(given(ticket, ...story.booked(), story.staffAbsent).when(byStaff())).toMatchObject({ kind: 'accepted' });
  });
  it('twice, changes nothing', () => {
    expect(given(ticket, ...story.booked(), story.cancelled).when(byCitizen())).toEqual(nothing);
  });
  it('only what stands can be cancelled', () => {
    for (const history of [[story.requested()], [story.requested(), story.lapsed], story.inProgress, story.met(), [story.fence]]) {
      expect(given(ticket, ...history).when(byStaff())).toMatchObject(refused('wrong-state'));
    }
    expect(given(ticket).when(byStaff())).toMatchObject(refused('not-found'));
    expect(checkCancel('citizen', at, given(ticket).state)).toMatchObject(refused('not-found'));
  });
});

describe('rescheduling', () => {
  const command = story.move;
  const { at } = command;
  const move =
    (change: Partial<Reschedule> = {}) =>
    (state: TicketState) =>
      reschedule({ ...command, ...change }, state);
  /** Before any slot is held. */
  const ask =
    (change: Partial<Reschedule> = {}): ((state: TicketState) => Decision<TicketFact>) =>
    (state) =>
      checkReschedule({ ...command, ...change }, state) ?? accept();
  const quarterPast = (startsAt: string) => ({ startsAt, endsAt: plusMinutes(startsAt, 15) });

  it('A19: the meeting goes to the new hold and says which place it left', () => {
    const decision = standing.when(move());
    expect(decision).toMatchObject(
      oneFact('Rescheduled', {
        slot: nextSlot,
        holdId: 'hold-2',
        from: { holdId: 'hold-1', slot, staffId: 's002' },
        by: 'citizen',
        sequence: 1,
        requestedAt: at,
      }),
    );
    const moved = standing.after(move()).state;
    expect(moved).toMatchObject({ status: 'scheduled', booking: { holdId: 'hold-2', slot: nextSlot }, left: [{ holdId: 'hold-1' }] });
    expect(JSON.stringify(decision)).not.toContain('noticeDueAt');
  });
  it('twice, changes nothing, even when it moved on since', () => {
    expect(standing.after(move()).when(move())).toEqual(nothing);
    expect(
      standing
        .after(move())
        .after(move({ slot, holdId: 'hold-3', from: 'hold-2' }))
        .when(move()),
    ).toEqual(nothing);
  });
  it('only while the meeting stands on the hold it comes from', () => {
    expect(standing.when(move({ from: 'hold-0' }))).toMatchObject(refused('wrong-state', { reason: 'moved-elsewhere' }));
    for (const history of [[story.requested()], story.inProgress, story.met(), [...story.booked(), story.cancelled], [story.fence]]) {
      expect(given(ticket, ...history).when(move())).toMatchObject(refused('wrong-state'));
    }
    expect(given(ticket).when(move())).toMatchObject(refused('not-found'));
  });
  it('A19: a citizen reschedules twice, the third time through staff', () => {
    const twice = standing.after(move()).after(move({ slot, holdId: 'hold-3', from: 'hold-2' }));
    const third = { holdId: 'hold-4', from: 'hold-3' };
    expect(twice.when(ask(third))).toMatchObject(refused('reschedule-limit', { limit: 2 }));
    expect(twice.when(ask({ ...third, by: 'staff', reason: 'citizen-request' }))).toMatchObject({ kind: 'accepted' });
  });
  it('A19: a citizen reschedules before the start only', () => {
    const late = quarterPast('2026-03-13T08:00:00.000Z');
    expect(standing.when(ask({ at: story.beforeStart, slot: late }))).toMatchObject({ kind: 'accepted' });
    expect(standing.when(ask({ at: slot.startsAt, slot: late }))).toMatchObject(refused('wrong-state', { reason: 'already-started' }));
  });
  it('Art. 4 (A20): 48 hours again for a citizen, inclusive', () => {
    const exact = '2026-03-10T08:00:00.000Z';
    const before = given(ticket, ...story.booked(), story.staffAbsent);
    expect(before.when(ask({ at: exact }))).toMatchObject({ kind: 'accepted' });
    expect(before.when(ask({ at: '2026-03-10T08:00:00.001Z' }))).toMatchObject(refused('too-soon', { article: '4' }));
  });
  it('Art. 4 (A20): 48 hours for staff too, unless the citizen agreed; a citizen cannot agree alone', () => {
    const soon = { at: '2026-03-11T08:00:00.000Z', reason: 'illness' } as const;
    const absent = given(ticket, ...story.booked(), story.staffAbsent);
    expect(absent.when(ask({ ...soon, by: 'staff' }))).toMatchObject(refused('too-soon'));
    expect(absent.when(move({ ...soon, by: 'staff', citizenAgreed: true }))).toMatchObject(oneFactWith({ citizenAgreed: true }));
    expect(absent.when(ask({ ...soon, by: 'citizen', citizenAgreed: true }))).toMatchObject(refused('too-soon'));
    const agreed = { citizenAgreed: true, agreement: { channel: 'phone', agreedAt: soon.at } } as const;
    expect(absent.when(ask({ at: nextSlot.startsAt, by: 'staff', reason: 'illness', ...agreed }))).toMatchObject(refused('too-soon'));
  });
  it('Art. 8: staff give a reason, and the citizen is told in 24 hours and before the new start', () => {
    expect(standing.when(move({ by: 'staff' }))).toMatchObject(refused('invalid', { article: '8' }));
    expect(standing.when(move({ by: 'staff', reason: 'leave' }))).toMatchObject(
      oneFactWith({ by: 'staff', reason: 'leave', noticeDueAt: '2026-03-05T08:00:00.000Z' }),
    );
    const near = { by: 'staff', reason: 'leave', citizenAgreed: true, at, slot: quarterPast('2026-03-04T10:00:00.000Z') } as const;
    expect(standing.when(move(near))).toMatchObject(oneFactWith({ noticeDueAt: '2026-03-04T10:00:00.000Z' }));
  });
  it('Art. 6, A16: a slot of the grid, within the horizon, and another one', () => {
    expect(standing.when(ask({ slot: quarterPast('2026-03-12T08:05:00.000Z') }))).toMatchObject(refused('invalid', { article: '6' }));
    expect(standing.when(ask({ slot: quarterPast('2026-06-12T08:00:00.000Z') }))).toMatchObject(refused('beyond-horizon'));
    expect(standing.when(ask({ slot }))).toMatchObject(refused('invalid', { reason: 'same-slot' }));
  });
  it('A23: after the absence of the staff member neither limit nor start keeps the citizen from a new slot, and it does not count', () => {
    const twice = standing.after(move()).after(move({ slot, holdId: 'hold-3', from: 'hold-2' }));
    const absent = given(
      ticket,
      ...story.booked(),
      story.rescheduled('citizen', 'hold-2', 'hold-1'),
      story.rescheduled('citizen', 'hold-3', 'hold-2'),
      {
        ...story.staffAbsent,
        data: { ...story.staffAbsent.data, holdId: 'hold-3' },
      },
    );
    expect(twice.state).toMatchObject({ reschedulesByCitizen: 2 });
    const moved = absent.after(
      move({ at: '2026-03-12T09:00:00.000Z', slot: quarterPast('2026-03-19T08:00:00.000Z'), holdId: 'hold-4', from: 'hold-3' }),
    );
    expect(moved.state).toMatchObject({ status: 'scheduled', reschedulesByCitizen: 2, booking: { holdId: 'hold-4' } });
  });
  it('the link of the former hour is not kept', () => {
    const linked = given(ticket, ...story.booked(), {
      type: 'MeetingLinkAttached',
      data: { joinUrl: story.text('https://x.ro/1'), slot, attachedAt: at },
    });
    const { state } = linked.after(move());
    expect(isRequested(state) && state.meetingLink).toBeUndefined();
    expect(state).toMatchObject({ sequence: 2 });
  });
  it('Art. 8: no reason is refused before a slot is held, and at the end', () => {
    expect(checkReschedule(command, standing.state)).toBeUndefined();
    for (const decide of [ask({ by: 'staff' }), move({ by: 'staff' })])
      expect(standing.when(decide)).toMatchObject(refused('invalid', { article: '8' }));
  });
  it('A7, A16, A19: a rule that was tightened once the hour was held does not keep the meeting from it', () => {
    const value = { hours: 24 * 30 };
    const policies = {
      ...rules.policies,
      'lead-time': { ...rules.policies['lead-time'], value },
      'booking-horizon': { ...rules.policies['booking-horizon'], value: { days: 1 } },
      'reschedule-limit': { ...rules.policies['reschedule-limit'], value: { times: 0 } },
    };
    expect(standing.when(ask({ policies }))).toMatchObject(refused('reschedule-limit'));
    expect(standing.after(move({ policies })).state).toMatchObject({ status: 'scheduled', booking: { holdId: 'hold-2', slot: nextSlot } });
  });
});

describe('reassigning', () => {
  const command = story.handOn;
  const decide =
    (change: Partial<Reassign> = {}) =>
    (state: TicketState) =>
      reassign({ ...command, ...change }, state);

  it('A3: the same hour with another person, and which place it left', () => {
    expect(standing.when(decide())).toMatchObject(
      oneFact('Reassigned', {
        staffId: 's003',
        departmentCode: '430',
        slot,
        holdId: 'hold-2',
        from: { staffId: 's002', holdId: 'hold-1' },
        sequence: 1,
        noticeDueAt: '2026-03-06T08:00:00.000Z',
        policies: [story.policies['notice-deadline']],
      }),
    );
    expect(standing.after(decide()).state).toMatchObject({
      status: 'scheduled',
      noticeDuty: { about: 'reassigned' },
      booking: { staffId: 's003' },
    });
  });
  it('A21: is told before the hour, and once the hour has begun within 24 hours', () => {
    const due = (at: string) => standing.when(decide({ at }));

    expect(due('2026-03-09T07:00:00.000Z')).toMatchObject(oneFactWith({ noticeDueAt: slot.startsAt }));
    expect(due('2026-03-09T08:05:00.000Z')).toMatchObject(oneFactWith({ noticeDueAt: '2026-03-10T08:05:00.000Z' }));
  });
  it('twice, changes nothing', () => {
    expect(standing.after(decide()).when(decide())).toEqual(nothing);
  });
  it('A3: only on the hold it comes from, at the same hour', () => {
    expect(standing.when(decide({ from: 'hold-0' }))).toMatchObject(refused('wrong-state', { article: '1' }));
    expect(standing.when(decide({ slot: nextSlot }))).toMatchObject(refused('wrong-state', { reason: 'another-hour' }));
    expect(running.when(decide())).toMatchObject(refused('wrong-state'));
    expect(given(ticket).when(decide())).toMatchObject(refused('not-found'));
  });
  it('A3: never without a reason, never to the same person', () => {
    expect(checkReassign({ staffId: 's003', reason: story.text(' '), at: command.at }, standing.state)).toMatchObject(
      refused('invalid', { article: '1' }),
    );
    expect(checkReassign({ staffId: 's002', reason: story.text('x'), at: command.at }, standing.state)).toMatchObject(
      refused('invalid', { reason: 'same-person' }),
    );
    expect(checkReassign({ staffId: 's003', reason: story.text('x'), at: command.at }, standing.state)).toBeUndefined();
    expect(checkReassign({ staffId: 's003', reason: story.text('x'), at: command.at }, given(ticket).state)).toMatchObject(
      refused('not-found'),
    );
    expect(checkReassign({ staffId: 's003', reason: story.text('x'), at: command.at }, ended.state)).toMatchObject(refused('wrong-state'));
  });
  it('A23: somebody may step in for who did not come until the hour is over; then only a new hour helps (Art. 8)', () => {
    const { state } = given(ticket, ...story.booked(), story.staffAbsent);
    const asked = { staffId: 's003', reason: story.text('Preia întâlnirea') };
    const lastMoment = plusMinutes(slot.endsAt, -1);
    expect(checkReassign({ ...asked, at: lastMoment }, state)).toBeUndefined();
    expect(allowedActions(state, lastMoment, 'head', story.rules.policies)).toContain('reassign');
    expect(checkReassign({ ...asked, at: slot.endsAt }, state)).toMatchObject(refused('wrong-state', { reason: 'slot-over' }));
    expect(allowedActions(state, slot.endsAt, 'head', story.rules.policies)).not.toContain('reassign');
    // A meeting that nobody recorded yet may still be given to whoever held it.
    expect(checkReassign({ ...asked, at: slot.endsAt }, standing.state)).toBeUndefined();
  });
});

describe('Art. 8 (A21): telling the citizen', () => {
  const command: NotifyCitizen = {
    channel: 'phone',
    outcome: 'reached',
    notifiedAt: '2026-03-05T09:00:00.000Z',
    at: '2026-03-05T09:05:00.000Z',
  };
  const decide =
    (change: Partial<NotifyCitizen> = {}) =>
    (state: TicketState) =>
      notifyCitizen({ ...command, ...change }, state);
  const cancelledTicket = given(ticket, ...story.booked(), story.cancelled);
  const told = (state: TicketState) => isRequested(state) && isTold(state);

  it('what is told follows from what happened', () => {
    expect(cancelledTicket.when(decide())).toMatchObject(
      oneFact('CitizenNotified', { about: 'cancelled', channel: 'phone', outcome: 'reached' }),
    );
    expect(given(ticket, ...story.booked(), story.staffAbsent).when(decide())).toMatchObject(oneFactWith({ about: 'staff-absent' }));
    expect(given(ticket, ...story.booked(), story.rescheduled('staff', 'hold-2', 'hold-1')).when(decide())).toMatchObject(
      oneFactWith({ about: 'rescheduled' }),
    );
  });
  it('where nothing must be told, nothing is', () => {
    expect(standing.when(decide())).toMatchObject(refused('wrong-state', { article: '8' }));
    expect(given(ticket, ...story.booked(), story.rescheduled('citizen', 'hold-2', 'hold-1')).when(decide())).toMatchObject(
      refused('wrong-state'),
    );
    expect(given(ticket).when(decide())).toMatchObject(refused('not-found'));
  });
  it.each([
    ['reached', true],
    ['declined-new-slot', true],
    ['voicemail', false],
    ['no-answer', false],
  ] as const)('by phone %s: told is %s', (outcome, expected) => {
    expect(told(cancelledTicket.after(decide({ outcome })).state)).toBe(expected);
  });
  it.each([
    ['accepted', true],
    ['bounced', false],
  ] as const)('by e-mail %s: told is %s', (outcome, expected) => {
    expect(told(cancelledTicket.after(decide({ channel: 'email', outcome, letterId: 'l1' })).state)).toBe(expected);
  });
  it('a channel has its own outcomes', () => {
    expect(cancelledTicket.when(decide({ outcome: 'accepted' }))).toMatchObject(refused('invalid', { article: '8' }));
    expect(cancelledTicket.when(decide({ channel: 'email', outcome: 'voicemail' }))).toMatchObject(refused('invalid'));
    expect(cancelledTicket.when(decide({ notifiedAt: '2026-03-05T09:05:00.001Z' }))).toMatchObject(
      refused('invalid', { field: 'notifiedAt' }),
    );
  });
  it('the same notice again changes nothing, another try is another notice', () => {
    const once = cancelledTicket.after(decide({ outcome: 'no-answer' }));
    expect(once.when(decide({ outcome: 'no-answer' }))).toEqual(nothing);
    expect(once.when(decide({ outcome: 'no-answer', notifiedAt: '2026-03-05T09:04:00.000Z' }))).toMatchObject({ facts: [{}] });
    const letter = decide({ about: 'rescheduled', channel: 'email', outcome: 'accepted', letterId: 'l1' });
    expect(cancelledTicket.after(letter).when(letter)).toEqual(nothing);
  });
  it('C19: whoever is told of a cancelling or an absence may still refuse a new hour, once; a change of hour is over when it is told', () => {
    const at = '2026-03-09T09:30:00.000Z';
    const offered = (state: TicketState) => allowedActions(state, at, 'staff', story.rules.policies).includes('notice');
    for (const opened of [given(ticket, ...story.booked(), story.staffAbsent), cancelledTicket]) {
      const notifiedAt = '2026-03-09T09:00:00.000Z';
      const reached = opened.after(decide({ notifiedAt, at }));
      expect([offered(opened.state), offered(reached.state)]).toEqual([true, true]);
      const declined = reached.after(decide({ outcome: 'declined-new-slot', notifiedAt, at }));
      expect(offered(declined.state)).toBe(false);
    }
    const moved = given(ticket, ...story.booked(), story.rescheduled('staff', 'hold-2', 'hold-1'));
    expect([offered(moved.state), offered(moved.after(decide()).state)]).toEqual([true, false]);
  });
  it('a newer change must be told anew', () => {
    const first = given(ticket, ...story.booked(), story.rescheduled('staff', 'hold-2', 'hold-1')).after(decide());
    expect(told(first.state)).toBe(true);
    const again = story.rescheduled('staff', 'hold-3', 'hold-2');
    const later = { ...again, data: { ...again.data, requestedAt: '2026-03-06T08:00:00.000Z' } };
    expect(told(first.after(() => ({ kind: 'accepted', facts: [later] })).state)).toBe(false);
  });
});
