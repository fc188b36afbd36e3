import { currentRequest } from '../../../src/application/kernel/streams';
import { type AskedRegister, RegisterUnavailable } from '../../../src/application/kernel/ports/document-register';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import { allProcesses } from '../../../src/application/operation/all-processes';
import { firstRound, keepSomeCurrent, type Round } from '../../../src/application/requests/keep-current';
import { noteReading, refusedReadings } from '../../../src/application/requests/readings';
import { clarificationEligibility } from '../../../src/projections/clarification-eligibility/clarification-eligibility';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { gatewayClient } from '../../support/gateway/client';
import { startFakeGateway, type FakeGateway } from '../../support/gateway/fake-gateway';
import { createWorld, request, staffId, type World } from '../kernel/processes/world';

const registered = { ...request, applicantName: 'POPESCU ION', handlerStaffId: staffId, departmentCode: '425', version: 1 };

let fake: FakeGateway;
let client: ReturnType<typeof gatewayClient>;
let world: World;
let ports: Ports;
let round: Round = firstRound;
beforeEach(async () => {
  fake = await startFakeGateway();
  fake.tell({ ...registered, department: 'Direcția Urbanism' });
  client = gatewayClient(fake.url);
  world = createWorld();
  ports = { ...world.ports, requests: client.requests };
  await world.open();
  round = firstRound;
});

/** Both lists, once. */
const roundTrip = async (): Promise<number | undefined> => {
  const { store, codec, clock, logger } = ports;
  await catchUp({ store, codec, rows: world.tables.current, clock, logger }, [clarificationEligibility, ...allProcesses]);
  let pause: number | undefined;
  for (let list = 0; list < 2; list += 1) {
    const looked = await keepSomeCurrent(ports, client.requests, round);
    round = looked.round;
    pause ??= looked.pauseSeconds;
  }
  return pause;
};
const types = async (): Promise<readonly string[]> => {
  const found: string[] = [];
  for await (const recorded of world.store.read(`request-${request.number}_${request.filedOn}`)) {
    found.push(ports.codec.decodeOf('request', recorded).fact.type);
  }
  return found;
};

describe('Art. 1, 2: what changes in the register is picked up', () => {
  it('of requests that somebody may still meet about, and of no others', async () => {
    await roundTrip();
    expect(fake.seen).toEqual([]);
    await world.book();
    await roundTrip();
    expect(fake.seen.map(({ path }) => path)).toEqual([`/requests/${request.number}/${request.filedOn}`]);
  });

  it('with what the register had told with a mistake: corrected once, then taken back once (A25)', async () => {
    await world.book();
    const answer = { documentNumber: '600001', communicatedOn: '2026-02-20', channel: 'email' };
    const tell = (version: number, status: string, more: object = {}) => {
      fake.tell({ ...registered, department: 'Direcția Urbanism', status, answers: [{ ...answer, ...more }], version });
    };
    tell(2, 'answered');
    await roundTrip();
    const before = await types();
    expect(before.at(-1)).toBe('AnswerCommunicated');
    tell(3, 'answered', { communicatedOn: '2026-02-23', mistake: 'corrected', reason: 'Ziua era greșită' });
    await roundTrip();
    tell(4, 'answered', { communicatedOn: '2026-02-23', mistake: 'corrected', reason: 'Ziua era greșită' });
    await roundTrip();
    expect(await types()).toEqual([...before, 'AnswerCorrected']);
    for (const version of [5, 6]) {
      tell(version, 'in-operation', { mistake: 'withdrawn', reason: 'Era al altei cereri' });
      await roundTrip();
    }
    expect(await types()).toEqual([...before, 'AnswerCorrected', 'AnswerWithdrawn']);
  });

  it('even where another process has left an older reading in the log under the newer one’s etag, within hours', async () => {
    await world.registerStaff('S-013');
    await world.book();
    await roundTrip();
    const before = await types();
    fake.tell({ ...registered, handlerStaffId: 'S-013', department: 'Direcția Urbanism', version: 2 });
    const at = ports.clock.now();
    await noteReading(ports, request, { at, wholeAt: at, version: 2, etag: '"v2"' });
    await roundTrip();
    expect(await types()).toEqual(before);
    world.clock.advance({ hours: 6 });
    await roundTrip();
    expect(await types()).toEqual([...before, 'HandlerAssigned']);
  });

  it('once: unchanged it is not told again, and a new handler is one fact and one task', async () => {
    const ticketId = await world.book();
    await roundTrip();
    const before = await types();
    await roundTrip();
    expect(await types()).toEqual(before);
    await world.registerStaff('S-013');
    fake.tell({ ...registered, handlerStaffId: 'S-013', department: 'Direcția Urbanism', version: 2 });
    for (let again = 0; again < 3; again += 1) await roundTrip();
    expect(await types()).toEqual([...before, 'HandlerAssigned']);
    await world.drainLater();
    expect(await world.openTasks(ticketId)).toContain('assign-staff');
    // back and forth again: the same words as once before are a change all the same
    fake.tell({ ...registered, department: 'Direcția Urbanism', version: 3 });
    await roundTrip();
    fake.tell({ ...registered, handlerStaffId: 'S-013', department: 'Direcția Urbanism', version: 4 });
    await roundTrip();
    expect(await currentRequest(ports, request)).toMatchObject({ handlerStaffId: 'S-013' });
    expect((await types()).filter((type) => type === 'HandlerAssigned')).toHaveLength(3);
  });

  it('a register that lies is a task for whoever holds the meeting, until it tells the truth', async () => {
    const ticketId = await world.book();
    fake.tell({ ...registered, handlerStaffId: 'S-999', version: 2 });
    await roundTrip();
    await roundTrip();
    expect(await refusedReadings(ports)).toMatchObject([{ field: 'handlerStaffId', reason: 'unknown-staff' }]);
    expect(await world.openTasks(ticketId)).toEqual(['request-changed']);
    expect(await currentRequest(ports, request)).toMatchObject({ handlerStaffId: staffId });
    fake.tell({ ...registered, department: 'Direcția Urbanism', version: 3 });
    await roundTrip();
    expect(await refusedReadings(ports)).toEqual([]);
    expect(await world.openTasks(ticketId)).toEqual([]);
  });

  it('a request that the register has no more is a task, too', async () => {
    const ticketId = await world.book();
    fake.forget(request.number, request.filedOn);
    await roundTrip();
    expect(await refusedReadings(ports)).toMatchObject([{ reason: 'not-in-the-register' }]);
    expect(await world.openTasks(ticketId)).toEqual(['request-changed']);
  });

  it('a register that asks to be left alone is left alone, and the round goes on where it stood', async () => {
    await world.book();
    fake.misbehaves = 'rate-limited';
    expect(await roundTrip()).toBe(120);
    expect(round).toEqual(firstRound);
    fake.misbehaves = 'well';
    expect(await roundTrip()).toBeUndefined();
    expect(fake.seen.at(-1)).toMatchObject({ method: 'GET' });
  });
});

describe('a register that cannot answer about one request', () => {
  it('is asked about the others all the same', async () => {
    await world.book();
    const other = { number: '154998', filedOn: request.filedOn };
    const rows = [request, other];
    const asked: string[] = [];
    const register: AskedRegister = {
      ...client.requests,
      read: ({ number }) => {
        asked.push(number);
        return Promise.reject(new RegisterUnavailable('read-request', 'failing'));
      },
    };
    const select: Ports['readModels']['select'] = (projection, { cursor, ...selection } = {}) =>
      projection === clarificationEligibility.name
        ? (Promise.resolve({ rows: [rows[Number(cursor ?? 0)]], ...(cursor === undefined ? { next: '1' } : {}) }) as never)
        : ports.readModels.select(projection, selection);
    const paged = { ...ports, readModels: { ...ports.readModels, select, count: () => Promise.resolve(2) } };
    for (let look = 0; look < 5; look += 1) round = (await keepSomeCurrent(paged, register, round)).round;
    expect(asked).toEqual([request.number, request.number, request.number, other.number, other.number]);
  });
});
