import { Controller, Get, UseGuards } from '@nestjs/common';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { offerMove } from '../../src/application/booking/move-offers';
import { registerRequest } from '../../src/application/requests/register-request';
import { policiesWith } from '../../src/domain/policies';
import { accessMetadata, ForEverybody } from '../../src/infrastructure/api/access/access-decorator';
import { AccessGuard } from '../../src/infrastructure/api/access/access-guard';
import { everyRouteHasARule } from '../../src/infrastructure/api/access/every-route-has-a-rule';
import { accessTable, type Asker, askers, type Kind, kinds, type Opened } from '../support/access-table';
import { routesOf } from '../infrastructure/web/browser/support/routes';
import { inPerson, mustBeDone, startSeeded, type Service } from './support/service';

const file = join(__dirname, '../../docs/access.md');
const filedOn = '2026-02-02';

/** Everything of one civil servant that a route may be about. */
type Contents = { readonly staffId: string; readonly ticketId: string; readonly manageToken: string; readonly number: string };

let service: Service;
/** of s001, who heads the department of s002, and of s003 in another one */
let of: Readonly<Record<'s001' | 's002' | 's003', Contents>>;
let booking = '';

const contentsOf = async (staffId: string, number: string): Promise<Contents> => {
  const departmentCode = staffId === 's003' ? '500' : '425';
  const registered = { number, filedOn, applicantName: 'Lăcătuș Andrei', departmentCode, handlerStaffId: staffId, status: 'in-operation' };
  mustBeDone(await registerRequest(service.ports)(service.context(), registered as Parameters<ReturnType<typeof registerRequest>>[1]));
  const found = { requestNumber: number, applicantName: 'Andrei Lacatus', filedOn };
  const { bookingToken } = (await service.call('POST', '/api/v1/requests/lookup', { body: found })).body;
  const { ticketId, manageToken } = (await service.call('POST', '/api/v1/tickets', { token: bookingToken, body: inPerson })).body;
  await service.ports.operations.outbox.note({
    letterId: `letter-${staffId}`,
    ticketId,
    kind: 'invitation',
    state: 'accepted',
    at: service.ports.clock.now(),
    attempts: 1,
  });
  return { staffId, ticketId, manageToken, number };
};

beforeAll(async () => {
  service = await startSeeded({ policies: policiesWith({ 'request-rate': { value: null, version: 2 } }) });
  of = {
    s001: await contentsOf('s001', '600001'),
    s002: await contentsOf('s002', '600002'),
    s003: await contentsOf('s003', '600003'),
  };
  mustBeDone(
    await registerRequest(service.ports)(service.context(), {
      number: '600004',
      filedOn,
      applicantName: 'Lăcătuș Andrei',
      departmentCode: '425',
      handlerStaffId: 's002',
      status: 'in-operation',
    }),
  );
  const found = { requestNumber: '600004', applicantName: 'Andrei Lacatus', filedOn };
  booking = (await service.call('POST', '/api/v1/requests/lookup', { body: found })).body.bookingToken;
  await service.settled();
  // what is offered is answered by the head to whose department it goes: here, whose it is
  for (const [one, to] of [
    [of.s001, 's002'],
    [of.s002, 's001'],
  ] as const) {
    const offer = { ticketId: one.ticketId, offerId: `offer-${one.staffId}`, staffId: to, reason: 'Avizul' };
    mustBeDone(await offerMove(service.ports)(service.context(), offer));
  }
});

const mine = (asker: Asker): 's001' | 's002' => (asker === 'head' ? 's001' : 's002');
const whose = (asker: Asker, kind: Kind): Contents =>
  kind === 'other' ? of.s003 : kind === 'own' ? of[mine(asker)] : of[mine(asker) === 's001' ? 's002' : 's001'];
const tokenOf = (asker: Asker): Promise<string> => {
  if (asker === 'citizen') return Promise.resolve(of.s002.manageToken);
  if (asker === 'booking') return Promise.resolve(booking);
  return service.token(asker, asker === 'staff' || asker === 'head' ? mine(asker) : undefined);
};

const apiRoutes = (): readonly string[] =>
  routesOf(service.app)
    .filter(({ path }) => /^\/(api\/v1|health|metrics)/.test(path))
    .flatMap(({ path, methods }) => methods.filter((method) => !['HEAD', 'OPTIONS'].includes(method)).map((method) => `${method} ${path}`))
    .sort();

/** The route's address of somebody's thing; the same for everybody where it names nobody's. */
const addressOf = (path: string, { staffId, ticketId, number }: Contents): string => {
  const filled = path
    .replace('/staff/:id', `/staff/${staffId}`)
    .replace('/letters/:id', `/letters/letter-${staffId}`)
    .replace(':number', number)
    .replace(':filedOn', filedOn)
    .replace('/parked/:id', '/parked/nothing')
    .replace(/:(id|ticketId)\b/, ticketId)
    .replace(/:\w+/g, '2026-03-05');
  if (filled.endsWith('/slots')) return `${filled}?ticketId=${ticketId}`;
  return /\/(calendar|tasks)$/.test(filled) ? `${filled}?staffId=${staffId}` : filled;
};

/** What is sent says nothing that any command takes, so that nothing is done. */
const isLetIn = async (route: string, address: string, token: string | undefined): Promise<boolean> => {
  const [method = ''] = route.split(' ');
  const answer = await service.app.inject({
    method: method as 'GET',
    url: address,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(method === 'POST' || method === 'PUT' ? { 'content-type': 'application/json' } : {}),
    },
    ...(method === 'POST' || method === 'PUT' ? { payload: '{"nothing-that-is-known":1}' } : {}),
    payloadAsStream: true,
  });
  answer.stream().destroy();
  if (answer.statusCode >= 500) throw new Error(`${route}: ${answer.statusCode}`);
  return answer.statusCode !== 401 && answer.statusCode !== 403;
};

const openedBy = async (route: string): Promise<Opened & { readonly everybody: boolean }> => {
  const [, path = ''] = route.split(' ');
  const aboutSomebody = addressOf(path, of.s001) !== addressOf(path, of.s003);
  const everybody = await isLetIn(route, addressOf(path, of.s001), undefined);
  const letIn: Partial<Record<Asker, (Kind | 'any')[]>> = {};
  for (const asker of askers) {
    const token = await tokenOf(asker);
    // a booking token is of a request, and slots for it are asked for without a ticket
    const url = (kind: Kind) => {
      const address = addressOf(path, whose(asker, kind));
      return asker === 'booking' ? address.replace(/\/slots\?.*/, '/slots') : address;
    };
    const opened: (Kind | 'any')[] = [];
    for (const kind of aboutSomebody ? kinds : (['own'] as const))
      if (await isLetIn(route, url(kind), token))
        opened.push(aboutSomebody && !(asker === 'booking' && path.endsWith('/slots')) ? kind : 'any');
    letIn[asker] = opened;
  }
  return { route, everybody, letIn };
};

const begin = '<!-- generated: measured -->';
const end = '<!-- /generated: measured -->';
const written = (): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const tableIn = (text: string): string => text.slice(text.indexOf(begin) + begin.length, text.indexOf(end)).trim();

describe('who comes in where, asked over HTTP', () => {
  it('is what docs/access.md says, route by route (WRITE_ACCESS=1 writes it anew)', async () => {
    const found = [];
    for (const route of apiRoutes()) found.push(await openedBy(route));
    const table = accessTable(found);
    if (process.env['WRITE_ACCESS'] === '1') {
      const text = written();
      const [before, after] = [text.slice(0, text.indexOf(begin) + begin.length), text.slice(text.indexOf(end))];
      writeFileSync(file, `${before}\n\n${table}\n\n${after}`);
    }
    expect(tableIn(written()).split('\n')).toEqual(table.split('\n'));
  });

  it('has a row for every route, and would miss one', () => {
    const told = [...tableIn(written()).matchAll(/^\| `([A-Z]+ [^`]+)`/gm)].map(([, route]) => route);
    expect(told.sort()).toEqual(apiRoutes());
    expect(told).not.toContain('GET /api/v1/something-new');
  });

  it('a guard that forgets whose the ticket is would be seen', async () => {
    const route = 'POST /api/v1/tickets/:id/start';
    const rowOf = async () =>
      accessTable([await openedBy(route)])
        .split('\n')
        .at(-1) ?? '';
    expect(tableIn(written())).toContain(await rowOf());
    const careless = jest.spyOn(AccessGuard.prototype, 'canActivate').mockResolvedValue(true);
    const row = await rowOf();
    careless.mockRestore();
    expect(tableIn(written())).not.toContain(row);
  });

  it('an official’s token is no citizen’s, and the reverse', async () => {
    const { ticketId } = of.s002;
    const staff = await tokenOf('staff');
    expect(await isLetIn('POST x', `/api/v1/tickets/${ticketId}/verification`, staff)).toBe(false);
    expect(await isLetIn('POST x', '/api/v1/tickets', staff)).toBe(false);
    for (const token of [booking, of.s002.manageToken]) {
      expect(await isLetIn('POST x', `/api/v1/tickets/${ticketId}/start`, token)).toBe(false);
      expect(await isLetIn('GET x', '/api/v1/tasks', token)).toBe(false);
      expect(await isLetIn('GET x', '/api/v1/audit/tickets', token)).toBe(false);
    }
  });

  it('nothing was done meanwhile that only somebody with a right may do', async () => {
    const { status } = await service.call('GET', `/api/v1/tickets/${of.s002.ticketId}`, { token: await tokenOf('staff') });
    expect(status).toBe(200);
  });
});

describe('a route without a rule', () => {
  class Unruled {
    open(): string {
      return '';
    }
  }
  const made = (more: readonly ((target: object, name: string, descriptor: PropertyDescriptor) => void)[], guarded: boolean) => {
    class Made extends Unruled {
      override open(): string {
        return '';
      }
    }
    const descriptor = Object.getOwnPropertyDescriptor(Made.prototype, 'open') ?? {};
    for (const decorate of [Get('open'), ...more]) decorate(Made.prototype, 'open', descriptor);
    Controller('made')(Made);
    if (guarded) UseGuards(AccessGuard)(Made);
    return Made;
  };
  const door = { guard: AccessGuard, rule: accessMetadata };

  it('keeps the service from starting; so does a group of routes without a guard', () => {
    expect(() => {
      everyRouteHasARule([made([], true)], door);
    }).toThrow('Made.open has no rule');
    expect(() => {
      everyRouteHasARule([made([ForEverybody()], false)], door);
    }).toThrow('Made has no guard');
    expect(() => {
      everyRouteHasARule([made([ForEverybody()], true)], door);
    }).not.toThrow();
  });
});
