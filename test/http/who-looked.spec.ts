import type { LookedAt, WhoLooked } from '../../src/application/audit/who-looked';
import { bookingToken, inPerson, startSeeded, type Service } from './support/service';

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
