import type { Words } from '../../phrasing/words/both';

type OtherRole = { readonly title: string; readonly text: string };
type HomeWords = {
  readonly title: string;
  readonly lead: string;
  readonly needs: string;
  readonly needed: readonly string[];
  readonly howLong: string;
  readonly start: string;
  readonly mine: string;
  readonly procedure: string;
  readonly officials: string;
  readonly courseTitle: string;
  readonly course: readonly { readonly title: string; readonly text: string }[];
  readonly number: string;
  readonly filedOn: string;
  readonly tryIt: string;
  readonly withRequest: string;
  readonly tryTitle: string;
  readonly tryLead: string;
  readonly enter: string;
  readonly as: string;
  readonly head: string;
  readonly citizenTitle: string;
  readonly citizenText: string;
  readonly staffTitle: string;
  readonly staffText: string;
  readonly lettersTitle: string;
  readonly lettersText: string;
  readonly letters: string;
  readonly others: Readonly<Record<'auditor' | 'reports' | 'registry' | 'admin', OtherRole>>;
};

export const homeWords: Words<HomeWords> = {
  ro: {
    title: 'Solicitare Tichet albastru',
    lead: 'O întâlnire de 15 minute cu funcționarul care se ocupă de cererea dumneavoastră: online pe Webex, la telefon sau la sediu.',
    needs: 'Aveți nevoie de',
    needed: [
      'numărul de înregistrare al cererii, de exemplu 154997/2021',
      'numele sub care a fost depusă și data depunerii',
      'o adresă de e-mail, pentru codul de validare (la telefon și la sediu se poate și fără)',
    ],
    howLong: 'Durează cam trei minute. Programarea se face cu cel puțin 48 de ore înainte.',
    start: 'Programează o întâlnire',
    mine: 'Am deja un tichet',
    procedure: 'Procedura, articol cu articol',
    officials: 'Intrare pentru funcționari',
    courseTitle: 'Ce urmează',
    course: [
      {
        title: 'Alegeți ziua, ora și modul.',
        text: 'Online pe Webex, la telefon sau la sediu, cu funcționarul care are cererea în lucru.',
      },
      { title: 'Introduceți codul primit pe e-mail.', text: 'Abia atunci întâlnirea este programată.' },
      { title: 'Vă întâlniți 15 minute.', text: 'Întâlnirile online se înregistrează; aflați acest lucru înainte să alegeți.' },
      { title: 'Primiți Rezoluția Tichetului albastru.', text: 'Concluziile întâlnirii, trimise imediat după ce s-a încheiat.' },
    ],
    number: 'cererea',
    filedOn: 'depusă la',
    tryIt: 'Încearcă',
    withRequest: 'cu cererea',
    tryTitle: 'Cine ce poate face',
    tryLead: 'Aceasta este o instalare de încercare: oricine poate lua orice rol, iar scrisorile nu pleacă nicăieri.',
    enter: 'Intră',
    as: 'ca',
    head: 'șef',
    citizenTitle: 'Cetățean',
    citizenText:
      'Își găsește cererea, alege ora și modul, introduce codul din scrisoare. Nu are nevoie de cont. Cereri cu care se poate încerca:',
    staffTitle: 'Funcționar',
    staffText:
      'Vede programările sale, ține întâlnirea, notează înregistrarea, scrie Rezoluția Tichetului albastru. Șeful vede tot serviciul.',
    lettersTitle: 'Scrisorile trimise',
    lettersText: 'Codurile, invitațiile și rezoluțiile trimise pe e-mail, așa cum le-ar primi oamenii.',
    letters: 'Cutia poștală',
    others: {
      auditor: { title: 'Auditor', text: 'Vede fiecare tichet pas cu pas și dacă procedura a fost respectată, cu dovezi.' },
      reports: { title: 'Conducere', text: 'Cifre pe servicii și săptămâni: ținute, înregistrate, cu rezoluție.' },
      registry: { title: 'Registratură', text: 'Aduce cererile înregistrate și răspunsurile comunicate.' },
      admin: { title: 'Administrator', text: 'Funcționari, zile libere și lucrătoare, elemente oprite, ștergerea datelor.' },
    },
  },
  en: {
    title: 'Ask for a blue ticket',
    lead: 'A 15-minute meeting with the civil servant who handles your request: online on Webex, by phone or at City Hall.',
    needs: 'You need',
    needed: [
      'the registration number of the request, for example 154997/2021',
      'the name it was filed under and the filing date',
      'an e-mail address, for the validation code (by phone and in person it works without one too)',
    ],
    howLong: 'It takes about three minutes. Appointments are made at least 48 hours ahead.',
    start: 'Book a meeting',
    mine: 'I have a ticket already',
    procedure: 'The procedure, article by article',
    officials: 'Sign in for civil servants',
    courseTitle: 'What follows',
    course: [
      {
        title: 'You choose day, hour and mode.',
        text: 'Online on Webex, by phone or at City Hall, with the civil servant who has your request.',
      },
      { title: 'You enter the code sent by e-mail.', text: 'Only then is the meeting booked.' },
      { title: 'You meet for 15 minutes.', text: 'Online meetings are recorded; you learn of it before you choose.' },
      { title: 'You receive the resolution of the blue ticket.', text: 'The conclusions of the meeting, sent right after it ended.' },
    ],
    number: 'request',
    filedOn: 'filed on',
    tryIt: 'Try it',
    withRequest: 'with request',
    tryTitle: 'Who can do what',
    tryLead: 'This is an installation for trying it out: anybody may take any role, and the letters go nowhere.',
    enter: 'Enter',
    as: 'as',
    head: 'head',
    citizenTitle: 'Citizen',
    citizenText: 'Finds the request, chooses hour and mode, enters the code of the letter. Needs no account. Requests to try it with:',
    staffTitle: 'Civil servant',
    staffText: 'Sees the appointments, holds the meeting, notes the recording, writes the resolution. A head sees the whole department.',
    lettersTitle: 'Letters sent',
    lettersText: 'The codes, invitations and resolutions sent by e-mail, as people would receive them.',
    letters: 'Mailbox',
    others: {
      auditor: { title: 'Auditor', text: 'Sees each ticket step by step, and whether the procedure was kept, with evidence.' },
      reports: { title: 'Management', text: 'Figures by department and week: held, recorded, with a resolution.' },
      registry: { title: 'Registry', text: 'Brings in registered requests and the answers that were communicated.' },
      admin: { title: 'Administrator', text: 'Civil servants, days off and working days, parked items, erasure of data.' },
    },
  },
};
