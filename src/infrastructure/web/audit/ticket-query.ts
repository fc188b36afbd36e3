import { defined } from '../../../domain/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import type { HistoryStep } from '../../../domain/audit/history';
import { HttpProblem } from '../../api/problem/problem';
import { atLocal, isCivilDate, parseInstant, plusSeconds } from '../../../domain/time/civil-time';

/** What of a ticket's past is to be shown, as the address says it. */
export type TicketQuery = {
  /** the text of the moment, as it was typed */
  readonly typed: string;
  /** nothing recorded later is known; without it: now */
  readonly until?: Instant;
  /** a moment was typed that is none */
  readonly faulty: boolean;
  /** the step to look at, from 1 on */
  readonly step?: number;
  /** the event to look at, when its step is not known */
  readonly eventId?: string;
};

const wall = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::(\d{2})(?:\.\d{1,3})?)?$/;
const timeOfDay = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const aMillisecond = 0.001;

/**
 * The instant of a moment in Romania, taken to the end of what was written: of its minute, or of its second. Facts are shown to the
 * second, so whoever writes the second of a fact must see it. With an offset or `Z`, that very instant.
 */
export const momentTyped = (text: string): Instant | undefined => {
  const exact = parseInstant(text);
  if (exact !== undefined) return exact;
  const [, date = '', time = '', seconds] = wall.exec(text) ?? [];
  if (!isCivilDate(date) || !timeOfDay.test(time) || Number(seconds ?? 0) >= 60) return undefined;
  const start = plusSeconds(atLocal(date, time), Number(seconds ?? 0));
  return plusSeconds(start, (seconds === undefined ? 60 : 1) - aMillisecond);
};

const text = (query: Readonly<Record<string, unknown>>, name: string): string => {
  const value = query[name];
  return typeof value === 'string' ? value.trim() : '';
};

export const ticketQuery = (query: Readonly<Record<string, unknown>>): TicketQuery => {
  const [typed, step, eventId] = [text(query, 'la'), text(query, 'pas'), text(query, 'eveniment')];
  const until = momentTyped(typed);
  return {
    typed,
    faulty: typed !== '' && until === undefined,
    ...defined({ until }),
    ...(/^[1-9]\d{0,5}$/.test(step) ? { step: Number(step) } : {}),
    ...(eventId === '' ? {} : { eventId }),
  };
};

/** What is to be known of a file, as its address says it. @throws HttpProblem `invalid` for a moment that is none */
export const momentQuery = (query: Readonly<Record<string, unknown>>): { readonly asOf?: Instant } => {
  const { faulty, until } = ticketQuery(query);
  if (faulty) throw new HttpProblem({ code: 'invalid' });
  return defined({ asOf: until });
};

/** The same moment, in the address of a file. */
export const momentIn = ({ until, typed }: TicketQuery): string => (until === undefined ? '' : `?la=${encodeURIComponent(typed)}`);

/** The number of the step to show, from 1 on: the one that was asked for, as far as there are so many, else the last. */
export const stepNumber = (steps: readonly HistoryStep[], { step, eventId }: TicketQuery): number => {
  const named = eventId === undefined ? -1 : steps.findIndex((one) => one.eventId === eventId);
  return named >= 0 ? named + 1 : Math.min(step ?? steps.length, steps.length);
};

/** The address of one step of a ticket, of the past that is looked at; the place of the page where the step is told. */
export const stepPath = (ticketId: string, { typed, faulty }: Pick<TicketQuery, 'typed' | 'faulty'>, step: number): string =>
  `/audit/${ticketId}?pas=${step}${typed === '' || faulty ? '' : `&la=${encodeURIComponent(typed)}`}#pas`;
