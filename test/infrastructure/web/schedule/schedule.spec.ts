import { factsBesideReadings } from '../../../support/readings';
import { currentStaff } from '../../../../src/application/kernel/streams';
import { openTasks } from '../../../../src/application/staff/open-tasks';
import { bookingToken, inPerson, startsAt, startSeeded, type Service } from '../../../http/support/service';
import { textOf } from './support/markup';
import { hiddenFieldsOf, until, visitorOf, type Visitor } from './support/visitor';

let service: Service;
let zoltan: Visitor;
let head: Visitor;
let stranger: Visitor;
let ticketId: string;

beforeAll(async () => {
  service = await startSeeded({}, { processes: true });
  ({ ticketId } = (await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson })).body);
  await service.settled();
  [zoltan, head, stranger] = await Promise.all([
    visitorOf(service, 'staff', 's002'),
    visitorOf(service, 'head', 's001'),
    visitorOf(service, 'staff', 's003'),
  ]);
});

/** Thursday, the day of the meeting at 10:00. */
const thursday = 'fromDate=2026-03-05&fromTime=08:00&toDate=2026-03-05&toTime=12:00';
const check = (query: string, id = 's002') => `/program/${id}/absenta?${query}`;
const absencesOf = async (id: string) => {
  const staff = await currentStaff(service.ports, id);
  return staff.status === 'known' ? staff.absences : [];
};
const tasksOf = async (staffId: string) => (await openTasks(service.ports)({ whose: { staffId } })).tasks.map(({ kind }) => kind);

describe('own hours and absences', () => {
  it('A16: shows the usual week until somebody sets another', async () => {
    const page = textOf((await zoltan.get('/program')).body);
    expect(page).toContain('Programul obișnuit al Primăriei. Luni 08:00–16:00');
    expect(page).toContain('Joi 08:00–17:30 Vineri 08:00–14:30 Sâmbătă nu lucrează');
  });

  it('are for oneself, and for a head of the department; to everybody else the door stays closed', async () => {
    expect((await zoltan.get('/program/s002')).statusCode).toBe(200);
    expect((await head.get('/program/s002')).statusCode).toBe(200);
    for (const path of ['/program/s002', check(thursday), '/program/s002/ore', '/program/s001']) {
      expect((await stranger.get(path)).statusCode).toBe(403);
    }
    expect((await zoltan.get('/program/s001')).statusCode).toBe(403);
    expect((await head.get('/program/s003')).statusCode).toBe(403);
    expect((await head.get('/program/nobody')).statusCode).toBe(404);
    for (const role of ['auditor', 'registry', 'reports', 'admin', 'integrator'] as const) {
      expect((await (await visitorOf(service, role)).get('/program')).statusCode).toBe(403);
    }
    expect((await (await visitorOf(service)).get('/program')).headers.location).toBe('/intra?spre=%2Fprogram');
  });

  it('shows the people of the department to a head only', async () => {
    expect((await head.get('/program')).body).toContain('href="/program/s002"');
    expect((await zoltan.get('/program')).body).not.toContain('people-links');
  });
});

describe('a new absence', () => {
  it('Art. 8: shows the meetings that fall into it before it is confirmed, and has changed nothing so far', async () => {
    const end = await factsBesideReadings(service.ports.store);
    const page = textOf((await zoltan.get(check(thursday))).body);
    expect(page).toContain('joi, 5 martie 2026, 08:00–12:00');
    expect(page).toContain('O întâlnire cade în această absență; ce nu mutați acum devine sarcină. joi, 5 martie, 10:00');
    expect(await factsBesideReadings(service.ports.store)).toBe(end);
  });

  it('counts no meeting that only touches it', async () => {
    const before = textOf((await zoltan.get(check('fromDate=2026-03-05&fromTime=08:00&toDate=2026-03-05&toTime=10:00'))).body);
    const after = textOf((await zoltan.get(check('fromDate=2026-03-05&fromTime=10:15&toDate=2026-03-05&toTime='))).body);
    for (const page of [before, after]) expect(page).toContain('Nicio întâlnire programată nu cade în această absență.');
  });

  it.each([
    ['fromDate=&fromTime=&toDate=&toTime=', ['De la: alegeți data.', 'Până la: alegeți data.']],
    ['fromDate=2026-02-30&fromTime=&toDate=2026-03-05&toTime=99', ['De la: data nu există', 'Până la: scrieți ora ca']],
    ['fromDate=2026-03-06&fromTime=&toDate=2026-03-05&toTime=', ['Până la: Trebuie să fie după început.']],
    ['fromDate=2026-03-29&fromTime=03:30&toDate=2026-03-30&toTime=', ['De la: ora aceasta nu există']],
  ])('%s comes back with what is wrong and what was typed', async (query, faults) => {
    const answer = await zoltan.get(check(query));
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('<title>Eroare: ');
    for (const fault of faults) expect(textOf(answer.body)).toContain(fault);
    for (const [name, value] of new URLSearchParams(query))
      if (value !== '') expect(answer.body).toMatch(new RegExp(`name="${name}"[^>]*value="${value}"`));
  });

  it('says that an hour of October is repeated, and takes in both', async () => {
    const page = textOf((await zoltan.get(check('fromDate=2026-10-25&fromTime=03:30&toDate=2026-10-25&toTime=03:45'))).body);
    expect(page).toContain('ora se repetă (trecerea la ora de iarnă)');
  });

  it('without a reason, or with one too long, is not recorded; what was typed stays', async () => {
    const page = (await zoltan.get(check(thursday))).body;
    for (const [reason, said] of [
      ['', 'Scrieți motivul absenței.'],
      ['x'.repeat(501), 'Text de la 1 la 500 de caractere.'],
    ] as const) {
      const answer = await zoltan.send(page, '/program/s002/absente', { reason });
      expect([answer.statusCode, textOf(answer.body).includes(said)]).toEqual([422, true]);
      expect(answer.body).toContain(`${reason}</textarea>`);
    }
    expect(await absencesOf('s002')).toEqual([]);
  });

  it('Art. 8: is recorded once however often it is sent, becomes a task for each meeting, and shows hostile text as text', async () => {
    const page = (await zoltan.get(check(thursday))).body;
    const reason = '<img src=x onerror=alert(1)> "\'\u202e concediu 🩺\r\nrândul doi';
    const sent = await Promise.all([1, 2].map(() => zoltan.send(page, '/program/s002/absente', { reason })));
    expect(sent.map(({ statusCode, headers }) => [statusCode, headers.location])).toEqual([
      [303, '/program/s002?facut=absenta'],
      [303, '/program/s002?facut=absenta'],
    ]);
    expect(await absencesOf('s002')).toMatchObject([{ from: '2026-03-05T06:00:00.000Z', to: '2026-03-05T10:00:00.000Z' }]);
    const after = (await zoltan.get('/program/s002?facut=absenta')).body;
    expect(textOf(after)).toContain('Absența este înregistrată');
    expect(after).toContain('<bdi>&lt;img src=x onerror=alert(1)>');
    expect(after).not.toContain('<img src=x');
    await until(service, async () => (await tasksOf('s002')).includes('must-be-rescheduled'));
    const tasks = (await zoltan.get('/sarcini')).body;
    expect(textOf(tasks)).toContain('Reprogramați întâlnirea');
    expect(tasks).toContain(`href="/programari/${ticketId}"`);
    expect(textOf(tasks)).not.toContain('Fără termen');
    const card = (await zoltan.get(`/programari/${ticketId}`)).body;
    expect(/<a[^>]*class="button"[^>]*>/.exec(card)?.[0]).toContain('/reprogramare"');
    // asked again, after the back button, that meeting is in the way already, and so is the absence
    const again = textOf((await zoltan.get(check(thursday))).body);
    expect(again).toContain('Nicio întâlnire programată nu cade');
    expect(again).toContain('În această perioadă este deja înregistrată o absență: joi, 5 martie 2026, 08:00–12:00');
  });

  it('keeps the reason out of every address', async () => {
    const page = (await zoltan.get(check(thursday))).body;
    expect(page).toMatch(/<form method="post" action="\/program\/s002\/absente"/);
    expect(Object.keys(hiddenFieldsOf(page, '/program/s002/absente'))).toEqual(['once', 'fromDate', 'fromTime', 'toDate', 'toTime']);
  });

  it('is withdrawn by a head, and its task with it', async () => {
    const [absence] = await absencesOf('s002');
    const action = `/program/s002/absente/${absence?.absenceId ?? ''}/retrage`;
    const page = (await head.get('/program/s002')).body;
    expect((await stranger.post(action, { once: 'x' })).statusCode).toBe(403);
    expect((await head.send(page, action)).headers.location).toBe('/program/s002?facut=retrasa');
    expect(await absencesOf('s002')).toEqual([]);
    await until(service, async () => !(await tasksOf('s002')).includes('must-be-rescheduled'));
    expect((await head.post('/program/s002/absente/00000000-0000-4000-8000-000000000000/retrage', { once: 'y' })).statusCode).toBe(404);
  });
});

describe('new weekly hours', () => {
  const week = (days: Record<string, string>, from = '2026-03-04') =>
    `/program/s002/ore?${new URLSearchParams({ from, ...days }).toString()}`;

  it('A16: start from the week in force', async () => {
    const page = (await zoltan.get('/program/s002/ore')).body;
    expect(page).toMatch(/name="thu"[^>]*value="08:00–17:30"/);
    expect(page).toMatch(/name="from"[^>]*value="2026-03-03"/);
  });

  it('Art. 8: show the meetings left outside them, and are set from that day on', async () => {
    const page = (await zoltan.get(week({ wed: '8-12', thu: '13:00-17:00, 8-9' }))).body;
    expect(textOf(page)).toContain('Joi 13:00–17:00, 08:00–09:00');
    expect(textOf(page)).toContain(
      'O întâlnire rămâne în afara acestui program; veți primi o sarcină de reprogramare. joi, 5 martie, 10:00',
    );
    expect((await zoltan.send(page, '/program/s002/ore')).headers.location).toBe('/program/s002?facut=program');
    const shown = textOf((await zoltan.get('/program/s002?facut=program')).body);
    expect(shown).toContain('Programul este schimbat.');
    expect(shown).toContain('Din miercuri, 4 martie 2026 Luni nu lucrează');
    await until(service, async () => (await tasksOf('s002')).includes('must-be-rescheduled'));
  });

  it.each([
    [{ mon: 'abc' }, 'Luni: scrieți orele ca 08:00–16:00'],
    [{ tue: '8:10-12' }, 'Marți: Întâlnirile încep la :00, :15, :30 sau :45.'],
    [{ wed: '12-8' }, 'Orele'],
    [{ thu: '8-12, 11-13' }, 'Joi: Intervalele se suprapun.'],
  ])('%j comes back with the day named', async (days, said) => {
    const answer = await zoltan.get(week(days));
    expect(answer.statusCode).toBe(422);
    expect(textOf(answer.body)).toContain(said);
  });

  it('without a day from which they hold come back', async () => {
    expect(textOf((await zoltan.get(week({ mon: '8-12' }, ''))).body)).toContain('Din ziua de: alegeți data.');
    const answer = await zoltan.post('/program/s002/ore', { once: 'z', from: '2026-02-31', mon: '8-12' });
    expect([answer.statusCode, textOf(answer.body).includes('data nu există în calendar')]).toEqual([422, true]);
  });

  it('in English as well', async () => {
    const english = await visitorOf(service, 'staff', 's002', 'en');
    expect(textOf((await english.get('/program')).body)).toContain('Weekly hours');
    expect(textOf((await english.get(check(thursday))).body)).toContain('Check the absence');
  });
});

describe('what a change would put in the way', () => {
  it('is the meeting that stands there, and nothing once it has moved', async () => {
    expect(startsAt).toBe('2026-03-05T08:00:00.000Z');
    const asked = check('fromDate=2026-03-05&fromTime=&toDate=2026-03-06&toTime=', 's001');
    expect(textOf((await head.get(asked)).body)).toContain('Nicio întâlnire programată nu cade');
  });
});
