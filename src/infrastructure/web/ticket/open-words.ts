import type { Words } from '../../phrasing/words/both';

type OpenWords = {
  readonly findTitle: string;
  readonly findLead: string;
  readonly reference: string;
  readonly referenceHint: string;
  readonly find: string;
  readonly notAReference: string;
  readonly noReference: string;
  readonly noReferenceAdvice: string;
  readonly title: (reference: string) => string;
  readonly lead: string;
  readonly send: string;
  readonly sent: string;
  readonly sentHint: string;
  readonly open: string;
  readonly again: string;
  readonly withoutEmail: string;
  readonly withoutEmailText: string;
  readonly otherTicket: string;
  readonly expired: string;
  readonly summary: string;
};

/** The same for every number, whether there is such a ticket or not. */
export const openWords: Words<OpenWords> = {
  ro: {
    findTitle: 'Am deja un tichet',
    findLead: 'Vedeți, mutați sau anulați o întâlnire programată.',
    reference: 'Numărul tichetului',
    referenceHint: 'Este pe tichet și în fiecare scrisoare. De exemplu, TA-7H3K9QXZ',
    find: 'Continuă',
    notAReference: 'Introduceți numărul tichetului: TA- și opt litere sau cifre.',
    noReference: 'Nu mai aveți numărul?',
    noReferenceAdvice: 'Căutați în e-mail mesajele despre „Tichetul albastru” sau sunați la Centrul de informare pentru cetățeni.',
    title: (reference) => `Deschideți tichetul ${reference}`,
    lead: 'Acest browser nu are încă dreptul să vadă tichetul. Trimitem un cod la adresa de e-mail verificată la programare.',
    send: 'Trimite codul',
    sent: 'Dacă acest tichet există și are o adresă verificată, codul este pe drum.',
    sentHint: 'De obicei ajunge într-un minut. Uitați-vă și în „Spam”.',
    open: 'Deschide tichetul',
    again: 'Nu am primit codul',
    withoutEmail: 'Ați programat fără e-mail?',
    withoutEmailText:
      'Atunci nu avem unde trimite codul. Schimbările se fac la telefon: sunați la Centrul de informare pentru cetățeni al Primăriei și spuneți numărul tichetului.',
    otherTicket: 'Alt tichet',
    expired: 'Codul a expirat sau a fost folosit. Cereți un cod nou.',
    summary: 'Există o problemă',
  },
  en: {
    findTitle: 'I already have a ticket',
    findLead: 'See, move or cancel a meeting that is booked.',
    reference: 'Ticket number',
    referenceHint: 'It is on the ticket and in every letter. For example, TA-7H3K9QXZ',
    find: 'Continue',
    notAReference: 'Enter the ticket number: TA- and eight letters or digits.',
    noReference: 'You no longer have the number?',
    noReferenceAdvice: 'Look in your e-mail for messages about the “Tichetul albastru”, or call the citizen information centre.',
    title: (reference) => `Open the ticket ${reference}`,
    lead: 'This browser may not see the ticket yet. We send a code to the e-mail address that was verified when it was booked.',
    send: 'Send the code',
    sent: 'If this ticket exists and has a verified address, the code is on its way.',
    sentHint: 'It usually arrives within a minute. Look in your spam folder too.',
    open: 'Open the ticket',
    again: 'I have not received the code',
    withoutEmail: 'Did you book without an e-mail address?',
    withoutEmailText:
      'Then there is nowhere to send a code to. Changes are made by phone: call the citizen information centre of City Hall and give the ticket number.',
    otherTicket: 'Another ticket',
    expired: 'The code has expired or was used. Ask for a new one.',
    summary: 'There is a problem',
  },
};
