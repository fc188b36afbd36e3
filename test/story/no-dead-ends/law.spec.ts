import { isRequested } from '../../../src/domain/ticket/ticket';
import { referenceOf } from '../../../src/domain/ticket/ticket';
import { currentTicket } from '../../../src/application/kernel/streams';
import { startSeeded, type Service } from '../../http/support/service';
import { type Case, casesIn, type Cases } from '../../http/support/ways';
import { browse, textOf } from '../../web/registry/support/browsing';

let service: Service;
let cases: Cases;
beforeEach(async () => {
  service = await startSeeded();
  cases = casesIn(service);
});

const conclusionsOf = async ({ ticketId }: Case): Promise<string | undefined> => {
  const state = await currentTicket(service.ports, ticketId);
  const issued = isRequested(state) ? state.resolution.issued : undefined;
  return issued && service.ports.personalData.openUnseen(issued.conclusions);
};

describe('Legea 16/1996 art. 9–12: the text of a resolution', () => {
  const reason = 'selecționare, dosarul 4';
  const forget = async ({ ticketId }: Case, body: object) =>
    service.call('POST', `/api/v1/tickets/${ticketId}/conclusions/forget`, { token: await service.token('admin'), body });

  it('goes only under number and date of the selection commission’s minute, which the report names', async () => {
    const one = await cases.filed();
    const minuteDate = cases.now().slice(0, 10);
    for (const [body, field] of [
      [{ reason }, 'minuteNumber'],
      [{ reason, minuteNumber: '3' }, 'minuteDate'],
      [{ reason, minuteNumber: '3', minuteDate: '2020-01-01' }, 'minuteDate'],
      [{ reason, minuteNumber: '3', minuteDate: '2099-01-01' }, 'minuteDate'],
    ] as const)
      expect(await forget(one, body)).toMatchObject({
        status: 400,
        body: { errors: expect.arrayContaining([{ field, message: expect.any(String) }]) },
      });
    expect(await conclusionsOf(one)).toBe('Se eliberează autorizația.');
    const minute = { number: '3', date: minuteDate };
    expect(await forget(one, { reason, minuteNumber: '3', minuteDate })).toMatchObject({
      status: 200,
      body: { minute, keyDestroyed: true, destroyedKeys: [`record:ticket-${one.ticketId}`], kept: [`contact:ticket-${one.ticketId}`] },
    });
    expect(await conclusionsOf(one)).toBeUndefined();
  });

  it('goes by a form of administrators, whose report and whose history name the minute', async () => {
    const one = await cases.filed();
    await service.settled();
    const minuteDate = cases.now().slice(0, 10);
    const admin = await browse(service, 'admin');
    const ticket = `/administrare/stergere/tichet/${referenceOf(one.ticketId)}`;
    expect((await admin.get(ticket)).body).toContain(`href="${ticket}/rezolutie"`);
    await admin.get(`${ticket}/rezolutie`);
    const refused = await admin.post(`${ticket}/rezolutie`, { reason, minuteNumber: '', minuteDate, confirm: 'da' });
    expect([refused.statusCode, await conclusionsOf(one)]).toEqual([422, 'Se eliberează autorizația.']);
    const sent = await admin.post(`${ticket}/rezolutie`, { reason, minuteNumber: '3/2026', minuteDate, confirm: 'da' });
    expect(sent.statusCode).toBe(303);
    expect(textOf((await admin.get(String(sent.headers.location))).body)).toContain(
      'Procesul-verbal al comisiei de selecționare nr. 3/2026 din',
    );
    expect(await conclusionsOf(one)).toBeUndefined();
    await service.settled();
    const auditor = await browse(service, 'auditor');
    expect(textOf((await auditor.get(`/audit/${one.ticketId}`)).body)).toContain(
      'Textul rezoluției șters: proces-verbal de selecționare nr. 3/2026 din',
    );
    expect((await admin.get(`${ticket}/rezolutie`)).statusCode).toBe(404);
  });
});
