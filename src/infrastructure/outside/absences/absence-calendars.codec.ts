import type { CalendarRead, CalendarStatus, Span } from './calendar-read';

// Between threads of one build, and in rows of ours: the shapes are ours too.
export type CalendarToRead = { readonly text: string; readonly window: Span };
export const calendarToRead = (asked: CalendarToRead): unknown => asked;
export const calendarToReadOf = (data: unknown): CalendarToRead => data as CalendarToRead;
export const calendarReadOf = (message: unknown): CalendarRead => message as CalendarRead;

export const calendarStatusText = (standing: CalendarStatus): string => JSON.stringify(standing);
export const statusOf = (text: string): CalendarStatus => JSON.parse(text) as CalendarStatus;
