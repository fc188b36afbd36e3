import type { ProblemCode } from '../../phrasing/problems/catalogue';
import type { Forms } from '../../phrasing/words/counted';
import type { Words } from '../../phrasing/words/both';

/** Title and sentence for people, where the catalogue's speak to programs. */
type Said = { readonly title: string; readonly detail: string; /** where they have to know more */ readonly forOfficials?: string };

type ProblemWords = {
  readonly rule: string;
  readonly seconds: Forms;
  readonly minutes: Forms;
  readonly again: string;
  readonly nothingLost: string;
  readonly next: string;
  readonly start: string;
  readonly ticket: string;
  readonly signIn: string;
  readonly procedure: string;
  readonly enteredAs: string;
  readonly code: string;
  readonly said: Readonly<Partial<Record<ProblemCode, Said>>>;
};

export const problemWords: Words<ProblemWords> = {
  ro: {
    rule: 'Regula este în procedură:',
    seconds: {
      one: 'Încercați din nou peste o secundă.',
      few: 'Încercați din nou peste # secunde.',
      other: 'Încercați din nou peste # de secunde.',
    },
    minutes: {
      one: 'Încercați din nou peste un minut.',
      few: 'Încercați din nou peste # minute.',
      other: 'Încercați din nou peste # de minute.',
    },
    again: 'Încearcă din nou',
    nothingLost: 'Nu s-a pierdut nimic din ce era deja confirmat.',
    next: 'De aici puteți merge la',
    start: 'prima pagină',
    ticket: 'tichetul meu',
    signIn: 'intrarea pentru funcționari',
    procedure: 'procedura tichetului albastru',
    enteredAs: 'Ați intrat ca:',
    code: 'Cod',
    said: {
      'not-found': {
        title: 'Pagina nu există',
        detail:
          'Adresa poate fi scrisă greșit, sau ceea ce căutați nu mai este aici. Un tichet se deschide cu referința lui, TA- și opt semne.',
      },
      forbidden: {
        title: 'Nu aveți acces aici',
        detail: 'Pagina aceasta este a altui rol sau a altei persoane, ori formularul nu a fost trimis de pe o pagină a noastră.',
      },
      'method-not-allowed': {
        title: 'Pagina nu se deschide așa',
        detail: 'La această adresă ajunge un formular. Mergeți la pagina pe care este formularul.',
      },
      'too-many-requests': {
        title: 'Prea multe încercări',
        detail: 'Au venit foarte multe cereri într-un timp scurt, de aceea ne oprim puțin.',
      },
      unavailable: { title: 'Serviciul nu poate răspunde acum', detail: 'Poate fi o întrerupere scurtă.' },
      'read-only': {
        title: 'Programările sunt oprite pentru o verificare',
        detail:
          'Până la încheierea ei nu înregistrăm nimic nou, deci nici ce ați trimis acum. Tichetele existente rămân cum sunt și pot fi citite. Dacă aveți un termen, adresați-vă Primăriei.',
        forOfficials:
          'Jurnalul nu este ce a fost sigilat, așa că nu se mai scrie nimic și nu pleacă nicio scrisoare, până când un administrator verifică și ridică alarma (tichet seal). Ce ați trimis acum nu a fost înregistrat.',
      },
      parked: {
        title: 'Pagina așteaptă un administrator',
        detail: 'Aceste date nu pot fi arătate până când un administrator nu se uită la ele.',
      },
      internal: { title: 'A apărut o eroare', detail: 'Eroarea este a noastră și a fost consemnată.' },
      'too-large': {
        title: 'Textul este prea lung',
        detail: 'Ați trimis mai mult decât putem primi deodată. Mergeți înapoi și scurtați textul.',
      },
    },
  },
  en: {
    rule: 'The rule is in the procedure:',
    seconds: { one: 'Please try again in a second.', other: 'Please try again in # seconds.' },
    minutes: { one: 'Please try again in a minute.', other: 'Please try again in # minutes.' },
    again: 'Try again',
    nothingLost: 'Nothing that was confirmed has been lost.',
    next: 'From here you can go to',
    start: 'the first page',
    ticket: 'my ticket',
    signIn: 'the way in for civil servants',
    procedure: 'the procedure of the blue ticket',
    enteredAs: 'You are signed in as:',
    code: 'Code',
    said: {
      'not-found': {
        title: 'This page does not exist',
        detail:
          'The address may be mistyped, or what you look for is no longer here. A ticket is opened with its reference, TA- and eight characters.',
      },
      forbidden: {
        title: 'You may not open this',
        detail: 'This page belongs to another role or to somebody else, or the form was not sent from a page of ours.',
      },
      'method-not-allowed': {
        title: 'This page does not open that way',
        detail: 'A form arrives at this address. Go to the page that has the form.',
      },
      'too-many-requests': {
        title: 'Too many attempts',
        detail: 'A great many requests came in a short time, so we pause for a little.',
      },
      unavailable: { title: 'The service cannot answer now', detail: 'It may be a short interruption.' },
      'read-only': {
        title: 'Appointments are stopped for a verification',
        detail:
          'Until it is done nothing new is recorded, so neither is what you have just sent. Existing tickets stay as they are and can be read. If you have a deadline, please contact City Hall.',
        forOfficials:
          'The log is not what was sealed, so nothing is written and no letter goes out until an administrator has looked and cleared the alarm (tichet seal). What you have just sent was not recorded.',
      },
      parked: {
        title: 'This page waits for an administrator',
        detail: 'These data cannot be shown until an administrator has looked at them.',
      },
      internal: { title: 'Something went wrong', detail: 'The error is ours, and it has been recorded.' },
      'too-large': { title: 'The text is too long', detail: 'You sent more than we can take at once. Go back and shorten the text.' },
    },
  },
};
