import ICAL from 'ical.js';
import type { Instant } from '../../../domain/kernel/fact';
import { startOfDay, zone as ownZone } from '../../../domain/time/civil-time';
import type { BusyTimes, EventNotRead, NoCalendar, Span, WhyNotRead } from './calendar-read';
import { IANAZone } from 'luxon';
import { tzlib_get_ical_block as timeZoneBlock } from 'timezones-ical-library';

/** One component of a calendar: the line on which it begins, and those of its properties that tell when the person is busy. */
type Block = { readonly line: number; readonly text: string };
type CalendarText = { readonly kind: 'calendar'; readonly zones: readonly Block[]; readonly events: readonly Block[] };

const mostEvents = 20_000;
/** RFC 5545. Titles, places, people and alarms are not looked at and never get further than this file. */
const wanted = new Set(['UID', 'DTSTART', 'DTEND', 'DURATION', 'RRULE', 'RDATE', 'EXDATE', 'RECURRENCE-ID', 'TRANSP', 'STATUS']);

type Line = { readonly number: number; readonly text: string };

/** Long lines come folded: what begins with white space belongs to the line before. */
const unfolded = (text: string): readonly Line[] => {
  const lines: { number: number; text: string }[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(raw) && last !== undefined) last.text += raw.slice(1);
    else if (raw.trim() !== '') lines.push({ number: index + 1, text: raw.trimEnd() });
  }
  return lines;
};

const nameOf = (line: string): string => (/^[^:;]*/.exec(line)?.[0] ?? '').toUpperCase();

/** The time zones and events of a calendar, each apart, so that one that cannot be read spoils no other. */
const calendarText = (text: string): CalendarText | NoCalendar => {
  const lines = unfolded(text);
  if (lines[0]?.text.toUpperCase() !== 'BEGIN:VCALENDAR') return { kind: 'no-calendar', why: 'not-a-calendar' };
  const zones: Block[] = [];
  const events: Block[] = [];
  const open: string[] = [];
  let block: { readonly line: number; readonly texts: string[] } = { line: 0, texts: [] };
  for (const { number, text: line } of lines) {
    const [, edge, component = ''] = /^(BEGIN|END):(\S+)$/.exec(line.toUpperCase()) ?? [];
    if (edge === 'BEGIN') {
      open.push(component);
      if (open.length === 2) block = { line: number, texts: [line] };
      else if (open[1] === 'VTIMEZONE') block.texts.push(line);
      continue;
    }
    if (edge === 'END') {
      if (open.at(-1) !== component) return { kind: 'no-calendar', why: 'cut-short' };
      if (open.length === 2 || open[1] === 'VTIMEZONE') block.texts.push(line);
      open.pop();
      if (open.length !== 1) continue;
      const whole = { line: block.line, text: block.texts.join('\r\n') };
      if (component === 'VTIMEZONE') zones.push(whole);
      if (component === 'VEVENT') events.push(whole);
      if (events.length > mostEvents) return { kind: 'no-calendar', why: 'too-many-events' };
      continue;
    }
    if (open[1] === 'VTIMEZONE' || (open[1] === 'VEVENT' && open.length === 2 && wanted.has(nameOf(line)))) block.texts.push(line);
  }
  return open.length === 0 ? { kind: 'calendar', zones, events } : { kind: 'no-calendar', why: 'cut-short' };
};

/** Names of Windows, as Outlook writes them (CLDR, windowsZones): those of Europe and a few that travel. */
const ofWindows: Readonly<Record<string, string>> = {
  'GTB Standard Time': 'Europe/Bucharest',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'FLE Standard Time': 'Europe/Kiev',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'W. Europe Standard Time': 'Europe/Berlin',
  'Romance Standard Time': 'Europe/Paris',
  'GMT Standard Time': 'Europe/London',
  'Greenwich Standard Time': 'Atlantic/Reykjavik',
  'Turkey Standard Time': 'Europe/Istanbul',
  'Russian Standard Time': 'Europe/Moscow',
  'Israel Standard Time': 'Asia/Jerusalem',
  'Eastern Standard Time': 'America/New_York',
  'Central Standard Time': 'America/Chicago',
  'Pacific Standard Time': 'America/Los_Angeles',
};
const ofUtc = new Set(['UTC', 'Etc/UTC', 'GMT', 'Z', 'Coordinated Universal Time']);

const known = (name: string): ICAL.Component | undefined => {
  // the library says on standard output that it knows no such name
  const [block] = IANAZone.isValidZone(name) ? timeZoneBlock(name) : [];
  return block === undefined || block === '' ? undefined : ICAL.Component.fromString(block);
};

/** A rule of a zone names a day of the year. Any other would be computed for ever, or is none. */
const isYearly = (component: ICAL.Component): boolean =>
  [...component.getAllSubcomponents('standard'), ...component.getAllSubcomponents('daylight')].every((part) =>
    part.getAllProperties('rrule').every((rule) => /^FREQ=YEARLY\b/i.test(rule.toICALString().replace(/^RRULE:/i, ''))),
  );

const zoneOf = (component: ICAL.Component, tzid: string): ICAL.Timezone => new ICAL.Timezone({ component, tzid });

/** The zones that this calendar may name: its own, those of the tz database, those of Outlook. */
type TimeZones = {
  /** of times that name none: all here live by the clocks of Bucharest */
  readonly ours: ICAL.Timezone;
  named(tzid: string): ICAL.Timezone | undefined;
};

const timeZones = (blocks: readonly Block[]): TimeZones => {
  const found = new Map<string, ICAL.Timezone | undefined>();
  for (const { text } of blocks) {
    try {
      const component = ICAL.Component.fromString(text);
      const tzid = component.getFirstPropertyValue('tzid');
      if (typeof tzid === 'string' && isYearly(component)) found.set(tzid, zoneOf(component, tzid));
    } catch {
      // its events are told as ones in an unknown zone
    }
  }
  const own = known(ownZone);
  if (own === undefined) throw new Error(`no time zone block for ${ownZone}`);
  return {
    ours: zoneOf(own, ownZone),
    named: (tzid) => {
      if (!found.has(tzid)) {
        const component = known(ofWindows[tzid] ?? tzid);
        found.set(tzid, ofUtc.has(tzid) ? ICAL.Timezone.utcTimezone : component && zoneOf(component, tzid));
      }
      return found.get(tzid);
    },
  };
};

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
  const readable = <T>(line: number, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      unreadable.push({ line, why: error instanceof NotRead ? error.why : 'time' });
      return undefined;
    }
  };
  const events = calendar.events.flatMap((block) => readable(block.line, () => readEvent(block, zones)) ?? []);
  const overrides = new Map<string, Set<string>>();
  for (const { event, line } of events) {
    if (!event.isRecurrenceException()) continue;
    const of = overrides.get(event.uid) ?? new Set<string>();
    overrides.set(event.uid, of);
    const instead = readable(line, () => instantOf(event.recurrenceId, zones));
    if (instead !== undefined) of.add(instead);
  }
  const spans = new Map<string, Span>();
  for (const one of events) {
    if (!isBusy(one)) continue;
    for (const span of readable(one.line, () => occurrences(one, overrides.get(one.event.uid) ?? new Set(), zones, window)) ?? []) {
      if (span.from < span.to && span.to > window.from && span.from < window.to) spans.set(`${span.from}/${span.to}`, span);
    }
  }
  if (spans.size > mostSpans) return { kind: 'no-calendar', why: 'too-many-events' };
  const busy = [...spans.values()].toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return { kind: 'read', busy, events: calendar.events.length, unreadable: unreadable.toSorted((a, b) => a.line - b.line) };
};
