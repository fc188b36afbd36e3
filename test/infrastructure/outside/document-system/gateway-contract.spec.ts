import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayClient } from '../../../support/gateway/client';
import { startFakeGateway, type FakeGateway } from '../../../support/gateway/fake-gateway';
import { startReferee } from '../../../support/webex/referee';

const root = join(__dirname, '../../../..');
const document = 'gateway/infocet-gateway.openapi.yaml';
const request = { number: '154997', filedOn: '2026-02-10' };
const registered = { ...request, applicantName: 'POPESCU ION', handlerStaffId: 'S-012', version: 3 };
const resolution = {
  ticketId: '0198f1c2-6b7a-7c11-9d42-8a3f5e0b1c2d',
  request,
  conclusions: 'S-a lămurit.',
  issuedAt: '2026-03-05T08:20:00.000Z',
};

/** Prism stands between the two and holds both to the published document: 422 for us, 500 for the gateway. */
let fake: FakeGateway;
let url = '';
beforeAll(async () => {
  fake = await startFakeGateway();
  fake.tell(registered);
  ({ url } = await startReferee(join(root, document), fake.url));
});
beforeEach(() => {
  fake.misbehaves = 'well';
});

describe('the published document of the gateway', () => {
  it('is what both sides speak', async () => {
    const client = gatewayClient(url);
    expect(await client.requests.verify({ ...request, applicantName: 'Ion Popescu' })).toMatchObject({ kind: 'told', etag: '"v3"' });
    expect(await client.requests.verify({ ...request, applicantName: 'Ana Pop' })).toEqual({ kind: 'no-such-request' });
    expect(await client.requests.read(request)).toMatchObject({ kind: 'told', request: { version: 3 } });
    expect(await client.requests.read(request, '"v3"')).toEqual({ kind: 'unchanged' });
    expect(await client.requests.read({ ...request, number: '1' })).toEqual({ kind: 'no-such-request' });
    expect(await client.documents.file(resolution)).toEqual({ documentNumber: '161203' });
    expect(await client.documents.file(resolution)).toEqual({ documentNumber: '161203' });
    expect(await client.documents.file({ ...resolution, conclusions: 'Altceva.' })).toEqual({ byHand: 'refused' });
    fake.make(request.number, request.filedOn, { documentNumber: '161999', registeredOn: '2026-03-04', type: 'Adresă' });
    const connectedTo = request;
    expect(await client.documents.connected?.(request)).toEqual([
      { documentNumber: '161203', registeredOn: '2026-03-05', type: 'Tichetul albastru', connectedTo },
      { documentNumber: '161999', registeredOn: '2026-03-04', type: 'Adresă', connectedTo },
    ]);
    expect(await client.documents.connected?.({ ...request, number: '1' })).toBeUndefined();
    fake.misbehaves = 'rate-limited';
    await expect(client.documents.connected?.(request)).rejects.toMatchObject({ reason: 'rate-limited' });
    await expect(client.requests.read(request)).rejects.toMatchObject({ reason: 'rate-limited', retryAfterSeconds: 120 });
  });

  it('would not pass a document without its key, nor a gateway that tells no version', async () => {
    const headers = { authorization: 'Bearer secret', 'content-type': 'application/json' };
    const { conclusions, issuedAt } = resolution;
    const body = JSON.stringify({ type: 'Tichetul albastru', reference: 'TA-7K2M9QXD', conclusions, issuedAt });
    const path = `${url}/requests/${request.number}/${request.filedOn}`;
    const before = fake.documents.length;
    expect((await fetch(`${path}/documents`, { method: 'POST', headers, body })).status).toBe(422);
    expect(fake.documents).toHaveLength(before);
    const { version, ...withoutVersion } = registered;
    expect(version).toBe(3);
    fake.tell({ ...withoutVersion, filedOn: '2026-02-11', version: null } as unknown as typeof registered);
    expect((await fetch(`${url}/requests/${request.number}/2026-02-11`, { headers })).status).toBe(500);
  });

  it('lets a gateway offer no list of documents, and none that tells less of a document than is asked', async () => {
    const before = await startFakeGateway({ listing: false });
    before.tell(registered);
    const { url: refereed } = await startReferee(join(root, document), before.url);
    await expect(gatewayClient(refereed).documents.connected?.(request)).rejects.toMatchObject({ reason: 'unusable' });
    const headers = { authorization: 'Bearer secret' };
    const list = `${url}/requests/${request.number}/${request.filedOn}/documents`;
    expect((await fetch(list, { headers })).status).toBe(200);
    fake.make(request.number, request.filedOn, { documentNumber: '161999', registeredOn: '' });
    expect((await fetch(list, { headers })).status).toBe(500);
  });

  it('is published with the package', () => {
    const { exports, files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly exports: Readonly<Record<string, unknown>>;
      readonly files: readonly string[];
    };
    expect(exports['./infocet-gateway.openapi.yaml']).toBe(`./${document}`);
    expect(files).toContain('gateway');
  });
});
