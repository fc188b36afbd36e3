import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  ImATeapotException,
  Module,
  type Provider,
  ValidationPipe,
  VersioningType,
} from '@nestjs/common';
import { APP_FILTER, APP_PIPE, NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { createAdapter, equipAll, localTokens, portToken, TichetAlbastruModule } from '../../src';
import { createTestPorts } from '../../src/infrastructure/testing';
import { closing } from '../support/closing';

@Controller('host')
class HostController {
  @Get('fails')
  fails(): never {
    throw new ImATeapotException('tea');
  }
}

/** How a host tells its own errors. */
@Catch()
class HostFilter implements ExceptionFilter {
  catch(_: unknown, host: ArgumentsHost): void {
    void host.switchToHttp().getResponse<FastifyReply>().code(418).send({ host: 'filter' });
  }
}

type Choice = { readonly providers?: Provider[]; readonly after?: (app: NestFastifyApplication) => void; readonly mountPath?: string };

const hostWith = async ({ providers = [], after, mountPath = '/api/v1' }: Choice = {}): Promise<NestFastifyApplication> => {
  const ports = { ...createTestPorts(), tokenKey: new Uint8Array(32).fill(5) };
  const tichet = TichetAlbastruModule.forRoot({ ports, processes: false, web: true, mountPath });
  @Module({ imports: [tichet], controllers: [HostController], providers })
  class HostModule {}
  // Nest declares its options as a class that it does not export.
  const app = await NestFactory.create<NestFastifyApplication>(HostModule, createAdapter(), { bodyParser: false, logger: false });
  closing(app);
  await equipAll(app);
  after?.(app);
  await app.init();
  return app;
};

type Answer = { readonly statusCode: number; readonly type: unknown; readonly body: string };

/** What our routes say to what goes well, and to each way in which something may go wrong. */
const answersOf = async (app: NestFastifyApplication, prefix = ''): Promise<Readonly<Record<string, Answer>>> => {
  const tokens = localTokens(app.get<Uint8Array>(portToken.tokenKey), app.get(portToken.clock));
  const bearer = async (role: 'admin' | 'auditor') => ({ authorization: `Bearer ${await tokens.official({ role, person: `p.${role}` })}` });
  const [admin, auditor] = [await bearer('admin'), await bearer('auditor')];
  const json = { ...admin, 'content-type': 'application/json' };
  const html = { accept: 'text/html' };
  const form = { ...html, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
  const person = { department: 'A', departmentCode: '1', name: 'Ana', role: 'executive', email: 'f02@primarie.example' };
  const put = (body: object) => ({ method: 'PUT', url: '/api/v1/staff/f02', headers: json, payload: JSON.stringify(body) }) as const;
  const requests = {
    done: put(person),
    'a field too many': put({ ...person, more: 1 }),
    'a wrong field': put({ ...person, email: 7 }),
    'a missing field': put({ name: 'Ana' }),
    'no JSON': { ...put({}), payload: '{' },
    'another media type': { ...put({}), headers: { ...admin, 'content-type': 'text/plain' }, payload: 'x' },
    'too long': put({ ...person, name: 'a'.repeat(20_000) }),
    'a wrong query': { url: '/api/v1/audit/tickets?from=never', headers: auditor },
    'a query too many': { url: '/api/v1/audit/tickets?never=1', headers: auditor },
    'a number in a query': { url: '/api/v1/audit/tickets?limit=5', headers: auditor },
    'nobody’s': { url: '/api/v1/tasks' },
    'not there': { url: '/api/v1/staff/none', headers: admin },
    'no route': { url: '/api/v1/none', headers: admin },
    'no method': { method: 'DELETE', url: '/api/v1/tasks', headers: admin },
    health: { url: '/health/live' },
    page: { url: '/', headers: html },
    'a form with faults': { method: 'POST', url: '/programare/cerere', headers: form, payload: 'requestNumber=1&once=x' },
    'a form that is none': { method: 'POST', url: '/programare/cerere', headers: { ...form, 'content-type': 'text/plain' }, payload: 'x' },
    'nobody’s page': { url: '/administrare', headers: html },
    'no page': { url: '/none', headers: html },
  } as const;
  const answers: Record<string, Answer> = {};
  for (const [name, request] of Object.entries(requests)) {
    const { statusCode, headers, body } = await app.inject({ ...request, url: `${prefix}${request.url}` });
    answers[name] = { statusCode, type: headers['content-type'], body: body.replace(/[\w-]{20,}/g, 'random') };
  }
  return answers;
};

describe('what a host sets for its whole application', () => {
  const globals: Readonly<Record<string, Choice>> = {
    'a ValidationPipe': { after: (app) => app.useGlobalPipes(new ValidationPipe()) },
    'a ValidationPipe that takes out and converts': {
      providers: [
        {
          provide: APP_PIPE,
          useValue: new ValidationPipe({ whitelist: true, transform: true, transformOptions: { enableImplicitConversion: true } }),
        },
      ],
    },
    'an exception filter': { after: (app) => app.useGlobalFilters(new HostFilter()) },
    'an exception filter among its providers': { providers: [{ provide: APP_FILTER, useClass: HostFilter }] },
    'versions in the address of its own routes': {
      after: (app) => app.enableVersioning({ type: VersioningType.URI, defaultVersion: '2' }),
    },
    'versions of its own routes': {
      after: (app) => app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version', defaultVersion: '1' }),
    },
  };
  it.each(Object.entries(globals))('%s leaves our answers as they are', async (_, choice) => {
    const expected = await answersOf(await hostWith());
    expect(await answersOf(await hostWith(choice))).toEqual(expected);
  });

  it('asks our routes in each way in which they answer', async () => {
    const answers = await answersOf(await hostWith());
    const statuses = Object.entries(answers).map(([name, { statusCode }]) => `${name}: ${statusCode}`);
    expect(statuses).toEqual([
      ...['done: 200', 'a field too many: 400', 'a wrong field: 400', 'a missing field: 400', 'no JSON: 400'],
      ...['another media type: 415', 'too long: 413', 'a wrong query: 400', 'a query too many: 400', 'a number in a query: 200'],
      ...['nobody’s: 401', 'not there: 404', 'no route: 404', 'no method: 405', 'health: 200', 'page: 200', 'a form with faults: 422'],
      ...['a form that is none: 415', 'nobody’s page: 303', 'no page: 404'],
    ]);
  });

  it('a prefix stands before our routes, and changes nothing else in what they answer programs', async () => {
    const forPrograms = ([, { type }]: [string, Answer]): boolean => !String(type).startsWith('text/html');
    const expected = Object.entries(await answersOf(await hostWith())).filter(forPrograms);
    const prefixed = await answersOf(await hostWith({ after: (app) => app.setGlobalPrefix('city') }), '/city');
    expect(Object.entries(prefixed).filter(forPrograms)).toEqual(expected);
  });

  it.each([
    { mountPath: '/api/v1', prefix: '', alsoOfPages: false },
    { mountPath: '/primarie/bilete', prefix: '', alsoOfPages: false },
    // a page for citizens has this address, too
    { mountPath: '/tichet', prefix: '', alsoOfPages: true },
    { mountPath: '/primarie/bilete', prefix: '/city', alsoOfPages: false },
  ])('mounted at $mountPath behind "$prefix", the contract answers programs and the pages answer people', async (choice) => {
    const { mountPath, prefix, alsoOfPages } = choice;
    const app = await hostWith({ mountPath, after: (host) => prefix !== '' && host.setGlobalPrefix(prefix) });
    const html = { accept: 'text/html' };
    const asked = async (method: 'GET' | 'POST' | 'DELETE', url: string, headers: Record<string, string> = html) => {
      const answer = await app.inject({ method, url: `${prefix}${url}`, headers, ...(method === 'POST' && { payload: 'a=b' }) });
      return `${answer.statusCode} ${String(answer.headers['content-type']).split(';')[0] ?? ''}`;
    };
    const form = { ...html, 'content-type': 'application/x-www-form-urlencoded' };
    const upload = { ...html, 'content-type': 'multipart/form-data; boundary=x' };
    expect([
      await asked('GET', `${mountPath}/tasks`),
      await asked('DELETE', `${mountPath}/tasks`),
      await asked('POST', `${mountPath}/tickets`, form),
      await asked('POST', `${mountPath}/staff/import`, upload),
      await asked('GET', '/health/none'),
    ]).toEqual(['401', '405', '415', '415', '404'].map((status) => `${status} application/problem+json`));
    expect(await asked('GET', `${mountPath}/none`)).toBe(alsoOfPages ? '404 text/html' : '404 application/problem+json');
    expect([await asked('GET', '/procedura'), await asked('GET', '/tichet'), await asked('GET', '/none')]).toEqual([
      '200 text/html',
      '200 text/html',
      '404 text/html',
    ]);
  });

  it.each(Object.entries(globals).filter(([name]) => name.includes('filter')))(
    '%s tells what fails in its own routes',
    async (_, choice) => {
      const { statusCode, body } = await (await hostWith(choice)).inject({ url: '/host/fails' });
      expect([statusCode, body]).toEqual([418, '{"host":"filter"}']);
    },
  );
});
