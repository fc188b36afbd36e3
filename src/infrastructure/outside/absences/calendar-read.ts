import type { Instant } from '../../../domain/kernel/fact';

/** `from` inclusive, `to` exclusive. */
export type Span = { readonly from: Instant; readonly to: Instant };

/**
 * `time`: none, or none that is one; `zone`: an unknown time zone; `rule`: one that we do not compute; `too-many`: it fills the window
 * without end.
 */
export type WhyNotRead = 'time' | 'zone' | 'rule' | 'too-many';
/** Where an event begins in the file, counted from 1; never what it is called. */
export type EventNotRead = { readonly line: number; readonly why: WhyNotRead };
export type BusyTimes = {
  readonly kind: 'read';
  readonly busy: readonly Span[];
  /** how many events the calendar has, of any kind */
  readonly events: number;
  readonly unreadable: readonly EventNotRead[];
};

/**
 * `not-a-calendar`: a page of HTML, say. `cut-short`: it ends before its end, and the rest is not known. `too-hard`: it took more time or
 * memory than any calendar needs.
 */
export type NoCalendar = {
  readonly kind: 'no-calendar';
  readonly why: 'not-a-calendar' | 'cut-short' | 'too-many-events' | 'too-hard';
};
export type CalendarRead = BusyTimes | NoCalendar;

/** Why a calendar changed nothing. `empty`: it had events once and has none at all now, which is more often a fault than a free life. */
export type WhyNothing =
  NoCalendar['why'] | 'empty' | 'too-large' | 'not-reached' | 'no-answer' | 'answered-otherwise' | 'address-not-allowed' | 'address-lost';

/** How it stands with one calendar of a person. Times and counts; nothing of what is in it. */
export type CalendarStatus = {
  /** when it was last read to its end, and what that changed */
  readonly read?: {
    readonly at: Instant;
    readonly recorded: number;
    readonly withdrawn: number;
    readonly unchanged: number;
    readonly kept: number;
    readonly unreadable: readonly EventNotRead[];
  };
  /** since it was last read: how often it could not be, since when, and why the last time */
  readonly failed?: { readonly times: number; readonly since: Instant; readonly last: Instant; readonly why: WhyNothing };
};
