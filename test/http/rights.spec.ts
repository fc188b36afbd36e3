import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reassignTicket } from '../../src/application/booking/move-meeting';
import { actorOf, type Asker, type Principal, roles } from '../../src/application/kernel/access';
import { commandOf } from '../../src/application/kernel/execute';
import { forbidden, forbiddenEffect } from '../../src/application/kernel/permission';
import { type Effect, effectRights, effects, factRights } from '../../src/application/kernel/rights';
import {
  agendas,
  calendars,
  currentStaff,
  currentTicket,
  requests,
  staffMembers,
  readings,
  operationsOn,
  tickets,
} from '../../src/application/kernel/streams';
import { allProcesses } from '../../src/application/operation/all-processes';
import { registerRequest } from '../../src/application/requests/register-request';
import { registerStaff } from '../../src/application/staff/register-staff';
import { type Category, factShapes } from '../../src/domain/facts';
import { policiesWith } from '../../src/domain/policies';
import { isRequested } from '../../src/domain/ticket/ticket';
import { civilDateOf } from '../../src/domain/time/civil-time';
import { AccessGuard } from '../../src/infrastructure/api/access/access-guard';
import { rememberPrincipal } from '../../src/infrastructure/api/access/principals';
import type { SocketRequest } from '../../src/infrastructure/tools/local-socket/socket';
import { type Office, performFor, performInService } from '../../src/infrastructure/tools/local-socket/socket-service';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { openedToken } from '../../src/infrastructure/nest/tokens';
import { PageGuard } from '../../src/infrastructure/web/access/page-guard';
import { type Causing, rightsTable, waysTable } from '../support/rights-table';
import { formRoutesOf, routesOf } from '../infrastructure/web/browser/support/routes';
import { calendarDoor, type EffectWay, effectWays, webhooks } from './support/effect-ways';
import { mustBeDone, seed, staff, startService, type Service } from './support/service';
import {
  apiWays,
  askerOf,
  type Case,
  type Cases,
  casesIn,
  otherWays,
  pageWays,
  principalNames,
  type PrincipalName,
  principals,
  type Way,
} from './support/ways';

const file = join(__dirname, '../../docs/access.md');

let service: Service;
let cases: Cases;
let inEffect: readonly EffectWay[];

/** Every door stands open: whoever `x-asker` names comes in, and the use case alone decides. */
const openTheDoors = (): void => {
  const open = (context: ExecutionContext): Promise<boolean> => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const named = request.headers['x-asker'];
    if (typeof named === 'string') {
      const principal = JSON.parse(named) as Principal;
      rememberPrincipal(request, { principal, now: () => Promise.resolve(principal) });
    }
    return Promise.resolve(true);
  };
  jest.spyOn(AccessGuard.prototype, 'canActivate').mockImplementation(open);
  jest.spyOn(PageGuard.prototype, 'canActivate').mockImplementation(open);
};

beforeAll(async () => {
  service = await startService(
    {
      webhooks,
      policies: policiesWith({
        'request-rate': { value: null, version: 2 },
        'code-letters': { value: null, version: 2 },
        'code-interval': { value: { seconds: 0 }, version: 2 },
        'slot-release-delay': { value: null, version: 2 },
        'booking-horizon': { value: { days: 2000 }, version: 2 },
        'recording-period': { value: { days: 1 }, version: 2 },
      }),
    },
    { opened: { calendarDoor } },
  );
  await seed(service);
  mustBeDone(await registerStaff(service.ports)(service.context(), { ...staff.s002, staffId: 's004' }));
  cases = casesIn(service);
  inEffect = effectWays(service, cases);
  openTheDoors();
});
afterAll(() => {
  jest.restoreAllMocks();
});

/** The types of what stands in the log behind this place. */
const writtenAfter = async (position: string): Promise<readonly string[]> => {
  const written = new Set<string>();
  for await (const { stream, type } of service.ports.store.readAll({ after: position })) {
    written.add(`${stream.slice(0, stream.indexOf('-'))}.${type}`);
  }
  return [...written];
};

const go = async (way: Omit<Way, 'facts'>, one: Case, who: PrincipalName) => {
  const principal: Principal | undefined = principals[who](one);
  const before = await service.ports.store.end();
  const isClerk = principal?.kind === 'official' && principal.role === 'registry';
  const { url, headers, payload } = way.sent(one, isClerk ? 'clerk' : principal?.kind === 'official' ? 'staff' : 'citizen');
  const answer = await service.app.inject({
    method: way.route.split(' ')[0] as 'POST',
    url,
    headers: { ...headers, ...(principal === undefined ? {} : { 'x-asker': JSON.stringify(principal) }) },
    payload,
  });
  return { status: answer.statusCode, written: await writtenAfter(before), said: answer.body };
};

/** The stores as the socket has them open, and no tables. */
const officeHere = (): Office => {
  const { settings, purposeKeys } = service.app.get<OpenedPorts>(openedToken);
  const nothing = { projections: [], processes: [], eventTargets: [{ name: 'statistics' }] };
  const { ports } = service;
  return { ports, keys: ports.keys, rows: ports.rows, tokenKey: new Uint8Array(32), settings, purposeKeys, ...nothing };
};

const nameOf = ({ route, variant }: Omit<Way, 'facts'>): string => (variant === undefined ? route : `${route} (${variant})`);

/** What every fact says of whose it is. */
const saidOf = (one: Case, asker: Asker): object => ({
  ticketId: one.ticketId,
  request: one.request,
  staffId: 's002',
  departmentCode: '425',
  // a clerk speaks for the citizen, and says so
  ...(asker.kind === 'official' && asker.role === 'registry'
    ? { by: 'citizen', askedThrough: { channel: 'counter', clerk: asker.person } }
    : { by: asker.kind === 'citizen' ? 'citizen' : 'staff' }),
});

/** Whether the asker may cause this fact, about something of s002's: the question that every writer asks. */
const allows = async (one: Case, category: Category, type: string, asker: Asker): Promise<boolean> => {
  const { ports } = service;
  const streams = {
    ticket: tickets.of(ports, one.ticketId),
    request: requests.of(ports, one.request),
    agenda: agendas.of(ports, 's002', civilDateOf(one.startsAt)),
    staff: staffMembers.of(ports, 's002'),
    calendar: calendars.of(ports),
    ops: await operationsOn(ports, 'tasks'),
    reading: readings.of(ports, 'somebody', civilDateOf(one.startsAt)),
  };
  const { name, load } = streams[category];
  const place = { category, stream: name, state: (await load()).state };
  return (await forbidden(ports, asker, place as never, { type, data: saidOf(one, asker) } as never)) === undefined;
};

const facts = (Object.keys(factShapes) as readonly Category[]).flatMap((category) =>
  Object.keys(factShapes[category]).map((type) => ({ category, type, fact: `${category}.${type}` })),
);
const services = [
  ...allProcesses.map(({ name }) => ({ kind: 'process', name }) as const),
  ...['registry', 'retention', 'absence-calendar', 'readings', 'process-opening-letters'].map(
    (name) => ({ kind: 'process', name }) as const,
  ),
  ...['bounces', 'webex', 'text-messages'].map((name) => ({ kind: 'provider', name }) as const),
];

const measured = async (): Promise<readonly Causing[]> => {
  const scheduled = await cases.scheduled();
  const offered = await cases.offered();
  const found: Causing[] = [];
  for (const { category, type, fact } of facts) {
    // who answers depends on what is offered to whom
    const one = type.startsWith('MoveOffer') ? offered : scheduled;
    const by = new Set<PrincipalName>();
    for (const name of principalNames) if (await allows(one, category, type, askerOf(name, one))) by.add(name);
    const named: string[] = [];
    for (const asker of services) if (await allows(one, category, type, asker)) named.push(asker.name);
    found.push({
      fact,
      by,
      atConsole: await allows(one, category, type, { kind: 'command-line', person: 'p.console' }),
      services: named.sort(),
    });
  }
  return found;
};

const marks = { facts: 'facts', ways: 'ways', effects: 'effects' } as const;
const between = (text: string, mark: string): readonly [number, number] => [
  text.indexOf(`<!-- generated: ${mark} -->`) + `<!-- generated: ${mark} -->`.length,
  text.indexOf(`<!-- /generated: ${mark} -->`),
];
const inDocument = (mark: string): string =>
  readFileSync(file, 'utf8')
    .slice(...between(readFileSync(file, 'utf8'), mark))
    .trim();
/** WRITE_ACCESS=1 writes it anew */
const expectDocumented = (mark: string, table: string): void => {
  if (process.env['WRITE_ACCESS'] === '1') {
    const text = readFileSync(file, 'utf8');
    const [from, to] = between(text, mark);
    writeFileSync(file, `${text.slice(0, from)}\n\n${table}\n\n${text.slice(to)}`);
  }
  expect(inDocument(mark).split('\n')).toEqual(table.split('\n'));
};

describe('who may cause which fact', () => {
  it('is what docs/access.md says, fact by fact', async () => {
    expectDocumented(marks.facts, rightsTable('fact', await measured()));
  });

  it('a program that embeds the service decides itself; nobody who has said nothing causes anything', async () => {
    const one = await cases.scheduled();
    for (const { category, type } of facts) {
      expect(await allows(one, category, type, { kind: 'host' })).toBe(true);
      expect(await allows(one, category, type, { kind: 'everybody' })).toBe(false);
    }
  });

  it('the table names no service that there is not', () => {
    const named = [...Object.values(factRights), effectRights].flatMap((rows) =>
      Object.values(rows).flatMap((row: { readonly processes?: readonly string[]; readonly providers?: readonly string[] }) => [
        ...(row.processes ?? []),
        ...(row.providers ?? []),
      ]),
    );
    expect(named.filter((name) => !services.some((one) => one.name === name))).toEqual([]);
  });

  it('a citizen says nothing in the name of staff, nor staff in a citizen’s', async () => {
    const one = await cases.scheduled();
    const stream = tickets.of(service.ports, one.ticketId);
    const { state } = await stream.load();
    const asked = (asker: Asker, by: 'citizen' | 'staff') =>
      stream.forbids(commandOf(asker, 'c', service.ports.clock.now()), state, { type: 'Cancelled', data: { by } });
    expect(await asked(askerOf('citizen', one), 'staff')).toMatchObject({ code: 'forbidden' });
    expect(await asked(askerOf('staff', one), 'citizen')).toMatchObject({ code: 'forbidden' });
    expect(await asked(askerOf('citizen', one), 'citizen')).toBeUndefined();
    // nor does a clerk without saying so, and nobody else says so
    for (const by of ['citizen', 'staff'] as const) expect(await asked(askerOf('registry', one), by)).toMatchObject({ code: 'forbidden' });
    const askedThrough = { channel: 'counter', clerk: 'x' };
    const through = (asker: Asker) =>
      stream.forbids(commandOf(asker, 'c', service.ports.clock.now()), state, { type: 'Cancelled', data: { by: 'citizen', askedThrough } });
    expect(await through(askerOf('registry', one))).toBeUndefined();
    for (const name of ['citizen', 'staff', 'head'] as const)
      expect(await through(askerOf(name, one))).toMatchObject({ code: 'forbidden' });
  });
});

const everyWay = (): readonly Way[] => [...apiWays(cases), ...pageWays(cases)];
const written = new Map<string, Set<string>>();

/** What differs from the table, when everybody tries this way: those who may not first, on one case; the others each on their own. */
const differences = async (way: Way, table: readonly Causing[]): Promise<readonly string[]> => {
  const names = principalNames.filter((name) => way.not?.includes(name) !== true);
  const rows = way.facts.map((fact) => table.find((row) => row.fact === fact));
  const may = (name: PrincipalName): boolean => rows.every((row) => row?.by.has(name) === true);
  const found: string[] = [];
  const one = await way.arrange();
  for (const name of names.filter((other) => !may(other))) {
    const { status, written: facts } = await go(way, one, name);
    if (facts.length > 0 || ![401, 403].includes(status)) found.push(`${name}: ${String(status)} ${facts.join(', ')}`);
  }
  for (const name of names.filter(may)) {
    const { status, written: facts, said } = await go(way, await way.arrange(), name);
    if (!way.facts.every((fact) => facts.includes(fact)))
      found.push(`${name} could not: ${String(status)} ${facts.join(', ')} ${said.slice(0, 300)}`);
    // what a command answers is made where nobody notes what is opened
    if (status < 300 && way.route.includes(' /api/') && askerOf(name, one).kind === 'official' && /Lăcătuș|@exemplu\.ro/.test(said))
      found.push(`${name} is shown somebody: ${said.slice(0, 300)}`);
    for (const fact of facts) written.set(fact, (written.get(fact) ?? new Set()).add(way.route));
  }
  return found;
};

describe('every way in', () => {
  it('has a row: a new route without one fails', () => {
    const routes = routesOf(service.app)
      .filter(({ path }) => path.startsWith('/api/v1/'))
      .flatMap(({ path, methods }) =>
        methods.filter((method) => !['GET', 'HEAD', 'OPTIONS'].includes(method)).map((method) => `${method} ${path}`),
      );
    const forms = formRoutesOf(service.app).flatMap(({ path, methods }) => methods.map((method) => `${method} ${path}`));
    const told = new Set([...[...everyWay(), ...inEffect].map(({ route }) => route), ...Object.keys(otherWays)]);
    expect([...routes, ...forms].filter((route) => !told.has(route)).sort()).toEqual([]);
    expect([...told].filter((route) => ![...routes, ...forms].includes(route)).sort()).toEqual([]);
  });

  it('gives everybody the answer of the table, with no guard before it', async () => {
    const table = await measured();
    const found: string[] = [];
    for (const way of everyWay()) found.push(...(await differences(way, table)).map((difference) => `${nameOf(way)}: ${difference}`));
    expect(found).toEqual([]);
    expectDocumented(marks.ways, waysTable(written));
  });

  it('no guard lets anybody in to what the table does not grant', () => {
    const cells = (row: string): readonly string[] => row.split('|').map((cell) => cell.trim());
    const text = readFileSync(file, 'utf8');
    const rowOf = (name: string): readonly string[] => cells(text.split('\n').find((row) => row.startsWith(`| \`${name}\` |`)) ?? '');
    const columns = cells(inDocument(marks.facts).split('\n')[0] ?? '');
    const doors = cells(text.split('\n').find((row) => row.startsWith('| route |')) ?? '');
    for (const { route, facts } of apiWays(cases)) {
      const opened = ['citizen', 'booking', ...roles].filter((who) => (rowOf(route)[doors.indexOf(who)] ?? '') !== '');
      expect(opened.length).toBeGreaterThan(0);
      const granted = opened.filter((who) => facts.every((fact) => (rowOf(fact)[columns.indexOf(who)] ?? '') !== ''));
      expect([route, granted]).toEqual([route, opened]);
    }
    // as the clerk's import stood
    expect(rowOf('staff.StaffRegistered')[columns.indexOf('registry')]).toBe('');
  });

  it('a use case that asks nobody would be seen: a clerk’s import makes a head', async () => {
    const table = await measured();
    const way = apiWays(cases).find(({ route }) => route.endsWith('/staff/import'));
    if (way === undefined) throw new Error('There is no such way.');
    expect(await differences(way, table)).toEqual([]);
    const everybody = Object.fromEntries(['citizen', 'booking', ...roles].map((name) => [name, 'any']));
    const former = jest.replaceProperty(factRights.staff, 'StaffRegistered', everybody);
    const one = await way.arrange();
    expect(await go(way, one, 'registry')).toMatchObject({ status: 200, written: ['staff.StaffRegistered'] });
    expect(await currentStaff(service.ports, `m${one.mark}`)).toMatchObject({ role: 'head-of-service', departmentCode: '500' });
    former.restore();
    expect((await go(way, await way.arrange(), 'registry')).status).toBe(403);
  });
});

/** Whether the asker may cause this, of what is s002's. */
const causes = (one: Case, asker: Asker, effect: Effect): boolean =>
  forbiddenEffect(asker, effect, { ticketId: one.ticketId, request: one.request, staffId: 's002', departmentCode: '425' }) === undefined;

/** What differs from the table of effects, when everybody tries this way. */
const effectDifferences = async (way: EffectWay): Promise<readonly string[]> => {
  const found: string[] = [];
  const shared = await way.arrange();
  for (const name of principalNames.filter((who) => way.not?.includes(who) !== true)) {
    const may = causes(shared, askerOf(name, shared), way.effect);
    const one = may ? await way.arrange() : shared;
    const before = await way.stands(one);
    const { status, said } = await go(way, one, name);
    const caused = (await way.stands(one)) !== before;
    if (caused !== may || (may ? status >= 400 : ![401, 403].includes(status)))
      found.push(`${name}: ${String(status)} ${String(caused)} ${said.slice(0, 200)}`);
  }
  return found;
};

describe('what is caused beside the log', () => {
  it('is what docs/access.md says, effect by effect', async () => {
    const one = await cases.blank();
    const found = effects.map((effect) => ({
      fact: effect,
      by: new Set(principalNames.filter((name) => causes(one, askerOf(name, one), effect))),
      atConsole: causes(one, { kind: 'command-line', person: 'p.console' }, effect),
      services: services.filter((asker) => causes(one, asker, effect)).map(({ name }) => name),
    }));
    for (const effect of effects)
      expect([effect, causes(one, { kind: 'host' }, effect), causes(one, { kind: 'everybody' }, effect)]).toEqual([effect, true, false]);
    expectDocumented(marks.effects, rightsTable('effect', found));
  });

  it('gives everybody the answer of the table by every way, with no guard before it', async () => {
    const found: string[] = [];
    for (const way of inEffect) found.push(...(await effectDifferences(way)).map((difference) => `${nameOf(way)}: ${difference}`));
    expect(found).toEqual([]);
  });

  it('is told in the journal where no fact tells it: who has done what, by every way and by a command', async () => {
    const info = jest.spyOn(service.ports.logger, 'info');
    const told = (): readonly unknown[] => {
      const acted = info.mock.calls.filter(([event]) => event === 'operator.acted').map(([, values]) => values);
      info.mockClear();
      return acted;
    };
    const commands: Readonly<Record<string, (one: Case) => SocketRequest>> = {
      'row.tried-again': ({ mark }) => ({ command: 'retry-parked', id: mark }),
      'letter.tried-again': ({ ticketId }) => ({ command: 'retry-letter', letterId: ticketId }),
      'webhook.enabled': () => ({ command: 'enable-webhook', target: 'statistics' }),
    };
    const ofReporting = /\/(?:reporting|raportare)\//;
    const ways = inEffect.filter(({ effect, route }) => effect in commands || ofReporting.test(route));
    expect(new Set(ways.map(({ effect }) => effect))).toEqual(new Set([...Object.keys(commands), 'table.rebuilt']));
    const admin = askerOf('admin', await cases.blank());
    const count: unknown = expect.any(Number);
    for (const way of ways) {
      const { effect } = way;
      const one = await way.arrange();
      told();
      await go(way, one, 'admin');
      expect([nameOf(way), told()]).toEqual([nameOf(way), [{ effect, by: actorOf(admin, '').id, count }]]);
    }
    for (const [effect, request] of Object.entries(commands)) {
      const one = await ways.find((way) => way.effect === effect)?.arrange();
      if (one === undefined) throw new Error('There is no such way.');
      told();
      const context = commandOf({ kind: 'command-line', person: 'p.console' }, service.ports.identifiers.next(), service.ports.clock.now());
      await performFor(officeHere(), request(one), () => Promise.resolve(context));
      expect(told()).toEqual([{ effect, by: 'command-line.p.console', count: 1 }]);
    }
    info.mockRestore();
  });

  it('a use case that asks nobody would be seen: a colleague of another department’s calendar is followed', async () => {
    const way = inEffect.find(({ effect }) => effect === 'calendar.followed');
    if (way === undefined) throw new Error('There is no such way.');
    const former = jest.replaceProperty(effectRights, 'calendar.followed', { staff: 'any' });
    const one = await way.arrange();
    expect([(await go(way, one, 'staff of another department')).status, await way.stands(one)]).toEqual([200, expect.any(String)]);
    former.restore();
  });

  it('at the console, whoever came by its socket and were somebody else would cause nothing at all', async () => {
    const { ports } = service;
    const office = officeHere();
    const one = await cases.cancelled();
    const person = 'p.abcdefghijklmnop';
    await ports.operations.people.add({ tag: 't', person, sealed: '', at: ports.clock.now() });
    const requests: { readonly [C in SocketRequest['command']]: Extract<SocketRequest, { readonly command: C }> } = {
      import: { command: 'import', what: 'staff', text: JSON.stringify({ ...staff.s002, staffId: `c${one.mark}` }) },
      'forget-ticket': { command: 'forget-ticket', ticketId: one.ticketId, reason: 'x' },
      'forget-conclusions': {
        command: 'forget-conclusions',
        ticketId: one.ticketId,
        reason: 'x',
        minuteNumber: '3',
        minuteDate: '2026-03-02',
      },
      'forget-request': { command: 'forget-request', ...one.request, reason: 'x' },
      restrict: { command: 'restrict', ticketId: one.ticketId, ground: 'claims', reason: 'x' },
      'lift-restriction': {
        command: 'lift-restriction',
        ticketId: (await cases.restricted()).ticketId,
        personToldOn: civilDateOf(ports.clock.now()),
        reason: 'x',
      },
      'report-of-ticket': { command: 'report-of-ticket', ticketId: one.ticketId },
      'report-of-request': { command: 'report-of-request', ...one.request },
      'apply-retention': { command: 'apply-retention', dryRun: true },
      'confirm-retention': { command: 'confirm-retention', yes: true },
      rebuild: { command: 'rebuild' },
      'retry-parked': { command: 'retry-parked', id: 'none' },
      'skip-parked': { command: 'skip-parked', projection: 'none', upTo: '1', reason: 'x' },
      'drop-table': { command: 'drop-table', projection: 'none', confirmed: true },
      'retry-letter': { command: 'retry-letter', letterId: 'none' },
      'enable-webhook': { command: 'enable-webhook', target: 'statistics' },
      'clear-seal-alarm': { command: 'clear-seal-alarm', reason: 'x' },
      'close-stream': { command: 'close-stream', stream: 'none', reason: 'x' },
      'settle-loss': { command: 'settle-loss', stream: 'none', note: 'x' },
      'issue-token': { command: 'issue-token', role: 'admin', by: 'person', name: 'Ana Pop', seconds: 60 },
      'revoke-token': { command: 'revoke-token', id: 'x' },
      'forget-person': { command: 'forget-person', person },
      'record-reading': { command: 'record-reading', page: 'tichet', purpose: 'audit', tickets: [], requests: [] },
    };
    const shown = ['report-of-ticket', 'report-of-request'];
    const before = await ports.store.end();
    const codes = async (asker: Asker): Promise<readonly string[]> => {
      const forbiddenTo: string[] = [];
      for (const request of Object.values(requests)) {
        const context = commandOf(asker, ports.identifiers.next(), ports.clock.now());
        const { value } = await performFor(office, request, () => Promise.resolve(context));
        if (JSON.stringify(value).includes('"forbidden"')) forbiddenTo.push(request.command);
      }
      return forbiddenTo;
    };
    for (const name of ['citizen', 'staff', 'head', 'auditor', 'reports', 'integrator', 'everybody'] as const)
      expect([name, await codes(askerOf(name, one))]).toEqual([name, Object.keys(requests).filter((command) => !shown.includes(command))]);
    expect(await writtenAfter(before)).toEqual([]);
    expect(await ports.operations.tokens.isRevoked('x')).toBe(false);
    expect(await codes({ kind: 'command-line', person: 'p.console' })).toEqual([]);
    expect(await writtenAfter(before)).toContain('ops.PersonForgotten');
    expect(await ports.operations.tokens.isRevoked('x')).toBe(true);
  });
});

describe('A calendar', () => {
  it('is not even read for whoever may not record absences of this person', async () => {
    const way = apiWays(cases).find(({ route }) => route.endsWith('/absences/import'));
    if (way === undefined) throw new Error('There is no such way.');
    const unreadable: Way = { ...way, sent: (...given) => ({ ...way.sent(...given), payload: 'no calendar' }) };
    const one = await cases.soon();
    expect((await go(unreadable, one, 'staff of another department')).status).toBe(403);
    expect((await go(unreadable, one, 'staff')).status).toBe(400);
  });
});

describe('A3: a meeting is handed on', () => {
  it('within the department, or to the person who has the file; to nobody else', async () => {
    const { ports, context } = service;
    const one = await cases.scheduled();
    const handOn = (staffId: string) => {
      const command = { ticketId: one.ticketId, holdId: ports.identifiers.next(), staffId, reason: 'Concediu' };
      return reassignTicket(ports)(commandOf(askerOf('head', one), ports.identifiers.next(), ports.clock.now()), command);
    };
    const before = await ports.store.end();
    expect(await handOn('s003')).toMatchObject({ code: 'forbidden' });
    expect(await writtenAfter(before)).toEqual([]);
    const told = { ...one.request, applicantName: 'Lăcătuș Andrei', departmentCode: '425', status: 'in-operation' } as const;
    mustBeDone(await registerRequest(ports)(context(), { ...told, handlerStaffId: 's003' }));
    mustBeDone(await handOn('s003'));
    const ticket = await currentTicket(ports, one.ticketId);
    expect(isRequested(ticket) && ticket.booking).toMatchObject({ staffId: 's003', departmentCode: '500' });
    // it is the other department's from now on
    expect(await handOn('s004')).toMatchObject({ code: 'forbidden' });
  });
});

describe('ways without a route', () => {
  it('the console brings in both files and forgets, as the table says', async () => {
    const office = officeHere();
    const one = await cases.cancelled();
    const before = await service.ports.store.end();
    const person = JSON.stringify({ ...staff.s002, staffId: `c${one.mark}` });
    expect(await performInService(office, { command: 'import', what: 'staff', text: person }, 'ion')).toMatchObject({ exit: 0 });
    const told = { number: `9${one.mark}`.slice(0, 6), filedOn: '2026-02-02', applicantName: 'Popa Maria', handlerStaffId: 's002' };
    const text = JSON.stringify({ ...told, status: 'in-operation' });
    expect(await performInService(office, { command: 'import', what: 'requests', text }, 'ion')).toMatchObject({ exit: 0 });
    expect(await performInService(office, { command: 'forget-ticket', ticketId: one.ticketId, reason: 'x' }, 'ion')).toMatchObject({
      exit: 0,
    });
    expect(await writtenAfter(before)).toEqual(['staff.StaffRegistered', 'request.RequestRegistered', 'ticket.PersonalDataErased']);
  });
  it('a provider that signs may say that a letter came back, and nothing more', async () => {
    const one = await cases.invited();
    expect(await allows(one, 'ticket', 'InvitationBounced', { kind: 'provider', name: 'bounces' })).toBe(true);
    expect(await allows(one, 'ticket', 'Cancelled', { kind: 'provider', name: 'bounces' })).toBe(false);
    expect(await allows(one, 'ticket', 'InvitationBounced', { kind: 'provider', name: 'webex' })).toBe(false);
  });
});
