import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';

type AdministrationWords = {
  readonly title: string;
  readonly attention: string;
  readonly nothing: string;
  readonly parked: Forms;
  readonly parkedDo: string;
  readonly leftBehind: Forms;
  readonly leftBehindDo: string;
  readonly failedLetters: Forms;
  readonly failedLettersHint: string;
  readonly disabledWebhooks: Forms;
  readonly disabledWebhooksHint: string;
  readonly staffTitle: string;
  readonly staffText: Forms;
  readonly staffDo: string;
  readonly calendarTitle: string;
  readonly nextDay: (date: string, name: string) => string;
  readonly calendarDo: string;
  readonly parkedTitle: string;
  readonly parkedText: string;
  readonly parkedSee: string;
  readonly erasureTitle: string;
  readonly erasureText: string;
  readonly erasureDo: string;
};

export const administrationWords: Words<AdministrationWords> = {
  ro: {
    title: 'Administrare',
    attention: 'Ce cere atenție',
    nothing: 'Nimic acum.',
    parked: { one: 'Un element este oprit.', few: '# elemente sunt oprite.', other: '# de elemente sunt oprite.' },
    parkedDo: 'Vezi ce s-a oprit',
    leftBehind: {
      one: 'O cerere în lucru este la un funcționar care a plecat: pentru ea nu se poate cere tichet.',
      few: '# cereri în lucru sunt la funcționari care au plecat: pentru ele nu se poate cere tichet.',
      other: '# de cereri în lucru sunt la funcționari care au plecat: pentru ele nu se poate cere tichet.',
    },
    leftBehindDo: 'Vezi cererile',
    failedLetters: {
      one: 'O scrisoare nu a putut fi trimisă.',
      few: '# scrisori nu au putut fi trimise.',
      other: '# de scrisori nu au putut fi trimise.',
    },
    failedLettersHint: 'Se trimit din nou de la linia de comandă:',
    disabledWebhooks: {
      one: 'Un sistem al altei echipe nu mai primește evenimente: nu a răspuns o zi întreagă.',
      few: '# sisteme ale altor echipe nu mai primesc evenimente: nu au răspuns o zi întreagă.',
      other: '# de sisteme ale altor echipe nu mai primesc evenimente: nu au răspuns o zi întreagă.',
    },
    disabledWebhooksHint: 'Se repornesc de la linia de comandă:',
    staffTitle: 'Funcționari',
    staffText: {
      one: 'Un funcționar cu care se pot programa întâlniri.',
      few: '# funcționari cu care se pot programa întâlniri.',
      other: '# de funcționari cu care se pot programa întâlniri.',
    },
    staffDo: 'Vezi funcționarii',
    calendarTitle: 'Zile libere și lucrătoare',
    nextDay: (date, name) => `Următoarea zi liberă: ${date} (${name}).`,
    calendarDo: 'Vezi calendarul',
    parkedTitle: 'Elemente oprite',
    parkedText: 'Rânduri ale tabelelor care așteaptă, pentru că un eveniment al lor nu a putut fi aplicat.',
    parkedSee: 'Vezi elementele oprite',
    erasureTitle: 'Ștergerea datelor personale',
    erasureText: 'La cererea persoanei (RGPD, Art. 17): numele și adresele dispar, faptele și verdictele rămân.',
    erasureDo: 'Șterge datele unei persoane',
  },
  en: {
    title: 'Administration',
    attention: 'What needs attention',
    nothing: 'Nothing at the moment.',
    parked: { one: 'One item is parked.', other: '# items are parked.' },
    parkedDo: 'See what is parked',
    leftBehind: {
      one: 'One request in operation is with a civil servant who has left: no ticket can be asked for with it.',
      other: '# requests in operation are with civil servants who have left: no ticket can be asked for with them.',
    },
    leftBehindDo: 'See the requests',
    failedLetters: { one: 'One letter could not be sent.', other: '# letters could not be sent.' },
    failedLettersHint: 'They are sent again from the command line:',
    disabledWebhooks: {
      one: 'A system of another team is told of events no more: it did not answer for a whole day.',
      other: '# systems of other teams are told of events no more: they did not answer for a whole day.',
    },
    disabledWebhooksHint: 'They are enabled again from the command line:',
    staffTitle: 'Civil servants',
    staffText: { one: 'One civil servant who can be met.', other: '# civil servants who can be met.' },
    staffDo: 'See the civil servants',
    calendarTitle: 'Days off and working days',
    nextDay: (date, name) => `The next day off: ${date} (${name}).`,
    calendarDo: 'See the calendar',
    parkedTitle: 'Parked items',
    parkedText: 'Rows of tables that wait, because an event of theirs could not be applied.',
    parkedSee: 'See the parked items',
    erasureTitle: 'Erasure of personal data',
    erasureText: 'When the person asks for it (GDPR, Art. 17): name and addresses go, facts and verdicts stay.',
    erasureDo: 'Erase a person’s data',
  },
};
