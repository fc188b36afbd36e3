import { communicateAnswer } from '../../../src/application/requests/register-request';
import { lookupRequest } from '../../../src/application/requests/lookup-request';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import type { RequestRegister } from '../../../src/application/kernel/ports/document-register';
import { refusedReadings } from '../../../src/application/requests/readings';
import { applicants } from '../../../src/projections/applicants/applicants';
import { gatewayClient } from '../../support/gateway/client';
import { startFakeGateway, type FakeGateway } from '../../support/gateway/fake-gateway';
import { createTestService, request, type TestService } from '../kernel/test-service';
import { shortPauses } from '../../support/short-pauses';

shortPauses();

const registered = { ...request, applicantName: 'ŢURCANU ŞTEFAN', handlerStaffId: 's002', departmentCode: '425', version: 1 };
const right = { requestNumber: '154.997', applicantName: 'Stefan Turcanu', filedOn: request.filedOn };
const answer = { documentNumber: '600001', communicatedOn: '2026-02-20', channel: 'email' } as const;

let fake: FakeGateway;
let client: ReturnType<typeof gatewayClient>;
let service: TestService;
let ports: Ports;
beforeEach(async () => {
  fake = await startFakeGateway();
  fake.tell(registered);
  client = gatewayClient(fake.url);
  service = createTestService();
  ports = { ...service.ports, requests: client.requests };
  await service.ports.rows.prepare(applicants);
  await service.staff('s002');
});

const lookup = (asked: Partial<typeof right> = {}) => lookupRequest(ports)({ ...right, ...asked, at: ports.clock.now() });
const types = async (): Promise<readonly string[]> => (await service.requestFacts()).map(({ type }) => type);

describe('Art. 3 b: looking a request up where the register is asked', () => {
  it('brings in what was not known, and decides from the log', async () => {
    expect(await lookup()).toMatchObject({ kind: 'found', ground: { kind: 'in-operation' }, staff: { staffId: 's002' } });
    expect(await types()).toEqual(['RequestRegistered']);
    expect(JSON.stringify(await service.requestFacts())).not.toContain('URCANU');
  });

  it('uses what was told within the half hour without asking, and asks again after it', async () => {
    await lookup();
    await lookup();
    expect(fake.seen).toHaveLength(1);
    service.clock.advance({ minutes: 30 });
    fake.tell({ ...registered, status: 'answered', answers: [answer], version: 2 });
    expect(await lookup()).toMatchObject({ kind: 'found', ground: { kind: 'clarification', documentNumber: '600001' } });
    expect(fake.seen).toHaveLength(2);
    expect(await types()).toEqual(['RequestRegistered', 'AnswerCommunicated']);
  });

  it('A28: whichever of the three is wrong, the answer is the same and the register is asked once', async () => {
    await lookup();
    const before = fake.seen.length;
    const wrong = [
      { requestNumber: '154998' },
      { filedOn: '2026-01-13' },
      { applicantName: 'Ion Popescu' },
      { requestNumber: '154997/425/13.01.2026' },
      { applicantName: 'Stefan' },
    ];
    for (const [index, one] of wrong.entries()) {
      expect(await lookup(one)).toEqual({ kind: 'refused', code: 'request-not-found', article: '3 b' });
      expect(fake.seen).toHaveLength(before + index + 1);
    }
    expect(await types()).toEqual(['RequestRegistered']);
  });

  it('A28: a lookup that asks about the unknown alone would tell a wrong name from a wrong number: the count above would catch it', async () => {
    await lookup();
    const before = fake.seen.length;
    const careless: RequestRegister = { kind: 'told-to-us' };
    const known = await lookupRequest({ ...ports, requests: careless })({ ...right, applicantName: 'Ion Popescu', at: ports.clock.now() });
    expect(known).toMatchObject({ code: 'request-not-found' });
    expect(fake.seen).toHaveLength(before);
  });

  it('our own comparison of the names counts, however lax the register is', async () => {
    expect(await lookup({ applicantName: 'Stefan' })).toMatchObject({ code: 'request-not-found' });
    expect(fake.seen).toHaveLength(1);
    expect(await types()).toEqual([]);
  });

  it('while the register is away nothing is accepted unverified, and a wrong name is no other answer than an unknown number', async () => {
    await lookup();
    await fake.down();
    expect(await lookup()).toMatchObject({ kind: 'found' });
    for (const one of [{ applicantName: 'Ion Popescu' }, { requestNumber: '1' }]) {
      await expect(lookup(one)).rejects.toMatchObject({ name: 'RegisterUnavailable', reason: 'no-answer' });
    }
    service.clock.advance({ minutes: 31 });
    await expect(lookup()).rejects.toMatchObject({ name: 'RegisterUnavailable' });
    await fake.up();
    expect(await lookup()).toMatchObject({ kind: 'found' });
  });

  it('a request that the register has no more is not found; the log keeps it', async () => {
    await lookup();
    service.clock.advance({ hours: 1 });
    fake.forget(request.number, request.filedOn);
    expect(await lookup()).toMatchObject({ code: 'request-not-found' });
    expect(await types()).toEqual(['RequestRegistered']);
  });

  it('Art. 2 b: several answers come in with their days, all or none; a corrected name is a fact', async () => {
    const second = { ...answer, documentNumber: '600002', communicatedOn: '2026-02-25' };
    fake.tell({ ...registered, status: 'closed', answers: [answer, second] });
    expect(await lookup()).toMatchObject({ ground: { kind: 'clarification', documentNumber: '600002' } });
    expect(await types()).toEqual(['RequestRegistered', 'AnswerCommunicated', 'AnswerCommunicated', 'StatusChanged']);
    service.clock.advance({ hours: 1 });
    fake.tell({ ...registered, applicantName: 'ȚURCANU ȘTEFAN IOAN', status: 'closed', answers: [answer, second], version: 2 });
    await lookup();
    expect((await types()).at(-1)).toBe('ApplicantCorrected');
    expect(await types()).toHaveLength(5);
  });

  it.each([
    ['somebody who is not of our staff', { handlerStaffId: 's999' }, 'handlerStaffId', 'unknown-staff'],
    [
      'an answer of tomorrow',
      { status: 'answered', answers: [answer, { ...answer, documentNumber: '2', communicatedOn: '2026-12-01' }] },
      'communicatedOn',
      'in-the-future',
    ],
    [
      'an answer from before the request',
      { status: 'answered', answers: [{ ...answer, communicatedOn: '2025-12-01' }] },
      'communicatedOn',
      'before-filing',
    ],
    ['an answer of nobody', { status: 'answered', answers: [{ ...answer, answeredBy: 's998' }] }, 'answeredBy', 'unknown-staff'],
    ['answered, without an answer', { status: 'answered' }, 'status', 'answer-not-communicated'],
    ['nonsense', { version: 0 }, 'version', 'unusable'],
  ])('a register that tells %s is not believed: nothing comes in, and the note says why', async (_, wrong, field, reason) => {
    fake.tell({ ...registered, ...wrong });
    await expect(lookup()).rejects.toMatchObject({ name: 'RegisterUnavailable', reason: 'not-believed' });
    expect(await types()).toEqual([]);
    expect(await refusedReadings(ports)).toMatchObject([{ request: 'request-154997_2026-01-12', field, reason }]);
    expect(JSON.stringify(await refusedReadings(ports))).not.toContain('URCANU');
    fake.tell({ ...registered, version: 2 });
    expect(await lookup()).toMatchObject({ kind: 'found' });
    expect(await refusedReadings(ports)).toEqual([]);
  });

  it('a register that tells of another request is not believed', async () => {
    fake.misbehaves = 'foreign-number';
    await expect(lookup()).rejects.toMatchObject({ reason: 'not-believed' });
    expect(await refusedReadings(ports)).toMatchObject([{ field: 'number', reason: 'another-request' }]);
  });

  it('a register that was put back to an earlier state is not believed; the log goes on', async () => {
    fake.tell({ ...registered, version: 5 });
    await lookup();
    service.clock.advance({ hours: 1 });
    fake.tell({ ...registered, status: 'redirected', version: 4 });
    await expect(lookup()).rejects.toMatchObject({ reason: 'not-believed' });
    expect(await refusedReadings(ports)).toMatchObject([{ field: 'version', reason: 'older-than-known' }]);
    expect(await types()).toEqual(['RequestRegistered']);
  });

  it('what was pushed to us stays; the register adds to it', async () => {
    await service.open();
    await service.must(communicateAnswer, { request, answer });
    fake.tell({ ...registered, applicantName: 'Ana Pop', status: 'answered', answers: [answer] });
    expect(await lookup({ applicantName: 'Ana Pop' })).toMatchObject({ ground: { kind: 'clarification' } });
    expect((await types()).filter((type) => type === 'AnswerCommunicated')).toHaveLength(1);
  });
});
