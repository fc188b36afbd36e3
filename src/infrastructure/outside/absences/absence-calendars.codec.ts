import type { CalendarRead, CalendarStanding, Span } from './calendar-read';

// Between threads of one build, and in rows of ours: the shapes are ours too.
export type CalendarToRead = { readonly text: string; readonly window: Span };
export const calendarToRead = (asked: CalendarToRead): unknown => asked;
export const calendarToReadOf = (data: unknown): CalendarToRead => data as CalendarToRead;
export const calendarReadOf = (message: unknown): CalendarRead => message as CalendarRead;

export const standingText = (standing: CalendarStanding): string => JSON.stringify(standing);
export const standingOf = (text: string): CalendarStanding => JSON.parse(text) as CalendarStanding;
