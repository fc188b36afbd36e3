import { type CheckId, checkIds, judge } from '../../../src/domain/audit/judge';
import { personal } from '../../../src/domain/kernel/personal-text';
import { plusMinutes } from '../../../src/domain/time/civil-time';
import {
  admitted,
  amended,
  amendmentFiled,
  amendmentSent,
  bridgeDay,
  codeIssued,
  handlerAssigned,
  recordingMissing,
  resolutionBounced,
  statusChanged,
} from '../../support/entries';
import {
  cancelledHistory,
  citizenAbsentHistory,
  clarification,
  clarificationHistory,
  onlineHistory,
  phoneHistory,
  inPersonHistory,
  reassignedHistory,
  rescheduledHistory,
  staffAbsentHistory,
} from '../../support/histories';
import type { History } from '../../support/history';
import { idsWith, settled } from '../../support/judging';
import { defaultPlot, otherSlot, slotAt } from '../../support/plot';
import { adding, addingToRequest, answeredOn, changing, eventOf, moved, without, withStaff } from '../../support/retelling';

const online = onlineHistory();
const wrongCode = (n: number, at: string, triesLeft: number) =>
  [at, { type: 'VerificationFailed', data: { n, failedAt: at, triesLeft } }] as const;

const name = personal('contact', 'Ion Popescu');

/** The same meeting, with all that came of it, so many minutes later. */
const heldLater = (history: History, minutes: number): History =>
  history.ticket
    .filter(({ fact: { type } }) => type === 'MeetingStarted' || type === 'Held' || type.startsWith('Resolution'))
    .reduce<History>((retold, { fact, recordedAt }) => {
      const times = Object.entries(fact.data).filter(([field, value]) => field.endsWith('At') && typeof value === 'string');
      const shifted = Object.fromEntries(times.map(([field, value]) => [field, plusMinutes(value, minutes)]));
      return moved(retold, fact.type, 0, plusMinutes(recordedAt, minutes), shifted);
    }, history);

const registeredOn = ({ request }: History, filedOn: string): History['request'] =>
  request.map((event) =>
    event.fact.type === 'RequestRegistered' ? { ...event, fact: { ...event.fact, data: { ...event.fact.data, filedOn } } } : event,
  );

/** For each check the histories in which it, and no other, fails. */
const broken: Readonly<Record<CheckId, Readonly<Record<string, History>>>> = {
  C01: {
    'the request keeps no policy': changing(online, 'Requested', { policies: [] }),
    'the request keeps no calendar version': changing(online, 'Requested', { calendarVersion: '' }),
    'the ground keeps no policy version': clarificationHistory({ ground: clarification({ policy: '' }) }),
  },
  C02: {
    'the request was closed without an answer': addingToRequest(online, statusChanged('closed', '2026-02-25T08:00:00.000Z')),
    'the answer had never been communicated': changing(clarificationHistory(), 'Requested', {
      ground: clarification({ documentNumber: '154997/R2' }),
    }),
    'the window was written down a day too long': clarificationHistory({ ground: clarification({ enforcedUntil: '2026-03-24' }) }),
    'another ticket of the request was going on': addingToRequest(online, admitted('another', '2026-03-01T07:00:00.000Z')),
    'day 30 was written down a day too early': clarificationHistory({ ground: clarification({ advertisedUntil: '2026-03-21' }) }),
    'the request had been redirected': addingToRequest(clarificationHistory(), statusChanged('redirected', '2026-02-25T08:00:00.000Z')),
  },
  C03: {
    'requested on the day after the last': clarificationHistory({
      requestedAt: '2026-03-23T22:00:00.000Z',
      slot: slotAt('2026-03-26T08:00:00.000Z'),
    }),
  },
  C04: {
    'the 48 hours count from a form that nobody sent then': changing(online, 'Scheduled', { requestedAt: '2026-03-01T07:00:00.000Z' }),
    'one second less than 48 hours': onlineHistory({ requestedAt: '2026-03-03T08:00:01.000Z' }),
    'moved by the citizen at less than 48 hours, agreed or not': changing(rescheduledHistory(), 'Rescheduled', {
      by: 'citizen',
      citizenAgreed: true,
      requestedAt: '2026-03-08T10:00:00.000Z',
    }),
  },
  C05: {
    'scheduled without the code': without(cancelledHistory(), 'EmailVerified'),
    'online, without an e-mail': changing(without(cancelledHistory(), 'VerificationCodeIssued', 'EmailVerified'), 'Requested', {
      contact: { name: personal('contact', 'Ion Popescu'), phone: personal('contact', '+40 700 000 001') },
    }),
  },
  C06: {
    'six wrong tries of one code': adding(
      changing(online, 'EmailVerified', { n: 2 }),
      ...[5, 4, 3, 2, 1, 0].map((left) => wrongCode(1, `2026-03-02T07:00:1${6 - left}.000Z`, left)),
      codeIssued(2, '2026-03-02T07:02:00.000Z'),
    ),
    'accepted after its tries were used up': adding(
      online,
      ...[4, 3, 2, 1, 0].map((left) => wrongCode(1, `2026-03-02T07:00:1${6 - left}.000Z`, left)),
    ),
    'accepted after it had expired': changing(online, 'VerificationCodeIssued', { expiresAt: '2026-03-02T07:03:00.000Z' }),
    'accepted although a newer one had replaced it': adding(online, codeIssued(2, '2026-03-02T07:02:00.000Z')),
    'sent again after twenty seconds': adding(changing(online, 'EmailVerified', { n: 2 }), codeIssued(2, '2026-03-02T07:00:20.000Z')),
    'accepted twice': adding(online, [
      '2026-03-02T07:04:00.000Z',
      { type: 'EmailVerified', data: { n: 1, verifiedAt: '2026-03-02T07:04:00.000Z', codeExpiresAt: '2026-03-02T07:10:00.000Z' } },
    ]),
  },
  C07: {
    'accepted only after the start': changing(online, 'Requested', {
      recordingNotice: { version: '1', acceptedAt: '2026-03-05T08:00:31.000Z' },
    }),
    'never accepted': changing(online, 'Requested', { recordingNotice: undefined }),
  },
  C08: {
    'half an hour long': onlineHistory({ slot: { startsAt: '2026-03-05T08:00:00.000Z', endsAt: '2026-03-05T08:30:00.000Z' } }),
    'off the grid': onlineHistory({ slot: slotAt('2026-03-05T08:05:00.000Z') }),
  },
  C09: {
    'before the hours': onlineHistory({ slot: slotAt('2026-03-05T05:45:00.000Z') }),
    'beyond the hours, at 17:30 on a Thursday': onlineHistory({ slot: slotAt('2026-03-05T15:30:00.000Z') }),
    'on a Saturday': onlineHistory({ slot: slotAt('2026-03-07T08:00:00.000Z') }),
    'on a bridge day declared before': onlineHistory({
      calendar: [bridgeDay('2026-03-05', '2026-02-01T08:00:00.000Z')],
    }),
    'further ahead than 60 days': onlineHistory({ slot: slotAt('2026-05-06T08:00:00.000Z') }),
    'moved onto a Sunday': rescheduledHistory({}, slotAt('2026-03-08T08:00:00.000Z')),
  },
  C10: {
    'another live meeting in the same quarter of an hour': {
      ...online,
      otherMeetings: [
        {
          ticketId: 'another',
          staffId: defaultPlot.staffId,
          slot: defaultPlot.slot,
          liveFrom: '2026-03-02T06:00:00.000Z',
          liveUntil: '2026-03-02T07:03:00.001Z',
          eventId: 'scheduled-another',
        },
      ],
    },
  },
  C11: {
    'accepted 59 minutes before the start': moved(online, 'InvitationSent', 1, '2026-03-05T07:01:00.000Z', {
      acceptedAt: '2026-03-05T07:01:00.000Z',
    }),
    'sent without the link': changing(online, 'InvitationSent', { withLink: false }),
    bounced: adding(online, [
      '2026-03-02T09:00:00.000Z',
      {
        type: 'InvitationBounced',
        data: {
          letterId: eventOf(online, 'InvitationSent', 1).fact.data.letterId,
          bouncedAt: '2026-03-02T09:00:00.000Z',
          followUpDueAt: '2026-03-04T22:00:00.000Z',
        },
      },
    ]),
    'for the hour before the rescheduling': changing(rescheduledHistory(), 'InvitationSent', { slot: defaultPlot.slot }),
  },
  C12: {
    'held by somebody else': changing(online, 'Held', { staffId: 'S-099' }),
    'given to somebody who did not have the request': addingToRequest(
      withStaff(online, 'S-042'),
      handlerAssigned('S-042', '2026-02-25T08:00:00.000Z'),
    ),
    'reassigned without a reason': changing(reassignedHistory(), 'Reassigned', { reason: personal('contact', ' ') }),
  },
  C13: {
    'no recording': without(online, 'RecordingAttached'),
    'reported missing': adding(without(online, 'RecordingAttached'), recordingMissing('2026-03-05T09:00:00.000Z')),
    'a recording of 79 %': changing(online, 'RecordingAttached', { durationSeconds: 671 }),
  },
  C14: {
    'not filed': without(online, 'ResolutionFiled'),
    'connected to another request': changing(online, 'ResolutionFiled', { connectedTo: { number: '154997', filedOn: '2025-02-16' } }),
  },
  C15: {
    'sent before the end': changing(online, 'ResolutionSent', { acceptedAt: '2026-03-05T08:14:29.999Z' }),
    'written before the start': changing(online, 'ResolutionIssued', { issuedAt: '2026-03-05T08:00:29.999Z' }),
    'sent before it was written': changing(online, 'ResolutionIssued', { issuedAt: '2026-03-05T08:19:00.001Z' }),
  },
  C16: {
    'sent after the next working day': changing(online, 'ResolutionSent', { acceptedAt: '2026-03-06T22:00:00.001Z' }),
    'never sent': without(online, 'ResolutionSent'),
  },
  C17: {
    'to an address that was not verified': changing(online, 'ResolutionSent', { toVerifiedAddress: false }),
    'picked up without proof': changing(phoneHistory(), 'ResolutionHandedOver', { proof: personal('record', '') }),
  },
  C18: {
    'bounced and left at that': adding(
      online,
      resolutionBounced('2026-03-05T09:00:00.000Z', eventOf(online, 'ResolutionSent').fact.data.letterId, '2026-03-09T22:00:00.000Z'),
    ),
  },
  C19: {
    'without a reason': changing(rescheduledHistory(), 'Rescheduled', { reason: undefined }),
    'never told': without(cancelledHistory(), 'CitizenNotified'),
    'told after 24 hours': changing(rescheduledHistory(), 'CitizenNotified', { notifiedAt: '2026-03-04T08:00:00.001Z' }),
    'told by a letter that came back': adding(changing(rescheduledHistory(), 'CitizenNotified', { letterId: 'change-1' }), [
      '2026-03-03T08:20:00.000Z',
      {
        type: 'CitizenNotified',
        data: { about: 'rescheduled', channel: 'email', outcome: 'bounced', notifiedAt: '2026-03-03T08:20:00.000Z', letterId: 'change-1' },
      },
    ]),
    'only a call that nobody answered': changing(rescheduledHistory(), 'CitizenNotified', { channel: 'phone', outcome: 'no-answer' }),
    'cancelled without a new slot or a refusal': changing(cancelledHistory(), 'CitizenNotified', { outcome: 'accepted' }),
    'the old calendar entry never withdrawn': changing(cancelledHistory(), 'CitizenNotified', {
      channel: 'phone',
      outcome: 'declined-new-slot',
    }),
    'told only after the new start': changing(
      changing(rescheduledHistory({}, slotAt('2026-03-03T12:00:00.000Z')), 'Rescheduled', { citizenAgreed: true }),
      'CitizenNotified',
      { notifiedAt: '2026-03-03T12:00:00.001Z' },
    ),
    'the staff member absent, no new hour in two working days': changing(
      staffAbsentHistory({}, slotAt('2026-03-12T08:00:00.000Z')),
      'Rescheduled',
      { requestedAt: '2026-03-09T22:00:00.001Z' },
    ),
  },
  C20: {
    'nothing recorded': without(
      onlineHistory(),
      'MeetingStarted',
      'Held',
      'RecordingAttached',
      'ResolutionIssued',
      'ResolutionFiled',
      'ResolutionSent',
    ),
    'the citizen absent, waited for longer than since the hour': changing(citizenAbsentHistory(), 'CitizenAbsent', { waitedMinutes: 11 }),
    'the staff member absent before the hour': changing(staffAbsentHistory(), 'StaffAbsent', { absentAt: '2026-03-05T07:30:00.000Z' }),
    'recorded on the third working day': moved(online, 'Held', 0, '2026-03-09T22:00:00.001Z', {}),
  },
  C21: { 'an event does not fit the chain': { ...online, chain: { intact: false, firstBroken: eventOf(online, 'Scheduled').id } } },
  C22: {
    'began three quarters of an hour late': heldLater(inPersonHistory(), 45),
    'held in a minute before the start that was recorded': changing(online, 'MeetingStarted', { startedAt: '2026-03-05T08:01:00.000Z' }),
    'ended before it began': changing(inPersonHistory(), 'Held', { endedAt: '2026-03-05T08:00:29.000Z' }),
    'ended after it was recorded': moved(inPersonHistory(), 'Held', 0, '2026-03-05T08:14:29.000Z'),
    'held in another slot than it stood in': changing(online, 'Held', { slot: otherSlot }),
    'booked at another hour than was asked for': changing(online, 'Requested', { slot: slotAt('2026-03-05T09:00:00.000Z') }),
  },
  C23: {
    'the name was not matched': changing(online, 'Requested', { matched: ['number', 'filed-on'] }),
    'the request had another filing date': { ...online, request: registeredOn(online, '2025-02-16') },
  },
  C24: {
    'online without a phone number': changing(online, 'Requested', { contact: { name, email: name } }),
    'by phone without a phone number': changing(phoneHistory(), 'Requested', { contact: { name } }),
  },
  C26: {
    'the amendment was never filed, and never left': adding(online, amended('2026-03-06T08:00:00.000Z')),
    'the amendment left, and was never filed': adding(
      online,
      amended('2026-03-06T08:00:00.000Z'),
      amendmentSent('2026-03-06T08:01:00.000Z'),
    ),
    'the amendment was filed, and left after its hard limit': adding(
      online,
      amended('2026-03-06T08:00:00.000Z'),
      amendmentFiled('2026-03-06T08:01:00.000Z'),
      amendmentSent('2026-03-09T22:00:00.001Z'),
    ),
    'the amended letter came back and was left at that': adding(
      online,
      amended('2026-03-06T08:00:00.000Z'),
      amendmentFiled('2026-03-06T08:01:00.000Z'),
      amendmentSent('2026-03-06T08:01:00.000Z'),
      resolutionBounced('2026-03-06T09:00:00.000Z', 'amended-1', '2026-03-10T22:00:00.000Z'),
    ),
  },
  C25: { 'an answer whose 30 days were over, told after the ticket': addingToRequest(online, answeredOn('2026-01-05', '2026-02-04')) },
};

const cases = checkIds.flatMap((id) => Object.entries(broken[id]).map(([what, history]) => [id, what, history] as const));

describe('Each check fails alone', () => {
  it('has such a history for every check', () => {
    for (const id of checkIds) expect(Object.keys(broken[id])).not.toHaveLength(0);
  });

  it.each(cases)('%s: %s', (id, _, history) => {
    expect(idsWith(history, 'fail')).toEqual([id]);
    expect(judge(history, settled).overall).toBe('fail');
  });
});
