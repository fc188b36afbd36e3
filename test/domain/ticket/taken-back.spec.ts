import { amendResolution } from '../../../src/domain/ticket/amendment';
import { attachRecording, reportRecordingMissing, waiveRecording } from '../../../src/domain/ticket/recording';
import { handOverResolution, noteResolutionBounced } from '../../../src/domain/ticket/resolution';
import type { ContinuedOtherwise, TicketFact } from '../../../src/domain/ticket/facts';
import { requestedStatus, statusAfter } from '../../../src/domain/ticket/status-after';
import { saidOfRecording, type SaidOfRecording, takeBackHandOver, takeBackRecording } from '../../../src/domain/ticket/taken-back';
import { ticket, type TicketState } from '../../../src/domain/ticket/ticket';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { oneFact, oneFactWith, refused } from '../../support/decided';
import * as story from './story';

const { afterMeeting: at, resolved } = story;
const reason = story.text('Era a altei întâlniri.');
const attach =
  (grade: 'observed' | 'declared', recordingId = 'r-1') =>
  (state: TicketState) =>
    attachRecording({ recordingId, startedAt: story.slot.startsAt, durationSeconds: 800, grade, at }, state);
const takeBack =
  (said: SaidOfRecording, why = reason) =>
  (state: TicketState) =>
    takeBackRecording({ ...said, reason: why, by: 's002', at }, state);
const letterOf = ({ data }: TicketFact): string => ('letterId' in data ? (data.letterId ?? '') : '');
const attached = { what: 'attached', recordingId: 'r-1' } as const;

describe('A13: what a person said of the recording', () => {
  it.each([
    ['a recording', attached, resolved.after(attach('declared'))],
    ['that there is none', { what: 'missing' }, resolved.after((state) => reportRecordingMissing({ reason, at }, state))],
    [
      'that it was not wanted',
      { what: 'waived' },
      resolved.after((state) => waiveRecording({ reason, offeredAlternative: true, at }, state)),
    ],
  ] as const)('is taken back, and the duty is open again: %s', (_, said, before) => {
    expect(saidOfRecording(before.state)).toEqual([said]);
    expect(before.when(takeBack(said))).toMatchObject(oneFact('RecordingTakenBack', { ...said, owed: true, takenBackBy: 's002' }));
    const after = before.after(takeBack(said));
    expect(saidOfRecording(after.state)).toEqual([]);
    expect(after.when(attach('declared', 'r-2'))).toMatchObject(oneFact('RecordingAttached'));
    expect(after.when(takeBack(said))).toMatchObject(refused('wrong-state', { article: '5', reason: 'not-declared' }));
  });
  it('leaves no duty open where another recording is there', () => {
    const two = resolved.after(attach('declared')).after(attach('observed', 'r-2'));
    expect(two.when(takeBack(attached))).toMatchObject(oneFactWith({ owed: false }));
  });
  it('leaves none open where something else was said of it before, nor where the meeting never was on Webex', () => {
    const missing = resolved.after((state) => reportRecordingMissing({ reason, at }, state));
    const waived = resolved.after((state) => waiveRecording({ reason, offeredAlternative: true, at }, state));
    const { startsAt: continuedAt } = story.slot;
    const byPhone: ContinuedOtherwise = {
      type: 'ContinuedOtherwise',
      data: { mode: 'phone', cause: 'citizen-device', staffId: 's002', continuedAt, wasOnline: false },
    };
    const never = given(ticket, ...story.inProgress, byPhone, story.held());
    for (const before of [missing, waived, never])
      expect(before.after(attach('declared')).when(takeBack(attached))).toMatchObject(oneFactWith({ ...attached, owed: false }));
    const inPart: ContinuedOtherwise = { ...byPhone, data: { ...byPhone.data, wasOnline: true } };
    const partly = given(ticket, ...story.inProgress, inPart, story.held());
    expect(partly.after(attach('declared')).when(takeBack(attached))).toMatchObject(oneFactWith({ owed: true }));
  });
  it('is the one that is named, and keeps the day by which one was due', () => {
    const two = given(ticket, ...story.inProgress, { type: 'Held', data: { ...story.held().data, recordingDueAt: at } })
      .after(attach('declared'))
      .after(attach('declared', 'r-2'));
    expect(two.when(takeBack({ what: 'attached', recordingId: 'r-2' }))).toMatchObject(
      oneFactWith({ what: 'attached', recordingId: 'r-2', owed: false, recordingDueAt: at }),
    );
    expect(two.when(takeBack({ what: 'attached', recordingId: 'r-3' }))).toMatchObject({ details: { reason: 'not-declared' } });
    const missing = resolved.after((state) => reportRecordingMissing({ reason, at }, state)).after(attach('declared'));
    expect(missing.when(takeBack({ what: 'missing' }))).toMatchObject(oneFactWith({ what: 'missing', owed: false }));
    expect(missing.when(takeBack({ what: 'waived' }))).toMatchObject({ details: { reason: 'not-declared' } });
  });
  it('leaves none open where another was there and is deleted since', () => {
    const since = given(
      ticket,
      ...story.met(),
      story.issued,
      ...['r-1', 'r-2'].map((recordingId): TicketFact => ({
        type: 'RecordingAttached',
        data: { recordingId, startedAt: story.slot.startsAt, durationSeconds: 800, attachedAt: at, grade: 'declared' },
      })),
      { type: 'RecordingDeleted', data: { recordingId: 'r-2', deletedAt: at } },
    );
    for (const before of [since, since.after(attach('observed', 'r-3'))])
      expect(before.when(takeBack(attached))).toMatchObject(oneFactWith({ owed: false }));
  });
  it('is not taken back where the video service has seen it, nor without a reason', () => {
    expect(resolved.after(attach('observed')).when(takeBack(attached))).toMatchObject({ details: { reason: 'not-declared' } });
    const missing = resolved.after((state) => reportRecordingMissing({ reason, grade: 'observed', at }, state));
    expect(missing.when(takeBack({ what: 'missing' }))).toMatchObject({ details: { reason: 'not-declared' } });
    expect(resolved.after(attach('declared')).when(takeBack(attached, story.text(' ')))).toMatchObject({ details: { field: 'reason' } });
  });
});

describe('A11: a hand-over that was noted by mistake', () => {
  const paper = { channel: 'pickup', handedOverAt: at } as const;
  const handOver =
    (handedOverAt = at) =>
    (state: TicketState) =>
      handOverResolution({ ...paper, handedOverAt, proof: story.text('semnătură'), at }, state);
  const back =
    (why = reason) =>
    (state: TicketState) =>
      takeBackHandOver({ ...paper, reason: why, by: 's002', at }, state);
  const handed = resolved.after(handOver());
  it('is taken back, and the resolution is owed again', () => {
    expect(handed.state.status).toBe('concluded');
    const after = handed.after(back());
    expect(after.state).toMatchObject({ status: 'resolved', resolution: { handedOver: [] } });
    expect(handed.when(back())).not.toHaveProperty('facts.0.data.stands');
    expect(after.when(handOver())).toMatchObject(oneFact('ResolutionHandedOver'));
    expect(after.when(back())).toMatchObject(refused('wrong-state', { article: '7', reason: 'not-handed-over' }));
  });
  it('says in what else the citizen has it', () => {
    const both = given(ticket, ...story.met(), story.issued, story.sent).after(handOver());
    expect(both.when(back())).toMatchObject(oneFactWith({ stands: { by: 'email' } }));
    expect(both.after(back()).state.status).toBe('concluded');
    const earlier = '2026-03-09T08:18:00.000Z';
    expect(handed.after(handOver(earlier)).when(back())).toMatchObject(oneFactWith({ stands: { by: 'paper', at: earlier } }));
  });
  it('is the paper of that day and way, of several; by e-mail first where both came at one moment', () => {
    const early = '2026-03-09T08:18:30.000Z';
    const both = handed.after((state) => handOverResolution({ channel: 'post', handedOverAt: at, proof: story.text('AR 12'), at }, state));
    expect(both.when(back())).toMatchObject(oneFactWith({ channel: 'pickup', stands: { by: 'paper', at } }));
    const named = (changes: object) => both.when((state) => takeBackHandOver({ ...paper, ...changes, reason, by: 's002', at }, state));
    expect(named({ channel: 'post' })).toMatchObject(oneFactWith({ channel: 'post' }));
    expect(named({ handedOverAt: early })).toMatchObject({ details: { reason: 'not-handed-over' } });
    const byPost = resolved.after((state) =>
      handOverResolution({ channel: 'post', handedOverAt: at, proof: story.text('AR 12'), at }, state),
    );
    expect(byPost.when(back())).toMatchObject({ details: { reason: 'not-handed-over' } });
    const sentAt = '2026-03-09T08:18:00.000Z';
    const stands = (...times: readonly string[]) =>
      times
        .reduce((known, time) => known.after(handOver(time)), given(ticket, ...story.met(), story.issued, story.sent).after(handOver()))
        .when(back());
    expect(stands(sentAt)).toMatchObject(oneFactWith({ stands: { by: 'email', at: sentAt } }));
    expect(stands(early)).toMatchObject(oneFactWith({ stands: { by: 'email', at: sentAt } }));
    const earliest = '2026-03-09T08:17:30.000Z';
    expect(stands(early, earliest)).toMatchObject(oneFactWith({ stands: { by: 'paper', at: earliest } }));
  });
  it('of an amendment, is owed again though what left before it stands', () => {
    const amend = (state: TicketState) =>
      amendResolution(
        { ...story.rules, form: 'erratum', conclusions: story.text('45 m²'), reason, sameTexts: false, amendedBy: 's002', at },
        state,
      );
    const amended = given(ticket, ...story.met(), story.issued, story.sent)
      .after(amend)
      .after(handOver());
    expect(amended.when(back())).toMatchObject(oneFact('HandOverTakenBack'));
    expect(amended.when(back())).not.toHaveProperty('facts.0.data.stands');
  });
  it('leaves the resolution undelivered where the e-mail came back, in the ticket as in the tables', () => {
    const bounced = given(ticket, ...story.met(), story.issued, story.sent)
      .after((state) => noteResolutionBounced({ ...story.rules, letterId: letterOf(story.sent), at }, state))
      .after(handOver());
    expect(bounced.state.status).toBe('concluded');
    expect(bounced.after(back()).state.status).toBe('resolved');
    expect(bounced.after(back()).after(handOver()).state.status).toBe('concluded');
  });
  it('wants a reason', () => {
    expect(handed.when(back(story.text('')))).toMatchObject(refused('invalid', { field: 'reason' }));
  });
  it('has the same status in tables that keep nothing else of the ticket', () => {
    const decision = handed.when(back());
    const fact = decision.kind === 'accepted' ? decision.facts[0] : undefined;
    expect(fact && statusAfter({ ...requestedStatus, status: 'concluded', issued: true, delivered: true }, fact)).toEqual({
      status: 'resolved',
      issued: true,
      delivered: false,
    });
  });
});
