import { escapeHtml } from '../../../../src/infrastructure/outside/mail/render-html';
import { composeForOfficial, type OfficialKind, officialKinds } from './letter-requests';

const locales = ['ro', 'en'] as const;
const cases = officialKinds.flatMap((kind) => locales.map((locale) => ({ kind, locale })));

const sentences: Readonly<Record<OfficialKind, { readonly ro: readonly string[]; readonly en: readonly string[] }>> = {
  booked: {
    ro: ['Aveți o programare nouă', 'TA-7H3K9QXZ', 'joi, 26 noiembrie 2026, 10:00–10:15 (ora României)', 'online, prin platforma Webex'],
    en: ['You have a new appointment', 'Thursday, 26 November 2026, 10:00–10:15 (Romanian time)'],
  },
  moved: {
    ro: ['are altă oră', 'miercuri, 25 noiembrie 2026, 14:30–14:45 (ora României)'],
    en: ['has another time', 'Wednesday, 25 November 2026, 14:30–14:45 (Romanian time)'],
  },
  mode: { ro: ['se ține altfel'], en: ['is held in another way'] },
  given: { ro: ['vă revine dumneavoastră'], en: ['is yours now'] },
  taken: { ro: ['o ține altcineva'], en: ['Somebody else holds'] },
  cancelled: { ro: ['a fost anulată'], en: ['was cancelled'] },
  offered: { ro: ['O întâlnire vă este oferită', '/oferta'], en: ['A meeting is offered to you'] },
  declined: { ro: ['rămâne cum era'], en: ['stays as it was'] },
  day: {
    ro: [
      'Termene depășite',
      'TA-BBBB2222: Scrieți rezoluția Tichetului albastru, termen-țintă 14:15, luni, 23 noiembrie 2026 (ora României), termen-limită 24:00, marți, 24 noiembrie 2026 (ora României)',
      'Termene până la sfârșitul zilei de 26 noiembrie 2026',
      'TA-CCCC3333: Adăugați înregistrarea, termen-limită 12:00',
      'Întâlnirile de mâine până la sfârșitul zilei de 26 noiembrie 2026',
      'TA-7H3K9QXZ: joi, 26 noiembrie 2026, 10:00–10:15 (ora României), online, prin platforma Webex (linkul lipsește încă)',
      'TA-7H3K9QXZ: mutată, joi, 26 noiembrie 2026',
      'TA-AAAA1111: anulată',
    ],
    en: [
      'Overdue',
      'target 14:15, Monday',
      'limit 24:00, Tuesday',
      'Due by the end of 26 November 2026',
      'the link is still missing',
      'What happened',
    ],
  },
  week: {
    ro: [
      'online, prin platforma Webex: programate 12, ținute 9, fără solicitant 2',
      'Rezoluții întârziate, din întâlnirile săptămânii trecute: 2',
      'Termene depășite acum: 4',
      'online, prin platforma Webex: 21 de întâlniri',
      'telefonic: o întâlnire',
      'fizic, la sediul Primăriei: nicio întâlnire',
    ],
    en: ['planned 12, held 9, applicant absent 2', 'Overdue now: 4', '21 meetings', 'one meeting', 'no meeting'],
  },
};

describe('letters to civil servants', () => {
  it.each(cases)('$kind in $locale says what it must, in text and in HTML', ({ kind, locale }) => {
    const { text, html } = composeForOfficial(kind, locale);
    for (const sentence of sentences[kind][locale]) {
      expect(text).toContain(sentence);
      // a row of details is a term and its value there
      for (const part of sentence.split(/(?<=trecute|acum|now): /u)) expect(html).toContain(escapeHtml(part));
    }
    expect(html).toContain(`<html lang="${locale}"`);
    expect(`${text}${html}`).not.toMatch(/[şţŞŢ]/u);
  });

  it.each(cases)('$kind in $locale leads to our own pages only, and says where such letters are chosen', ({ kind, locale }) => {
    const { text, html, calendar } = composeForOfficial(kind, locale);
    const links = Array.from(html.matchAll(/href="([^"]*)"/gu), ([, url]) => url);
    expect(links.length).toBeGreaterThan(0);
    expect(links.every((url) => url?.startsWith('https://tichet.primarie.example/programari') === true || url?.endsWith('/sarcini'))).toBe(
      true,
    );
    expect(text).toContain('https://tichet.primarie.example/program/s002/scrisori');
    expect(calendar).toBeUndefined();
  });

  it('a letter of one thing leads to the card of that meeting', () => {
    expect(composeForOfficial('booked').html).toContain('/programari/018f0000-0000-7000-8000-000000000001"');
  });

  it('a letter of a day without meetings leads to the tasks', () => {
    expect(composeForOfficial('day').html).toContain('/programari"');
  });
});
