import { registerStaff } from '../../../src/application/staff/register-staff';
import { mustBeDone, staff, type Service } from '../../http/support/service';
import { book, type Official, signIn, startOffice, textOf, ticketOf } from '../../infrastructure/web/meetings/support/office';
import { proposedIn } from '../support/proposed-moves';

const api = '/api/v1';
/** The meeting is on Thursday, 5 March 2026. */
const day = { fromDate: '2026-03-05', fromTime: '', toDate: '2026-03-05', toTime: '' };
const check = `/program/s002/absenta?${new URLSearchParams(day).toString()}`;

describe('deputies with their days, over HTTP', () => {
  let service: Service;
  let ticketId: string;
  let head: Official;

  beforeEach(async () => {
    service = await startOffice();
    mustBeDone(await registerStaff(service.ports)(service.context(), { ...staff.s002, staffId: 's005', name: 'Radu Coleg' }));
    ticketId = await book(service, 'phone', { phone: '0740 123 456' });
    head = await signIn(service, 'head', 's001');
  });
  const proposed = async () => proposedIn((await head.get(check)).html)[`m-${ticketId}`];
  const named = async (by: Official, fields: Record<string, string>) => {
    const done = await by.fill('/program/s002/inlocuitori', { from: '2026-03-05', to: '2026-03-06', ...fields });
    await service.settled();
    return done;
  };

  it('Art. 8, A3: the deputy in force at the hour is proposed first, the one of the department next, and is shown with the days', async () => {
    // nobody named: the first in order
    expect(await proposed()).toBe('deputy s001');
    expect((await named(head, { deputy: 's005', whom: 'department' })).status).toBe(303);
    expect(await proposed()).toBe('deputy s005');
    const zoltan = await signIn(service, 'staff', 's002');
    expect((await named(zoltan, { deputy: 's004' })).location).toBe('/program/s002/inlocuitori?facut=numit');
    const { html } = await head.get(check);
    expect(proposedIn(html)[`m-${ticketId}`]).toBe('deputy s004');
    expect([...html.matchAll(/<option value="deputy (s\d+)"/g)].map(([, id]) => id)).toEqual(['s004', 's005', 's001']);
    expect(textOf(html)).toContain('Ilinca Colega, înlocuitor numit, la aceeași oră');
    const shown = textOf((await head.get('/program/s002')).html);
    expect(shown).toContain('Ilinca Colega : de joi, 5 martie 2026 până vineri, 6 martie 2026 inclusiv');
    expect(shown).toContain('Radu Coleg (pentru tot serviciul): de joi, 5 martie 2026');
    const once = /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const fields = { once, ...day, reason: 'Gripă', because: 'illness', [`m-${ticketId}`]: 'deputy s004' };
    expect((await head.send('/program/s002/absente', fields)).status).toBe(303);
    expect((await ticketOf(service, ticketId)).booking.staffId).toBe('s004');
  });

  it('Art. 8, A3: a deputy of other days, or one withdrawn, is a colleague like others; one who is not free is not proposed', async () => {
    await named(head, { deputy: 's005', from: '2026-03-06' });
    expect(await proposed()).toBe('deputy s001');
    await named(head, { deputy: 's004' });
    const page = (await head.get('/program/s002/inlocuitori')).html;
    const withdraw = [...page.matchAll(/action="(\/program\/s002\/inlocuitori\/[\da-f-]{36}\/retrage)"/g)].map(([, path = '']) => path);
    expect(withdraw).toHaveLength(2);
    const token = await service.token('head', 's001');
    const absence = { from: '2026-03-05T00:00:00.000Z', to: '2026-03-05T22:00:00.000Z', reason: 'Curs' };
    await service.call('POST', `${api}/staff/s004/absences`, { token, body: absence });
    await service.settled();
    expect(await proposed()).toBe('deputy s001');
    for (const path of withdraw) expect((await head.send(path, { once: path, of: 's002' })).status).toBe(303);
    expect(textOf((await head.get('/program/s002')).html)).toContain('Nimeni nu este numit.');
  });

  it('A3: refused are oneself, another department, who has left and days the wrong way round; staff name nobody for all', async () => {
    const refusals: readonly (readonly [Record<string, string>, string])[] = [
      [{ deputy: 's002' }, 'Este aceeași persoană.'],
      [{ deputy: 's003' }, 'Este din alt serviciu'],
      [{ deputy: 's004', to: '2026-03-04' }, 'Ultima zi este înaintea primeia.'],
      [{ deputy: '' }, 'Alegeți un coleg.'],
    ];
    for (const [fields, said] of refusals) {
      const { status, html } = await named(head, fields);
      expect([status, textOf(html).includes(said)]).toEqual([422, true]);
    }
    const zoltan = await signIn(service, 'staff', 's002');
    expect((await named(zoltan, { deputy: 's004', whom: 'department' })).status).toBe(403);
    expect((await zoltan.get('/program/s004/inlocuitori')).status).toBe(403);
    const admin = await service.token('admin');
    await service.call('POST', `${api}/staff/s004/left`, { token: admin, body: { on: '2026-03-05' } });
    await service.settled();
    expect(textOf((await named(head, { deputy: 's004' })).html)).toContain('Nu mai lucrează aici în acele zile.');
  });

  it('A3: the same over the API, by an administrator', async () => {
    const token = await service.token('admin');
    const body = { from: '2026-03-05', to: '2026-03-05' };
    const one = await service.call('POST', `${api}/staff/s002/deputies`, { token, body: { ...body, deputy: 's005' } });
    const all = await service.call('POST', `${api}/staff/s004/department-deputyships`, { token, body });
    expect([one.status, all.status]).toEqual([201, 201]);
    await service.settled();
    const shown = await service.call('GET', `${api}/staff/s002/deputies`, { token });
    expect(shown.body).toMatchObject({
      own: [{ staffId: 's005', name: 'Radu Coleg', ...body }],
      department: [{ staffId: 's004', name: 'Ilinca Colega', ...body }],
    });
    // whoever is of another department by now stands in for nobody here
    mustBeDone(await registerStaff(service.ports)(service.context(), { ...staff.s003, staffId: 's005', name: 'Radu Coleg' }));
    await service.settled();
    expect((await service.call('GET', `${api}/staff/s002/deputies`, { token })).body).toMatchObject({ own: [] });
    mustBeDone(await registerStaff(service.ports)(service.context(), { ...staff.s002, staffId: 's005', name: 'Radu Coleg' }));
    await service.settled();
    const ids = [one.body, all.body].map((answer) => (answer as unknown as { readonly deputyshipId: string }).deputyshipId);
    expect((await service.call('DELETE', `${api}/staff/s002/deputies/${ids[0] ?? ''}`, { token })).status).toBe(200);
    expect((await service.call('DELETE', `${api}/staff/s004/department-deputyships/${ids[1] ?? ''}`, { token })).status).toBe(200);
    await service.settled();
    expect((await service.call('GET', `${api}/staff/s002/deputies`, { token })).body).toMatchObject({ own: [], department: [] });
  });
});
