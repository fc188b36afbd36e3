import { allowedActions } from '../../../src/domain/ticket/allowed';
import { eraseTicket } from '../../../src/domain/ticket/erasure';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { noteInvitationBounced, noteInvitationSent } from '../../../src/domain/ticket/meeting';
import { noteResolutionBounced, noteResolutionFiled, noteResolutionSent } from '../../../src/domain/ticket/resolution';
import { gaveSlotBack, hasEnded, isActive, type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import { finishTask, raiseTask } from '../../../src/domain/ticket/tasks';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import * as story from './story';
import { nothing, oneFact, oneFactWith, refused } from '../../support/decided';

const { rules, policies, slot, afterMeeting, standing, ended } = story;
const histories: Readonly<Record<string, readonly TicketFact[]>> = {
  requested: [story.requested()],
  lapsed: [story.requested(), story.lapsed],
  scheduled: story.booked(),
  'in progress': story.inProgress,
  held: story.met(),
  cancelled: [...story.booked(), story.cancelled],
  'staff absent': [...story.booked(), story.staffAbsent],
};

describe('outcomes are noted in every state, in any order, once', () => {
  const decisions = {
    InvitationSent: (state: TicketState) =>
      noteInvitationSent({ letterId: 'l1', slot, sequence: 0, withLink: false, acceptedAt: afterMeeting }, state),
    InvitationBounced: (state: TicketState) => noteInvitationBounced({ ...rules, letterId: 'l1', at: afterMeeting }, state),
    ResolutionFiled: (state: TicketState) => noteResolutionFiled({ documentNumber: '600001', at: afterMeeting }, state),
    ResolutionSent: (state: TicketState) =>
      noteResolutionSent({ letterId: 'l2', toVerifiedAddress: true, acceptedAt: afterMeeting }, state),
    ResolutionBounced: (state: TicketState) => noteResolutionBounced({ ...rules, letterId: 'l2', at: afterMeeting }, state),
    TaskRaised: (state: TicketState) =>
      raiseTask({ taskId: 't1', kind: 'send-letter', staffId: 's002', raisedAt: afterMeeting, subjectId: 'l2' }, state),
  };
  describe.each(Object.entries(decisions))('%s', (type, decide) => {
    it.each(Object.entries(histories))('when %s', (_, facts) => {
      expect(given(ticket, ...facts).when(decide)).toMatchObject(oneFact(type));
      expect(
        given(ticket, ...facts)
          .after(decide)
          .when(decide),
      ).toEqual(nothing);
    });
    it('never of a ticket that nobody asked for', () => {
      expect(given(ticket).when(decide)).toMatchObject(refused('not-found'));
      expect(given(ticket, story.fence).when(decide)).toMatchObject(refused('not-found'));
    });
  });
  it('C18: a bounce is followed up within 2 working days', () => {
    expect(ended.when(decisions.ResolutionBounced)).toMatchObject(oneFactWith({ followUpDueAt: '2026-03-11T22:00:00.000Z' }));
  });
  it('Art. 7: the document is connected to the request', () => {
    expect(ended.when(decisions.ResolutionFiled)).toMatchObject(
      oneFactWith({ documentType: 'Tichetul albastru', connectedTo: story.request }),
    );
  });
  it('a task is finished once, and only one that was raised', () => {
    const finish = (taskId: string) => (state: TicketState) => finishTask({ taskId, at: afterMeeting }, state);
    const raised = standing.after(decisions.TaskRaised);
    expect(raised.when(finish('t1'))).toMatchObject(oneFact('TaskDone'));
    expect(raised.after(finish('t1')).when(finish('t1'))).toEqual(nothing);
    expect(raised.when(finish('t2'))).toMatchObject(refused('not-found'));
    expect(given(ticket).when(finish('t1'))).toMatchObject(refused('not-found'));
  });
});

describe('erasing a person', () => {
  const erase =
    (reason = 'Cerere') =>
    (state: TicketState) =>
      eraseTicket({ reason: story.text(reason), at: afterMeeting }, state);
  it('A24: is refused while the ticket is active', () => {
    for (const name of ['requested', 'scheduled', 'in progress', 'staff absent']) {
      expect(given(ticket, ...(histories[name] ?? [])).when(erase())).toMatchObject(refused('wrong-state'));
    }
  });
  it('is done once, with a reason, after it ended', () => {
    for (const name of ['lapsed', 'held', 'cancelled']) {
      const history = given(ticket, ...(histories[name] ?? []));
      expect(history.when(erase())).toMatchObject(oneFact('PersonalDataErased'));
      expect(history.after(erase()).when(erase())).toEqual(nothing);
      expect(history.when(erase(' '))).toMatchObject(refused('invalid'));
    }
    expect(given(ticket).when(erase())).toMatchObject(refused('not-found'));
  });
});

describe('A24: active, ended, slot given back', () => {
  const of = (facts: readonly TicketFact[]) => {
    const { state } = given(ticket, ...facts);
    return { active: isActive(state), ended: hasEnded(state), gaveBack: gaveSlotBack(state) };
  };
  it.each([
    ['scheduled', true, false, false],
    ['in progress', true, false, false],
    ['staff absent', true, false, false],
    ['requested', true, false, false],
    ['held', false, true, false],
    ['lapsed', false, true, true],
    ['cancelled', false, true, true],
  ])('%s', (name, active, ended, gaveBack) => {
    expect(of(histories[name] ?? [])).toEqual({ active, ended, gaveBack });
  });
  it('the fence ends and gives back; an empty stream does neither', () => {
    expect(of([story.fence])).toEqual({ active: false, ended: true, gaveBack: true });
    expect(of([])).toEqual({ active: false, ended: false, gaveBack: false });
  });
});

describe('what may be done now', () => {
  const early = '2026-03-05T08:00:00.000Z';
  const may = (facts: readonly TicketFact[], at: string, viewer: 'citizen' | 'staff' | 'head') =>
    allowedActions(given(ticket, ...facts).state, at, viewer, policies);

  it('Art. 3 e: while the code is awaited', () => {
    expect(may([story.requested(), story.codeIssued()], story.requestedAt, 'citizen')).toEqual(['verify', 'new-code']);
    expect(may([story.requested(), story.codeIssued()], '2026-03-02T08:10:00.000Z', 'citizen')).toEqual(['new-code']);
    expect(may([story.requested(), story.codeIssued()], '2026-03-02T08:15:00.000Z', 'citizen')).toEqual([]);
  });
  it('Art. 3 e: after five wrong tries only a new code helps', () => {
    const failed: TicketFact = { type: 'VerificationFailed', data: { n: 1, failedAt: story.requestedAt, triesLeft: 0 } };
    expect(may([story.requested(), story.codeIssued(), failed], story.requestedAt, 'citizen')).toEqual(['new-code']);
  });
  it('A19: the citizen, until the start', () => {
    expect(may(story.booked(), early, 'citizen')).toEqual(['reschedule', 'cancel', 'contact']);
    expect(may(story.booked(), slot.startsAt, 'citizen')).toEqual(['contact']);
    const twice = [...story.booked(), story.rescheduled('citizen', 'h2', 'hold-1'), story.rescheduled('citizen', 'h3', 'h2')];
    expect(may(twice, early, 'citizen')).toEqual(['cancel', 'contact']);
    expect(may(histories['staff absent'] ?? [], afterMeeting, 'citizen')).toEqual(['reschedule', 'cancel', 'contact']);
  });
  it('the staff member, before the start, from it on, and after the meeting', () => {
    expect(may(story.booked(), early, 'staff')).toEqual(['reschedule', 'cancel', 'meeting-link', 'offer']);
    expect(may(story.booked('phone'), early, 'staff')).toEqual(['reschedule', 'cancel', 'offer']);
    expect(may(story.booked(), slot.startsAt, 'staff')).toEqual([
      'reschedule',
      'cancel',
      'meeting-link',
      'start',
      'continued',
      'held',
      'absent',
    ]);
    expect(may(story.inProgress, '2026-03-09T08:02:00.000Z', 'staff')).toEqual([
      'meeting-link',
      'continued',
      'recording',
      'held',
      'resolution',
    ]);
    expect(may(story.inProgress, '2026-03-09T08:10:00.000Z', 'staff')).toContain('absent');
    expect(may(story.met(), afterMeeting, 'staff')).toEqual(['continued', 'recording', 'resolution']);
    expect(may([...story.met('phone'), story.issued], afterMeeting, 'staff')).toEqual(['amended', 'filed', 'handed-over']);
  });
  it('Art. 8: a notice, until the citizen was told and has refused another hour (C19)', () => {
    const cancelled = histories['cancelled'] ?? [];
    const told = (outcome: 'reached' | 'declined-new-slot'): TicketFact => ({
      type: 'CitizenNotified',
      data: { about: 'cancelled', channel: 'phone', outcome, notifiedAt: '2026-03-05T09:00:00.000Z' },
    });
    expect(may(cancelled, afterMeeting, 'staff')).toEqual(['notice']);
    expect(may([...cancelled, told('reached')], afterMeeting, 'staff')).toEqual(['notice']);
    expect(may([...cancelled, told('declined-new-slot')], afterMeeting, 'staff')).toEqual([]);
  });
  it('A3: reassigning is for heads', () => {
    expect(may(story.booked(), early, 'head')).toContain('reassign');
    expect(may(story.booked(), early, 'staff')).not.toContain('reassign');
    expect(may(story.met(), afterMeeting, 'head')).not.toContain('reassign');
  });
  it('nothing of a ticket that is not there', () => {
    expect(may([], early, 'head')).toEqual([]);
    expect(may([story.fence], early, 'citizen')).toEqual([]);
  });
});
