import ICAL from 'ical.js';
import type { Instant } from '../../../domain/kernel/fact';
import { startOfDay } from '../../../domain/time/civil-time';
import type { BusyTimes, EventNotRead, NoCalendar, Span, WhyNotRead } from './calendar-read';
import { type Block, calendarText } from './calendar-text';
import { timeZones, type TimeZones } from './time-zones';

const ownUid = /@tichet-albastru$/i;
const computed = new Set(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']);
/** A daily event since 1990 comes to half of it. */
const mostSteps = 30_000;
const mostSpans = 2_000;

class NotRead extends Error {
  override readonly name = 'NotRead';
  constructor(readonly why: WhyNotRead) {
    super(why);
  }
}

const timeProperties = ['dtstart', 'dtend', 'recurrence-id', 'exdate', 'rdate'] as const;

type ReadEvent = { readonly event: ICAL.Event; readonly component: ICAL.Component; readonly line: number };

const readEvent = ({ line, text }: Block, zones: TimeZones): ReadEvent => {
  const component = ICAL.Component.fromString(text);
  for (const name of timeProperties) {
    for (const property of component.getAllProperties(name)) {
      const tzid: unknown = property.getFirstParameter('tzid');
      const zone = typeof tzid === 'string' ? zones.named(tzid) : undefined;
      for (const value of property.getValues()) {
        if (!(value instanceof ICAL.Time)) throw new NotRead('time');
        if (typeof tzid !== 'string' || value.isDate) continue;
        if (zone === undefined) throw new NotRead('zone');
        value.zone = zone;
      }
    }
  }
  if (!(component.getFirstPropertyValue('dtstart') instanceof ICAL.Time)) throw new NotRead('time');
  for (const rule of component.getAllProperties('rrule')) {
    const value = rule.getFirstValue();
    if (!(value instanceof ICAL.Recur) || !computed.has(value.freq)) throw new NotRead('rule');
  }
  return { event: new ICAL.Event(component, { exceptions: [] }), component, line };
};

const isBusy = ({ component }: ReadEvent): boolean => {
  const text = (name: string): string => String(component.getFirstPropertyValue(name) ?? '').toUpperCase();
  return text('transp') !== 'TRANSPARENT' && text('status') !== 'CANCELLED' && !ownUid.test(text('uid'));
};

/** A whole day is one of Bucharest, wherever the calendar was written; a time without a zone is on its clocks. */
const instantOf = (time: ICAL.Time, zones: TimeZones): Instant => {
  if (time.isDate) return startOfDay(time.toString());
  const there = time.clone();
  if (there.zone === ICAL.Timezone.localTimezone) there.zone = zones.ours;
  return new Date(there.toUnixTime() * 1000).toISOString();
};

const wallDate = (time: ICAL.Time): string => time.toString().slice(0, 10);

/** Its type knows of no end. */
const nextOf = (iterator: ICAL.RecurExpansion): ICAL.Time | undefined => {
  const next: unknown = iterator.next();
  return next instanceof ICAL.Time ? next : undefined;
};

/** When the occurrences of one series are, those that were moved or called off by themselves left out. */
const occurrences = ({ event, component }: ReadEvent, overridden: ReadonlySet<string>, zones: TimeZones, window: Span): readonly Span[] => {
  const span = (start: ICAL.Time, end: ICAL.Time): Span => ({ from: instantOf(start, zones), to: instantOf(end, zones) });
  if (!event.isRecurring() || event.isRecurrenceException()) return [span(event.startDate, event.endDate)];
  // Outlook calls whole days off where the standard wants the instant
  const daysOff = new Set(
    component
      .getAllProperties('exdate')
      .flatMap((property) =>
        property.getValues().flatMap((value) => (value instanceof ICAL.Time && value.isDate ? [wallDate(value)] : [])),
      ),
  );
  const { duration } = event;
  const found: Span[] = [];
  const iterator = event.iterator();
  let steps = 0;
  for (let start = nextOf(iterator); start !== undefined; start = nextOf(iterator)) {
    steps += 1;
    if (steps > mostSteps || found.length > mostSpans) throw new NotRead('too-many');
    if (instantOf(start, zones) >= window.to) break;
    if (overridden.has(instantOf(start, zones)) || daysOff.has(wallDate(start))) continue;
    const end = start.clone();
    end.addDuration(duration);
    const one = span(start, end);
    if (one.to > window.from) found.push(one);
  }
  return found;
};

/**
 * When the owner of this calendar is busy within the window (RFC 5545): events that are not called off and not marked free, series
 * computed out. What was booked here comes back from many calendars, and is no absence.
 */
export const busyTimes = (text: string, window: Span): BusyTimes | NoCalendar => {
  const calendar = calendarText(text);
  if (calendar.kind === 'no-calendar') return calendar;
  const zones = timeZones(calendar.zones);
  const unreadable: EventNotRead[] = [];
  const told = <T>(line: number, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      unreadable.push({ line, why: error instanceof NotRead ? error.why : 'time' });
      return undefined;
    }
  };
  const events = calendar.events.flatMap((block) => told(block.line, () => readEvent(block, zones)) ?? []);
  const overrides = new Map<string, Set<string>>();
  for (const { event, line } of events) {
    if (!event.isRecurrenceException()) continue;
    const of = overrides.get(event.uid) ?? new Set<string>();
    overrides.set(event.uid, of);
    const instead = told(line, () => instantOf(event.recurrenceId, zones));
    if (instead !== undefined) of.add(instead);
  }
  const spans = new Map<string, Span>();
  for (const one of events) {
    if (!isBusy(one)) continue;
    for (const span of told(one.line, () => occurrences(one, overrides.get(one.event.uid) ?? new Set(), zones, window)) ?? []) {
      if (span.from < span.to && span.to > window.from && span.from < window.to) spans.set(`${span.from}/${span.to}`, span);
    }
  }
  if (spans.size > mostSpans) return { kind: 'no-calendar', why: 'too-many-events' };
  const busy = [...spans.values()].toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return { kind: 'read', busy, events: calendar.events.length, unreadable: unreadable.toSorted((a, b) => a.line - b.line) };
};
