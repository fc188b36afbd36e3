import { type Placement, placements } from '../../../../src/domain/audit/case-file';
import type { Instant } from '../../../../src/domain/kernel/fact';
import { personal } from '../../../../src/domain/kernel/personal-text';
import { addDays, atLocal, civilDateOf, plusHours, plusMinutes, plusSeconds, weekdayNumber } from '../../../../src/domain/time/civil-time';
import type { Slot } from '../../../../src/domain/time/slot';
import { type History, recorded } from '../../../support/history';
import { slotAt } from '../../../support/plot';
import { bookedAt, type Breach, type Breaks, eachBy, eachOf, of, ofStaff, only } from './breaking';
import { asBooked, beforeAsking, requestedAt, startOf } from './occasions';

const onDay = (date: string, time: string): Slot => slotAt(atLocal(date, time));
const nextOf = (slot: Slot, weekday: number): string => {
  const date = civilDateOf(slot.startsAt);
  return addDays(date, (weekday - weekdayNumber(date) + 7) % 7);
};
const tooLate = (history: History) => ({ requestedAt: plusSeconds(plusHours(startOf(history), -48), 1) });
const longBefore = (history: History): Instant => beforeAsking(history, 600);
/** So much was known of the person ten hours before the ticket was asked for. */
const known = (entry: Parameters<typeof ofStaff>[0]): Breaks => only(asBooked)(ofStaff(entry));

/** The same person has another meeting, so many minutes after this one begins. */
const anotherMeeting =
  (minutes: number, liveFrom: (history: History, place: Placement) => Instant): Breaks =>
  (history) => {
    const place = placements(history).at(-1);
    if (place === undefined) return undefined;
    const { staffId, slot } = place.fact.data;
    const other = slotAt(plusMinutes(slot.startsAt, minutes));
    return {
      ...history,
      otherMeetings: [{ ticketId: 'another', staffId, slot: other, liveFrom: liveFrom(history, place), eventId: 'scheduled-another' }],
    };
  };

/** When they meet (Art. 4). */
export const hours: readonly Breach[] = [
  ...of('4', 'A7', 'C04', {
    'one second less than 48 hours': only(asBooked)(eachOf(['Requested', 'Scheduled'], tooLate)),
    'booked as if it had been asked for earlier than it was': only(asBooked)(eachOf(['Requested'], tooLate)),
    'the form dated back by two days': only(asBooked)(
      eachOf(['Requested', 'Scheduled'], (history) => ({ requestedAt: plusHours(requestedAt(history), -48) })),
    ),
  }),
  ...of('4', 'A20', 'C04', {
    'moved by the citizen to the day after': eachBy('citizen', 'Rescheduled', ({ slot }) => ({
      requestedAt: plusHours(slot.startsAt, -24),
    })),
    'moved by staff to the day after, without the citizen’s agreement': eachBy('staff', 'Rescheduled', ({ slot }) => ({
      requestedAt: plusHours(slot.startsAt, -24),
      citizenAgreed: false,
    })),
  }),
  ...of('4', 'A16', 'C09', {
    'before the hours of work': bookedAt((slot) => onDay(civilDateOf(slot.startsAt), '07:45')),
    'after the hours of work': bookedAt((slot) => onDay(civilDateOf(slot.startsAt), '17:30')),
    'on a Saturday': bookedAt((slot) => onDay(nextOf(slot, 6), '10:00')),
    'on a Sunday': bookedAt((slot) => onDay(nextOf(slot, 7), '10:00')),
    'on Christmas Day': bookedAt((slot) => onDay(`${slot.startsAt.slice(0, 4)}-12-25`, '10:00')),
    'on a bridge day that was known': only(asBooked)((history) => {
      const declaredAt = longBefore(history);
      const data = { date: civilDateOf(startOf(history)), decision: 'HG 1/2026', declaredAt };
      return { ...history, calendar: recorded('calendar-ro', [[declaredAt, { type: 'BridgeDayDeclared', data }]]) };
    }),
    'on a day of a pause that was known': only(asBooked)((history) => {
      const pausedAt = longBefore(history);
      const day = civilDateOf(startOf(history));
      const data = { pauseId: 'p-1', from: day, to: day, textRo: 'Mutăm birourile.', textEn: 'We are moving.', pausedAt };
      return { ...history, calendar: recorded('calendar-ro', [[pausedAt, { type: 'ServicePaused', data }]]) };
    }),
    'while the person was known to be away': known((history) => {
      const [recordedAt, startsAt] = [longBefore(history), startOf(history)];
      const hours = { from: plusHours(startsAt, -2), to: plusHours(startsAt, 2) };
      const data = { absenceId: 'a-1', ...hours, reason: personal('staff', 'concediu'), recordedAt };
      return [recordedAt, { type: 'AbsenceRecorded', data }];
    }),
    'with somebody who had left': known((history) => {
      const recordedAt = longBefore(history);
      return [recordedAt, { type: 'StaffLeft', data: { on: civilDateOf(recordedAt), recordedAt } }];
    }),
    'further ahead than the horizon': bookedAt((_, history) => {
      const far = addDays(civilDateOf(requestedAt(history)), 75);
      return onDay(nextOf(onDay(far, '10:00'), 3), '10:00');
    }),
  }),
  ...of('4', 'A15', 'C10', {
    'another meeting of the same person at that hour': anotherMeeting(0, (_, { recordedAt }) => recordedAt),
    'another meeting that takes half of the hour': anotherMeeting(8, longBefore),
  }),
];
