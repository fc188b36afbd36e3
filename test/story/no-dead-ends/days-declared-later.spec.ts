import { declareBridgeDay } from '../../../src/application/staff/declare-day';
import { policiesWith } from '../../../src/domain/policies';
import { inPerson, lookupBody, mustBeDone, startSeeded, type Service } from '../../http/support/service';

// Answered on Monday, 2 February 2026: day 30 is Wednesday, 4 March. The bridge day is declared when the answer is long there.
const lastDay = '2026-03-04T10:00:00.000Z';
const dayAfter = '2026-03-05T10:00:00.000Z';
const twoDaysAfter = '2026-03-06T10:00:00.000Z';

const moving = policiesWith({ 'days-declared-later': { value: 'move-the-end', version: 2 } });

const answered = async (policies = policiesWith()): Promise<Service> => {
  const service = await startSeeded({ policies });
  const token = await service.token('registry');
  const body = { documentNumber: '77', communicatedOn: '2026-02-02', channel: 'email', answeredBy: 's002' };
  expect((await service.call('POST', '/api/v1/requests/519073/2026-02-02/answers', { token, body })).status).toBe(201);
  return service;
};
const declareFree = async (service: Service): Promise<void> => {
  mustBeDone(await declareBridgeDay(service.ports)(service.context(), { date: '2026-03-04', decision: 'H.G. 99/2026' }));
  await service.settled();
};
const lookup = async (service: Service) => {
  const { status, body } = await service.call('POST', '/api/v1/requests/lookup', { body: lookupBody });
  return { status, body };
};
const window = async (service: Service) =>
  (await service.call('GET', '/api/v1/eligibility?number=519073&filedOn=2026-02-02', { token: await service.token('registry') })).body;

describe('Art. 2 b: a day that is declared free after the answer, and was the last of the 30', () => {
  it('leaves the window as it was answered with, unless the city hall decides otherwise', async () => {
    const service = await answered();
    await declareFree(service);
    expect(await window(service)).toMatchObject({ enforcedUntil: '2026-03-04', eligible: true });
    service.ports.clock.set(lastDay);
    expect((await lookup(service)).status).toBe(200);
    service.ports.clock.set(dayAfter);
    expect(await lookup(service)).toMatchObject({ status: 422, body: { code: 'window-expired', article: '2 b', until: '2026-03-04' } });
  });

  it('Codul civil art. 2554: with the policy on, the term ends at the end of the next working day', async () => {
    const service = await answered(moving);
    expect(await window(service)).toMatchObject({ advertisedUntil: '2026-03-04', enforcedUntil: '2026-03-04' });
    await declareFree(service);
    expect(await window(service)).toMatchObject({ advertisedUntil: '2026-03-04', enforcedUntil: '2026-03-05', eligible: true });
    service.ports.clock.set(dayAfter);
    const found = await lookup(service);
    expect(found).toMatchObject({ status: 200, body: { request: { ground: 'clarification', clarificationUntil: '2026-03-05' } } });
    const list = await service.call('GET', '/api/v1/eligibility?expiringBefore=2026-03-20', { token: await service.token('registry') });
    expect(list.body.requests).toMatchObject([{ number: '519073', enforcedUntil: '2026-03-05' }]);

    const asked = await service.call('POST', '/api/v1/tickets', {
      token: found.body.bookingToken,
      body: { ...inPerson, startsAt: '2026-03-10T08:00:00.000Z' },
    });
    expect(asked.status).toBe(201);
    await service.settled();
    const audit = await service.call('GET', `/api/v1/audit/tickets/${asked.body.ticketId}`, { token: await service.token('auditor') });
    const verdicts = audit.body.checks.filter(({ id }) => ['C01', 'C02', 'C03'].includes(id));
    expect(verdicts).toMatchObject([{ verdict: 'pass' }, { verdict: 'pass' }, { verdict: 'pass' }]);
  });

  it('the day after that is too late again, and is said to be', async () => {
    const service = await answered(moving);
    await declareFree(service);
    service.ports.clock.set(twoDaysAfter);
    expect(await lookup(service)).toMatchObject({ status: 422, body: { code: 'window-expired', until: '2026-03-05' } });
  });
});
