import type { Words } from '../../phrasing/words/both';
import type { Forms } from '../../phrasing/words/counted';

type ParkedWords = {
  readonly back: string;
  readonly backToList: string;
  readonly title: string;
  readonly lead: string;
  readonly none: string;
  readonly table: string;
  readonly row: string;
  readonly error: string;
  readonly since: string;
  readonly waiting: Forms;
  readonly filling: string;
  readonly retry: string;
  readonly retryHint: string;
  readonly skip: string;
  readonly skipTitle: string;
  readonly skipLead: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly skipDo: string;
  readonly skipSummary: string;
  readonly done: Readonly<Record<'aplicat' | 'omis', string>>;
  readonly still: Readonly<Record<'still-parked' | 'needs-rebuild', string>>;
};

export const parkedWords: Words<ParkedWords> = {
  ro: {
    back: 'Administrare',
    backToList: 'Elemente oprite',
    title: 'Elemente oprite',
    lead: 'Un rând se oprește când un eveniment al lui nu poate fi aplicat. Faptele sunt întregi în jurnal; numai acest rând al tabelului așteaptă, iar paginile care îl arată spun că așteaptă.',
    none: 'Nimic nu este oprit.',
    table: 'Tabelul',
    row: 'Rândul',
    error: 'Eroarea',
    since: 'Oprit din',
    waiting: {
      one: 'Un eveniment mai așteaptă în spatele lui.',
      few: '# evenimente mai așteaptă în spatele lui.',
      other: '# de evenimente mai așteaptă în spatele lui.',
    },
    filling: 'Tabelul tocmai se umple și nu este citit încă.',
    retry: 'Încearcă din nou',
    retryHint: 'Evenimentele lui se aplică din nou, cu programul de acum.',
    skip: 'Omite evenimentul',
    skipTitle: 'Omite evenimentul',
    skipLead:
      'Tabelul merge mai departe fără acest eveniment, și la orice reconstruire. Evenimentul rămâne în jurnal. Decizia este un fapt și nu se poate lua înapoi.',
    reason: 'De ce',
    reasonHint: 'Rămâne în istoric, sigilat. De exemplu numărul incidentului.',
    skipDo: 'Omite evenimentul',
    skipSummary: 'Evenimentul nu a fost omis',
    done: {
      aplicat: 'Evenimentele au fost aplicate: rândul este din nou la zi.',
      omis: 'Evenimentul a fost omis, iar motivul a fost consemnat.',
    },
    still: {
      'still-parked': 'Evenimentul tot nu poate fi aplicat.',
      'needs-rebuild': 'Tabelul trebuie reconstruit de la linia de comandă: tichet projections rebuild.',
    },
  },
  en: {
    back: 'Administration',
    backToList: 'Parked items',
    title: 'Parked items',
    lead: 'A row is parked when an event of it cannot be applied. The facts are whole in the log; only this row of the table waits, and pages that show it say that it waits.',
    none: 'Nothing is parked.',
    table: 'Table',
    row: 'Row',
    error: 'Error',
    since: 'Parked since',
    waiting: { one: 'One more event waits behind it.', other: '# more events wait behind it.' },
    filling: 'The table is being filled and is not read yet.',
    retry: 'Try again',
    retryHint: 'Its events are applied again, with the program as it is now.',
    skip: 'Skip the event',
    skipTitle: 'Skip the event',
    skipLead:
      'The table goes on without this event, at every rebuild too. The event stays in the log. The decision is a fact and cannot be taken back.',
    reason: 'Why',
    reasonHint: 'It stays in the history, sealed. For example the number of the incident.',
    skipDo: 'Skip the event',
    skipSummary: 'The event was not skipped',
    done: { aplicat: 'The events were applied: the row is up to date again.', omis: 'The event was skipped, and the reason was recorded.' },
    still: {
      'still-parked': 'The event still cannot be applied.',
      'needs-rebuild': 'The table must be rebuilt from the command line: tichet projections rebuild.',
    },
  },
};
