import type { Words } from '../../phrasing/words/both';
import type { DayShown } from './days-of-year';

export const dayNames: Words<Readonly<Record<DayShown['kind'], string>>> = {
  ro: { holiday: 'sărbătoare legală', 'bridge-day': 'zi liberă', 'working-day': 'zi lucrătoare' },
  en: { holiday: 'public holiday', 'bridge-day': 'day off', 'working-day': 'working day' },
};

type CalendarWords = {
  readonly back: string;
  readonly title: (year: number) => string;
  readonly lead: string;
  readonly years: string;
  readonly daysTitle: string;
  readonly restore: string;
  readonly declareTitle: string;
  readonly declareLead: string;
  readonly labels: Readonly<Record<'date' | 'kind' | 'decision', string>>;
  readonly kinds: Readonly<Record<'bridge-day' | 'working-day', string>>;
  readonly kindHints: Readonly<Record<'bridge-day' | 'working-day', string>>;
  readonly kindMissing: string;
  readonly decisionHint: string;
  readonly declare: string;
  readonly summary: string;
  readonly done: Readonly<Record<'declarata' | 'revenita', string>>;
};

export const calendarWords: Words<CalendarWords> = {
  ro: {
    back: 'Administrare',
    title: (year) => `Zile libere și lucrătoare în ${year}`,
    lead: 'Sărbătorile legale se socotesc singure (Codul muncii, art. 139). Hotărârile Guvernului se trec aici.',
    years: 'Alt an',
    daysTitle: 'Zilele anului',
    restore: 'Revino la lege',
    declareTitle: 'Trece o hotărâre',
    declareLead: 'Programările care stau într-o zi declarată liberă nu dispar: devin sarcini ale funcționarilor.',
    labels: { date: 'Ziua', kind: 'Ce devine', decision: 'Hotărârea' },
    kinds: { 'bridge-day': 'Zi liberă', 'working-day': 'Zi lucrătoare' },
    kindHints: {
      'bridge-day': 'O zi lucrătoare, liberă pentru funcționarii publici.',
      'working-day': 'O sâmbătă, o duminică sau o sărbătoare în care se lucrează.',
    },
    kindMissing: 'Alegeți ce devine ziua.',
    decisionHint: 'Cum se citează, de exemplu H.G. nr. 1234/2026.',
    declare: 'Declară ziua',
    summary: 'Ziua nu a fost declarată',
    done: { declarata: 'Ziua a fost declarată.', revenita: 'Ziua este din nou ce spune legea.' },
  },
  en: {
    back: 'Administration',
    title: (year) => `Days off and working days in ${year}`,
    lead: 'Public holidays are computed (Labour Code, art. 139). Decisions of the Government are entered here.',
    years: 'Another year',
    daysTitle: 'The days of the year',
    restore: 'Back to the law',
    declareTitle: 'Enter a decision',
    declareLead: 'Appointments on a day declared free do not vanish: they become tasks of the civil servants.',
    labels: { date: 'Day', kind: 'What it becomes', decision: 'Decision' },
    kinds: { 'bridge-day': 'Day off', 'working-day': 'Working day' },
    kindHints: { 'bridge-day': 'A working day, free for public staff.', 'working-day': 'A Saturday, Sunday or holiday that is worked.' },
    kindMissing: 'Choose what the day becomes.',
    decisionHint: 'As it is cited, for example H.G. nr. 1234/2026.',
    declare: 'Declare the day',
    summary: 'The day was not declared',
    done: { declarata: 'The day was declared.', revenita: 'The day is again what the law says.' },
  },
};
