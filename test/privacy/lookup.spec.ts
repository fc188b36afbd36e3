import { lookupRequest, type LookupRequest } from '../../src/application/requests/lookup-request';
import { registerRequest } from '../../src/application/requests/register-request';
import { registerStaff } from '../../src/application/staff/register-staff';
import { currentRequest } from '../../src/application/kernel/streams';
import type { Ports } from '../../src/application/kernel/ports/ports';
import { isRefusal, refuse, type Refusal } from '../../src/domain/kernel/refusal';
import * as nameMatching from '../../src/domain/request/name-matching';
import { parseRegistrationNumber } from '../../src/domain/request/registering';
import { requestStream } from '../../src/domain/request/facts';
import { registeredRequest, type RequestState } from '../../src/domain/request/request';
import { defined } from '@tichet-albastru/kernel/defined';
import { RowParked } from '@tichet-albastru/event-log/ports/read-models';
import { applicants } from '../../src/projections/applicants/applicants';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { createTestPorts, type TestPorts } from '../../src/infrastructure/testing/test-ports';
import { lookupBody, mustBeDone, staff } from '../http/support/service';
import { closing } from '../support/closing';
import { contextAt } from '../support/command-context';
import { type Bytes, listening, post } from './support/over-a-socket';

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
