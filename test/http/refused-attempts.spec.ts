import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestStream } from '../../src/domain/request/facts';
import { ticketStream } from '../../src/domain/ticket/facts';
import { createMemoryOperations } from '../../src/infrastructure/tables/operations/memory-operations';
import { openSqliteOperations } from '../../src/infrastructure/tables/operations/sqlite-operations';
import { commandHandlers } from '../../src/infrastructure/nest/use-cases.module';
import { silentLogger } from '../../src/infrastructure/testing/test-ports';
import { applicant, bookingToken, inPerson, lookupBody, online, request, startSeeded, type Service } from './support/service';
import { sentences } from '../../src/infrastructure/phrasing/sentences';
import { emptyFolder } from '../support/closing';
import { awaitedCodeOf } from '../support/codes';

const subject = requestStream(request);
const tomorrow = '2026-03-03T08:00:00.000Z';

const ask = async (service: Service, body: object, headers: Record<string, string> = {}) =>
  service.call('POST', '/api/v1/tickets', { token: await bookingToken(service), body, headers });
const kept = (service: Service, of = subject) => service.ports.operations.refusals.of(of);

type Explained = {
  readonly entries: readonly { readonly kind: string; readonly type?: string; readonly code?: string; readonly about?: string }[];
};
const explained = async (service: Service, ticketId: string) => {
  await service.settled();
  const answer = await service.call('GET', `/api/v1/audit/tickets/${ticketId}/history?explain=true`, {
    token: await service.token('auditor'),
  });
  return { ...answer, told: JSON.parse(answer.text) as Explained };
};

describe('refused attempts, over HTTP', () => {
  it('Art. 4: a booking that came too late is noted under its request, and told with the ticket that came later', async () => {
    const service = await startSeeded();
    expect(await ask(service, { ...inPerson, startsAt: tomorrow })).toMatchObject({ status: 422, body: { code: 'too-soon' } });
    expect(await kept(service)).toEqual([
      {
        subject,
        commandId: expect.any(String) as string,
        at: '2026-03-02T08:00:00.000Z',
        command: 'requestTicket',
        code: 'too-soon',
        article: '4',
        actor: { kind: 'citizen', id: expect.any(String) as string },
      },
    ]);
    const token = await bookingToken(service);
    const { ticketId } = (await ask(service, inPerson)).body;
    const second = await service.call('POST', '/api/v1/tickets', { token, body: { ...inPerson, startsAt: '2026-03-05T08:15:00.000Z' } });
    expect(second).toMatchObject({ status: 409, body: { code: 'active-ticket-exists' } });
    const { status, told } = await explained(service, ticketId);
    expect(status).toBe(200);
    expect(told.entries.filter(({ kind }) => kind === 'refused')).toMatchObject([
      { about: 'request', code: 'too-soon' },
      { about: 'request', code: 'active-ticket-exists' },
    ]);
    expect(told.entries.find(({ kind }) => kind === 'step')).toMatchObject({ type: 'Requested', article: '3' });
  });

  it('notes a command under the same key once, however often it is sent', async () => {
    const service = await startSeeded();
    // the same booking token: another one is somebody else
    const asking = {
      token: await bookingToken(service),
      body: { ...inPerson, startsAt: tomorrow },
      headers: { 'idempotency-key': 'aceeasi-cheie-1' },
    };
    for (let time = 0; time < 3; time += 1) expect((await service.call('POST', '/api/v1/tickets', asking)).status).toBe(422);
    expect(await kept(service)).toHaveLength(1);
  });

  it('keeps the newest 200 of a request, whatever comes at once', async () => {
    const service = await startSeeded();
    const token = await bookingToken(service);
    const asking = () => service.call('POST', '/api/v1/tickets', { token, body: { ...inPerson, startsAt: tomorrow } });
    const answers = await Promise.all(Array.from({ length: 60 }, asking));
    for (let line = 0; line < 200; line += 1) {
      await service.ports.operations.refusals.note({
        subject,
        commandId: `c-${line}`,
        at: `2026-03-02T09:00:00.${String(line).padStart(3, '0')}Z`,
        command: 'requestTicket',
        code: 'too-soon',
        actor: { kind: 'citizen', id: 't' },
      });
    }
    expect(answers.some(({ status }) => status === 422)).toBe(true);
    const rows = await kept(service);
    expect([rows.length, rows[0]?.commandId, rows.at(-1)?.commandId]).toEqual([200, 'c-0', 'c-199']);
  });

  it('notes nothing of who was looked for, nor of who is told to come later', async () => {
    const service = await startSeeded();
    await service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, applicantName: 'Altcineva' } });
    expect((await service.call('POST', '/api/v1/requests/lookup', { body: { ...lookupBody, requestNumber: '1' } })).status).toBe(404);
    const { ticketId, manageToken } = (await ask(service, online)).body;
    const again = await service.call('POST', `/api/v1/tickets/${ticketId}/verification/codes`, { token: manageToken });
    expect(again.status).toBeGreaterThanOrEqual(400);
    expect(await kept(service)).toEqual([]);
    expect((await kept(service, ticketStream(ticketId))).filter(({ code }) => code === 'too-many-requests')).toEqual([]);
  });

  it('answers as ever when the line cannot be written, and says so in the journal of the service', async () => {
    const memory = createMemoryOperations();
    const warned: (readonly [string, unknown])[] = [];
    const service = await startSeeded({
      operations: { ...memory, refusals: { ...memory.refusals, note: () => Promise.reject(new Error('the disk is full of Popescu')) } },
      logger: { ...silentLogger, warn: (event, values) => warned.push([event, values]) },
    });
    expect(await ask(service, { ...inPerson, startsAt: tomorrow })).toMatchObject({ status: 422, body: { code: 'too-soon' } });
    expect(warned).toEqual([['refusal.not-noted', { command: 'requestTicket', code: 'too-soon', kind: 'Error' }]]);
  });

  it('holds no byte of the person, before and after they are forgotten', async () => {
    const folder = emptyFolder();
    const operations = openSqliteOperations({ folder, answerKey: Buffer.alloc(32, 3) });
    const service = await startSeeded({ operations });
    const notes = 'însemnare-canar';
    await ask(service, { ...online, notes, startsAt: tomorrow });
    const { ticketId, manageToken } = (await ask(service, { ...online, notes })).body;
    const verify = (code: string) =>
      service.call('POST', `/api/v1/tickets/${ticketId}/verification`, { token: manageToken, body: { code } });
    await verify('000000');
    await verify(await awaitedCodeOf(service.ports, ticketId));
    await service.call('POST', `/api/v1/tickets/${ticketId}/cancellation`, { token: manageToken, body: {} });
    const admin = await service.token('admin');
    const forgetting = await service.call('POST', `/api/v1/tickets/${ticketId}/forget`, {
      token: admin,
      body: { reason: `la cererea lui ${applicant}` },
    });
    expect(forgetting.status).toBeLessThan(500);
    const lines = [...(await kept(service)), ...(await kept(service, ticketStream(ticketId)))];
    expect(lines.map(({ code }) => code)).toEqual(expect.arrayContaining(['too-soon', 'wrong-code']));
    operations.close();
    const bytes = readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'latin1'))
      .join('\n');
    for (const personal of [online.email, online.phone, notes, applicant, 'Lacatus', 'andrei']) {
      expect([personal, bytes.includes(Buffer.from(personal).toString('latin1'))]).toEqual([personal, false]);
    }
  });

  it('are for an auditor, as the history is; another word than true or false is refused', async () => {
    const service = await startSeeded();
    const { ticketId } = (await ask(service, inPerson)).body;
    const path = `/api/v1/audit/tickets/${ticketId}/history?explain=`;
    expect((await service.call('GET', `${path}true`, { token: await service.token('staff', 's002') })).status).toBe(403);
    expect((await service.call('GET', `${path}yes`, { token: await service.token('auditor') })).status).toBe(400);
    const plain = await service.call('GET', `${path}false`, { token: await service.token('auditor') });
    expect(plain.body.steps.map(({ type }) => type)).toContain('Requested');
  });
});

describe('every command', () => {
  const aboutNeither = [
    'findRequest',
    'bookAtCounter',
    'askToOpen',
    'closeStream',
    'openWithCode',
    'letterBounced',
    'recordAbsence',
    'arrangeAbsence',
    'arrangeDeparture',
    'nameDeputy',
    'deputyWithdrawn',
    'nameDepartmentDeputy',
    'departmentDeputyWithdrawn',
    'pauseService',
    'resumeService',
    'withdrawAbsence',
    'chooseLetters',
    'setWorkingHours',
    'registerStaff',
    'staffLeft',
    'declareBridgeDay',
    'declareWorkingDay',
    'restoreDay',
    'skipParked',
    'skipParkedGroup',
  ];

  it('is about a ticket or a request and has words, or is known to be about neither', () => {
    for (const language of ['ro', 'en'] as const) {
      expect([...Object.keys(sentences[language].audit.attempts), ...aboutNeither].toSorted()).toEqual(
        commandHandlers.map(({ useCase }) => useCase).toSorted(),
      );
    }
  });
});
