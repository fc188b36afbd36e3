import { type TaskRow, tables } from '../../../src/application/kernel/ports/tables';
import { registerRequest } from '../../../src/application/requests/register-request';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { mustBeDone, staff, type Service } from '../../http/support/service';
import { signIn, startOffice, textOf, ticketOf } from '../../infrastructure/web/meetings/support/office';
import { eventually } from '../../support/eventually';
import { proposedIn } from '../support/proposed-moves';

const api = '/api/v1';
/** Four quarters of an hour, from Thursday, 5 March 2026, 10:00 in Cluj on. */
const hours = Array.from({ length: 4 }, (_, index) => new Date(Date.parse('2026-03-05T08:00:00.000Z') + index * 900_000).toISOString());

describe('an official leaves with meetings, over HTTP', () => {
  let service: Service;
  let tickets: readonly string[];

  const book = async (startsAt: string, index: number): Promise<string> => {
    const request = { number: String(530_000 + index), filedOn: '2026-02-03' };
    const applicantName = `Popa Maria${'abcd'[index] ?? ''}`;
    const about = { department: 'Autorizări', departmentCode: '425', handlerStaffId: 's002', status: 'in-operation' } as const;
    mustBeDone(await registerRequest(service.ports)(service.context(), { ...request, ...about, applicantName }));
    const asked = { requestNumber: request.number, applicantName, filedOn: request.filedOn };
    const { body: found } = await service.call('POST', `${api}/requests/lookup`, { body: asked });
    const body = { startsAt, mode: 'phone', phone: `0740 123 45${String(index)}` };
    const { body: made } = await service.call('POST', `${api}/tickets`, { token: found.bookingToken, body });
    return made.ticketId;
  };
  const leaves = async (on: string): Promise<void> => {
    const admin = await signIn(service, 'admin');
    const left = await admin.fill('/administrare/functionar/s002/plecare', { on });
    expect(left.status).toBe(303);
    await service.settled();
  };
  const because = 'Funcționarul nu mai lucrează în acest serviciu.';

  beforeEach(async () => {
    service = await startOffice();
    mustBeDone(await registerStaff(service.ports)(service.context(), { ...staff.s002, staffId: 's005', name: 'Radu Coleg' }));
    const made: string[] = [];
    for (const [index, hour] of hours.entries()) made.push(await book(hour, index));
    tickets = made;
    await service.settled();
  });

  it('Art. 8: an official leaves with meetings: five steps, two of the administrator and three of the head, until all are with colleagues', async () => {
    // one step is the form, one is sending it
    await leaves('2026-03-05');
    const head = await signIn(service, 'head', 's001');
    expect((await head.get('/program/s002')).html).toContain('href="/program/s002/plecare"');
    const { html } = await head.get('/program/s002/plecare');
    const proposed = proposedIn(html);
    expect(Object.keys(proposed)).toHaveLength(hours.length);
    // of whoever leaves there is no next hour
    expect(html).not.toMatch(/value="hour [^" ]+"/);
    const once = /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const done = await head.send('/program/s002/plecare', { once, because, ...proposed });
    expect(done.location).toBe('/program/s002/plecare/intalniri?facut=plecare');
    const list = await head.get(done.location);
    expect(textOf(list.html)).toContain('Întâlnirile sunt mutate.');
    const meets = await Promise.all(tickets.map(async (ticketId) => (await ticketOf(service, ticketId)).booking));
    expect(meets.map(({ slot }) => slot.startsAt)).toEqual(hours);
    expect(meets.every(({ staffId }) => staffId !== 's002')).toBe(true);
    expect(new Set(meets.map(({ staffId }) => staffId)).size).toBeGreaterThan(1);
    // nobody gave an e-mail address: everybody is to be called
    for (const index of hours.keys()) expect(list.html).toContain(`0740 123 45${String(index)}`);
    await eventually('no meeting that waits for somebody', async () => {
      await service.settled();
      const { rows } = await service.ports.readModels.select<TaskRow>(tables.tasks, {});
      return rows.some(({ kind }) => kind === 'assign-staff' || kind === 'must-be-rescheduled') ? undefined : rows;
    });
    expect((await head.get('/program/s002/plecare')).html).not.toContain('<select');
  });

  it('Art. 8: who leaves later keeps the meetings before; where no colleague is free at the hour, another hour with one is proposed, and taken', async () => {
    await leaves('2026-03-06');
    const head = await signIn(service, 'head', 's001');
    expect((await head.get('/program/s002/plecare')).html).not.toContain('<select');
    await leaves('2026-03-05');
    // both colleagues and the head are away that day
    for (const staffId of ['s001', 's004', 's005']) {
      const token = await service.token('head', 's001');
      const body = { from: '2026-03-05T00:00:00.000Z', to: '2026-03-05T22:00:00.000Z', reason: 'Curs' };
      expect((await service.call('POST', `${api}/staff/${staffId}/absences`, { token, body })).status).toBe(201);
    }
    await service.settled();
    const { html } = await head.get('/program/s002/plecare');
    const proposed = proposedIn(html);
    expect(new Set(Object.values(proposed)).size).toBe(hours.length);
    for (const way of Object.values(proposed)) expect(way).toMatch(/^hour 2026-03-\d{2}T[\d:.]+Z s00[145]$/);
    const once = /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';
    expect((await head.send('/program/s002/plecare', { once, because, ...proposed })).status).toBe(303);
    for (const ticketId of tickets) {
      const { booking, left } = await ticketOf(service, ticketId);
      expect([`hour ${booking.slot.startsAt} ${booking.staffId}`, left.length]).toEqual([proposed[`m-${ticketId}`], 1]);
    }
  });

  it('Art. 8, A3: the same over the API, for the head alone', async () => {
    const head = await service.token('head', 's001');
    expect((await service.call('GET', `${api}/staff/s002/departure-plan`, { token: head })).status).toBe(404);
    await leaves('2026-03-05');
    type Plan = {
      readonly on: string;
      readonly meetings: readonly { readonly ticketId: string; readonly ways: readonly { readonly kind: string }[] }[];
    };
    const { body } = await service.call('GET', `${api}/staff/s002/departure-plan`, { token: head });
    const plan = body as unknown as Plan;
    expect(plan.on).toBe('2026-03-05');
    expect(plan.meetings.map(({ ticketId }) => ticketId)).toEqual(tickets);
    const moves = plan.meetings.map(({ ticketId, ways: [first] }) => ({ ticketId, ...first, name: undefined }));
    const sent = { token: head, body: { because, moves }, headers: { 'idempotency-key': 'once' } };
    const own = await service.token('staff', 's002');
    expect((await service.call('POST', `${api}/staff/s002/departure-plan`, { ...sent, token: own })).status).toBe(403);
    const first = await service.call('POST', `${api}/staff/s002/departure-plan`, sent);
    expect([first.status, first.body]).toEqual([200, { staffId: 's002', moved: hours.length, left: [] }]);
    expect((await service.call('POST', `${api}/staff/s002/departure-plan`, sent)).body).toEqual(first.body);
    for (const ticketId of tickets) expect((await ticketOf(service, ticketId)).left).toHaveLength(1);
    const followed = await service.call('GET', `${api}/staff/s002/departure-plan/meetings`, { token: head });
    expect(followed.body.meetings.map((meeting) => (meeting as { readonly telling: string }).telling)).toEqual(hours.map(() => 'call'));
  });
});
