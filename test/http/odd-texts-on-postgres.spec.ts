import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ModulesContainer } from '@nestjs/core';
import { readFileSync } from 'node:fs';
import { roles } from '../../src/application/kernel/access';
import { tables } from '../../src/application/kernel/ports/tables';
import { readSettings } from '../../src/infrastructure/config/settings';
import { localTokens } from '../../src/infrastructure/outside/identity/local-tokens';
import { serve, type RunningService } from '../../src/infrastructure/service/serve';
import { cursorOf } from '@tichet-albastru/event-log/read-models/columns';
import { onPostgres, type Place } from '../support/places';
import { requestsCsv, staffCsv } from '../story/support/bookings';
import { closing, emptyFolder } from '../support/closing';
import { personFor } from '../support/person';

type Parameter = { readonly name: string; readonly in: 'path' | 'query' | 'header' };
type Schema = { readonly $ref?: string; readonly properties?: Readonly<Record<string, unknown>> };
type Operation = {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
};
type Contract = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
};
const contract = JSON.parse(readFileSync('openapi.json', 'utf8')) as Contract;

/** As an address has them: U+0000 alone and within, half of a pair, no UTF-8, an astral one, and more than an index of PostgreSQL takes. */
const oddInAddress = ['%00', 'a%00b', '%ED%A0%80', '%FF', '%F0%9F%92%99', '%C8%99'.repeat(2000)];
/** Of each list that has pages, for whatever is no cursor of a list is refused before anything is selected by it. */
const lists = [
  { table: tables.auditTrail, list: 'audited', order: [{ column: 'startsAt', descending: true }] },
  { table: tables.auditTrail, list: 'duties', order: [{ column: 'lastLimitAt', descending: true }] },
  { table: tables.clarificationEligibility, list: 'eligibility', order: [{ column: 'filedOn', descending: true }] },
  { table: tables.clarificationEligibility, order: [{ column: 'filedOn', descending: true }] },
  { table: tables.staffCalendar, order: [{ column: 'startsAt' }] },
  { table: tables.staffDirectory, order: [{ column: 'departmentCode' }] },
  { table: tables.tasks, order: [{ column: 'dueAt' }] },
  { table: tables.readings, order: [{ column: 'lastAt', descending: true }] },
  { table: tables.readings, order: ['subject', 'lastAt'].map((column) => ({ column, descending: true })) },
];
const cursors = lists.flatMap(({ table, list, order }) =>
  ['\0', 'a\0b', '\ud800', null].map((odd) => {
    const cursor = cursorOf(table, order, [...order.map(() => odd), odd ?? '\0']);
    return list === undefined ? cursor : `${list}~0~2026-03-01T08:00:00.000Z~${cursor}`;
  }),
);
const oddInJson = ['\0', 'a\0b', '\ud800', 'ș'.repeat(7000)];

const bodyFields = ({ requestBody }: Operation): readonly string[] => {
  const { $ref, properties } = requestBody?.content['application/json']?.schema ?? {};
  return Object.keys(properties ?? contract.components.schemas[$ref?.split('/').at(-1) ?? '']?.properties ?? {});
};

describe('on PostgreSQL, which takes no U+0000 and no long text in an index', () => {
  let place: Place;
  let folder = '';
  let service: RunningService;
  const tokens: string[] = [];

  beforeAll(async () => {
    place = closing(await onPostgres());
    folder = emptyFolder();
    const { settings } = readSettings({ TICHET_DATA_DIR: folder, TICHET_LOG_LEVEL: 'silent', PORT: '0', ...place.settings }, () => '');
    service = closing(
      await serve({
        ...settings,
        policies: { ...settings.policies, 'request-rate': { name: 'request-rate', version: 2, value: null } },
      }),
    );
    // no cursor has the mark of its question, so that each comes to the tables
    const { personalData } = service.opened.ports;
    const tag = personalData.tag.bind(personalData);
    jest.spyOn(personalData, 'tag').mockImplementation((purpose, text) => (purpose === 'page' ? '' : tag(purpose, text)));
    const official = localTokens(service.opened.tokenKey, service.opened.ports.clock);
    for (const [what, text, role] of [
      ['staff', staffCsv, 'admin'],
      ['requests', requestsCsv([{ number: '500001', applicant: 'Țurcanu Ștefan' }]), 'registry'],
    ] as const)
      await service.app.inject({
        method: 'POST',
        url: `/api/v1/${what}/import`,
        headers: { 'content-type': 'text/csv', authorization: `Bearer ${await official.official({ role, person: personFor(role) })}` },
        payload: text,
      });
    for (const role of roles) tokens.push(await official.official({ role, person: personFor(role, 's001') }));
  });

  /** The answers of a server that failed. */
  const failures: string[] = [];
  const answers = new Map<number, number>();
  const ask = async (method: string, url: string, token: string, headers: Readonly<Record<string, string>> = {}, payload?: string) => {
    const { statusCode } = await service.app.inject({
      method: method === 'post' ? 'POST' : method === 'put' ? 'PUT' : method === 'delete' ? 'DELETE' : 'GET',
      url,
      headers: { authorization: `Bearer ${token}`, ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    answers.set(statusCode, (answers.get(statusCode) ?? 0) + 1);
    if (statusCode >= 500)
      failures.push(`${String(statusCode)} ${method} ${url.slice(0, 200)} ${JSON.stringify(headers)} ${(payload ?? '').slice(0, 200)}`);
    return statusCode;
  };
  const filled = (path: string): string =>
    path
      .replace('{number}', '500001')
      .replace('{filedOn}', '2026-02-02')
      .replace('{date}', '2026-12-02')
      .replace('/staff/{id}', '/staff/s001')
      .replace(/\{(id|absenceId)\}/g, '019c0000-0001-7000-8000-000000000001')
      .replace('{file}', `${'a'.repeat(43)}.ics`);
  const operations = Object.entries(contract.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  /** Somebody whom this route lets in. */
  const whoMay = async (method: string, url: string): Promise<string> => {
    for (const token of tokens) if (![401, 403].includes(await ask(method, url, token))) return token;
    return tokens[0] ?? '';
  };

  it('no route of the contract fails, whatever stands in an address, a header or a body', async () => {
    for (const { path, method, operation } of operations) {
      if (path.endsWith('/live')) continue;
      const url = filled(path);
      const token = await whoMay(method, url);
      for (const { name, in: where } of operation.parameters ?? []) {
        if (where === 'path') for (const odd of oddInAddress) await ask(method, filled(path.replace(`{${name}}`, odd)), token);
        if (where === 'query') {
          for (const odd of name === 'cursor' ? [...cursors, ...oddInAddress] : oddInAddress)
            await ask(
              method,
              `${url}?from=2026-12-01&to=2026-12-02&${name}=${odd}`.replace(name === 'cursor' ? /from=.*?&to=.*?&/ : /$^/, ''),
              token,
            );
        }
      }
      for (const field of bodyFields(operation))
        for (const odd of oddInJson) await ask(method, url, token, { 'idempotency-key': 'k' }, JSON.stringify({ [field]: odd }));
      for (const [name, odd] of [
        ['idempotency-key', 'a\u00ffb'],
        ['idempotency-key', 'x'.repeat(3000)],
        ['tichet-after', 'a\u00ff'],
        ['authorization', 'Bearer a\u00ffb'],
        ['cookie', 'tichet=%00; __Host-tichet=%00'],
        ['accept-language', '\u00ff'],
      ] as const)
        await ask(method, url, token, { [name]: odd }, method === 'get' || method === 'delete' ? undefined : '{}');
    }
    expect(failures).toEqual([]);
    expect(answers.get(200)).toBeGreaterThan(30);
    expect(answers.get(400)).toBeGreaterThan(500);
  });

  /** Every page that is asked for with GET, as its controller names it. */
  const pages = (): readonly string[] => {
    const pathsOf = (of: object): readonly string[] =>
      [(Reflect.getMetadata(PATH_METADATA, of) as string | string[] | undefined) ?? ''].flat();
    return [...service.app.get(ModulesContainer).values()].flatMap((module) =>
      [...module.controllers.values()].flatMap(({ metatype }) => {
        if (typeof metatype !== 'function') return [];
        const prototype = metatype.prototype as object;
        const handlers = Object.getOwnPropertyNames(prototype).flatMap((name) => {
          const handler: unknown = Reflect.get(prototype, name);
          return typeof handler === 'function' && Reflect.getMetadata(METHOD_METADATA, handler) === 0 ? [handler] : [];
        });
        return pathsOf(metatype).flatMap((before) =>
          handlers.flatMap((handler) =>
            pathsOf(handler).map((path) => `/${before}/${path}`.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1')),
          ),
        );
      }),
    );
  };

  it('no page fails, whatever stands in its address or in a cookie', async () => {
    const cookies: string[] = [];
    for (const token of tokens) {
      const entered = await service.app.inject({
        method: 'POST',
        url: '/intra',
        headers: {
          origin: 'http://localhost:80',
          host: 'localhost:80',
          accept: 'text/html',
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: new URLSearchParams({ token }).toString(),
      });
      cookies.push(String(entered.headers['set-cookie']).split(';')[0] ?? '');
    }
    expect(cookies.filter((cookie) => cookie.includes('=')).length).toBe(roles.length);
    const oddOf: Readonly<Record<string, readonly string[]>> = { dupa: cursors, cursor: cursors, 'de-unde': cursors };
    const names = ['dupa', 'cursor', 'de-unde', 'numar', 'staffId', 'verificare', 'zi', 'de'];
    const visit = async (url: string, cookie: string): Promise<number> => ask('get', url, '', { cookie, accept: 'text/html' });
    const shown = pages().filter((path) => !path.startsWith('/api') && !path.endsWith('live'));
    expect(shown.length).toBeGreaterThan(40);
    for (const page of shown) {
      const plain = page
        .replaceAll(':number', '500001')
        .replaceAll(':filedOn', '2026-02-02')
        .replaceAll(/:(\w+)/g, 'x1');
      let cookie = '';
      for (const one of cookies) if (cookie === '' && ![302, 303, 401, 403].includes(await visit(plain, one))) cookie = one;
      for (const name of names) for (const odd of ['%00', ...(oddOf[name] ?? [])]) await visit(`${plain}?${name}=${odd}`, cookie);
      for (const [parameter] of page.matchAll(/:\w+/g))
        for (const odd of oddInAddress) await visit(page.replace(parameter, odd).replaceAll(/:(\w+)/g, 'x1'), cookie);
      for (const odd of ['%00', 'a%00b']) await visit(plain, cookie.replace(/=.*/, `=${odd}`));
    }
    expect(failures).toEqual([]);
  });
});
