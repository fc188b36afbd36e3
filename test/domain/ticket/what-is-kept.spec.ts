import { allowedActions, citizenAbsentFrom, deletableRecordings } from '../../../src/domain/ticket/allowed';
import { reschedule, type Reschedule, reassign } from '../../../src/domain/ticket/changes';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import {
  attachMeetingLink,
  noteInvitationSent,
  noteMeetingRemoved,
  recordCitizenAbsent,
  recordHeld,
} from '../../../src/domain/ticket/meeting';
import { requestTicket, recordingNoticeFor, schedule } from '../../../src/domain/ticket/request-ticket';
import { isPending, isRequested, type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import { policiesWith } from '../../../src/domain/policies';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, oneFact, oneFactWith, refused } from '../../support/decided';
import * as story from './story';

const { rules, policies, slot, afterMeeting, standing, running, ended } = story;
const at = '2026-03-04T08:00:00.000Z';
const after = (...facts: readonly TicketFact[]): TicketState => given(ticket, ...facts).state;
const named = (...names: readonly (keyof typeof policies)[]) => names.map((name) => policies[name]);

describe('a fact keeps the rules that it was computed by', () => {
  const deadlines = named('lead-time', 'booking-horizon', 'invitation-lead', 'reminders', 'outcome-deadline');
  const moved = (change: Partial<Reschedule>) => standing.when((state) => reschedule({ ...story.move, ...change }, state));

  it('A7, A16: those of the hour, when it is scheduled', () => {
    const decided = given(ticket, story.requested(), story.codeIssued(), story.emailVerified).when((state) =>
      schedule({ ...rules, at }, state),
    );
    expect(decided).toMatchObject(oneFactWith({ policies: deadlines }));
  });
  it('A19, A20: those of the hour and the citizen’s limit, when it is moved, and whose consent there was', () => {
    expect(moved({})).toMatchObject(oneFactWith({ citizenAgreed: true, policies: [...deadlines, policies['reschedule-limit']] }));
    const byStaff = { by: 'staff', reason: 'illness' } as const;
    expect(moved(byStaff)).toMatchObject(oneFactWith({ citizenAgreed: false, policies: [...deadlines, policies['notice-deadline']] }));
    expect(moved({ ...byStaff, citizenAgreed: true })).toMatchObject(oneFactWith({ citizenAgreed: true }));
  });
  it('A12, A17: those of the recording, the resolution and the hour, when it was held', () => {
    const held = running.when((state) =>
      recordHeld({ ...rules, startedAt: '2026-03-09T08:01:00.000Z', endedAt: '2026-03-09T08:16:00.000Z', at: afterMeeting }, state),
    );
    const kept = named('resolution-deadline', 'recording-deadline', 'recording-coverage', 'slot-tolerance', 'handover-notice');
    expect(held).toMatchObject(oneFactWith({ policies: kept }));
  });
  it('A22: that of the wait, when nobody came', () => {
    const missed = standing.when((state) => recordCitizenAbsent({ policies, at: afterMeeting }, state));
    expect(missed).toMatchObject(oneFactWith({ policies: named('absence-wait') }));
  });
  it('A13: that of the recording’s time, where the notice named one', () => {
    const { data } = story.requested();
    const asked = (keptDays?: number) =>
      requestTicket(
        {
          ...data,
          ...rules,
          matched: ['number', 'name', 'filed-on'],
          recordingNotice: { version: 'v', acceptedAt: at, ...(keptDays === undefined ? {} : { keptDays }) },
        },
        { status: 'absent' },
      );
    const ofTheTime = expect.objectContaining({ name: 'recording-period' });
    expect(asked(30)).toMatchObject(oneFactWith({ policies: expect.arrayContaining([ofTheTime]) }));
    expect(asked()).toMatchObject(oneFactWith({ policies: expect.not.arrayContaining([ofTheTime]) }));
  });
});

describe('the notice of the recording (A13, A14)', () => {
  it('names no time where there is none', () => {
    const { version, text } = recordingNoticeFor();
    expect(version).toBe('2026-1');
    expect(text.ro).toContain('la împlinirea termenului de păstrare. Dacă');
    expect(text.en).toContain('when its retention period ends. If');
  });
  it('names one as people say it', () => {
    expect(recordingNoticeFor(1).text.en).toContain('1 day after');
    expect(recordingNoticeFor(2).text.en).toContain('2 days after');
    for (const days of [100, 200, 120]) expect(recordingNoticeFor(days).text.ro).toContain(`de ${String(days)} de zile`);
    for (const days of [2, 19, 101, 219]) expect(recordingNoticeFor(days).text.ro).toContain(`de ${String(days)} zile`);
  });
});

describe('what came of a fact', () => {
  const joinUrl = story.text('https://primarie.webex.com/meet/1');
  const linked = (change: Partial<Parameters<typeof attachMeetingLink>[0]>) => (state: TicketState) =>
    attachMeetingLink({ joinUrl, sameLink: false, at, ...change }, state);

  it('Art. 5: a link for the hour that stands, by its meeting, and once', () => {
    expect(standing.when(linked({ slot, meetingId: 'm1' }))).toMatchObject(oneFactWith({ meetingId: 'm1', slot }));
    // said to be the one on record where none is
    expect(standing.when(linked({ sameLink: true }))).toMatchObject({ facts: [{}] });
    expect(ended.when(linked({}))).toMatchObject(refused('wrong-state', { article: '5' }));
  });
  it('Art. 5: a meeting is gone from the video service only where the ticket does not stand any more', () => {
    const removed = { meetingId: 'm1', removedAt: at };
    const remove = (state: TicketState) => noteMeetingRemoved(removed, state);
    for (const facts of [story.booked(), story.inProgress, [...story.booked(), story.staffAbsent]]) {
      expect(given(ticket, ...facts).when(remove)).toEqual(nothing);
    }
    const cancelled = given(ticket, ...story.booked(), story.cancelled);
    expect(cancelled.when(remove)).toEqual(oneFact('MeetingRemoved', removed));
    expect(cancelled.after(remove).state).toEqual(cancelled.state);
    expect(given(ticket, story.fence).when(remove)).toMatchObject(refused('not-found'));
  });
  it('Art. 3 e: each letter with the calendar entry is noted, and the highest number of one counts', () => {
    const invite = (letterId: string, sequence: number) => (state: TicketState) =>
      noteInvitationSent({ letterId, slot, sequence, withLink: true, acceptedAt: at }, state);
    const twice = standing.after(invite('l1', 7)).after(invite('l2', 3));
    expect(twice.state).toMatchObject({ sequence: 7, invitation: { sent: [{ letterId: 'l1' }, { letterId: 'l2' }], bounced: [] } });
    expect(after(story.requested())).toMatchObject({ sequence: -1, invitation: { sent: [], bounced: [] } });
  });
  it('A19: only the citizen’s own moves count', () => {
    expect(after(...story.booked(), story.rescheduled('staff', 'hold-2', 'hold-1'))).toMatchObject({ reschedulesByCitizen: 0 });
    expect(after(...story.booked(), story.rescheduled('citizen', 'hold-2', 'hold-1'))).toMatchObject({ reschedulesByCitizen: 1 });
  });
  it('Art. 8: what must be told, since when and by when; of what the citizen did, nothing', () => {
    expect(after(...story.booked(), story.rescheduled('staff', 'hold-2', 'hold-1'))).toHaveProperty('noticeDuty', {
      about: 'rescheduled',
      since: at,
      dueAt: '2026-03-05T08:00:00.000Z',
    });
    expect(after(...story.booked(), story.cancelled)).toHaveProperty('noticeDuty', {
      about: 'cancelled',
      since: '2026-03-05T08:00:00.000Z',
      dueAt: '2026-03-06T08:00:00.000Z',
    });
    const { data, type } = story.cancelled as Extract<TicketFact, { type: 'Cancelled' }>;
    expect(after(...story.booked(), { type, data: { ...data, by: 'citizen' } })).not.toHaveProperty('noticeDuty');
  });
  it('A3: every place that was left, the first one first', () => {
    const reassigned = (holdId: string, from: string) => (state: TicketState) => reassign({ ...story.handOn, holdId, from, at }, state);
    const twice = standing.after(reassigned('hold-2', 'hold-1')).after(reassigned('hold-3', 'hold-2'));
    expect(twice.state).toMatchObject({
      left: [
        { holdId: 'hold-1', staffId: 's002' },
        { holdId: 'hold-2', staffId: 's003' },
      ],
    });
    // whoever steps in as the hour begins is met there, and the citizen told then
    const asItBegins = standing.when((state) => reassign({ ...story.handOn, at: slot.startsAt }, state));
    expect(asItBegins).toMatchObject(oneFactWith({ noticeDueAt: '2026-03-10T08:00:00.000Z' }));
  });
  it('A12: a recording that is gone, deleted, or there again', () => {
    const attached = (recordingId: string): TicketFact => ({
      type: 'RecordingAttached',
      data: { recordingId, durationSeconds: 900, attachedAt: at },
    });
    const withdrawn = (recordingId: string): TicketFact => ({ type: 'RecordingWithdrawn', data: { recordingId, noticedAt: at } });
    const deleted = (recordingId: string): TicketFact => ({ type: 'RecordingDeleted', data: { recordingId, deletedAt: at } });
    const recording = (...facts: readonly TicketFact[]) => {
      const state = after(...story.met(), ...facts);
      if (!isRequested(state)) throw new Error('There is no ticket.');
      const { attached: there, withdrawn: gone, deleted: over } = state.recording;
      return { there: there.map(({ recordingId }) => recordingId), gone, over };
    };
    const two = [attached('r1'), attached('r2')];
    expect(recording(...two)).toEqual({ there: ['r1', 'r2'], gone: [], over: [] });
    expect(recording(...two, attached('r1'))).toEqual({ there: ['r2', 'r1'], gone: [], over: [] });
    expect(recording(...two, withdrawn('r1'))).toEqual({ there: ['r2'], gone: ['r1'], over: [] });
    expect(recording(...two, withdrawn('r1'), withdrawn('r2'), attached('r1'))).toEqual({ there: ['r1'], gone: ['r2'], over: [] });
    expect(recording(...two, deleted('r1'))).toEqual({ there: ['r2'], gone: [], over: ['r1'] });
  });
  it('a task keeps its limit and what it is about', () => {
    const data = { taskId: 't1', kind: 'send-letter', staffId: 's002', subjectId: 'l1', dueAt: at, raisedAt: at } as const;
    expect(after(...story.booked(), { type: 'TaskRaised', data })).toMatchObject({
      tasks: { t1: { subjectId: 'l1', dueAt: at, done: false } },
    });
  });
  it('a status leaves behind what belongs to it alone', () => {
    expect(after(...story.met())).not.toHaveProperty('startedAt');
    expect(after(story.requested(), story.lapsed, story.scheduled())).not.toHaveProperty('cause');
    expect(after(story.requested(), story.lapsed, story.scheduled())).not.toHaveProperty('place');
    expect(after(...story.booked(), story.cancelled, story.staffAbsent)).not.toHaveProperty('slotFreeFrom');
    expect(after(...story.met(), story.staffAbsent)).not.toHaveProperty('held');
  });
  it('a ticket without an e-mail waits for the agenda alone, and the fence keeps every late request out', () => {
    expect(isPending(after(story.requested('phone', false)))).toBe(true);
    expect(after(story.fence, story.requested())).toMatchObject({ status: 'lapsed', cause: 'never-requested' });
  });
});

describe('what is offered', () => {
  it('Art. 3 e: no code once it was entered', () => {
    expect(allowedActions(after(...story.booked()), '2026-03-02T08:03:00.000Z', 'citizen', policies)).toEqual([
      'reschedule',
      'cancel',
      'contact',
    ]);
  });
  it('A22: nobody is absent who was there when the resolution was written', () => {
    const late = '2026-03-09T08:12:00.000Z';
    expect(allowedActions(after(...story.inProgress), late, 'staff', policies)).toContain('absent');
    expect(allowedActions(after(...story.inProgress, story.issued), late, 'staff', policies)).not.toContain('absent');
  });
  it('A22: from when on the citizen is absent, as long as that can be', () => {
    const from = (...facts: readonly TicketFact[]) => citizenAbsentFrom(after(...facts), { policies });
    expect(from(...story.booked())).toBe('2026-03-09T08:10:00.000Z');
    expect(from(...story.inProgress)).toBe('2026-03-09T08:10:00.000Z');
    expect(from(...story.inProgress, story.issued)).toBeUndefined();
    for (const facts of [[story.requested()], story.met(), [...story.booked(), story.staffAbsent], [story.fence], []]) {
      expect(from(...facts)).toBeUndefined();
    }
  });
  it('A13: to say which recordings were deleted whose time is over, and no others', () => {
    const noticed = ended.state;
    if (!isRequested(noticed)) throw new Error('There is no ticket.');
    const [first, ...others] = story.met();
    if (first?.type !== 'Requested') throw new Error('It was not requested.');
    const keptFor: TicketFact = { ...first, data: { ...first.data, recordingNotice: { version: 'v', acceptedAt: at, keptDays: 30 } } };
    const attached: TicketFact = { type: 'RecordingAttached', data: { recordingId: 'r1', durationSeconds: 900, attachedAt: at } };
    const deletable = (facts: readonly TicketFact[], when: string) => {
      const state = after(...facts);
      const offered = allowedActions(state, when, 'staff', policies).includes('deleted');
      return [isRequested(state) ? deletableRecordings(state, when) : [], offered];
    };
    expect(deletable([keptFor, ...others, attached], '2026-04-08T21:00:00.000Z')).toEqual([['r1'], true]);
    expect(deletable([keptFor, ...others, attached], '2026-04-08T20:59:59.999Z')).toEqual([[], false]);
    expect(deletable([first, ...others, attached], '2027-04-08T21:00:00.000Z')).toEqual([[], false]);
    expect(policiesWith()['recording-period'].value).toBeNull();
  });
});
