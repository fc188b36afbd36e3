import type { Mode } from '../../../domain/ticket/facts';
import type { Words } from '../../phrasing/words/both';

type ContactWords = {
  readonly title: string;
  readonly leads: Readonly<Record<Mode, string>>;
  readonly email: string;
  readonly phone: string;
  readonly optional: string;
  readonly emailWhy: Readonly<Record<Mode, string>>;
  readonly phoneWhy: Readonly<Record<Mode, string>>;
  readonly notes: string;
  readonly notesWhy: string;
  readonly noEmail: string;
  readonly noPhone: Readonly<Record<'online' | 'phone', string>>;
  readonly wrong: Readonly<Record<ContactField, string>>;
  readonly withoutEmail: string;
  readonly policy: string;
  readonly policyLink: string;
};

export const contactFields = ['email', 'phone', 'notes'] as const;
export type ContactField = (typeof contactFields)[number];

/** Art. 3 d, e. Why each datum is asked for stands beside it. */
export const contactWords: Words<ContactWords> = {
  ro: {
    title: 'Cum vă contactăm?',
    leads: {
      online: 'Pentru o întâlnire online procedura cere e-mail și telefon (Art. 3 lit. e).',
      phone: 'Vă sunăm noi. E-mailul nu este obligatoriu.',
      'in-person': 'La sediu nu sunt necesare date de contact. Dacă le completați, vă putem anunța de schimbări.',
    },
    email: 'Adresa de e-mail',
    phone: 'Numărul de telefon',
    optional: '(opțional)',
    emailWhy: {
      online:
        'Aici trimitem codul de validare, linkul Webex și, după întâlnire, Rezoluția Tichetului albastru. Intrați în întâlnire cu aceeași adresă.',
      phone: 'Dacă o dați, trimitem întâi un cod de validare, apoi confirmarea și, după întâlnire, Rezoluția Tichetului albastru.',
      'in-person': 'Dacă o dați, trimitem întâi un cod de validare, apoi confirmarea și, după întâlnire, Rezoluția Tichetului albastru.',
    },
    phoneWhy: {
      online: 'Vă sunăm numai dacă legătura nu merge sau întâlnirea nu se poate ține (Art. 8). De exemplu, 0740 123 456.',
      phone: 'La acest număr vă sună funcționarul, la ora aleasă. De exemplu, 0740 123 456.',
      'in-person': 'Vă sunăm numai dacă întâlnirea nu se poate ține (Art. 8). De exemplu, 0740 123 456.',
    },
    notes: 'Ce doriți să clarificați?',
    notesWhy: 'Funcționarul citește înainte de întâlnire, ca să aibă răspunsul pregătit. Nu scrieți CNP sau date despre sănătate.',
    noEmail: 'Introduceți adresa de e-mail: fără codul trimis acolo nu se face programarea online.',
    noPhone: {
      online: 'Introduceți numărul de telefon: procedura îl cere pentru întâlnirile online.',
      phone: 'Introduceți numărul la care să vă sunăm.',
    },
    wrong: {
      email: 'Scrieți adresa de e-mail întreagă, de exemplu nume@exemplu.ro.',
      phone: 'Scrieți numărul de telefon cu cifre, de exemplu 0740 123 456.',
      notes: 'Scrieți cel mult 2.000 de caractere.',
    },
    withoutEmail: 'Fără e-mail rezoluția o primiți prin poștă sau de la sediu, iar schimbările se fac la telefon.',
    policy: 'Datele sunt folosite numai pentru această întâlnire.',
    policyLink: 'Ce facem cu datele personale',
  },
  en: {
    title: 'How do we reach you?',
    leads: {
      online: 'For an online meeting the procedure asks for an e-mail address and a phone number (Art. 3 e).',
      phone: 'We call you. An e-mail address is not required.',
      'in-person': 'No contact details are needed in person. If you give them, we can tell you of changes.',
    },
    email: 'E-mail address',
    phone: 'Phone number',
    optional: '(optional)',
    emailWhy: {
      online:
        'We send the validation code, the Webex link and, after the meeting, the resolution of the blue ticket here. Join the meeting with the same address.',
      phone: 'If you give one, we first send a validation code, then the confirmation and, after the meeting, the resolution.',
      'in-person': 'If you give one, we first send a validation code, then the confirmation and, after the meeting, the resolution.',
    },
    phoneWhy: {
      online: 'We call only if the connection fails or the meeting cannot be held (Art. 8). For example, 0740 123 456.',
      phone: 'The civil servant calls this number at the time you chose. For example, 0740 123 456.',
      'in-person': 'We call only if the meeting cannot be held (Art. 8). For example, 0740 123 456.',
    },
    notes: 'What would you like to clarify?',
    notesWhy: 'The civil servant reads it before the meeting, to have the answer ready. Do not write personal numbers or health data.',
    noEmail: 'Enter the e-mail address: without the code sent there no online meeting can be booked.',
    noPhone: {
      online: 'Enter the phone number: the procedure asks for it for online meetings.',
      phone: 'Enter the number that we should call.',
    },
    wrong: {
      email: 'Write the whole e-mail address, for example name@example.org.',
      phone: 'Write the phone number in digits, for example 0740 123 456.',
      notes: 'Write at most 2,000 characters.',
    },
    withoutEmail: 'Without an e-mail address you get the resolution by post or at City Hall, and changes are made by phone.',
    policy: 'The data are used for this meeting only.',
    policyLink: 'What we do with personal data',
  },
};
