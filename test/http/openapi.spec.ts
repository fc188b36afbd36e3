import fastify from 'fastify';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentText } from '../../src/infrastructure/service/write-openapi';
import { deviation, undeclared } from '../support/contract';
import { bookingToken, online, request, startSeeded } from './support/service';

const committed = join(__dirname, '../../openapi.json');

/** The routes of the contract. */
const contract = [
  'POST /requests/lookup',
  'GET /slots',
  'POST /tickets',
  'POST /tickets/{id}/verification',
  'POST /tickets/{id}/verification/new-code',
  'GET /tickets/{id}',
  'POST /tickets/{id}/reschedule',
  'POST /tickets/{id}/contact',
  'POST /tickets/{id}/contact/verification',
  'POST /tickets/{id}/earlier-hour',
  'POST /tickets/{id}/cancel',
  'GET /tickets/{id}/invitation.ics',
  'GET /calendar',
  'GET /calendar/live',
  'POST /calendar/feed',
  'GET /tasks',
  'POST /tickets/{id}/meeting-link',
  'POST /tickets/{id}/start',
  'POST /tickets/{id}/recording',
  'POST /tickets/{id}/held',
  'POST /tickets/{id}/absent',
  'POST /tickets/{id}/resolution',
  'POST /tickets/{id}/resolution/filed',
  'POST /tickets/{id}/resolution/handed-over',
  'POST /tickets/{id}/notice',
  'POST /tickets/{id}/reassign',
  'GET /tickets/{id}/offer',
  'POST /tickets/{id}/offer',
  'POST /tickets/{id}/offer/accepted',
  'POST /tickets/{id}/offer/declined',
  'POST /tickets/{id}/offer/withdrawn',
  'POST /staff/{id}/absences',
  'DELETE /staff/{id}/absences/{absenceId}',
  'PUT /staff/{id}/hours',
  'POST /letters/{id}/bounced',
  'POST /webhooks/bounces',
  'POST /counter/tickets',
  'POST /requests/{number}/{filedOn}/applicant-dispute',
  'POST /requests/{number}/{filedOn}/late-admission',
  'POST /requests/{number}/{filedOn}/shared-hours',
  'POST /staff/lookup',
  'PUT /staff/{id}',
  'POST /staff/{id}/left',
  'PUT /requests/{number}/{filedOn}',
  'POST /requests/{number}/{filedOn}/answers',
  'POST /requests/import',
  'POST /staff/import',
  'POST /bridge-days',
  'POST /working-days',
  'DELETE /bridge-days/{date}',
  'DELETE /working-days/{date}',
  'POST /tickets/{id}/forget',
  'GET /parked',
  'POST /parked/{id}/retry',
  'POST /parked/{id}/skip',
  'GET /webhooks',
  'POST /webhooks/{name}/enable',
  'GET /eligibility',
  'GET /audit/tickets',
  'GET /audit/tickets/{id}',
  'GET /audit/tickets/{id}/history',
  'GET /audit/export',
  'GET /audit/tickets/{id}/proof',
  'GET /audit/checkpoint',
  'GET /events',
  'GET /reports/summary',
  'POST /webhooks/webex',
];

describe('openapi.json', () => {
  it('is what the routes say (npm run openapi writes it anew)', async () => {
    const text = await documentText();
    if (process.env['WRITE_OPENAPI'] === '1' || !existsSync(committed)) writeFileSync(committed, text);
    expect(readFileSync(committed, 'utf8')).toBe(text);
  });

  it('has every route of the contract', async () => {
    const { paths } = JSON.parse(await documentText()) as { paths: Record<string, object> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.filter((route) => route.includes(' /api/v1/')).map((route) => route.replace('/api/v1', ''))).toEqual(
      expect.arrayContaining(contract),
    );
    expect(routes).toEqual(expect.arrayContaining(['GET /health/live', 'GET /health/ready', 'GET /metrics']));
  });
});

describe('an address of openapi.json', () => {
  type Schema = { readonly format?: string; readonly pattern?: string };
  type Operation = { readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[] };
  const { paths } = JSON.parse(readFileSync(committed, 'utf8')) as { paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

  it('has no part that a program takes out of it, so that another operation is asked', () => {
    const lost = Object.entries(paths).flatMap(([path, operations]) =>
      Object.values(operations).flatMap(({ parameters = [] }) =>
        parameters.flatMap(({ name, in: where, schema: { format, pattern = '' } }) =>
          where === 'path' && path.includes(`{${name}}/`) && format === undefined
            ? ['', '.', '..'].filter((part) => new RegExp(pattern).test(part)).map((part) => `${path} with ${name} “${part}”`)
            : [],
        ),
      ),
    );
    expect(lost).toEqual([]);
  });
});

describe('the bodies of openapi.json', () => {
  type Content = { readonly schema: { readonly $ref?: string }; readonly example?: Readonly<Record<string, unknown>> };
  type Operation = { readonly requestBody?: { readonly content: Readonly<Record<string, Content>> } };
  const { paths, components } = JSON.parse(readFileSync(committed, 'utf8')) as {
    readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
    readonly components: { readonly schemas: Readonly<Record<string, { readonly required?: readonly string[] }>> };
  };
  const bodies = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { requestBody }]) => {
      const json = requestBody?.content['application/json'];
      return json === undefined ? [] : [{ method: method.toUpperCase(), path, ...json }];
    }),
  );

  it('have examples with everything that is needed', () => {
    const bare = bodies.filter(({ schema: { $ref = '' }, example = {} }) =>
      (components.schemas[$ref.split('/').at(-1) ?? '']?.required ?? []).some((name) => !(name in example)),
    );
    expect(bodies.length).toBeGreaterThan(25);
    expect(bare.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  it('are taken as the examples say them', async () => {
    const service = await startSeeded({}, { opened: { calendarDoor: { hosts: ['https://calendar.primaria.example'], networks: [] } } });
    const booking = await bookingToken(service);
    const { ticketId, manageToken } = (await service.call('POST', '/api/v1/tickets', { token: booking, body: online })).body;
    const [admin, head, self] = [await service.token('admin'), await service.token('head', 's001'), await service.token('staff', 's002')];
    const clerk = await service.token('registry');
    const ids: Readonly<Record<string, string>> = { ...request, id: ticketId };
    const refused: string[] = [];
    for (const { method, path, example } of bodies) {
      // what a mail provider tells must be signed; a day of work is no day to declare one, and both declarations have one example
      if (path.endsWith('/webhooks/bounces') || path.endsWith('/working-days')) continue;
      // of a ticket that awaits its code nothing is offered, so that nobody is asked to answer
      if (/\/offer\/(?:accepted|declined)$/.test(path)) continue;
      const own = path.includes('/staff/{id}') ? { ...ids, id: 's002' } : path.includes('/parked/') ? { ...ids, id: '12' } : ids;
      const url = path.replace(/\{(\w+)\}/g, (_, name: string) => own[name] ?? '');
      const isCitizens = ['/verification', '/earlier-hour', '/objection', '/contact'].some((last) => path.includes(last));
      const tokens = path === '/api/v1/tickets' ? [booking] : isCitizens ? [manageToken, head] : [admin, head, self, clerk];
      const answers = [];
      for (const token of tokens) answers.push(await service.call(method as 'POST' | 'PUT', url, { token, body: example }));
      const taken = answers.some(({ status, body }) => status < 300 || !['invalid', 'forbidden', 'unauthenticated'].includes(body.code));
      if (!taken) refused.push(`${method} ${path} ${answers.map(({ text }) => text).join(' ')}`);
    }
    await service.close();
    expect(refused).toEqual([]);
  });
});

describe('every answer that a test sees is held to openapi.json, which would catch', () => {
  const route = '/api/v1/audit/tickets/:id/history';
  const told = (body: object, other: { readonly status?: number; readonly contentType?: string } = {}) =>
    deviation({ method: 'GET', route, status: 200, contentType: 'application/json; charset=utf-8', ...other, body: JSON.stringify(body) });
  const id = '01890a5d-ac96-774b-bcce-b302099a8057';

  it('a member that is not declared, one that is missing, and a value that is none of those declared', () => {
    const explained = { ticketId: id, asOf: '2026-03-02T08:00:00.000Z', late: false, entries: [], articles: {} };
    expect(told(explained)).toBeUndefined();
    expect(told({ ...explained, more: 1 })).toContain('must NOT have additional properties');
    expect(told({ ...explained, late: undefined })).toContain("must have required property 'late'");
    expect(told({ ...explained, entries: [{ kind: 'other' }] })).toContain('must be equal to one of the allowed values');
  });

  it('a status, a content type and a problem that are not declared for the operation', () => {
    expect(told({ ticketId: id, steps: [] })).toBeUndefined();
    expect(told({ ticketId: id, steps: [] }, { status: 201 })).toContain('201 is not declared');
    expect(told({ ticketId: id, steps: [] }, { contentType: 'text/html' })).toContain('not declared as text/html');
    const refused = { type: 'urn:tichet-albastru:problem:not-found', code: 'not-found', title: '', status: 404, detail: '' };
    const problem = { status: 404, contentType: 'application/problem+json' };
    expect(told(refused, problem)).toBeUndefined();
    expect(told({ ...refused, code: 'request-not-found' }, problem)).toContain('must be equal to one of the allowed values');
    expect(told({ ...refused, triesLeft: 1 }, problem)).toContain('must NOT have additional properties');
  });

  it('what any server that a test makes answers, whoever asks it', async () => {
    const careless = fastify();
    careless.get('/api/v1/webhooks', () => ({ webhooks: [], total: 0 }));
    await careless.inject('/api/v1/webhooks');
    await careless.close();
    expect(undeclared()).toEqual([expect.stringContaining('GET /api/v1/webhooks 200: data must NOT have additional properties')]);
  });
});
