import type { WhyNothing, WhyNotRead } from './calendar-read';

type Sentence = { readonly ro: string; readonly en: string };

/** Why a calendar changed nothing. Each is whole by itself. */
export const whyNothing: Readonly<Record<WhyNothing, Sentence>> = {
  'not-a-calendar': {
    ro: 'Nu este un calendar iCalendar (.ics): nu începe cu BEGIN:VCALENDAR.',
    en: 'This is no iCalendar (.ics): it does not begin with BEGIN:VCALENDAR.',
  },
  'cut-short': {
    ro: 'Calendarul este incomplet: se termină înainte de END:VCALENDAR.',
    en: 'The calendar is not whole: it ends before END:VCALENDAR.',
  },
  'too-many-events': {
    ro: 'Calendarul are prea multe evenimente: cel mult 20.000 și 2.000 de ori ocupate până la orizontul programărilor.',
    en: 'The calendar has too many events: at most 20,000, and 2,000 busy times up to the booking horizon.',
  },
  'too-hard': {
    ro: 'Calendarul nu a putut fi calculat în timpul dat; o regulă de repetare nu se termină.',
    en: 'The calendar could not be computed in the time given; a rule of repetition does not end.',
  },
  empty: {
    ro: 'Calendarul nu mai are niciun eveniment. Absențele rămân; dacă nu mai sunt adevărate, retrageți-le.',
    en: 'The calendar has no event any more. The absences stay; withdraw them if they are no longer true.',
  },
  'too-large': { ro: 'Calendarul are peste 5 MiB.', en: 'The calendar is over 5 MiB.' },
  'not-reached': { ro: 'Gazda calendarului nu a putut fi găsită.', en: 'The calendar’s host could not be reached.' },
  'no-answer': { ro: 'Gazda calendarului nu a răspuns până la capăt.', en: 'The calendar’s host gave no whole answer.' },
  'answered-otherwise': {
    ro: 'Gazda calendarului a răspuns altceva decât calendarul: adresa nu mai este bună sau duce în altă parte.',
    en: 'The calendar’s host answered something else than the calendar: the address is no longer good, or leads elsewhere.',
  },
  'address-not-allowed': {
    ro: 'La această adresă nu se citesc calendare în această instalare.',
    en: 'This installation reads no calendars at that address.',
  },
  'address-lost': {
    ro: 'Adresa nu mai poate fi citită, cheia instalării s-a schimbat. Scrieți-o din nou.',
    en: 'The address can no longer be read, the key of the installation has changed. Give it again.',
  },
};

/** Why one event was left out; the line stands before it. */
export const whyNotRead: Readonly<Record<WhyNotRead, Sentence>> = {
  time: { ro: 'evenimentul nu are un timp care poate fi citit', en: 'the event has no time that can be read' },
  zone: { ro: 'fusul orar nu este cunoscut', en: 'the time zone is not known' },
  rule: {
    ro: 'regula de repetare nu este una pe zile, săptămâni, luni sau ani',
    en: 'the rule of repetition is not one of days, weeks, months or years',
  },
  'too-many': { ro: 'evenimentul se repetă de prea multe ori', en: 'the event repeats too often' },
};
