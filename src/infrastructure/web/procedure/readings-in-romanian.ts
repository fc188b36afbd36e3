import type { Policies } from '../../../domain/policies';
import { counted, type Forms } from '../../phrasing/words/counted';
import type { ReadingGroup } from './reading';

const hours: Forms = { one: 'o oră', few: '# ore', other: '# de ore' };
const minutes: Forms = { one: 'un minut', few: '# minute', other: '# de minute' };
const seconds: Forms = { one: 'o secundă', few: '# secunde', other: '# de secunde' };
const days: Forms = { one: 'o zi', few: '# zile', other: '# de zile' };
const workingDays: Forms = { one: 'unei zile lucrătoare', few: 'a # zile lucrătoare', other: 'a # de zile lucrătoare' };
const times: Forms = { one: 'o dată', few: 'de # ori', other: 'de # de ori' };
const tickets: Forms = { one: 'un tichet activ', few: '# tichete active', other: '# de tichete active' };
const digits: Forms = { one: 'o cifră', few: '# cifre', other: '# de cifre' };
const tries: Forms = { one: 'o încercare', few: '# încercări', other: '# de încercări' };
const lookups: Forms = { one: 'o căutare', few: '# căutări', other: '# de căutări' };

const inWords = (count: number, forms: Forms): string => counted(count, forms, 'ro');

const windows: Readonly<Record<Policies['clarification-window']['value'], string>> = {
  'plain-30-roll':
    'Ziua comunicării nu se numără, a 30-a zi se numără întreagă, până la ora 24:00 a României; dacă nu este lucrătoare, se acceptă până la sfârșitul următoarei zile lucrătoare.',
  'civil-code-free-days':
    'Nu se numără nici prima, nici ultima zi: se acceptă până la sfârșitul zilei a 31-a, sau al următoarei zile lucrătoare dacă aceea nu este lucrătoare.',
  'strict-30': 'Ziua comunicării nu se numără, a 30-a zi se numără întreagă, până la ora 24:00 a României, fie lucrătoare sau nu.',
};

const request = (policies: Policies): ReadingGroup => {
  const { unmatched, minutes: within } = policies['lookup-throttle'].value;
  return {
    title: 'Cererea',
    readings: [
      {
        id: 'A1',
        text: 'Poate cere oricine al cărui nume se potrivește cu solicitantul înregistrat, persoană sau organizație. Codul numeric personal nu se cere niciodată.',
      },
      {
        id: 'A2',
        text: 'Se acceptă cererile în operare și cele cu răspuns comunicat, în cele 30 de zile, chiar dacă între timp au fost închise sau arhivate. Nu se acceptă cele închise sau arhivate fără răspuns și cele redirecționate.',
      },
      {
        id: 'A3',
        text: 'Vă întâlniți cu o singură persoană: cine are cererea în operare, sau cine a răspuns la ea. Dacă acea persoană a plecat, cu șeful ei. Dacă cererea trece la altcineva, schimbarea se notează cu motiv.',
      },
      { id: 'A5', text: `Cele 30 de zile: ${windows[policies['clarification-window'].value]}` },
      { id: 'A6', text: 'Cele 30 de zile sunt pentru a cere tichetul. Întâlnirea, sau mutarea ei, poate fi mai târziu.' },
      {
        id: 'A24',
        text: `O cerere are cel mult un tichet activ. După întâlnire se poate cere altul. O adresă de e-mail confirmată are cel mult ${inWords(policies['tickets-per-email'].value.active, tickets)}.`,
      },
      { id: 'A25', text: 'Același răspuns trimis din nou nu redeschide termenul. Un răspuns nou, da: contează sfârșitul cel mai târziu.' },
      {
        id: 'A26',
        text: 'Dacă răspunsul vine după ce ați programat întâlnirea, tichetul rămâne valabil. Dacă cererea se închide sau pleacă la altcineva, tichetul rămâne și funcționarul este întrebat ce face.',
      },
      {
        id: 'A27',
        text: 'Data comunicării este cea din registru: e-mail primit de server, poștă primită, ridicare de la ghișeu. Un șef poate admite cu motiv o cerere întârziată.',
      },
      {
        id: 'A28',
        text: `Nu se spune niciodată care dintre număr, nume și dată nu se potrivește. După ${inWords(unmatched, lookups)} fără rezultat în ${inWords(within, minutes)} se așteaptă. Diacriticele, literele mari și ordinea numelor nu contează.`,
      },
      {
        id: 'A29',
        text: 'O cerere este numărul ei împreună cu data depunerii: în fiecare ianuarie numerele o iau de la capăt. Se acceptă 154997, 154.997, 154997/425 și 154997/425/04.03.2021.',
      },
    ],
  };
};

const booking = (policies: Policies): ReadingGroup => {
  const { digits: length, validMinutes, triesPerCode, holdMinutes } = policies.verification.value;
  const delay = policies['slot-release-delay'].value;
  return {
    title: 'Programarea',
    readings: [
      {
        id: 'A7',
        text: `Între cerere și întâlnire trec cel puțin ${inWords(policies['lead-time'].value.hours, hours)}, măsurate exact, din clipa în care formularul este primit.`,
      },
      {
        id: 'A9',
        text: `Tichetul este cerut când trimiteți formularul, dacă introduceți codul la timp. Codul are ${inWords(length, digits)}, ține ${inWords(validMinutes, minutes)} și îngăduie ${inWords(triesPerCode, tries)}; ora se păstrează ${inWords(holdMinutes, minutes)}. Un cod nou, după ${inWords(policies['code-interval'].value.seconds, seconds)}, îl înlocuiește pe cel vechi. Altfel ora și cererea sunt din nou libere.`,
      },
      {
        id: 'A10',
        text: 'La telefon și la sediu e-mailul nu este obligatoriu; dacă îl dați, se confirmă tot cu un cod. Telefonul este obligatoriu pentru întâlnirile online și la telefon.',
      },
      {
        id: 'A14',
        text: 'Informarea despre înregistrare se arată înainte să alegeți întâlnirea online; acceptarea ei se păstrează, cu versiunea și ora.',
      },
      { id: 'A15', text: 'O întâlnire are exact 15 minute și începe la :00, :15, :30 sau :45. Durata ei adevărată se notează.' },
      {
        id: 'A16',
        text: `Orele sunt cele din programul persoanei (de obicei luni–miercuri 08:00–16:00, joi 08:00–17:30, vineri 08:00–14:30), fără sărbători, zile libere, absențe și ore ocupate, cu cel mult ${inWords(policies['booking-horizon'].value.days, days)} înainte.`,
      },
      {
        id: 'A30',
        text:
          delay === null
            ? 'O oră anulată este liberă imediat.'
            : `O oră anulată este liberă din nou după un timp la întâmplare, între ${inWords(delay.minMinutes, minutes)} și ${inWords(delay.maxMinutes, minutes)}: nimeni nu o poate da unui prieten.`,
      },
    ],
  };
};

const meeting = (policies: Policies): ReadingGroup => ({
  title: 'Întâlnirea',
  readings: [
    { id: 'A12', text: 'Se înregistrează întâlnirile online, pe Webex. La celelalte, dovada scrisă este rezoluția.' },
    {
      id: 'A13',
      text: 'Dacă înregistrarea lipsește, întâlnirea rămâne ținută, iar lipsa se notează cu motiv. Dacă nu doriți să fiți înregistrat, vi se oferă altă cale, și aceasta se notează.',
    },
    {
      id: 'A18',
      text: 'Începutul se notează de la ora stabilită. Rezoluția se poate scrie în timpul întâlnirii și pleacă numai după încheierea ei.',
    },
    {
      id: 'A22',
      text: `Dacă nu veniți, funcționarul așteaptă ${inWords(policies['absence-wait'].value.minutes, minutes)}. Puteți programa din nou cât timp cererea este eligibilă.`,
    },
    { id: 'A23', text: 'Dacă nu vine funcționarul, întâlnirea se mută și sunteți anunțat(ă); cele 30 de zile nu mai contează.' },
  ],
});

const changes = (policies: Policies): ReadingGroup => ({
  title: 'Schimbări',
  readings: [
    {
      id: 'A19',
      text: `Puteți anula oricând până la început și puteți reprograma singur cel mult ${inWords(policies['reschedule-limit'].value.times, times)}; apoi prin funcționar.`,
    },
    {
      id: 'A20',
      text: `La reprogramarea de către dumneavoastră cele ${inWords(policies['lead-time'].value.hours, hours)} se aplică din nou. La cea a funcționarului la fel, dacă nu v-ați dat acordul; ea are întotdeauna un motiv.`,
    },
    {
      id: 'A21',
      text: `Când funcționarul mută sau anulează, sunteți anunțat(ă) prin e-mail sau telefon în cel mult ${inWords(policies['notice-deadline'].value.hours, hours)} și înainte de noua oră. Un mesaj vocal nu înseamnă că ați fost anunțat.`,
    },
  ],
});

const resolution = (policies: Policies): ReadingGroup => {
  const { targetHours, hardLimitWorkingDays } = policies['resolution-deadline'].value;
  return {
    title: 'Rezoluția',
    readings: [
      { id: 'A11', text: 'Fără e-mail, rezoluția se dă prin poștă sau la ghișeu, cu data și dovada notate.' },
      {
        id: 'A17',
        text: `„Imediat” înseamnă: ținta este de ${inWords(targetHours, hours)} după încheierea întâlnirii, iar limita este sfârșitul ${inWords(hardLimitWorkingDays, workingDays)} de după ea. Contează când este trimisă.`,
      },
    ],
  };
};

/** Every reading, with the values in force. */
export const readingsInRomanian = (policies: Policies): readonly ReadingGroup[] => [
  request(policies),
  booking(policies),
  meeting(policies),
  changes(policies),
  resolution(policies),
];
