import { createCurrentSignedLog } from '../../src/infrastructure/proof/signing/current-signed-log';
import { createMemoryCheckpointStore, verifierLine } from '@tichet-albastru/signed-log';
import { checkTicketProof } from '../../src/infrastructure/proof/verify/check-ticket-proof';
import { readTicketProof } from '../../src/infrastructure/proof/verify/read-ticket-proof';
import { sealKey, sealNow } from '../support/sealed-tickets';
import { inPerson, lookupBody, startSeeded, type Service } from './support/service';

const checkpoints = createMemoryCheckpointStore();
let service: Service;
let ticketId = '';
let auditor = '';

beforeAll(async () => {
  service = await startSeeded({ signedLog: createCurrentSignedLog({ checkpoints, verifier: sealKey, counts: true }) });
  const { bookingToken } = (await service.call('POST', '/api/v1/requests/lookup', { body: lookupBody })).body;
  ticketId = (await service.call('POST', '/api/v1/tickets', { token: bookingToken, body: inPerson })).body.ticketId;
  auditor = await service.token('auditor');
});

const get = (path: string, headers: Record<string, string> = {}) =>
  service.call('GET', `/api/v1/audit/${path}`, { token: auditor, headers });

describe('the proof of a ticket over HTTP', () => {
  it('says that a checkpoint comes within a minute while there is none', async () => {
    for (const path of [`tickets/${ticketId}/proof`, 'checkpoint']) {
      const { status, body, headers } = await get(path, { 'accept-language': 'ro' });
      expect([status, body.code, headers['retry-after']]).toEqual([409, 'wrong-state', '60']);
      expect(body.detail).toContain('în cel mult un minut');
    }
  });

  it('is a file that verifies, and the checkpoint that it rests on', async () => {
    await sealNow(service.ports.store, checkpoints);
    const { status, text, headers } = await get(`tickets/${ticketId}/proof`);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'content-disposition': `attachment; filename="${ticketId}-proof.json"` });
    const proof = readTicketProof(Buffer.from(text));
    expect(proof && checkTicketProof(proof, sealKey)).toMatchObject({ kind: 'holds' });
    const newest = await get('checkpoint');
    expect(JSON.parse(newest.text)).toMatchObject({ note: proof?.checkpoint, verifier: verifierLine(sealKey) });
    const note = await get('checkpoint', { accept: 'text/plain' });
    expect([note.text, note.headers['content-type']]).toEqual([proof?.checkpoint, 'text/plain; charset=utf-8']);
  });

  it('is not there for a ticket that is not there', async () => {
    expect((await get('tickets/019c0000-0001-7000-8000-000000000001/proof')).status).toBe(404);
  });
});
