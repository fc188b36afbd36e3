import type { NoCalendar } from './calendar-read';

/** One component of a calendar: the line on which it begins, and those of its properties that tell when somebody is busy. */
export type Block = { readonly line: number; readonly text: string };
export type CalendarText = { readonly kind: 'calendar'; readonly zones: readonly Block[]; readonly events: readonly Block[] };

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
export const calendarText = (text: string): CalendarText | NoCalendar => {
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
