import { awaitedCodeOf } from '../../support/codes';
import { BrowserOf } from '../../web/booking/browser-of';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { bookingToken, inPerson, lookupBody, mustBeDone, request, type Service, startSeeded } from '../../http/support/service';

describe('Who may come, and how, over HTTP', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startSeeded();
  });
  const ask = async (body: object) => service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body });

  it('Art. 8 (A10): in person without any contact is refused, and books once there is a phone number or an e-mail address', async () => {
    const { startsAt, mode } = inPerson;
    const refused = await ask({ startsAt, mode });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid', article: '8', errors: [{ field: 'phone' }] } });
    expect(refused.body.errors[0]?.message).toContain('nu poate fi anunțat');
    expect(await ask({ startsAt, mode, phone: '0740 123 456' })).toMatchObject({ status: 201, body: { status: 'scheduled' } });
  });

  it('Art. 8 (A10): in person an e-mail address alone will do, verified by code', async () => {
    const { startsAt, mode } = inPerson;
    const asked = await ask({ startsAt, mode, email: 'andrei@exemplu.ro' });
    expect(asked).toMatchObject({ status: 201, body: { status: 'awaiting-code' } });
  });

  describe('the same number and date for two applicants', () => {
    const path = `/api/v1/requests/${request.number}/${request.filedOn}`;
    const lookup = (applicantName: string) => service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, applicantName } });
    const header = 'number,filedOn,applicantName,status,handlerStaffId';
    const bringIn = async (...lines: readonly string[]) =>
      service.call('POST', '/api/v1/requests/import', {
        token: await service.token('registry'),
        headers: { 'content-type': 'text/csv' },
        raw: { payload: [header, ...lines].join('\n') },
      });
    const anotherApplicant = `${request.number},${request.filedOn},Rusu Delia,in-operation,s003`;
    const settle = async (decision: string) =>
      service.call('POST', `${path}/applicant-dispute`, {
        token: await service.token('registry'),
        body: { decision, reason: 'În dosar este cererea lui Lăcătuș' },
      });

    it('Art. 3 b (A29): replaces nothing and admits nobody until the registry has decided; the import goes on with its other lines', async () => {
      const imported = await bringIn(anotherApplicant, '600100,2026-02-03,Pop Ana,in-operation,s002');
      expect(imported).toMatchObject({ status: 200, body: { imported: 1, faults: [{ line: 2, field: 'applicantName' }] } });
      // whoever has all three right is told what everybody is told whose request cannot have a ticket
      const refused = await lookup(lookupBody.applicantName);
      expect(refused).toMatchObject({ status: 422, body: { code: 'not-eligible' } });
      expect(refused.text).not.toMatch(/disput|Rusu/u);
      expect(await lookup('Rusu Delia')).toMatchObject({ status: 404, body: { code: 'request-not-found' } });
      const shown = await service.call('GET', path, { token: await service.token('registry') });
      expect(shown.body).toMatchObject({ applicantName: 'Lăcătuș Andrei', disputedBy: 'Rusu Delia', handlerStaffId: 's002' });
      expect(await settle('kept')).toMatchObject({ status: 200 });
      expect(await lookup(lookupBody.applicantName)).toMatchObject({ status: 200 });
      // decided: the same delivery of every night disputes it no more
      expect(await bringIn(anotherApplicant)).toMatchObject({ body: { imported: 1, faults: [] } });
      expect(await lookup(lookupBody.applicantName)).toMatchObject({ status: 200 });
    });

    it('Art. 3 b (A29): the clerk may find that the name that came since is the right one', async () => {
      await bringIn(anotherApplicant);
      expect(await settle('corrected')).toMatchObject({ status: 200 });
      await service.settled();
      expect(await lookup('Rusu Delia')).toMatchObject({ status: 200 });
      expect(await lookup(lookupBody.applicantName)).toMatchObject({ status: 404 });
      expect(await settle('kept')).toMatchObject({ status: 409, body: { code: 'wrong-state' } });
    });

    it('A1: a name that whoever tells it says to be corrected is corrected, as a mistyped one is', async () => {
      const token = await service.token('registry');
      const body = { handlerStaffId: 's002', status: 'in-operation' };
      for (const change of [{ applicantName: 'Lăcătus Andreii' }, { applicantName: 'Moldovan Andrei', applicantChange: 'corrected' }]) {
        expect((await service.call('PUT', path, { token, body: { ...body, ...change } })).body).not.toHaveProperty('disputed');
      }
      await service.settled();
      expect(await lookup('Moldovan Andrei')).toMatchObject({ status: 200 });
      const other = await service.call('PUT', path, { token, body: { ...body, applicantName: 'Rusu Delia' } });
      expect(other).toMatchObject({ status: 200, body: { disputed: true } });
    });

    it('Art. 3 b (A29): a booking that was begun before is refused, and the clerk sees which requests wait', async () => {
      const token = await bookingToken(service);
      await bringIn(anotherApplicant);
      expect(await service.call('POST', '/api/v1/tickets', { token, body: inPerson })).toMatchObject({
        status: 422,
        body: { code: 'not-eligible' },
      });
      await service.settled();
      const registry = new BrowserOf(service);
      await registry.post('/intra', { token: await service.token('registry') });
      expect((await registry.get('/registratura')).text).toContain('doi solicitanți');
      expect((await registry.get('/registratura?disputate=da')).text).toContain(request.number);
      const form = `/registratura/cereri/${request.number}/${request.filedOn}/solicitant`;
      expect((await registry.get(form)).text).toContain('Rusu Delia');
      expect((await registry.send(form, { reason: 'x' })).text).toContain('Alegeți a cui este cererea.');
      const decided = await registry.send(form, { decision: 'kept', reason: 'În dosar' });
      expect(decided.location).toContain('facut=decisa');
      expect((await registry.get(decided.location)).text).not.toContain('Rusu Delia');
    });
  });

  describe('the same hour twice', () => {
    const email = 'andrei@exemplu.ro';
    const other = { number: '600200', filedOn: '2026-02-04' };
    const otherHour = '2026-03-05T08:15:00.000Z';
    const ofAnother = { requestNumber: other.number, applicantName: 'Rusu Delia', filedOn: other.filedOn };
    beforeEach(async () => {
      const token = await service.token('registry');
      const body = { applicantName: 'Rusu Delia', handlerStaffId: 's004', departmentCode: '425', status: 'in-operation' };
      const colleague = { staffId: 's004', name: 'Ilinca Colega', role: 'executive', email: 's004@primarie.example' } as const;
      mustBeDone(await registerStaff(service.ports)(service.context(), { ...colleague, department: 'Autorizări', departmentCode: '425' }));
      expect((await service.call('PUT', `/api/v1/requests/${other.number}/${other.filedOn}`, { token, body })).status).toBe(200);
    });
    const book = async (about: object, startsAt: string, address = email) => {
      const { body: found } = await service.call('POST', '/api/v1/requests/lookup', { body: about });
      const asked = { ...inPerson, startsAt, email: address };
      const { body: made } = await service.call('POST', '/api/v1/tickets', { token: found.bookingToken, body: asked });
      const code = await awaitedCodeOf(service.ports, made.ticketId);
      const path = `/api/v1/tickets/${made.ticketId}`;
      const answer = await service.call('POST', `${path}/verification`, { token: made.manageToken, body: { code } });
      return { answer, path, token: made.manageToken };
    };

    it('Art. 3 c (A24): is refused where the code is entered, and frees request and hour at once', async () => {
      expect((await book(lookupBody, inPerson.startsAt)).answer).toMatchObject({ status: 200 });
      const second = await book(ofAnother, inPerson.startsAt, 'Andrei@EXEMPLU.ro');
      expect(second.answer).toMatchObject({ status: 409, body: { code: 'same-hour', article: '3 c' } });
      expect((await service.call('GET', second.path, { token: second.token })).body).toMatchObject({ status: 'lapsed' });
      expect((await book(ofAnother, inPerson.startsAt, 'delia@exemplu.ro')).answer).toMatchObject({ status: 200 });
    });

    it('Art. 8 (A24): nor is a meeting moved there, until the other is cancelled or moved away', async () => {
      const first = await book(lookupBody, inPerson.startsAt);
      const second = await book(ofAnother, otherHour);
      expect(second.answer).toMatchObject({ status: 200 });
      const move = async () =>
        service.call('POST', `${second.path}/reschedule`, { token: second.token, body: { startsAt: inPerson.startsAt } });
      expect(await move()).toMatchObject({ status: 409, body: { code: 'same-hour' } });
      const away = { startsAt: '2026-03-05T09:00:00.000Z' };
      expect(await service.call('POST', `${first.path}/reschedule`, { token: first.token, body: away })).toMatchObject({ status: 200 });
      expect(await move()).toMatchObject({ status: 200 });
      await service.call('POST', `${first.path}/reschedule`, { token: first.token, body: { startsAt: otherHour } });
      expect(await service.call('POST', `${second.path}/cancel`, { token: second.token, body: {} })).toMatchObject({ status: 200 });
      expect((await book(ofAnother, '2026-03-05T09:00:00.000Z')).answer).toMatchObject({ status: 200 });
    });

    it('Art. 3 c (A24): a head may allow it for this request and hour, with a reason, and nobody else', async () => {
      await book(lookupBody, inPerson.startsAt);
      const allow = async (role: 'head' | 'staff' | 'registry', staffId?: string, reason = 'Reprezintă doi solicitanți') =>
        service.call('POST', `/api/v1/requests/${other.number}/${other.filedOn}/shared-hours`, {
          token: await service.token(role, staffId),
          body: { startsAt: inPerson.startsAt, reason },
        });
      expect((await allow('staff', 's004')).status).toBe(403);
      expect((await allow('registry')).status).toBe(403);
      expect(await allow('head', 's001')).toMatchObject({ status: 200 });
      expect((await book(ofAnother, inPerson.startsAt)).answer).toMatchObject({ status: 200 });
    });

    it('Art. 3 c (A24): of two codes entered at once exactly one gets the hour', async () => {
      const asked = async (about: object) => {
        const { body: found } = await service.call('POST', '/api/v1/requests/lookup', { body: about });
        const { body: made } = await service.call('POST', '/api/v1/tickets', { token: found.bookingToken, body: { ...inPerson, email } });
        return { made, code: await awaitedCodeOf(service.ports, made.ticketId) };
      };
      const both = [await asked(lookupBody), await asked(ofAnother)];
      const answers = await Promise.all(
        both.map(({ made, code }) =>
          service.call('POST', `/api/v1/tickets/${made.ticketId}/verification`, { token: made.manageToken, body: { code } }),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    });
  });
});
