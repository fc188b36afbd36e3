import { registerStaff, staffLeft } from '../../src/application/staff/register-staff';
import { bookingToken, inPerson, mustBeDone, staff, startSeeded, type Service } from './support/service';

let service: Service;
beforeEach(async () => {
  service = await startSeeded();
});

const tasks = (token: string) => service.call('GET', '/api/v1/tasks', { token });

describe('a token says who somebody was; the log says who they are', () => {
  it('whoever has left is let in no more, from that day on', async () => {
    const token = await service.token('staff', 's002');
    const auditor = await service.token('auditor', 's002');
    mustBeDone(await staffLeft(service.ports)(service.context(), { staffId: 's002', on: '2026-03-03' }));
    expect((await tasks(token)).status).toBe(200);
    service.ports.clock.advance({ hours: 20 });
    const again = [await service.token('staff', 's002'), await service.token('auditor', 's002')];
    for (const gone of again) expect((await tasks(gone)).status).toBe(401);
    expect((await service.call('GET', '/api/v1/audit/tickets', { token: await service.token('auditor') })).status).toBe(200);
    expect((await tasks(auditor)).status).toBe(401);
  });

  it('whoever was never there cannot leave, and the document says so', async () => {
    const sent = { token: await service.token('admin'), body: { on: '2026-03-03' } };
    expect(await service.call('POST', '/api/v1/staff/nobody/left', sent)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('a head that heads nothing any more has one’s own tickets only', async () => {
    const { ticketId } = (await service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body: inPerson })).body;
    const token = await service.token('head', 's001');
    const read = () => service.call('GET', `/api/v1/tickets/${ticketId}`, { token });
    expect((await read()).status).toBe(200);
    mustBeDone(await registerStaff(service.ports)(service.context(), { ...staff.s001, role: 'executive' }));
    expect((await read()).status).toBe(403);
    expect((await tasks(token)).status).toBe(200);
  });
});
