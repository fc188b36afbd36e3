import { judge } from '../../../src/domain/audit/judge';
import { personal } from '../../../src/domain/kernel/personal-text';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import { cancelledHistory, onlineHistory, phoneHistory, rescheduledHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { idsWith, resultOf } from '../../support/judging';
import { slotAt } from '../../support/plot';
import { adding, addingToRequest, changing, eventOf, moved, without } from '../../support/retelling';

const online = onlineHistory();

const verdictOf = (history: History, id: 'C11' | 'C13' | 'C14' | 'C16' | 'C18' | 'C19' | 'C20', asOf?: string) =>
  resultOf(history, id, asOf).verdict;

describe('C13, Art. 5: the recording', () => {
  const ended = '2026-03-05T08:14:30.000Z';
  const due = '2026-03-07T08:14:30.000Z';
  const late = moved(online, 'RecordingAttached', 0, '2026-03-09T10:00:00.000Z', { attachedAt: '2026-03-09T10:00:00.000Z' });

  it('is pending for 48 hours, then fails, and passes when the recording comes after all, with both facts shown', () => {
    const missing = adding(late, [
      '2026-03-08T10:00:00.000Z',
      { type: 'RecordingMissing', data: { reason: personal('office', 'nu apare în Webex'), reportedAt: '2026-03-08T10:00:00.000Z' } },
    ]);

    expect(resultOf(missing, 'C13', ended)).toMatchObject({ verdict: 'pending', failsAt: due });
    expect(verdictOf(missing, 'C13', due)).toBe('pending');
    expect(verdictOf(missing, 'C13', plusSeconds(due, 0.001))).toBe('fail');
    expect(verdictOf(missing, 'C13', '2026-03-08T10:00:00.000Z')).toBe('fail');
    expect(resultOf(missing, 'C13')).toMatchObject({
      verdict: 'pass',
      evidence: [eventOf(missing, 'Held').id, eventOf(missing, 'RecordingMissing').id, eventOf(missing, 'RecordingAttached').id],
    });
  });

  it('A13: fails as soon as it is reported missing', () => {
    const reported = adding(without(online, 'RecordingAttached'), [
      '2026-03-05T08:30:00.000Z',
      { type: 'RecordingMissing', data: { reason: personal('office', 'nu s-a apăsat'), reportedAt: '2026-03-05T08:30:00.000Z' } },
    ]);

    expect(verdictOf(reported, 'C13', '2026-03-05T08:30:00.000Z')).toBe('fail');
  });

  it('A13: is waived, never passed, when the citizen objected', () => {
    const objected = adding(online, [
      ended,
      { type: 'RecordingWaived', data: { reason: personal('contact', 'nu dorește'), offeredAlternative: true, waivedAt: ended } },
    ]);

    expect(verdictOf(objected, 'C13')).toBe('waived');
    expect(judge(objected, '2026-05-01T00:00:00.000Z')).toMatchObject({ overall: 'pass', waived: 1 });
  });

  it('A13: fails where an old history says missing and waived, with both facts shown', () => {
    const both = adding(
      without(online, 'RecordingAttached'),
      [
        '2026-03-05T08:30:00.000Z',
        { type: 'RecordingMissing', data: { reason: personal('office', 'nu s-a apăsat'), reportedAt: '2026-03-05T08:30:00.000Z' } },
      ],
      [
        '2026-03-08T08:00:00.000Z',
        {
          type: 'RecordingWaived',
          data: { reason: personal('contact', 'nu dorește'), offeredAlternative: true, waivedAt: '2026-03-08T08:00:00.000Z' },
        },
      ],
    );

    expect(resultOf(both, 'C13')).toMatchObject({
      verdict: 'fail',
      evidence: [eventOf(both, 'Held').id, eventOf(both, 'RecordingMissing').id, eventOf(both, 'RecordingWaived').id],
    });
  });

  it('A12: fails when the recording is gone, passes when it is back or another one is enough, with all facts shown', () => {
    const noticedAt = '2026-03-20T10:00:00.000Z';
    const { recordingId } = eventOf(online, 'RecordingAttached').fact.data;
    const gone = adding(online, [noticedAt, { type: 'RecordingWithdrawn', data: { recordingId, noticedAt } }]);
    const another = (id: string) =>
      adding(gone, [noticedAt, { type: 'RecordingAttached', data: { recordingId: id, durationSeconds: 880, attachedAt: noticedAt } }]);

    expect(verdictOf(gone, 'C13', '2026-03-20T09:59:59.999Z')).toBe('pass');
    expect(resultOf(gone, 'C13')).toMatchObject({
      verdict: 'fail',
      evidence: [eventOf(gone, 'Held').id, eventOf(gone, 'RecordingAttached').id, eventOf(gone, 'RecordingWithdrawn').id],
    });
    expect(verdictOf(another('other'), 'C13')).toBe('pass');
    expect(resultOf(another(recordingId), 'C13')).toMatchObject({ verdict: 'pass' });
    expect(resultOf(another(recordingId), 'C13').evidence).toHaveLength(4);
  });

  it('takes 80 % and not a second less, in parts too, each counted once', () => {
    const recordings = (...seconds: readonly number[]) =>
      seconds.reduce<History>(
        (history, durationSeconds, n) =>
          adding(history, [ended, { type: 'RecordingAttached', data: { recordingId: `P-${n}`, durationSeconds, attachedAt: ended } }]),
        without(online, 'RecordingAttached'),
      );
    const twice = adding(recordings(400), [
      ended,
      { type: 'RecordingAttached', data: { recordingId: 'P-0', durationSeconds: 400, attachedAt: ended } },
    ]);

    expect(verdictOf(recordings(672), 'C13')).toBe('pass');
    expect(verdictOf(recordings(671), 'C13')).toBe('fail');
    expect(verdictOf(recordings(300, 372), 'C13')).toBe('pass');
    expect(verdictOf(twice, 'C13')).toBe('fail');
  });
});

describe('C14 and C16, Art. 7: immediately', () => {
  const target = '2026-03-05T10:14:30.000Z';
  const limit = '2026-03-06T22:00:00.000Z';
  const unsent = without(online, 'ResolutionSent');

  it('A17: is pending until the target, warns until the hard limit, then fails', () => {
    expect(resultOf(unsent, 'C16', target)).toMatchObject({ verdict: 'pending', warnsAt: target, failsAt: limit });
    expect(resultOf(unsent, 'C16', plusSeconds(target, 0.001))).toMatchObject({ verdict: 'warn', failsAt: limit });
    expect(verdictOf(unsent, 'C16', limit)).toBe('warn');
    expect(verdictOf(unsent, 'C16', plusSeconds(limit, 0.001))).toBe('fail');
  });

  it('A17: is measured on what the mail server accepted', () => {
    const acceptedAt = (at: string) => moved(online, 'ResolutionSent', 0, at, { acceptedAt: at });

    expect(verdictOf(acceptedAt(target), 'C16')).toBe('pass');
    expect(verdictOf(acceptedAt(plusSeconds(target, 0.001)), 'C16')).toBe('warn');
    expect(verdictOf(acceptedAt(limit), 'C16')).toBe('warn');
    expect(verdictOf(acceptedAt(plusSeconds(limit, 0.001)), 'C16')).toBe('fail');
    expect(judge(acceptedAt(limit), limit)).toMatchObject({ overall: 'pass', warnings: 1 });
  });

  it('A11: takes the handing over where there is no address', () => {
    expect(verdictOf(phoneHistory(), 'C16')).toBe('pass');
  });

  it('A11: takes no paper for the e-mail that a verified address is owed, unless it failed', () => {
    const at = '2026-03-05T09:00:00.000Z';
    const onPaper = adding(unsent, [
      at,
      { type: 'ResolutionHandedOver', data: { channel: 'pickup', handedOverAt: at, proof: personal('record', 'semnătură') } },
    ]);
    const bounced = adding(onPaper, [at, { type: 'ResolutionBounced', data: { letterId: 'l', bouncedAt: at, followUpDueAt: limit } }]);
    const askedAbout = (subjectId: string) =>
      adding(onPaper, [at, { type: 'TaskRaised', data: { taskId: 't', kind: 'send-letter', staffId: 'S-042', subjectId, raisedAt: at } }]);

    expect(resultOf(onPaper, 'C16', at)).toMatchObject({ verdict: 'pending', warnsAt: target, failsAt: limit });
    expect(verdictOf(onPaper, 'C16')).toBe('fail');
    expect(resultOf(onPaper, 'C17').verdict).toBe('not-applicable');
    expect(verdictOf(adding(onPaper, ['2026-03-05T09:30:00.000Z', eventOf(online, 'ResolutionSent').fact]), 'C16')).toBe('pass');
    for (const failed of [bounced, askedAbout(eventOf(onPaper, 'ResolutionIssued').id)]) {
      expect(verdictOf(failed, 'C16')).toBe('pass');
      expect(resultOf(failed, 'C17').verdict).toBe('pass');
    }
    expect(verdictOf(askedAbout('invitation'), 'C16')).toBe('fail');
  });

  it('C14 waits for the filing until the hard limit, and takes a late one', () => {
    const late = moved(online, 'ResolutionFiled', 0, '2026-03-09T08:00:00.000Z');

    expect(resultOf(late, 'C14', limit)).toMatchObject({ verdict: 'pending', failsAt: limit });
    expect(verdictOf(late, 'C14', plusSeconds(limit, 0.001))).toBe('fail');
    expect(verdictOf(late, 'C14')).toBe('pass');
  });
});

describe('C18, Art. 7: a letter that came back', () => {
  const due = '2026-03-09T22:00:00.000Z';
  const bounced = adding(online, [
    '2026-03-05T09:00:00.000Z',
    {
      type: 'ResolutionBounced',
      data: {
        letterId: eventOf(online, 'ResolutionSent').fact.data.letterId,
        bouncedAt: '2026-03-05T09:00:00.000Z',
        followUpDueAt: due,
      },
    },
  ]);
  const handedOver = (at: string) =>
    adding(bounced, [at, { type: 'ResolutionHandedOver', data: { channel: 'post', handedOverAt: at, proof: personal('record', 'AR 1') } }]);

  it('passes on acceptance, waits after the bounce, and passes when another channel took over in time', () => {
    expect(verdictOf(bounced, 'C18', '2026-03-05T08:59:00.000Z')).toBe('pass');
    expect(resultOf(bounced, 'C18', '2026-03-05T09:00:00.000Z')).toMatchObject({ verdict: 'pending', failsAt: due });
    expect(verdictOf(bounced, 'C18', due)).toBe('pending');
    expect(idsWith(handedOver(due), 'fail')).toEqual([]);
    expect(verdictOf(handedOver(due), 'C18')).toBe('pass');
    expect(verdictOf(handedOver(plusSeconds(due, 0.001)), 'C18')).toBe('fail');
  });

  it('does not mind the bounce of another letter', () => {
    expect(verdictOf(changing(bounced, 'ResolutionBounced', { letterId: 'invitation-0' }), 'C18')).toBe('pass');
  });
});

describe('C19, Art. 8', () => {
  const told = '2026-03-04T08:00:00.000Z';
  const untold = without(rescheduledHistory(), 'CitizenNotified');

  it('A21: is pending for 24 hours and passes at the last of them', () => {
    expect(resultOf(untold, 'C19', '2026-03-03T09:00:00.000Z')).toMatchObject({ verdict: 'pending', failsAt: told });
    expect(verdictOf(untold, 'C19', plusSeconds(told, 0.001))).toBe('fail');
    expect(verdictOf(changing(rescheduledHistory(), 'CitizenNotified', { notifiedAt: told }), 'C19')).toBe('pass');
  });

  it('takes another ticket for the same request as the new slot of a cancelled one, while it stands', () => {
    const cancelled = changing(cancelledHistory(), 'CitizenNotified', { outcome: 'accepted', channel: 'email' });
    const admitted = addingToRequest(cancelled, [
      '2026-03-04T08:00:00.000Z',
      {
        type: 'TicketAdmitted',
        data: {
          ticketId: 'another',
          holdId: 'hold-x',
          staffId: 'S-042',
          slot: slotAt('2026-03-10T08:00:00.000Z'),
          ground: { kind: 'in-operation' },
          admittedAt: '2026-03-04T08:00:00.000Z',
          until: '2026-03-04T08:15:00.000Z',
        },
      },
    ]);
    const lapsed = addingToRequest(admitted, [
      '2026-03-04T08:15:00.000Z',
      { type: 'AdmissionEnded', data: { ticketId: 'another', endedAt: '2026-03-04T08:15:00.000Z' } },
    ]);

    expect(idsWith(cancelled, 'fail')).toEqual(['C19']);
    expect(idsWith(admitted, 'fail')).toEqual([]);
    expect(idsWith(lapsed, 'fail')).toEqual(['C19']);
  });
});

describe('C20: nothing forgotten', () => {
  it('waits for two working days over Easter and 1 May 2026, and not a moment longer', () => {
    // Thursday 9 April; Good Friday, the weekend and Easter Monday do not count; 14 and 15 April do.
    const slot = slotAt('2026-04-09T08:00:00.000Z');
    const forgotten = without(
      onlineHistory({ slot, requestedAt: '2026-04-06T07:00:00.000Z' }),
      'MeetingStarted',
      'Held',
      'RecordingAttached',
      'ResolutionIssued',
      'ResolutionFiled',
      'ResolutionSent',
    );
    const due = '2026-04-15T21:00:00.000Z';

    expect(resultOf(forgotten, 'C20', slot.startsAt)).toMatchObject({ verdict: 'not-applicable', appliesAt: slot.startsAt });
    expect(resultOf(forgotten, 'C20', plusSeconds(slot.startsAt, 1))).toMatchObject({ verdict: 'pending', failsAt: due });
    expect(verdictOf(forgotten, 'C20', due)).toBe('pending');
    expect(verdictOf(forgotten, 'C20', plusSeconds(due, 0.001))).toBe('fail');
  });

  it('sees a ticket that never lapsed although nobody entered the code', () => {
    const stuck = without(
      online,
      ...([
        'EmailVerified',
        'Scheduled',
        'InvitationSent',
        'MeetingLinkAttached',
        'MeetingStarted',
        'Held',
        'RecordingAttached',
        'ResolutionIssued',
        'ResolutionFiled',
        'ResolutionSent',
      ] as const),
    );

    expect(resultOf(stuck, 'C20', '2026-03-06T08:00:00.000Z')).toMatchObject({ verdict: 'pending', failsAt: '2026-03-09T22:00:00.000Z' });
    expect(idsWith(stuck, 'fail')).toEqual(['C20']);
  });
});

describe('C21: untouched', () => {
  it('knows nothing of a break in an event that was not yet written', () => {
    const broken: History = { ...online, chain: { intact: false, firstBroken: eventOf(online, 'Held').id } };

    expect(idsWith(broken, 'fail', '2026-03-04T00:00:00.000Z')).toEqual([]);
    expect(idsWith(broken, 'fail')).toEqual(['C21']);
  });
});
