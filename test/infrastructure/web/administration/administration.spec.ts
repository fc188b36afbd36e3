import { registerRequest } from '../../../../src/application/requests/register-request';
import { ofDamage } from '../../../../src/domain/ops/ops';
import { opsStream } from '@tichet-albastru/kernel/skip';
import { dayKind } from '../../../../src/domain/calendar/working-days';
import { currentCalendar, currentStaff } from '../../../../src/application/kernel/streams';
import { daysOfYear, nextDayOff } from '../../../../src/infrastructure/web/administration/days-of-year';
import { mustBeDone, request, staff, startSeeded, type Service } from '../../../http/support/service';
import { browse, hostileText, onceIn, textOf, type Browsing } from '../registry/support/browsing';

let service: Service;
let admin: Browsing;
beforeEach(async () => {
  service = await startSeeded();
  admin = await browse(service, 'admin');
});

describe('civil servants', () => {
  const typed = { name: 'Ana Pop', role: 'executive', department: 'Taxe', departmentCode: '500', email: 'ana@primarie.example' };

  it('are listed, added once and changed', async () => {
    expect(textOf((await admin.get('/administrare/functionari')).body)).toContain('3 funcționari');
    const once = onceIn((await admin.get('/administrare/functionari/nou')).body);
    for (let time = 0; time < 2; time += 1) {
      const sent = await admin.send('/administrare/functionari/nou', { once, staffId: 's100', ...typed });
      expect(sent.headers.location).toBe('/administrare/functionar/s100?facut=inregistrat');
    }
    expect(textOf((await admin.get('/administrare/functionari')).body)).toContain('4 funcționari');
    await admin.post('/administrare/functionar/s100', { ...typed, name: 'Ana Pop-Rusu', role: 'head-of-office' });
    expect(textOf((await admin.get('/administrare/functionari')).body)).toMatch(/Ana Pop-Rusu .{0,40} șef de birou s100/);
  });

  it('come back with their faults', async () => {
    const back = await admin.post('/administrare/functionari/nou', { ...typed, staffId: 'ana maria', email: 'ana', name: hostileText });
    expect(back.statusCode).toBe(422);
    expect(back.body).not.toContain('<script>alert');
    for (const field of ['staffId', 'email']) expect(back.body).toContain(`href="#${field}"`);
  });

  it('leave: what that does is said before, and the list says it after', async () => {
    const form = textOf((await admin.get('/administrare/functionar/s002/plecare')).body);
    expect(form).toContain('Are o cerere în lucru');
    const sent = await admin.post('/administrare/functionar/s002/plecare', { on: '2026-03-01' });
    expect(sent.headers.location).toBe('/administrare/functionar/s002?facut=plecat');
    expect(textOf((await admin.get('/administrare/functionari')).body)).toContain('plecat din 1 martie 2026');
    expect(textOf((await admin.get('/administrare')).body)).toContain('O cerere în lucru este la un funcționar care a plecat');
    const left = textOf((await admin.get('/registratura?ramase=da')).body);
    expect(left).toContain(request.number);
    expect((await admin.get('/registratura/cerere')).body).not.toContain('value="s002"');
    await admin.post('/administrare/functionar/s002', { ...typed, name: staff.s002.name });
    expect(await currentStaff(service.ports, 's002')).not.toHaveProperty('leftOn');
  });

  it('who are nobody have no page', async () => {
    expect((await admin.get('/administrare/functionar/nimeni')).statusCode).toBe(404);
    expect((await admin.get('/administrare/functionar/nimeni/plecare')).statusCode).toBe(404);
  });
});

describe('the calendar', () => {
  const path = '/administrare/calendar';

  it('lists the holidays of the law, two on one day together, and the next day off', () => {
    const days = daysOfYear({ decisions: {}, revision: 0 }, 2026);
    expect(days.map(({ date }) => date)).toContain('2026-04-10');
    expect(days.find(({ date }) => date === '2026-06-01')?.name?.ro).toBe('Ziua Copilului, A doua zi de Rusalii');
    expect(nextDayOff({ decisions: {}, revision: 0 }, '2026-12-27')?.date).toBe('2027-01-01');
    const bridged = { decisions: { '2026-12-28': { kind: 'bridge-day', decision: 'H.G.' } }, revision: 1 } as const;
    expect(nextDayOff(bridged, '2026-12-27')?.date).toBe('2026-12-28');
  });

  it('takes a decision, and takes it back', async () => {
    const sent = await admin.post(path, { kind: 'bridge-day', date: '2026-06-02', decision: 'H.G. nr. 7/2026 <b>' });
    expect(sent.headers.location).toBe(`${path}?an=2026&facut=declarata`);
    const page = await admin.get(`${path}?an=2026&facut=declarata`);
    expect(page.body).not.toContain('2026 <b>');
    expect(textOf(page.body)).toContain('H.G. nr. 7/2026 <b> zi liberă Revino la lege');
    expect(dayKind(await currentCalendar(service.ports), '2026-06-02')).toBe('bridge-day');
    await admin.post(`${path}/2026-06-02/revenire`, {}, `${path}?an=2026`);
    expect(dayKind(await currentCalendar(service.ports), '2026-06-02')).toBe('working');
  });

  it.each([
    [{ kind: 'bridge-day', date: '2026-06-01' }, 'date', 'Ziua este deja liberă.'],
    [{ kind: 'working-day', date: '2026-06-02' }, 'date', 'Ziua este deja lucrătoare.'],
    [{ kind: '', date: '2026-06-02' }, 'kind', 'Alegeți ce devine ziua.'],
    [{ kind: 'bridge-day', date: '2026-06-31' }, 'date', 'O dată din calendar'],
    [{ kind: 'bridge-day', date: '2026-06-02', decision: ' ' }, 'decision', 'Hotărârea: Câmp obligatoriu.'],
  ])('refuses at the field', async (changes: Readonly<Record<string, string>>, field, sentence) => {
    const back = await admin.post(path, { kind: 'bridge-day', date: '2026-06-02', decision: 'H.G.', ...changes });
    expect(back.statusCode).toBe(422);
    expect(back.body).toContain(`href="#${field}"`);
    expect(textOf(back.body)).toContain(sentence);
  });
});

describe('parked items', () => {
  const table = 'staff-directory';
  const hostile = 'TypeError: <script>alert(1)</script>';

  /** As the projector leaves it when an event of theirs cannot be applied. */
  const park = async (key = 's003', error = hostile) => {
    const { rows, store } = service.ports;
    const [build] = (await rows.builds()).filter(({ projection }) => projection === table);
    if (build === undefined) throw new Error('no build');
    for await (const event of store.read(`staff-${key}`, 0)) {
      const parks = [{ table, key, event, error, parkedAt: '2026-03-02T08:00:00.000Z' }];
      await rows.commit([{ build, expected: build.checkpoint, next: build.checkpoint, writes: [], parks, unparks: [] }]);
    }
    const [item] = await service.ports.readModels.parked();
    return item?.id ?? '';
  };
  const parkedNow = () => service.ports.readModels.parked();

  it('are shown with their table and error, and the first page says so', async () => {
    expect(textOf((await admin.get('/administrare/oprite')).body)).toContain('Nimic nu este oprit.');
    await park();
    const page = await admin.get('/administrare/oprite');
    expect(page.body).not.toContain('<script>alert');
    // the class, and nothing of what the message quotes
    expect(textOf(page.body)).toMatch(
      /staff-directory: s003 Eroarea TypeError Evenimentul StaffRegistered Unde stă staff-s003, poziția \d+/,
    );
    expect(textOf((await admin.get('/administrare')).body)).toContain('Un element este oprit.');
  });

  it('are tried again', async () => {
    const id = await park();
    const sent = await admin.send(`/administrare/oprite/${id}/reincercare`, {});
    expect(sent.headers.location).toBe('/administrare/oprite?facut=aplicat');
    expect(await parkedNow()).toEqual([]);
  });

  it('that are not there any more as somebody has seen them are neither tried nor skipped, and the page says so', async () => {
    const id = await park();
    const typed = onceIn((await admin.get(`/administrare/oprite/${id}/omitere`)).body);
    await admin.send(`/administrare/oprite/${id}/reincercare`, {});
    const retried = await admin.send(`/administrare/oprite/${id}/reincercare`, {});
    const skipped = (reason: string) => admin.send(`/administrare/oprite/${id}/omitere`, { once: typed, reason });
    for (const { headers } of [retried, await skipped(' '), await skipped('incidentul 7')]) {
      expect(headers.location).toBe('/administrare/oprite?facut=altfel');
      expect(textOf((await admin.get(headers.location ?? '')).body)).toContain('Rândul nu mai așteaptă așa cum era arătat');
    }
  });

  it('are skipped with a reason only: then they are gone, and the decision is a fact with its reason sealed', async () => {
    const id = await park();
    const path = `/administrare/oprite/${id}/omitere`;
    const back = await admin.post(path, { reason: ' ' });
    expect(back.statusCode).toBe(422);
    expect(back.body).toContain('href="#reason"');
    expect(await parkedNow()).toHaveLength(1);
    const sent = await admin.post(path, { reason: 'incidentul 7, Ana Străină' });
    expect(sent.headers.location).toBe('/administrare/oprite?facut=omis');
    expect(await parkedNow()).toEqual([]);
    const told: string[] = [];
    for await (const { type, body } of service.ports.store.read(opsStream(table), 0)) told.push(`${type} ${body}`);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('EventSkipped');
    expect(told[0]).not.toContain('Ana');
    expect((await admin.get(path)).statusCode).toBe(404);
  });

  it('of several groups are skipped with the reason of each: what is typed for one does not stand in the form of another', async () => {
    await park('s002', 'RangeError');
    await park();
    const page = (await admin.get('/administrare/serviciu')).body;
    const [one = '', other = ''] = [...page.matchAll(/href="([^"]+omitere[^"]*)"/g)].map(([, to = '']) => to.replaceAll('&amp;', '&'));
    const typedIn = (html: string): string | undefined => /<textarea[^>]*>([^<]*)</.exec(html)?.[1];
    const once = onceIn((await admin.get(one)).body);
    expect((await admin.send(one, { once, reason: 'incidentul 7', ciorna: 'scrie' })).statusCode).toBe(204);
    expect([typedIn((await admin.get(one)).body), typedIn((await admin.get(other)).body)]).toEqual(['incidentul 7', '']);
  });

  it('are not skipped where nobody has seen them, be they no more than those that were seen and are settled', async () => {
    const seen = await park();
    const page = (await admin.get('/administrare/serviciu')).body;
    const form = (await admin.get(/href="([^"]+omitere[^"]*)"/.exec(page)?.[1] ?? '')).body;
    await admin.send(`/administrare/oprite/${seen}/reincercare`, {});
    const unseen = await park('s002');
    expect(await parkedNow()).toHaveLength(1);
    const sent = await admin.send(/action="([^"]+omitere[^"]+)"/.exec(form)?.[1] ?? '', { once: onceIn(form), reason: 'incidentul 7' });
    expect([sent.statusCode, textOf(sent.body).includes('Între timp s-au oprit și altele')]).toEqual([422, true]);
    const skip = async (upTo: string): Promise<number> => {
      const body = { projection: table, error: 'TypeError', upTo, reason: 'incidentul 7' };
      const { status } = await service.call('POST', '/api/v1/operations/parked/skip', { token: await service.token('admin'), body });
      return status;
    };
    expect([await skip(seen), (await parkedNow()).length]).toEqual([412, 1]);
    expect([await skip(unseen), (await parkedNow()).length]).toEqual([200, 0]);
  });
});

describe('streams that are not whole', () => {
  const stream = 'agenda-s003_2026-03-09';
  const path = `/administrare/fluxuri/${stream}/inchidere`;

  it('are shown with what mends them, closed with a reason only, and the decision is a fact with its reason sealed', async () => {
    expect(textOf((await admin.get('/administrare/fluxuri')).body)).toContain('Toate fluxurile sunt întregi.');
    expect((await admin.get(path)).statusCode).toBe(404);
    service.ports.store.damaged = () => Promise.resolve([{ stream, revision: 0, how: 'deleted' }]);
    expect(textOf((await admin.get('/administrare/fluxuri')).body)).toContain(`Fluxul ${stream} a fost șters pe server`);
    expect(textOf((await admin.get('/administrare')).body)).toContain('Un flux al jurnalului a fost șters sau tăiat');
    const back = await admin.post(path, { reason: ' ' });
    expect([back.statusCode, back.body.includes('href="#reason"')]).toEqual([422, true]);
    expect((await admin.post(path, { reason: 'incidentul 8, Ana Străină' })).headers.location).toBe('/administrare/fluxuri?facut=inchis');
    const page = textOf((await admin.get('/administrare/fluxuri')).body);
    expect(page).toContain('Închis la');
    expect(page).not.toContain('Mergi mai departe');
    // who has decided it is told there and to auditors, also once it is mended
    service.ports.store.damaged = () => Promise.resolve([]);
    const line = /, (.*): se merge mai departe fără agenda-s003_2026-03-09, șters \(revizia 0\)\./;
    const auditor = await browse(service, 'auditor');
    for (const told of [await admin.get('/administrare/fluxuri'), await auditor.get('/audit/sigiliu')])
      expect(line.exec(textOf(told.body))?.[1]).toContain('admin');
    const told: string[] = [];
    for await (const { type, body } of service.ports.store.read(opsStream(ofDamage), 0)) told.push(`${type} ${body}`);
    expect(told).toEqual([expect.stringMatching(/^StreamClosed .*"how":"deleted"/)]);
    expect(told[0]).not.toContain('Ana');
    delete service.ports.store.damaged;
  });

  it('of a ticket are named by its reference', async () => {
    const ticket = 'ticket-0195a3c0-1b2c-7d3e-8f40-000000000001';
    service.ports.store.damaged = () => Promise.resolve([{ stream: ticket, revision: 0, how: 'tombstoned' }]);
    for (const path of ['/administrare/fluxuri', `/administrare/fluxuri/${ticket}/inchidere`])
      expect(textOf((await admin.get(path)).body)).toContain(`TA-00000001 (${ticket})`);
    service.ports.store.damaged = () => Promise.resolve([{ stream: 'ticket-a stranger’s', revision: 0, how: 'foreign-event' }]);
    expect(textOf((await admin.get('/administrare/fluxuri')).body)).toContain('ticket-a stranger’s');
    delete service.ports.store.damaged;
  });
});

describe('who may', () => {
  const pages = [
    '',
    '/functionari',
    '/functionari/nou',
    '/functionari/import',
    '/functionar/s002',
    '/calendar',
    '/oprite',
    '/serviciu',
    '/serviciu/live',
    '/fluxuri',
    '/stergere',
  ];

  it.each(['registry', 'staff', 'head', 'auditor', 'reports', 'integrator'] as const)(
    '%s sees nothing of the administration',
    async (role) => {
      const person = await browse(service, role, role === 'head' ? 's001' : role === 'staff' ? 's002' : undefined);
      for (const page of pages) expect([page, (await person.get(`/administrare${page}`)).statusCode]).toEqual([page, 403]);
      const end = await service.ports.store.end();
      for (const page of [
        '/functionari/nou',
        '/functionar/s002',
        '/functionar/s002/plecare',
        '/calendar',
        '/calendar/2026-06-02/revenire',
        '/oprite/1/omitere',
        '/serviciu/tabele/tasks/reconstruire',
        '/serviciu/oprite/reincercare',
        '/serviciu/scrisori/reincercare',
        '/serviciu/abonamente/statistics/repornire',
        '/fluxuri/calendar-ro/inchidere',
      ])
        expect([page, (await person.send(`/administrare${page}`, { once: 'a' })).statusCode]).toEqual([page, 403]);
      expect(await service.ports.store.end()).toBe(end);
    },
  );

  it('nobody who is not signed in does', async () => {
    const nobody = await browse(service);
    for (const page of pages) expect((await nobody.get(`/administrare${page}`)).headers.location).toContain('/intra?spre=');
  });
});

it('counts as left behind only what is in operation with somebody who has left', async () => {
  const { ports, context, settled } = service;
  await admin.post('/administrare/functionar/s003/plecare', { on: '2026-03-02' });
  for (const [number, handlerStaffId, status] of [
    ['1', 's003', 'in-operation'],
    ['2', 's003', 'closed'],
    ['3', 's002', 'in-operation'],
  ] as const) {
    const told = { number, filedOn: '2026-02-02', applicantName: 'Pop', handlerStaffId, status };
    mustBeDone(await registerRequest(ports)(context(), told));
  }
  await settled();
  const list = (await admin.get('/registratura?ramase=da')).body;
  expect(list.match(/\/registratura\/cereri\/\d+/g)).toEqual(['/registratura/cereri/1']);
});

it('speaks English where English is chosen, in every page and every fault', async () => {
  const english = await browse(service, 'admin', undefined, 'en');
  const pages = ['', '/functionari/nou', '/functionari/import', '/functionar/s002/plecare', '/serviciu', '/oprite', '/stergere'].map(
    (page) => `/administrare${page}`,
  );
  const answers = await Promise.all([
    ...['/registratura/cerere', '/registratura/import', ...pages].map((page) => english.get(page)),
    english.send('/registratura/cerere', { once: 'a' }),
    english.send('/administrare/functionari/nou', { once: 'a' }),
    english.send('/administrare/calendar', { once: 'a' }),
    english.send('/administrare/stergere', {}),
  ]);
  for (const { body, raw } of answers) {
    const said = textOf(/<main[^]*<\/main>/.exec(body)?.[0] ?? '').replaceAll(/Autorizări|Zoltán|Străină/g, '');
    expect([raw.req.url, /[ăâîșț]|Câmp obligatoriu/i.exec(said)?.[0]]).toEqual([raw.req.url, undefined]);
  }
});
