import type { CalendarSource } from '../../../application/staff/follow-calendar';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { Instant } from '../../../domain/kernel/fact';
import { plusHours } from '../../../domain/time/civil-time';
import { statusOf, calendarStatusText } from './absence-calendars.codec';
import type { CalendarStatus, WhyNothing } from './calendar-read';

const mostTold = 50;
const nameOf = (source: CalendarSource, staffId: string): string => `absence-calendar-standing/${source}/${staffId}`;
type Kept = Pick<Ports, 'operations'>;

export const statusOfCalendar = async ({ operations }: Kept, source: CalendarSource, staffId: string): Promise<CalendarStatus> => {
  const text = await operations.keyValues.get(nameOf(source, staffId));
  return text === undefined ? {} : statusOf(text);
};

export const noteRead = async (
  { operations }: Kept,
  source: CalendarSource,
  staffId: string,
  read: NonNullable<CalendarStatus['read']>,
): Promise<void> => {
  const standing = { read: { ...read, unreadable: read.unreadable.slice(0, mostTold) } };
  await operations.keyValues.put(nameOf(source, staffId), calendarStatusText(standing));
};

export const noteFailed = async (ports: Kept, source: CalendarSource, staffId: string, at: Instant, why: WhyNothing): Promise<void> => {
  const { read, failed } = await statusOfCalendar(ports, source, staffId);
  const next = { times: (failed?.times ?? 0) + 1, since: failed?.since ?? at, last: at, why };
  await ports.operations.keyValues.put(nameOf(source, staffId), calendarStatusText({ ...(read && { read }), failed: next }));
};

export const forgetStatus = ({ operations }: Kept, source: CalendarSource, staffId: string): Promise<void> =>
  operations.keyValues.remove(nameOf(source, staffId));

const triesBeforeATask = 3;
const hoursBeforeATask = 24;

/** A person must look: for a day it could not be read, however often it was tried. */
export const asksForAPerson = ({ failed }: CalendarStatus, at: Instant): boolean =>
  failed !== undefined && failed.times >= triesBeforeATask && plusHours(failed.since, hoursBeforeATask) <= at;
