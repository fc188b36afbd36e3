import { tables, type TaskRow } from '../../../src/application/kernel/ports/tables';
import { staff, startSeeded, type Service } from '../../http/support/service';
import { openAgain } from '../../infrastructure/web/booking/ways';
import { BrowserOf } from '../../infrastructure/web/booking/browser-of';
import { awaitedCodeOf } from '../../support/codes';
import { eventually } from '../../support/eventually';

const request = { number: '519073', filedOn: '2026-02-02' };
const api = '/api/v1';
const contact = { mode: 'phone', phone: '0740 123 456' } as const;
/** The answer is communicated on 2 March: day 30 is 1 April, a Wednesday. */
const day = { answered: '2026-03-02T08:00:00.000Z', asked: '2026-03-31T08:00:00.000Z', thirtyFirst: '2026-04-02T07:00:00.000Z' };
const firstHour = '2026-04-03T08:00:00.000Z';
const newHour = '2026-04-08T08:00:00.000Z';

describe('a meeting that the city hall cancels on day 31, over HTTP', () => {
  let service: Service;
  const head = () => service.token('head', 's001');
  const history = async (ticketId: string): Promise<readonly string[]> => {
    const { body } = await service.call('GET', `${api}/audit/tickets/${ticketId}/history`, { token: await service.token('auditor') });
    return body.steps.map(({ type }) => type);
  };
  const happened = (ticketId: string, type: string) =>
    eventually(`${type} of ${ticketId}`, async () => ((await history(ticketId)).includes(type) ? true : undefined));
  const verdicts = async (ticketId: string): Promise<Readonly<Record<string, string>>> => {
    await service.settled();
    const { body } = await service.call('GET', `${api}/audit/tickets/${ticketId}`, { token: await service.token('auditor') });
    return Object.fromEntries(body.checks.map((check) => [check.id, (check as unknown as { verdict: string }).verdict]));
  };
  const tasks = async (ticketId: string): Promise<readonly TaskRow[]> => {
    await service.settled();
    const { rows } = await service.ports.readModels.select<TaskRow>(tables.tasks, { where: [{ column: 'ticketId', is: ticketId }] });
    return rows;
  };
  const nothingLeft = (ticketId: string) =>
    eventually('the task is done', async () =>
      (await tasks(ticketId)).some(({ kind }) => kind === 'must-be-rescheduled') ? undefined : true,
    );
  const lookup = () =>
    service.call('POST', `${api}/requests/lookup`, {
      body: { requestNumber: request.number, applicantName: 'Lăcătuș Andrei', filedOn: request.filedOn },
    });
  const ask = async (startsAt: string, body: object = contact) => {
    const { bookingToken } = (await lookup()).body;
    return service.call('POST', `${api}/tickets`, { token: bookingToken, body: { ...body, startsAt } });
  };
  const cancel = async (ticketId: string, token: string, body: object) => {
    const answer = await service.call('POST', `${api}/tickets/${ticketId}/cancel`, { token, body });
    expect(answer.status).toBe(200);
    // the request is free as soon as the ticket has ended
    await service.settled();
  };
  /** The ticket asked for on day 29, for day 32. */
  const booked = async (body: object = contact): Promise<string> => {
    const asked = await ask(firstHour, body);
    expect(asked.status).toBe(201);
    return asked.body.ticketId;
  };
  const cancelledOnDay31 = async (body: object = contact): Promise<string> => {
    const ticketId = await booked(body);
    service.ports.clock.set(day.thirtyFirst);
    await cancel(ticketId, await head(), { reason: 'illness' });
    return ticketId;
  };

  beforeEach(async () => {
    service = await startSeeded({}, { processes: true });
    service.ports.clock.set(day.answered);
    const answered = await service.call('POST', `${api}/requests/${request.number}/${request.filedOn}/answers`, {
      token: await service.token('registry'),
      body: { documentNumber: '77', communicatedOn: '2026-03-02', channel: 'email', answeredBy: staff.s002.staffId },
    });
    expect(answered.status).toBe(201);
    service.ports.clock.set(day.asked);
  });

  it('Art. 8: the citizen books anew, and the duty is met', async () => {
    const ticketId = await cancelledOnDay31();
    const open = await eventually('the task', async () => (await tasks(ticketId)).find(({ kind }) => kind === 'must-be-rescheduled'));
    expect(open).toMatchObject({ staffId: 's002', dueAt: '2026-04-06T21:00:00.000Z' });
    expect((await verdicts(ticketId))['C19']).toBe('pending');

    expect((await lookup()).body).toMatchObject({ request: { ground: 'new-hour-owed' } });
    const again = await ask(newHour);
    expect(again).toMatchObject({ status: 201, body: { status: 'scheduled' } });
    await happened(ticketId, 'NewHourGiven');
    await nothingLeft(ticketId);
    const ofNew = await verdicts(again.body.ticketId);
    expect([ofNew['C01'], ofNew['C02'], ofNew['C03']]).toEqual(['pass', 'pass', 'not-applicable']);

    // the right is used up: whatever becomes of that ticket now, day 30 is over
    await cancel(again.body.ticketId, again.body.manageToken, {});
    expect((await lookup()).body).toMatchObject({ code: 'window-expired', article: '2 b' });
  });

  it('Art. 8: a new ticket that lapses met nothing; the right comes back', async () => {
    const ticketId = await cancelledOnDay31();
    const email = { mode: 'in-person', email: 'andrei@exemplu.ro' };
    const lost = await ask(newHour, email);
    expect(lost.body.status).toBe('awaiting-code');
    service.ports.clock.advance({ hours: 1 });
    await happened(lost.body.ticketId, 'Lapsed');
    const found = await eventually('the request is free again', async () => {
      const { status, body } = await lookup();
      return status === 200 ? body : undefined;
    });
    expect(found).toMatchObject({ request: { ground: 'new-hour-owed' } });
    expect(await history(ticketId)).not.toContain('NewHourGiven');
    expect((await ask(newHour)).body.status).toBe('scheduled');
    await happened(ticketId, 'NewHourGiven');
  });

  it('Art. 8: whoever declines a new hour has none owed', async () => {
    const ticketId = await cancelledOnDay31();
    const declined = { channel: 'phone', outcome: 'declined-new-slot' };
    expect((await service.call('POST', `${api}/tickets/${ticketId}/notice`, { token: await head(), body: declined })).status).toBe(200);
    const refused = await eventually('nothing is owed', async () => {
      const { body } = await lookup();
      return body.code === 'window-expired' ? body : undefined;
    });
    expect(refused).toMatchObject({ article: '2 b' });
    await nothingLeft(ticketId);
    expect((await verdicts(ticketId))['C19']).toBe('pass');
  });

  it('Art. 2 b: whoever cancels on day 31 has given the right up', async () => {
    const asked = await ask(firstHour);
    service.ports.clock.set(day.thirtyFirst);
    await cancel(asked.body.ticketId, asked.body.manageToken, {});
    expect((await lookup()).body).toMatchObject({ code: 'window-expired', article: '2 b' });
  });

  it('Art. 8: the letter and the page say so, and the page leads to the hours without the three data', async () => {
    const asked = await ask(firstHour, { ...contact, email: 'andrei@exemplu.ro' });
    const { ticketId, reference } = asked.body;
    const code = await awaitedCodeOf(service.ports, ticketId);
    await service.call('POST', `${api}/tickets/${ticketId}/verification`, { token: asked.body.manageToken, body: { code } });
    await happened(ticketId, 'Scheduled');
    service.ports.clock.set(day.thirtyFirst);
    await cancel(ticketId, await head(), { reason: 'illness' });
    const letter = await eventually('the letter', () => service.ports.mailer.letters.find(({ subject }) => subject.includes('anulată')));
    expect(letter.text).toContain('Vă datorăm o oră nouă (art. 8 din procedură)');
    expect(letter.text).toContain(`/tichet/${reference}`);

    const browser = new BrowserOf(service);
    const page = await openAgain(service, browser, `/tichet/${reference}`);
    expect(page.text).toContain('Vă păstrați dreptul la o oră nouă, indiferent de cele 30 de zile (Art. 8)');
    const begun = await browser.send(`/tichet/${reference}/ora-noua`);
    expect(begun).toMatchObject({ status: 303, location: '/programare/ora' });
    await browser.get('/programare/ora');
    // mode and phone number stand from before: only the hour and the check are left
    expect((await browser.send('/programare/ora', { startsAt: newHour })).location).toBe('/programare/verificare');
    const check = await browser.get('/programare/verificare');
    expect(check.text).toContain('0740 123 456');
    expect((await browser.send('/programare/verificare')).location).toBe('/programare/cod');
  });

  it('Art. 3 b (A29): once the request turned out to be another’s, the hour of the first one’s ticket opens nothing of it', async () => {
    const asked = await ask(firstHour, { ...contact, email: 'andrei@exemplu.ro' });
    const { ticketId, reference, manageToken } = asked.body;
    const code = await awaitedCodeOf(service.ports, ticketId);
    await service.call('POST', `${api}/tickets/${ticketId}/verification`, { token: manageToken, body: { code } });
    await happened(ticketId, 'Scheduled');
    service.ports.clock.set(day.thirtyFirst);
    await cancel(ticketId, await head(), { reason: 'illness' });
    const owed = async () => (await service.call('GET', `${api}/tickets/${ticketId}`, { token: manageToken })).body;
    expect(await owed()).toMatchObject({ newHourOwed: true });
    const token = await service.token('registry');
    const path = `${api}/requests/${request.number}/${request.filedOn}`;
    const told = { applicantName: 'Rusu Delia', handlerStaffId: 's002', status: 'answered' };
    expect((await service.call('PUT', path, { token, body: told })).body).toMatchObject({ disputed: true });
    const decided = { decision: 'corrected', reason: 'În dosar este cererea altcuiva' };
    expect((await service.call('POST', `${path}/applicant-dispute`, { token, body: decided })).status).toBe(200);
    expect(
      (
        await service.call('POST', `${path}/answers/corrected`, {
          token,
          body: { ofDocument: '77', documentNumber: '77', communicatedOn: '2026-03-01', channel: 'email', reason: 'Ziua' },
        })
      ).status,
    ).toBe(200);
    await service.settled();
    expect(await owed()).not.toHaveProperty('newHourOwed');

    const citizen = new BrowserOf(service);
    const page = await openAgain(service, citizen, `/tichet/${reference}`);
    expect(page.text).not.toMatch(/Vă păstrați dreptul la o oră nouă|nu sunt de acord/iu);
    expect(await citizen.post(`/tichet/${reference}/ora-noua`, {})).toMatchObject({ status: 303, location: `/tichet/${reference}` });
    const objection = { correctionOf: 'answer', objection: 'Nu era greșit.' };
    expect((await service.call('POST', `${api}/tickets/${ticketId}/objection`, { token: manageToken, body: objection })).status).toBe(409);

    const clerk = new BrowserOf(service);
    await clerk.post('/intra', { token: await service.token('registry') });
    const card = `/ghiseu/tichete/${ticketId}`;
    expect((await clerk.get(card)).text).not.toContain('Programează ora nouă');
    expect(await clerk.post(`${card}/ora-noua`, {})).toMatchObject({ status: 303, location: card });
  });

  it('GDPR 18: where what was given is only kept, the counter books with the three data that the citizen says', async () => {
    const ticketId = await cancelledOnDay31();
    const asked = { ground: 'claims', reason: 'cererea 14/2026' };
    const restricted = await service.call('POST', `${api}/tickets/${ticketId}/restriction`, {
      token: await service.token('admin'),
      body: asked,
    });
    expect(restricted.status).toBe(200);
    const clerk = new BrowserOf(service);
    await clerk.post('/intra', { token: await service.token('registry') });
    const card = `/ghiseu/tichete/${ticketId}`;
    const shown = await clerk.get(card);
    expect(shown.text).toContain('programați cu cele trei date ale cererii');
    expect(shown.text).not.toContain('0740 123 456');
    expect(await clerk.post(`${card}/ora-noua`, {})).toMatchObject({ status: 303, location: card });
    expect((await clerk.get('/programare/contact')).text).not.toContain('0740 123 456');
  });

  it('Art. 8: for somebody without internet the counter books it from the cancelled ticket, which the official’s card says', async () => {
    const ticketId = await cancelledOnDay31();
    const official = new BrowserOf(service);
    await official.post('/intra', { token: await service.token('staff', 's002') });
    await eventually('the step on the card', async () => {
      const { text } = await official.get(`/programari/${ticketId}`);
      return /programează ghișeul, de pe tichetul TA-\w{8}/u.exec(text)?.[0];
    });
    const clerk = new BrowserOf(service);
    await clerk.post('/intra', { token: await service.token('registry') });
    const card = `/ghiseu/tichete/${ticketId}`;
    expect((await clerk.get(card)).text).toContain('Programează ora nouă');
    expect(await clerk.send(`${card}/ora-noua`)).toMatchObject({ status: 303, location: '/programare/ora' });
    await clerk.get('/programare/ora');
    expect((await clerk.send('/programare/ora', { startsAt: newHour })).location).toBe('/programare/contact');
    // what was given before is there; only how the citizen asks is to be said
    expect((await clerk.get('/programare/contact')).text).toContain('0740 123 456');
    await clerk.send('/programare/contact', { phone: '0740 123 456', channel: 'phone' });
    await clerk.get('/programare/verificare');
    const { location } = await clerk.send('/programare/verificare');
    expect(location).toMatch(/^\/ghiseu\/tichete\/[\da-f-]{36}\?facut=programat$/u);
    await happened(ticketId, 'NewHourGiven');
    await nothingLeft(ticketId);
    expect((await clerk.get(card)).text).not.toContain('Programează ora nouă');
    // nothing is owed any more: the card says how it stands
    expect(await clerk.post(`${card}/ora-noua`, {})).toMatchObject({ status: 303, location: card });
    const newTicket = location.split('/').at(-1)?.split('?')[0] ?? '';
    const { body } = await service.call('GET', `${api}/tickets/${newTicket}`, { token: await service.token('registry') });
    expect(body).toMatchObject({ status: 'scheduled', applicant: { phone: '0740 123 456' } });
  });
});
