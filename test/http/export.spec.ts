import { auditColumns } from '../../src/infrastructure/export/table/audit-columns';
import { verifyExport } from '../../src/infrastructure/proof/export/export-verify';
import { pdfText } from '../support/pdf-text';
import { type SealedDemo, sealedDemo } from '../support/sealed-demo';
import { startService, type Service } from './support/service';

const path = '/api/v1/audit/export';
let demo: SealedDemo;
let service: Service;
const ask = async (query: string, role: 'auditor' | 'staff' | 'admin' = 'auditor') =>
  service.call('GET', `${path}${query}`, { token: await service.token(role, role === 'staff' ? 'd02' : undefined) });
async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}

beforeAll(async () => {
  demo = await sealedDemo('2026-03-11T10:00:00.000Z');
  service = await startService(demo.ports, { opened: { sealing: demo.sealing } });
  await service.settled();
});

describe('GET /audit/export', () => {
  it('is JSON Lines signed by the key of the seal, which nobody keeps a copy of', async () => {
    const answer = await ask('?from=2026-03-02&to=2026-03-06');
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': 'attachment; filename="audit-2026-03-02-2026-03-06.jsonl"',
      'cache-control': 'no-store',
    });
    const checked = await verifyExport(chunksOf(answer.text), demo.key);
    expect(checked).toMatchObject({ findings: [] });
    expect(checked.tickets).toBeGreaterThan(3);
    expect(answer.text).not.toMatch(/posta\.example|700 000/);
  });

  it('is CSV for a spreadsheet', async () => {
    const { headers, text } = await ask('?format=csv');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const [head, ...rows] = text.split('\r\n');
    expect(head).toBe(`\ufeff${auditColumns.map(({ name }) => name).join(',')}`);
    expect(rows.at(-1)).toBe('');
    expect(rows.length).toBeGreaterThan(8);
  });

  it('is the PDF of one ticket', async () => {
    const ticket = demo.told.tickets[0]?.ticketId ?? '';
    const answer = await service.app.inject({
      url: `${path}?format=pdf&ticket=${ticket}`,
      headers: { authorization: `Bearer ${await service.token('auditor')}` },
    });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/pdf', 'cache-control': 'no-store' });
    expect(String(answer.headers['content-disposition'])).toMatch(/^attachment; filename="TA-\w{8}\.pdf"$/);
    expect(pdfText(answer.rawPayload)).toContain(`Identificator: ${ticket}`);
  });

  it.each([
    ['?format=xls', 400, 'format'],
    ['?format=pdf', 400, 'ticket'],
    ['?format=pdf&ticket=x', 400, 'ticket'],
    ['?format=pdf&ticket=019c0000-0025-791d-a23e-dcf915424188&from=2026-03-01', 400, 'from'],
    ['?ticket=019c0000-0025-791d-a23e-dcf915424188', 400, 'ticket'],
    ['?from=2026-02-30', 400, 'from'],
    ['?from=2026-03-02&to=2026-03-01', 400, 'to'],
    ['?personal=true', 400, 'personal'],
  ])('refuses %s with a sentence', async (query, status, field) => {
    const answer = await ask(query);
    expect(answer.status).toBe(status);
    expect(answer.body.errors).toMatchObject([{ field, message: expect.stringMatching(/\S{3,}/) }]);
  });

  it('has nothing of a ticket that does not exist, and nothing for others than auditors', async () => {
    expect((await ask('?format=pdf&ticket=00000000-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await ask('', 'staff')).status).toBe(403);
    expect((await ask('?format=csv', 'admin')).status).toBe(403);
    expect((await service.call('GET', path)).status).toBe(401);
  });
});
