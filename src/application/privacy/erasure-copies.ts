import type { OutsidePlace } from './erasure-report';

/** Backups of the keys made before this erasure, and what makes them die. */
const backups: OutsidePlace = {
  place: 'backups',
  text: {
    ro: 'Copiile de siguranță făcute înainte de ștergere mai conțin cheia, sigilată cu cheia principală. Puse înapoi cu „tichet restore” în dosarul de acum, cheia se distruge din nou înainte de pornire; puse pe alt calculator, numai dacă jurnalul lor conține ștergerea. Ele mor când sunt șterse sau când cheia principală cu care au fost sigilate nu mai există.',
    en: 'Backups made before the erasure still hold the key, sealed with the master key. Put back with “tichet restore” into the present folder, the key is destroyed again before the start; put onto another machine, only if their log holds the erasure. They die when they are deleted, or when the master key that sealed them is no more.',
  },
};
const givenOut: OutsidePlace = {
  place: 'given-out',
  text: {
    ro: 'Dovezile și exporturile date mai departe conțin numai valori sigilate: cu cheile de aici nimeni nu le mai poate citi, iar dovezile se verifică în continuare.',
    en: 'Proofs and exports that were given out hold sealed values only: with the keys that are here nobody can read them any more, and the proofs still verify.',
  },
};
const journals: OutsidePlace = {
  place: 'journal',
  text: {
    ro: 'Jurnalul serviciului și cel al încercărilor refuzate nu conțin date personale. Motivul ștergerii rămâne în istoric, sigilat cu altă cheie: nu scrieți nume în el.',
    en: 'The log of the service and the journal of refused attempts hold no personal data. The reason of the erasure stays in the history, sealed with another key: write no name in it.',
  },
};
const integrators: OutsidePlace = {
  place: 'integrators',
  text: {
    ro: 'Celelalte sisteme (webhook-uri, cititorii jurnalului) nu au primit date personale în clar.',
    en: 'Other systems (webhooks, readers of the log) got no personal data in clear.',
  },
};

/** Where copies of what was erased may be, and whether anybody can still read them. The same for everybody. */
export const erasureCopies: readonly OutsidePlace[] = [backups, givenOut, journals, integrators];
