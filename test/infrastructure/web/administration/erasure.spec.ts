import { factsBesideReadings } from '../../../support/readings';
import { referenceOf } from '../../../../src/domain/ticket/ticket';
import { applicant, bookingToken, inPerson, lookupBody, online, request, startSeeded, type Service } from '../../../http/support/service';
import { browse, onceIn, textOf, type Browsing } from '../registry/support/browsing';
import { awaitedCodeOf } from '../../../support/codes';

const start = '/administrare/stergere';
const ofRequest = `${start}/cerere/${request.number}/${request.filedOn}`;
const confirmed = { reason: 'cererea persoanei, adresa 12/2026', confirm: 'da' };

let service: Service;
let admin: Browsing;
let path: string;
let ticketId: string;
beforeEach(async () => {
  service = await startSeeded();
  admin = await browse(service, 'admin');
  const { body } = await service.call('POST', '/api/v1/tickets', {
    token: await bookingToken(service),
    body: { ...inPerson, email: online.email, notes: 'Vin cu Andreea' },
  });
  ({ ticketId } = body);
  await service.ports.mailer.send({ letterId: 'l1', ticketId, to: online.email, subject: 's', text: applicant, html: '', locale: 'ro' });
  await service.settled();
  path = `${start}/tichet/${referenceOf(ticketId)}`;
});

const cancel = async () => {
  const token = await service.ports.personalData.manageToken(ticketId);
  const code = await awaitedCodeOf(service.ports, ticketId);
  expect((await service.call('POST', `/api/v1/tickets/${ticketId}/verification`, { token, body: { code } })).status).toBe(200);
  expect((await service.call('POST', `/api/v1/tickets/${ticketId}/cancel`, { token, body: {} })).status).toBe(200);
  await service.settled();
};

describe('finding whom to forget', () => {
  it.each([
    ['a reference, however it is written', () => ` ${referenceOf(ticketId).toLowerCase()} `, () => path],
    ['a number with its date', () => `${request.number}/425/02.02.2026`, () => ofRequest],
    ['a number and a date', () => `${request.number}_${request.filedOn}`, () => ofRequest],
  ])('takes %s', async (_, typed, where) => {
    expect((await admin.post(start, { subiect: typed() })).headers.location).toBe(where());
  });

  it.each(['', 'Lăcătuș Andrei', '519073', 'TA-00000000', '1_2026-02-02', '<script>alert(1)</script>'])(
    'asks again for "%s"',
    async (typed) => {
      const back = await admin.post(start, { subiect: typed });
      expect(back.statusCode).toBe(422);
      expect(back.headers.location).toBeUndefined();
      expect(back.body).not.toContain('<script>alert');
    },
  );
});

describe('a ticket that is active', () => {
  it('cannot be forgotten: the page offers nothing, and a form that is sent all the same erases nothing', async () => {
    const page = await admin.get(path);
    expect(textOf(page.body)).toContain('Tichetul este încă activ');
    expect(onceIn(page.body)).toBe('');
    const end = await factsBesideReadings(service.ports.store);
    expect((await admin.send(path, { once: 'a', ...confirmed })).statusCode).toBe(422);
    expect((await admin.send(ofRequest, { once: 'a', ...confirmed })).statusCode).toBe(422);
    expect(await factsBesideReadings(service.ports.store)).toBe(end);
  });
});

describe('a ticket that has ended', () => {
  beforeEach(cancel);

  it('is shown with what goes and what stays, and nothing goes without a reason and a confirmation', async () => {
    const page = textOf((await admin.get(path)).body);
    for (const shown of ['Ce dispare pentru totdeauna', 'Ce rămâne', request.number, lookupBody.applicantName.split(' ')[0] ?? '']) {
      expect(page).toContain(shown);
    }
    const back = await admin.post(path, { reason: '' });
    expect(back.statusCode).toBe(422);
    for (const field of ['reason', 'confirm']) expect(back.body).toContain(`href="#${field}"`);
    expect((await admin.get(path)).body).toContain('name="confirm"');
  });

  it('is forgotten: the report says what was erased, and the name is nowhere', async () => {
    const once = onceIn((await admin.get(path)).body);
    const sent = await admin.send(path, { once, ...confirmed });
    expect(sent.statusCode).toBe(303);
    const where = String(sent.headers.location);
    const report = textOf((await admin.get(where)).body);
    expect(report).toContain('Datele personale au fost șterse.');
    expect(report).toContain(`contact:ticket-${ticketId}`);
    expect(report).toContain('Scrisori șterse 1');
    for (const shown of ['nimeni nu mai poate citi', 'Unde mai pot fi copii', 'Copiile de siguranță', 'Sigiliul dinaintea ștergerii'])
      expect(report).toContain(shown);
    // twice the same form: the same report, with what the first time deleted
    expect((await admin.send(path, { once, ...confirmed })).headers.location).toBe(where);
    expect(service.ports.mailer.letters).toEqual([]);
    await admin.post(ofRequest, confirmed);
    await service.settled();
    const pages = [path, where, ofRequest, `/registratura/cereri/${request.number}/${request.filedOn}`, '/registratura', '/administrare'];
    for (const page of pages) {
      const { statusCode, body } = await admin.get(page);
      expect([page, statusCode]).toEqual([page, 200]);
      for (const gone of [applicant, 'Lăcătuș', 'Andrei', online.email]) expect([page, body.includes(gone)]).toEqual([page, false]);
    }
    expect(textOf((await admin.get(ofRequest)).body)).toContain('au fost deja șterse');
  });

  it('keeps its report from everybody else, and from the log', async () => {
    const where = String((await admin.post(path, confirmed)).headers.location);
    expect((await (await browse(service, 'registry')).get(where)).statusCode).toBe(403);
    expect((await (await browse(service, 'admin', 's001')).get(where)).statusCode).toBe(404);
    for await (const { body } of service.ports.store.read(`ticket-${ticketId}`, 0)) expect(body).not.toContain('adresa 12');
  });

  it('of a request: its name goes, its tickets are named one by one, and what is left of it can still be changed', async () => {
    const where = String((await admin.post(ofRequest, confirmed)).headers.location);
    const report = textOf((await admin.get(where)).body);
    expect(report).toContain(`name:request-${request.number}_${request.filedOn}`);
    expect(report).toContain(referenceOf(ticketId));
    const change = `/registratura/cereri/${request.number}/${request.filedOn}/modificare`;
    expect((await admin.get(change)).body).not.toContain('name="applicantName"');
    const sent = await admin.post(change, { handlerStaffId: 's003', status: 'closed', applicantName: 'Altcineva' });
    expect(sent.statusCode).toBe(303);
    const card = textOf((await admin.get(String(sent.headers.location))).body);
    expect(card).toContain('[șters]');
    expect(card).not.toContain('Altcineva');
    expect(card).toContain('închisă');
  });
});
