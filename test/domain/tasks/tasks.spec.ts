import { nextTaskAt, planAfter, type TaskPlan, tasksToTell, moveDue } from '../../../src/domain/tasks/tasks';
import type { NoticeOutcome, NoticeSubject, TaskKind, TicketFact } from '../../../src/domain/ticket/facts';
import { plusMinutes } from '../../../src/domain/time/civil-time';
import { fakeEncrypt } from '../../../src/infrastructure/testing/given-when-then';
import { amended } from '../../support/entries';
import {
  booked,
  bookingFor,
  cancelled,
  emailVerified,
  held,
  issued,
  lapsed,
  nextSlot,
  requested,
  rescheduled,
  scheduled,
  sent,
  slot,
  staffAbsent,
  started,
} from '../ticket/story';

const begun = '2026-03-02T08:00:00.000Z';
const at = (index: number): string => plusMinutes(begun, index);
/** The facts happened one a minute, and their events are e0, e1 … */
const after = (...facts: readonly TicketFact[]): TaskPlan => {
  const plan = facts.reduce<TaskPlan | undefined>(
    (known, fact, index) => planAfter(known, { fact, id: `e${String(index)}`, at: at(index) }),
    undefined,
  );
  if (plan === undefined) throw new Error('There is no plan.');
  return plan;
};
const kindsIn = ({ tasks }: TaskPlan): readonly TaskKind[] => tasks.map(({ kind }) => kind);
const ofKind = ({ tasks }: TaskPlan, kind: TaskKind) => tasks.filter((task) => task.kind === kind);

const place = { staffId: 's002', departmentCode: '425', slot, holdId: 'hold-1' };
const secret = fakeEncrypt('contact', 'x');
const reassigned: TicketFact = {
  type: 'Reassigned',
  data: { ...bookingFor('online'), staffId: 's005', holdId: 'hold-2', from: place, reason: secret, reassignedAt: begun, sequence: 1 },
};
const linkAttached: TicketFact = { type: 'MeetingLinkAttached', data: { joinUrl: secret, slot, attachedAt: begun } };
const invited = (letterId: string): TicketFact => ({
  type: 'InvitationSent',
  data: { letterId, slot, sequence: 0, withLink: true, acceptedAt: begun },
});
const notified = (outcome: NoticeOutcome, letterId?: string, about: NoticeSubject = 'rescheduled'): TicketFact => ({
  type: 'CitizenNotified',
  data: {
    about,
    channel: letterId === undefined ? 'phone' : 'email',
    outcome,
    notifiedAt: begun,
    ...(letterId !== undefined && { letterId }),
  },
});
const modeChanged = (mode: 'online' | 'phone'): TicketFact => ({
  type: 'ModeChanged',
  data: {
    ...bookingFor(mode),
    formerMode: mode === 'online' ? 'phone' : 'online',
    by: 'citizen',
    citizenAgreed: true,
    requestedAt: begun,
    sequence: 1,
    policies: [],
    calendarVersion: 'ro-2024.1+0',
  },
});
const cancelledByCitizen: TicketFact = {
  type: 'Cancelled',
  data: { ...bookingFor('online'), by: 'citizen', cancelledAt: begun, slotFreeFrom: begun, sequence: 1 },
};
const missed: TicketFact = { type: 'CitizenAbsent', data: { ...bookingFor('online'), waitedMinutes: 11, absentAt: begun } };
const recorded: TicketFact = { type: 'RecordingAttached', data: { recordingId: 'r1', durationSeconds: 900, attachedAt: begun } };
const unrecorded: TicketFact = { type: 'RecordingMissing', data: { reason: secret, reportedAt: begun } };
const waived: TicketFact = { type: 'RecordingWaived', data: { reason: secret, offeredAlternative: true, waivedAt: begun } };
const wentOnByPhone = (wasOnline: boolean): TicketFact => ({
  type: 'ContinuedOtherwise',
  data: { mode: 'phone', cause: 'platform', staffId: 's002', continuedAt: begun, wasOnline },
});
const withdrawn: TicketFact = { type: 'RecordingWithdrawn', data: { recordingId: 'r1', noticedAt: begun } };
const { request } = bookingFor('online');
const filed: TicketFact = {
  type: 'ResolutionFiled',
  data: { documentNumber: '7', documentType: 'Tichetul albastru', connectedTo: request, filedAt: begun },
};
const disproved: TicketFact = {
  type: 'FilingDisproved',
  data: { documentNumber: '7', finding: 'unknown', disprovedAt: begun, policies: [] },
};
const sentAs = (letterId: string): TicketFact => ({
  type: 'ResolutionSent',
  data: { letterId, toVerifiedAddress: true, acceptedAt: begun },
});
const handedOver: TicketFact = {
  type: 'ResolutionHandedOver',
  data: { channel: 'pickup', handedOverAt: begun, proof: fakeEncrypt('record', 'x') },
};
const erased: TicketFact = { type: 'PersonalDataErased', data: { erasedAt: begun, reason: fakeEncrypt('office', 'x') } };
const raised = (kind: TaskKind, subjectId = 's', taskId = `task-${kind}`): TicketFact => ({
  type: 'TaskRaised',
  data: { taskId, kind, staffId: 's002', raisedAt: begun, subjectId },
});

const beforeTheMeeting: readonly TaskKind[] = [
  'create-meeting',
  'must-be-rescheduled',
  'notify-citizen',
  'request-changed',
  'record-outcome',
  'send-letter',
  'follow-up-bounce',
  'assign-staff',
];
const kinds: readonly TaskKind[] = [
  ...beforeTheMeeting,
  'remove-meeting',
  'write-resolution',
  'attach-recording',
  'hand-over-resolution',
  'file-resolution',
  'correct-filing',
];

describe('a task that somebody was asked to do ends with what fulfils it, and with nothing else:', () => {
  const fulfilled: readonly (readonly [string, TicketFact, readonly TaskKind[]])[] = [
    [
      'moved',
      rescheduled('citizen', 'hold-2', 'hold-1'),
      ['create-meeting', 'must-be-rescheduled', 'notify-citizen', 'record-outcome', 'assign-staff'],
    ],
    ['with another person', reassigned, ['create-meeting', 'must-be-rescheduled', 'record-outcome', 'assign-staff']],
    ['by phone', modeChanged('phone'), ['create-meeting', 'notify-citizen']],
    ['online', modeChanged('online'), ['notify-citizen']],
    ['link known', linkAttached, ['create-meeting']],
    ['invited anew', invited('another'), ['send-letter', 'follow-up-bounce']],
    ['invited by the letter that came back', invited('s'), ['send-letter']],
    ['told by phone', notified('reached'), ['notify-citizen', 'send-letter', 'follow-up-bounce']],
    ['told by post', notified('posted'), ['notify-citizen', 'send-letter', 'follow-up-bounce']],
    ['told by another letter', notified('accepted', 'another'), ['notify-citizen', 'send-letter', 'follow-up-bounce']],
    ['told by the letter that came back', notified('accepted', 's'), ['notify-citizen', 'send-letter']],
    ['declined', notified('declined-new-slot'), ['must-be-rescheduled', 'notify-citizen', 'send-letter', 'follow-up-bounce']],
    ['voicemail', notified('voicemail'), []],
    ['no answer', notified('no-answer'), []],
    ['meeting removed', { type: 'MeetingRemoved', data: { removedAt: begun } }, ['remove-meeting']],
    ['nobody of us came', staffAbsent, ['create-meeting', 'must-be-rescheduled', 'record-outcome']],
    ['held', held('phone'), beforeTheMeeting],
    ['the citizen did not come', missed, beforeTheMeeting],
    ['cancelled', cancelledByCitizen, beforeTheMeeting],
    ['lapsed', lapsed, beforeTheMeeting],
    ['recorded', recorded, ['attach-recording']],
    ['not recorded', unrecorded, ['attach-recording']],
    ['waived', waived, ['attach-recording']],
    ['by phone from its beginning, so that nothing was recorded', wentOnByPhone(false), ['attach-recording']],
    ['by phone after some of it was online', wentOnByPhone(true), []],
    ['written', issued, ['write-resolution']],
    ['filed', filed, ['file-resolution', 'correct-filing']],
    ['sent by another letter', sent, ['hand-over-resolution', 'send-letter', 'follow-up-bounce']],
    ['sent by the letter that came back', sentAs('s'), ['hand-over-resolution', 'send-letter']],
    ['handed over', handedOver, ['hand-over-resolution', 'send-letter', 'follow-up-bounce']],
    ['erased', erased, ['must-be-rescheduled', 'notify-citizen', 'send-letter', 'follow-up-bounce']],
    ['begun', started, []],
    ['verified', emailVerified, []],
  ];
  it.each(fulfilled)('%s', (_, fact, ended) => {
    const asked = [requested(), ...kinds.map((kind) => raised(kind))];
    const { tasks } = after(...asked, fact);
    const over = tasks.filter(({ state }) => state === 'over');
    expect(over.map(({ kind }) => kind).toSorted()).toEqual(ended.toSorted());
    expect(over.every(({ since, taskId, kind }) => since === at(asked.length) && taskId === `task-${kind}`)).toBe(true);
    const still = tasks.filter(({ state }) => state === 'raised').map(({ kind }) => kind);
    expect(still.toSorted()).toEqual(kinds.filter((kind) => !ended.includes(kind)).toSorted());
  });
});

describe('what a ticket needs of people', () => {
  it('is nothing before it is asked for, and nothing when it is', () => {
    expect(planAfter(undefined, { fact: scheduled(), id: 'e', at: begun })).toBeUndefined();
    expect(after(requested())).toEqual({ staffId: 's002', emailGiven: true, issued: false, recordingSettled: false, tasks: [] });
    expect(after(requested('phone', false)).emailGiven).toBe(false);
  });
  it('C20: is to say how it ended, from the end of its day on', () => {
    const task = {
      kind: 'record-outcome',
      subjectId: 'hold-1',
      state: 'planned',
      since: '2026-03-09T22:00:00.000Z',
      dueAt: '2026-03-11T22:00:00.000Z',
    };
    expect(after(requested(), scheduled()).tasks).toEqual([task]);
    const moved = rescheduled('citizen', 'hold-2', 'hold-1');
    expect(after(requested(), scheduled(), moved).tasks).toEqual([
      { ...task, subjectId: 'hold-2', since: '2026-03-12T22:00:00.000Z', dueAt: '2026-03-16T22:00:00.000Z' },
    ]);
    expect(after(requested(), scheduled(), { ...moved, data: { ...moved.data, staffId: 's007' } }).staffId).toBe('s007');
    expect(ofKind(after(requested(), scheduled(), reassigned), 'record-outcome')).toEqual([{ ...task, subjectId: 'hold-2' }]);
    expect(after(requested(), scheduled(), reassigned).staffId).toBe('s005');
    expect(ofKind(after(...booked(), cancelled), 'record-outcome')).toEqual([]);
  });
  it('Art. 8: of a move by staff a citizen with an e-mail is told by a person once the time for the letter is over', () => {
    const plan = after(...booked(), rescheduled('staff', 'hold-2', 'hold-1'));
    const dueAt = '2026-03-05T08:00:00.000Z';
    expect(ofKind(plan, 'notify-citizen')).toEqual([{ kind: 'notify-citizen', subjectId: 'e4', state: 'planned', since: dueAt, dueAt }]);
    expect(plan.noticeDueAt).toBe(dueAt);
    expect(kindsIn(after(...booked(), rescheduled('citizen', 'hold-2', 'hold-1')))).toEqual(['record-outcome']);
    expect(ofKind(after(...booked(), reassigned), 'notify-citizen')).toEqual([]);
  });
  it('Art. 8: whoever has no e-mail is told by a person at once', () => {
    const without = [requested('phone', false), scheduled('phone')];
    const task = { kind: 'notify-citizen', subjectId: 'e2', state: 'planned', since: at(2) };
    const told = (fact: TicketFact) => ofKind(after(...without, fact), 'notify-citizen');
    expect(told(rescheduled('staff', 'hold-2', 'hold-1'))).toEqual([{ ...task, dueAt: '2026-03-05T08:00:00.000Z' }]);
    expect(told(reassigned)).toEqual([task]);
    expect(told(cancelled)).toEqual([{ ...task, dueAt: '2026-03-06T08:00:00.000Z' }]);
  });
  it('Art. 8: a cancellation is told if staff made it', () => {
    expect(kindsIn(after(...booked(), cancelled))).toEqual(['notify-citizen']);
    expect(kindsIn(after(...booked(), cancelledByCitizen))).toEqual([]);
  });
  it('Art. 8: of a cancelling by staff a new hour stays to be given, until another ticket has it or the citizen wants none', () => {
    const owed = { ...cancelled, data: { ...cancelled.data, newHourOwed: true } } as TicketFact;
    const dueAt = '2026-03-09T22:00:00.000Z';
    expect(ofKind(after(...booked(), owed), 'must-be-rescheduled')).toEqual([
      { kind: 'must-be-rescheduled', subjectId: 'e4', state: 'planned', since: at(4), dueAt },
    ]);
    const raised: TicketFact = {
      type: 'TaskRaised',
      data: { taskId: 't', kind: 'must-be-rescheduled', staffId: 's002', raisedAt: begun, dueAt, subjectId: 'e4' },
    };
    const { request } = bookingFor('online');
    const given: TicketFact = { type: 'NewHourGiven', data: { request, newTicketId: 'new', slot: nextSlot, givenAt: begun } };
    for (const [fact, state] of [
      [given, 'over'],
      [erased, 'over'],
      [notified('declined-new-slot'), 'over'],
      [notified('reached'), 'raised'],
    ] as const)
      expect(ofKind(after(...booked(), owed, raised, fact), 'must-be-rescheduled')).toMatchObject([{ state }]);
  });
  it('A19: nobody tells the citizen, e-mail or not, of what the citizen did', () => {
    const without = [requested('phone', false), scheduled('phone')];
    expect(kindsIn(after(...without, cancelledByCitizen))).toEqual([]);
    expect(kindsIn(after(...without, rescheduled('citizen', 'hold-2', 'hold-1')))).toEqual(['record-outcome']);
  });
  it('A23: where the staff member did not come, another slot is asked for, and the citizen is told', () => {
    expect(after(...booked(), staffAbsent).tasks).toEqual([
      { kind: 'must-be-rescheduled', subjectId: 'e4', state: 'planned', since: at(4), dueAt: '2026-03-11T22:00:00.000Z' },
      { kind: 'notify-citizen', subjectId: 'e4', state: 'planned', since: '2026-03-10T08:05:00.000Z', dueAt: '2026-03-10T08:05:00.000Z' },
    ]);
  });
  it('Art. 7: a meeting that was held needs its resolution, and its recording if one is due', () => {
    const due = { ...held(), data: { ...held().data, recordingDueAt: '2026-03-11T08:16:00.000Z' } };
    const write = { kind: 'write-resolution', subjectId: 'e5', state: 'planned', since: at(5), dueAt: '2026-03-09T10:16:00.000Z' };
    const attach = { kind: 'attach-recording', subjectId: 'e5', state: 'planned', since: at(5), dueAt: '2026-03-11T08:16:00.000Z' };
    expect(after(...booked(), started, due).tasks).toEqual([write, attach]);
    expect(after(...booked(), started, held()).tasks).toEqual([write]);
    expect(kindsIn(after(...booked(), started, issued, due))).toEqual(['attach-recording']);
    for (const settled of [recorded, unrecorded, waived]) {
      expect(kindsIn(after(...booked(), started, settled, due))).toEqual(['write-resolution']);
    }
    expect(after(...booked(), started, { ...due, data: { ...due.data, staffId: 's009' } }).staffId).toBe('s009');
  });
  it('A11: without an e-mail it is handed over, once it is written and the meeting is over, in whatever order', () => {
    const without = [requested('phone', false), scheduled('phone'), started];
    const handOver = (...facts: readonly TicketFact[]) => ofKind(after(...without, ...facts), 'hand-over-resolution');
    const task = { kind: 'hand-over-resolution', subjectId: 'e4', state: 'planned', since: at(4), dueAt: '2026-03-10T22:00:00.000Z' };
    expect(handOver(held('phone'))).toEqual([]);
    expect(handOver(issued)).toEqual([]);
    expect(handOver(held('phone'), issued)).toEqual([task]);
    expect(handOver(issued, held('phone'))).toEqual([task]);
    expect(ofKind(after(...booked(), started, held(), issued), 'hand-over-resolution')).toEqual([]);
  });
  it('Art. 7: a paper without the newest amendment leaves the hand-over open; one with it ends it', () => {
    const paper = (amendments: number): TicketFact => ({
      type: 'ResolutionHandedOver',
      data: { channel: 'pickup', handedOverAt: begun, proof: secret, amendments },
    });
    const owed = [requested('phone', false), scheduled('phone'), started, held('phone'), issued, handedOver, amended(begun)[1]];
    expect(ofKind(after(...owed, handedOver), 'hand-over-resolution')).toHaveLength(1);
    expect(ofKind(after(...owed, paper(1)), 'hand-over-resolution')).toEqual([]);
  });
  it('A12: a recording that is gone is to be found again', () => {
    expect(ofKind(after(...booked(), started, held(), recorded, withdrawn), 'attach-recording')).toEqual([
      { kind: 'attach-recording', subjectId: 'e7', state: 'planned', since: at(7) },
    ]);
  });
  it('C14: a number that the register does not show is to be corrected, each time, until another is given', () => {
    const life = [...booked(), started, held(), issued, filed, disproved];
    const task = { kind: 'correct-filing', subjectId: 'e8', state: 'planned', since: at(8), dueAt: '2026-03-10T22:00:00.000Z' };
    expect(ofKind(after(...life), 'correct-filing')).toEqual([task]);
    expect(ofKind(after(...life, filed), 'correct-filing')).toEqual([]);
    expect(ofKind(after(...life, filed, disproved), 'correct-filing')).toEqual([{ ...task, subjectId: 'e10', since: at(10) }]);
  });
  it('C18: a letter that came back is followed up', () => {
    const cameBack = { letterId: 'letter-9', bouncedAt: begun, followUpDueAt: '2026-03-11T22:00:00.000Z' };
    for (const type of ['InvitationBounced', 'ResolutionBounced'] as const) {
      expect(ofKind(after(requested(), { type, data: cameBack }), 'follow-up-bounce')).toEqual([
        { kind: 'follow-up-bounce', subjectId: 'letter-9', state: 'planned', since: at(1), dueAt: '2026-03-11T22:00:00.000Z' },
      ]);
    }
  });
  it('A21: a notice that came back is told by a person, at once, and not of what the citizen cancelled', () => {
    const moved = [...booked(), rescheduled('staff', 'hold-2', 'hold-1')];
    expect(ofKind(after(...moved, notified('bounced', 'letter-3')), 'notify-citizen')).toMatchObject([
      { subjectId: 'e4', since: '2026-03-05T08:00:00.000Z' },
      { subjectId: 'letter-3', since: at(5), dueAt: '2026-03-05T08:00:00.000Z' },
    ]);
    expect(ofKind(after(requested(), notified('bounced')), 'notify-citizen')).toEqual([
      { kind: 'notify-citizen', subjectId: 'e1', state: 'planned', since: at(1) },
    ]);
    const ofTheCancellation = notified('bounced', 'l', 'cancelled');
    expect(kindsIn(after(requested(), ofTheCancellation))).toEqual([]);
    expect(kindsIn(after(requested(), cancelled, ofTheCancellation))).toEqual(['notify-citizen', 'notify-citizen']);
    expect(kindsIn(after(requested(), notified('voicemail')))).toEqual([]);
  });
});

describe('Art. 7: one answer to an objection', () => {
  const dispute = (correctionOf: 'resolution' | 'answer'): TicketFact => ({
    type: 'CorrectionDisputed',
    data: { correctionOf, objection: secret, disputedAt: begun },
  });
  const answered = (correctionOf: 'resolution' | 'answer'): TicketFact => ({
    type: 'ObjectionAnswered',
    data: { correctionOf, answer: secret, answeredBy: 's002', answeredAt: begun },
  });
  const open = (plan: TaskPlan) => ofKind(plan, 'correction-disputed').filter(({ state }) => state !== 'over');
  it('ends the task of that one, and leaves an objection to something else open', () => {
    const asked = [requested(), dispute('answer'), raised('correction-disputed', 'e1', 't1'), dispute('resolution')];
    const both = [...asked, raised('correction-disputed', 'e3', 't3')];
    expect(open(after(...both, answered('answer')))).toMatchObject([{ subjectId: 'e3', correctionOf: 'resolution' }]);
    expect(open(after(...both, answered('resolution')))).toMatchObject([{ subjectId: 'e1', correctionOf: 'answer' }]);
    expect(open(after(...both, answered('answer'), answered('resolution')))).toEqual([]);
  });
  it('ends the newest of two to corrections of the same kind, raised or not', () => {
    const first = [requested(), dispute('answer'), dispute('answer'), raised('correction-disputed', 'e1', 't1')];
    expect(open(after(...first, answered('answer')))).toMatchObject([{ subjectId: 'e1' }]);
    const both = [...first, raised('correction-disputed', 'e2', 't2')];
    expect(open(after(...both, answered('answer')))).toMatchObject([{ subjectId: 'e1' }]);
  });
});

describe('tasks over time', () => {
  it('a planned one that is fulfilled before its time is never told of', () => {
    expect(after(...booked(), started, held(), issued).tasks).toEqual([]);
  });
  it('one that is asked for again before its time is needed now, and keeps when it was due', () => {
    const later = after(...booked(), rescheduled('staff', 'hold-2', 'hold-1'), notified('bounced', 'e4'));
    expect(ofKind(later, 'notify-citizen')).toEqual([
      { kind: 'notify-citizen', subjectId: 'e4', state: 'planned', since: at(5), dueAt: '2026-03-05T08:00:00.000Z' },
    ]);
    expect(kindsIn(later)).toEqual(['record-outcome', 'notify-citizen']);
    const again = notified('bounced', 'l');
    expect(ofKind(after(requested(), again, again), 'notify-citizen')).toMatchObject([{ since: at(1) }]);
    expect(ofKind(after(requested(), raised('notify-citizen', 'l'), again), 'notify-citizen')).toMatchObject([
      { state: 'raised', since: at(1) },
    ]);
  });
  it('one that was raised takes the place of the one that was planned, and is gone once it is done', () => {
    const dueAt = '2026-03-11T22:00:00.000Z';
    const known = [...booked(), raised('request-changed', 'x')];
    const raisedNow: TicketFact = {
      type: 'TaskRaised',
      data: { taskId: 't9', kind: 'record-outcome', staffId: 's002', raisedAt: begun, dueAt, subjectId: 'hold-1' },
    };
    expect(after(...known, raisedNow).tasks).toEqual([
      { kind: 'request-changed', subjectId: 'x', state: 'raised', since: at(4), taskId: 'task-request-changed' },
      { kind: 'record-outcome', subjectId: 'hold-1', state: 'raised', since: at(5), taskId: 't9', dueAt },
    ]);
    expect(kindsIn(after(...known, raisedNow, { type: 'TaskDone', data: { taskId: 't9', doneAt: begun } }))).toEqual(['request-changed']);
    const aboutNothing: TicketFact = { type: 'TaskRaised', data: { taskId: 't1', kind: 'assign-staff', staffId: 's002', raisedAt: begun } };
    expect(after(requested(), aboutNothing).tasks).toMatchObject([{ subjectId: 't1', taskId: 't1' }]);
  });
  it('one that was raised was raised then, also where the clock was put back since', () => {
    const plan = after(requested(), raised('notify-citizen', 'l'));
    const again = planAfter(plan, { fact: notified('bounced', 'l'), id: 'e', at: plusMinutes(begun, -60) });
    expect(again?.tasks).toMatchObject([{ state: 'raised', since: at(1) }]);
  });
  it('of two about different things one does not stand for the other', () => {
    expect(kindsIn(after(requested(), raised('send-letter', 'a', 't1'), raised('send-letter', 'b', 't2')))).toHaveLength(2);
    expect(kindsIn(after(requested(), raised('send-letter', 'a', 't1'), raised('file-resolution', 'a', 't2')))).toHaveLength(2);
  });
  it('what ends again has ended when it first did', () => {
    const plan = after(requested(), raised('send-letter', 'a'), notified('reached'), notified('reached'));
    expect(plan.tasks).toMatchObject([{ state: 'over', since: at(2) }]);
  });
  it('Art. 5: the link of a meeting that is online again before anybody ended its task is asked for still', () => {
    const byPhone = [...booked(), raised('create-meeting', 'hold-1'), raised('create-meeting', 'hold-0', 'task-0'), modeChanged('phone')];
    expect(ofKind(after(...byPhone), 'create-meeting').map(({ state }) => state)).toEqual(['over', 'over']);
    const again = ofKind(after(...byPhone, modeChanged('online')), 'create-meeting');
    expect(again.map(({ subjectId, state }) => [subjectId, state])).toEqual([
      ['hold-1', 'raised'],
      ['hold-0', 'over'],
    ]);
  });
  it('are told of when their time has come, unless they were', () => {
    const plan = after(...booked(), raised('request-changed', 'x'), raised('send-letter', 'y'), notified('reached'));
    const toldAt = (when: string) => tasksToTell(plan, when).map(({ kind }) => kind);
    expect(toldAt(plusMinutes(at(6), -1))).toEqual([]);
    expect(toldAt(at(6))).toEqual(['send-letter']);
    expect(toldAt('2026-03-09T22:00:00.000Z')).toEqual(['record-outcome', 'send-letter']);
    expect(nextTaskAt(plan)).toBe(at(6));
    expect(nextTaskAt(after(...booked()))).toBe('2026-03-09T22:00:00.000Z');
    expect(nextTaskAt(after(requested(), raised('request-changed', 'x')))).toBeUndefined();
  });
  it('Art. 8: a meeting that cannot be at its hour has another before it', () => {
    expect(moveDue(nextSlot)).toBe(nextSlot.startsAt);
  });
});

it('a fact that neither asks for anything nor fulfils anything leaves the plan itself, and so does one that is told twice', () => {
  const plan = after(...booked(), started, held(), recorded, withdrawn);
  const again = (fact: TicketFact, index: number) => planAfter(plan, { fact, id: `e${String(index)}`, at: at(index) });
  expect(again(linkAttached, 9)).toBe(plan);
  expect(again(withdrawn, booked().length + 3)).toBe(plan);
});
