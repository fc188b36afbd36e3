import type { Words } from '../../phrasing/words/both';
import type { ArticleId } from '../../phrasing/procedure/act';

/** Where in the service an article happens. `officials`: only they get in there. */
export type Place = { readonly href: string; readonly text: string; readonly officials?: true };

type ProcedureWords = {
  readonly title: string;
  readonly lead: string;
  readonly contents: string;
  readonly order: string;
  readonly annex: string;
  readonly about: string;
  readonly translation: string;
  readonly where: string;
  readonly officials: string;
  readonly readings: string;
  readonly readingsLead: string;
  readonly places: Readonly<Record<ArticleId, readonly Place[]>>;
};

const booking = '/programare';
const mine = '/tichet';
const meetings = '/programari';

export const procedureWords: Words<ProcedureWords> = {
  ro: {
    title: 'Procedura Tichetului albastru',
    lead: 'Textul întreg al dispoziției și al anexei ei, publicat aici cum cere Art. 3 din dispoziție. Sub fiecare articol scrie unde se întâmplă în acest serviciu.',
    contents: 'Cuprins',
    order: 'Dispoziția',
    annex: 'Anexa: procedura',
    about: 'Despre acest text',
    translation: 'Traducere de lucru în engleză; textul românesc este cel valabil.',
    where: 'Unde se întâmplă:',
    officials: 'pentru funcționari',
    readings: 'Cum citim procedura',
    readingsLead:
      'Unde procedura lasă ceva deschis, serviciul lucrează cu citirile de mai jos. Valorile sunt cele în vigoare acum; fiecare tichet păstrează valorile cu care a fost hotărât.',
    places: {
      D1: [{ href: '#anexa', text: 'anexa, mai jos' }],
      D2: [{ href: '#anexa', text: 'se aplică numai anexa de mai jos; dispoziția veche nu mai are efect' }],
      D3: [{ href: '/procedura', text: 'această pagină; pentru ghișee se tipărește așa cum este' }],
      D4: [{ href: '/audit', text: 'verificarea fiecărui tichet, articol cu articol', officials: true }],
      1: [{ href: booking, text: 'programarea arată cu cine vă întâlniți' }],
      2: [
        { href: booking, text: 'programarea spune dacă cererea poate primi un tichet' },
        { href: '/termene', text: 'termenele de 30 de zile', officials: true },
      ],
      3: [
        { href: booking, text: 'Solicitare Tichet albastru' },
        { href: mine, text: 'tichetul meu' },
      ],
      4: [
        { href: meetings, text: 'Vezi programări Webex', officials: true },
        { href: booking, text: 'orele care se pot alege' },
      ],
      5: [
        { href: meetings, text: 'linkul și înregistrarea, pe fișa întâlnirii', officials: true },
        { href: mine, text: 'linkul, pe tichetul meu' },
      ],
      6: [{ href: booking, text: 'orele se aleg din sfert în sfert de oră' }],
      7: [
        { href: meetings, text: 'Rezoluția Tichetului albastru, pe fișa întâlnirii', officials: true },
        { href: '/sarcini', text: 'rezoluțiile care mai sunt de scris', officials: true },
      ],
      8: [
        { href: mine, text: 'reprogramare și anulare, pe tichetul meu' },
        { href: '/sarcini', text: 'întâlnirile de reprogramat', officials: true },
        { href: '/program', text: 'absențele, cu întâlnirile care cad în ele', officials: true },
      ],
    },
  },
  en: {
    title: 'The procedure of the blue ticket',
    lead: 'The order and its annex, published as Art. 3 of the order asks. Under each article: where it happens in this service.',
    contents: 'Contents',
    order: 'The order',
    annex: 'The annex: the procedure',
    about: 'About this text',
    translation: 'Working translation; the Romanian text governs.',
    where: 'Where it happens:',
    officials: 'for civil servants',
    readings: 'How we read the procedure',
    readingsLead:
      'Where the procedure leaves something open, the service works with the readings below. The values are those in force now; every ticket keeps the values with which it was decided.',
    places: {
      D1: [{ href: '#anexa', text: 'the annex, below' }],
      D2: [{ href: '#anexa', text: 'only the annex below applies' }],
      D3: [{ href: '/procedura', text: 'this page; for the counters it is printed as it is' }],
      D4: [{ href: '/audit', text: 'every ticket checked, article by article', officials: true }],
      1: [{ href: booking, text: 'booking shows whom you meet' }],
      2: [
        { href: booking, text: 'booking says whether the request may have a ticket' },
        { href: '/termene', text: 'the 30-day windows', officials: true },
      ],
      3: [
        { href: booking, text: 'ask for a blue ticket' },
        { href: mine, text: 'my ticket' },
      ],
      4: [
        { href: meetings, text: 'see Webex appointments', officials: true },
        { href: booking, text: 'the hours that can be chosen' },
      ],
      5: [
        { href: meetings, text: 'link and recording, on the card of the meeting', officials: true },
        { href: mine, text: 'the link, on my ticket' },
      ],
      6: [{ href: booking, text: 'hours are chosen in quarters of an hour' }],
      7: [
        { href: meetings, text: 'the resolution, on the card of the meeting', officials: true },
        { href: '/sarcini', text: 'the resolutions still to be written', officials: true },
      ],
      8: [
        { href: mine, text: 'rescheduling and cancelling, on my ticket' },
        { href: '/sarcini', text: 'the meetings to be rescheduled', officials: true },
        { href: '/program', text: 'absences, with the meetings that fall into them', officials: true },
      ],
    },
  },
};
