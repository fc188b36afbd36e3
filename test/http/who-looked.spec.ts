import type { LookedAt, WhoLooked } from '../../src/application/audit/who-looked';
import { createHash } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createAdapter, TichetAlbastruModule } from '../../src';
import { citizenTicket } from '../../src/application/booking/citizen-ticket';
import { recordReading } from '../../src/application/privacy/record-reading';
import { isRefusal } from '../../src/domain/kernel/refusal';
import { applicant, bookingToken, inPerson, request, startSeeded, type Service } from './support/service';
import { casesIn } from './support/ways';

let service: Service;
let ticketId = '';

const asked = async (path: string, role: Parameters<Service['token']>[0] = 'auditor'): Promise<WhoLooked & { readonly status: number }> => {
  await service.settled();
  const answer = await service.call('GET', `/api/v1/audit/${path}`, { token: await service.token(role) });
  return { ...(JSON.parse(answer.text) as WhoLooked), status: answer.status };
};
const look = async (role: 'head' | 'staff', staffId: string, path = `/api/v1/tickets/${ticketId}`): Promise<void> => {
  await service.call('GET', path, { token: await service.token(role, staffId) });
};
const told = (readings: readonly LookedAt[]): readonly string[] => readings.map(({ person, purpose }) => `${String(person)} ${purpose}`);

beforeEach(async () => {
  service = await startSeeded();
  const { body } = await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  ticketId = body.ticketId;
  await service.settled();
  await look('head', 's001');
  await look('staff', 's002');
  await look('head', 's001', '/api/v1/calendar?from=2026-03-01&to=2026-03-31');
  await look('head', 's001');
});

it('an auditor sees who was shown a ticket’s data, in what role, what for, where and when', async () => {
  const { readings, next } = await asked(`tickets/${ticketId}/readings`);
  expect(next).toBeUndefined();
  expect(told(readings).toSorted()).toEqual(['s001 meetings', 's001 ticket', 's001 ticket', 's002 ticket']);
  expect(readings.find(({ person }) => person === 's002')).toEqual({
    readAt: expect.stringMatching(/^2026-03-02T/),
    person: 's002',
    role: 'staff',
    departmentCode: '425',
    purpose: 'ticket',
    page: 'GET /api/v1/tickets/:id',
    tickets: [ticketId],
    requests: [],
  });
});

it('page by page, and by day', async () => {
  const found: LookedAt[] = [];
  let cursor = '';
  let pages = 0;
  do {
    const { readings, next = '' } = await asked(`tickets/${ticketId}/readings?limit=1${cursor}`);
    found.push(...readings);
    cursor = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
    pages += 1;
  } while (cursor !== '');
  expect([found.length, pages >= 4]).toEqual([4, true]);
  expect(told(found).toSorted()).toEqual(told((await asked(`tickets/${ticketId}/readings`)).readings).toSorted());
  expect((await asked(`tickets/${ticketId}/readings?from=2026-03-03`)).readings).toEqual([]);
  expect((await asked(`people/s001/readings?from=2026-03-02&to=2026-03-02`)).readings).toHaveLength(3);
  expect((await asked(`people/s001/readings?to=2026-03-01`)).readings).toEqual([]);
  expect(await asked(`people/s001/readings?cursor=x`)).toMatchObject({ status: 400 });
});

it('an auditor sees what one person was shown, and nobody else’s', async () => {
  expect(told((await asked('people/s001/readings')).readings).toSorted()).toEqual(['s001 meetings', 's001 ticket', 's001 ticket']);
  expect((await asked('people/s003/readings')).readings).toEqual([]);
});

it('whoever asks is noted, too, under no ticket; nobody else may ask', async () => {
  await asked(`tickets/${ticketId}/readings`);
  await service.settled();
  const auditor = await service.token('auditor');
  const person = (JSON.parse(Buffer.from(auditor.split('.')[1] ?? '', 'base64url').toString()) as { readonly person: string }).person;
  const { readings } = await asked(`people/${person}/readings`);
  expect(readings[0]).toMatchObject({ person, role: 'auditor', purpose: 'audit', tickets: [], requests: [] });
  expect(readings[0]?.page).toBe('GET /api/v1/audit/tickets/:id/readings');
  // one that finds nobody shows nobody
  const before = readings.length;
  await asked('people/nobody/readings');
  expect((await asked(`people/${person}/readings`)).readings.length).toBe(before + 1);
  for (const role of ['admin', 'registry', 'reports'] as const) expect((await asked(`people/s001/readings`, role)).status).toBe(403);
});

it('once the period is over it says that somebody looked, and not who', async () => {
  const streams = new Set<string>();
  for await (const { stream } of service.ports.store.readAll()) if (stream.startsWith('reading-')) streams.add(stream);
  await service.ports.personalData.destroy([...streams].map((stream) => `reader:${stream}`));
  const { readings } = await asked(`tickets/${ticketId}/readings`);
  expect(new Set(readings.map(({ person }) => person))).toEqual(new Set([null]));
  expect(readings).toHaveLength(4);
  expect((await asked('people/s001/readings')).readings).toEqual([]);
});

it('a ticket that there is not is not found', async () => {
  expect((await asked('tickets/00000000-0000-7000-8000-000000000000/readings')).status).toBe(404);
});

const readingsIn = async ({ ports }: Pick<Service, 'ports'>): Promise<number> => {
  let found = 0;
  for await (const { stream } of ports.store.readAll()) if (stream.startsWith('reading-')) found += 1;
  return found;
};
/** How many are recorded meanwhile. */
const recordedBy = async (work: () => Promise<unknown>): Promise<number> => {
  const before = await readingsIn(service);
  await work();
  return (await readingsIn(service)) - before;
};

describe('no way around it', () => {
  it('HEAD is a reading as GET is, and the mark of what is shown fits no name that somebody tries', async () => {
    const url = `/api/v1/requests/${request.number}/${request.filedOn}`;
    const token = await service.token('registry');
    const shown = await service.call('GET', url, { token });
    expect(shown.text).toContain(applicant);
    const head = () => service.app.inject({ method: 'HEAD', url, headers: { authorization: `Bearer ${token}` } });
    expect(await recordedBy(head)).toBe(1);
    expect((await head()).headers.etag).toBe(shown.headers['etag']);
    expect(shown.headers['etag']).not.toContain(createHash('sha256').update(shown.text).digest('base64url').slice(0, 22));
  });

  it('an answer that is kept under a key is shown again, and noted again', async () => {
    const one = await casesIn(service).online();
    const [path, token] = [`/api/v1/tickets/${one.ticketId}`, await service.token('staff', 's002')];
    const linked = await service.call('POST', `${path}/meeting-link`, { token, body: { joinUrl: 'https://primaria.webex.com/x' } });
    expect(linked.status).toBe(200);
    const headers = { 'idempotency-key': 'k' };
    const cancel = () => service.call('POST', `${path}/cancel`, { token, headers, body: { reason: 'other', reasonText: 'Boală' } });
    for (const time of ['first', 'again']) {
      let text = '';
      const recorded = await recordedBy(async () => {
        ({ text } = await cancel());
      });
      expect([time, text.includes('primaria.webex.com'), recorded]).toEqual([time, true, 1]);
    }
  });

  it('programs that follow the log hear of facts, and not of who looked', async () => {
    const log = async (role: 'integrator' | 'auditor', limit = 1000) =>
      (await service.call('GET', `/api/v1/events?limit=${limit}`, { token: await service.token(role) })).text;
    expect(await log('auditor')).toContain('PersonalDataRead');
    expect(await log('integrator')).not.toContain('reading');
    expect((await log('integrator', 3)).trim().split('\n')).toHaveLength(3);
  });

  it('a host that equips its application with nothing else records all the same', async () => {
    const { ports } = service;
    const app = await NestFactory.create<NestFastifyApplication>(
      TichetAlbastruModule.forRoot({ ports: { ...ports, tokenKey: new Uint8Array(32).fill(5), retention: undefined }, processes: false }),
      createAdapter(),
      // Nest declares its options as a class that it does not export.
      { logger: false },
    );
    await app.init();
    const headers = { authorization: `Bearer ${await service.token('staff', 's002')}` };
    const look = async () => {
      expect((await app.inject({ url: `/api/v1/tickets/${ticketId}`, headers })).body).toContain(applicant);
    };
    expect(await recordedBy(look)).toBe(1);
    await app.close();
  });
});

it('what is looked at each day pushes nobody’s one look out of what the citizen sees', async () => {
  const { ports } = service;
  const read = { page: 'page', tickets: [ticketId], requests: [] } as const;
  const look = (n: number, role: string, purpose: 'meetings' | 'ticket' | 'registry', person: string) =>
    recordReading(ports)({
      ...read,
      role,
      ...(role === 'staff' ? { departmentCode: '425' } : {}),
      purpose,
      person,
      readingId: ports.identifiers.next(),
      pseudonym: ports.identifiers.next(),
      readAt: new Date(Date.parse('2026-03-03T08:00:00.000Z') + n * 86_400_000).toISOString(),
    });
  await look(0, 'registry', 'registry', 'p.registry');
  for (let day = 1; day <= 30; day += 1) for (const purpose of ['meetings', 'ticket'] as const) await look(day, 'staff', purpose, 's002');
  await service.settled();
  const seen = await citizenTicket(ports)({ ticketId });
  if (isRefusal(seen)) throw new Error(seen.code);
  expect(seen.readings.map(({ role, purpose, times }) => `${role} ${purpose} ${times}`).toSorted()).toEqual([
    'head meetings 1',
    'head ticket 2',
    'registry registry 1',
    'staff meetings 30',
    'staff ticket 31',
  ]);
  expect(seen.readings.find(({ role, purpose }) => role === 'staff' && purpose === 'meetings')).toMatchObject({
    firstAt: '2026-03-04T08:00:00.000Z',
    lastAt: '2026-04-02T08:00:00.000Z',
  });
});
