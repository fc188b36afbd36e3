import { awaitedCodeOf } from '../../support/codes';
import { BrowserOf } from '../../infrastructure/web/booking/browser-of';
import { rescheduleTicket } from '../../../src/application/booking/move-meeting';
import { tickets } from '../../../src/application/kernel/streams';
import { policiesWith } from '../../../src/domain/policies';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { bookingToken, inPerson, lookupBody, mustBeDone, request, type Service, startSeeded } from '../../http/support/service';

describe('Who may come, and how, over HTTP', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startSeeded();
  });
  const ask = async (body: object) => service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body });

  it('Art. 8 (A10): in person without any contact is refused, and books once there is a phone number or an e-mail address', async () => {
    const { startsAt, mode } = inPerson;
    const refused = await ask({ startsAt, mode });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid', article: '8', errors: [{ field: 'phone' }] } });
    expect(refused.body.errors[0]?.message).toContain('nu poate fi anunțat');
    expect(await ask({ startsAt, mode, phone: '0740 123 456' })).toMatchObject({ status: 201, body: { status: 'scheduled' } });
  });

  it('Art. 8 (A10): in person an e-mail address alone will do, verified by code', async () => {
    const { startsAt, mode } = inPerson;
    const asked = await ask({ startsAt, mode, email: 'andrei@exemplu.ro' });
    expect(asked).toMatchObject({ status: 201, body: { status: 'awaiting-code' } });
  });

  describe('the same number and date for two applicants', () => {
    const path = `/api/v1/requests/${request.number}/${request.filedOn}`;
    const lookup = (applicantName: string) => service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, applicantName } });
    const header = 'number,filedOn,applicantName,status,handlerStaffId';
    const bringIn = async (...lines: readonly string[]) =>
      service.call('POST', '/api/v1/requests/import', {
        token: await service.token('registry'),
        headers: { 'content-type': 'text/csv' },
        raw: { payload: [header, ...lines].join('\n') },
      });
    const anotherApplicant = `${request.number},${request.filedOn},Rusu Delia,in-operation,s003`;
    const settle = async (decision: string) =>
      service.call('POST', `${path}/applicant-dispute`, {
        token: await service.token('registry'),
        body: { decision, reason: 'În dosar este cererea lui Lăcătuș' },
      });

    it('Art. 3 b (A29): replaces nothing and admits nobody until the registry has decided; the import goes on with its other lines', async () => {
      const imported = await bringIn(anotherApplicant, '600100,2026-02-03,Pop Ana,in-operation,s002');
      expect(imported).toMatchObject({ status: 200, body: { imported: 1, faults: [{ line: 2, field: 'applicantName' }] } });
      // whoever has all three right is told what everybody is told whose request cannot have a ticket
      const refused = await lookup(lookupBody.applicantName);
      expect(refused).toMatchObject({ status: 422, body: { code: 'not-eligible' } });
      expect(refused.text).not.toMatch(/disput|Rusu/u);
      expect(await lookup('Rusu Delia')).toMatchObject({ status: 404, body: { code: 'request-not-found' } });
      const shown = await service.call('GET', path, { token: await service.token('registry') });
      expect(shown.body).toMatchObject({ applicantName: 'Lăcătuș Andrei', disputedBy: 'Rusu Delia', handlerStaffId: 's002' });
      expect(await settle('kept')).toMatchObject({ status: 200 });
      expect(await lookup(lookupBody.applicantName)).toMatchObject({ status: 200 });
      // decided: the same delivery of every night disputes it no more
      expect(await bringIn(anotherApplicant)).toMatchObject({ body: { imported: 1, faults: [] } });
      expect(await lookup(lookupBody.applicantName)).toMatchObject({ status: 200 });
    });

    it('Art. 3 b (A29): the clerk may find that the name that came since is the right one', async () => {
      await bringIn(anotherApplicant);
      expect(await settle('corrected')).toMatchObject({ status: 200 });
      await service.settled();
      expect(await lookup('Rusu Delia')).toMatchObject({ status: 200 });
      expect(await lookup(lookupBody.applicantName)).toMatchObject({ status: 404 });
      expect(await settle('kept')).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
    });

    it('A1: a name that whoever tells it says to be corrected is corrected, as a mistyped one is', async () => {
      const token = await service.token('registry');
      const body = { handlerStaffId: 's002', status: 'in-operation' };
      for (const change of [{ applicantName: 'Lăcătus Andreii' }, { applicantName: 'Moldovan Andrei', applicantChange: 'corrected' }]) {
        expect((await service.call('PUT', path, { token, body: { ...body, ...change } })).body).not.toHaveProperty('disputed');
      }
      await service.settled();
      expect(await lookup('Moldovan Andrei')).toMatchObject({ status: 200 });
      const other = await service.call('PUT', path, { token, body: { ...body, applicantName: 'Rusu Delia' } });
      expect(other).toMatchObject({ status: 200, body: { disputed: true } });
    });

    it('Art. 3 b (A29): a booking that was begun before is refused, and the clerk sees which requests wait', async () => {
      const token = await bookingToken(service);
      await bringIn(anotherApplicant);
      expect(await service.call('POST', '/api/v1/tickets', { token, body: inPerson })).toMatchObject({
        status: 422,
        body: { code: 'not-eligible' },
      });
      await service.settled();
      const registry = new BrowserOf(service);
      await registry.post('/intra', { token: await service.token('registry') });
      expect((await registry.get('/registratura')).text).toContain('doi solicitanți');
      expect((await registry.get('/registratura?disputate=da')).text).toContain(request.number);
      const form = `/registratura/cereri/${request.number}/${request.filedOn}/solicitant`;
      expect((await registry.get(form)).text).toContain('Rusu Delia');
      expect((await registry.send(form, { reason: 'x' })).text).toContain('Alegeți a cui este cererea.');
      const decided = await registry.send(form, { decision: 'kept', reason: 'În dosar' });
      expect(decided.location).toContain('facut=decisa');
      expect((await registry.get(decided.location)).text).not.toContain('Rusu Delia');
    });
  });

  describe('the same hour twice', () => {
    const email = 'andrei@exemplu.ro';
    const other = { number: '600200', filedOn: '2026-02-04' };
    const otherHour = '2026-03-05T08:15:00.000Z';
    const ofAnother = { requestNumber: other.number, applicantName: 'Rusu Delia', filedOn: other.filedOn };
    beforeEach(async () => {
      const token = await service.token('registry');
      const body = { applicantName: 'Rusu Delia', handlerStaffId: 's004', departmentCode: '425', status: 'in-operation' };
      const colleague = { staffId: 's004', name: 'Ilinca Colega', role: 'executive', email: 's004@primarie.example' } as const;
      mustBeDone(await registerStaff(service.ports)(service.context(), { ...colleague, department: 'Autorizări', departmentCode: '425' }));
      expect((await service.call('PUT', `/api/v1/requests/${other.number}/${other.filedOn}`, { token, body })).status).toBe(200);
    });
    const book = async (about: object, startsAt: string, address = email) => {
      const { body: found } = await service.call('POST', '/api/v1/requests/lookup', { body: about });
      const asked = { ...inPerson, startsAt, email: address };
      const { body: made } = await service.call('POST', '/api/v1/tickets', { token: found.bookingToken, body: asked });
      const code = await awaitedCodeOf(service.ports, made.ticketId);
      const path = `/api/v1/tickets/${made.ticketId}`;
      const answer = await service.call('POST', `${path}/verification`, { token: made.manageToken, body: { code } });
      return { answer, path, token: made.manageToken };
    };

    it('Art. 3 c (A24): is refused where the code is entered, and frees request and hour at once', async () => {
      expect((await book(lookupBody, inPerson.startsAt)).answer).toMatchObject({ status: 200 });
      const second = await book(ofAnother, inPerson.startsAt, 'Andrei@EXEMPLU.ro');
      expect(second.answer).toMatchObject({ status: 409, body: { code: 'same-hour', article: '3 c' } });
      expect((await service.call('GET', second.path, { token: second.token })).body).toMatchObject({ status: 'lapsed' });
      expect((await book(ofAnother, inPerson.startsAt, 'delia@exemplu.ro')).answer).toMatchObject({ status: 200 });
    });

    it('Art. 8 (A24): nor is a meeting moved there, until the other is cancelled or moved away', async () => {
      const first = await book(lookupBody, inPerson.startsAt);
      const second = await book(ofAnother, otherHour);
      expect(second.answer).toMatchObject({ status: 200 });
      const move = async () =>
        service.call('POST', `${second.path}/reschedule`, { token: second.token, body: { startsAt: inPerson.startsAt } });
      expect(await move()).toMatchObject({ status: 409, body: { code: 'same-hour' } });
      const away = { startsAt: '2026-03-05T09:00:00.000Z' };
      expect(await service.call('POST', `${first.path}/reschedule`, { token: first.token, body: away })).toMatchObject({ status: 200 });
      expect(await move()).toMatchObject({ status: 200 });
      await service.call('POST', `${first.path}/reschedule`, { token: first.token, body: { startsAt: otherHour } });
      expect(await service.call('POST', `${second.path}/cancel`, { token: second.token, body: {} })).toMatchObject({ status: 200 });
      expect((await book(ofAnother, '2026-03-05T09:00:00.000Z')).answer).toMatchObject({ status: 200 });
    });

    it('Art. 8 (A24): of two moves of one ticket to the same hour at once, the one that lost does not give the hour away', async () => {
      const { path } = await book(lookupBody, otherHour);
      const ticketId = path.split('/').at(-1) ?? '';
      const move = (ports: Service['ports'], holdId: string) =>
        rescheduleTicket(ports)(service.context(), { ticketId, holdId, startsAt: inPerson.startsAt, by: 'citizen' });
      const { operations } = service.ports;
      const winner: ReturnType<typeof move>[] = [];
      // the other one has moved by the time that this one asks for the hour
      const claim: typeof operations.places.claim = async (...asked) => {
        winner.push(move(service.ports, service.ports.identifiers.next()));
        await winner[0];
        return operations.places.claim(...asked);
      };
      const slower = { ...service.ports, operations: { ...operations, places: { ...operations.places, claim } } };
      const lost = await move(slower, service.ports.identifiers.next());
      expect([winner.length, isRefusal(lost)]).toEqual([1, true]);
      for (const one of winner) mustBeDone(await one);
      expect((await book(ofAnother, inPerson.startsAt)).answer).toMatchObject({ status: 409, body: { code: 'same-hour' } });
    });

    it('Art. 3 c (A24): a head may allow it for this request and hour, with a reason, and nobody else', async () => {
      await book(lookupBody, inPerson.startsAt);
      const allow = async (role: 'head' | 'staff' | 'registry', staffId?: string, reason = 'Reprezintă doi solicitanți') =>
        service.call('POST', `/api/v1/requests/${other.number}/${other.filedOn}/shared-hours`, {
          token: await service.token(role, staffId),
          body: { startsAt: inPerson.startsAt, reason },
        });
      expect((await allow('staff', 's004')).status).toBe(403);
      expect((await allow('registry')).status).toBe(403);
      expect(await allow('head', 's001')).toMatchObject({ status: 200 });
      expect((await book(ofAnother, inPerson.startsAt)).answer).toMatchObject({ status: 200 });
    });

    it('Art. 3 c (A24): of two codes entered at once exactly one gets the hour', async () => {
      const asked = async (about: object) => {
        const { body: found } = await service.call('POST', '/api/v1/requests/lookup', { body: about });
        const { body: made } = await service.call('POST', '/api/v1/tickets', { token: found.bookingToken, body: { ...inPerson, email } });
        return { made, code: await awaitedCodeOf(service.ports, made.ticketId) };
      };
      const both = [await asked(lookupBody), await asked(ofAnother)];
      const answers = await Promise.all(
        both.map(({ made, code }) =>
          service.call('POST', `/api/v1/tickets/${made.ticketId}/verification`, { token: made.manageToken, body: { code } }),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    });
  });

  describe('the counter', () => {
    const asked = { ...lookupBody, startsAt: inPerson.startsAt, mode: 'in-person', channel: 'counter' };
    const atCounter = async (body: object) =>
      service.call('POST', '/api/v1/counter/tickets', { token: await service.token('registry'), body: { ...asked, ...body } });
    const factsOf = async (ticketId: string) =>
      (await tickets.of(service.ports, ticketId).load()).events.map(({ fact, actor }) => ({ ...fact, by: actor.id }));

    it('Art. 3 (A10): a clerk books for somebody who has a postal address only, and the fact says who, and how they were asked', async () => {
      const made = await atCounter({ postalAddress: 'Str. Memorandumului 1, Cluj-Napoca' });
      expect(made).toMatchObject({ status: 201, body: { status: 'scheduled' } });
      expect(made.text).not.toContain('manageToken');
      const [requested] = await factsOf(made.body.ticketId);
      const clerk = requested?.by;
      expect(requested).toMatchObject({ type: 'Requested', data: { askedThrough: { channel: 'counter', clerk } } });
      const shown = await service.call('GET', `/api/v1/tickets/${made.body.ticketId}`, { token: await service.token('registry') });
      expect(shown.body).toMatchObject({
        applicant: { postalAddress: 'Str. Memorandumului 1, Cluj-Napoca' },
        allowed: ['reschedule', 'cancel', 'contact'],
      });
    });

    it('Art. 8 (A10): a postal address is for the counter alone, and by phone a number is needed there too', async () => {
      const token = await bookingToken(service);
      const body = { startsAt: inPerson.startsAt, mode: 'in-person', postalAddress: 'Str. Memorandumului 1' };
      expect((await service.call('POST', '/api/v1/tickets', { token, body })).status).toBe(400);
      expect(await atCounter({ mode: 'phone', postalAddress: 'Str. Memorandumului 1' })).toMatchObject({
        status: 400,
        body: { article: '3 d', errors: [{ field: 'phone' }] },
      });
      expect(await atCounter({})).toMatchObject({ status: 400, body: { article: '8' } });
    });

    it('Art. 3 b: the three data are asked at the counter all the same, and nobody else books there', async () => {
      expect(await atCounter({ applicantName: 'Rusu Delia', phone: '0740 123 456' })).toMatchObject({
        status: 404,
        body: { code: 'request-not-found' },
      });
      for (const role of ['admin', 'staff', 'head', 'auditor'] as const) {
        const token = await service.token(role, role === 'staff' ? 's002' : role === 'head' ? 's001' : undefined);
        expect((await service.call('POST', '/api/v1/counter/tickets', { token, body: { ...asked, phone: '0740 123 456' } })).status).toBe(
          403,
        );
      }
      expect(await atCounter({ phone: '0740 123 456' })).toMatchObject({ status: 201 });
      expect(await atCounter({ phone: '0740 123 456' })).toMatchObject({ status: 409, body: { code: 'active-ticket-exists' } });
    });

    it('Art. 3 e: an e-mail that is given at the counter is verified by the code that the citizen reads out', async () => {
      const { body } = await atCounter({ email: 'andrei@exemplu.ro' });
      expect(body).toMatchObject({ status: 'awaiting-code' });
      const code = await awaitedCodeOf(service.ports, body.ticketId);
      const token = await service.token('registry');
      const path = `/api/v1/tickets/${body.ticketId}/verification`;
      expect(await service.call('POST', path, { token, body: { code: code === '000000' ? '111111' : '000000' } })).toMatchObject({
        status: 422,
      });
      expect(await service.call('POST', path, { token, body: { code } })).toMatchObject({ status: 200, body: { status: 'scheduled' } });
    });

    it('A30: whoever asks at the counter to be told of an earlier hour has the ticket, and the wish', async () => {
      const { status, body } = await atCounter({ email: 'andrei@exemplu.ro', earlierHour: true });
      expect([status, body.status]).toEqual([201, 'awaiting-code']);
      expect((await factsOf(body.ticketId)).map(({ type }) => type)).toContain('EarlierHourWanted');
    });

    it('A19: a clerk moves and cancels on the citizen’s side, with the citizen’s limits, and says how they were asked', async () => {
      const { body } = await atCounter({ phone: '0740 123 456' });
      const path = `/api/v1/tickets/${body.ticketId}`;
      const token = await service.token('registry');
      const move = (startsAt: string, more: object = { channel: 'phone' }) =>
        service.call('POST', `${path}/reschedule`, { token, body: { startsAt, ...more } });
      expect(await move('2026-03-06T08:00:00.000Z', {})).toMatchObject({ status: 400, body: { errors: [{ field: 'channel' }] } });
      expect(await move('2026-03-06T08:00:00.000Z')).toMatchObject({ status: 200 });
      expect(await move('2026-03-03T08:00:00.000Z')).toMatchObject({ status: 422, body: { code: 'too-soon' } });
      expect(await move('2026-03-06T08:15:00.000Z')).toMatchObject({ status: 200 });
      expect(await move('2026-03-06T08:30:00.000Z')).toMatchObject({ status: 422, body: { code: 'reschedule-limit' } });
      const staffSays = { reason: 'illness', channel: 'phone' };
      const staffToken = await service.token('staff', 's002');
      expect((await service.call('POST', `${path}/cancel`, { token: staffToken, body: staffSays })).status).toBe(400);
      expect(await service.call('POST', `${path}/cancel`, { token, body: { channel: 'counter' } })).toMatchObject({ status: 200 });
      const facts = await factsOf(body.ticketId);
      const clerk = facts[0]?.by;
      const through = (type: string) => facts.filter((fact) => fact.type === type).map(({ data }) => data);
      expect(through('Rescheduled')).toMatchObject([
        { by: 'citizen', askedThrough: { channel: 'phone', clerk } },
        { by: 'citizen', askedThrough: { channel: 'phone', clerk } },
      ]);
      expect(through('Cancelled')).toMatchObject([{ by: 'citizen', askedThrough: { channel: 'counter', clerk } }]);
    });

    it('Art. 3: on the pages a clerk takes the citizen’s steps, prints the ticket, finds it again and cancels it; the browser holds no ticket', async () => {
      service = await startSeeded({ policies: policiesWith({ 'lead-time': { value: { hours: 3 }, version: 2 } }) });
      const clerk = new BrowserOf(service);
      await clerk.post('/intra', { token: await service.token('registry') });
      expect((await clerk.get('/ghiseu')).text).toContain('Programează pentru cineva');
      const [year = '', month = '', day = ''] = lookupBody.filedOn.split('-');
      const data = { requestNumber: lookupBody.requestNumber, applicantName: lookupBody.applicantName, day, month, year };
      expect((await clerk.send('/ghiseu', data)).text).toContain('Nu am găsit un tichet în curs');
      await clerk.get('/programare/cerere');
      expect((await clerk.send('/programare/cerere', data)).location).toBe('/programare/ora');
      await clerk.get('/programare/ora?zi=2026-03-05');
      await clerk.send('/programare/ora', { startsAt: inPerson.startsAt });
      await clerk.get('/programare/mod');
      await clerk.send('/programare/mod', { mode: 'in-person' });
      await clerk.get('/programare/contact');
      expect((await clerk.send('/programare/contact', { postalAddress: 'Str. Memorandumului 1' })).text).toContain('href="#channel"');
      await clerk.send('/programare/contact', { postalAddress: 'Str. Memorandumului 1', channel: 'counter' });
      expect((await clerk.get('/programare/verificare')).text).toContain('Str. Memorandumului 1');
      const { location } = await clerk.send('/programare/verificare');
      expect(location).toMatch(/^\/ghiseu\/tichete\/[\da-f-]{36}\?facut=programat$/u);
      const [card = ''] = location.split('?');
      const page = await clerk.get(location);
      expect(page.text).toContain('Tipăriți tichetul');
      const [reference = ''] = /TA-\w{8}/u.exec(page.text) ?? [];
      const paper = await clerk.get(`${card}/tipar`);
      for (const said of [reference, 'joi, 5 martie', 'Zoltán Marc', 'Calea Moților 3', 'Dovada de înregistrare'])
        expect(paper.text).toContain(said);
      expect((await clerk.get(`/tichet/${reference}`)).location).toBe(`/tichet/${reference}/deschide`);
      await clerk.get('/ghiseu');
      expect((await clerk.send('/ghiseu', data)).location).toBe(card);
      const moving = (await clerk.get(`${card}/mutare/phone?zi=2026-03-06`)).text;
      expect(moving).toContain('Limitele sunt cele ale cetățeanului (cu 3 ore înainte, numărul de mutări)');
      expect(moving).not.toMatch(/48 (de ore|h)/u);
      expect((await clerk.send(`${card}/mutare/phone`, { startsAt: '2026-03-06T08:00:00.000Z' })).location).toBe(`${card}?facut=mutat`);
      await clerk.get(card);
      expect((await clerk.send(`${card}/anulare`)).text).toContain('Alegeți cum a cerut cetățeanul.');
      expect((await clerk.send(`${card}/anulare`, { channel: 'phone' })).location).toBe(`${card}?facut=anulat`);
      const facts = await factsOf(card.split('/').at(-1) ?? '');
      expect(facts.flatMap(({ data: said }) => ('askedThrough' in said ? [said.askedThrough.channel] : []))).toEqual([
        'counter',
        'phone',
        'phone',
      ]);
    });
  });

  it('Art. 3: a representative is named with what is shown for it, seen on the card, and erased with the contact', async () => {
    const companion = { companionKind: 'representative', companionName: 'Rusu Delia', companionShown: 'Procura nr. 12 din 3.02.2026' };
    const half = { companionKind: 'interpreter' };
    expect(await ask({ ...inPerson, ...half })).toMatchObject({ status: 400, body: { errors: [{ field: 'companionName' }] } });
    const { body } = await ask({ ...inPerson, ...companion });
    const path = `/api/v1/tickets/${body.ticketId}`;
    const seen = async () => (await service.call('GET', path, { token: await service.token('staff', 's002') })).body;
    const said = { kind: 'representative', name: 'Rusu Delia', shown: 'Procura nr. 12 din 3.02.2026' };
    expect(await seen()).toMatchObject({ companion: said });
    expect((await service.call('GET', path, { token: body.manageToken })).text).not.toContain('Rusu');
    const log = JSON.stringify((await tickets.of(service.ports, body.ticketId).load()).events);
    expect(log).not.toContain('Rusu Delia');
    const staffPage = new BrowserOf(service);
    await staffPage.post('/intra', { token: await service.token('staff', 's002') });
    expect((await staffPage.get(`/programari/${body.ticketId}`)).text).toContain('Procura nr. 12 din 3.02.2026');
    await service.call('POST', `${path}/cancel`, { token: body.manageToken, body: {} });
    const forgotten = await service.call('POST', `${path}/forget`, {
      token: await service.token('admin'),
      body: { reason: 'Cererea persoanei' },
    });
    expect(forgotten.status).toBe(200);
    expect(await seen()).toMatchObject({ companion: { kind: 'representative', name: '[șters]', shown: '[șters]' } });
  });

  describe('back to one’s ticket without its number', () => {
    const [year = '', month = '', day = ''] = lookupBody.filedOn.split('-');
    const data = { requestNumber: lookupBody.requestNumber, applicantName: lookupBody.applicantName, day, month, year };
    const find = async (browser: BrowserOf, fields: Readonly<Record<string, string>>) => {
      await browser.get('/tichet');
      return browser.send('/tichet/dupa-cerere', fields);
    };

    it('Art. 3 b (A28): the three data lead to the page that opens with a code at the verified address, and to nothing else', async () => {
      const { body } = await ask({ ...inPerson, email: 'andrei@exemplu.ro' });
      const browser = new BrowserOf(service);
      const { location } = await find(browser, data);
      expect(location).toBe(`/tichet/${body.reference}/deschide`);
      const page = await browser.get(location);
      expect(page.text).toContain('Trimite codul');
      expect(page.text).not.toMatch(/Andrei|exemplu\.ro|joi, 5 martie/u);
      expect((await browser.get(`/tichet/${body.reference}`)).location).toBe(location);
    });

    it('Art. 3 b (A29): once it was decided that the request is another’s, their three data lead to no ticket that was booked before', async () => {
      const { body } = await ask({ ...inPerson, email: 'andrei@exemplu.ro' });
      const token = await service.token('registry');
      const path = `/api/v1/requests/${request.number}/${request.filedOn}`;
      const told = { applicantName: 'Rusu Delia', handlerStaffId: 's002', status: 'in-operation' };
      expect((await service.call('PUT', path, { token, body: told })).body).toMatchObject({ disputed: true });
      const decided = { decision: 'corrected', reason: 'În dosar este cererea altcuiva' };
      expect((await service.call('POST', `${path}/applicant-dispute`, { token, body: decided })).status).toBe(200);
      await service.settled();
      const answer = await find(new BrowserOf(service), { ...data, applicantName: 'Rusu Delia' });
      expect(answer.status).toBe(404);
      expect(`${answer.location}${answer.text}`).not.toContain(body.reference);
    });

    it('Art. 3 b (A28): is answered alike where a datum is wrong and where there is no ticket, and slowed down as lookups are', async () => {
      const browser = new BrowserOf(service);
      const none = await find(browser, data);
      const wrong = await find(browser, { ...data, applicantName: 'Rusu Delia' });
      const said = 'Nu am găsit un tichet pentru o cerere cu aceste date.';
      for (const answer of [none, wrong]) expect([answer.status, answer.text.includes(said)]).toEqual([404, true]);
      for (let n = 0; n < 9; n += 1) await find(browser, { ...data, applicantName: 'Rusu Delia' });
      expect((await find(browser, data)).status).toBe(429);
      const lookup = await service.call('POST', '/api/v1/requests/lookup', { body: lookupBody });
      expect(lookup).toMatchObject({ status: 429, body: { code: 'too-many-requests' } });
    });
  });
});
