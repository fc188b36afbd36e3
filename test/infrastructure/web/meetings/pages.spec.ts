import { declareBridgeDay } from '../../../../src/application/staff/declare-day';
import { recordAbsence } from '../../../../src/application/staff/record-absence';
import { mustBeDone, type Service } from '../../../http/support/service';
import { actsOn, book, bookAnother, signIn, startOffice, textOf } from './support/office';

let service: Service;
beforeEach(async () => {
  service = await startOffice();
});

describe('who sees what', () => {
  it('one’s own meeting and the department’s to its head; a colleague’s, another department’s and nobody’s to nobody else', async () => {
    const ticketId = await book(service, 'online');
    const path = `/programari/${ticketId}`;
    const statusFor = async (role: Parameters<typeof signIn>[1], staffId?: string, where = path) =>
      (await (await signIn(service, role, staffId)).get(where)).status;
    expect(await statusFor('staff', 's002')).toBe(200);
    expect(await statusFor('head', 's001')).toBe(200);
    for (const [role, staffId] of [['staff', 's004'], ['staff', 's003'], ['auditor'], ['reports']] as const) {
      expect([role, staffId, await statusFor(role, staffId)]).toEqual([role, staffId, 403]);
      expect([role, staffId, await statusFor(role, staffId, `${path}/anulare`)]).toEqual([role, staffId, 403]);
    }
    expect(await statusFor('staff', 's002', '/programari/01980000-0000-7000-8000-000000000000')).toBe(404);
    expect(await statusFor('staff', 's002', `${path}/altceva`)).toBe(404);
    const { headers } = await service.app.inject({ url: path, headers: { accept: 'text/html' } });
    expect(headers.location).toBe(`/intra?spre=${encodeURIComponent(path)}`);
  });

  it('the head alone is offered to give a meeting to a colleague', async () => {
    const ticketId = await book(service, 'phone');
    const offered = async (role: 'staff' | 'head', staffId: string) =>
      actsOn((await (await signIn(service, role, staffId)).get(`/programari/${ticketId}`)).html);
    expect(await offered('staff', 's002')).not.toContain('repartizare');
    expect(await offered('head', 's001')).toContain('repartizare');
  });

  it('the card says who, about which request, how to reach them and what is still to be done, in both languages', async () => {
    const ticketId = await book(service, 'online', { notes: 'Ce acte lipsesc?' });
    const official = await signIn(service, 'staff', 's002');
    const text = textOf((await official.get(`/programari/${ticketId}`)).html);
    for (const said of [
      'Lăcătuș Andrei',
      '519073 din 2 februarie 2026',
      'andrei@exemplu.ro',
      '0740 123 456',
      'Ce acte lipsesc?',
      'Ce mai e de făcut',
      'ora României',
    ]) {
      expect(text).toContain(said);
    }
    expect(text).toContain('Creați întâlnirea pe Webex și adăugați linkul Art. 5');
    const english = textOf((await official.get(`/programari/${ticketId}`, 'en')).html);
    expect(english).toContain('Create the meeting on Webex and add its link Art. 5');
    expect(english).toContain('What is still to be done');
    for (const page of [text, english]) expect(page).not.toMatch(/undefined|\[object|NaN/);
    // where the log is known to lack something that was recorded about it
    const lost = 'lipsește acum din jurnal';
    expect(text).not.toContain(lost);
    service.ports.store.lacks = (stream) => stream === `ticket-${ticketId}`;
    expect(textOf((await official.get(`/programari/${ticketId}`)).html)).toContain(lost);
    delete service.ports.store.lacks;
  });
});

describe('Art. 5: the instructions of the IT service', () => {
  it('stand where the link is added, as they were configured; else it says where they are', async () => {
    const ticketId = await book(service, 'online');
    const path = `/programari/${ticketId}/link`;
    expect((await (await signIn(service, 'staff', 's002')).get(path)).html).toContain('instrucțiunile comunicate prin INFOCET');
    const cityHall = { ...service.ports.cityHall, meetingInstructions: '1. Deschideți <Webex>.\n2. Copiați linkul.' };
    const other = await startOffice({ cityHall });
    const otherId = await book(other, 'online');
    const { html } = await (await signIn(other, 'staff', 's002')).get(`/programari/${otherId}/link`);
    await other.close();
    expect(html).toContain('1. Deschideți &lt;Webex>.\n2. Copiați linkul.');
    expect(html).not.toContain('INFOCET');
  });
});

describe('the calendar', () => {
  it('shows a meeting with its hour, name and state, in a section with a heading for each day', async () => {
    const ticketId = await book(service, 'online');
    const official = await signIn(service, 'staff', 's002');
    const { html } = await official.get('/programari');
    expect(html).toMatch(/<section[^>]*aria-labelledby="d-2026-03-05"[^>]*><h2 id="d-2026-03-05">/);
    expect(html).toContain(`href="/programari/${ticketId}"`);
    const text = textOf(html);
    expect(text).toContain('2–8 martie 2026');
    expect(text).toContain('o întâlnire');
    expect(text).toMatch(/10:00 Lăcătuș Andrei , Online \(Webex\) Programată Fără link/);
    expect(html).not.toContain('style=');
    expect(textOf((await official.get('/programari/zi?data=2026-03-05')).html)).toContain('Cererea 519073');
    expect(textOf((await official.get('/programari/lista')).html)).toContain('joi, 5 martie 2026');
  });

  it('shows absences, holidays and bridge days', async () => {
    const absence = { staffId: 's002', from: '2026-03-06T06:00:00.000Z', to: '2026-03-06T16:00:00.000Z', reason: 'concediu' };
    mustBeDone(await recordAbsence(service.ports)(service.context(), absence));
    mustBeDone(await declareBridgeDay(service.ports)(service.context(), { date: '2026-04-09', decision: 'HG 1/2026' }));
    await service.settled();
    const official = await signIn(service, 'staff', 's002');
    expect(textOf((await official.get('/programari')).html)).toMatch(/vineri, 6 martie Absență, toată ziua/);
    const april = textOf((await official.get('/programari?data=2026-04-10')).html);
    expect(april).toContain('Zi liberă acordată');
    expect(april).toContain('nicio întâlnire');
    expect(april).toMatch(/vineri, 10 aprilie Sărbătoare legală: /);
  });

  it('shows a head the department and one person, and staff nobody else', async () => {
    await book(service, 'online');
    const head = await signIn(service, 'head', 's001');
    expect(textOf((await head.get('/programari')).html)).toMatch(/Lăcătuș Andrei , Online \(Webex\) Zoltán Marc/);
    expect((await head.get('/programari?staffId=')).html).toContain('Lăcătuș');
    expect((await head.get('/programari?staffId=s004')).html).not.toContain('Lăcătuș');
    expect((await head.get('/programari?staffId=s003')).status).toBe(403);
    expect((await (await signIn(service, 'staff', 's004')).get('/programari?staffId=s002')).status).toBe(403);
  });

  it.each([
    ['ticket', (ticketId: string) => `ticket-${ticketId}`, 'evidența tichetului', 'By this ticket nobody is met any more', false],
    ['day', () => 'agenda-s002_2026-03-05', 'evidența zilei', 'Do not rely on the meeting', true],
  ] as const)(
    'shows a meeting of a %s whose stream was closed as closed, and no more as one that will take place, until it is whole again',
    async (record, streamOf, ro, en, isInFeed) => {
      const ticketId = await book(service, 'online');
      const stream = streamOf(ticketId);
      const { store } = service.ports;
      store.damaged = () => Promise.resolve([{ stream, revision: 0, how: 'deleted' }]);
      const admin = { token: await service.token('admin'), body: { reason: 'Dosarul 12' } };
      expect((await service.call('POST', `/api/v1/streams/${stream}/close`, admin)).status).toBe(200);
      await service.settled();
      const [official, head] = [await signIn(service, 'staff', 's002'), await signIn(service, 'head', 's001')];
      const token = await service.token('staff', 's002');
      const { url } = (await service.call('POST', '/api/v1/calendar/feed', { token })).body;
      const looks = async () => ({
        page: textOf((await official.get('/programari')).html),
        told: (await service.call('GET', '/api/v1/calendar?from=2026-03-05&to=2026-03-05', { token })).body.meetings[0],
        feed: (await service.call('GET', new URL(url).pathname)).text,
      });
      const { page, told, feed } = await looks();
      expect(page).toMatch(/10:00 Lăcătuș Andrei , Online \(Webex\) Închisă/);
      expect(page).toContain('nicio întâlnire');
      expect(page).toContain(ro);
      expect(textOf((await official.get('/programari', 'en')).html)).toContain(en);
      expect(textOf((await head.get('/programari')).html)).toContain(ro);
      const sentences = { ro: expect.stringContaining(ro) as unknown, en: expect.stringContaining(en) as unknown };
      expect(told).toMatchObject({ ticketId, status: 'scheduled', closed: { of: record, text: sentences } });
      expect(feed.includes(ticketId)).toBe(isInFeed);
      // whoever has damaged it takes that back
      store.damaged = () => Promise.resolve([]);
      const mended = await looks();
      expect(mended.page).toMatch(/10:00 Lăcătuș Andrei , Online \(Webex\) Programată/);
      expect(mended.told).not.toHaveProperty('closed');
      expect(mended.feed).toContain(ticketId);
    },
  );

  it('shows hostile names as text', async () => {
    await bookAnother(service, '2026-03-05T08:00:00.000Z', 'Popa <img src=x onerror=alert(1)> \u202eMaria');
    const { html } = await (await signIn(service, 'staff', 's002')).get('/programari');
    expect(html).not.toContain('<img src=x');
    expect(html).toContain('Popa &lt;img src=x');
  });

  it('takes an address that asks for nonsense as asking for today', async () => {
    const official = await signIn(service, 'staff', 's002');
    for (const query of ['data=2026-02-31', 'data=<script>', 'staffId=', 'data=2026-03-02&data=2026-03-03']) {
      expect([query, (await official.get(`/programari?${query}`)).status]).toEqual([query, 200]);
    }
  });
});
