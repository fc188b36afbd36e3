import { registerStaff } from '../../../../src/application/staff/register-staff';
import { mustBeDone, staff, type Service } from '../../../http/support/service';
import { actsOn, book, signIn, startOffice, textOf, ticketOf } from './support/office';

/** Art. 8, A3: the forms by which a meeting is offered and the head who is asked answers; complete without a script. */
describe('the pages of an offer', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startOffice();
    const head = { ...staff.s003, staffId: 's005', name: 'Ilka Fodor', role: 'head-of-service', email: 's005@primarie.example' } as const;
    mustBeDone(await registerStaff(service.ports)(service.context(), head));
    await service.settled();
  });
  const offer = async (fields: Record<string, string>): Promise<string> => {
    const ticketId = await book(service, 'phone');
    const zoltan = await signIn(service, 'staff', 's002');
    const path = `/programari/${ticketId}/oferire`;
    expect(await zoltan.fill(path, { reason: 'Ține de taxe.', ...fields })).toMatchObject({
      location: `/programari/${ticketId}?facut=offer`,
    });
    await service.settled();
    return ticketId;
  };

  it('A3: an official chooses a colleague; the head accepts on the page to which task and card lead', async () => {
    const ticketId = await offer({ to: 'person s004' });
    const zoltan = await signIn(service, 'staff', 's002');
    const card = await zoltan.get(`/programari/${ticketId}`);
    expect(textOf(card.html)).toContain('Ilinca Colega; se poate accepta până');
    // whoever offers does not answer
    expect(actsOn(card.html)).not.toContain('oferta');
    expect((await zoltan.get(`/programari/${ticketId}/oferta`)).status).toBe(403);
    const head = await signIn(service, 'head', 's001');
    expect(actsOn((await head.get(`/programari/${ticketId}`)).html)).toContain('oferta');
    expect((await head.get('/sarcini')).html).toContain(`href="/programari/${ticketId}/oferta"`);
    const page = await head.get(`/programari/${ticketId}/oferta`, 'en');
    expect(textOf(page.html)).toContain('Ține de taxe.');
    expect(textOf(page.html)).toContain('Ilinca Colega');
    const path = `/programari/${ticketId}/oferta`;
    const offerId = /name="offerId" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    expect(textOf(page.html)).toContain('It goes into the letter to the applicant.');
    expect(await head.fill(path, { offerId })).toMatchObject({ status: 422, html: expect.stringContaining('id="because-fault"') });
    const because = 'Colega are dosarul.';
    expect(await head.fill(path, { offerId, because })).toMatchObject({ location: `/programari/${ticketId}?facut=reassign` });
    expect((await ticketOf(service, ticketId)).booking.staffId).toBe('s004');
    await service.settled();
    expect((await head.get('/sarcini')).html).not.toContain('/oferta"');
    expect(textOf((await head.get(path)).html)).toContain('Oferta nu mai este deschisă');
  });

  it('Art. 8: the head of another department names who and when, and sees nothing of the citizen before', async () => {
    const ticketId = await offer({ to: `department ${staff.s003.departmentCode}` });
    const ilka = await signIn(service, 'head', 's005');
    const path = `/programari/${ticketId}/oferta`;
    const { html } = await ilka.get(path);
    expect(html).not.toContain('Lăcătuș');
    expect(html).not.toMatch(/0264|0740/);
    expect((await ilka.get(`/programari/${ticketId}`)).status).toBe(403);
    expect((await (await signIn(service, 'head', 's001')).get(path)).status).toBe(403);
    const offerId = /name="offerId" value="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(await ilka.fill(path, { offerId })).toMatchObject({ status: 422, html: expect.stringContaining('id="staffId-fault"') });
    const half = { offerId, staffId: 's003', because: 'Dosarul este la noi.', date: '2026-03-09' };
    expect(await ilka.fill(path, half)).toMatchObject({ status: 422, html: expect.stringContaining('id="startsAt-fault"') });
    const soon = await ilka.fill(path, { ...half, date: '2026-03-03', startsAt: '10:00' });
    expect([soon.status, textOf(soon.html).includes('Ora este prea aproape')]).toEqual([422, true]);
    expect(await ilka.fill(path, { ...half, startsAt: '10:00' })).toMatchObject({ location: `/programari/${ticketId}?facut=reassign` });
    const { booking } = await ticketOf(service, ticketId);
    expect(booking).toMatchObject({ staffId: 's003', slot: { startsAt: '2026-03-09T08:00:00.000Z' } });
    expect((await ilka.get(`/programari/${ticketId}`)).status).toBe(200);
  });

  it('Art. 8: declined only with a reason; what was typed stays, and the meeting as well', async () => {
    const ticketId = await offer({ to: `department ${staff.s003.departmentCode}`, date: '2026-03-09', startsAt: '10:00' });
    const ilka = await signIn(service, 'head', 's005');
    const path = `/programari/${ticketId}/oferta`;
    const { html } = await ilka.get(path);
    const offerId = /name="offerId" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const once = /name="once" value="([^"]+)"/.exec(html)?.[1] ?? '';
    expect(await ilka.send(`${path}/refuz`, { once, offerId })).toMatchObject({
      status: 422,
      html: expect.stringContaining('id="reason-fault"'),
    });
    const declined = await ilka.send(`${path}/refuz`, { once, offerId, reason: 'Nu ține de noi.' });
    expect(declined.location).toBe(`${path}?facut=refuz`);
    expect(textOf((await ilka.get(declined.location)).html)).toContain('Oferta a fost refuzată');
    const late = await ilka.send(`${path}/refuz`, { once: 'x', offerId, reason: 'Nu ține de noi.' });
    expect([late.status, textOf(late.html).includes('nu mai este deschisă')]).toEqual([409, true]);
    expect((await ticketOf(service, ticketId)).booking.staffId).toBe('s002');
  });

  it('Art. 8: withdrawn by whoever offered it; the form says what is wrong', async () => {
    const ticketId = await offer({ to: 'person s004' });
    const zoltan = await signIn(service, 'staff', 's002');
    expect(await zoltan.fill(`/programari/${ticketId}/oferta-retrasa`, {})).toMatchObject({
      location: `/programari/${ticketId}?facut=offer-withdrawn`,
    });
    const path = `/programari/${ticketId}/oferire`;
    const faults = async (fields: Record<string, string>) =>
      [...(await zoltan.fill(path, fields)).html.matchAll(/id="([a-zA-Z]+)-fault"/g)].map(([, id]) => id);
    expect(await faults({})).toEqual(['to', 'reason']);
    expect(await faults({ to: 'person s004', reason: 'x', date: '2026-03-09' })).toEqual(['startsAt']);
    expect(await faults({ to: 'person s004', reason: 'x', date: '2026-03-03', startsAt: '10:00' })).toEqual(['citizenAgreed']);
    const agreed = { citizenAgreed: 'da', agreedBy: 'phone', agreedOn: '2026-03-02', agreedAt: '09:00' };
    expect(await faults({ to: 'person s004', reason: 'x', ...agreed })).toEqual(['startsAt']);
  });
});
