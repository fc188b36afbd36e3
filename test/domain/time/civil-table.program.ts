import './machine-clock.program';
import { DateTime } from 'luxon';
import { dayPlan, freeSlots } from '../../../src/domain/agenda/day-plan';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { clarificationWindow, dayKind, endOfWorkingDayAfter } from '../../../src/domain/calendar/working-days';
import { policiesWith } from '../../../src/domain/policies';
import {
  addDays,
  atLocal,
  civilDateOf,
  localTimeOf,
  parseInstant,
  plusMinutes,
  startOfDay,
  startOfNextDay,
} from '../../../src/domain/time/civil-time';
import { latestStart } from '../../../src/domain/time/slot';
import { earliestStart } from '../../../src/domain/agenda/lead-time';
import { staffWith } from '../../support/staff-and-calendar';

/**
 * Prints what the domain makes of time, one line a fact, under whatever zone and clock the machine has.
 * TZ is the process's zone; MACHINE_NOW is the instant that its clock shows.
 */
const policies = policiesWith();
const calendar = workingCalendar.initial;
const lines: string[] = [];
const changeDays = ['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26', '2015-10-25', '2035-03-25'];
for (const date of changeDays) {
  lines.push(['day', date, dayKind(calendar, date), startOfDay(date), startOfNextDay(date)].join(' '));
  for (let quarter = 0; quarter < 96; quarter += 1) {
    const at = plusMinutes(startOfDay(date), quarter * 15);
    const time = localTimeOf(plusMinutes('2026-01-09T22:00:00.000Z', quarter * 15));
    const earliest = earliestStart(at, policies['lead-time'], calendar);
    lines.push(
      ['at', at, civilDateOf(at), localTimeOf(at), atLocal(date, time), earliest, latestStart(at, policies['booking-horizon'])].join(' '),
    );
  }
}
for (let date = '2026-01-01'; date < '2027-01-01'; date = addDays(date, 1)) {
  const { advertisedUntil, enforcedUntil } = clarificationWindow(date, policies['clarification-window'], calendar);
  lines.push(['window', date, advertisedUntil, enforcedUntil, endOfWorkingDayAfter(calendar, startOfDay(date), 2)].join(' '));
}
for (const date of ['2026-03-27', '2026-03-30', '2026-10-23', '2026-10-26']) {
  const slots = freeSlots(dayPlan(date, staffWith(), calendar), [], { earliest: startOfDay(date), latest: startOfNextDay(date) });
  lines.push(...slots.map(({ startsAt, endsAt }) => `slot ${startsAt} ${endsAt}`));
}
for (const text of ['2026-10-25T03:30', '2026-10-25T03:30:00+02:00', '2026-10-25T03:30:00+03:00', '2026-W43-7T00:30Z']) {
  lines.push(`text ${text} ${parseInstant(text) ?? 'refused'}`);
}
// What the obvious way of writing it would answer, so that the test can show that it looks in the right place.
const obvious = DateTime.fromISO('2026-10-25T03:30', { zone: 'Europe/Bucharest' }).toUTC().toISO();
const machine = DateTime.fromISO('2026-10-25T03:30').toUTC().toISO();
process.stdout.write(JSON.stringify({ table: lines.join('\n'), obvious, machine }));
