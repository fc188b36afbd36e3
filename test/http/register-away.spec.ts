import { gatewayClient } from '../support/gateway/client';
import { startFakeGateway, type FakeGateway } from '../support/gateway/fake-gateway';
import { BrowserOf } from '../infrastructure/web/booking/browser-of';
import { typed } from '../infrastructure/web/booking/ways';
import { applicant, lookupBody, request, startSeeded, type Service } from './support/service';

const lookup = '/api/v1/requests/lookup';
let fake: FakeGateway;
let client: ReturnType<typeof gatewayClient>;
let service: Service;
beforeEach(async () => {
  fake = await startFakeGateway();
  fake.tell({ ...request, applicantName: applicant, handlerStaffId: 's002', departmentCode: '425' });
  client = gatewayClient(fake.url);
  service = await startSeeded({ requests: client.requests });
});

describe('while the document system does not answer', () => {
  it('a citizen is told so, in both languages, with when to try again; afterwards it works', async () => {
    fake.misbehaves = 'rate-limited';
    const romanian = await service.call('POST', lookup, { body: lookupBody });
    expect(romanian).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(romanian.body.detail).toContain('nu răspunde acum, așa că nu putem verifica cererea');
    expect(romanian.headers['retry-after']).toBe('120');
    const headers = { 'accept-language': 'en' };
    const english = await service.call('POST', lookup, { body: { ...lookupBody, requestNumber: '1' }, headers });
    expect(english).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(english.body.detail).toContain('the request cannot be checked. Nothing was recorded');
    fake.misbehaves = 'well';
    expect((await service.call('POST', lookup, { body: lookupBody })).status).toBe(200);
  });

  it('a repeated Idempotency-Key is no answer of the outage', async () => {
    const headers = { 'idempotency-key': 'one-and-the-same' };
    fake.misbehaves = 'rate-limited';
    expect((await service.call('POST', lookup, { body: lookupBody, headers })).status).toBe(503);
    fake.misbehaves = 'well';
    expect((await service.call('POST', lookup, { body: lookupBody, headers })).status).toBe(200);
  });

  it('the page says it and keeps what was typed', async () => {
    fake.misbehaves = 'rate-limited';
    const browser = new BrowserOf(service);
    await browser.get('/programare/cerere');
    const answer = await browser.send('/programare/cerere', typed);
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('120');
    expect(answer.text).toContain('Sistemul de documente al Primăriei nu răspunde acum');
    expect(answer.text).toContain(`value="${typed.requestNumber}"`);
    fake.misbehaves = 'well';
    expect(await browser.send('/programare/cerere', typed)).toMatchObject({ status: 303, location: '/programare/ora' });
  });
});
