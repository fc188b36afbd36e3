import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { lookupRequest, type LookupRequest } from '../../src/application/requests/lookup-request';
import { registerRequest } from '../../src/application/requests/register-request';
import { registerStaff } from '../../src/application/staff/register-staff';
import { currentRequest } from '../../src/application/kernel/streams';
import type { Operations } from '../../src/application/kernel/ports/operations';
import type { Ports } from '../../src/application/kernel/ports/ports';
import { isRefusal, refuse, type Refusal } from '../../src/domain/kernel/refusal';
import * as nameMatching from '../../src/domain/request/name-matching';
import { parseRegistrationNumber } from '../../src/domain/request/registering';
import { requestStream } from '../../src/domain/request/facts';
import { registeredRequest, type RequestState } from '../../src/domain/request/request';
import { defined } from '../../src/domain/kernel/defined';
import { RowParked } from '../../src/application/kernel/ports/read-models';
import { applicants } from '../../src/projections/applicants/applicants';
import { catchUp } from '../../src/projections/kernel/projector';
import { openSqliteOperations } from '../../src/infrastructure/tables/operations/sqlite-operations';
import { createTestPorts, type TestPorts } from '../../src/infrastructure/testing/test-ports';
import { meetingPoint } from '../support/meeting-point';
import { bookingToken, lookupBody, mustBeDone, online, staff, startSeeded, type Service } from '../http/support/service';
import { closing, emptyFolder } from '../support/closing';
import { awaitedCodeOf } from '../support/codes';
import { contextAt } from '../support/command-context';

const at = '2026-03-02T08:00:00.000Z';
const context = contextAt(at, '0195a3c0-1b2c-7d3e-8f40-000000000001', { kind: 'staff', id: 'registry' });
const register = async (ports: TestPorts, number: string, applicantName: string, department?: string): Promise<void> => {
  const commandId = ports.identifiers.next();
  mustBeDone(
    await registerRequest(ports)(
      { ...context, commandId },
      {
        number,
        filedOn: '2026-02-02',
        applicantName,
        applicantChange: 'corrected',
        departmentCode: '425',
        handlerStaffId: 's002',
        status: 'in-operation',
        ...defined({ department }),
      },
    ),
  );
};

type Work = {
  readonly reads: number;
  readonly events: number;
  readonly folded: number;
  readonly rows: number;
  readonly openings: number;
  readonly comparisons: number;
};

/** What a lookup does to the log, to the tables, to sealed names and to the name that was typed. */
const workOf = async (ports: TestPorts, look: () => Promise<unknown>): Promise<Work> => {
  let events = 0;
  const read = ports.store.read.bind(ports.store);
  const reads = jest.spyOn(ports.store, 'read').mockImplementation(async function* (...asked) {
    for await (const event of read(...asked)) {
      events += 1;
      yield event;
    }
  });
  const openings = jest.spyOn(ports.personalData, 'open');
  const rows = jest.spyOn(ports.readModels, 'get');
  const folded = jest.spyOn(registeredRequest, 'evolve');
  const comparisons = jest.spyOn(nameMatching, 'nameMatches');
  await look();
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = [reads, folded, rows, openings, comparisons].map(({ mock }) => mock.calls.length);
  for (const spy of [reads, openings, rows, folded, comparisons]) spy.mockRestore();
  return { reads: a, events, folded: b, rows: c, openings: d, comparisons: e };
};

/** The lookup as it was: the whole history of a request that exists, before its name is compared. */
const lookupByHistory =
  (ports: Ports) =>
  async ({ requestNumber, filedOn, applicantName }: LookupRequest): Promise<object | Refusal> => {
    const parsed = parseRegistrationNumber(requestNumber);
    const folded = async (number: string): Promise<RequestState> => {
      let state = registeredRequest.initial;
      for await (const event of ports.store.read(requestStream({ number, filedOn })))
        state = registeredRequest.evolve(state, ports.codec.decodeOf('request', event).fact);
      return state;
    };
    const found = await folded(parsed?.number ?? '');
    const other = await folded(found.status === 'unknown' ? '519075' : '0');
    const compared = found.status === 'unknown' ? other : found;
    const name = compared.status === 'unknown' ? '' : ((await ports.personalData.open(compared.applicantName)) ?? '');
    return nameMatching.nameMatches(name, applicantName) && (parsed?.filedOn ?? filedOn) === filedOn ? found : refuse('request-not-found');
  };

/** The obvious lookup, which says at once that there is no such number. */
const obviousLookup =
  (ports: Ports) =>
  async ({ requestNumber, filedOn, applicantName }: LookupRequest): Promise<object | Refusal> => {
    const parsed = parseRegistrationNumber(requestNumber);
    if (parsed === undefined || (parsed.filedOn ?? filedOn) !== filedOn) return refuse('request-not-found');
    const found = await currentRequest(ports, { number: parsed.number, filedOn });
    if (found.status === 'unknown') return refuse('request-not-found');
    const name = (await ports.personalData.open(found.applicantName)) ?? '';
    return nameMatching.nameMatches(name, applicantName) ? found : refuse('request-not-found');
  };

const right: LookupRequest = { requestNumber: '519073', applicantName: 'Andrei Lacatus', filedOn: '2026-02-02', at };
const wrongs: readonly LookupRequest[] = [
  { ...right, requestNumber: '519074' },
  { ...right, applicantName: 'Andreea Lacatus' },
  { ...right, filedOn: '2026-02-03' },
  { ...right, requestNumber: '519073/425/03.02.2026' },
];

describe('A28: the work of a lookup', () => {
  const worksOf = async (lookup: (ports: Ports) => (asked: LookupRequest) => Promise<object | Refusal>, { corrected = false } = {}) => {
    const ports = createTestPorts();
    await ports.rows.prepare(applicants);
    mustBeDone(await registerStaff(ports)({ ...context, commandId: ports.identifiers.next() }, staff.s002));
    await register(ports, '519073', corrected ? 'Lăcătuș Andreia' : 'Lăcătuș Andrei');
    await register(ports, '519075', 'Popescu Ion');
    // a long history, and then what the tables know of it
    for (let n = 0; n < 40; n += 1) await register(ports, '519073', 'Lăcătuș Andrei', `Autorizări ${String(n)}`);
    await catchUp(ports, [applicants]);
    const works: Work[] = [];
    // Each on its own first, before anybody asked for anything; then again, when every stream was looked at before.
    for (const wrong of wrongs) works.push(await workOf(ports, () => lookup({ ...ports })(wrong)));
    const one = lookup(ports);
    for (const asked of [right, ...wrongs, right, ...wrongs]) {
      const work = await workOf(ports, async () => {
        expect(isRefusal(await one(asked))).toBe(asked !== right);
      });
      if (asked !== right) works.push(work);
    }
    return new Set(works.map((work) => JSON.stringify(work)));
  };

  it.each([false, true])(
    'is the same whichever field was wrong, whoever asked before, whatever has happened (a name corrected: %s)',
    async (corrected) => {
      expect([...(await worksOf(lookupRequest, { corrected }))]).toEqual([
        '{"reads":2,"events":1,"folded":1,"rows":2,"openings":1,"comparisons":1}',
      ]);
    },
  );

  it('is told apart by this test in a lookup that stops early, and in one that reads the whole history', async () => {
    expect((await worksOf(obviousLookup)).size).toBeGreaterThan(1);
    expect((await worksOf(lookupByHistory)).size).toBeGreaterThan(1);
  });

  it('a row that waits for a person says nothing', async () => {
    const ports = createTestPorts();
    mustBeDone(await registerStaff(ports)({ ...context, commandId: ports.identifiers.next() }, staff.s002));
    await register(ports, '519073', 'Lăcătuș Andrei');
    ports.readModels.select = () => Promise.resolve({ rows: [] });
    ports.readModels.get = (table, key) => Promise.reject(new RowParked(table, key));
    expect(await lookupRequest(ports)(right)).toMatchObject({ kind: 'found' });
    for (const wrong of wrongs) expect(await lookupRequest(ports)(wrong)).toMatchObject({ code: 'request-not-found' });
  });

  it('a name that was corrected is no name any more', async () => {
    const ports = createTestPorts();
    await ports.rows.prepare(applicants);
    mustBeDone(await registerStaff(ports)({ ...context, commandId: ports.identifiers.next() }, staff.s002));
    await register(ports, '519073', 'Ionescu Ana');
    await catchUp(ports, [applicants]);
    await register(ports, '519073', 'Lăcătuș Andrei');
    const before = { ...right, applicantName: 'Ana Ionescu' };
    expect(await lookupRequest(ports)(before)).toMatchObject({ code: 'request-not-found' });
    await catchUp(ports, [applicants]);
    expect(await lookupRequest(ports)(before)).toMatchObject({ code: 'request-not-found' });
    expect(await lookupRequest(ports)(right)).toMatchObject({ kind: 'found' });
  });
});

type Bytes = { readonly status: number | undefined; readonly headers: readonly string[]; readonly text: string };

const listening = async (overrides: Partial<TestPorts> = {}): Promise<Service & { readonly port: number }> => {
  const service = await startSeeded(overrides);
  await service.app.listen({ port: 0, host: '127.0.0.1' });
  return { ...service, port: Number(new URL(await service.app.getUrl()).port) };
};

/** Over a socket, and what came back to the last header. */
const post = async (
  port: number,
  path: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
  agent?: Agent,
): Promise<Bytes> => {
  const content = JSON.stringify(body);
  const sent = httpRequest({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: `/api/v1${path}`,
    ...(agent === undefined ? {} : { agent }),
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content), ...headers },
  });
  sent.end(content);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  for await (const chunk of response) text += String(chunk);
  const named = response.rawHeaders.map((part, index) => (response.rawHeaders[index - 1] === 'Date' && index % 2 === 1 ? '' : part));
  return { status: response.statusCode, headers: named, text };
};
const codeOf = ({ status, text }: Bytes): string => (status === 200 ? 'ok' : (JSON.parse(text) as { readonly code: string }).code);

describe('A28: over HTTP', () => {
  it.each(['ro', 'en'])('the same status, headers and text whichever field was wrong (%s)', async (language) => {
    const service = closing(await listening());
    const answers: Bytes[] = [];
    for (const wrong of [
      { requestNumber: '519074' },
      { applicantName: 'Andreea Lacatus' },
      { filedOn: '2026-02-03' },
      { requestNumber: '519073/425/03.02.2026' },
    ]) {
      answers.push(await post(service.port, '/requests/lookup', { ...lookupBody, ...wrong }, { 'accept-language': language }));
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404 });
    expect(answers[0]?.text).toContain(language === 'ro' ? 'Nu am găsit o cerere' : 'No request was found');
    expect(answers[0]?.text).not.toMatch(/51907|Lacatus|2026-02/);
  });
});

/** Looks first and counts afterwards, as a naive store does; so many look before the first of them counts. */
const countingLate = (operations: Operations, looking: number): Operations => {
  let tries = 0;
  const met = meetingPoint(looking);
  return {
    ...operations,
    verification: {
      ...operations.verification,
      takeTry: async (_, __, triesPerCode) => {
        const seen = tries;
        await met();
        if (seen >= triesPerCode) return { kind: 'exhausted' };
        tries = seen + 1;
        return { kind: 'compare', n: 1, triesLeft: Math.max(0, triesPerCode - seen - 1) };
      },
    },
  };
};

describe('A9: a thousand wrong codes at once, over HTTP', () => {
  const folder = emptyFolder();

  const storm = async (operations: Operations) => {
    const service = await listening({ operations });
    const { ports, port } = service;
    const made = await post(port, '/tickets', online, { authorization: `Bearer ${await bookingToken(service)}` });
    const { ticketId, manageToken } = JSON.parse(made.text) as { readonly ticketId: string; readonly manageToken: string };
    const codeNow = (n: number): Promise<string> => awaitedCodeOf(ports, ticketId, n);
    const first = await codeNow(1);
    const agent = new Agent({ keepAlive: true, maxSockets: 64 });
    const enter = (code: string): Promise<Bytes> =>
      post(port, `/tickets/${ticketId}/verification`, { code }, { authorization: `Bearer ${manageToken}` }, agent);
    const compared = jest.spyOn(ports.personalData, 'areSame');
    const wrong = String((Number(first) + 1) % 1_000_000).padStart(6, '0');
    const answers = await Promise.all(Array.from({ length: 1000 }, () => enter(wrong)));
    const comparisons = compared.mock.calls.length;
    compared.mockRestore();
    const counted = answers.reduce<Record<string, number>>(
      (sum, answer) => ({ ...sum, [codeOf(answer)]: (sum[codeOf(answer)] ?? 0) + 1 }),
      {},
    );
    return {
      service,
      ticketId,
      manageToken,
      enter,
      comparisons,
      counted,
      first,
      codeNow,
      end: () => {
        agent.destroy();
        return service.close();
      },
    };
  };

  it('compares at most five times; then the right code is refused and a new code works, once', async () => {
    const operations = openSqliteOperations({ folder, answerKey: Buffer.alloc(32, 1) });
    const { service, ticketId, manageToken, enter, comparisons, counted, first, codeNow, end } = await storm(operations);
    expect(comparisons).toBe(5);
    expect(counted).toEqual({ 'wrong-code': 4, 'code-expired': 996 });
    expect(codeOf(await enter(first))).toBe('code-expired');
    service.ports.clock.advance({ seconds: 61 });
    const asked = await service.call('POST', `/api/v1/tickets/${ticketId}/verification/new-code`, { token: manageToken });
    expect(asked.status).toBe(202);
    const second = await codeNow(2);
    expect(codeOf(await enter(second === first ? '000000' : first))).toBe('wrong-code');
    expect(codeOf(await enter(second))).toBe('ok');
    expect(codeOf(await enter(second))).toBe('wrong-state');
    await end();
    operations.close();
  });

  it('is caught by this test when tries are counted after comparing', async () => {
    const operations = openSqliteOperations({ folder: mkdtempSync(join(folder, 'late-')), answerKey: Buffer.alloc(32, 1) });
    const { comparisons, end } = await storm(countingLate(operations, 6));
    expect(comparisons).toBeGreaterThanOrEqual(6);
    await end();
    operations.close();
  });

  it('a code works on its own ticket only, and until the instant of its expiry', async () => {
    const service = closing(await listening());
    const { ports, port, context: contextNow } = service;
    mustBeDone(
      await registerRequest(ports)(contextNow(), {
        number: '519080',
        filedOn: '2026-02-02',
        applicantName: 'Popescu Ion',
        departmentCode: '425',
        handlerStaffId: 's002',
        status: 'in-operation',
      }),
    );
    const other = await service.call('POST', '/api/v1/requests/lookup', {
      body: { requestNumber: '519080', applicantName: 'Ion Popescu', filedOn: '2026-02-02' },
    });
    const asking = [
      [await bookingToken(service), online],
      [other.body.bookingToken, { ...online, startsAt: '2026-03-05T08:30:00.000Z', email: 'ion@exemplu.ro' }],
    ] as const;
    const [mine, theirs] = await Promise.all(
      asking.map(async ([token, body]) => (await service.call('POST', '/api/v1/tickets', { token, body })).body),
    );
    if (mine === undefined || theirs === undefined) throw new Error('Two tickets were asked for.');
    const enter = (ticket: typeof mine, code: string, token = ticket.manageToken): Promise<Bytes> =>
      post(port, `/tickets/${ticket.ticketId}/verification`, { code }, { authorization: `Bearer ${token}` });
    const [myCode, theirCode] = [await awaitedCodeOf(ports, mine.ticketId), await awaitedCodeOf(ports, theirs.ticketId)];
    // by chance they may be the same
    expect(codeOf(await enter(theirs, myCode === theirCode ? '000000' : myCode))).toBe('wrong-code');
    expect(codeOf(await enter(mine, myCode, theirs.manageToken))).toBe('unauthenticated');
    ports.clock.set('2026-03-02T08:09:59.999Z');
    expect(codeOf(await enter(mine, myCode))).toBe('ok');
    ports.clock.set('2026-03-02T08:10:00.000Z');
    expect(codeOf(await enter(theirs, theirCode))).toBe('code-expired');
  });
});
