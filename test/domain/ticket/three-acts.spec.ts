import { planAfter, type TaskPlan } from '../../../src/domain/tasks/tasks';
import { allowedActions } from '../../../src/domain/ticket/allowed';
import { defined } from '@tichet-albastru/kernel/defined';
import { continueOtherwise, type ContinueOtherwise, proposedContinuation } from '../../../src/domain/ticket/continued';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { recordHeld } from '../../../src/domain/ticket/meeting';
import {
  attachRecording,
  deleteRecording,
  noteRecordingWithdrawn,
  reportRecordingMissing,
  waiveRecording,
} from '../../../src/domain/ticket/recording';
import { recordingNotice, recordingNoticeFor, recordingNoticeOf } from '../../../src/domain/ticket/request-ticket';
import { askToSendAgain, handOverResolution, noteResolutionBounced, noteResolutionSent } from '../../../src/domain/ticket/resolution';
import { policiesWith } from '../../../src/domain/policies';
import { type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, oneFact, oneFactWith, refused } from '../../support/decided';
import * as story from './story';

const { rules, slot, afterMeeting, running, resolved } = story;

describe('Art. 5: an online meeting that goes on otherwise', () => {
  const at = '2026-03-09T08:06:00.000Z';
  const go = (changes: Partial<ContinueOtherwise> = {}) => {
    const command: ContinueOtherwise = { mode: 'phone', cause: 'platform', continuedAt: at, at, ...changes };
    return (state: TicketState) => continueOtherwise(command, state);
  };
  const heldUntil =
    (endedAt: string, startedAt = '2026-03-09T08:01:00.000Z') =>
    (state: TicketState) =>
      recordHeld({ ...rules, startedAt, endedAt, at: afterMeeting }, state);

  it('is offered as long as it can be said, also beside a recording of the part on Webex; nobody is absent afterwards', () => {
    const offered = (state: TicketState, instant: string) => allowedActions(state, instant, 'staff', rules.policies);
    const late = '2026-03-09T08:12:00.000Z';
    expect(offered(running.state, late)).toEqual(expect.arrayContaining(['continued', 'absent']));
    for (const act of ['continued', 'absent']) expect(offered(running.after(go()).state, late)).not.toContain(act);
    const part = { recordingId: 'r', startedAt: '2026-03-09T08:01:00.000Z', durationSeconds: 300, grade: 'observed' } as const;
    const held = running.after(heldUntil('2026-03-09T08:16:00.000Z'));
    const recorded = held.after((state) => attachRecording({ ...part, at: afterMeeting }, state));
    expect(offered(recorded.state, afterMeeting)).toContain('continued');
    expect(recorded.when(go({ at: afterMeeting }))).toMatchObject(oneFactWith({ wasOnline: true }));
    expect(recorded.when(go({ continuedAt: part.startedAt, at: afterMeeting }))).toMatchObject(
      refused('invalid', { field: 'at', reason: 'begun-on-webex' }),
    );
  });
  it('does not begin with a running meeting of which something is recorded, whether the recording is still there or not', () => {
    const [began] = story.inProgress.flatMap((fact) => (fact.type === 'MeetingStarted' ? [fact.data.startedAt] : []));
    const continuedAt = began ?? '';
    expect(running.when(go({ continuedAt }))).toMatchObject(oneFact('ContinuedOtherwise', { wasOnline: false }));
    const part = { recordingId: 'r', startedAt: continuedAt, durationSeconds: 60, grade: 'observed' } as const;
    const recorded = running.after((state) => attachRecording({ ...part, at }, state));
    const gone = recorded.after((state) => noteRecordingWithdrawn({ recordingId: 'r', at }, state));
    for (const told of [recorded, gone]) {
      expect(told.when(go({ continuedAt }))).toMatchObject(refused('invalid', { article: '5', field: 'at', reason: 'begun-on-webex' }));
      expect(told.when(go())).toMatchObject(oneFactWith({ wasOnline: true }));
    }
  });
  it('is proposed with a moment that is accepted, whatever was recorded', () => {
    const held = running.after(heldUntil('2026-03-09T08:16:00.000Z'));
    const attached = (recordingId: string, durationSeconds: number, startedAt?: string) => (state: TicketState) =>
      attachRecording({ recordingId, ...defined({ startedAt }), durationSeconds, grade: 'observed', at: afterMeeting }, state);
    const recordedFor = (durationSeconds: number, startedAt?: string) => held.after(attached('r', durationSeconds, startedAt));
    const second = attached('another', 290, '2026-03-09T08:01:00.000Z');
    const gone = (state: TicketState) => noteRecordingWithdrawn({ recordingId: 'r', at: afterMeeting }, state);
    for (const [proposed, { state }] of [
      [afterMeeting, running],
      ['2026-03-09T08:01:00.000Z', held],
      ['2026-03-09T08:05:50.000Z', recordedFor(290, '2026-03-09T08:01:00.000Z')],
      ['2026-03-09T08:16:00.000Z', recordedFor(3600, '2026-03-09T08:01:00.000Z')],
      ['2026-03-09T08:16:00.000Z', recordedFor(30, '2026-03-09T08:00:00.000Z')],
      ['2026-03-09T08:16:00.000Z', recordedFor(60, '2026-03-09T08:00:00.000Z')],
      ['2026-03-09T08:16:00.000Z', recordedFor(900, '2026-03-09T08:01:00.000Z').after(second)],
      ['2026-03-09T08:05:50.000Z', recordedFor(60, '2026-03-09T08:01:00.000Z').after(gone).after(second)],
      ['2026-03-09T08:16:00.000Z', recordedFor(290)],
      ['2026-03-09T08:16:00.000Z', recordedFor(290, '2026-03-09T08:01:00.000Z').after(gone)],
    ] as const) {
      const continuedAt = proposedContinuation(state, afterMeeting);
      expect(continuedAt).toBe(proposed);
      expect(go({ continuedAt, at: afterMeeting })(state)).toMatchObject({ kind: 'accepted' });
    }
  });
  it('from the middle on: what was held on Webex is still to be recorded', () => {
    const went = running.after(go());
    expect(running.when(go())).toMatchObject(
      oneFact('ContinuedOtherwise', { mode: 'phone', cause: 'platform', staffId: 's002', continuedAt: at, wasOnline: true }),
    );
    expect(went.when(go())).toEqual(nothing);
    expect(went.when(go({ mode: 'in-person' }))).toMatchObject(refused('wrong-state', { reason: 'already-continued' }));
    expect(went.when(heldUntil('2026-03-09T08:05:00.000Z'))).toMatchObject(refused('invalid', { reason: 'before-it-continued' }));
    expect(went.when(heldUntil('2026-03-09T08:16:00.000Z'))).toMatchObject(
      oneFact('Held', { mode: 'online', recordKind: 'webex-recording', recordingDueAt: '2026-03-11T08:16:00.000Z' }),
    );
  });
  it('from the start on: nothing is to be recorded, and nothing is missing', () => {
    const went = story.standing.after(go());
    expect(story.standing.when(go())).toMatchObject({
      facts: [
        { type: 'MeetingStarted', data: { startedAt: at } },
        { type: 'ContinuedOtherwise', data: { wasOnline: false } },
      ],
    });
    const held = went.after(heldUntil('2026-03-09T08:16:00.000Z', at));
    expect(went.when(heldUntil('2026-03-09T08:16:00.000Z', at))).toMatchObject(oneFactWith({ recordKind: 'written-record' }));
    expect(held.state).not.toHaveProperty('held.recordingDueAt');
    const reason = story.text('x');
    const refusal = refused('wrong-state', { reason: 'continued-otherwise' });
    expect(held.when((state) => reportRecordingMissing({ reason, at: afterMeeting }, state))).toMatchObject(refusal);
    expect(held.when((state) => waiveRecording({ reason, offeredAlternative: true, at: afterMeeting }, state))).toMatchObject(refusal);
  });
  it('is said until the recording is overdue, about a moment of the meeting, and not of what was reported missing', () => {
    const held = story.standing.after(heldUntil('2026-03-09T08:16:00.000Z'));
    const due = '2026-03-11T08:16:00.000Z';
    expect(held.when(go({ at: due }))).toMatchObject(oneFactWith({ wasOnline: true }));
    expect(held.when(go({ at: '2026-03-11T08:16:00.001Z' }))).toMatchObject(refused('wrong-state', { reason: 'recording-overdue' }));
    expect(held.when(go({ at: due, continuedAt: '2026-03-09T08:16:00.001Z' }))).toMatchObject({
      details: { reason: 'not-in-the-meeting' },
    });
    expect(held.when(go({ at: due, continuedAt: '2026-03-09T08:00:59.999Z' }))).toMatchObject({
      details: { reason: 'not-in-the-meeting' },
    });
    const missing = held.after((state) => reportRecordingMissing({ reason: story.text('x'), at: afterMeeting }, state));
    expect(missing.when(go({ at: due }))).toMatchObject(refused('wrong-state', { reason: 'recording-missing' }));
  });
  it.each([
    ['by phone', story.booked('phone'), {}, 'wrong-state'],
    ['that was never asked for', [], {}, 'not-found'],
    ['that was called off', [...story.booked(), story.cancelled], {}, 'wrong-state'],
    ['before its hour', story.booked(), { continuedAt: story.beforeStart }, 'wrong-state'],
    ['in the future', story.inProgress, { continuedAt: afterMeeting }, 'invalid'],
    ['before it began', story.inProgress, { continuedAt: slot.startsAt }, 'invalid'],
    ['for another reason without words', story.inProgress, { cause: 'other' }, 'invalid'],
  ] as const)('refuses one %s', (_, facts, changes, code) => {
    expect(given(ticket, ...facts).when(go(changes))).toMatchObject(refused(code));
  });
});

describe('Art. 7: a resolution that is sent again', () => {
  const ask = (state: TicketState) => askToSendAgain({ at: afterMeeting }, state);
  const bounced = (letterId: string) => (state: TicketState) => noteResolutionBounced({ ...rules, letterId, at: afterMeeting }, state);
  const accepted = (letterId: string) => (state: TicketState) =>
    noteResolutionSent({ letterId, toVerifiedAddress: true, acceptedAt: afterMeeting }, state);
  const standing = given(ticket, ...story.met(), story.issued, story.sent);

  it('after each bounce once, to the address that was verified', () => {
    const cameBack = standing.after(bounced('letter-9'));
    expect(cameBack.when(ask)).toMatchObject(oneFact('ResolutionToBeSentAgain', { afterLetterId: 'letter-9' }));
    expect(cameBack.after(ask).when(ask)).toEqual(nothing);
    expect(cameBack.after(ask).after(accepted('again')).when(ask)).toMatchObject({ details: { reason: 'not-bounced' } });
    expect(cameBack.after(ask).after(bounced('again')).when(ask)).toMatchObject(oneFactWith({ afterLetterId: 'again' }));
    expect(cameBack.after(ask).after(accepted('again')).after(bounced('again')).when(ask)).toMatchObject({ kind: 'accepted' });
  });
  it('also one that was refused at once', () => {
    expect(resolved.after(bounced('first')).when(ask)).toMatchObject(oneFactWith({ afterLetterId: 'first' }));
  });
  it('but none that is on its way or stands, and nothing without a verified address', () => {
    expect(resolved.when(ask)).toMatchObject(refused('wrong-state', { article: '7', reason: 'not-bounced' }));
    expect(standing.when(ask)).toMatchObject({ details: { reason: 'not-bounced' } });
    const unverified = [story.requested('phone', false), story.scheduled('phone'), story.held('phone'), story.issued];
    expect(
      given(ticket, ...unverified)
        .after(bounced('l'))
        .when(ask),
    ).toMatchObject({ details: { reason: 'not-by-mail' } });
  });
  it('A11: a paper signed on the spot may be older than what was typed in afterwards; a letter by post may not', () => {
    const handOver = (channel: 'pickup' | 'post', handedOverAt: string) => (state: TicketState) =>
      handOverResolution({ channel, handedOverAt, proof: story.text('semnătură'), at: afterMeeting }, state);
    const end = '2026-03-09T08:16:00.000Z';
    expect(resolved.when(handOver('pickup', end))).toMatchObject(oneFact('ResolutionHandedOver'));
    expect(resolved.when(handOver('pickup', '2026-03-09T08:15:59.999Z'))).toMatchObject({ details: { reason: 'before-the-end' } });
    expect(resolved.when(handOver('post', end))).toMatchObject({ details: { reason: 'before-it-was-issued' } });
  });
});

describe('A13: a recording that is deleted after its time', () => {
  const requested = story.requested();
  const noticed = (keptDays?: number): readonly TicketFact[] => [
    {
      ...requested,
      data: {
        ...requested.data,
        recordingNotice: { version: 'v', acceptedAt: story.requestedAt, ...(keptDays === undefined ? {} : { keptDays }) },
      },
    },
    ...story.met().slice(1),
  ];
  const attach = (state: TicketState) =>
    attachRecording({ recordingId: 'r', startedAt: story.slot.startsAt, durationSeconds: 900, at: afterMeeting }, state);
  const recorded = (keptDays?: number) => given(ticket, ...noticed(keptDays)).after(attach);
  /** the end of the thirtieth day after 9 March, in summer time */
  const end = '2026-04-08T21:00:00.000Z';
  const remove =
    (deletedAt = end, recordingId = 'r', at = '2026-05-01T08:00:00.000Z') =>
    (state: TicketState) =>
      deleteRecording({ recordingId, deletedAt, at }, state);

  it('not a moment earlier, and once', () => {
    expect(recorded(30).when(remove())).toMatchObject(oneFact('RecordingDeleted', { recordingId: 'r', deletedAt: end }));
    expect(recorded(30).after(remove()).when(remove())).toEqual(nothing);
    expect(recorded(30).when(remove('2026-04-08T20:59:59.999Z'))).toMatchObject(refused('too-early', { article: '5', earliest: end }));
  });
  it('only where the notice named a time, of a recording that is there, and not ahead of the clock', () => {
    expect(recorded().when(remove())).toMatchObject(refused('wrong-state', { reason: 'no-recording-period' }));
    expect(recorded(30).when(remove(end, 'another'))).toMatchObject(refused('invalid', { reason: 'unknown' }));
    expect(recorded(30).when(remove('2026-05-01T08:00:00.001Z'))).toMatchObject(refused('invalid', { reason: 'in-the-future' }));
    expect(running.when(remove())).toMatchObject(refused('wrong-state'));
    expect(given(ticket).when(remove())).toMatchObject(refused('not-found'));
  });
  it('is neither missing nor waived afterwards', () => {
    const reason = story.text('x');
    const deleted = recorded(30).after(remove());
    expect(deleted.when((state) => reportRecordingMissing({ reason, at: afterMeeting }, state))).toMatchObject(refused('wrong-state'));
    expect(deleted.when((state) => waiveRecording({ reason, offeredAlternative: true, at: afterMeeting }, state))).toMatchObject(
      refused('wrong-state'),
    );
  });
  it('asks nobody for it once its time is over, and somebody before', () => {
    const asked = (noticedAt: string) => {
      const facts: readonly TicketFact[] = [...noticed(30), { type: 'RecordingWithdrawn', data: { recordingId: 'r', noticedAt } }];
      const plan = facts.reduce<TaskPlan | undefined>(
        (known, fact, index) => planAfter(known, { fact, id: `e${index}`, at: noticedAt }),
        undefined,
      );
      return plan?.tasks.some(({ kind }) => kind === 'attach-recording');
    };
    expect(asked('2026-04-08T20:59:59.999Z')).toBe(true);
    expect(asked(end)).toBe(false);
  });
  it('the notice names the time, under a version of its own', () => {
    expect(recordingNoticeOf(policiesWith())).toEqual(recordingNotice);
    const { version, text, keptDays } = recordingNoticeOf(policiesWith({ 'recording-period': { value: { days: 90 }, version: 2 } }));
    expect([version, keptDays]).toEqual(['2026-1+90', 90]);
    expect(text.ro).toContain('la împlinirea termenului de păstrare, de 90 de zile de la întâlnire.');
    expect(text.en).toContain('when its retention period ends, 90 days after the meeting.');
    expect([1, 19, 101, 120].map((days) => /de ([^,.]+) de la întâlnire/.exec(recordingNoticeFor(days).text.ro)?.[1])).toEqual([
      'o zi',
      '19 zile',
      '101 zile',
      '120 de zile',
    ]);
  });
});
