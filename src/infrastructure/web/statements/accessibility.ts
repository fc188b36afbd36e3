import type { Words } from '../../phrasing/words/both';
import { plainDate } from '../../phrasing/words/dates';
import { type Operator, type Statement, statementDate } from './statement';

/** O.U.G. 112/2018, after the model of Implementing Decision (EU) 2018/1523: what was tested, what does not work, how to complain. */
export const accessibilityStatement: Words<(operator: Operator) => Statement> = {
  ro: ({ address, site }) => ({
    title: 'Declarația de accesibilitate',
    lead: `Primăria municipiului Cluj-Napoca se angajează să facă acest serviciu accesibil, potrivit O.U.G. nr. 112/2018 privind accesibilitatea site-urilor web și a aplicațiilor mobile ale organismelor din sectorul public. Declarația se aplică paginilor de la ${site}.`,
    sections: [
      {
        id: 'stadiu',
        title: 'Stadiul conformității',
        texts: [
          'Serviciul este parțial conform cu standardul EN 301 549 și cu WCAG 2.2, nivelul AA: paginile au fost făcute și verificate după ele, cu excepțiile de mai jos, dar nu au fost încă verificate de persoane cu dizabilități.',
        ],
      },
      {
        id: 'verificat',
        title: 'Ce a fost verificat și cum',
        texts: ['Autoevaluare, făcută odată cu programul și repetată la fiecare schimbare a lui:'],
        list: [
          'un verificator automat (axe-core, regulile WCAG 2.2 A și AA și bunele practici), într-un browser Chromium, la lățimi de 1280, 390 și 320 de pixeli',
          'culori impuse de sistem (contrast ridicat)',
          'lățimea de 320 de pixeli, fără derulare pe orizontală',
          'folosirea numai de la tastatură și fără JavaScript, pe drumurile principale',
          'texte foarte lungi, de la dreapta la stânga sau cu simboluri, care trebuie să rămână citibile',
        ],
      },
      {
        id: 'nu-merge',
        title: 'Ce știm că nu merge, sau nu a fost verificat',
        list: [
          'Nu s-a verificat încă cu cititoare de ecran, cu comandă vocală sau cu persoane cu dizabilități. Un verificator automat găsește doar o parte din probleme.',
          'Platforma Webex, pe care se țin întâlnirile online, este a altcuiva și nu intră în această declarație. Puteți alege întâlnirea la telefon sau la sediu.',
          'Scrisorile prin e-mail și fișierul pentru calendar au text simplu, dar arată cum le arată programul dumneavoastră.',
          'Câmpurile pentru dată și oră ale funcționarilor sunt cele ale browserului; unele browsere le fac greu de folosit. Data și ora se pot scrie și ca text acolo unde browserul nu are astfel de câmpuri.',
          'Ce scriu oamenii (nume, note, concluzii) nu este marcat cu limba lui, deci un cititor de ecran îl citește în limba paginii.',
          'Textul procedurii are locuri pe care scanarea sursei nu le arată; ele sunt marcate [ilizibil].',
        ],
      },
      {
        id: 'altfel',
        title: 'Dacă nu puteți folosi pagina',
        texts: [
          `Aceleași lucruri se pot cere la Centrul de informare pentru cetățeni al Primăriei, la ghișeu sau în scris, la adresa: ${address}. Programările, mutările și anulările se pot face și prin funcționarul care are cererea.`,
        ],
      },
      {
        id: 'sesizari',
        title: 'Sesizări',
        texts: [
          `Dacă ceva de aici nu vă este accesibil, scrieți la aceeași adresă (${address}) ce pagină era, ce ați vrut să faceți și ce s-a întâmplat. Puteți cere și informația într-o formă pe care o puteți folosi. Răspunsul vi se dă în termenul legii petițiilor (O.G. nr. 27/2002).`,
        ],
      },
      {
        id: 'plangeri',
        title: 'Dacă răspunsul nu vă mulțumește',
        texts: [
          'Autoritatea pentru Digitalizarea României urmărește aplicarea O.U.G. nr. 112/2018. Vă puteți adresa și Avocatului Poporului (Legea nr. 35/1997) sau instanței de contencios administrativ (Legea nr. 554/2004).',
        ],
        links: [
          { href: 'https://www.adr.gov.ro', text: 'Autoritatea pentru Digitalizarea României' },
          { href: 'https://www.avp.ro', text: 'Avocatul Poporului' },
        ],
      },
      {
        id: 'intocmire',
        title: 'Întocmirea declarației',
        texts: [
          `Întocmită la ${plainDate(statementDate, 'ro')}, pe baza unei autoevaluări a programului. Se revizuiește la fiecare versiune a lui.`,
        ],
      },
    ],
  }),
  en: ({ address, site }) => ({
    title: 'Accessibility statement',
    lead: `Cluj-Napoca City Hall is committed to making this service accessible, according to O.U.G. no. 112/2018 on the accessibility of websites and mobile applications of public sector bodies. The statement applies to the pages at ${site}.`,
    sections: [
      {
        id: 'stadiu',
        title: 'Conformance status',
        texts: [
          'The service is partially conformant with the standard EN 301 549 and with WCAG 2.2, level AA: the pages were made and tested after them, with the exceptions below, but have not yet been tested by people with disabilities.',
        ],
      },
      {
        id: 'verificat',
        title: 'What was tested, and how',
        texts: ['Self-assessment, made together with the software and repeated with every change of it:'],
        list: [
          'an automatic checker (axe-core, the rules of WCAG 2.2 A and AA and best practices), in a Chromium browser, at widths of 1280, 390 and 320 pixels',
          'colours forced by the system (high contrast)',
          'a width of 320 pixels, without scrolling sideways',
          'use by keyboard alone and without JavaScript, on the main ways',
          'very long texts, texts from right to left or with symbols, which must stay readable',
        ],
      },
      {
        id: 'nu-merge',
        title: 'What we know does not work, or was not tested',
        list: [
          'It has not yet been tested with screen readers, with voice control or with people with disabilities. An automatic checker finds only part of the problems.',
          'The Webex platform, on which meetings online are held, is somebody else’s and is not covered by this statement. You may choose a meeting by phone or in person.',
          'Letters by e-mail and the file for calendars are plain text, but look as your own program shows them.',
          'The fields for date and time of the civil servants are the browser’s own; some browsers make them hard to use. Where a browser has no such fields, date and time can be typed as text.',
          'What people write (names, notes, conclusions) is not marked with its language, so a screen reader reads it in the language of the page.',
          'The text of the procedure has places that the scan of the source does not show; they are marked [ilizibil] (illegible).',
        ],
      },
      {
        id: 'altfel',
        title: 'If you cannot use the page',
        texts: [
          `The same can be asked for at the citizens’ information centre of City Hall, at the counter or in writing, at: ${address}. Appointments can also be made, moved and cancelled through the civil servant who has the request.`,
        ],
      },
      {
        id: 'sesizari',
        title: 'Feedback',
        texts: [
          `If something here is not accessible to you, write to the same address (${address}) which page it was, what you wanted to do and what happened. You may also ask for the information in a form that you can use. You are answered within the term of the law on petitions (O.G. no. 27/2002).`,
        ],
      },
      {
        id: 'plangeri',
        title: 'If the answer does not satisfy you',
        texts: [
          'The Authority for the Digitalisation of Romania watches over O.U.G. no. 112/2018. You may also turn to the People’s Advocate (Law no. 35/1997) or to the administrative court (Law no. 554/2004).',
        ],
        links: [
          { href: 'https://www.adr.gov.ro', text: 'Authority for the Digitalisation of Romania' },
          { href: 'https://www.avp.ro', text: 'People’s Advocate' },
        ],
      },
      {
        id: 'intocmire',
        title: 'Preparation of this statement',
        texts: [
          `Prepared on ${plainDate(statementDate, 'en')}, from a self-assessment of the software. It is reviewed with every version.`,
        ],
      },
    ],
  }),
};
