import type { DayAvailability } from '../../../domain/agenda/free-slots';
import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';

type HourWords = {
  readonly first: string;
  readonly takeFirst: string;
  readonly week: string;
  readonly days: string;
  readonly fortyEight: string;
  readonly next: string;
  readonly previous: string;
  readonly free: Forms;
  readonly freeOfDay: Forms;
  readonly zone: string;
  readonly morning: string;
  readonly afternoon: string;
  readonly hour: string;
  readonly noneThatDay: string;
  readonly noneThatWeek: string;
  readonly noneAtAll: string;
  readonly toFirst: string;
  readonly nearest: string;
  readonly choose: string;
  readonly chosen: string;
  readonly past: string;
  readonly closed: Readonly<Record<NonNullable<DayAvailability['closed']>, string>>;
  /** a whole sentence where the day's hours would stand */
  readonly why: Readonly<Record<NonNullable<DayAvailability['closed']>, string>>;
};

/** Art. 3 c, Art. 4. */
export const hourWords: Words<HourWords> = {
  ro: {
    first: 'Prima oră liberă',
    takeFirst: 'Aleg această oră',
    week: 'Săptămâna',
    days: 'Zilele săptămânii',
    fortyEight: 'Programările se fac cu cel puțin 48 de ore înainte.',
    next: 'Săptămâna următoare',
    previous: 'Săptămâna anterioară',
    free: { one: '# liber', few: '# libere', other: '# libere' },
    freeOfDay: { one: 'Un interval liber.', few: '# intervale libere.', other: '# de intervale libere.' },
    zone: 'Orele sunt în ora României.',
    morning: 'Dimineața',
    afternoon: 'După-amiaza',
    hour: 'ora',
    noneThatDay: 'Nu sunt ore libere în această zi.',
    noneThatWeek: 'Nu sunt ore libere în această săptămână. Alegeți altă săptămână.',
    noneAtAll:
      'Nu este nicio oră liberă în următoarele două luni. Încercați din nou mâine: orele anulate redevin libere. Puteți întreba și la Centrul de informare pentru cetățeni.',
    toFirst: 'Mergeți la prima zi cu ore libere',
    nearest: 'Ore libere apropiate',
    choose: 'Alegeți o oră pentru întâlnire',
    chosen: 'aleasă',
    past: 'a trecut',
    closed: {
      'under-48-hours': 'sub 48 h',
      holiday: 'sărbătoare',
      'bridge-day': 'zi liberă',
      weekend: 'weekend',
      absent: 'absent',
      full: 'ocupat',
      'outside-hours': 'fără program',
      'beyond-horizon': 'prea departe',
    },
    why: {
      'under-48-hours': 'Este prea devreme: între solicitare și întâlnire trec cel puțin 48 de ore (Art. 4).',
      holiday: 'Este sărbătoare legală.',
      'bridge-day': 'Este zi liberă stabilită de Guvern.',
      weekend: 'Este sfârșit de săptămână.',
      absent: 'Funcționarul lipsește în această zi.',
      full: 'Toate orele acestei zile sunt ocupate.',
      'outside-hours': 'Funcționarul nu are program în această zi.',
      'beyond-horizon': 'Ziua este prea departe: încă nu se fac programări pentru ea.',
    },
  },
  en: {
    first: 'First free time',
    takeFirst: 'Take this time',
    week: 'Week',
    days: 'Days of the week',
    fortyEight: 'Appointments are made at least 48 hours ahead.',
    next: 'Next week',
    previous: 'Previous week',
    free: { one: '# time', other: '# times' },
    freeOfDay: { one: 'One free time.', other: '# free times.' },
    zone: 'Times are in Romanian time.',
    morning: 'Morning',
    afternoon: 'Afternoon',
    hour: 'at',
    noneThatDay: 'There are no free times on this day.',
    noneThatWeek: 'There are no free times in this week. Choose another week.',
    noneAtAll:
      'There is no free time in the next two months. Try again tomorrow: cancelled times become free again. You can also ask at the citizen information centre.',
    toFirst: 'Go to the first day with free times',
    nearest: 'Free times nearby',
    choose: 'Choose a time for the meeting',
    chosen: 'chosen',
    past: 'past',
    closed: {
      'under-48-hours': 'under 48 h',
      holiday: 'holiday',
      'bridge-day': 'day off',
      weekend: 'weekend',
      absent: 'away',
      full: 'full',
      'outside-hours': 'no hours',
      'beyond-horizon': 'too far',
    },
    why: {
      'under-48-hours': 'It is too soon: at least 48 hours pass between asking and the meeting (Art. 4).',
      holiday: 'It is a public holiday.',
      'bridge-day': 'It is a day off decided by the Government.',
      weekend: 'It is a weekend.',
      absent: 'The civil servant is away on this day.',
      full: 'All times of this day are taken.',
      'outside-hours': 'The civil servant has no hours on this day.',
      'beyond-horizon': 'The day is too far ahead: it cannot be booked yet.',
    },
  },
};
