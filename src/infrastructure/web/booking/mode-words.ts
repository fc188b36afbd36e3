import type { Mode } from '../../../domain/ticket/facts';
import type { Words } from '../../phrasing/words/both';

type ModeWords = {
  readonly title: string;
  readonly lead: string;
  readonly notice: string;
  readonly accept: string;
  readonly acceptHint: string;
  readonly legend: string;
  readonly hints: Readonly<Record<Mode, string>>;
  readonly choose: string;
  readonly notAccepted: string;
};

/** Art. 3 d, Art. 5. */
export const modeWords: Words<ModeWords> = {
  ro: {
    title: 'Cum doriți să discutați?',
    lead: 'Discuția durează la fel, 15 minute, oricum ați alege.',
    notice: 'Înainte să alegeți online: întâlnirea se înregistrează',
    accept: 'Am citit informarea și sunt de acord cu înregistrarea întâlnirii online',
    acceptHint: 'Bifați numai dacă alegeți online. La telefon și la sediu nu se înregistrează nimic.',
    legend: 'Modul întâlnirii',
    hints: {
      online: 'Video, pe Webex, din browser. Se înregistrează. Aveți nevoie de e-mail și telefon.',
      phone: 'Vă sunăm noi la ora aleasă. Nu se înregistrează. Aveți nevoie de un număr de telefon.',
      'in-person': 'Veniți la Primărie. Nu se înregistrează. Nu sunt necesare date de contact.',
    },
    choose: 'Alegeți modul întâlnirii.',
    notAccepted:
      'Întâlnirile online se înregistrează (Art. 5). Pentru online este nevoie de acordul dumneavoastră; altfel alegeți telefonul sau sediul.',
  },
  en: {
    title: 'How would you like to talk?',
    lead: 'The conversation lasts the same 15 minutes whichever you choose.',
    notice: 'Before you choose online: the meeting is recorded',
    accept: 'I have read the notice and agree that the online meeting is recorded',
    acceptHint: 'Tick it only if you choose online. Nothing is recorded by phone or in person.',
    legend: 'Mode of the meeting',
    hints: {
      online: 'Video, on Webex, in your browser. It is recorded. You need an e-mail address and a phone.',
      phone: 'We call you at the time you chose. It is not recorded. You need a phone number.',
      'in-person': 'You come to City Hall. It is not recorded. No contact details are needed.',
    },
    choose: 'Choose the mode of the meeting.',
    notAccepted: 'Online meetings are recorded (Art. 5). Online needs your agreement; otherwise choose phone or City Hall.',
  },
};
