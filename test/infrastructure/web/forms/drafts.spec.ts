import { forgetTicket } from '../../../../src/application/privacy/forget';
import { manualDocumentRegister } from '../../../../src/infrastructure/outside/document-system/open-registry';
import { mostFromOneAddress } from '../../../../src/infrastructure/web/forms/form-drafts';
import { mustBeDone, type Service, startSeeded } from '../../../http/support/service';
import { BrowserOf } from '../booking/browser-of';
import { toModes } from '../booking/ways';
import { book, type Official, signIn, startOffice, textOf, ticketOf } from '../meetings/support/office';
import { formsOfOtherInstallations } from './tried-over-http';

const secret = 'Concluzii care nu se pierd';
const valueIn = (html: string, name: string): string => new RegExp(`name="${name}"[^>]*>\\n?([^<]*)<`).exec(html)?.[1] ?? '';
const onceIn = (html: string): string => /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';

describe('a draft of a form about a ticket', () => {
  let service: Service;
  let staff: Official;
  let head: Official;
  let form: string;
  let ticketId: string;
  beforeAll(async () => {
    service = await startOffice();
    ticketId = await book(service, 'phone');
    service.ports.clock.set('2026-03-05T08:05:00.000Z');
    [staff, head] = await Promise.all([signIn(service, 'staff', 's002'), signIn(service, 'head', 's001')]);
    await staff.fill(`/programari/${ticketId}/incepere`, {});
    form = `/programari/${ticketId}/rezolutie`;
  });

  it('is kept as it is typed, and shown to who typed it and to nobody else', async () => {
    expect(await staff.fill(form, { ciorna: 'scrie', conclusions: secret })).toMatchObject({ status: 204 });
    const again = await staff.get(form);
    expect(valueIn(again.html, 'conclusions')).toBe(secret);
    expect(textOf(again.html)).toContain('Aici este ce ați scris');
    expect((await head.get(form)).html).not.toContain(secret);
  });

  it('is found again however the address is written', async () => {
    await staff.fill(form, { ciorna: 'scrie', conclusions: secret });
    const other = form.replaceAll('-', '%2D');
    expect(valueIn((await staff.get(other)).html, 'conclusions')).toBe(secret);
    await staff.fill(other, { ciorna: 'scrie', conclusions: `${secret}, la altă adresă` });
    expect(valueIn((await staff.get(form)).html, 'conclusions')).toBe(`${secret}, la altă adresă`);
  });

  it('cannot be read where it is kept', async () => {
    const rows: unknown[] = [];
    const { drafts } = service.ports.operations;
    const watched = { ...drafts, put: (...row: Parameters<typeof drafts.put>) => (rows.push(row), drafts.put(...row)) };
    Object.assign(service.ports.operations, { drafts: watched });
    await staff.fill(form, { ciorna: 'scrie', conclusions: secret });
    Object.assign(service.ports.operations, { drafts });
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toMatch(/Concluzii|s002|rezolutie/);
  });

  it('is not carried out by somebody else who is signed in now, and stays with whom the form was shown to', async () => {
    const once = onceIn((await staff.get(form)).html);
    const answer = await head.send(form, { once, conclusions: 'Scris de altcineva' });
    expect(answer).toMatchObject({ status: 303, location: form });
    expect(JSON.stringify(await ticketOf(service, ticketId))).not.toContain('"issued"');
    expect((await head.get(form)).html).not.toContain('Scris de altcineva');
    expect(valueIn((await staff.get(form)).html, 'conclusions')).toBe('Scris de altcineva');
  });

  it('of two tabs both are there', async () => {
    const other = onceIn((await staff.get(form)).html).replace(/^./, 'f');
    service.ports.clock.set('2026-03-05T08:06:00.000Z');
    await staff.send(form, { once: other, ciorna: 'scrie', conclusions: 'Din altă filă' });
    const { html } = await staff.get(form);
    expect(valueIn(html, 'conclusions')).toBe('Din altă filă');
    expect(textOf(html)).toMatch(/în altă filă[^]*Scris de altcineva/);
    expect(await staff.fill(form, { ciorna: 'sterge' })).toMatchObject({ status: 303, location: form });
    expect((await staff.get(form)).html).not.toContain('Din altă filă');
  });

  it('that came too late is shown, with who acted when', async () => {
    await head.fill(form, { conclusions: 'Rezoluția șefului' });
    const late = await staff.send(form, { once: 'tarziu', conclusions: 'Rezoluția târzie' });
    expect(late.status).toBe(409);
    expect(textOf(late.html)).toMatch(
      /Ce ați scris Între timp: Rezoluție scrisă, Bogdan Suciu, joi, 5 martie 2026, 10:06\.[^]*Rezoluția târzie/,
    );
  });

  it('is erased with its ticket', async () => {
    service.ports.clock.set('2026-03-05T08:20:00.000Z');
    await staff.fill(`/programari/${ticketId}/incheiere`, { date: '2026-03-05', startedAt: '10:05', endedAt: '10:19' });
    const path = `/programari/${ticketId}/predare`;
    await staff.fill(path, { ciorna: 'scrie', proof: 'Ion Pop a semnat' });
    expect((await staff.get(path)).html).toContain('Ion Pop a semnat');
    const { drafts } = service.ports.operations;
    const forgotten: number[] = [];
    const forget: typeof drafts.forget = async (id) => {
      forgotten.push(await drafts.forget(id));
      return 0;
    };
    Object.assign(service.ports.operations, { drafts: { ...drafts, forget } });
    mustBeDone(await forgetTicket(service.ports)(service.context(), { ticketId, reason: 'Cerere' }));
    expect(forgotten[0]).toBeGreaterThan(0);
    // and nothing can be kept about it any more: its key is gone
    await staff.fill(path, { ciorna: 'scrie', proof: 'Ion Pop a semnat' });
    expect(await drafts.forget(ticketId)).toBe(0);
  });
});

describe('drafts of people whom only a session tells apart', () => {
  const form = '/programare/contact';
  let service: Service;
  /** How often something was kept. */
  let kept = 0;
  beforeEach(async () => {
    service = await startSeeded();
    kept = 0;
    const { drafts } = service.ports.operations;
    const put: typeof drafts.put = (...row) => {
      kept += 1;
      return drafts.put(...row);
    };
    Object.assign(service.ports.operations, { drafts: { ...drafts, put } });
  });
  const atContact = async (address: string): Promise<BrowserOf> => {
    const browser = new BrowserOf(service, address);
    await toModes(browser);
    await browser.send('/programare/mod', { mode: 'phone' });
    await browser.get(form);
    return browser;
  };
  const type = (browser: BrowserOf, once: string, text = 'De la fereastra 3') => browser.post(form, { once, ciorna: 'scrie', notes: text });

  it('are bounded by address, whatever browser they come from; what is typed then stays in the form, and the form can be sent', async () => {
    const first = await atContact('203.0.113.1');
    for (let n = 1; n < mostFromOneAddress; n += 1) await type(first, `d${n}`);
    service.ports.clock.advance({ seconds: 1 });
    await type(first, 'the newest');
    expect(kept).toBe(mostFromOneAddress);
    const full = await type(first, 'one more');
    expect([full.status, Number(full.headers['retry-after']) > 0]).toEqual([429, true]);
    expect(full.text).toContain('s-au început prea multe formulare');
    expect(full.text).toContain('De la fereastra 3');
    // the same address, written as IPv6
    const another = await atContact('::ffff:203.0.113.1');
    expect((await another.get(form)).text).toMatch(/data-full="Ce scrieți nu se păstrează aici[^"]*Textul rămâne în formular/);
    expect((await type(another, 'another')).status).toBe(429);
    const wrong = await another.send(form, { phone: 'x', notes: 'De la fereastra 4' });
    expect([wrong.status, wrong.text.includes('De la fereastra 4')]).toEqual([422, true]);
    expect((await another.send(form, { phone: '0740 123 456', notes: 'De la fereastra 4' })).location).toBe('/programare/verificare');
    expect(kept).toBe(mostFromOneAddress);
    // what was begun before goes on, and elsewhere one begins as before
    expect((await type(first, 'the newest', 'Mai departe')).status).toBe(204);
    expect((await type(await atContact('203.0.113.2'), 'elsewhere')).status).toBe(204);
    service.ports.clock.advance({ minutes: 24 * 60 + 1 });
    expect((await type(await atContact('203.0.113.1'), 'tomorrow')).status).toBe(204);
  });

  it('are not lost on the way to another page either: what cannot be kept is shown', async () => {
    const browser = await atContact('203.0.113.1');
    for (let n = 0; n < mostFromOneAddress; n += 1) await type(browser, `d${n}`);
    const left = await browser.post(form, { once: 'left', mergi: '/programare/ora', notes: 'De la fereastra 5' });
    expect([left.status, left.location, left.text.includes('De la fereastra 5')]).toEqual([429, '', true]);
  });

  it('are none where no request was found, or of more than such a form takes', async () => {
    const stranger = new BrowserOf(service);
    await stranger.visit('/tichet/TA-7H3K9QXZ');
    for (const once of ['a', 'b', 'c']) await type(stranger, once);
    expect(kept).toBe(0);
    await type(await atContact('203.0.113.1'), 'long', 'ș'.repeat(20_000));
    expect(kept).toBe(0);
  });
});

/** Where a form stands, where it goes, what is typed into it, and what of that is refused. */
type Tried = {
  /** where it is not an official */
  readonly as?: 'admin';
  readonly page: string;
  readonly action: string;
  readonly field: string;
  readonly typed: string;
  readonly refused: string;
};
const lineIn = (html: string, name: string): string =>
  new RegExp(`name="${name}"[^>]*? value="([^"]*)"`).exec(html)?.[1] ?? valueIn(html, name);

describe.each([true, false])(
  'a form of an installation that files by hand, reads calendars and has a damaged stream, with JavaScript: %s',
  (script) => {
    let service: Service;
    let forms: Readonly<Record<string, Tried>>;
    beforeAll(async () => {
      service = await startOffice(
        { documents: manualDocumentRegister },
        { calendarDoor: { hosts: ['https://calendar.example'], networks: [] } },
      );
      const path = `/programari/${await book(service, 'in-person')}`;
      service.ports.clock.set('2026-03-05T08:20:00.000Z');
      const staff = await signIn(service, 'staff', 's002');
      await staff.fill(`${path}/incheiere`, { date: '2026-03-05', startedAt: '10:01', endedAt: '10:16' });
      await staff.fill(`${path}/rezolutie`, { conclusions: 'Clarificat.' });
      const stream = 'agenda-s003_2026-03-09';
      service.ports.store.damaged = () => Promise.resolve([{ stream, revision: 0, how: 'deleted' }]);
      const [filed = '', calendar = '', closed = ''] = formsOfOtherInstallations;
      const closing = `/administrare/fluxuri/${stream}/inchidere`;
      const [filing, following] = [`${path}/conexare`, '/program/s002/calendar'];
      forms = {
        [filed]: { page: filing, action: filing, field: 'documentNumber', typed: '161203', refused: '1'.repeat(200) },
        [calendar]: {
          page: following,
          action: `${following}/adresa`,
          field: 'adresa',
          typed: 'https://calendar.example/a.ics',
          refused: 'fără adresă',
        },
        [closed]: {
          as: 'admin',
          page: closing,
          action: closing,
          field: 'reason',
          typed: 'incidentul 8',
          refused: 'Prea lung. '.repeat(200).trim(),
        },
      };
    });

    it.each(formsOfOtherInstallations)('survives another tab, Back, midnight and the end of the session: %s', async (name) => {
      const form = forms[name];
      if (form === undefined) throw new Error(`${name} is not tried`);
      const { as = 'staff', page, action, field, typed, refused } = form;
      const entered = () => signIn(service, as, as === 'staff' ? 's002' : undefined);
      // ten minutes before midnight in Cluj
      service.ports.clock.set('2026-03-05T21:50:00.000Z');
      const staff = await entered();
      const send = async (text: string) =>
        staff.send(action, { once: onceIn((await staff.get(page)).html), [field]: text, ...(script ? { ciorna: 'scrie' } : {}) });
      const kept = script ? typed : refused;
      expect((await send(kept)).status).toBe(script ? 204 : 422);
      expect(lineIn((await staff.get(page)).html, field)).toBe(kept);
      service.ports.clock.set('2026-03-05T22:10:00.000Z');
      expect(lineIn((await staff.get(page)).html, field)).toBe(kept);
      const { html } = await staff.get(page);
      await staff.send('/intra/iesire', {});
      const late = await staff.send(action, { once: onceIn(html), [field]: typed, ...(script ? { ciorna: 'scrie' } : {}) });
      expect(script ? late.status : late.location).toBe(script ? 204 : `/intra?spre=${encodeURIComponent(page)}`);
      expect(lineIn((await (await entered()).get(page)).html, field)).toBe(typed);
      expect((await (await signIn(service, 'head', 's001')).get(page)).html).not.toContain(typed);
      // without the hidden field nobody knows whose it was
      service.ports.clock.set('2026-03-05T22:20:00.000Z');
      await staff.send(action, { [field]: 'https://altcineva.example', ...(script ? { ciorna: 'scrie' } : {}) });
      expect((await (await entered()).get(page)).html).not.toContain('altcineva');
    });
  },
);
