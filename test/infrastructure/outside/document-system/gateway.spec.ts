import { writeFileSync } from 'node:fs';
import { gatewayClient, impatient } from '../../../support/gateway/client';
import { startFakeGateway, type FakeGateway, type Misbehaviour } from '../../../support/gateway/fake-gateway';
import { openRegistry } from '../../../../src/infrastructure/outside/document-system/open-registry';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { gatewaySilence } from '../../../../src/infrastructure/outside/document-system/gateway/gateway-silence';
import { serveHttp } from '../../../support/http-server';
import { shortPauses } from '../../../support/short-pauses';

shortPauses();

const request = { number: '154997', filedOn: '2026-02-10' };
const answer = { documentNumber: '600001', communicatedOn: '2026-02-20', channel: 'email' };
const registered = { ...request, applicantName: 'ŢURCANU ŞTEFAN', handlerStaffId: 'S-012', version: 3 };
const ticketId = '0198f1c2-6b7a-7c11-9d42-8a3f5e0b1c2d';
const document = { ticketId, request, conclusions: 'S-a lămurit.\nAtât.', issuedAt: '2026-03-05T08:20:00.000Z' };

let fake: FakeGateway;
let client: ReturnType<typeof gatewayClient>;
beforeEach(async () => {
  fake = await startFakeGateway();
  fake.tell(registered);
  client = gatewayClient(fake.url);
});

describe('the gateway before INFOCET', () => {
  it('tells a request, with its tag; unchanged, it says only that', async () => {
    expect(await client.requests.read(request)).toEqual({
      kind: 'told',
      request: { ...registered, status: 'in-operation', answers: [] },
      etag: '"v3"',
    });
    expect(await client.requests.read(request, '"v3"')).toEqual({ kind: 'unchanged' });
    fake.tell({ ...registered, status: 'answered', answers: [answer], version: 4, telephone: 'passed over' });
    expect(await client.requests.read(request, '"v3"')).toMatchObject({ request: { status: 'answered', answers: [answer], version: 4 } });
    expect(await client.requests.read({ ...request, number: '1' })).toEqual({ kind: 'no-such-request' });
  });

  it('Art. 3 b: is asked with the name in the body, never in the address', async () => {
    expect(await client.requests.verify({ ...request, applicantName: 'Stefan Turcanu' })).toMatchObject({ kind: 'told' });
    expect(await client.requests.verify({ ...request, applicantName: 'Ion Popescu' })).toEqual({ kind: 'no-such-request' });
    expect(fake.seen.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /requests/verify', 'POST /requests/verify']);
  });

  it.each<[Misbehaviour, string, number]>([
    ['silent', 'no-answer', 3],
    ['failing', 'failing', 3],
    ['rate-limited', 'rate-limited', 1],
  ])('that is %s is unavailable (%s); a question is asked %i times', async (misbehaves, reason, times) => {
    fake.misbehaves = misbehaves;
    const asking = gatewayClient(fake.url, misbehaves === 'silent' ? impatient : undefined);
    await expect(asking.requests.verify({ ...request, applicantName: 'Stefan Turcanu' })).rejects.toMatchObject({
      name: 'RegisterUnavailable',
      reason,
      ...(misbehaves === 'rate-limited' ? { retryAfterSeconds: 120 } : {}),
    });
    expect(fake.seen).toHaveLength(times);
  });

  it('that is down, or takes another token, is unavailable; a new token needs no restart', async () => {
    await fake.down();
    await expect(client.requests.read(request)).rejects.toMatchObject({ reason: 'no-answer' });
    await fake.up();
    writeFileSync(client.tokenFile, 'another');
    await expect(client.requests.read(request)).rejects.toMatchObject({ reason: 'unauthenticated' });
    writeFileSync(client.tokenFile, 'secret');
    expect(await client.requests.read(request)).toMatchObject({ kind: 'told' });
    expect(client.outcomes.at(-1)).toBe('read-request 2xx');
  });

  it.each([
    ['a body that is none', {}, 'garbage', 'body'],
    ['a status that nobody knows', { status: 'lost' }, 'well', 'status'],
    ['no version', { version: null }, 'well', 'version'],
    ['a version with a half', { version: 1.5 }, 'well', 'version'],
    ['a name of 201 letters', { applicantName: 'a'.repeat(201) }, 'well', 'applicantName'],
    ['a name with a line break', { applicantName: 'Ana\nPop' }, 'well', 'applicantName'],
    ['answers that are none', { answers: { 0: answer } }, 'well', 'answers'],
    ['more answers than anybody ever wrote', { answers: Array.from({ length: 51 }, () => answer) }, 'well', 'answers'],
    ['an answer without its day', { answers: [{ ...answer, communicatedOn: null }] }, 'well', 'answers.communicatedOn'],
    ['a day that there is not', { answers: [{ ...answer, communicatedOn: '2026-02-30' }] }, 'well', 'answers.communicatedOn'],
    ['a mistake without why', { answers: [{ ...answer, mistake: 'withdrawn' }] }, 'well', 'answers.reason'],
    ['why, and no mistake', { answers: [{ ...answer, reason: 'x' }] }, 'well', 'answers.reason'],
    ['another number, and no mistake', { answers: [{ ...answer, ofDocument: '1' }] }, 'well', 'answers.mistake'],
    ['a mistake that nobody knows', { answers: [{ ...answer, mistake: 'lost', reason: 'x' }] }, 'well', 'answers.mistake'],
    ['a redirection', {}, 'redirects', 'status'],
  ])('that tells %s is not believed', async (_, wrong, misbehaves, field) => {
    fake.misbehaves = misbehaves as Misbehaviour;
    fake.tell({ ...registered, ...wrong } as typeof registered);
    expect(await client.requests.read(request)).toEqual({ kind: 'unusable', field });
  });

  it('that tells of a mistake in an answer is heard, with what was wrong and why (Art. 2 b)', async () => {
    const mistaken = { mistake: 'corrected', ofDocument: '600001', reason: 'Ziua era greșită' };
    fake.tell({
      ...registered,
      status: 'answered',
      answers: [
        { ...answer, ...mistaken },
        { ...answer, documentNumber: '2' },
      ],
      version: 5,
    });
    expect(await client.requests.read(request)).toMatchObject({
      request: { answers: [{ ...answer, mistaken }, { documentNumber: '2' }] },
    });
  });

  it('is asked by the doctor, who says what is wrong', async () => {
    const times = { freshMinutes: 30, pollMinutes: 15 };
    const settings = { kind: 'http', url: fake.url, tokenFile: client.tokenFile, ...times, listsDocuments: false } as const;
    expect(await gatewaySilence(settings)).toBeUndefined();
    expect(await gatewaySilence({ kind: 'manual' })).toBeUndefined();
    writeFileSync(client.tokenFile, 'another');
    expect(await gatewaySilence(settings)).toBe('unauthenticated');
    await fake.down();
    expect(await gatewaySilence(settings)).toBe('no-answer');
  });
});

describe('Art. 7: the connected document', () => {
  it('is made once under the ticket’s id, however often it is asked for', async () => {
    expect(await client.documents.file(document)).toEqual({ documentNumber: '161203' });
    expect(await client.documents.file(document)).toEqual({ documentNumber: '161203' });
    expect(fake.documents).toHaveLength(1);
    expect(fake.seen.map(({ key }) => key)).toEqual([ticketId, ticketId]);
    expect(JSON.parse(fake.documents[0]?.body ?? '')).toMatchObject({ type: 'Tichetul albastru', conclusions: document.conclusions });
  });

  it('whose answer was lost is the same document when it is asked for again', async () => {
    fake.misbehaves = 'lost';
    await expect(client.documents.file(document)).rejects.toMatchObject({ reason: 'no-answer' });
    fake.misbehaves = 'well';
    expect(await client.documents.file(document)).toEqual({ documentNumber: '161203' });
    expect(fake.documents).toHaveLength(1);
  });

  it('that is turned down is for a person', async () => {
    await client.documents.file(document);
    expect(await client.documents.file({ ...document, conclusions: 'Altceva.' })).toEqual({ byHand: 'refused' });
    expect(await client.documents.file({ ...document, request: { ...request, number: '1' } })).toEqual({ byHand: 'refused' });
    expect(fake.documents).toHaveLength(1);
  });

  it.each<[Misbehaviour, string]>([
    ['silent', 'no-answer'],
    ['half', 'no-answer'],
    ['garbage', 'unusable'],
    ['redirects', 'unusable'],
    ['failing', 'failing'],
    ['rate-limited', 'rate-limited'],
  ])('is asked for once of a gateway that is %s, and later again', async (misbehaves, reason) => {
    fake.misbehaves = misbehaves;
    const asking = gatewayClient(fake.url, reason === 'no-answer' ? impatient : undefined);
    await expect(asking.documents.file(document)).rejects.toMatchObject({ name: 'RegisterUnavailable', reason });
    expect(fake.seen).toHaveLength(1);
  });
});

describe('Art. 7: the documents that are connected to a request', () => {
  const made = { documentNumber: '161999', registeredOn: '2026-03-05' };

  it('are asked for as often as a question is, and told as they are', async () => {
    await client.documents.file(document);
    fake.make(request.number, request.filedOn, { ...made, type: 'Adresă', connectedTo: { number: '1', filedOn: '2025-01-06' } });
    expect(await client.documents.connected?.(request)).toEqual([
      { documentNumber: '161203', registeredOn: '2026-03-05', type: 'Tichetul albastru', connectedTo: request },
      { documentNumber: '161999', registeredOn: '2026-03-05', type: 'Adresă', connectedTo: { number: '1', filedOn: '2025-01-06' } },
    ]);
    expect(client.outcomes.at(-1)).toBe('list-documents 2xx');
    fake.misbehaves = 'failing';
    const before = fake.seen.length;
    await expect(client.documents.connected?.(request)).rejects.toMatchObject({ name: 'RegisterUnavailable', reason: 'failing' });
    expect(fake.seen.length - before).toBe(3);
  });

  it('are asked for where the settings say that the gateway offers them, and nowhere else', async () => {
    const settings = { kind: 'http', url: fake.url, tokenFile: client.tokenFile, freshMinutes: 30, pollMinutes: 15 } as const;
    const asked = [
      { ...settings, listsDocuments: true },
      { ...settings, listsDocuments: false },
      { kind: 'local' },
      { kind: 'manual' },
    ] as const;
    const registries = asked.map((registry) => openRegistry(registry, systemClock, () => undefined));
    expect(registries.map(({ documents }) => documents.connected !== undefined)).toEqual([true, false, false, false]);
    await Promise.all(registries.map((registry) => registry.close()));
  });

  it('are a fault of a gateway that does not offer what the settings say', async () => {
    for (const listing of [false, 501] as const) {
      const before = await startFakeGateway({ listing });
      before.tell(registered);
      await expect(gatewayClient(before.url).documents.connected?.(request)).rejects.toMatchObject({ name: 'RegisterUnavailable' });
    }
  });

  it('are not told of a request that the gateway does not know', async () => {
    expect(await client.documents.connected?.({ ...request, number: '1' })).toBeUndefined();
  });

  it.each([
    ['no number', { documentNumber: ' ' }],
    ['a number with a line break', { documentNumber: '16\n12' }],
    ['no day', { registeredOn: null }],
    ['a day that there is not', { registeredOn: '2026-02-30' }],
    ['no type', { type: 7 }],
    ['a connection to nothing', { connectedTo: null }],
    ['a connection to a number in words', { connectedTo: { number: 'una', filedOn: '2026-02-10' } }],
    ['a connection without its day', { connectedTo: { number: '154997' } }],
  ])('are not believed where one of them has %s', async (_, wrong) => {
    fake.make(request.number, request.filedOn, made, { ...made, ...wrong } as typeof made);
    await expect(client.documents.connected?.(request)).rejects.toMatchObject({ name: 'RegisterUnavailable', reason: 'unusable' });
  });

  it('are not believed where there are more than anybody ever connected, or none is a list', async () => {
    fake.make(request.number, request.filedOn, ...Array.from({ length: 501 }, () => made));
    await expect(client.documents.connected?.(request)).rejects.toMatchObject({ reason: 'unusable' });
    fake.misbehaves = 'garbage';
    await expect(client.documents.connected?.(request)).rejects.toMatchObject({ reason: 'unusable' });
  });
});

describe('what stands between us and the gateway', () => {
  it.each([408, 425])('and gives up with %d has turned nothing down', async (status) => {
    const { url } = await serveHttp((_, response) => response.writeHead(status).end());
    const there = gatewayClient(url);
    await expect(there.documents.file(document)).rejects.toMatchObject({ name: 'RegisterUnavailable', reason: 'failing' });
  });
});
