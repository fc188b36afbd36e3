import type { Figures } from '../../../application/reports/counted-tickets';
import type { Locale } from '../../../domain/ticket/facts';
import { numberInWords } from '../../phrasing/words/dates';
import { absentIn, rescheduledIn } from './figures-of';
import { minutesShown, numberShown, percentOf, percentShown } from './shares';
import { sentences, type Sentences } from '../../phrasing/sentences';

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
  shown: (figures, locale) => percentShown(value(figures), locale),
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
  recordedShare: share('recordedShare', ({ recorded, heldOnline }) => percentOf(recorded, heldOnline)),
  delivered: count('delivered', ({ resolutionsDelivered }) => resolutionsDelivered),
  deliveredShare: share('deliveredShare', ({ resolutionsDelivered, held }) => percentOf(resolutionsDelivered, held)),
  median: {
    title: named('median'),
    fileTitle: named('medianMinutes'),
    shown: ({ medianResolutionMinutes }, locale) => minutesShown(medianResolutionMinutes, locale),
    value: ({ medianResolutionMinutes }) => medianResolutionMinutes,
  },
  absent: count('absent', absentIn),
  rescheduled: count('rescheduled', rescheduledIn),
  cancelled: count('cancelled', ({ cancelled }) => cancelled),
  days: {
    title: named('days'),
    fileTitle: named('days'),
    shown: (figures, locale) => numberShown(daysAhead(figures), locale),
    value: daysAhead,
  },
} as const satisfies Readonly<Record<string, Column>>;

/** Days from the request to the first hour, on average. */
export const averageDaysAhead = daysAhead;

export const meetingColumns: readonly Column[] = [columns.held, columns.online, columns.recorded];
export const delayColumns: readonly Column[] = [columns.held, columns.delivered, columns.median];
export const departmentColumns: readonly Column[] = [
  columns.tickets,
  columns.days,
  columns.held,
  columns.recordedShare,
  columns.deliveredShare,
  columns.median,
  columns.absent,
  columns.rescheduled,
  columns.cancelled,
];
