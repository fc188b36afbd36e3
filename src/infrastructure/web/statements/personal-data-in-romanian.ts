import { counted } from '../../phrasing/words/counted';
import { plainDate } from '../../phrasing/words/dates';
import { type Operator, type Statement, statementDate } from './statement';

const why = 'De ce';
const ground = 'Temei';
const seenBy = 'Cine le vede';
const kept = 'Cât timp';
const publicTask = 'sarcină de interes public, RGPD Art. 6 alin. (1) lit. e)';
const untilErased = 'până sunt șterse, la cererea dumneavoastră sau la termenul de păstrare hotărât de Primărie';

/** RGPD Art. 13 and 14, true to what this software does. */
export const personalDataInRomanian = ({ address, policies }: Operator): Statement => ({
  title: 'Datele personale',
  lead: 'Ce date se cer pentru un tichet albastru, de ce, cine le vede, cât se păstrează și cum cereți să fie șterse.',
  sections: [
    {
      id: 'operator',
      title: 'Cine răspunde de ele',
      texts: [
        `Operatorul este municipiul Cluj-Napoca. Adresa: ${address}. Responsabilului cu protecția datelor i se scrie la aceeași adresă.`,
      ],
    },
    {
      id: 'date',
      title: 'Ce date, de ce și cât timp',
      rows: [
        {
          title: 'Numărul cererii, numele și data depunerii',
          texts: [
            [
              why,
              'ca să găsim cererea și să nu o poată găsi altcineva (Art. 3 lit. b); numele se compară cu cel din registrul Primăriei, de unde îl avem',
            ],
            [ground, publicTask],
            [seenBy, 'funcționarul care are cererea și șeful lui; registratura și administratorii, care le înscriu'],
            [kept, `numele: ${untilErased}; numărul și data rămân, fără nume`],
          ],
        },
        {
          title: 'E-mailul, telefonul și nota pe care o scrieți',
          texts: [
            [
              why,
              'codul de validare, linkul întâlnirii, anunțul unei schimbări și rezoluția (Art. 3 lit. e, 5, 7, 8); la telefon și la sediu e-mailul nu este obligatoriu, iar nota nu este niciodată',
            ],
            [ground, publicTask],
            [seenBy, 'funcționarul care are cererea și șeful lui; serverul de e-mail al Primăriei, prin care trec scrisorile'],
            [kept, untilErased],
          ],
        },
        {
          title: 'Întâlnirea: ora, felul, dacă a fost ținută, reprogramările și motivele lor',
          texts: [
            [why, 'ca întâlnirea să se țină și să se poată verifica dacă procedura a fost respectată'],
            [ground, publicTask],
            [seenBy, 'funcționarul și șeful lui; auditorul vede pașii, fără numele și adresele dumneavoastră; conducerea vede numai cifre'],
            [kept, 'pașii rămân în istoric, fără datele de contact după ștergere'],
          ],
        },
        {
          title: 'Înregistrarea unei întâlniri online',
          texts: [
            [
              why,
              'Art. 5 din procedură cere înregistrarea; sunteți anunțat(ă) înainte să alegeți întâlnirea online și puteți alege telefonul sau sediul, care nu se înregistrează',
            ],
            [ground, `${publicTask}; acceptarea informării dovedește că ați fost anunțat`],
            [
              seenBy,
              'cine are acces la Webex-ul Primăriei; în acest serviciu stau numai numărul, durata și, dacă este dată, adresa ei, sigilată',
            ],
            [kept, 'pe Webex, până la termenul de păstrare al Primăriei; acest program nu o poate șterge acolo'],
          ],
        },
        {
          title: 'Rezoluția: concluziile întâlnirii',
          texts: [
            [why, 'Art. 7 din procedură: se scrie, se leagă de cerere și vi se trimite'],
            [ground, `${publicTask}; arhivare în interes public, RGPD Art. 17 alin. (3)`],
            [seenBy, 'funcționarul și șeful lui; dumneavoastră, prin e-mail, poștă sau ghișeu; sistemul de documente al Primăriei'],
            [kept, 'este document de arhivă și nu se șterge odată cu datele de contact'],
          ],
        },
        {
          title: 'Adresa de rețea de la care veniți',
          texts: [
            [
              why,
              `ca nimeni să nu ghicească cereri și să nu trimită coduri fără număr: se numără numai căutările fără rezultat (${counted(policies['lookup-throttle'].value.minutes, { one: 'un minut', few: '# minute', other: '# de minute' }, 'ro')}) și scrisorile cu cod`,
            ],
            [ground, publicTask],
            [seenBy, 'nimeni: se păstrează numai o amprentă calculată cu o cheie secretă'],
            [kept, 'amprenta contează numai cât ține numărătoarea'],
          ],
        },
      ],
    },
    {
      id: 'cookie',
      title: 'Cookie-uri',
      texts: ['Numai cele de care serviciul are nevoie ca să meargă. Nu există statistici ale altora, reclame sau urmărire.'],
      list: [
        'tichet (sau __Host-tichet): un număr la întâmplare, cel mult 12 ore; pe server, în spatele lui, sigilate, stau ce ați completat până acum și tichetele deschise din acest browser',
        'limba: limba aleasă, un an',
      ],
    },
    {
      id: 'cum',
      title: 'Cum sunt păzite',
      list: [
        'Numele, adresele, nota, motivele și concluziile sunt sigilate (AES-256-GCM) înainte de a fi scrise; cheile stau separat.',
        'Adresele paginilor, jurnalele tehnice și cifrele de funcționare nu conțin date personale. Serverul din fața serviciului poate avea jurnale ale lui, de care răspunde Primăria.',
        'Codurile de validare și cheile de acces la tichet nu se păstrează; se calculează din nou când este nevoie.',
        'Istoria este legată verigă de verigă: o schimbare pe ascuns se vede.',
        'Cine are în mână calculatorul și cheia principală poate citi tot; acestea sunt ale administratorilor Primăriei.',
      ],
    },
    {
      id: 'cui',
      title: 'Cui le dăm',
      texts: [
        'Webex (Cisco), pentru întâlnirile online, potrivit contractului Primăriei; serverele de e-mail prin care trec scrisorile; INFOCET, sistemul de documente al Primăriei. Nimănui altcuiva, decât dacă legea o cere.',
      ],
    },
    {
      id: 'stergere',
      title: 'Ștergerea, așa cum se face cu adevărat',
      texts: [
        'Programul nu șterge nimic singur la împlinirea unui termen. La cererea dumneavoastră, după ce tichetul s-a încheiat, un administrator:',
      ],
      list: [
        'distruge cheia datelor de contact ale tichetului: numele, e-mailul, telefonul, nota și motivele nu mai pot fi citite de nimeni, iar în locul lor apare [șters]',
        'șterge scrisorile păstrate aici; cele primite de dumneavoastră rămân în căsuța dumneavoastră',
        'la cerere, distruge și cheia numelui și a obiectului cererii, după care nu mai poate fi găsită după nume',
        'vă spune ce rămâne în altă parte: înregistrarea pe Webex, scrisorile pe alte servere, documentele din INFOCET',
      ],
    },
    {
      id: 'ramane',
      title: 'Ce rămâne după ștergere',
      texts: [
        'Pașii tichetului, orele și verdictele, sub numărul tichetului și al cererii; concluziile întâlnirii și dovada predării, ca documente de arhivă. Copiile de siguranță mai vechi cuprind încă cheile până când Primăria le șterge; la fiecare repornire, programul distruge din nou cheile celor șterși. Ștergerea unui tichet activ este refuzată: întâi se anulează sau se încheie.',
      ],
    },
    {
      id: 'drepturi',
      title: 'Drepturile dumneavoastră',
      texts: [
        `Puteți cere accesul la date, rectificarea, ștergerea, restricționarea, și vă puteți opune prelucrării (RGPD Art. 15–18 și 21). Scrieți numărul tichetului (TA-…) sau al cererii cu data depunerii, și ce cereți, la adresa: ${address}; răspunsul vine în cel mult o lună (RGPD Art. 12). Fără număr, nume și dată cererea nu poate fi găsită, deci nici programarea nu se poate face.`,
        'Termenele sunt verificate automat, după procedură; nu se fac profiluri. Dacă rezultatul vi se pare greșit, un om îl poate privi din nou: șeful serviciului poate admite și o cerere întârziată.',
      ],
    },
    {
      id: 'plangere',
      title: 'Plângeri',
      texts: [
        'Vă puteți plânge la Autoritatea Națională de Supraveghere a Prelucrării Datelor cu Caracter Personal, B-dul G-ral Gheorghe Magheru 28–30, sector 1, București, sau la instanță.',
        `Text comparat cu programul la ${plainDate(statementDate, 'ro')}.`,
      ],
      links: [{ href: 'https://www.dataprotection.ro', text: 'Autoritatea de supraveghere' }],
    },
  ],
});
