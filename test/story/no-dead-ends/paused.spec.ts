import { type TaskRow, tables } from '../../../src/application/kernel/ports/tables';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { bookingToken, inPerson, mustBeDone, staff, type Service } from '../../http/support/service';
import { book, bookAnother, type Official, signIn, startOffice, textOf, ticketOf } from '../../infrastructure/web/meetings/support/office';
import { BrowserOf } from '../../infrastructure/web/booking/browser-of';
import { findRequest } from '../../infrastructure/web/booking/ways';
import { eventually } from '../../support/eventually';

const api = '/api/v1';
const texts = { textRo: 'Mutăm birourile; întrebați la ghișeu.', textEn: 'We are moving our offices; ask at the counter.' };
/** Thursday and Friday; the meeting of the office stands on the Thursday. */
const days = { from: '2026-03-05', to: '2026-03-06' };

describe('the service, or a department, is paused for some days, over HTTP', () => {
  let service: Service;
  let admin: Official;
  let head: Official;

  beforeEach(async () => {
    service = await startOffice();
    [admin, head] = await Promise.all([signIn(service, 'admin'), signIn(service, 'head', 's001')]);
  });
  const pause = async (by: Official, departmentCode: string, more: Record<string, string> = {}) => {
    const when = { ...days, departmentCode, ...more };
    const { html } = await by.get(`/pauze/verificare?${new URLSearchParams(when).toString()}`);
    const once = /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const done = await by.send('/pauze', { once, ...when, ...texts });
    await service.settled();
    return { html, done };
  };
  const openTasks = async (): Promise<readonly string[]> => {
    await service.settled();
    const { rows } = await service.ports.readModels.select<TaskRow>(tables.tasks, {});
    return rows.map(({ kind }) => kind);
  };

  it('Art. 4, A16: hours in the span are not offered nor taken, and the refusal says what the pause says; hours behind it are', async () => {
    expect((await pause(admin, 'tot')).done.location).toBe('/pauze?facut=pauza');
    const token = await bookingToken(service);
    const query = new URLSearchParams({ from: '2026-03-05', to: '2026-03-09' });
    const { body: offered } = await service.call('GET', `${api}/slots?${query.toString()}`, { token });
    expect(offered).toMatchObject({ first: '2026-03-09', pauses: [{ ...days, ...texts }] });
    expect(offered.days.filter(({ closed }) => closed === 'paused').map(({ date }) => date)).toEqual(['2026-03-05', '2026-03-06']);

    const refused = await service.call('POST', `${api}/tickets`, { token, body: { ...inPerson, startsAt: '2026-03-05T08:00:00.000Z' } });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ code: 'paused', article: '4', reading: 'A16', until: '2026-03-06', ...texts });
    expect(refused.body.detail).toContain(texts.textRo);
    const english = await service.call('POST', `${api}/tickets`, {
      token,
      body: { ...inPerson, startsAt: '2026-03-05T08:00:00.000Z' },
      headers: { 'accept-language': 'en' },
    });
    expect(english.body.detail).toContain(texts.textEn);
    // Art. 2: the 30 days go on, so the days behind it can be asked for
    const behind = await service.call('POST', `${api}/tickets`, { token, body: { ...inPerson, startsAt: '2026-03-09T08:00:00.000Z' } });
    expect(behind.status).toBe(201);
  });

  it('Art. 8: what stands there is shown before, stays, becomes a task, moves out of it and not into it; ended, it may stay', async () => {
    const ticketId = await book(service, 'phone', { phone: '0740 123 456' });
    const stays = await bookAnother(service, '2026-03-05T09:00:00.000Z');
    const { reference } = await ticketOf(service, ticketId);
    const { html } = await pause(head, '');
    expect(textOf(html)).toContain('2 întâlniri sunt deja programate în aceste zile');
    expect(html).toContain(`href="/programari/${ticketId}"`);
    await eventually('two tasks', async () =>
      (await openTasks()).filter((kind) => kind === 'must-be-rescheduled').length === 2 ? true : undefined,
    );
    expect((await ticketOf(service, ticketId)).status).toBe('scheduled');
    // whoever moves it reads why those days have no hours
    expect(textOf((await head.get(`/programari/${ticketId}/reprogramare`)).html)).toContain(texts.textRo);
    // an administrator sees that it stands, and nobody's name
    const listed = textOf((await admin.get('/pauze')).html);
    expect(listed).toContain(reference);
    expect(listed).not.toContain('Lăcătuș');

    const token = await service.token('head', 's001');
    const move = (startsAt: string) =>
      service.call('POST', `${api}/tickets/${ticketId}/reschedule`, { token, body: { startsAt, reason: 'technical' } });
    expect((await move('2026-03-06T08:00:00.000Z')).body).toMatchObject({ code: 'paused' });
    expect(
      (await service.call('POST', `${api}/tickets/${ticketId}/reassign`, { token, body: { staffId: 's004', reason: 'x' } })).body,
    ).toMatchObject({
      code: 'paused',
    });
    expect((await move('2026-03-09T08:00:00.000Z')).status).toBe(200);
    await service.settled();
    const page = (await head.get('/pauze')).html;
    expect(page).not.toContain(reference);
    const resume = /action="(\/pauze\/[\da-f-]{36}\/reluare)"/.exec(page)?.[1] ?? '';
    expect((await head.send(resume, { once: 'x' })).location).toBe('/pauze?facut=reluare');
    await eventually('no task', async () => ((await openTasks()).includes('must-be-rescheduled') ? undefined : true));
    expect((await ticketOf(service, stays)).left).toEqual([]);
    expect(textOf((await head.get('/pauze')).html)).toContain('Nu este nicio pauză.');
  });

  it('Art. 8: a pause is of whoever is of the department now: its days close for who comes, and open for who goes', async () => {
    const ticketId = await book(service, 'phone', { phone: '0740 123 456' });
    await pause(admin, staff.s003.departmentCode);
    expect(await openTasks()).not.toContain('must-be-rescheduled');
    const { department, departmentCode } = staff.s003;
    mustBeDone(await registerStaff(service.ports)(service.context(), { ...staff.s002, department, departmentCode }));
    await eventually('a task', async () => ((await openTasks()).includes('must-be-rescheduled') ? true : undefined));
    mustBeDone(await registerStaff(service.ports)(service.context(), staff.s002));
    await eventually('no task', async () => ((await openTasks()).includes('must-be-rescheduled') ? undefined : true));
    const token = await service.token('head', 's001');
    const body = { startsAt: '2026-03-06T08:00:00.000Z', reason: 'technical' };
    expect((await service.call('POST', `${api}/tickets/${ticketId}/reschedule`, { token, body })).status).toBe(200);
  });

  it('A16: with those that stand, a pause leaves everybody a working day; the form says so', async () => {
    const until = async (to: string, from = days.from) => (await pause(admin, 'tot', { from, to })).done;
    expect((await until('2026-04-15')).location).toBe('/pauze?facut=pauza');
    const refused = await until('2026-05-15', '2026-04-16');
    expect([refused.status, textOf(refused.html).includes('Cu celelalte pauze și cu zilele nelucrătoare')]).toEqual([422, true]);
  });

  it('A16: a head pauses their department alone; another department’s hours stay, and the whole service is an administrator’s', async () => {
    await pause(head, 'tot');
    const { body } = await service.call('GET', `${api}/pauses`, { token: await service.token('admin') });
    expect((body as unknown as { readonly pauses: readonly object[] }).pauses).toMatchObject([
      { departmentCode: '425', ...days, ...texts },
    ]);
    const token = await service.token('head', 's001');
    const whole = { ...days, ...texts };
    expect((await service.call('POST', `${api}/pauses`, { token, body: whole })).status).toBe(403);
    expect((await service.call('POST', `${api}/pauses`, { token, body: { ...whole, departmentCode: '500' } })).status).toBe(403);
    const query = new URLSearchParams({ ...days, departmentCode: '500' });
    expect((await service.call('GET', `${api}/pauses/meetings?${query.toString()}`, { token })).status).toBe(403);
    const nobody = { token: await service.token('admin'), body: { ...whole, departmentCode: '999' } };
    expect((await service.call('POST', `${api}/pauses`, nobody)).body.errors).toMatchObject([{ field: 'departmentCode' }]);
    const made = await service.call('POST', `${api}/pauses`, { token: await service.token('admin'), body: whole });
    expect(made.status).toBe(201);
    const { pauseId } = made.body as unknown as { readonly pauseId: string };
    expect((await service.call('DELETE', `${api}/pauses/${pauseId}`, { token })).status).toBe(403);
    expect((await service.call('DELETE', `${api}/pauses/${pauseId}`, { token: await service.token('admin') })).status).toBe(200);
  });

  it('A16: citizens read the text where they choose the hour, in their language; what cannot be is refused on the form', async () => {
    await pause(admin, '425');
    const { html } = await head.get('/pauze');
    expect(textOf(html)).toContain(texts.textRo);
    // the department by its name, and its name alone
    expect(html).toContain(`<p>${staff.s002.department}</p>`);
    const missing = await pause(admin, 'tot', { from: '' });
    expect([missing.done.status, textOf(missing.done.html).includes('Scrieți ziua.')]).toEqual([422, true]);
    const around = await pause(admin, 'tot', { to: '2026-03-04' });
    expect([around.done.status, textOf(around.done.html).includes('Ultima zi este înaintea primeia.')]).toEqual([422, true]);
    const citizen = new BrowserOf(service);
    await findRequest(citizen);
    const offered = textOf((await citizen.get('/programare/ora?zi=2026-03-05')).text);
    expect(offered).toContain('Fără întâlniri de joi, 5 martie 2026 până vineri, 6 martie 2026 inclusiv.');
    expect(offered).toContain(texts.textRo);
    expect(offered).toContain('În această zi nu se fac întâlniri: serviciul este în pauză.');
    // whoever had the page open before the pause
    await citizen.send('/programare/ora', { startsAt: '2026-03-05T08:00:00.000Z' });
    await citizen.get('/programare/mod');
    await citizen.send('/programare/mod', { mode: 'phone' });
    await citizen.get('/programare/contact');
    await citizen.send('/programare/contact', { phone: '0740 123 456' });
    await citizen.get('/programare/verificare');
    const late = await citizen.send('/programare/verificare');
    expect([late.status, textOf(late.text).includes(`În acele zile nu se fac întâlniri: ${texts.textRo}`)]).toEqual([422, true]);
  });
});
