import type { Figures } from '../../../application/reports/counted-tickets';
import type { Locale } from '../../../domain/ticket/facts';
import { sentences, type Sentences } from '../../phrasing/sentences';
import { numberInWords } from '../../phrasing/words/dates';

/** The citizen (A22) or the civil servant (A23) was expected and did not come. */
export const absentIn = ({ citizenAbsent, staffAbsent }: Figures): number => citizenAbsent + staffAbsent;
/** Hours at which the citizen or the civil servant came: each was held, or one of the two was absent. */
export const hoursComeIn = (figures: Figures): number => figures.held + absentIn(figures);
/** A13: held online, and no recording of it, for any reason. */
export const unrecordedIn = ({ heldOnline, recorded }: Figures): number => Math.max(0, heldOnline - recorded);
/** Of those, the ones that may still come: no official has said yet that there is none, or why (A13, within 48 hours). */
export const recordingAwaitedIn = (figures: Figures): number =>
  Math.max(0, unrecordedIn(figures) - figures.recordingMissing - figures.recordingWaived);
const rescheduledIn = ({ rescheduledByCitizen, rescheduledByStaff }: Figures): number => rescheduledByCitizen + rescheduledByStaff;

/** Where there is nothing to divide by, or nothing to take the middle of. */
export const nothing = '–';
const space = '\u00a0';

const tenths = (value: number): number => Math.round(value * 10) / 10;

/**
 * A part in percent of the whole, one decimal at most; `undefined` of nothing. One that misses the whole by little is not rounded up to
 * a hundred, nor a small one down to zero: a figure does not hide the last case.
 */
export const percentOf = (part: number, whole: number): number | undefined => {
  if (whole === 0) return undefined;
  // whole numbers as long as can be: 201 of 400 lies half-way, and is no fraction of a computer
  const percent = Math.round((part * 1000) / whole) / 10;
  if (part < whole && percent >= 100) return 99.9;
  return part > 0 && percent === 0 ? 0.1 : percent;
};

/** `98,4 %` */
export const percentView = (percent: number | undefined, locale: Locale): string =>
  percent === undefined ? nothing : `${numberInWords(percent, locale)}${space}%`;

/** `31,5` minutes, without the word */
export const numberView = (value: number | null, locale: Locale): string => (value === null ? nothing : numberInWords(value, locale));

const minutesAnHour = 60;

/** `22 min`, and from two hours on `2 h` and `3 h 05 min`: 1.140 minutes are hard to read. */
export const minutesView = (minutes: number | null, locale: Locale): string => {
  if (minutes === null) return nothing;
  if (minutes < 2 * minutesAnHour) return `${numberInWords(minutes, locale)}${space}min`;
  const whole = Math.round(minutes);
  const hours = `${numberInWords(Math.floor(whole / minutesAnHour), locale)}${space}h`;
  const rest = whole % minutesAnHour;
  return rest === 0 ? hours : `${hours}${space}${String(rest).padStart(2, '0')}${space}min`;
};

/** How far apart two shares are, in points of a percent. */
export const pointsBetween = (before: number, now: number): number => tenths(now - before);

type ColumnName = keyof Sentences['figures']['columns'];

/** A number of a table, as people read it and as a spreadsheet does. */
export type Column = {
  readonly title: (locale: Locale) => string;
  /** in files: with its unit, since cells hold bare numbers */
  readonly fileTitle: (locale: Locale) => string;
  readonly shown: (figures: Figures, locale: Locale) => string;
  readonly value: (figures: Figures) => number | null;
};

const named =
  (name: ColumnName) =>
  (locale: Locale): string =>
    sentences[locale].figures.columns[name];

const count = (name: ColumnName, value: (figures: Figures) => number): Column => ({
  title: named(name),
  fileTitle: named(name),
  shown: (figures, locale) => numberInWords(value(figures), locale),
  value,
});

const share = (name: ColumnName, value: (figures: Figures) => number | undefined): Column => ({
  title: named(name),
  fileTitle: (locale) => `${named(name)(locale)} (%)`,
  shown: (figures, locale) => percentView(value(figures), locale),
  value: (figures) => value(figures) ?? null,
});

const hoursADay = 24;
const daysAhead = ({ averageLeadHours }: Figures): number | null =>
  averageLeadHours === null ? null : Math.round((averageLeadHours / hoursADay) * 10) / 10;

const columns = {
  tickets: count('tickets', ({ tickets }) => tickets),
  held: count('held', ({ held }) => held),
  online: count('online', ({ heldOnline }) => heldOnline),
  recorded: count('recorded', ({ recorded }) => recorded),
  recordedDeclared: count('recordedDeclared', ({ recordedDeclared }) => recordedDeclared),
  recordedShare: share('recordedShare', ({ recorded, heldOnline }) => percentOf(recorded, heldOnline)),
  delivered: count('delivered', ({ resolutionsDelivered }) => resolutionsDelivered),
  deliveredDeclared: count('deliveredDeclared', ({ resolutionsDeclared }) => resolutionsDeclared),
  deliveredShare: share('deliveredShare', ({ resolutionsDelivered, held }) => percentOf(resolutionsDelivered, held)),
  median: {
    title: named('median'),
    fileTitle: named('medianMinutes'),
    shown: ({ medianResolutionMinutes }, locale) => minutesView(medianResolutionMinutes, locale),
    value: ({ medianResolutionMinutes }) => medianResolutionMinutes,
  },
  absent: count('absent', absentIn),
  rescheduled: count('rescheduled', rescheduledIn),
  cancelled: count('cancelled', ({ cancelled }) => cancelled),
  days: {
    title: named('days'),
    fileTitle: named('days'),
    shown: (figures, locale) => numberView(daysAhead(figures), locale),
    value: daysAhead,
  },
} as const satisfies Readonly<Record<string, Column>>;

/** Days from the request to the first hour, on average. */
export const averageDaysAhead = daysAhead;

export const meetingColumns: readonly Column[] = [columns.held, columns.online, columns.recorded, columns.recordedDeclared];
export const delayColumns: readonly Column[] = [columns.held, columns.delivered, columns.deliveredDeclared, columns.median];
export const departmentColumns: readonly Column[] = [
  columns.tickets,
  columns.days,
  columns.held,
  columns.recordedShare,
  columns.recordedDeclared,
  columns.deliveredShare,
  columns.median,
  columns.absent,
  columns.rescheduled,
  columns.cancelled,
];
