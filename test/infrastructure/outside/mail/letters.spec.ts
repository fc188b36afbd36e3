import { createCorrespondence } from '../../../../src/infrastructure/outside/mail/correspondence';
import { policiesWith } from '../../../../src/domain/policies';
import { recordingNotice } from '../../../../src/domain/ticket/request-ticket';
import { escapeHtml } from '../../../../src/infrastructure/outside/mail/render-html';
import { compose, from, joinUrl, type Kind, kinds, requestOf } from './letter-requests';

const locales = ['ro', 'en'] as const;

/** What each letter must say, in both its parts. */
const sentences: Readonly<Record<Kind, { readonly ro: readonly string[]; readonly en: readonly string[] }>> = {
  code: {
    ro: [
      'Bună ziua, Ștefan Țurcanu,',
      'Codul dumneavoastră de validare este:',
      'până la 10:25, luni, 23 noiembrie 2026 (ora României)',
      'Fără acest cod programarea nu se finalizează',
      'Nu îl spuneți nimănui',
      'fără cod nu se creează niciun tichet',
      'Centrului de informare pentru cetățeni al Primăriei (telefon 0264 000 000)',
    ],
    en: [
      'Your validation code is:',
      'until 10:25, Monday, 23 November 2026 (Romanian time)',
      'without the code no ticket is created',
      'Ask the citizens’ information centre of City Hall (phone 0264 000 000)',
    ],
  },
  opening: {
    ro: ['a cerut să deschidă tichetul', 'până la 10:25, luni, 23 noiembrie 2026 (ora României)', 'nu îl spuneți nimănui', 'rămâne închis'],
    en: ['asked to open your ticket', 'until 10:25, Monday, 23 November 2026 (Romanian time)', 'tell it to nobody', 'stays closed'],
  },
  'new-address': {
    ro: [
      'Ați cerut ca scrisorile despre Tichetul albastru să vină la această adresă',
      'până la 10:25, luni, 23 noiembrie 2026 (ora României)',
      'Până atunci nu scriem altceva la această adresă',
      'fără cod nu vă mai scriem la această adresă',
    ],
    en: [
      'to come to this address',
      'until 10:25, Monday, 23 November 2026 (Romanian time)',
      'Until then we write nothing else to this address',
    ],
  },
  'address-changed': {
    ro: ['a fost schimbată adresa la care trimitem scrisorile', 'la aceasta nu mai scriem', 'Nu ați cerut dumneavoastră?', '0264 000 000'],
    en: ['the address was changed to which we send the letters', 'to this one no more', 'It was not you who asked?', '0264 000 000'],
  },
  'earlier-hour': {
    ro: [
      'Ora liberă',
      'miercuri, 25 noiembrie 2026, 14:30–14:45 (ora României)',
      'joi, 26 noiembrie 2026, 10:00–10:15 (ora României)',
      'Ora o are cine o alege primul',
      'cel mult o dată pe zi',
      'https://tichet.primarie.example/tichet/TA-7H3K9QXZ',
    ],
    en: [
      'The free time',
      'Wednesday, 25 November 2026, 14:30–14:45 (Romanian time)',
      'Whoever chooses it first has it',
      'at most once a day',
    ],
  },
  reminder: {
    ro: [
      'Vă reamintim întâlnirea dumneavoastră prin Tichetul albastru',
      'joi, 26 noiembrie 2026, 10:00–10:15 (ora României)',
      'online, prin platforma Webex',
      'MTID=m1',
      'Nu mai puteți participa? Anulați întâlnirea sau mutați-o',
      'Puteți anula întâlnirea oricând până la ora începerii',
      '0264 000 000',
      'https://tichet.primarie.example/tichet/TA-7H3K9QXZ',
    ],
    en: [
      'We remind you of your blue ticket meeting',
      'Thursday, 26 November 2026, 10:00–10:15 (Romanian time)',
      'MTID=m1',
      'You can no longer make it? Cancel the meeting or move it',
      'phone 0264 000 000',
    ],
  },
  invitation: {
    ro: [
      'joi, 26 noiembrie 2026, 10:00–10:15 (ora României)',
      'online, prin platforma Webex',
      'Győző Pop-Mureșan, șef de birou, Serviciul Autorizări urbanism',
      'vi-l trimitem la această adresă, înainte de întâlnire',
      'Întâlnirea durează 15 minute',
      'Puteți anula întâlnirea oricând până la ora începerii',
      'de cel mult 2 ori',
      'cel puțin 48 de ore',
    ],
    en: [
      'Thursday, 26 November 2026, 10:00–10:15 (Romanian time)',
      'online, on the Webex platform',
      'head of office',
      'You may cancel the meeting at any time until it starts',
    ],
  },
  link: {
    ro: ['Linkul de invitație pentru conectarea pe platforma Webex', 'intrați cu adresa de e-mail la care ați primit acest mesaj'],
    en: ['The invitation link for connecting to the Webex platform'],
  },
  phone: { ro: ['telefonic', 'veți fi sunat(ă) la numărul de telefon pe care l-ați dat'], en: ['by phone', 'you will be called'] },
  'in-person': {
    ro: ['fizic, la sediul Primăriei', 'str. Moților nr. 3, camera 12', 'Veniți la sediul Primăriei'],
    en: ['in person, at City Hall', 'str. Moților nr. 3, camera 12'],
  },
  rescheduled: {
    ro: ['a fost reprogramată (art. 8 din procedură)', 'miercuri, 25 noiembrie 2026, 14:30–14:45 (ora României)', 'îmbolnăvire (gripă)'],
    en: ['was rescheduled (Art. 8 of the procedure)', 'Wednesday, 25 November 2026, 14:30–14:45 (Romanian time)', 'illness (gripă)'],
  },
  'moved-whole': {
    ro: [
      'Ora veche, care nu mai este valabilă',
      'Modul de dinainte',
      'online, prin platforma Webex',
      'Persoana de dinainte',
      'Ana Țîrlea, personal de execuție, Serviciul Cadastru',
      'veți fi sunat(ă)',
    ],
    en: ['The former mode', 'The former person', 'Ana Țîrlea', 'you will be called'],
  },
  'mode-changed': {
    ro: ['s-a schimbat modul în care se ține întâlnirea', 'Modul de dinainte', 'telefonic', 'veți fi sunat(ă)'],
    en: ['the way in which the meeting is held has changed', 'The former mode', 'by phone'],
  },
  reassigned: { ro: ['rămâne la ora stabilită', 'altă repartizare'], en: ['stays at the time agreed', 'altă repartizare'] },
  'staff-absent': { ro: ['a lipsit', 'indiferent de termenul de 30 de zile'], en: ['was absent', 'whatever the 30 days say'] },
  cancellation: {
    ro: ['nu poate avea loc și a fost anulată', 'motive tehnice', 'o oră nouă (art. 8 din procedură)'],
    en: ['cannot take place and was cancelled', 'technical reasons'],
  },
  resolution: {
    ro: ['154997/425 / 4 octombrie 2026', 'Dosarul este complet.', '557697', 'conex cu cererea'],
    en: ['154997/425 / 4 October 2026', 'Dosarul este complet.', '557697'],
  },
};

const cases = kinds.flatMap((kind) => locales.map((locale) => ({ kind, locale })));

describe('Art. 3 e, 5, 7, 8: letters', () => {
  it.each(cases)('$kind in $locale says what it must, in text and in HTML', ({ kind, locale }) => {
    const letter = compose(kind, locale);
    for (const sentence of sentences[kind][locale]) {
      expect(letter.text).toContain(sentence);
      expect(letter.html).toContain(escapeHtml(sentence));
    }
    expect(letter.text).toContain('TA-7H3K9QXZ');
    expect(letter.html).toContain(`<html lang="${locale}"`);
  });

  it.each(cases)('$kind in $locale has nothing personal in its subject, and nothing from outside', ({ kind, locale }) => {
    const { subject, html, text } = compose(kind, locale);
    for (const secret of ['turcanu', 'Țurcanu', 'Győző', '048213', '154997', 'gripă']) expect(subject).not.toContain(secret);
    expect(subject).toContain('TA-7H3K9QXZ');
    expect(html).not.toMatch(/<(?:img|script|link|style|iframe|form|table)\b|src=|url\(|@import/iu);
    // Only the two addresses that were given, and none with a token in it.
    const links = Array.from(html.matchAll(/href="([^"]*)"/gu), ([, url]) => url);
    expect(
      links.every(
        (url) => url === 'https://tichet.primarie.example/tichet/TA-7H3K9QXZ' || url?.startsWith('https://primarie.webex.example/'),
      ),
    ).toBe(true);
    expect(`${text}${html}`).not.toMatch(/[şţŞŢ]/u);
  });

  it.each(cases)('$kind in $locale says whose letter it is, and has one button, whose address can be read', ({ kind, locale }) => {
    const { html } = compose(kind, locale);
    expect(html).toContain(locale === 'ro' ? 'Primăria municipiului Cluj-Napoca' : 'Cluj-Napoca City Hall');
    const buttons = Array.from(html.matchAll(/<a href="([^"]*)" style="[^"]*background/gu), ([, href = '']) => href);
    expect(buttons).toHaveLength(1);
    expect(html).toContain(`<a href="${buttons[0] ?? ''}">${buttons[0] ?? ''}</a>`);
  });

  it('Art. 5: the button of a letter with the link leads to the meeting', () => {
    expect(compose('link').html).toContain(`<a href="${escapeHtml(new URL(joinUrl).href)}" style="`);
  });

  it('Art. 3 e: the code stands alone on its line, once, and no other line is made of digits', () => {
    for (const locale of locales) {
      const { text, html } = compose('code', locale);
      expect(text.split('\n').filter((line) => /^\d+$/u.test(line))).toEqual(['048213']);
      expect(html.match(/048213/gu)).toHaveLength(1);
    }
    const posing = createCorrespondence({ from, policies: policiesWith() }).compose({
      ...requestOf('code', 'ro'),
      name: '111111\n222222\r333333\u2028444444',
    });
    expect(posing.text.split(/[\n\r\u2028\u2029]/u).filter((line) => /^\d{6}$/u.test(line))).toEqual(['048213']);
  });

  it('A14: the invitation to an online meeting repeats the notice about the recording; the others do not', () => {
    for (const locale of locales) {
      expect(compose('invitation', locale).text).toContain(recordingNotice.text[locale]);
      expect(compose('link', locale).text).toContain(recordingNotice.text[locale]);
      expect(compose('phone', locale).text).not.toContain(recordingNotice.text[locale]);
      expect(compose('in-person', locale).text).not.toContain(recordingNotice.text[locale]);
    }
  });

  it('Art. 5: the Webex link is on a line of its own in the text, escaped in the HTML', () => {
    const { text, html } = compose('link');
    const link = new URL(joinUrl).href;
    expect(text.split('\n')).toContain(link);
    expect(html).toContain(`href="${escapeHtml(link)}"`);
  });

  it('Art. 5: an address that is no web page is never made a link', () => {
    const request = requestOf('link', 'ro');
    if (request.kind !== 'invitation') throw new Error('expected an invitation');
    const letter = createCorrespondence({ from, policies: policiesWith() }).compose({
      ...request,
      joinUrl: 'javascript:alert(1)',
      publicUrl: 'data:text/html,x',
    });
    expect(letter.html).not.toContain('javascript:');
    expect(letter.html).not.toContain('href=');
    expect(letter.calendar?.content).not.toContain('javascript:');
  });

  it('A19: says how often the citizen may still move it, by the policies in force, and that they may not any more', () => {
    const policies = policiesWith({ 'lead-time': { value: { hours: 72 }, version: 2 } });
    const request = requestOf('invitation', 'ro');
    if (request.kind !== 'invitation') throw new Error('expected an invitation');
    const textFor = (movesLeft: number): string => createCorrespondence({ from, policies }).compose({ ...request, movesLeft }).text;
    expect(textFor(2)).toContain('la altă oră, de cel mult 2 ori;');
    expect(textFor(1)).toContain('la altă oră, o dată; noua oră trebuie să fie la cel puțin 72 de ore');
    expect(textFor(0)).toContain('Ați mutat-o singur(ă) de câte ori se poate');
    expect(textFor(0)).not.toContain('O puteți muta');
  });

  it('Art. 8: a reason whose words say the same is said once', () => {
    for (const [locale, once] of [
      ['ro', 'îmbolnăvire'],
      ['en', 'illness'],
    ] as const) {
      const request = requestOf('rescheduled', locale);
      if (request.kind !== 'change') throw new Error('expected a change');
      const { text } = createCorrespondence({ from, policies: policiesWith() }).compose({ ...request, reasonText: 'îmbolnăvire' });
      expect(text).toContain(once);
      expect(text).not.toContain('(îmbolnăvire)');
    }
  });

  it('Art. 7: the conclusions keep their lines', () => {
    const { text, html } = compose('resolution');
    expect(text).toContain('> Dosarul este complet.\n>\n> Certificatul se emite până vineri & se trimite prin poștă.');
    expect(html).toContain('Dosarul este complet.<br>\n<br>\nCertificatul se emite până vineri &amp; se trimite prin poștă.');
  });

  it('Art. 8, A19: who cancelled decides what comes next', () => {
    const request = requestOf('cancellation', 'ro');
    if (request.kind !== 'cancellation') throw new Error('expected a cancellation');
    const { text } = createCorrespondence({ from, policies: policiesWith() }).compose({ ...request, by: 'citizen' });
    expect(text).toContain('La cererea dumneavoastră');
    expect(text).toContain('Puteți solicita un alt Tichet albastru');
    expect(text).not.toContain('motive tehnice');
    expect(text).not.toContain('Ne cerem scuze');
  });

  it('the same request gives the same letter', () => {
    for (const kind of kinds) expect(compose(kind)).toEqual(compose(kind));
  });

  it('a sender that is no mailbox is refused with a sentence', () => {
    for (const wrong of ['', 'nobody', 'a@b.example, c@d.example', 'Name <a@b.example>\r\nBcc: x@y.example', 'Name <>']) {
      expect(() => createCorrespondence({ from: wrong, policies: policiesWith() })).toThrow(/one e-mail address/u);
    }
  });
});
