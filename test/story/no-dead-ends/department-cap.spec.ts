import { policiesWith } from '../../../src/domain/policies';
import { inPerson, startSeeded, startsAt, type Service } from '../../http/support/service';

const applicantName = 'Popescu Ion';
const filedOn = '2026-02-02';

/** A request of a colleague in the same department, and one of another's. */
const registerFor = async (service: Service, number: string, handlerStaffId: string): Promise<void> => {
  const token = await service.token('registry');
  const body = { applicantName, handlerStaffId, status: 'in-operation' };
  const { status } = await service.call('PUT', `/api/v1/requests/${number}/${filedOn}`, { token, body });
  expect(status).toBe(200);
};
const tokenFor = async (service: Service, requestNumber: string): Promise<string> => {
  const { status, body } = await service.call('POST', '/api/v1/requests/lookup', { body: { requestNumber, applicantName, filedOn } });
  expect(status).toBe(200);
  return body.bookingToken;
};
const book = async (service: Service, number: string, at: string) =>
  service.call('POST', '/api/v1/tickets', { token: await tokenFor(service, number), body: { ...inPerson, startsAt: at } });
const daysOf = async (service: Service, number: string) =>
  (await service.call('GET', '/api/v1/slots?from=2026-03-05&to=2026-03-06', { token: await tokenFor(service, number) })).body.days;

const withCap = async (meetings: number): Promise<Service> => {
  const service = await startSeeded({ policies: policiesWith({ 'department-daily-cap': { value: { meetings }, version: 2 } }) });
  // s001 and s002 are of one department, s003 of another
  for (const [number, staffId] of [
    ['700001', 's001'],
    ['700002', 's002'],
    ['700003', 's003'],
  ] as const)
    await registerFor(service, number, staffId);
  await service.settled();
  return service;
};

describe('Art. 4: a department that has all its meetings of a day', () => {
  it('offers no hour of it and takes none, whoever of it is asked for; another day and another department are free', async () => {
    const service = await withCap(1);
    expect((await book(service, '700001', startsAt)).status).toBe(201);
    await service.settled();
    expect(await daysOf(service, '700002')).toMatchObject([{ date: '2026-03-05', free: 0, closed: 'full' }, { date: '2026-03-06' }]);
    const refused = await book(service, '700002', '2026-03-05T09:00:00.000Z');
    expect(refused).toMatchObject({ status: 409, body: { code: 'slot-taken', article: '3 c' } });
    expect(refused.text).toContain('2026-03-06');
    expect(refused.text).not.toContain('2026-03-05T');
    expect((await book(service, '700003', '2026-03-05T09:00:00.000Z')).status).toBe(201);
    expect((await book(service, '700002', '2026-03-06T09:00:00.000Z')).status).toBe(201);
  });

  it('Art. 8: a meeting of that day moves within it, and one of another day not into it', async () => {
    const service = await withCap(1);
    const first = (await book(service, '700001', startsAt)).body;
    const second = (await book(service, '700002', '2026-03-06T09:00:00.000Z')).body;
    await service.settled();
    const move = ({ ticketId, manageToken }: { readonly ticketId: string; readonly manageToken: string }, to: string) =>
      service.call('POST', `/api/v1/tickets/${ticketId}/reschedule`, { token: manageToken, body: { startsAt: to } });
    expect(await move(second, '2026-03-05T10:00:00.000Z')).toMatchObject({ status: 409, body: { code: 'slot-taken' } });
    expect((await move(first, '2026-03-05T10:00:00.000Z')).status).toBe(200);
  });

  it('has no cap unless the city hall sets one', async () => {
    const service = await withCap(2);
    expect((await book(service, '700001', startsAt)).status).toBe(201);
    await service.settled();
    expect((await book(service, '700002', startsAt)).status).toBe(201);
  });
});
