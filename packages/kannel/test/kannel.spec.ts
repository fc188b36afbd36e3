import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createKannel } from '@tichet-albastru/kannel';
import { reportOf } from '../../../src/infrastructure/api/controllers/text-messages.controller';

type Asked = { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders; readonly body: string };

describe('text messages by Kannel’s sendsms, over a real socket', () => {
  let server: Server;
  let url: string;
  const asked: Asked[] = [];
  let answer: { status: number; body: string } | 'hangs-up' = { status: 202, body: '0: Accepted for delivery' };

  beforeAll(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { method = '', headers } = request;
        asked.push({ method, url: request.url ?? '', headers, body: Buffer.concat(parts).toString() });
        if (answer === 'hangs-up') request.socket.destroy();
        else response.writeHead(answer.status).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/cgi-bin/sendsms`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    asked.length = 0;
    answer = { status: 202, body: '0: Accepted for delivery' };
  });

  const gatewayAt = (address = url) =>
    createKannel({
      url: address,
      user: 'tichet',
      password: 'parola',
      from: 'Primaria',
      reportSecret: 'a secret of at least 24 characters',
      reportUrl: 'https://tichet.primaria.example',
    });
  const message = {
    messageId: '0d5e7c1a-33b2-5c55-9d0e-5b1f6f0a7c11',
    to: '+40740123456',
    text: 'Întâlnirea TA-7H3K9QXZ are altă oră',
  } as const;

  it('hands over number and text where no log of addresses has them', async () => {
    expect(await gatewayAt().send(message)).toEqual({ kind: 'accepted' });
    expect(asked).toHaveLength(1);
    const [{ method, url: path, headers, body }] = asked as [Asked];
    expect([method, path, body]).toEqual(['POST', '/cgi-bin/sendsms', message.text]);
    expect(headers).toMatchObject({
      'x-kannel-to': '+40740123456',
      'x-kannel-from': 'Primaria',
      'x-kannel-username': 'tichet',
      'x-kannel-password': 'parola',
      'x-kannel-coding': '2',
      'x-kannel-dlr-mask': '19',
    });
    expect(headers['x-kannel-dlr-url']).toMatch(
      new RegExp(`^https://tichet.primaria.example/api/v1/webhooks/text-messages/${message.messageId}/[0-9a-f]{32}\\?status=%d$`, 'u'),
    );
  });

  it('believes a report that brings the proof of that very message, and no other', async () => {
    const gateway = gatewayAt();
    await gateway.send(message);
    const given = String(asked[0]?.headers['x-kannel-dlr-url']);
    const proof = /\/([0-9a-f]{32})\?/u.exec(given)?.[1] ?? '';
    expect(gateway.isReport(message.messageId, proof)).toBe(true);
    expect(gateway.isReport('0d5e7c1a-33b2-5c55-9d0e-5b1f6f0a7c12', proof)).toBe(false);
    expect(gateway.isReport(message.messageId, '')).toBe(false);
    expect(gateway.isReport(message.messageId, 'ș'.repeat(32))).toBe(false);
  });

  it('what is queued is taken; what is refused for good is not tried again', async () => {
    answer = { status: 202, body: '3: Queued for later delivery' };
    expect(await gatewayAt().send(message)).toEqual({ kind: 'accepted' });
    answer = { status: 400, body: 'Receiver number missing' };
    expect(await gatewayAt().send(message)).toEqual({ kind: 'refused', reason: '400' });
  });

  it.each([
    [{ status: 503, body: 'Temporal failure, try again later.' }],
    [{ status: 403, body: 'Authorization failed for sendsms' }],
    [{ status: 200, body: '<html>another server</html>' }],
    ['hangs-up' as const],
  ])('%j is worth another attempt, and its error names nobody', async (given) => {
    answer = given;
    const error = await gatewayAt()
      .send(message)
      .then(
        () => undefined,
        (thrown: unknown) => String(thrown),
      );
    expect(error).toBeDefined();
    for (const secret of ['740123456', 'parola', 'TA-7H3K9QXZ']) expect(error).not.toContain(secret);
    // a second one would ring somebody's telephone twice
    expect(asked).toHaveLength(1);
  });

  it('only what ends the matter is a report', () => {
    expect(['1', '2', '4', '8', '16', '', '1 '].map(reportOf)).toEqual([
      'delivered',
      'undelivered',
      undefined,
      undefined,
      'undelivered',
      undefined,
      undefined,
    ]);
  });
});
