import type { Mode } from '../../../domain/ticket/facts';
import { demoStaff } from './cast';

/** What became of a ticket of the months before. None of it breaks the procedure: those that do are in the week that is told. */
export type EarlierOutcome = 'resolved' | 'waived' | 'citizen-absent' | 'moved-by-citizen' | 'moved-by-staff' | 'cancelled';

/** A ticket of the months before the week that is told: there is one, so that figures have weeks to show. */
export type EarlierTicket = {
  readonly name: string;
  readonly subject: string;
  readonly staffId: string;
  readonly mode: Mode;
  /** working days from today, as in the week that is told */
  readonly day: number;
  readonly time: string;
  readonly outcome: EarlierOutcome;
  readonly email: boolean;
  /** from the end of the meeting to the resolution */
  readonly delayMinutes: number;
  /** those booked on one evening, three working days before the first of them meets */
  readonly evening: number;
};

const firstNames = ['Adina', 'Barna', 'Călin', 'Daria', 'Eszter', 'Florin', 'Iulia', 'Lóránt', 'Mihnea', 'Ruxandra', 'Șerban'];
const surnames = ['Aldea', 'Bíró', 'Cătană', 'Dobrescu', 'Fülöp', 'Ghibu', 'Iacob', 'Lazăr', 'Moțoc', 'Puiu', 'Rațiu', 'Stanciu', 'Țone'];
const subjects = ['Certificat de urbanism', 'Reducere impozit clădire', 'Autorizație de construire', 'Aviz de oportunitate'];
const times = ['09:00', '10:30', '11:15', '12:30', '13:00'];
const modes: readonly Mode[] = ['online', 'phone', 'online', 'in-person', 'online'];
const rare: Readonly<Record<number, EarlierOutcome>> = {
  4: 'moved-by-citizen',
  9: 'citizen-absent',
  15: 'waived',
  18: 'cancelled',
  23: 'moved-by-staff',
  31: 'citizen-absent',
};

const staffIds = demoStaff.map(({ staffId }) => staffId);

const weeks = 10;
/** The week that is told has the five working days before today. */
const latestDay = -6;
const daysAWeek = 5;

const nth = <T>(list: readonly T[], index: number, otherwise: T): T => list[index % list.length] ?? otherwise;

/**
 * More meetings, and quicker resolutions, the nearer the week is. They stand on a day or two of a week, at one hour of different people:
 * what happens at one instant is told at once.
 */
const daysOf = (week: number): readonly number[] => (week < 6 ? [1, 3] : [2]);
const ticketsADay = (week: number): number => (week < 2 ? 3 : 2);
const quickestMinutes = 18;
const slowerAWeek = 8;

const days = Array.from({ length: weeks }, (_, week) => week).flatMap((week) =>
  daysOf(week).flatMap((day) => Array.from({ length: ticketsADay(week) }, () => ({ week, day: latestDay - week * daysAWeek - day }))),
);

/** Some forty tickets over ten weeks, the newest first: the same in every demonstration. */
export const earlierTickets: readonly EarlierTicket[] = days.map(({ week, day }, index) => {
  const mode = nth(modes, index, 'online');
  return {
    name: `${nth(surnames, index, '')} ${nth(firstNames, index, '')}`,
    subject: nth(subjects, index, ''),
    staffId: nth(staffIds, index, ''),
    mode,
    day,
    time: nth(times, -day, ''),
    outcome: rare[index] === 'waived' && mode !== 'online' ? 'resolved' : (rare[index] ?? 'resolved'),
    email: mode !== 'in-person',
    delayMinutes: quickestMinutes + week * slowerAWeek + (-day % 3) * 7,
    evening: week,
  };
});
