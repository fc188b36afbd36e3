import { commandOf } from '../../../application/kernel/execute';
import { pause } from '@tichet-albastru/kernel/pause';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type StaffDirectoryRow, tables } from '../../../application/kernel/ports/tables';
import { defined } from '@tichet-albastru/kernel/defined';
import { civilDateOf, plusMinutes } from '../../../domain/time/civil-time';
import type { Instant } from '../../../domain/kernel/fact';
import { isRefusal } from '../../../domain/kernel/refusal';
import type { CalendarStatus } from './calendar-read';
import { type CalendarDoor, fetchCalendar } from './fetch-calendar';
import type { FollowedCalendars } from './followed-calendars';
import { asksForAPerson, noteFailed, statusOfCalendar } from './status';
import { type NothingTaken, takeCalendar } from './take-calendar';

const minutesBetweenReadings = 30;
const lookMilliseconds = 20_000;

export type Polling = { readonly ports: Ports; readonly calendars: FollowedCalendars; readonly door: CalendarDoor };

const isDue = ({ read, failed }: CalendarStatus, now: Instant): boolean => {
  const last = failed?.last ?? read?.at;
  return last === undefined || plusMinutes(last, minutesBetweenReadings) <= now;
};

/** @returns why nothing was taken over; nothing when all went well */
const takeFrom = async ({ ports, door }: Polling, staffId: string, address: string): Promise<NothingTaken['why'] | undefined> => {
  const text = await fetchCalendar(address, door);
  if (typeof text !== 'string') return text.why;
  const context = commandOf({ kind: 'process', name: 'absence-calendar' }, ports.identifiers.next(), ports.clock.now());
  const taken = await takeCalendar(ports, context, { staffId, source: 'address', text });
  return isRefusal(taken) || taken.kind === 'taken' ? undefined : taken.why;
};

/** Reads one person's calendar if its time has come. A failure is noted and the absences stay what they are. */
export const pollCalendarOf = async (polling: Polling, staffId: string): Promise<void> => {
  const { ports, calendars } = polling;
  const followed = await calendars.get(staffId);
  if (followed === 'none') return;
  const standing = await statusOfCalendar(ports, 'address', staffId);
  if (!isDue(standing, ports.clock.now())) return;
  const why = followed === 'lost' ? 'address-lost' : await takeFrom(polling, staffId, followed.address);
  if (why === undefined) return;
  const now = ports.clock.now();
  await noteFailed(ports, 'address', staffId, now, why);
  const after = await statusOfCalendar(ports, 'address', staffId);
  if (asksForAPerson(after, now)) ports.logger.error('calendar.not-read', { reason: why, attempts: after.failed?.times });
  else ports.logger.warn('calendar.not-read', { reason: why, attempts: after.failed?.times });
};

/** All calendars that are due, one after the other. */
export const pollCalendars = async (polling: Polling, signal?: AbortSignal): Promise<void> => {
  const { ports } = polling;
  let cursor: string | undefined;
  do {
    const page = await ports.readModels.select<StaffDirectoryRow>(tables.staffDirectory, defined({ cursor }));
    for (const { staffId, leftOn } of page.rows) {
      if (signal?.aborted === true) return;
      if (leftOn === null || leftOn > civilDateOf(ports.clock.now())) await pollCalendarOf(polling, staffId);
    }
    cursor = page.next;
  } while (cursor !== undefined);
};

export const keepPolling = async (polling: Polling, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await pollCalendars(polling, signal);
    await pause(lookMilliseconds, signal);
  }
};
