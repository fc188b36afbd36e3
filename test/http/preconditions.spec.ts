import { staffMemberView } from '../../src/application/staff/register-staff';
import { etagOf } from '../../src/infrastructure/api/commands/preconditions';
import { readFileSync } from 'node:fs';
import { request, startSeeded, type Service } from './support/service';

const person = { name: 'Zoltán Marc', role: 'executive', department: 'Autorizări', departmentCode: '425', email: 's002@primarie.example' };
const registered = {
  applicantName: 'Lăcătuș Andrei',
  department: 'Autorizări',
  departmentCode: '425',
  handlerStaffId: 's002',
  status: 'in-operation',
};
const week = { mon: [['09:00', '12:00']] };

/** Every PUT of the contract: with what it replaces, and with something else. */
const replaced = [
  ['/api/v1/staff/s002', 'admin', person, { ...person, department: 'Urbanism' }],
  [`/api/v1/requests/${request.number}/${request.filedOn}`, 'registry', registered, { ...registered, subject: 'Autorizație' }],
  ['/api/v1/staff/s002/hours', 'staff', { from: '2026-03-02', week }, { from: '2026-03-02', week: {} }],
] as const;

describe('If-Match on what a PUT replaces', () => {
  let service: Service;
  beforeEach(async () => {
    service = await startSeeded();
  });
  const tokenOf = (role: 'admin' | 'registry' | 'staff') => service.token(role, role === 'staff' ? 's002' : undefined);

  it('is taken by every PUT of the document, each of which has a GET that answers an ETag', () => {
    const { paths } = JSON.parse(readFileSync('openapi.json', 'utf8')) as { paths: Record<string, Record<string, object>> };
    const puts = Object.entries(paths).filter(([, item]) => 'put' in item);
    expect(puts.map(([path]) => path).toSorted()).toEqual([
      '/api/v1/requests/{number}/{filedOn}',
      '/api/v1/staff/{id}',
      '/api/v1/staff/{id}/absences/calendar',
      '/api/v1/staff/{id}/hours',
      '/api/v1/staff/{id}/letters',
    ]);
    for (const [, { get, put }] of puts) {
      expect(get).toMatchObject({ responses: { 200: { headers: { ETag: {} } } } });
      expect(put).toMatchObject({ responses: { 200: { headers: { ETag: {} } }, 412: {} } });
      expect(put).toMatchObject({ parameters: expect.arrayContaining([expect.objectContaining({ name: 'If-Match' })]) });
    }
  });

  it.each(replaced)('%s: the one that was read goes in, an older one is refused 412', async (url, role, first, second) => {
    const token = await tokenOf(role);
    await service.call('PUT', url, { token, body: first });
    const etag = String((await service.call('GET', url, { token })).headers['etag']);
    const put = await service.call('PUT', url, { token, body: second, headers: { 'if-match': `"other", ${etag}` } });
    expect(put.status).toBe(200);
    expect(put.headers['etag']).toBe((await service.call('GET', url, { token })).headers['etag']);
    const late = await service.call('PUT', url, { token, body: first, headers: { 'if-match': etag, 'accept-language': 'en' } });
    expect([late.status, late.body.code, late.body.detail]).toEqual([
      412,
      'precondition-failed',
      'The data have changed since you read them. Read them again, then repeat your change.',
    ]);
    expect((await service.call('GET', url, { token })).headers['etag']).toBe(put.headers['etag']);
    expect((await service.call('PUT', url, { token, body: first, headers: { 'if-match': '*' } })).status).toBe(200);
    expect((await service.call('PUT', url, { token, body: first })).status).toBe(200);
    expect((await service.call('PUT', url, { token, body: first, headers: { 'if-match': `W/${etag}` } })).status).toBe(412);
  });

  it('of ten at once that read the same, one goes in', async () => {
    const token = await tokenOf('admin');
    const shown = await staffMemberView(service.ports)({ staffId: 's002' });
    const headers = { 'if-match': etagOf(service.ports.personalData, shown) };
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        service.call('PUT', '/api/v1/staff/s002', { token, body: { ...person, department: `Birou ${String(n)}` }, headers }),
      ),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
  });

  it('matches nothing where nothing is, and a repetition under a key is answered as the first time', async () => {
    const token = await tokenOf('admin');
    const fresh = await service.call('PUT', '/api/v1/staff/s009', { token, body: person, headers: { 'if-match': '*' } });
    expect([fresh.status, (await service.call('GET', '/api/v1/staff/s009', { token })).status]).toEqual([412, 404]);
    const etag = String((await service.call('GET', '/api/v1/staff/s002', { token })).headers['etag']);
    const again = () =>
      service.call('PUT', '/api/v1/staff/s002', {
        token,
        body: { ...person, department: 'Urbanism' },
        headers: { 'if-match': etag, 'idempotency-key': 'one' },
      });
    const [one, two] = [await again(), await again()];
    expect([one.status, two.status, two.text]).toEqual([200, 200, one.text]);
  });
});
