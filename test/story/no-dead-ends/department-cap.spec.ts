import { planAbsence } from '../../../src/application/booking/absence-plan';
import { hoursThatBecameFree } from '../../../src/application/booking/slots';
import { currentTicket } from '../../../src/application/kernel/streams';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { isRequested } from '../../../src/domain/ticket/ticket';
import { policiesWith } from '../../../src/domain/policies';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { inPerson, mustBeDone, staff, startSeeded, startsAt, type Service } from '../../http/support/service';

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

const withCap = (meetings: number) => withPolicies({ 'department-daily-cap': { value: { meetings }, version: 2 } });
const withPolicies = async (policies: Parameters<typeof policiesWith>[0]): Promise<Service> => {
  const service = await startSeeded({ policies: policiesWith(policies) });
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

  it('Art. 8: nor does the head of another department accept one at its hour that their own people have no room for', async () => {
    const service = await withCap(1);
    const head = { ...staff.s003, staffId: 's005', name: 'Ilka Fodor', role: 'head-of-service', email: 's005@primarie.example' } as const;
    mustBeDone(await registerStaff(service.ports)(service.context(), head));
    const { ticketId } = (await book(service, '700002', startsAt)).body;
    expect((await book(service, '700003', '2026-03-05T09:00:00.000Z')).status).toBe(201);
    await service.settled();
    const { departmentCode } = staff.s003;
    const act = async (role: 'staff' | 'head', staffId: string, method: 'GET' | 'POST', path: string, body?: object) =>
      service.call(method, `/api/v1/tickets/${ticketId}/${path}`, { token: await service.token(role, staffId), ...(body && { body }) });
    expect((await act('staff', 's002', 'POST', 'offer', { departmentCode, reason: 'Taxe' })).status).toBe(200);
    const { offerId } = (await act('head', 's005', 'GET', 'offer')).body as unknown as { readonly offerId: string };
    const accepted = { offerId, staffId: 's005', because: 'Taxe' };
    expect(await act('head', 's005', 'POST', 'offer/accepted', accepted)).toMatchObject({ status: 409, body: { code: 'slot-taken' } });
    // on another day there is room
    const otherDay = { ...accepted, startsAt: '2026-03-06T09:00:00.000Z' };
    expect((await act('head', 's005', 'POST', 'offer/accepted', otherDay)).status).toBe(200);
  });

  it('A19: of an earlier hour nobody is told on a day that is full since, nor where another meeting is too near since', async () => {
    const gap = { 'meeting-gap': { value: { minutes: 15 }, version: 2 } } as const;
    for (const [policies, others] of [
      [{ 'department-daily-cap': { value: { meetings: 1 }, version: 2 } }, [['700001', '2026-03-05T12:00:00.000Z']]],
      [gap, [['700004', '2026-03-05T08:15:00.000Z']]],
      [gap, []],
    ] as const) {
      const service = await withPolicies(policies);
      for (const number of ['700004', '700005']) await registerFor(service, number, 's002');
      await service.settled();
      const { ticketId } = (await book(service, '700002', '2026-03-10T08:00:00.000Z')).body;
      const since = service.ports.clock.now();
      service.ports.clock.advance({ minutes: 1 });
      const given = (await book(service, '700005', startsAt)).body;
      const cancel = { token: given.manageToken, body: {} };
      expect((await service.call('POST', `/api/v1/tickets/${given.ticketId}/cancel`, cancel)).status).toBe(200);
      for (const [number, at] of others) expect((await book(service, number, at)).status).toBe(201);
      service.ports.clock.advance({ hours: 2 });
      await service.settled();
      const ticket = await currentTicket(service.ports, ticketId);
      if (!isRequested(ticket)) throw new Error('There is a ticket.');
      const hours = await hoursThatBecameFree(service.ports, { ticketId, booking: ticket.booking }, since, service.ports.clock.now());
      expect(hours.map((hour) => hour.startsAt)).toEqual(others.length === 0 ? [startsAt] : []);
    }
  });

  it('Art. 8: for an absence nothing is proposed that the move would refuse', async () => {
    const service = await withPolicies({
      'department-daily-cap': { value: { meetings: 2 }, version: 2 },
      'meeting-gap': { value: { minutes: 15 }, version: 2 },
    });
    for (const number of ['700004', '700005']) await registerFor(service, number, 's001');
    await service.settled();
    for (const [number, at] of [
      ['700002', startsAt],
      ['700001', '2026-03-05T08:15:00.000Z'],
      ['700004', '2026-03-06T09:00:00.000Z'],
      ['700005', '2026-03-06T10:00:00.000Z'],
    ] as const)
      expect((await book(service, number, at)).status).toBe(201);
    await service.settled();
    const [from, to] = ['2026-03-05T06:00:00.000Z', '2026-03-05T15:00:00.000Z'];
    const planned = await planAbsence(service.ports)({ staffId: 's002', from, to, mayHandOn: true });
    if (isRefusal(planned)) throw new Error(planned.code);
    const ways = planned.flatMap((meeting) => meeting.ways);
    // the head has a meeting a quarter of an hour later, and Friday is full
    expect(ways.filter(({ kind }) => kind === 'deputy')).toEqual([]);
    const hours = ways.flatMap((way) => (way.kind === 'hour' ? [Date.parse(way.startsAt)] : []));
    expect(hours.length).toBeGreaterThan(1);
    for (const [index, hour] of hours.entries()) {
      expect(new Date(hour).toISOString()).not.toContain('2026-03-06');
      if (index > 0) expect(hour - (hours[index - 1] ?? 0)).toBeGreaterThanOrEqual(30 * 60_000);
    }
  });

  it('has no cap unless the city hall sets one', async () => {
    const service = await withCap(2);
    expect((await book(service, '700001', startsAt)).status).toBe(201);
    await service.settled();
    expect((await book(service, '700002', startsAt)).status).toBe(201);
  });
});
