import { readFileSync } from 'node:fs';
import { policiesWith } from '../../../../src/domain/policies';
import { defaultRetention, periodOf } from '../../../../src/domain/retention/retention';
import { statementDate } from '../../../../src/infrastructure/web/statements/filled-statements';
import type { OpenedPorts } from '../../../../src/infrastructure/nest/provided';
import { localDocumentRegister } from '../../../../src/infrastructure/outside/document-system/local-document-register';
import { manualDocumentRegister } from '../../../../src/infrastructure/outside/document-system/open-registry';
import { createTestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { emptyVideo } from '../../../support/automatic-meetings';
import { startService, type Service } from '../../../http/support/service';
import { textOf } from '../schedule/support/markup';

type Changes = NonNullable<Parameters<typeof startService>[0]>;

let service: Service;
const meetingPlace = 'Primăria de probă, <b>Strada Lungă</b> nr. 7';
const page = async (path: string, language = 'ro'): Promise<{ readonly html: string; readonly text: string }> => {
  const answer = await service.app.inject({ url: path, headers: { 'accept-language': language } });
  expect(answer.statusCode).toBe(200);
  return { html: answer.body, text: textOf(answer.body) };
};

beforeAll(async () => {
  service = await startService({ cityHall: { publicUrl: 'https://tichet.example', meetingPlace } });
});

const both = ['ro', 'en'] as const;

describe('the statements', () => {
  it.each(both)('O.U.G. 112/2018, in %s: status, what was tested, what does not work, feedback, enforcement, date', async (language) => {
    const { html } = await page('/accesibilitate', language);
    for (const id of ['stadiu', 'verificat', 'nu-merge', 'sesizari', 'plangeri', 'intocmire']) expect(html).toContain(`<h2 id="${id}">`);
    expect(html).toContain('EN 301 549');
    expect(html).toContain('112/2018');
    expect(html).toContain('https://tichet.example');
    expect(html).toContain(statementDate.slice(0, 4));
  });

  it.each(both)('GDPR 13, in %s: controller, data, ground, recipients, how long, rights, complaint', async (language) => {
    const { html, text } = await page('/date-personale', language);
    for (const id of ['operator', 'date', 'cookie', 'cui', 'termene', 'stergere', 'ramane', 'drepturi', 'plangere']) {
      expect(html).toContain(`<h2 id="${id}">`);
    }
    expect(text).toContain(language === 'ro' ? 'Art. 6 alin. (1) lit. e)' : 'Art. 6 (1) e)');
    expect(text).toContain(language === 'ro' ? 'în locul lor apare [șters]' : '[șters] stands in their place');
    expect(text).toContain(language === 'ro' ? '10 minute' : '10 minutes');
    // what is written at the counter, and of whom else: GDPR 14
    const named =
      language === 'ro'
        ? ['adresa poștală', 'Cine vine cu dumneavoastră', 'RGPD Art. 14', 'funcționarul registraturii care vă programează la ghișeu']
        : ['postal address', 'Who comes with you', 'GDPR Art. 14', 'the clerk of the registry who books for you at the counter'];
    for (const said of named) expect(text).toContain(said);
  });

  it.each(both)('GDPR 13, in %s: which periods are in force, and what the software erases by itself', async (language) => {
    const words = {
      ro: [
        'În fiecare noapte programul șterge singur',
        '2 ani de la încheierea tichetului',
        '30 de zile de la scrierea lor',
        'sunt document de arhivă; un om le poate șterge numai cu procesul-verbal',
      ],
      en: [
        'Every night the software erases by itself',
        '2 years after the end of the ticket',
        '30 days after they were written',
        'an archive document; a person can erase them only under a minute',
      ],
    }[language];
    const waits = { ro: 'Programul nu șterge încă nimic singur', en: 'The software erases nothing by itself yet' }[language];
    const nothing = { ro: 'Programul nu șterge nimic singur', en: 'The software erases nothing by itself at the end' }[language];
    const shown = async (retention: typeof defaultRetention | undefined, confirmed: boolean): Promise<string> => {
      const { app, ports } = await startService({}, { opened: { ...(retention && { retention }) } });
      if (!confirmed) await ports.operations.keyValues.remove('retention-confirmed');
      return textOf((await app.inject({ url: '/date-personale', headers: { 'accept-language': language } })).body);
    };
    const inForce = await shown(defaultRetention, true);
    for (const said of words) expect(inForce).toContain(said);
    expect(inForce).not.toContain(waits);
    expect(inForce).not.toContain(nothing);
    const waiting = await shown(defaultRetention, false);
    for (const said of [waits, ...words.slice(1)]) expect(waiting).toContain(said);
    const none = await shown(undefined, true);
    expect(none).toContain(nothing);
    for (const said of words.slice(0, 3)) expect(none).not.toContain(said);
    const longer = await shown({ ...defaultRetention, contact: periodOf('P18M') ?? null, outbox: null }, true);
    expect(longer).toContain(language === 'ro' ? '18 luni de la încheierea tichetului' : '18 months after the end of the ticket');
    expect(longer).not.toContain(words[2]);
  });

  it.each(both)('GDPR 13 (1) e and f, in %s: each setting changes what the page says, and nothing else does', async (language) => {
    const shown = async (ports: Changes, opened: Partial<OpenedPorts> = {}): Promise<string> => {
      const { app } = await startService(ports, { opened, own: true });
      return textOf((await app.inject({ url: '/date-personale', headers: { 'accept-language': language } })).body);
    };
    const { cityHall, mailer } = createTestPorts();
    const usual = await shown({});
    const [ro, en] = [language === 'ro', language === 'en'];
    const changes: readonly (readonly [string, Changes, string])[] = [
      ['officer', { cityHall: { ...cityHall, dataProtectionOfficer: 'dpo@primaria.example' } }, 'dpo@primaria.example'],
      ['centre', { cityHall: { ...cityHall, informationCentre: { phone: '0264 596 030' } } }, '0264 596 030'],
      [
        'recording',
        { policies: policiesWith({ 'recording-period': { value: { days: 91 }, version: 2 } }) },
        ro ? '91 de zile de la întâlnire' : '91 days from the meeting',
      ],
      [
        'lookups',
        {
          policies: policiesWith({ 'lookup-throttle': { value: { ...policiesWith()['lookup-throttle'].value, minutes: 23 }, version: 2 } }),
        },
        ro ? '23 de minute' : '23 minutes',
      ],
      ['video', { video: emptyVideo }, ro ? 'programul face acolo întâlnirea' : 'the software makes the meeting there'],
      [
        'mail',
        { mailer: { ...mailer, kept: { count: () => Promise.resolve(0), erase: () => Promise.resolve(0) } } },
        ro ? 'scrisorile rămân aici, ca fișiere' : 'letters stay here, as files',
      ],
      [
        'texts',
        { textMessages: { send: () => Promise.resolve({ kind: 'accepted' }), isReport: () => false } },
        ro ? 'rețeaua de telefonie' : 'the telephone network',
      ],
      ['local', { documents: localDocumentRegister }, ro ? 'rezoluția se înregistrează aici' : 'the resolution is registered here'],
      [
        'manual',
        { documents: manualDocumentRegister },
        ro ? 'funcționarul înscrie acolo rezoluția' : 'the civil servant enters the resolution there',
      ],
    ];
    for (const [name, ports, said] of changes) {
      expect([name, usual.includes(said)]).toEqual([name, false]);
      expect([name, (await shown(ports)).includes(said)]).toEqual([name, true]);
    }
    // where no officer is named, they are still written to
    const atThisAddress = ro
      ? 'Responsabilului cu protecția datelor i se scrie la aceeași adresă.'
      : 'The data protection officer is written to at the same address.';
    expect(usual).toContain(atThisAddress);
    expect(await shown({ cityHall: { ...cityHall, dataProtectionOfficer: 'dpo@primaria.example' } })).not.toContain(atThisAddress);
    expect(en ? usual : 'the software itself gives it nothing').toContain('the software itself gives it nothing');
  });

  it.each(both)('GDPR 13, in %s: no number stands in the text itself but those of acts and articles', (language) => {
    const texts = (node: unknown): readonly string[] =>
      typeof node === 'string' ? [node] : typeof node === 'object' && node !== null ? Object.values(node).flatMap(texts) : [];
    const file = readFileSync(`src/infrastructure/phrasing/locales/${language}/statements.json`, 'utf8');
    const { personalData } = JSON.parse(file) as { readonly personalData: object };
    const ofActs = /(?:Art\. (?:[\d–,() ]|alin\.|lit\.|\b[a-e]\b|și|and)+)|AES-256|Gheorghe Magheru 28–30, sector 1|=0 /g;
    const words = /\b(?:o zi|un an|o oră|o săptămână|one day|one year|an hour|one week)\b/;
    for (const text of texts(personalData)) {
      const own = text.replace(ofActs, '').replace(/one \{[^}]*\}/g, '');
      expect([text, /\d/.test(own), words.test(own)]).toEqual([text, false, false]);
    }
  });

  it.each(both)('in %s name the operator as the installation has it, and show it as text', async (language) => {
    for (const path of ['/accesibilitate', '/date-personale']) {
      const { html, text } = await page(path, language);
      expect(text).toContain(meetingPlace);
      expect(html).not.toContain('<b>Strada');
    }
  });

  it('are linked from the footer of every page', async () => {
    const { html } = await page('/');
    for (const path of ['/procedura', '/accesibilitate', '/date-personale']) expect(html).toContain(`href="${path}"`);
  });
});
