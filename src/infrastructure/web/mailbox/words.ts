import type { Forms } from '../../phrasing/words/counted';
import type { Words } from '../../phrasing/words/both';

type MailboxWords = {
  readonly title: string;
  readonly lead: string;
  readonly letters: Forms;
  readonly none: string;
  readonly noneHint: string;
  readonly start: string;
  readonly to: string;
  readonly sent: string;
  readonly about: string;
  readonly code: string;
  readonly enterCode: string;
  readonly back: string;
  readonly asShown: string;
  readonly frame: string;
  readonly alone: string;
  readonly asText: string;
  readonly attachment: string;
  readonly methods: Readonly<Record<'REQUEST' | 'CANCEL', string>>;
  readonly download: string;
  readonly content: string;
};

export const mailboxWords: Words<MailboxWords> = {
  ro: {
    title: 'Scrisorile trimise',
    lead: 'Aceasta este o instalare de încercare: scrisorile se citesc aici, așa cum le-ar primi oamenii.',
    letters: { one: 'o scrisoare', few: '# scrisori', other: '# de scrisori' },
    none: 'Nu a fost trimisă încă nicio scrisoare.',
    noneHint: 'Prima apare după o programare cu adresă de e-mail: scrisoarea cu codul de validare.',
    start: 'Programează o întâlnire',
    to: 'Către',
    sent: 'Trimisă',
    about: 'Subiect',
    code: 'Codul de validare',
    enterCode: 'Introduceți codul',
    back: 'Toate scrisorile',
    asShown: 'Cum o arată un program de e-mail',
    frame: 'Scrisoarea, așa cum o arată un program de e-mail',
    alone: 'Deschide numai scrisoarea',
    asText: 'Ca text',
    attachment: 'Atașament: intrarea pentru calendar',
    methods: { REQUEST: 'Invitație: pune întâlnirea în calendar.', CANCEL: 'Anulare: scoate întâlnirea din calendar.' },
    download: 'Descarcă tichet-albastru.ics',
    content: 'Ce conține fișierul',
  },
  en: {
    title: 'Letters sent',
    lead: 'This is an installation for trying it out: letters are read here, as people would receive them.',
    letters: { one: 'one letter', other: '# letters' },
    none: 'No letter has been sent yet.',
    noneHint: 'The first one comes after a booking with an e-mail address: the letter with the validation code.',
    start: 'Book a meeting',
    to: 'To',
    sent: 'Sent',
    about: 'Subject',
    code: 'Validation code',
    enterCode: 'Enter the code',
    back: 'All letters',
    asShown: 'As a mail program shows it',
    frame: 'The letter as a mail program shows it',
    alone: 'Open the letter alone',
    asText: 'As text',
    attachment: 'Attachment: the calendar entry',
    methods: { REQUEST: 'Invitation: puts the meeting into the calendar.', CANCEL: 'Cancellation: takes the meeting out of the calendar.' },
    download: 'Download tichet-albastru.ics',
    content: 'What the file holds',
  },
};
