import { communicateAnswer, registerRequest } from '../../../../src/application/requests/register-request';
import { applicant, bookingToken, inPerson, mustBeDone, request, startSeeded, type Service } from '../../../http/support/service';
import { textOf } from './support/markup';
import { visitorOf, type Visitor } from './support/visitor';

let service: Service;
let head: Visitor;
let auditor: Visitor;
let ticketId: string;
const find = (more: Record<string, string> = {}) => `/termene?${new URLSearchParams({ ...answered, ...more }).toString()}`;

/** Answered on Friday, 30 January: day 30 is Sunday, 1 March; Monday, 2 March is the last day, and it is today. */
const answered = { number: '519074', filedOn: '2026-01-12' };

beforeAll(async () => {
  service = await startSeeded();
  const { ports, context } = service;
  for (const [identity, communicatedOn] of [
    [answered, '2026-01-30'],
    [{ number: '519075', filedOn: '2026-01-12' }, '2026-01-20'],
  ] as const) {
    mustBeDone(
      await registerRequest(ports)(context(), {
        ...identity,
        applicantName: 'Numele Solicitantului',
        departmentCode: '425',
        department: 'Autorizări',
        handlerStaffId: 's002',
        status: 'in-operation',
      }),
    );
    mustBeDone(
      await communicateAnswer(ports)(context(), {
        request: identity,
        answer: { documentNumber: `D${identity.number}`, communicatedOn, channel: 'email', answeredBy: 's002' },
      }),
    );
  }
  ({ ticketId } = (await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson })).body);
  await service.settled();
  [head, auditor] = await Promise.all([visitorOf(service, 'head', 's001'), visitorOf(service, 'auditor')]);
});

describe('the 30-day view', () => {
  it('is for staff, heads, auditors and the registry, and for nobody else', async () => {
    const allowed = [
      ['staff', 's003'],
      ['head', 's001'],
      ['auditor', undefined],
      ['registry', undefined],
    ] as const;
    for (const [role, id] of allowed) expect((await (await visitorOf(service, role, id)).get('/termene')).statusCode).toBe(200);
    for (const role of ['admin', 'reports', 'integrator'] as const) {
      expect((await (await visitorOf(service, role)).get('/termene')).statusCode).toBe(403);
    }
    expect((await (await visitorOf(service)).get('/termene')).statusCode).toBe(303);
  });

  it('Art. 2 b, A5: says both limits, what each means, and by which policy and calendar', async () => {
    const page = textOf((await auditor.get(find())).body);
    expect(page).toContain('Poate primi un tichet. Art. 2 b');
    expect(page).toContain('Răspuns comunicat la vineri, 30 ianuarie 2026');
    expect(page).toContain('Termen anunțat duminică, 1 martie 2026 A 30-a zi după comunicare');
    expect(page).toContain('Termen aplicat luni, 2 martie 2026');
    expect(page).toContain('clarification-window@1');
    expect(page).toContain('ro-2024.1+0');
  });

  it('Art. 2 b: as of the whole last day is open, and from the next on is over', async () => {
    const asOf = async (asOfDate: string, asOfTime = '') => textOf((await auditor.get(find({ asOfDate, asOfTime }))).body);
    expect(await asOf('2026-03-02')).toContain('Poate primi un tichet.');
    expect(await asOf('2026-03-02', '23:59')).toContain('Poate primi un tichet.');
    expect(await asOf('2026-03-03', '00:00')).toContain('Nu poate primi un tichet. Termenul aplicat pentru clarificări a trecut.');
    // nobody had told us of it then
    expect(await asOf('2026-02-01')).toContain('Nu există o cerere cu acest număr');
  });

  it('Art. 2 a, A24: names the ticket that is going on, with a link only for those who may open it', async () => {
    const url = `/termene?${new URLSearchParams(request).toString()}`;
    const own = (await head.get(url)).body;
    expect(textOf(own)).toContain('Nu poate primi un tichet. Cererea are deja un tichet activ');
    expect(own).toContain(`href="/programari/${ticketId}"`);
    expect((await auditor.get(url)).body).toContain(`href="/audit/${ticketId}"`);
    const registry = (await (await visitorOf(service, 'registry')).get(url)).body;
    expect(registry).toMatch(/TA-[0-9A-Z]{8}/);
    expect(registry).not.toContain(ticketId);
  });

  it('takes the number as it is written on paper, its filing date included', async () => {
    const written = await auditor.get(`/termene?number=${encodeURIComponent('519.074/425/12.01.2026')}&filedOn=`);
    expect(textOf(written.body)).toContain('Cererea 519074 / luni, 12 ianuarie 2026');
  });

  it.each([
    ['number=&filedOn=2026-01-12', 'Scrieți numărul cererii.'],
    ['number=abc&filedOn=2026-01-12', 'Acesta nu este un număr de înregistrare.'],
    ['number=519074&filedOn=', 'Alegeți data.'],
    ['number=519074&filedOn=2026-02-31', 'Data nu există în calendar.'],
    ['number=999999&filedOn=2026-01-12', 'Nu există o cerere cu acest număr'],
    ['number=519074&filedOn=2026-01-12&asOfDate=&asOfTime=10:00', 'Alegeți data.'],
    ['before=acum', 'Data nu există în calendar.'],
    [`number=${encodeURIComponent('<script>alert(1)</script>\u202e')}&filedOn=2026-01-12`, 'Acesta nu este un număr de înregistrare.'],
  ])('%s comes back with what is wrong', async (query, said) => {
    const answer = await auditor.get(`/termene?${query}`);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('<title>Eroare: ');
    expect(textOf(answer.body)).toContain(said);
    expect(answer.body).not.toContain('<script>alert');
  });

  it('says nobody’s name, on the page or in an address', async () => {
    for (const url of ['/termene', find(), `/termene?${new URLSearchParams(request).toString()}`]) {
      const { body } = await auditor.get(url);
      expect(body).not.toContain(applicant);
      expect(body).not.toContain('Numele Solicitantului');
    }
  });

  it('lists those whose limit is open and comes before a date', async () => {
    const list = async (before: string) => textOf((await auditor.get(`/termene?before=${before}`)).body);
    expect(await list('2026-03-03')).toContain('519074 / 12 ianuarie 2026 termen aplicat: 2 martie 2026 ultima zi');
    expect(await list('2026-03-02')).toContain('Niciun termen deschis nu expiră');
    expect(await list('2026-03-03')).not.toContain('519075');
  });
});

describe('a late admission', () => {
  const late = { number: '519075', filedOn: '2026-01-12' };
  const url = `/termene?${new URLSearchParams(late).toString()}`;
  const action = `/termene/${late.number}/${late.filedOn}/admitere`;

  it('A27: is offered to a head of the department only, once the limit has passed, and only for now', async () => {
    expect((await head.get(url)).body).toContain(`action="${action}"`);
    expect((await head.get(`${url}&asOfDate=2026-03-01`)).body).not.toContain('/admitere"');
    expect((await head.get(find())).body).not.toContain('/admitere"');
    for (const visitor of [auditor, await visitorOf(service, 'staff', 's002'), await visitorOf(service, 'registry')]) {
      expect((await visitor.get(url)).body).not.toContain('/admitere"');
      expect((await visitor.post(action, { once: '1', until: '2026-03-20', reason: 'x' })).statusCode).toBe(403);
    }
  });

  it('asks for a day and a reason, and keeps what was typed', async () => {
    const page = (await head.get(url)).body;
    const empty = await head.send(page, action, { until: '', reason: '' });
    expect(empty.statusCode).toBe(422);
    expect(textOf(empty.body)).toContain('Alegeți data. Scrieți motivul admiterii.');
    const past = await head.send(page, action, { until: '2026-03-01', reason: 'spitalizare <b>' });
    expect([past.statusCode, textOf(past.body).includes('Nu poate fi în trecut.')]).toEqual([422, true]);
    expect(past.body).toContain('spitalizare &lt;b></textarea>');
  });

  it('A27: opens the request again, whose ground stays the clarification', async () => {
    const page = (await head.get(url)).body;
    const sent = await head.send(page, action, { until: '2026-03-20', reason: 'spitalizare' });
    expect([sent.statusCode, sent.headers.location]).toEqual([303, `${url}&facut=admisa`]);
    const after = textOf((await head.get(String(sent.headers.location))).body);
    expect(after).toContain('Cererea este admisă târziu, până la data de mai jos.');
    expect(after).toContain('Poate primi un tichet. Art. 2 b');
    expect(after).toContain('Admisă târziu până la vineri, 20 martie 2026 inclusiv');
    expect(String(sent.headers.location)).not.toContain('spitalizare');
  });
});

describe('the list of limits at night', () => {
  it('Art. 2 b: takes today for the day of Romania, which begins two hours before that of UTC', async () => {
    service.ports.clock.set('2026-03-02T21:30:00.000Z');
    const list = async () => textOf((await (await visitorOf(service, 'auditor')).get('/termene?before=2026-04-01')).body);
    expect(await list()).toContain('519074');
    service.ports.clock.set('2026-03-02T22:30:00.000Z');
    expect(await list()).not.toContain('519074');
  });
});
