import { createTestPorts } from '../../src/infrastructure/testing/test-ports';
import { sealedDemo } from '../support/sealed-demo';
import { browse, textOf } from '../infrastructure/web/registry/support/browsing';
import { request, seed, startService, type Service } from './support/service';

/** Two people in one role: whoever looks afterwards must know which of them it was. */
const [ana, ion] = ['p.ana', 'p.ion'] as const;
let service: Service;

describe('what two administrators did', () => {
  const forgotten = new Map<string, string>();
  beforeAll(async () => {
    const demo = await sealedDemo('2026-03-11T10:00:00.000Z');
    service = await startService(demo.ports, { opened: { sealing: demo.sealing } });
    const people = [ana, ion];
    for (const { ticketId } of demo.told.tickets) {
      const person = people[forgotten.size];
      if (person === undefined) break;
      const token = await service.token('admin', person);
      const answer = await service.call('POST', `/api/v1/tickets/${ticketId}/forget`, { token, body: { reason: 'cerere' } });
      if (answer.status === 200) forgotten.set(person, ticketId);
    }
    await service.settled();
    await demo.sign();
  });
  afterAll(() => service.close());

  const read = async (url: string): Promise<string> =>
    (await service.call('GET', url, { token: await service.token('auditor', 'p.audit') })).text;
  type Event = { readonly type: string; readonly metadata: { readonly actor: object } };

  it.each([ana, ion])('is told of %s in history, audit and export, and in the log as other systems read it', async (person) => {
    const ticketId = forgotten.get(person) ?? '';
    const { steps } = JSON.parse(await read(`/api/v1/audit/tickets/${ticketId}/history`)) as {
      readonly steps: readonly { readonly type: string; readonly actor: object }[];
    };
    expect(steps.filter(({ type }) => type === 'PersonalDataErased').map(({ actor }) => actor)).toEqual([{ kind: 'staff', id: person }]);

    const auditor = await browse(service, 'auditor', 'p.audit');
    expect(textOf((await auditor.get(`/audit/${ticketId}`)).body)).toMatch(
      new RegExp(`funcționarul ${person.replace('.', '\\.')} · PersonalDataErased`),
    );

    const exported = (await read('/api/v1/audit/export'))
      .split('\n')
      .filter((line) => line.includes('PersonalDataErased') && line.includes(ticketId));
    expect(exported.map((line) => line.includes(person))).toEqual([true]);

    const lines: string[] = [];
    for (let after = ''; ;) {
      const some = (await read(`/api/v1/events?limit=1000${after}`)).trim().split('\n').filter(Boolean);
      if (some.length === 0) break;
      lines.push(...some);
      after = `&after=${(JSON.parse(some.at(-1) ?? '') as { readonly position: string }).position}`;
    }
    const acts = lines
      .filter((line) => line.includes(ticketId))
      .map((line) => JSON.parse((JSON.parse(line) as { readonly body: string }).body) as Event)
      .filter(({ type }) => type === 'PersonalDataErased');
    expect(acts.map(({ metadata }) => metadata.actor)).toEqual([{ kind: 'staff', id: person }]);
  });
});

it('the same key of two administrators is two commands, and each gets what they asked for', async () => {
  const one = await startService();
  await seed(one);
  const path = `/api/v1/requests/700001/${request.filedOn}`;
  const put = async (person: string, applicantName: string) =>
    one.call('PUT', path, {
      token: await one.token('admin', person),
      headers: { 'idempotency-key': 'the-same' },
      body: { applicantName, handlerStaffId: 's002', status: 'in-operation' },
    });
  expect([(await put(ana, 'Pop Ana')).status, (await put(ion, 'Pop Ion')).status]).toEqual([200, 200]);
  expect([(await put(ana, 'Pop Ana')).status, (await put(ana, 'Altcineva')).body.code]).toEqual([200, 'idempotency-conflict']);
  await one.close();
});

it('one who asks too often keeps nobody else of their role from asking', async () => {
  const { policies } = createTestPorts();
  const bounded = await startService(
    { policies: { ...policies, 'request-rate': { ...policies['request-rate'], value: { perMinute: 2 } } } },
    { own: true },
  );
  const ask = async (person: string) =>
    (await bounded.call('GET', '/api/v1/parked', { token: await bounded.token('admin', person) })).status;
  expect([await ask(ana), await ask(ana), await ask(ana), await ask(ion)]).toEqual([200, 200, 429, 200]);
  await bounded.close();
});
