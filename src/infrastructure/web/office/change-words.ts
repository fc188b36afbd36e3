import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';
import type { WallFault } from './wall-time';

type ChangeWords = {
  readonly back: string;
  readonly faulty: string;
  readonly absence: string;
  readonly absenceLead: string;
  readonly of: string;
  readonly from: string;
  readonly to: string;
  readonly date: string;
  readonly time: string;
  readonly fromTimeHint: string;
  readonly toTimeHint: string;
  readonly check: string;
  readonly checkAbsence: string;
  readonly when: string;
  readonly change: string;
  readonly changeWhen: string;
  readonly changeDay: string;
  readonly repeated: string;
  readonly already: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly reasonMissing: string;
  readonly record: string;
  readonly cancel: string;
  readonly fallsIn: Forms;
  readonly own: Forms;
  readonly others: Forms;
  readonly noneFalls: string;
  readonly meetings: string;
  readonly ticket: string;
  readonly hours: string;
  readonly hoursLead: string;
  readonly hoursFrom: string;
  readonly hoursFromHint: string;
  readonly hoursDay: string;
  readonly hoursDayHint: string;
  readonly hoursUnread: string;
  readonly checkHours: string;
  readonly set: string;
  readonly fallsOut: Forms;
  readonly noneOut: string;
  readonly faults: Readonly<Record<WallFault, string>>;
};

/** Changing one's own time: what is asked, and what stands before it is confirmed. */
export const changeWords: Words<ChangeWords> = {
  ro: {
    back: 'Program și absențe',
    faulty: 'Mai este ceva de corectat',
    absence: 'Adaugă o absență',
    absenceLead: 'Întâi perioada. Înainte de a confirma vedeți ce întâlniri cad în ea.',
    of: 'A cui',
    from: 'De la',
    to: 'Până la',
    date: 'Data',
    time: 'Ora',
    fromTimeHint: 'Goală: de la începutul zilei.',
    toTimeHint: 'Goală: până la sfârșitul zilei.',
    check: 'Continuă',
    checkAbsence: 'Verificați absența',
    when: 'Perioada',
    change: 'Schimbă',
    changeWhen: 'perioada',
    changeDay: 'programul și prima lui zi',
    repeated: 'În noaptea aceea ora se repetă (trecerea la ora de iarnă). Începutul este luat la prima trecere, sfârșitul la a doua.',
    already: 'În această perioadă este deja înregistrată o absență:',
    reason: 'Motivul',
    reasonHint: 'Se păstrează sigilat. Îl vede numai cine poate schimba acest program; cetățenii nu.',
    reasonMissing: 'Scrieți motivul absenței.',
    record: 'Înregistrează absența',
    cancel: 'Renunță',
    fallsIn: {
      one: 'O întâlnire cade în această absență;',
      few: '# întâlniri cad în această absență;',
      other: '# de întâlniri cad în această absență;',
    },
    own: {
      one: 'veți primi o sarcină de reprogramare.',
      few: 'veți primi câte o sarcină de reprogramare.',
      other: 'veți primi câte o sarcină de reprogramare.',
    },
    others: {
      one: 'apare o sarcină de reprogramare.',
      few: 'apare câte o sarcină de reprogramare.',
      other: 'apare câte o sarcină de reprogramare.',
    },
    noneFalls: 'Nicio întâlnire programată nu cade în această absență.',
    meetings: 'Întâlnirile în cauză',
    ticket: 'Tichetul',
    hours: 'Schimbă programul',
    hoursLead:
      'Săptămâna de mai jos ține locul celei dinainte, din ziua pe care o alegeți. Înainte de a confirma vedeți ce întâlniri rămân în afara ei.',
    hoursFrom: 'Din ziua de',
    hoursFromHint: 'Prima zi în care ține noul program.',
    hoursDay: 'Orele fiecărei zile',
    hoursDayHint: 'De exemplu 08:00–12:00, 13:00–16:00, din sfert în sfert de oră. Gol: în ziua aceea nu se lucrează.',
    hoursUnread: 'scrieți orele ca 08:00–16:00, cu virgulă între intervale.',
    checkHours: 'Verificați programul',
    set: 'Schimbă programul',
    fallsOut: {
      one: 'O întâlnire rămâne în afara acestui program;',
      few: '# întâlniri rămân în afara acestui program;',
      other: '# de întâlniri rămân în afara acestui program;',
    },
    noneOut: 'Nicio întâlnire programată nu rămâne în afara acestui program.',
    faults: {
      'date-missing': 'alegeți data.',
      'date-wrong': 'data nu există în calendar; scrieți-o ca 15.3.2027.',
      'time-wrong': 'scrieți ora ca 08:30.',
      'time-skipped': 'ora aceasta nu există în ziua aleasă: ceasul sare peste ea (trecerea la ora de vară).',
    },
  },
  en: {
    back: 'Hours and absences',
    faulty: 'Something is still to be corrected',
    absence: 'Add an absence',
    absenceLead: 'First when. Before you confirm you see which meetings fall into it.',
    of: 'Whose',
    from: 'From',
    to: 'To',
    date: 'Date',
    time: 'Time',
    fromTimeHint: 'Empty: from the beginning of the day.',
    toTimeHint: 'Empty: to the end of the day.',
    check: 'Continue',
    checkAbsence: 'Check the absence',
    when: 'When',
    change: 'Change',
    changeWhen: 'when',
    changeDay: 'the hours and their first day',
    repeated:
      'That night the hour is repeated (the change to winter time). The beginning is taken at its first passing, the end at its second.',
    already: 'An absence is recorded in this time already:',
    reason: 'Reason',
    reasonHint: 'It is kept sealed. Only those who may change these hours see it; citizens do not.',
    reasonMissing: 'Write the reason of the absence.',
    record: 'Record the absence',
    cancel: 'Cancel',
    fallsIn: { one: '# meeting falls into this absence;', other: '# meetings fall into this absence;' },
    own: { one: 'you will get a task to reschedule it.', other: 'you will get a task to reschedule each of them.' },
    others: { one: 'a task to reschedule it appears.', other: 'a task to reschedule each of them appears.' },
    noneFalls: 'No booked meeting falls into this absence.',
    meetings: 'The meetings concerned',
    ticket: 'Ticket',
    hours: 'Change the hours',
    hoursLead:
      'The week below takes the place of the one before, from the day that you choose. Before you confirm you see which meetings are left outside it.',
    hoursFrom: 'From the day of',
    hoursFromHint: 'The first day on which the new hours hold.',
    hoursDay: 'Hours of each day',
    hoursDayHint: 'For example 08:00–12:00, 13:00–16:00, in quarters of an hour. Empty: that day is not worked.',
    hoursUnread: 'write the hours as 08:00–16:00, with a comma between stretches.',
    checkHours: 'Check the hours',
    set: 'Change the hours',
    fallsOut: { one: '# meeting is left outside these hours;', other: '# meetings are left outside these hours;' },
    noneOut: 'No booked meeting is left outside these hours.',
    faults: {
      'date-missing': 'choose the date.',
      'date-wrong': 'there is no such date in the calendar; write it as 15.3.2027.',
      'time-wrong': 'write the time as 08:30.',
      'time-skipped': 'this time does not exist on the chosen day: the clocks skip it (the change to summer time).',
    },
  },
};
