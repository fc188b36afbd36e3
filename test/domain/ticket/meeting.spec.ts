import { attachMeetingLink, recordCitizenAbsent, recordHeld, recordStaffAbsent, startMeeting } from '../../../src/domain/ticket/meeting';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import {
  handOverResolution,
  issueResolution,
  maySendResolution,
  noteResolutionFiled,
  noteResolutionSent,
  recordFiled,
} from '../../../src/domain/ticket/resolution';
import { attachRecording, noteRecordingWithdrawn, reportRecordingMissing, waiveRecording } from '../../../src/domain/ticket/recording';
import { type TicketState, ticket } from '../../../src/domain/ticket/ticket';
import { personal } from '../../../src/domain/kernel/personal-text';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { nothing, oneFact, oneFactWith, refused } from '../../support/decided';
import * as story from './story';

const { rules, policies, slot, afterMeeting, standing, running, ended, resolved } = story;

describe('Art. 5: the meeting link', () => {
  const link =
    (change: Partial<Parameters<typeof attachMeetingLink>[0]> = {}) =>
    (state: TicketState) =>
      attachMeetingLink(
        { joinUrl: story.text('https://primarie.webex.com/meet/1'), sameLink: false, at: story.requestedAt, ...change },
        state,
      );

  it('is attached for the hour that stands', () => {
    expect(standing.when(link())).toMatchObject(oneFact('MeetingLinkAttached', { slot }));
    expect(standing.after(link()).state).toMatchObject({ sequence: 1, meetingLink: { slot } });
  });
  it('the link on record changes nothing, a new one replaces it', () => {
    expect(standing.after(link()).when(link({ sameLink: true }))).toEqual(nothing);
    expect(standing.after(link()).when(link())).toMatchObject({ facts: [{}] });
  });
  it('a link for an hour that no longer stands changes nothing', () => {
    expect(standing.when(link({ slot: story.nextSlot }))).toEqual(nothing);
  });
  it.each(['http://x.ro/1', 'webex', 'https://', 'https://a b', 'javascript:alert(1)'])('refuses %s', (url) => {
    expect(standing.when(link({ joinUrl: story.text(url) }))).toMatchObject(refused('invalid', { field: 'joinUrl' }));
  });
  it('only for a meeting that is online and still to end', () => {
    expect(given(ticket, ...story.booked('phone')).when(link())).toMatchObject(refused('wrong-state', { article: '5' }));
    expect(ended.when(link())).toMatchObject(refused('wrong-state'));
    expect(running.when(link())).toMatchObject({ kind: 'accepted' });
    expect(given(ticket).when(link())).toMatchObject(refused('not-found'));
  });
});

describe('the start (A18)', () => {
  const start =
    (startedAt: string, at = afterMeeting) =>
    (state: TicketState) =>
      startMeeting({ startedAt, at }, state);

  it('is recorded from the slot’s start on, not before', () => {
    expect(standing.when(start(slot.startsAt))).toEqual(
      oneFact('MeetingStarted', { startedAt: slot.startsAt, slot, staffId: 's002', grade: 'declared' }),
    );
    expect(standing.when(start(story.beforeStart))).toMatchObject(refused('wrong-state', { article: '3 c' }));
  });
  it('is never ahead of the clock', () => {
    expect(standing.when(start('2026-03-09T08:20:00.001Z'))).toMatchObject(refused('invalid', { reason: 'in-the-future' }));
  });
  it('twice, changes nothing', () => {
    expect(running.when(start('2026-03-09T08:10:00.000Z'))).toEqual(nothing);
    expect(ended.when(start('2026-03-09T08:10:00.000Z'))).toEqual(nothing);
  });
  it('only of a scheduled meeting', () => {
    for (const history of [[story.requested()], [...story.booked(), story.cancelled], [...story.booked(), story.staffAbsent]]) {
      expect(given(ticket, ...history).when(start(slot.startsAt))).toMatchObject(refused('wrong-state'));
    }
    expect(given(ticket).when(start(slot.startsAt))).toMatchObject(refused('not-found'));
  });
});

describe('Held', () => {
  const times = { startedAt: '2026-03-09T08:01:00.000Z', endedAt: '2026-03-09T08:16:00.000Z', at: afterMeeting };
  const hold =
    (change: Partial<typeof times> = {}) =>
    (state: TicketState) =>
      recordHeld({ ...rules, ...times, ...change }, state);

  it('A17: keeps when the resolution is due: 2 hours, and the end of the next working day', () => {
    expect(running.when(hold())).toMatchObject(
      oneFact('Held', {
        resolutionTargetAt: '2026-03-09T10:16:00.000Z',
        resolutionHardLimitAt: '2026-03-10T22:00:00.000Z',
        recordKind: 'webex-recording',
        recordingDueAt: '2026-03-11T08:16:00.000Z',
      }),
    );
  });
  it('A12: a meeting that is not online has a written record and no recording due', () => {
    const decision = given(ticket, ...story.booked('phone'), story.started).when(hold());
    expect(decision).toMatchObject(oneFactWith({ recordKind: 'written-record' }));
    expect(JSON.stringify(decision)).not.toContain('recordingDueAt');
  });
  it('a start that nobody recorded is recorded with it', () => {
    expect(standing.when(hold())).toMatchObject({
      facts: [{ type: 'MeetingStarted', data: { startedAt: times.startedAt } }, { type: 'Held' }],
    });
  });
  it('Art. 6 (A15): an overrun is recorded, not refused', () => {
    expect(running.when(hold({ endedAt: '2026-03-09T09:30:00.000Z', at: '2026-03-09T10:00:00.000Z' }))).toMatchObject(
      oneFactWith({ endedAt: '2026-03-09T09:30:00.000Z' }),
    );
  });
  it('its end is after its start, neither is ahead of the clock nor before the slot', () => {
    expect(standing.when(hold({ endedAt: times.startedAt }))).toMatchObject(refused('invalid', { field: 'endedAt' }));
    expect(standing.when(hold({ endedAt: '2026-03-09T08:20:00.001Z' }))).toMatchObject(refused('invalid', { reason: 'in-the-future' }));
    expect(standing.when(hold({ startedAt: story.beforeStart }))).toMatchObject(refused('wrong-state'));
  });
  it('Art. 3 c: it begins on its day; for another one it is rescheduled', () => {
    const onTuesday = { startedAt: '2026-03-10T08:00:00.000Z', endedAt: '2026-03-10T08:15:00.000Z', at: '2026-03-10T08:20:00.000Z' };

    expect(standing.when(hold(onTuesday))).toMatchObject(refused('invalid', { article: '3 c', field: 'startedAt', reason: 'another-day' }));
  });
  it('Art. 7 (A18): no start after the resolution was issued', () => {
    const history = given(ticket, ...story.inProgress, story.issued);
    expect(history.when(hold({ startedAt: '2026-03-09T08:18:00.000Z', endedAt: '2026-03-09T08:19:00.000Z' }))).toMatchObject(
      refused('wrong-state', { article: '7' }),
    );
  });
  it('Art. 7 (A18): a resolution issued at the very start is in order', () => {
    const atStart = { ...story.issued, data: { ...story.issued.data, issuedAt: times.startedAt } };
    expect(given(ticket, ...story.inProgress, atStart).when(hold())).toMatchObject(oneFact('Held'));
  });
  it('twice, changes nothing; only of a meeting that stood', () => {
    expect(ended.when(hold())).toEqual(nothing);
    for (const history of [
      [story.requested()],
      [...story.booked(), story.cancelled],
      [...story.booked(), story.staffAbsent],
      [story.fence],
    ]) {
      expect(given(ticket, ...history).when(hold())).toMatchObject({ kind: 'refused' });
    }
  });
});

describe('Art. 5: the recording', () => {
  const at = afterMeeting;
  const attach =
    (change: Partial<Parameters<typeof attachRecording>[0]> = {}) =>
    (state: TicketState) =>
      attachRecording({ recordingId: 'r1', startedAt: slot.startsAt, durationSeconds: 900, at, ...change }, state);
  const missing =
    (reason = 'Defecțiune') =>
    (state: TicketState) =>
      reportRecordingMissing({ reason: story.text(reason), at }, state);
  const waive =
    (offeredAlternative = true, reason = 'A refuzat') =>
    (state: TicketState) =>
      waiveRecording({ reason: story.text(reason), offeredAlternative, at }, state);

  it('is attached during the meeting and after it', () => {
    expect(ended.when(attach())).toMatchObject(oneFact('RecordingAttached', { recordingId: 'r1', durationSeconds: 900 }));
    expect(running.when(attach())).toMatchObject({ kind: 'accepted' });
  });
  it('the same again changes nothing, a second part is another recording', () => {
    expect(ended.after(attach()).when(attach())).toEqual(nothing);
    expect(ended.after(attach()).when(attach({ recordingId: 'r2' }))).toMatchObject({ facts: [{}] });
  });
  it('what a person had said is confirmed by the video service, once, and what it says counts', () => {
    const confirm = attach({ durationSeconds: 840, grade: 'observed' });
    expect(ended.after(attach()).when(confirm)).toMatchObject(oneFactWith({ durationSeconds: 840, grade: 'observed' }));
    const confirmed = ended.after(attach()).after(confirm);
    for (const again of [confirm, attach()]) expect(confirmed.when(again)).toEqual(nothing);
  });
  it('refuses a length that is none', () => {
    for (const durationSeconds of [0, -1, 1.5, Number.NaN]) {
      expect(ended.when(attach({ durationSeconds }))).toMatchObject(refused('invalid', { field: 'durationSeconds' }));
    }
    expect(ended.when(attach({ recordingId: ' ' }))).toMatchObject(refused('invalid'));
  });
  it('refuses one of which nobody says when it began, unless the video service shows it', () => {
    const whenever = { recordingId: 'r1', durationSeconds: 900, at };
    expect(ended.when((state: TicketState) => attachRecording(whenever, state))).toMatchObject(
      refused('invalid', { article: '5', field: 'startedAt', reason: 'required' }),
    );
    expect(ended.when((state: TicketState) => attachRecording({ ...whenever, grade: 'observed' }, state))).toMatchObject({
      facts: [{}],
    });
  });
  it('A12: only online meetings are recorded', () => {
    const phone = given(ticket, ...story.met('phone'));
    for (const decide of [attach(), missing(), waive()]) expect(phone.when(decide)).toMatchObject(refused('wrong-state', { article: '5' }));
  });
  it('nothing about a recording before the meeting', () => {
    for (const decide of [attach(), missing(), waive()]) {
      expect(standing.when(decide)).toMatchObject(refused('wrong-state'));
      expect(given(ticket).when(decide)).toMatchObject(refused('not-found'));
    }
  });
  it('A13: missing with a reason, once; a recording that comes later is attached all the same', () => {
    expect(ended.when(missing())).toMatchObject(oneFact('RecordingMissing'));
    expect(ended.when(missing(' '))).toMatchObject(refused('invalid', { article: '5' }));
    expect(ended.after(missing()).when(missing())).toEqual(nothing);
    expect(ended.after(missing()).when(attach())).toMatchObject(oneFact('RecordingAttached'));
  });
  it('A13: waived only when an alternative was offered', () => {
    expect(ended.when(waive())).toMatchObject(oneFact('RecordingWaived', { offeredAlternative: true }));
    expect(ended.when(waive(false))).toMatchObject(refused('invalid', { field: 'offeredAlternative' }));
    expect(ended.when(waive(true, ''))).toMatchObject(refused('invalid', { field: 'reason' }));
    expect(ended.after(waive()).when(waive())).toEqual(nothing);
  });
  it('A13: what was reported missing is not waived afterwards, nor what was waived missing', () => {
    expect(ended.after(missing()).when(waive())).toMatchObject(refused('wrong-state', { article: '5', reason: 'recording-missing' }));
    expect(ended.after(waive()).when(missing())).toMatchObject(refused('wrong-state', { article: '5', reason: 'recording-waived' }));
  });
  it('A12: what was attached and is gone is noted once; it can come back, or be explained, and is not waived any more', () => {
    const gone = (state: TicketState) => noteRecordingWithdrawn({ recordingId: 'r1', at }, state);
    expect(given(ticket).when(gone)).toMatchObject(refused('not-found'));
    expect(ended.when(gone)).toEqual(nothing);
    const without = ended.after(attach()).after(gone);
    expect(ended.after(attach()).when(gone)).toMatchObject(oneFact('RecordingWithdrawn', { recordingId: 'r1' }));
    expect(without.when(gone)).toEqual(nothing);
    expect(without.when(attach())).toMatchObject(oneFact('RecordingAttached'));
    expect(without.when(missing())).toMatchObject(oneFact('RecordingMissing'));
    expect(without.when(waive())).toMatchObject(refused('wrong-state', { reason: 'recording-attached' }));
  });
  it('what is attached is neither missing nor waived', () => {
    expect(ended.after(attach()).when(missing())).toMatchObject(refused('wrong-state'));
    expect(ended.after(attach()).when(waive())).toMatchObject(refused('wrong-state'));
  });
});

describe('absence', () => {
  const citizen = (at: string, waitedMinutes?: number) => (state: TicketState) =>
    recordCitizenAbsent({ at, policies, ...(waitedMinutes === undefined ? {} : { waitedMinutes }) }, state);
  const staff = (at: string) => (state: TicketState) => recordStaffAbsent({ ...rules, at }, state);
  const tenPast = '2026-03-09T08:10:00.000Z';

  it('A22: the citizen is absent after 10 of the 15 minutes, not before', () => {
    expect(standing.when(citizen(tenPast))).toMatchObject(oneFact('CitizenAbsent', { waitedMinutes: 10, holdId: 'hold-1' }));
    expect(standing.when(citizen('2026-03-09T08:09:59.999Z'))).toMatchObject(refused('too-early', { article: '6', earliest: tenPast }));
  });
  it('A22: nobody waited less, nor longer than the time since the start', () => {
    expect(standing.when(citizen('2026-03-09T08:14:00.000Z', 12))).toMatchObject(oneFactWith({ waitedMinutes: 12 }));
    for (const minutes of [9, 15, 10.5])
      expect(standing.when(citizen('2026-03-09T08:14:00.000Z', minutes))).toMatchObject(refused('invalid'));
  });
  it('A22: also when the staff member had begun, but not once a resolution says that they met', () => {
    expect(running.when(citizen(tenPast))).toMatchObject({ kind: 'accepted' });
    expect(given(ticket, ...story.inProgress, story.issued).when(citizen(afterMeeting))).toMatchObject(
      refused('wrong-state', { article: '7' }),
    );
  });
  it('A23: the staff member is absent from the start on; it ends nothing and opens the duty of Art. 8', () => {
    const at = '2026-03-09T08:05:00.000Z';
    expect(standing.when(staff(at))).toMatchObject(
      oneFact('StaffAbsent', {
        absentAt: at,
        noticeDueAt: '2026-03-10T08:05:00.000Z',
        newSlotDueAt: '2026-03-11T22:00:00.000Z',
        policies: [story.policies['notice-deadline'], story.policies['outcome-deadline']],
      }),
    );
    expect(standing.when(staff(story.beforeStart))).toMatchObject(refused('too-early', { article: '8' }));
    expect(standing.after(staff(at)).state).toMatchObject({ status: 'staff-absent', noticeDuty: { about: 'staff-absent' } });
  });
  it('twice, changes nothing', () => {
    expect(standing.after(citizen(tenPast)).when(citizen(tenPast))).toEqual(nothing);
    expect(given(ticket, ...story.booked(), story.staffAbsent).when(staff(tenPast))).toEqual(nothing);
  });
  it('only of a meeting that stood', () => {
    for (const history of [[story.requested()], story.met(), [...story.booked(), story.cancelled]]) {
      expect(given(ticket, ...history).when(citizen(afterMeeting))).toMatchObject(refused('wrong-state'));
      expect(given(ticket, ...history).when(staff(afterMeeting))).toMatchObject(refused('wrong-state'));
    }
    expect(running.when(staff(afterMeeting))).toMatchObject(refused('wrong-state'));
    expect(given(ticket).when(citizen(afterMeeting))).toMatchObject(refused('not-found'));
    expect(given(ticket).when(staff(afterMeeting))).toMatchObject(refused('not-found'));
  });
});

describe('Art. 7: the resolution', () => {
  const issue =
    (change: Partial<Parameters<typeof issueResolution>[0]> = {}) =>
    (state: TicketState) =>
      issueResolution(
        {
          conclusions: personal('record', 'Lămurit.'),
          sameTexts: false,
          issuedBy: 's002',
          at: '2026-03-09T08:10:00.000Z',
          ...change,
        },
        state,
      );
  const handOver =
    (change: Partial<Parameters<typeof handOverResolution>[0]> = {}) =>
    (state: TicketState) =>
      handOverResolution(
        {
          channel: 'post',
          handedOverAt: '2026-03-10T08:00:00.000Z',
          proof: personal('record', 'AR 1'),
          at: '2026-03-10T09:00:00.000Z',
          ...change,
        },
        state,
      );
  const sentNow = (state: TicketState) =>
    noteResolutionSent({ letterId: 'letter-9', toVerifiedAddress: true, acceptedAt: '2026-03-09T08:18:00.000Z' }, state);
  const status = (...facts: readonly TicketFact[]) => given(ticket, ...facts).state.status;

  it('A18: is written from the start of the meeting on, with conclusions', () => {
    expect(running.when(issue())).toMatchObject(oneFact('ResolutionIssued', { issuedBy: 's002' }));
    expect(ended.when(issue())).toMatchObject({ kind: 'accepted' });
    expect(standing.when(issue())).toMatchObject(refused('wrong-state', { article: '7' }));
    expect(ended.when(issue({ conclusions: personal('record', ' \n') }))).toMatchObject(refused('invalid', { article: '7' }));
    expect(given(ticket).when(issue())).toMatchObject(refused('not-found'));
  });
  it('under a number of its own: neither none, nor the request’s in whichever way it is written', () => {
    const number = (documentNumber: string, reason: string) => {
      const refusal = refused('invalid', { article: '7', field: 'documentNumber', reason });
      const filed = (state: TicketState) => recordFiled({ documentNumber, at: story.afterMeeting }, state);
      const noted = (state: TicketState) => noteResolutionFiled({ documentNumber, at: story.afterMeeting }, state);
      expect(ended.when(issue({ documentNumber }))).toMatchObject(refusal);
      expect(resolved.when(filed)).toMatchObject(refusal);
      expect(resolved.when(noted)).toMatchObject(refusal);
    };

    number(' ', 'required');
    number('154997', 'own-number');
    number(' 154.997/425 ', 'own-number');
    number('154997/425/11.02.2026', 'own-number');
    expect(ended.when(issue({ documentNumber: '154997/425/11.02.2025' }))).toMatchObject({ kind: 'accepted' });
  });
  it('the same conclusions again change nothing, others are refused', () => {
    expect(resolved.when(issue({ sameTexts: true }))).toEqual(nothing);
    expect(resolved.when(issue())).toMatchObject(refused('wrong-state', { reason: 'already-issued' }));
  });
  it('"in progress" lasts until Held is recorded, even when the resolution is issued', () => {
    expect(status(...story.inProgress, story.issued)).toBe('in-progress');
    expect(status(...story.inProgress, story.issued, story.held())).toBe('resolved');
    expect(status(...story.met())).toBe('held');
    expect(status(...story.met(), story.issued)).toBe('resolved');
    expect(status(...story.met(), story.issued, story.sent)).toBe('concluded');
  });
  it('in whatever order the outcomes become known, it ends concluded', () => {
    expect(status(...story.inProgress, story.sent, story.issued)).toBe('in-progress');
    expect(status(...story.inProgress, story.sent, story.issued, story.held())).toBe('concluded');
    expect(status(...story.met(), story.sent)).toBe('held');
    expect(status(...story.met(), story.sent, story.issued)).toBe('concluded');
  });
  it('A18: may be sent only after the end; A10: only to a verified address; nothing once erased', () => {
    expect(maySendResolution(given(ticket, ...story.inProgress, story.issued).state)).toBe(false);
    expect(maySendResolution(ended.state)).toBe(false);
    expect(maySendResolution(resolved.state)).toBe(true);
    const unverified = [story.requested('phone', false), story.scheduled('phone'), story.started, story.held('phone'), story.issued];
    expect(maySendResolution(given(ticket, ...unverified).state)).toBe(false);
    const erased: TicketFact = { type: 'PersonalDataErased', data: { erasedAt: afterMeeting, reason: story.text('x') } };
    expect(maySendResolution(given(ticket, ...story.met(), story.issued, erased).state)).toBe(false);
    expect(resolved.after(sentNow).when(sentNow)).toEqual(nothing);
  });
  it('A11: by post or over the counter, with its date and proof', () => {
    const inPerson = given(ticket, ...story.met('in-person'), story.issued);
    expect(inPerson.when(handOver())).toMatchObject(oneFact('ResolutionHandedOver', { channel: 'post' }));
    expect(inPerson.after(handOver()).state.status).toBe('concluded');
    expect(inPerson.after(handOver()).when(handOver())).toEqual(nothing);
    expect(inPerson.when(handOver({ proof: personal('record', '') }))).toMatchObject(refused('invalid', { field: 'proof' }));
  });
  it('A18: not before the end of the meeting, nor before it was issued, nor ahead of the clock', () => {
    expect(resolved.when(handOver({ handedOverAt: '2026-03-09T08:15:59.999Z' }))).toMatchObject(
      refused('invalid', { reason: 'before-the-end' }),
    );
    expect(resolved.when(handOver({ handedOverAt: '2026-03-09T08:16:30.000Z' }))).toMatchObject(
      refused('invalid', { reason: 'before-it-was-issued' }),
    );
    expect(resolved.when(handOver({ handedOverAt: '2026-03-10T09:00:00.001Z' }))).toMatchObject(
      refused('invalid', { reason: 'in-the-future' }),
    );
    expect(given(ticket, ...story.inProgress, story.issued).when(handOver())).toMatchObject(refused('wrong-state', { article: '7' }));
    expect(ended.when(handOver())).toMatchObject(refused('wrong-state', { reason: 'not-issued' }));
    expect(given(ticket).when(handOver())).toMatchObject(refused('not-found'));
  });
});
