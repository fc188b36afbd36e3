import { personal } from '../../../../src/domain/kernel/personal-text';
import { placements } from '../../../../src/domain/audit/case-file';
import { recorded } from '../../../support/history';
import { addDays, atLocal, civilDateOf, plusHours, plusMinutes, plusSeconds } from '../../../../src/domain/time/civil-time';
import { clerk, letters, slotAt } from '../../../support/plot';
import { adding, addingToRequest, requestOtherwise, ticketOtherwise, withStaff } from '../../../support/retelling';
import {
  isOf,
  all,
  has,
  one,
  each,
  eachAt,
  never,
  more,
  only,
  isOnline,
  isHeld,
  heldOnline,
  recordedOnline,
  asBooked,
  byEmail,
  delivered,
  linkOwed,
  requestedAt,
  beforeAsking,
  bookedAt,
  onDay,
  nextOf,
  linkLetters,
  startOf,
  recordings,
  lengthOf,
  toldOf,
  onlyMovedByStaff,
  notice,
  of,
  heldElsewhen,
  type Breach,
  declaredBy,
  ofOrigin,
  inOperation,
  stranger,
  continued,
  deletedAfter,
  typedThen,
  disprovedAfter,
  filedAgainAfter,
} from './breaking';

/** When they meet (Art. 4, 6). */
export const hours: readonly Breach[] = [
  of(
    '4',
    'A7',
    'C04',
    'one second less than 48 hours',
    only(asBooked, (history) => {
      const at = plusSeconds(plusHours(startOf(history), -48), 1);
      const told = each('Requested', () => ({ requestedAt: at }))(history);
      return told && each('Scheduled', () => ({ requestedAt: at }))(told);
    }),
  ),
  of(
    '4',
    'A20',
    'C04',
    'moved by the citizen to the day after',
    each('Rescheduled', (data) => (data.by === 'citizen' ? { requestedAt: plusHours(data.slot.startsAt, -24) } : undefined)),
  ),
  of(
    '4',
    'A20',
    'C04',
    'moved by staff to the day after, without the citizen’s agreement',
    each('Rescheduled', (data) =>
      data.by === 'staff' ? { requestedAt: plusHours(data.slot.startsAt, -24), citizenAgreed: false } : undefined,
    ),
  ),
  of(
    '4',
    'A7',
    'C04',
    'booked as if it had been asked for earlier than it was',
    only(asBooked, (history) => {
      const at = plusSeconds(plusHours(startOf(history), -48), 1);
      return each('Requested', () => ({ requestedAt: at }))(history);
    }),
  ),
  of(
    '4',
    'A7',
    'C04',
    'the form dated back by two days',
    only(asBooked, (history) => {
      const at = plusHours(requestedAt(history) ?? '', -48);
      const told = each('Requested', () => ({ requestedAt: at }))(history);
      return told && each('Scheduled', () => ({ requestedAt: at }))(told);
    }),
  ),
  of(
    '4',
    'A16',
    'C09',
    'before the hours of work',
    bookedAt((slot) => onDay(civilDateOf(slot.startsAt), '07:45')),
  ),
  of(
    '4',
    'A16',
    'C09',
    'after the hours of work',
    bookedAt((slot) => onDay(civilDateOf(slot.startsAt), '17:30')),
  ),
  of(
    '4',
    'A16',
    'C09',
    'on a Saturday',
    bookedAt((slot) => onDay(nextOf(slot, 6), '10:00')),
  ),
  of(
    '4',
    'A16',
    'C09',
    'on a Sunday',
    bookedAt((slot) => onDay(nextOf(slot, 7), '10:00')),
  ),
  of(
    '4',
    'A16',
    'C09',
    'on Christmas Day',
    bookedAt((slot) => onDay(`${slot.startsAt.slice(0, 4)}-12-25`, '10:00')),
  ),
  of(
    '4',
    'A16',
    'C09',
    'on a bridge day that was known',
    only(asBooked, (history) => {
      const at = beforeAsking(history, 600);
      const date = civilDateOf(startOf(history));
      return {
        ...history,
        calendar: recorded('calendar-ro', [[at, { type: 'BridgeDayDeclared', data: { date, decision: 'HG 1/2026', declaredAt: at } }]]),
      };
    }),
  ),
  of(
    '4',
    'A16',
    'C09',
    'while the person was known to be away',
    only(asBooked, (history) => {
      const at = beforeAsking(history, 600);
      const data = {
        absenceId: 'a-1',
        from: plusHours(startOf(history), -2),
        to: plusHours(startOf(history), 2),
        reason: personal('staff', 'concediu'),
        recordedAt: at,
      };
      return withStaff(history, one(history, 'Requested')?.staffId ?? '', [at, { type: 'AbsenceRecorded', data }]);
    }),
  ),
  of(
    '4',
    'A16',
    'C09',
    'with somebody who had left',
    only(asBooked, (history) => {
      const at = beforeAsking(history, 600);
      return withStaff(history, one(history, 'Requested')?.staffId ?? '', [
        at,
        { type: 'StaffLeft', data: { on: civilDateOf(at), recordedAt: at } },
      ]);
    }),
  ),
  of(
    '4',
    'A16',
    'C09',
    'further ahead than the horizon',
    bookedAt((slot, history) => {
      const far = addDays(civilDateOf(requestedAt(history) ?? slot.startsAt), 75);
      return onDay(nextOf(slotAt(atLocal(far, '10:00')), 3), '10:00');
    }),
  ),
  of('4', 'A15', 'C10', 'another meeting of the same person at that hour', (history) => {
    const place = placements(history).at(-1);
    if (place === undefined) return undefined;
    const { staffId, slot } = place.fact.data;
    return {
      ...history,
      otherMeetings: [{ ticketId: 'another', staffId, slot, liveFrom: place.recordedAt, eventId: 'scheduled-another' }],
    };
  }),
  of('4', 'A15', 'C10', 'another meeting that takes half of the hour', (history) => {
    const place = placements(history).at(-1);
    if (place === undefined) return undefined;
    const { staffId, slot } = place.fact.data;
    const half = { startsAt: plusMinutes(slot.startsAt, 8), endsAt: plusMinutes(slot.endsAt, 8) };
    return {
      ...history,
      otherMeetings: [{ ticketId: 'another', staffId, slot: half, liveFrom: beforeAsking(history, 600), eventId: 'scheduled-another' }],
    };
  }),
  of(
    '6',
    'A15',
    'C08',
    'half an hour',
    bookedAt(({ startsAt }) => ({ startsAt, endsAt: plusMinutes(startsAt, 30) })),
  ),
  of(
    '6',
    'A15',
    'C08',
    'off the grid',
    bookedAt(({ startsAt }) => slotAt(plusMinutes(startsAt, 5))),
  ),
  of(
    '6',
    'A15',
    'C08',
    'ten minutes, after it was moved',
    each('Rescheduled', ({ slot: { startsAt } }) => ({ slot: { startsAt, endsAt: plusMinutes(startsAt, 10) } })),
  ),
  of(
    '6',
    'A15',
    'C08',
    'another length with a colleague',
    each('Reassigned', ({ slot: { startsAt } }) => ({ slot: { startsAt, endsAt: plusMinutes(startsAt, 45) } })),
  ),
  of(
    '6',
    'A15',
    'C22',
    'held four days late',
    heldElsewhen((slot) => ({ startedAt: plusHours(slot.startsAt, 96), endedAt: plusMinutes(slot.startsAt, 96 * 60 + 14) })),
  ),
  of(
    '6',
    'A15',
    'C22',
    'held hours late on the same day',
    heldElsewhen((slot) => ({ startedAt: plusHours(slot.startsAt, 5), endedAt: plusMinutes(slot.startsAt, 314) })),
  ),
  of(
    '6',
    'A18',
    'C22',
    'begun before its hour',
    heldElsewhen((slot) => ({ startedAt: plusMinutes(slot.startsAt, -30), endedAt: plusMinutes(slot.startsAt, -16) })),
  ),
  of(
    '6',
    'A15',
    'C22',
    'held for one second',
    heldElsewhen((slot) => ({ startedAt: slot.startsAt, endedAt: plusSeconds(slot.startsAt, 1) })),
  ),
  of(
    '6',
    'A15',
    'C22',
    'held for two hours',
    heldElsewhen((slot) => ({ startedAt: slot.startsAt, endedAt: plusHours(slot.startsAt, 2) })),
  ),
  of(
    '6',
    'A18',
    'C22',
    'ended before it began',
    each('Held', ({ startedAt }) => ({ endedAt: plusMinutes(startedAt, -1) })),
  ),
  of(
    '6',
    'A18',
    'C22',
    'held from earlier on than it began',
    only(
      isHeld,
      each('MeetingStarted', ({ startedAt }) => ({ startedAt: plusMinutes(startedAt, 30) })),
    ),
  ),
  of(
    '6',
    'A18',
    'C22',
    'begun in another hour than the one it stood in',
    only(
      isHeld,
      each('MeetingStarted', ({ slot }) => ({ slot: slotAt(plusHours(slot.startsAt, 24)) })),
    ),
  ),
];

/** Online (Art. 5). */
export const online: readonly Breach[] = [
  of(
    '5',
    'A14',
    'C07',
    'the notice never accepted',
    only(
      isOnline,
      each('Requested', () => ({ recordingNotice: undefined })),
    ),
  ),
  of(
    '5',
    'A14',
    'C07',
    'the notice accepted when the meeting had begun',
    only(
      heldOnline,
      each(
        'Requested',
        ({ recordingNotice }, history) =>
          recordingNotice && { recordingNotice: { ...recordingNotice, acceptedAt: plusMinutes(one(history, 'Held')?.startedAt ?? '', 1) } },
      ),
    ),
  ),
  of(
    '5',
    'A14',
    'C07',
    'the notice accepted a day after the form',
    only(
      isOnline,
      each(
        'Requested',
        ({ recordingNotice, requestedAt: at }) =>
          recordingNotice && { recordingNotice: { ...recordingNotice, acceptedAt: plusHours(at, 24) } },
      ),
    ),
  ),
  of(
    '5',
    'A14',
    'C07',
    'nobody knows which notice',
    only(
      isOnline,
      each('Requested', ({ recordingNotice }) => recordingNotice && { recordingNotice: { ...recordingNotice, version: '' } }),
    ),
  ),
  of(
    '5',
    'A14',
    'C07',
    'a notice accepted a year before',
    only(
      isOnline,
      each(
        'Requested',
        ({ recordingNotice, requestedAt: at }) =>
          recordingNotice && { recordingNotice: { ...recordingNotice, acceptedAt: plusHours(at, -8760) } },
      ),
    ),
  ),
  of('3 e', 'R3.5', 'C11', 'no invitation', only(linkOwed, never('InvitationSent'))),
  of(
    '3 e',
    'R3.5',
    'C11',
    'invitations without the link',
    linkLetters(() => ({ withLink: false })),
  ),
  of(
    '3 e',
    'R3.5',
    'C11',
    'the link an hour before, less a minute',
    linkLetters(({ slot }) => ({ acceptedAt: plusMinutes(slot.startsAt, -59) })),
  ),
  of(
    '3 e',
    'R3.5',
    'C11',
    'the link after the meeting',
    linkLetters(({ slot }) => ({ acceptedAt: plusMinutes(slot.startsAt, 59) })),
  ),
  of(
    '3 e',
    'R3.5',
    'C11',
    'the invitations came back',
    only(
      linkOwed,
      more((history) =>
        all(history, 'InvitationSent').map(({ recordedAt, fact }) => {
          const bouncedAt = plusSeconds(recordedAt, 30);
          return [
            bouncedAt,
            { type: 'InvitationBounced', data: { letterId: fact.data.letterId, bouncedAt, followUpDueAt: plusHours(bouncedAt, 48) } },
            letters,
          ];
        }),
      ),
    ),
  ),
  of(
    '5',
    'R5.1',
    'C11',
    'the link of the hour before it was moved',
    only(
      (history) => linkOwed(history) && has(history, 'Rescheduled'),
      (history) => {
        const moved = all(history, 'Rescheduled').at(-1);
        return (
          moved &&
          ticketOtherwise(history, (event) =>
            event.revision > moved.revision && (isOf('InvitationSent')(event) || isOf('MeetingLinkAttached')(event))
              ? { gone: true }
              : undefined,
          )
        );
      },
    ),
  ),
  of(
    '5',
    'R5.1',
    'C11',
    'the link of the colleague who no longer holds it',
    only(
      (history) => linkOwed(history) && has(history, 'Reassigned'),
      (history) => {
        const moved = all(history, 'Reassigned').at(-1);
        return (
          moved &&
          ticketOtherwise(history, (event) =>
            event.revision > moved.revision && (isOf('InvitationSent')(event) || isOf('MeetingLinkAttached')(event))
              ? { gone: true }
              : undefined,
          )
        );
      },
    ),
  ),
  of('5', 'R5.1', 'C11', 'a link that no meeting has', only(linkOwed, never('MeetingLinkAttached'))),
  of(
    '5',
    'R5.1',
    'C11',
    'a link for another hour',
    only(
      linkOwed,
      each('MeetingLinkAttached', ({ slot }) => ({ slot: slotAt(plusHours(slot.startsAt, 24)) })),
    ),
  ),
  of(
    '5',
    'R5.1',
    'C11',
    'the link known only after the letter with it',
    only(
      linkOwed,
      eachAt('MeetingLinkAttached', ({ slot }) => plusHours(slot.startsAt, -2), 'attachedAt'),
    ),
  ),
  of(
    '5',
    'R5.1',
    'C11',
    'the meeting taken from Webex before its hour',
    only(
      linkOwed,
      more((history) => {
        const link = all(history, 'MeetingLinkAttached').at(-1);
        const removedAt = plusHours(startOf(history), -1);
        return link && [[removedAt, { type: 'MeetingRemoved', data: { meetingId: link.fact.data.meetingId ?? '', removedAt } }]];
      }),
    ),
  ),
  of(
    '5',
    'R5.1',
    'C11',
    'a newer link that nobody was sent',
    only(
      linkOwed,
      more((history) => {
        const link = all(history, 'MeetingLinkAttached').at(-1);
        const attachedAt = plusMinutes(startOf(history), -30);
        return (
          link && [[attachedAt, { type: 'MeetingLinkAttached', data: { ...link.fact.data, meetingId: 'M-9', attachedAt } }, link.actor]]
        );
      }),
    ),
  ),
  of('5', 'A12', 'C13', 'no recording', only(recordedOnline, never('RecordingAttached'))),
  of(
    '5',
    'A13',
    'C13',
    'reported missing',
    only(recordedOnline, (history) => {
      const without = never('RecordingAttached')(history);
      const reportedAt = plusHours(one(history, 'Held')?.endedAt ?? '', 1);
      return (
        without &&
        adding(without, [reportedAt, { type: 'RecordingMissing', data: { reason: personal('record', 'nu s-a apăsat'), reportedAt } }])
      );
    }),
  ),
  of(
    '5',
    'A13',
    'C13',
    'waived when it had been reported missing',
    only(recordedOnline, (history) => {
      const without = never('RecordingAttached')(history);
      const reportedAt = plusHours(one(history, 'Held')?.endedAt ?? '', 1);
      const waivedAt = plusHours(reportedAt, 1);
      return (
        without &&
        adding(
          without,
          [reportedAt, { type: 'RecordingMissing', data: { reason: personal('record', 'nu s-a apăsat'), reportedAt } }],
          [waivedAt, { type: 'RecordingWaived', data: { reason: personal('contact', 'nu a vrut'), offeredAlternative: true, waivedAt } }],
        )
      );
    }),
  ),
  of(
    '5',
    'A12',
    'C13',
    'less than 80 % of the meeting',
    recordings((held) => ({ startedAt: held.startedAt, durationSeconds: Math.ceil(lengthOf(held) * 0.8) - 1 })),
  ),
  of(
    '5',
    'A12',
    'C13',
    'long enough, but of the year before',
    recordings((held) => ({ startedAt: plusHours(held.startedAt, -8760), durationSeconds: lengthOf(held) })),
  ),
  of(
    '5',
    'A12',
    'C13',
    'long enough, but of the day before',
    recordings((held) => ({ startedAt: plusHours(held.startedAt, -24), durationSeconds: lengthOf(held) })),
  ),
  of(
    '5',
    'A12',
    'C13',
    'long enough, but most of it before they met',
    recordings((held) => ({ startedAt: plusSeconds(held.startedAt, -lengthOf(held) / 2), durationSeconds: lengthOf(held) })),
  ),
  of(
    '5',
    'A12',
    'C13',
    'long enough, but most of it after they met',
    recordings((held) => ({ startedAt: plusSeconds(held.startedAt, Math.ceil(lengthOf(held) / 2)), durationSeconds: lengthOf(held) })),
  ),
  of(
    '5',
    'A12',
    'C13',
    'two copies of the same half',
    recordings(
      (held) => ({ recordingId: 'a', startedAt: held.startedAt, durationSeconds: Math.ceil(lengthOf(held) / 2) }),
      (held) => ({ recordingId: 'b', startedAt: held.startedAt, durationSeconds: Math.ceil(lengthOf(held) / 2) }),
    ),
  ),
  of(
    '5',
    'A12',
    'C13',
    'two pieces that share most of their minutes',
    recordings(
      (held) => ({ recordingId: 'a', startedAt: held.startedAt, durationSeconds: Math.ceil(lengthOf(held) * 0.5) }),
      (held) => ({
        recordingId: 'b',
        startedAt: plusSeconds(held.startedAt, Math.ceil(lengthOf(held) * 0.2)),
        durationSeconds: Math.ceil(lengthOf(held) * 0.5),
      }),
    ),
  ),
  of(
    '5',
    'A12',
    'C13',
    'a length, and nobody knows of when',
    recordings((held) => ({ startedAt: undefined, durationSeconds: lengthOf(held) })),
  ),
  of(
    '5',
    'A13',
    'C13',
    'gone from Webex the week after',
    only(
      recordedOnline,
      more((history) =>
        all(history, 'RecordingAttached').map(({ fact, recordedAt }) => {
          const noticedAt = plusHours(recordedAt, 168);
          return [noticedAt, { type: 'RecordingWithdrawn', data: { recordingId: fact.data.recordingId, noticedAt } }];
        }),
      ),
    ),
  ),
  of(
    '5',
    'A13',
    'C13',
    'deleted a day before its time was over',
    only(recordedOnline, (history) => deletedAfter(history, -1)),
  ),
  of(
    '5',
    'A13',
    'C13',
    'deleted, and nobody had said for how long it is kept',
    only(recordedOnline, (history) => {
      const gone = deletedAfter(history, 60);
      return (
        gone &&
        each(
          'Requested',
          ({ recordingNotice }) =>
            recordingNotice && { recordingNotice: { version: recordingNotice.version, acceptedAt: recordingNotice.acceptedAt } },
        )(gone)
      );
    }),
  ),
  of(
    '5',
    'A13',
    'C13',
    'they went on by phone, and what was on Webex is not recorded',
    only(recordedOnline, (history) => {
      const held = one(history, 'Held');
      const silent = never('RecordingAttached')(history);
      return held && silent && adding(silent, continued(held, plusMinutes(held.startedAt, 6), true));
    }),
  ),
  of(
    '5',
    'A13',
    'C13',
    'by phone from the start, said of the last minute',
    only(recordedOnline, (history) => {
      const held = one(history, 'Held');
      const silent = never('RecordingAttached')(history);
      return held && silent && adding(silent, continued(held, plusMinutes(held.endedAt, -1), false));
    }),
  ),
];

/** The resolution (Art. 7). */
export const resolution: readonly Breach[] = [
  of('7', 'R7.1', 'C14', 'not filed', only(isHeld, never('ResolutionFiled'))),
  of(
    '7',
    'R7.1',
    'C14',
    'connected to another request',
    each('ResolutionFiled', () => ({ connectedTo: { number: '1', filedOn: '2026-01-05' } })),
  ),
  of(
    '7',
    'R7.1',
    'C14',
    'connected to the same number of another year',
    each('ResolutionFiled', ({ connectedTo }) => ({ connectedTo: { ...connectedTo, filedOn: '2020-01-06' } })),
  ),
  of(
    '7',
    'R7.1',
    'C14',
    'the request’s own number as the document’s',
    each('ResolutionFiled', ({ connectedTo }) => ({ documentNumber: connectedTo.number })),
  ),
  of(
    '7',
    'R7.1',
    'C14',
    'the request’s own number, written out',
    each('ResolutionFiled', ({ connectedTo: { number } }) => ({ documentNumber: ` ${number.slice(0, 3)}.${number.slice(3)}/425 ` })),
  ),
  of(
    '7',
    'R7.1',
    'C14',
    'no number',
    each('ResolutionFiled', () => ({ documentNumber: ' ' })),
  ),
  of(
    '7',
    'A17',
    'C14',
    'filed after the limit',
    only(
      isHeld,
      eachAt('ResolutionFiled', (_, history) => plusSeconds(one(history, 'Held')?.resolutionHardLimitAt ?? '', 1), 'filedAt'),
    ),
  ),
  of(
    '7',
    'R7.1',
    'C14',
    'filed before they met',
    only(
      isHeld,
      each('ResolutionFiled', (_, history) => ({ filedAt: plusHours(one(history, 'Held')?.startedAt ?? '', -24) })),
    ),
  ),
  of('7', 'R7.1', 'C14', 'a number that the register does not know', typedThen(disprovedAfter(24))),
  of('7', 'R7.1', 'C14', 'the number of a document of another type', typedThen(disprovedAfter(24, 'other-type'))),
  of('7', 'R7.1', 'C14', 'the number of a document of another request', typedThen(disprovedAfter(24, 'other-request'))),
  of('7', 'R7.1', 'C14', 'the number of a document from before the meeting', typedThen(disprovedAfter(24, 'before-the-meeting'))),
  of(
    '7',
    'R7.1',
    'C14',
    'the number that the register does not know, typed once more',
    typedThen(
      disprovedAfter(2),
      filedAgainAfter(3, () => ({})),
    ),
  ),
  of(
    '7',
    'R7.1',
    'C14',
    'the same number, written out otherwise',
    only(isHeld, (history) => {
      const digits = each('ResolutionFiled', () => ({ documentNumber: '161203' }))(history);
      return (
        digits &&
        typedThen(
          disprovedAfter(2),
          filedAgainAfter(3, () => ({ documentNumber: ' 161.203/425 ' })),
        )(digits)
      );
    }),
  ),
  of(
    '7',
    'R7.1',
    'C14',
    'shown by the register once, and gone from it',
    typedThen(
      filedAgainAfter(1, ({ filedAt }) => ({ filedAt, grade: 'observed' })),
      disprovedAfter(24),
    ),
  ),
  of(
    '7',
    'A17',
    'C14',
    'typed in time, and filed days after according to the register',
    typedThen(filedAgainAfter(200, () => ({ grade: 'observed' }))),
  ),
  of(
    '7',
    'A18',
    'C15',
    'written before they met',
    only(
      isHeld,
      each('ResolutionIssued', (_, history) => ({ issuedAt: plusSeconds(one(history, 'Held')?.startedAt ?? '', -1) })),
    ),
  ),
  of(
    '7',
    'A18',
    'C15',
    'sent before the end',
    only(
      isHeld,
      each('ResolutionSent', (_, history) => ({ acceptedAt: plusSeconds(one(history, 'Held')?.endedAt ?? '', -1) })),
    ),
  ),
  of(
    '7',
    'A18',
    'C15',
    'handed over before the end',
    only(
      isHeld,
      each('ResolutionHandedOver', (_, history) =>
        byEmail(history) ? undefined : { handedOverAt: plusSeconds(one(history, 'Held')?.endedAt ?? '', -1) },
      ),
    ),
  ),
  of(
    '7',
    'A18',
    'C15',
    'sent before it was written',
    only(
      (history) => has(history, 'ResolutionSent'),
      each('ResolutionIssued', (_, history) => ({ issuedAt: plusSeconds(one(history, 'ResolutionSent')?.acceptedAt ?? '', 1) })),
    ),
  ),
  of('7', 'R7.1', 'C15', 'sent, and never written', only(isHeld, never('ResolutionIssued'))),
  of(
    '7',
    'A17',
    'C16',
    'sent after the next working day',
    only(
      delivered,
      each('ResolutionSent', (_, history) => ({ acceptedAt: plusSeconds(one(history, 'Held')?.resolutionHardLimitAt ?? '', 1) })),
    ),
  ),
  of(
    '7',
    'A17',
    'C16',
    'sent after the two hours',
    only(
      delivered,
      each('ResolutionSent', (_, history) => ({ acceptedAt: plusSeconds(one(history, 'Held')?.resolutionTargetAt ?? '', 1) })),
    ),
  ),
  of(
    '7',
    'A11',
    'C16',
    'handed over after the next working day',
    only(
      (history) => isHeld(history) && !byEmail(history),
      each('ResolutionHandedOver', (_, history) => ({ handedOverAt: plusSeconds(one(history, 'Held')?.resolutionHardLimitAt ?? '', 1) })),
    ),
  ),
  of(
    '7',
    'A17',
    'C16',
    'never sent',
    only((history) => isHeld(history) && byEmail(history), never('ResolutionSent', 'ResolutionBounced', 'ResolutionHandedOver')),
  ),
  of(
    '7',
    'A11',
    'C16',
    'never handed over',
    only((history) => isHeld(history) && !byEmail(history), never('ResolutionHandedOver')),
  ),
  of(
    '7',
    'A11',
    'C16',
    'only handed over, though the e-mail works',
    only(
      (history) => has(history, 'ResolutionSent') && !has(history, 'ResolutionBounced'),
      (history) => {
        const sent = all(history, 'ResolutionSent')[0];
        const without = never('ResolutionSent')(history);
        const at = plusHours(sent?.recordedAt ?? '', 4);
        return (
          without &&
          adding(without, [
            at,
            { type: 'ResolutionHandedOver', data: { channel: 'post', handedOverAt: at, proof: personal('record', 'AR 1') } },
          ])
        );
      },
    ),
  ),
  of(
    '7',
    'A17',
    'C16',
    'sent after the two hours, with more of them written down',
    only(
      (history) => delivered(history) && byEmail(history),
      (history) => {
        const target = one(history, 'Held')?.resolutionTargetAt ?? '';
        const told = each('Held', () => ({ resolutionTargetAt: plusHours(target, 8) }))(history);
        return told && each('ResolutionSent', () => ({ acceptedAt: plusSeconds(target, 1) }))(told);
      },
    ),
  ),
  of(
    '7',
    'A17',
    'C16',
    'sent after the limit, with a later one written down',
    only(
      (history) => delivered(history) && byEmail(history),
      (history) => {
        const limit = one(history, 'Held')?.resolutionHardLimitAt ?? '';
        const later = plusHours(limit, 24 * 30);
        const told = each('Held', () => ({ resolutionTargetAt: later, resolutionHardLimitAt: later }))(history);
        return told && each('ResolutionSent', () => ({ acceptedAt: plusSeconds(limit, 1) }))(told);
      },
    ),
  ),
  of(
    '7',
    'A17',
    'C14',
    'filed after the limit, with a later one written down',
    only(isHeld, (history) => {
      const limit = one(history, 'Held')?.resolutionHardLimitAt ?? '';
      const told = each('Held', () => ({ resolutionHardLimitAt: plusHours(limit, 24 * 30) }))(history);
      return told && eachAt('ResolutionFiled', () => plusSeconds(limit, 1), 'filedAt')(told);
    }),
  ),
  of(
    '7',
    'A10',
    'C17',
    'sent to an address that was not verified',
    each('ResolutionSent', () => ({ toVerifiedAddress: false })),
  ),
  of(
    '7',
    'A10',
    'C17',
    'said to be verified, and no code was ever entered',
    only((history) => has(history, 'ResolutionSent'), never('EmailVerified')),
  ),
  of(
    '7',
    'A11',
    'C17',
    'handed over without proof',
    each('ResolutionHandedOver', () => ({ proof: personal('record', ' ') })),
  ),
  of(
    '7',
    'A21',
    'C18',
    'came back, and nobody followed it up',
    only((history) => has(history, 'ResolutionBounced'), never('ResolutionHandedOver')),
  ),
  of(
    '7',
    'A21',
    'C18',
    'came back, followed up on the third working day',
    only(
      (history) => has(history, 'ResolutionBounced'),
      each('ResolutionHandedOver', (_, history) => ({
        handedOverAt: plusSeconds(one(history, 'ResolutionBounced')?.followUpDueAt ?? '', 1),
      })),
    ),
  ),
];

/** What changes (Art. 8), and that nothing is forgotten or altered. */
export const changes: readonly Breach[] = [
  of(
    '8',
    'A20',
    'C19',
    'moved by staff without a reason',
    each('Rescheduled', ({ by: who }) => (who === 'staff' ? { reason: undefined } : undefined)),
  ),
  of(
    '8',
    'A20',
    'C19',
    'moved for another reason, and no word which',
    each('Rescheduled', ({ by: who }) => (who === 'staff' ? { reason: 'other' as const, reasonText: undefined } : undefined)),
  ),
  of(
    '8',
    'A20',
    'C19',
    'cancelled by staff without a reason',
    each('Cancelled', ({ by: who }) => (who === 'staff' ? { reason: undefined } : undefined)),
  ),
  of(
    '8',
    'A20',
    'C19',
    'cancelled for another reason, and no word which',
    each('Cancelled', ({ by: who }) => (who === 'staff' ? { reason: 'other' as const, reasonText: undefined } : undefined)),
  ),
  of('8', 'A21', 'C19', 'nobody was told of the new hour', only(onlyMovedByStaff, never('CitizenNotified'))),
  of('8', 'A21', 'C19', 'nobody was told of the cancelling', only(toldOf('cancelled'), never('CitizenNotified'))),
  of(
    '8',
    'A21',
    'C19',
    'nobody was told of the absence',
    only((history) => has(history, 'StaffAbsent'), never('CitizenNotified')),
  ),
  of(
    '1',
    'A21',
    'C19',
    'nobody was told of the other person',
    only((history) => has(history, 'Reassigned') && !has(history, 'Cancelled'), never('CitizenNotified')),
  ),
  of(
    '8',
    'A21',
    'C19',
    'told a day and a second later',
    only(
      onlyMovedByStaff,
      notice('rescheduled', (_, history) => ({
        notifiedAt: plusSeconds(all(history, 'Rescheduled').at(-1)?.fact.data.requestedAt ?? '', 86_401),
      })),
    ),
  ),
  of(
    '8',
    'A21',
    'C19',
    'told a day and a second later, with more of it written down',
    only(onlyMovedByStaff, (history) => {
      const at = all(history, 'Rescheduled').at(-1)?.fact.data.requestedAt ?? '';
      const told = each('Rescheduled', () => ({ noticeDueAt: plusHours(at, 48) }))(history);
      return told && notice('rescheduled', () => ({ notifiedAt: plusSeconds(at, 86_401) }))(told);
    }),
  ),
  of(
    '8',
    'A21',
    'C19',
    'told when the new hour had come',
    only(
      onlyMovedByStaff,
      notice('rescheduled', (_, history) => ({ notifiedAt: plusSeconds(startOf(history), 1) })),
    ),
  ),
  of(
    '8',
    'A21',
    'C19',
    'told before anything had changed',
    only(
      onlyMovedByStaff,
      notice('rescheduled', (_, history) => ({
        notifiedAt: plusHours(all(history, 'Rescheduled').at(-1)?.fact.data.requestedAt ?? '', -1),
      })),
    ),
  ),
  of(
    '8',
    'A21',
    'C19',
    'a call that nobody answered',
    only(
      onlyMovedByStaff,
      notice('rescheduled', () => ({ channel: 'phone', outcome: 'no-answer', letterId: undefined })),
    ),
  ),
  of(
    '8',
    'A21',
    'C19',
    'a word on the answering machine',
    only(
      onlyMovedByStaff,
      notice('rescheduled', () => ({ channel: 'phone', outcome: 'voicemail', letterId: undefined })),
    ),
  ),
  of(
    '8',
    'A21',
    'C19',
    'a call that a mail server accepted',
    only(
      onlyMovedByStaff,
      notice('rescheduled', () => ({ channel: 'phone', outcome: 'accepted', letterId: undefined })),
    ),
  ),
  of(
    '8',
    'A21',
    'C19',
    'a letter that reached by telephone',
    only(
      onlyMovedByStaff,
      notice('rescheduled', () => ({ channel: 'email', outcome: 'reached' })),
    ),
  ),
  of(
    '8',
    'A21',
    'C19',
    'told of something else',
    only(
      onlyMovedByStaff,
      notice('rescheduled', () => ({ about: 'reassigned' })),
    ),
  ),
  of(
    '8',
    'A21',
    'C19',
    'the letter came back',
    only(
      (history) => onlyMovedByStaff(history) && byEmail(history),
      more((history) =>
        all(history, 'CitizenNotified').map(({ recordedAt, fact, actor }) => {
          const notifiedAt = plusMinutes(recordedAt, 5);
          return [notifiedAt, { ...fact, data: { ...fact.data, outcome: 'bounced', notifiedAt } }, actor];
        }),
      ),
    ),
  ),
  of(
    '8',
    'A23',
    'C19',
    'a new hour only on the third working day',
    only(
      (history) => has(history, 'StaffAbsent') && all(history, 'Rescheduled').length === 1 && !has(history, 'Cancelled'),
      (history) => {
        const due = one(history, 'StaffAbsent')?.newSlotDueAt ?? '';
        return each('Rescheduled', () => ({ requestedAt: plusSeconds(due, 1) }))(history);
      },
    ),
  ),
  of(
    '8',
    'A23',
    'C19',
    'a new hour only on the third working day, with a later one written down',
    only(
      (history) => has(history, 'StaffAbsent') && all(history, 'Rescheduled').length === 1 && !has(history, 'Cancelled'),
      (history) => {
        const due = one(history, 'StaffAbsent')?.newSlotDueAt ?? '';
        const told = each('StaffAbsent', () => ({ newSlotDueAt: plusHours(due, 240) }))(history);
        return told && each('Rescheduled', () => ({ requestedAt: plusSeconds(due, 1) }))(told);
      },
    ),
  ),
  of(
    '8',
    'A23',
    'C19',
    'absent, and no new hour ever',
    only(
      (history) => has(history, 'StaffAbsent') && !has(history, 'Cancelled'),
      (history) => {
        const absent = all(history, 'StaffAbsent')[0];
        return absent && ticketOtherwise(history, ({ revision }) => (revision > absent.revision + 1 ? { gone: true } : undefined));
      },
    ),
  ),
  of(
    '8',
    'A21',
    'C19',
    'cancelled, no new hour and nobody asked',
    only(
      (history) => toldOf('cancelled')(history) && !history.request.some(({ fact }) => fact.type === 'AdmissionEnded'),
      (history) =>
        ticketOtherwise(history, ({ fact }) =>
          fact.type === 'CitizenNotified' && fact.data.outcome === 'declined-new-slot' ? { gone: true } : undefined,
        ),
    ),
  ),
  of(
    '8',
    'A21',
    'C19',
    'cancelled, and the new ticket ended at once',
    only(toldOf('cancelled'), (history) => {
      const again = history.request.findLast(({ fact }) => fact.type === 'TicketAdmitted');
      if (again?.fact.type !== 'TicketAdmitted' || again.fact.data.ticketId === history.ticketId) return undefined;
      const endedAt = plusMinutes(again.recordedAt, 1);
      return addingToRequest(history, [endedAt, { type: 'AdmissionEnded', data: { ticketId: again.fact.data.ticketId, endedAt } }]);
    }),
  ),
  of(
    '8',
    'R8.1',
    'C19',
    'the entry of the old hour never replaced',
    only(
      (history) => onlyMovedByStaff(history) && byEmail(history),
      (history) => {
        const moved = all(history, 'Rescheduled').at(-1);
        const told = notice('rescheduled', () => ({ channel: 'phone', outcome: 'reached', letterId: undefined }))(history);
        return (
          moved &&
          told &&
          ticketOtherwise(told, (event) => (event.revision > moved.revision && isOf('InvitationSent')(event) ? { gone: true } : undefined))
        );
      },
    ),
  ),
  of('8', 'A19', 'C19', 'a third move by the citizen alone', (history) => {
    const moves = all(history, 'Rescheduled').filter(({ fact }) => fact.data.by === 'citizen');
    const [, last] = moves;
    if (last === undefined || has(history, 'StaffAbsent')) return undefined;
    const at = plusMinutes(last.recordedAt, 1);
    return adding(history, [
      at,
      { ...last.fact, data: { ...last.fact.data, requestedAt: at, holdId: 'hold-9', sequence: last.fact.data.sequence + 1 } },
      last.actor,
    ]);
  }),
  of(
    '8',
    'A20',
    'C20',
    'nothing recorded',
    only(
      isHeld,
      never(
        'MeetingStarted',
        'Held',
        'RecordingAttached',
        'RecordingWaived',
        'ResolutionIssued',
        'ResolutionFiled',
        'ResolutionSent',
        'ResolutionBounced',
        'ResolutionHandedOver',
      ),
    ),
  ),
  of('8', 'R8.1', 'C20', 'held, and recorded on the third working day', (history) => {
    const due =
      [...all(history, 'Scheduled'), ...all(history, 'Rescheduled')].toSorted((a, b) => a.revision - b.revision).at(-1)?.fact.data
        .outcomeDueAt ?? '';
    return ticketOtherwise(history, ({ fact }) => (fact.type === 'Held' ? { at: plusSeconds(due, 1) } : undefined));
  }),
  of(
    '8',
    'R8.1',
    'C20',
    'recorded on the third working day, with a later one written down',
    only(isHeld, (history) => {
      const last = [...all(history, 'Scheduled'), ...all(history, 'Rescheduled')].toSorted((a, b) => a.revision - b.revision).at(-1);
      const due = last?.fact.data.outcomeDueAt ?? '';
      return ticketOtherwise(history, ({ id, fact }) => {
        if (fact.type === 'Held') return { at: plusSeconds(due, 1) };
        return id === last?.id ? { data: { outcomeDueAt: plusHours(due, 240) } } : undefined;
      });
    }),
  ),
  of(
    '6',
    'A22',
    'C20',
    'absent after five minutes',
    each('CitizenAbsent', (data) => ({ waitedMinutes: 5, absentAt: plusMinutes(data.slot.startsAt, 5) })),
  ),
  of(
    '6',
    'A22',
    'C20',
    'waited longer than since the hour',
    each('CitizenAbsent', () => ({ waitedMinutes: 90 })),
  ),
  of(
    '8',
    'A19',
    'C20',
    'cancelled by the citizen when the hour had passed',
    each('Cancelled', (data) => (data.by === 'citizen' ? { cancelledAt: plusHours(data.slot.startsAt, 2) } : undefined)),
  ),
  of(
    '8',
    'A23',
    'C20',
    'absent before the hour had come',
    each('StaffAbsent', (data) => ({ absentAt: plusHours(data.slot.startsAt, -2) })),
  ),
  of('Order 4', 'D4', 'C21', 'an event that does not fit the chain', (history) => ({
    ...history,
    chain: { intact: false, firstBroken: history.ticket[0]?.id ?? '' },
  })),
  of('Order 4', 'D4', 'C21', 'an event that is not the sealed one', (history) => ({
    ...history,
    chain: { intact: false, because: 'not-as-sealed', firstBroken: history.ticket[0]?.id ?? '' },
  })),
  of('Order 4', 'D4', 'C21', 'a seal that cannot be read', (history) => ({
    ...history,
    chain: { intact: false, because: 'seal-unreadable' },
  })),
];

/** What somebody only says, where a system could have seen it. */
export const origins: readonly Breach[] = [
  ofOrigin(
    '5',
    'A12',
    'C13',
    'the recording typed by hand',
    only((history) => recordedOnline(history), declaredBy('RecordingAttached', clerk(stranger))),
  ),
  ofOrigin('7', 'R7.1', 'C14', 'the document’s number typed by hand', declaredBy('ResolutionFiled', clerk(stranger))),
  ofOrigin(
    '2 a',
    'A2',
    'C02',
    'the request typed in by somebody',
    only(inOperation, (history) =>
      requestOtherwise(history, ({ fact }) =>
        fact.type === 'RequestRegistered' ? { actor: clerk(stranger), data: { grade: 'declared' } } : undefined,
      ),
    ),
  ),
  ofOrigin('2 b', 'A27', 'C02', 'the answer typed in by somebody', (history) =>
    requestOtherwise(history, ({ fact }) =>
      fact.type === 'AnswerCommunicated' ? { actor: clerk(stranger), data: { grade: 'declared' } } : undefined,
    ),
  ),
  ofOrigin(
    '8',
    'A21',
    'C19',
    'somebody says that the letter had been accepted',
    only(onlyMovedByStaff, declaredBy('CitizenNotified', clerk(stranger))),
  ),
];
