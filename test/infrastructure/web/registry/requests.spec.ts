import { registeredRequests } from '../../../../src/application/requests/registered-requests';
import { factsBesideReadings } from '../../../support/readings';
import { request as seeded, startSeeded, type Service } from '../../../http/support/service';
import { browse, hostileText, onceIn, textOf, type Browsing } from './support/browsing';

const fields = {
  number: '154.997',
  filedOn: '2026-02-10',
  applicantName: 'Țurcanu Ștefan',
  subject: 'Certificat de urbanism',
  handlerStaffId: 's002',
  departmentCode: '425',
  department: 'Autorizări',
  status: 'in-operation',
};
const card = '/registratura/cereri/154997/2026-02-10';
const answer = { documentNumber: '312004', communicatedOn: '2026-02-27', channel: 'email', answeredBy: '' };

let service: Service;
let registry: Browsing;
beforeEach(async () => {
  service = await startSeeded();
  registry = await browse(service, 'registry');
});

it('a page of the list goes on with what was asked for on the page before', async () => {
  await registry.post('/registratura/cerere', fields);
  const { next } = await registeredRequests(service.ports)({ limit: 1 });
  const further = (asked: string) => registry.get(`/registratura?${asked}dupa=${encodeURIComponent(String(next))}`);
  expect([(await further('')).statusCode, (await further('ramase=da&')).statusCode]).toEqual([200, 400]);
});

describe('a request by hand', () => {
  it('is registered once, however often its form is sent, and stands on its page and in the list', async () => {
    const once = onceIn((await registry.get('/registratura/cerere')).body);
    const first = await registry.send('/registratura/cerere', { once, ...fields });
    expect([first.statusCode, first.headers.location]).toEqual([303, `${card}?facut=inregistrata`]);
    const end = await service.ports.store.end();
    expect((await registry.send('/registratura/cerere', { once, ...fields })).statusCode).toBe(303);
    expect(await service.ports.store.end()).toBe(end);
    const page = textOf((await registry.get(`${card}?facut=inregistrata`)).body);
    expect(page).toContain('Cererea este înregistrată');
    for (const shown of ['Țurcanu Ștefan', 'Certificat de urbanism', 'Zoltán Marc', '10 februarie 2026', 'în lucru'])
      expect(page).toContain(shown);
    const list = textOf((await registry.get('/registratura?numar=154997/425')).body);
    expect(list).toContain('o cerere');
    // of no person: names stand on the pages of the requests only
    expect(list).not.toContain('Țurcanu');
  });

  it('A29: takes the filing date from a number in its long form', async () => {
    const sent = await registry.post('/registratura/cerere', { ...fields, number: '154997/425/10.02.2026', filedOn: '' });
    expect(sent.headers.location).toBe(`${card}?facut=inregistrata`);
  });

  it('comes back with what was typed, each fault at its field and in the summary', async () => {
    const wrong = { ...fields, number: 'abc', filedOn: '', applicantName: '', handlerStaffId: '', subject: 'Rămâne' };
    const back = await registry.post('/registratura/cerere', wrong);
    expect(back.statusCode).toBe(422);
    expect(back.body).toContain('<title>Eroare: ');
    expect(back.body).toContain('value="Rămâne"');
    for (const field of ['number', 'filedOn', 'applicantName', 'handlerStaffId']) {
      expect(back.body).toContain(`href="#${field}"`);
      expect(back.body).toContain(`id="${field}-fault"`);
    }
    expect(textOf(back.body)).toContain('Numele solicitantului: Câmp obligatoriu.');
  });

  it.each([
    ['in the future', { filedOn: '2026-03-03' }, 'filedOn', 'Nu poate fi în viitor.'],
    ['with a handler whom nobody knows', { handlerStaffId: 's999' }, 'handlerStaffId', 'Nu există o persoană cu acest identificator.'],
    ['that is "answered" without an answer', { status: 'answered' }, 'status', 'numai cu un răspuns comunicat'],
  ])('is refused by the domain %s, at that field', async (_, changes: Readonly<Record<string, string>>, field, sentence) => {
    const back = await registry.post('/registratura/cerere', { ...fields, ...changes });
    expect(back.statusCode).toBe(422);
    expect(back.body).toContain(`id="${field}-fault"`);
    expect(textOf(back.body)).toContain(sentence);
  });

  it('offers only statuses that it may have', async () => {
    expect((await registry.get('/registratura/cerere')).body).not.toContain('value="answered"');
    await registry.post('/registratura/cerere', fields);
    await registry.post(`${card}/raspuns`, answer);
    expect((await registry.get(`${card}/modificare`)).body).toContain('value="answered"');
  });

  it('shows hostile text as text, typed and kept', async () => {
    const hostile = { ...fields, applicantName: hostileText, subject: hostileText, department: hostileText };
    const back = await registry.post('/registratura/cerere', { ...hostile, number: hostileText });
    await registry.post('/registratura/cerere', { ...hostile, applicantName: '<script>alert(1)</script> 🎫', subject: '"><img src=x>' });
    for (const { body } of [back, await registry.get(card), await registry.get(`${card}/modificare`)]) {
      expect(body).not.toContain('<script>alert');
      expect(body).not.toContain('<img src=x');
    }
    expect(textOf((await registry.get(card)).body)).toContain('<script>alert(1)</script> 🎫');
  });

  it('is changed with what stands there, and only what changed is a fact', async () => {
    await registry.post('/registratura/cerere', fields);
    const form = await registry.get(`${card}/modificare`);
    expect(form.body).toContain('value="Țurcanu Ștefan"');
    const { number: _, filedOn: __, ...rest } = fields;
    const end = await factsBesideReadings(service.ports.store);
    await registry.post(`${card}/modificare`, rest);
    expect(await factsBesideReadings(service.ports.store)).toBe(end);
    await registry.post(`${card}/modificare`, { ...rest, applicantName: 'Țurcanu Ștefania' });
    expect(textOf((await registry.get(card)).body)).toContain('Țurcanu Ștefania');
  });
});

describe('Art. 2 b: a communicated answer', () => {
  const known = `/registratura/cereri/${seeded.number}/${seeded.filedOn}`;

  it('opens the 30 days; the same document again opens nothing', async () => {
    const sent = await registry.post(`${known}/raspuns`, answer);
    expect(sent.headers.location).toBe(`${known}?facut=raspuns`);
    const page = textOf((await registry.get(known)).body);
    for (const shown of ['312004', 'cu răspuns', '29 martie 2026', '30 martie 2026', 'e-mail']) expect(page).toContain(shown);
    const again = await registry.post(`${known}/raspuns`, { ...answer, communicatedOn: '2026-03-01' });
    expect(again.headers.location).toBe(`${known}?facut=raspuns-cunoscut`);
  });

  it.each([
    [{ communicatedOn: '2026-01-31' }, 'communicatedOn', 'Înainte de depunerea cererii.'],
    [{ communicatedOn: '2026-03-03' }, 'communicatedOn', 'Nu poate fi în viitor.'],
    [{ documentNumber: '' }, 'documentNumber', 'Numărul documentului: Câmp obligatoriu.'],
    [{ channel: '' }, 'channel', 'Pe ce cale: Câmp obligatoriu.'],
    [{ answeredBy: 's999' }, 'answeredBy', 'Nu există o persoană'],
  ])('is refused at its field', async (changes: Readonly<Record<string, string>>, field, sentence) => {
    const back = await registry.post(`${known}/raspuns`, { ...answer, ...changes });
    expect(back.statusCode).toBe(422);
    expect(back.body).toContain(`href="#${field}"`);
    expect(textOf(back.body)).toContain(sentence);
  });

  it('has no page of a request that nobody registered', async () => {
    for (const path of [
      '/registratura/cereri/1/2026-02-02',
      '/registratura/cereri/abc/2026-02-02',
      `/registratura/cereri/${seeded.number}/ieri`,
    ]) {
      expect((await registry.get(path)).statusCode).toBe(404);
      expect((await registry.send(`${path}/raspuns`, { once: 'a', ...answer })).statusCode).toBe(404);
    }
  });
});

describe('who may', () => {
  it.each([
    ['registry', 200],
    ['admin', 200],
    ['staff', 403],
    ['head', 403],
    ['auditor', 403],
    ['reports', 403],
    ['integrator', 403],
  ] as const)('%s is answered %i by the pages of the registry', async (role, status) => {
    const person = await browse(service, role, role === 'head' ? 's001' : role === 'staff' ? 's002' : undefined);
    const pages = [
      '/registratura',
      '/registratura/cerere',
      '/registratura/import',
      `/registratura/cereri/${seeded.number}/${seeded.filedOn}`,
    ];
    for (const page of pages) expect([page, (await person.get(page)).statusCode]).toEqual([page, status]);
    const end = await service.ports.store.end();
    const sent = await person.send('/registratura/cerere', { once: 'a', ...fields });
    expect(sent.statusCode).toBe(status === 200 ? 303 : 403);
    if (status === 403) expect(await service.ports.store.end()).toBe(end);
  });
});
