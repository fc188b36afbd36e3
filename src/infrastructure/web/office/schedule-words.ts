import type { Weekday } from '../../../domain/staff/facts';
import type { Mode } from '../../../domain/ticket/facts';
import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';

type ScheduleWords = {
  readonly title: string;
  readonly titleOf: string;
  readonly lead: string;
  readonly whose: string;
  readonly hours: string;
  readonly usual: string;
  readonly since: string;
  readonly coming: string;
  readonly changeHours: string;
  readonly notWorked: string;
  readonly left: string;
  readonly absences: string;
  readonly noAbsences: string;
  readonly addAbsence: string;
  readonly fromCalendar: string;
  readonly withdraw: string;
  readonly past: string;
  readonly pastLeft: Forms;
  readonly reason: string;
  readonly days: Readonly<Record<Weekday, string>>;
  readonly modes: Readonly<Record<Mode, string>>;
  readonly done: Readonly<Record<'absenta' | 'retrasa' | 'program', string>>;
  readonly tasks: string;
};

/** Own hours and absences, as they stand. */
export const scheduleWords: Words<ScheduleWords> = {
  ro: {
    title: 'Program și absențe',
    titleOf: 'Program și absențe:',
    lead: 'La orele de aici se oferă întâlniri. Sărbătorile și zilele libere se scad de la sine. Toate orele sunt ale României.',
    whose: 'Programul cui',
    hours: 'Programul săptămânal',
    usual: 'Programul obișnuit al Primăriei.',
    since: 'În vigoare din',
    coming: 'Din',
    changeHours: 'Schimbă programul',
    notWorked: 'nu lucrează',
    left: 'Nu mai lucrează aici din',
    absences: 'Absențe',
    noAbsences: 'Nicio absență în curs sau viitoare.',
    addAbsence: 'Adaugă o absență',
    fromCalendar: 'Ia absențele din calendarul propriu',
    withdraw: 'Retrage absența',
    past: 'Absențe trecute',
    pastLeft: { one: 'Încă una, mai veche.', few: 'Încă #, mai vechi.', other: 'Încă # de absențe mai vechi.' },
    reason: 'Motivul',
    days: { mon: 'Luni', tue: 'Marți', wed: 'Miercuri', thu: 'Joi', fri: 'Vineri', sat: 'Sâmbătă', sun: 'Duminică' },
    modes: { online: 'online', phone: 'la telefon', 'in-person': 'la sediu' },
    done: {
      absenta:
        'Absența este înregistrată: orele ei nu se mai oferă. Pentru fiecare întâlnire care cade în ea apare, în câteva clipe, o sarcină de reprogramare.',
      retrasa: 'Absența este retrasă: orele ei se oferă din nou, iar sarcinile de reprogramare pe care le-a adus se închid.',
      program:
        'Programul este schimbat. Pentru fiecare întâlnire care rămâne în afara lui apare, în câteva clipe, o sarcină de reprogramare.',
    },
    tasks: 'Vezi sarcinile',
  },
  en: {
    title: 'Hours and absences',
    titleOf: 'Hours and absences:',
    lead: 'Meetings are offered within these hours. Public holidays and days off are taken out by themselves. All times are Romania’s.',
    whose: 'Whose hours',
    hours: 'Weekly hours',
    usual: 'The usual hours of City Hall.',
    since: 'In force from',
    coming: 'From',
    changeHours: 'Change the hours',
    notWorked: 'not worked',
    left: 'No longer here from',
    absences: 'Absences',
    noAbsences: 'No absence now or ahead.',
    addAbsence: 'Add an absence',
    fromCalendar: 'Take absences from one’s own calendar',
    withdraw: 'Withdraw the absence',
    past: 'Past absences',
    pastLeft: { one: '# older one.', other: '# older ones.' },
    reason: 'Reason',
    days: { mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday', sun: 'Sunday' },
    modes: { online: 'online', phone: 'by phone', 'in-person': 'in person' },
    done: {
      absenta:
        'The absence is recorded: its hours are no longer offered. For every meeting that falls into it a task to reschedule appears within moments.',
      retrasa: 'The absence is withdrawn: its hours are offered again, and the tasks to reschedule that it brought are closed.',
      program: 'The hours are changed. For every meeting left outside them a task to reschedule appears within moments.',
    },
    tasks: 'See the tasks',
  },
};
