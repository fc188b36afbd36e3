import { type Aggregate, fold, unreachable } from '../kernel/decider';
import type { CivilDate, Instant } from '../kernel/fact';
import { civilDate, type FactOf, type FactsOf, factShape, instant, optional, text } from '../kernel/shape';
import { holidayRulesVersion } from './public-holidays';

const ofPause = { pauseId: text, from: civilDate, to: civilDate, departmentCode: optional(text) };
const declared = { date: civilDate, decision: text, declaredAt: instant };

/** Days that differ from the law, and days on which the service takes no meetings. */
export const calendarFactShapes = {
  BridgeDayDeclared: factShape('A16', 'A day is free for public staff, by this decision.', declared),
  WorkingDayDeclared: factShape('A16', 'A Saturday, Sunday or holiday is worked, by this decision.', declared),
  DayRestored: factShape('A16', 'The day is again what the law says.', { date: civilDate, restoredAt: instant }),
  ServicePaused: factShape(
    'A16',
    'From day `from` to day `to`, both whole, no meeting is taken; of one department where `departmentCode` says so. Citizens read the text.',
    { ...ofPause, textRo: text, textEn: text, pausedAt: instant },
  ),
  ServiceResumed: factShape('A16', 'That pause is taken back: what of its days is still ahead can be had again.', {
    ...ofPause,
    resumedAt: instant,
  }),
};

type Of<Type extends keyof typeof calendarFactShapes> = FactOf<typeof calendarFactShapes, Type>;
export type BridgeDayDeclared = Of<'BridgeDayDeclared'>;
export type WorkingDayDeclared = Of<'WorkingDayDeclared'>;
export type DayRestored = Of<'DayRestored'>;
export type ServicePaused = Of<'ServicePaused'>;
export type ServiceResumed = Of<'ServiceResumed'>;
export type CalendarFact = FactsOf<typeof calendarFactShapes>;

export const calendarStream = 'calendar-ro';

/** What a dated decision made of a day, against the rules. */
export type CalendarDecision = { readonly kind: 'bridge-day' | 'working-day'; readonly decision: string };

/** Days on which no meeting is taken, both ends whole. `departmentCode` left out: in the whole service. */
export type Pause = Omit<ServicePaused['data'], 'pausedAt'>;

export type CalendarState = {
  /** the decisions in force, by date */
  readonly decisions: Readonly<Record<CivilDate, CalendarDecision>>;
  /** those not taken back, in the order in which they were entered; nothing where there never was one */
  readonly pauses?: readonly Pause[];
  /** how many decisions were ever entered, withdrawals included: rises with every change */
  readonly revision: number;
};

const withDecision = (state: CalendarState, date: CivilDate, decision: CalendarDecision): CalendarState => ({
  ...state,
  decisions: { ...state.decisions, [date]: decision },
  revision: state.revision + 1,
});

/** The working calendar of public staff: the law's holidays are computed, the government's decisions are facts. */
export const workingCalendar: Aggregate<CalendarState, CalendarFact> & { readonly category: 'calendar' } = {
  category: 'calendar',
  initial: { decisions: {}, revision: 0 },
  evolve: (state, fact) => {
    switch (fact.type) {
      case 'BridgeDayDeclared':
        return withDecision(state, fact.data.date, { kind: 'bridge-day', decision: fact.data.decision });
      case 'WorkingDayDeclared':
        return withDecision(state, fact.data.date, { kind: 'working-day', decision: fact.data.decision });
      case 'DayRestored': {
        const kept = Object.entries(state.decisions).filter(([date]) => date !== fact.data.date);
        return { ...state, decisions: Object.fromEntries(kept), revision: state.revision + 1 };
      }
      case 'ServicePaused': {
        const { pausedAt: _, ...pause } = fact.data;
        return { ...state, pauses: [...(state.pauses ?? []), pause], revision: state.revision + 1 };
      }
      case 'ServiceResumed': {
        const pauses = (state.pauses ?? []).filter(({ pauseId }) => pauseId !== fact.data.pauseId);
        return { ...state, pauses, revision: state.revision + 1 };
      }
      default:
        return unreachable(state, fact);
    }
  },
};

const enteredAt = (fact: CalendarFact): Instant => {
  switch (fact.type) {
    case 'DayRestored':
      return fact.data.restoredAt;
    case 'ServicePaused':
      return fact.data.pausedAt;
    case 'ServiceResumed':
      return fact.data.resumedAt;
    default:
      return fact.data.declaredAt;
  }
};

/** The calendar in force at an instant: what was entered at or before it. */
export const calendarAt = (facts: Iterable<CalendarFact>, at: Instant): CalendarState =>
  fold(
    workingCalendar,
    [...facts].filter((fact) => enteredAt(fact) <= at),
  );

/** Names rules and decisions together, `ro-2024.1+3`: equal versions of one installation are equal calendars. */
export const calendarVersion = ({ revision }: CalendarState): string => `${holidayRulesVersion}+${revision}`;
