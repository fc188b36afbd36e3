import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';

type CalendarWords = {
  readonly title: string;
  readonly titleOf: string;
  readonly back: string;
  readonly lead: string;
  readonly faulty: string;
  readonly fileTitle: string;
  readonly fileLead: string;
  readonly file: string;
  readonly fileHint: string;
  readonly send: string;
  readonly noFile: string;
  readonly addressTitle: string;
  readonly addressLead: string;
  readonly noAddresses: string;
  readonly address: string;
  readonly addressHint: string;
  readonly follow: string;
  readonly isFollowed: string;
  readonly notReadYet: string;
  readonly leave: string;
  readonly noAddress: string;
  readonly read: string;
  readonly recorded: Forms;
  readonly withdrawn: Forms;
  readonly unchanged: Forms;
  readonly kept: Forms;
  readonly notRead: string;
  readonly line: string;
  readonly failed: string;
  readonly done: Readonly<Record<'fisier' | 'adresa' | 'renuntat', string>>;
  readonly trouble: string;
  readonly look: string;
};

/** Absences out of one's own calendar. */
export const calendarWords: Words<CalendarWords> = {
  ro: {
    title: 'Absențe din calendarul propriu',
    titleOf: 'Absențe din calendar:',
    back: 'Program și absențe',
    lead: 'Timpul în care calendarul arată „ocupat” devine absență până la orizontul programărilor. Din calendar se păstrează numai orele: niciun titlu, niciun loc, niciun nume.',
    faulty: 'Calendarul nu a fost preluat',
    fileTitle: 'Un fișier',
    fileLead:
      'Fișierul trimis îl înlocuiește pe cel dinainte: ce nu mai este în el se retrage, dacă venise dintr-un fișier. Ce ați retras cu mâna rămâne retras.',
    file: 'Fișierul calendarului',
    fileHint: 'iCalendar (.ics), cel mult 5 MiB.',
    send: 'Trimite fișierul',
    noFile: 'Alegeți un fișier.',
    addressTitle: 'O adresă citită mereu',
    addressLead: 'Calendarul se citește la fiecare jumătate de oră. Adresa se păstrează sigilată și nu se mai arată nimănui.',
    noAddresses: 'În această instalare nu se citesc calendare la adrese; administratorul poate numi gazdele de la care se citesc.',
    address: 'Adresa privată a calendarului',
    addressHint: 'https:// sau webcal://, de la setările de partajare ale calendarului.',
    follow: 'Citește de aici',
    isFollowed: 'Un calendar este urmărit. O adresă nouă o înlocuiește pe cea de acum.',
    notReadYet: 'Nu a fost citit încă.',
    leave: 'Nu mai citi calendarul',
    noAddress: 'O adresă https:// sau webcal:// a unui calendar.',
    read: 'Citit ultima dată',
    recorded: { one: 'O absență nouă.', few: '# absențe noi.', other: '# de absențe noi.' },
    withdrawn: { one: 'O absență retrasă.', few: '# absențe retrase.', other: '# de absențe retrase.' },
    unchanged: { one: 'O absență neschimbată.', few: '# absențe neschimbate.', other: '# de absențe neschimbate.' },
    kept: {
      one: 'O absență păstrată, deși nu mai este în calendar: nu tot calendarul a putut fi citit.',
      few: '# absențe păstrate, deși nu mai sunt în calendar: nu tot calendarul a putut fi citit.',
      other: '# de absențe păstrate, deși nu mai sunt în calendar: nu tot calendarul a putut fi citit.',
    },
    notRead: 'Nu s-a putut citi',
    line: 'Linia',
    failed: 'Nu mai poate fi citit din',
    done: {
      fisier:
        'Fișierul a fost preluat. Pentru fiecare întâlnire care cade într-o absență nouă apare, în câteva clipe, o sarcină de reprogramare.',
      adresa: 'Adresa este păstrată; calendarul se citește în cel mult un minut.',
      renuntat: 'Calendarul nu mai este citit. Absențele care au venit din el rămân.',
    },
    trouble: 'De peste o zi nu mai poate fi citit calendarul din care vin absențele. Cele cunoscute rămân; cele noi lipsesc.',
    look: 'Vezi calendarul',
  },
  en: {
    title: 'Absences from one’s own calendar',
    titleOf: 'Absences from the calendar:',
    back: 'Hours and absences',
    lead: 'The time in which the calendar says “busy” becomes absence up to the booking horizon. Only the hours are kept: no title, no place, no name.',
    faulty: 'The calendar was not taken over',
    fileTitle: 'A file',
    fileLead:
      'The file replaces the one before: what is no longer in it is withdrawn, if it came from a file. What you withdrew by hand stays withdrawn.',
    file: 'The calendar’s file',
    fileHint: 'iCalendar (.ics), at most 5 MiB.',
    send: 'Send the file',
    noFile: 'Choose a file.',
    addressTitle: 'An address that is read again and again',
    addressLead: 'The calendar is read every half hour. The address is kept sealed and shown to nobody again.',
    noAddresses: 'This installation reads no calendars at addresses; the administrator can name the hosts from which they are read.',
    address: 'The calendar’s private address',
    addressHint: 'https:// or webcal://, from the calendar’s sharing settings.',
    follow: 'Read it here',
    isFollowed: 'A calendar is followed. A new address replaces it.',
    notReadYet: 'It has not been read yet.',
    leave: 'Read the calendar no more',
    noAddress: 'An https:// or webcal:// address of a calendar.',
    read: 'Last read',
    recorded: { one: 'One new absence.', other: '# new absences.' },
    withdrawn: { one: 'One absence withdrawn.', other: '# absences withdrawn.' },
    unchanged: { one: 'One absence as before.', other: '# absences as before.' },
    kept: {
      one: 'One absence kept, though it is no longer in the calendar: not all of the calendar could be read.',
      other: '# absences kept, though they are no longer in the calendar: not all of the calendar could be read.',
    },
    notRead: 'Could not be read',
    line: 'Line',
    failed: 'Not to be read since',
    done: {
      fisier: 'The file is taken over. For every meeting that falls into a new absence a task to reschedule appears within moments.',
      adresa: 'The address is kept; the calendar is read within a minute.',
      renuntat: 'The calendar is read no more. The absences that came from it stay.',
    },
    trouble: 'For more than a day the calendar from which absences come could not be read. Those known stay; new ones are missing.',
    look: 'See the calendar',
  },
};
