import { type Aggregate, fold, unreachable } from '../kernel/decider';
import type { CivilDate, Instant } from '../kernel/fact';
import { civilDate, type FactOf, type FactsOf, factShape, instant, text } from '../kernel/shape';
import { holidayRulesVersion } from './public-holidays';

const declared = { date: civilDate, decision: text, declaredAt: instant };

/** Days that differ from the law. */
export const calendarFactShapes = {
  BridgeDayDeclared: factShape('A16', 'A day is free for public staff, by this decision.', declared),
  WorkingDayDeclared: factShape('A16', 'A Saturday, Sunday or holiday is worked, by this decision.', declared),
  DayRestored: factShape('A16', 'The day is again what the law says.', { date: civilDate, restoredAt: instant }),
};

type Of<Type extends keyof typeof calendarFactShapes> = FactOf<typeof calendarFactShapes, Type>;
export type BridgeDayDeclared = Of<'BridgeDayDeclared'>;
export type WorkingDayDeclared = Of<'WorkingDayDeclared'>;
export type DayRestored = Of<'DayRestored'>;
export type CalendarFact = FactsOf<typeof calendarFactShapes>;

export const calendarStream = 'calendar-ro';

/** What a dated decision made of a day, against the rules. */
export type CalendarDecision = { readonly kind: 'bridge-day' | 'working-day'; readonly decision: string };

export type CalendarState = {
  /** the decisions in force, by date */
  readonly decisions: Readonly<Record<CivilDate, CalendarDecision>>;
  /** how many decisions were ever entered, withdrawals included: rises with every change */
  readonly revision: number;
};

const withDecision = (state: CalendarState, date: CivilDate, decision: CalendarDecision): CalendarState => ({
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
        return { decisions: Object.fromEntries(kept), revision: state.revision + 1 };
      }
      default:
        return unreachable(state, fact);
    }
  },
};

const enteredAt = (fact: CalendarFact): Instant => (fact.type === 'DayRestored' ? fact.data.restoredAt : fact.data.declaredAt);

/** The calendar in force at an instant: what was entered at or before it. */
export const calendarAt = (facts: Iterable<CalendarFact>, at: Instant): CalendarState =>
  fold(
    workingCalendar,
    [...facts].filter((fact) => enteredAt(fact) <= at),
  );

/** Names rules and decisions together, `ro-2024.1+3`: equal versions of one installation are equal calendars. */
export const calendarVersion = ({ revision }: CalendarState): string => `${holidayRulesVersion}+${revision}`;
