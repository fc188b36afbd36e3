import { bookingToken, inPerson, request, seed, startService, type Service } from './support/service';

/** Two people in one role, and a program: whoever looks afterwards must know which of them it was. */
const [ana, ion] = ['p.ana', 'p.ion'] as const;
let service: Service;
const forgotten: Record<string, string> = {};

const endedTicket = async (): Promise<string> => {
  const booked = await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson });
  const { ticketId, manageToken } = booked.body;
  const cancelled = await service.call('POST', `/api/v1/tickets/${ticketId}/cancel`, { token: manageToken, body: {} });
  expect([booked.status, cancelled.status]).toEqual([201, 200]);
  return ticketId;
};

beforeAll(async () => {
  service = await startService();
  await seed(service);
  for (const person of [ana, ion]) {
    forgotten[person] = await endedTicket();
    const token = await service.token('admin', person);
    const answer = await service.call('POST', `/api/v1/tickets/${forgotten[person]}/forget`, { token, body: { reason: 'cerere' } });
    expect(answer.status).toBe(200);
  }
  await service.settled();
});
afterAll(async () => {
  await service.close();
});

const read = async (url: string): Promise<string> => (await service.call('GET', url, { token: await service.token('auditor', 'p.audit') })).text;
type Step = { readonly type: string; readonly actor: { readonly kind: string; readonly id: string } };
const whoErased = (steps: readonly Step[]) => steps.find(({ type }) => type === 'PersonalDataErased')?.actor;

describe.each([ana, ion])('what %s did as an administrator', (person) => {
  it('is told in the history of the ticket', async () => {
    const { steps } = JSON.parse(await read(`/api/v1/audit/tickets/${forgotten[person]}/history`)) as { readonly steps: readonly Step[] };
    expect(whoErased(steps)).toEqual({ kind: 'staff', id: person });
  });

  it('is told in the audit of the ticket', async () => {
    const { steps } = JSON.parse(await read(`/api/v1/audit/tickets/${forgotten[person]}`)) as { readonly steps: readonly Step[] };
    expect(whoErased(steps)).toEqual({ kind: 'staff', id: person });
  });

  it('stands in the log as other systems read it', async () => {
    const lines = (await read('/api/v1/events?limit=500')).trim().split('\n');
    const acts = lines.filter((line) => line.includes('PersonalDataErased') && line.includes(forgotten[person] ?? '-'));
    expect(acts.map((line) => (JSON.parse(line) as { readonly actor: object }).actor)).toEqual([{ kind: 'staff', id: person }]);
  });
});

it('the same key of two administrators is two commands, and each gets what they asked for', async () => {
  const path = `/api/v1/requests/700001/${request.filedOn}`;
  const put = async (person: string, applicantName: string) =>
    service.call('PUT', path, {
      token: await service.token('admin', person),
      headers: { 'idempotency-key': 'the same' },
      body: { applicantName, handlerStaffId: 's002', status: 'in-operation' },
    });
  expect([(await put(ana, 'Pop Ana')).status, (await put(ion, 'Pop Ion')).status]).toEqual([201, 200]);
  expect([(await put(ana, 'Pop Ana')).status, (await put(ana, 'Altcineva')).status]).toEqual([201, 409]);
});

it('one who asks too often keeps nobody else of their role from asking', async () => {
  const { policies } = service.ports;
  const bounded = await startService({
    policies: { ...policies, 'request-rate': { ...policies['request-rate'], value: { perMinute: 2 } } },
  });
  const ask = async (person: string) => (await bounded.call('GET', '/api/v1/parked', { token: await bounded.token('admin', person) })).status;
  expect([await ask(ana), await ask(ana), await ask(ana), await ask(ion)]).toEqual([200, 200, 429, 200]);
  await bounded.close();
});
