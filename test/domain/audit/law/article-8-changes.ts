import { addDays, civilDateOf, plusHours, plusMinutes, plusSeconds, startOfDay } from '../../../../src/domain/time/civil-time';
import type { History } from '../../../support/history';
import { clerk } from '../../../support/plot';
import { adding, addingToRequest, ticketOtherwise } from '../../../support/retelling';
import {
  addressAlone,
  type Breach,
  type Breaks,
  type Changed,
  declaredBy,
  each,
  eachBy,
  inTurn,
  more,
  never,
  neverSince,
  of,
  ofOrigin,
  only,
  stranger,
} from './breaking';
import {
  all,
  byEmail,
  type DataOf,
  has,
  isHeld,
  isInPerson,
  lastOf,
  movedOnce,
  not,
  one,
  onlyMovedByStaff,
  startOf,
  toldOf,
} from './occasions';

/** The notice of the new hour told otherwise. */
const newHourTold = (change: (history: History) => Changed<'CitizenNotified'>): Breaks =>
  only(onlyMovedByStaff)(each('CitizenNotified', ({ about }, history) => (about === 'rescheduled' ? change(history) : undefined)));
const called = (outcome: DataOf<'CitizenNotified'>['outcome']): Breaks =>
  newHourTold(() => ({ channel: 'phone', outcome, letterId: undefined }));
/** So many seconds after the last move was asked for. */
const fromMove = (history: History, seconds: number): string =>
  plusSeconds(lastOf(history, 'Rescheduled')?.fact.data.requestedAt ?? '', seconds);
const toldDayLater = newHourTold((history) => ({ notifiedAt: fromMove(history, 86_401) }));

/** Nothing but a postal address, and a letter on paper posted so many days after the move, or on that day. */
const writtenTo = (day: number | ((history: History) => string)): Breaks =>
  only(
    isInPerson,
    not(byEmail),
  )(
    inTurn(
      addressAlone,
      newHourTold((history) => {
        const postedOn = typeof day === 'number' ? addDays(civilDateOf(fromMove(history, 0)), day) : day(history);
        return { channel: 'post', outcome: 'posted', letterId: undefined, postedOn, notifiedAt: startOfDay(postedOn) };
      }),
    ),
  );

const absentAndMoved = only(has('StaffAbsent'), movedOnce, not(has('Cancelled')));
const newHourTooLate = each('Rescheduled', (_, history) => ({
  requestedAt: plusSeconds(one(history, 'StaffAbsent')?.newSlotDueAt ?? '', 1),
}));

const lastHour = (history: History) =>
  [...all(history, 'Scheduled'), ...all(history, 'Rescheduled')].toSorted((a, b) => a.revision - b.revision).at(-1);
const recordedTooLate: Breaks = only(isHeld)((history) => {
  const at = plusSeconds(lastHour(history)?.fact.data.outcomeDueAt ?? '', 1);
  return ticketOtherwise(history, ({ fact }) => (fact.type === 'Held' ? { at } : undefined));
});

/** What changes (Art. 8). */
export const changes: readonly Breach[] = [
  ...of('8', 'A20', 'C19', {
    'moved by staff without a reason': eachBy('staff', 'Rescheduled', () => ({ reason: undefined })),
    'moved for another reason, and no word which': eachBy('staff', 'Rescheduled', () => ({ reason: 'other', reasonText: undefined })),
    'cancelled by staff without a reason': eachBy('staff', 'Cancelled', () => ({ reason: undefined })),
    'cancelled for another reason, and no word which': eachBy('staff', 'Cancelled', () => ({ reason: 'other', reasonText: undefined })),
  }),
  ...of('8', 'A21', 'C19', {
    'nobody was told of the new hour': only(onlyMovedByStaff)(never('CitizenNotified')),
    'nobody was told of the cancelling': only(toldOf('cancelled'))(never('CitizenNotified')),
    'nobody was told of the absence': only(has('StaffAbsent'))(never('CitizenNotified')),
    'told a day and a second later': toldDayLater,
    'told a day and a second later, with more of it written down': inTurn(
      toldDayLater,
      each('Rescheduled', (_, history) => ({ noticeDueAt: fromMove(history, 48 * 3600) })),
    ),
    'told when the new hour had come': newHourTold((history) => ({ notifiedAt: plusSeconds(startOf(history), 1) })),
    'told before anything had changed': newHourTold((history) => ({ notifiedAt: fromMove(history, -3600) })),
    'a call that nobody answered': called('no-answer'),
    'a word on the answering machine': called('voicemail'),
    'a call that a mail server accepted': called('accepted'),
    'a letter that reached by telephone': newHourTold(() => ({ channel: 'email', outcome: 'reached' })),
    'told by post, though there is a phone number or an e-mail address': newHourTold((history) => ({
      channel: 'post',
      outcome: 'posted',
      letterId: undefined,
      postedOn: civilDateOf(fromMove(history, 60)),
      notifiedAt: fromMove(history, 60),
    })),
    'posted the day after the 24 hours had ended': writtenTo(2),
    'posted on the day of the new hour': writtenTo((history) => civilDateOf(startOf(history))),
    'told of something else': newHourTold(() => ({ about: 'reassigned' })),
    'the letter came back': only(
      onlyMovedByStaff,
      byEmail,
    )(
      more((history) =>
        all(history, 'CitizenNotified').map(({ recordedAt, fact, actor }) => {
          const notifiedAt = plusMinutes(recordedAt, 5);
          return [notifiedAt, { ...fact, data: { ...fact.data, outcome: 'bounced', notifiedAt } }, actor];
        }),
      ),
    ),
    'cancelled, no new hour and nobody asked': only(toldOf('cancelled'), ({ request }) =>
      request.every(({ fact }) => fact.type !== 'AdmissionEnded'),
    )((history) =>
      ticketOtherwise(history, ({ fact }) =>
        fact.type === 'CitizenNotified' && fact.data.outcome === 'declined-new-slot' ? { gone: true } : undefined,
      ),
    ),
    'cancelled, and the new ticket ended at once': only(toldOf('cancelled'))((history) => {
      const again = history.request.findLast(({ fact }) => fact.type === 'TicketAdmitted');
      if (again?.fact.type !== 'TicketAdmitted' || again.fact.data.ticketId === history.ticketId) return undefined;
      const endedAt = plusMinutes(again.recordedAt, 1);
      return addingToRequest(history, [endedAt, { type: 'AdmissionEnded', data: { ticketId: again.fact.data.ticketId, endedAt } }]);
    }),
  }),
  ...ofOrigin('8', 'A21', 'C19', {
    'somebody says that the letter had been accepted': only(onlyMovedByStaff)(declaredBy('CitizenNotified', clerk(stranger))),
  }),
  ...of('8', 'A23', 'C19', {
    'a new hour only on the third working day': absentAndMoved(newHourTooLate),
    'a new hour only on the third working day, with a later one written down': absentAndMoved(
      inTurn(
        newHourTooLate,
        each('StaffAbsent', ({ newSlotDueAt }) => ({ newSlotDueAt: plusHours(newSlotDueAt, 240) })),
      ),
    ),
    'absent, and no new hour ever': only(
      has('StaffAbsent'),
      not(has('Cancelled')),
    )((history) => {
      const absent = all(history, 'StaffAbsent')[0];
      return absent && ticketOtherwise(history, ({ revision }) => (revision > absent.revision + 1 ? { gone: true } : undefined));
    }),
  }),
  ...of('8', 'R8.1', 'C19', {
    'the entry of the old hour never replaced': only(byEmail)(inTurn(called('reached'), neverSince('Rescheduled', 'InvitationSent'))),
  }),
  ...of('8', 'A19', 'C19', {
    'a third move by the citizen alone': only(not(has('StaffAbsent')))((history) => {
      const [, last] = all(history, 'Rescheduled').filter(({ fact }) => fact.data.by === 'citizen');
      if (last === undefined) return undefined;
      const at = plusMinutes(last.recordedAt, 1);
      const data = { ...last.fact.data, requestedAt: at, holdId: 'hold-9', sequence: last.fact.data.sequence + 1 };
      return adding(history, [at, { ...last.fact, data }, last.actor]);
    }),
  }),
  ...of('8', 'A20', 'C20', {
    'nothing recorded': only(isHeld)(
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
  }),
  ...of('8', 'R8.1', 'C20', {
    'held, and recorded on the third working day': recordedTooLate,
    'recorded on the third working day, with a later one written down': inTurn(recordedTooLate, (history) => {
      const last = lastHour(history);
      const outcomeDueAt = plusHours(last?.fact.data.outcomeDueAt ?? '', 240);
      return ticketOtherwise(history, ({ id }) => (id === last?.id ? { data: { outcomeDueAt } } : undefined));
    }),
  }),
  ...of('8', 'A19', 'C20', {
    'cancelled by the citizen when the hour had passed': eachBy('citizen', 'Cancelled', ({ slot }) => ({
      cancelledAt: plusHours(slot.startsAt, 2),
    })),
  }),
  ...of('8', 'A23', 'C20', {
    'absent before the hour had come': each('StaffAbsent', ({ slot }) => ({ absentAt: plusHours(slot.startsAt, -2) })),
  }),
];
