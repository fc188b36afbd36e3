import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions } from 'fastify';
import type { Done } from '../../../src/application/kernel/done';
import type { Projection } from '../../../src/application/kernel/ports/projection';
import { registerRequest } from '../../../src/application/requests/register-request';
import { registerStaff } from '../../../src/application/staff/register-staff';
import type { CommandContext } from '../../../src/application/kernel/execute';
import { isRefusal, type Refusal } from '../../../src/domain/kernel/refusal';
import { createApplication } from '../../../src/infrastructure/service/application';
import { readSettings } from '../../../src/infrastructure/config/settings';
import { localTokens } from '../../../src/infrastructure/outside/identity/local-tokens';
import type { Holdings } from '../../../src/infrastructure/nest/provided';
import type { Identity } from '../../../src/infrastructure/outside/identity/open-identity';
import { createTestPorts, type TestPorts } from '../../../src/infrastructure/testing/test-ports';
import { endsByItself } from '../../support/closing';
import { exchanged, createFresh } from './fresh';
import { contextAt } from '../../support/command-context';
import { personFor } from '../../support/person';

const tokenKey = new Uint8Array(32).fill(5);
const { settings } = readSettings({}, () => '');

/** An answer's body, as far as tests look into it. Which fields are there is what they test. */
export type Body = {
  readonly bookingToken: string;
  readonly ticketId: string;
  readonly manageToken: string;
  readonly reference: string;
  readonly status: string;
  readonly code: string;
  readonly detail: string;
  readonly help?: string;
  readonly overall: string;
  readonly url: string;
  readonly zone: string;
  readonly first: string;
  readonly imported: number;
  readonly applicant: { readonly name: string };
  readonly days: readonly { readonly date: string; readonly closed?: string }[];
  readonly slots: readonly object[];
  readonly errors: readonly { readonly field: string; readonly message: string }[];
  readonly faults: readonly { readonly line: number; readonly field?: string }[];
  readonly meetings: readonly object[];
  readonly tickets: readonly object[];
  readonly requests: readonly object[];
  readonly rows: readonly object[];
  readonly checks: readonly { readonly id: string }[];
  readonly steps: readonly { readonly type: string }[];
};
export type Answered = { readonly status: number; readonly headers: Record<string, unknown>; readonly text: string; readonly body: Body };

/** The whole service over memory, spoken to as over HTTP. Time stands still at Monday, 2 March 2026, 10:00 in Cluj. */
export type Service = {
  readonly app: NestFastifyApplication;
  readonly ports: TestPorts;
  readonly token: (role: Parameters<ReturnType<typeof localTokens>['official']>[0]['role'], staffId?: string) => Promise<string>;
  readonly call: (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    options?: { token?: string; body?: unknown; headers?: Record<string, string>; raw?: Omit<InjectOptions, 'url' | 'method'> },
  ) => Promise<Answered>;
  readonly context: () => CommandContext;
  /** until every table has read the end of the log */
  readonly settled: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export const mustBeDone = <T>(outcome: Done<T> | Refusal): Done<T> => {
  if (isRefusal(outcome)) throw new Error(`refused: ${outcome.code} ${JSON.stringify(outcome.details)}`);
  return outcome;
};

type Started = {
  /** what is tested is the start itself, what an application remembers by itself, or a port with a part that the usual one lacks */
  readonly own?: true;
  readonly processes?: boolean;
  readonly trustedProxies?: readonly string[];
  /** the clock of a test jumps over days: who signed in stays in, unless the test says otherwise */
  readonly idleMinutes?: number;
  readonly hosts?: readonly string[];
  /** what else a service may have open */
  readonly opened?: Partial<Holdings>;
  readonly dataDirectory?: string;
  /** tables of the host's own */
  readonly projections?: readonly Projection[];
  readonly identity?: (ports: TestPorts) => Identity;
};

const startApplication = (
  ports: TestPorts,
  {
    processes = false,
    trustedProxies = [],
    idleMinutes = 1_000_000,
    hosts,
    opened = {},
    identity,
    projections = [],
    dataDirectory = settings.dataDirectory,
  }: Started,
): Promise<NestFastifyApplication> =>
  createApplication(
    {
      // no retention of its own: what a test registers stays
      ports: {
        ...ports,
        tokenKey,
        retention: undefined,
        storage: undefined,
        ...(identity === undefined ? {} : { identity: identity(ports) }),
        ...opened,
      },
      processes,
      projections,
      settings: { ...settings, dataDirectory, idleMinutes },
    },
    { trustedProxies, ...(hosts === undefined ? {} : { hosts }) },
  );

type Application = Pick<Service, 'app' | 'close'>;
const startOwn = async (ports: TestPorts, started: Started): Promise<Application> => {
  const app = await startApplication(ports, started);
  return { app, close: () => app.close() };
};

const fresh = createFresh((ports, processes) => startApplication(ports, { processes }));
const isFresh = (overrides: Partial<TestPorts>, { processes: _, opened = {}, ...started }: Started): boolean =>
  Object.keys({ ...started, ...opened }).length === 0 && Object.keys(overrides).every((name) => exchanged.has(name));

export const startService = async (overrides: Partial<TestPorts> = {}, started: Started = {}): Promise<Service> => {
  const ports = createTestPorts(overrides);
  const { app, close } = await (isFresh(overrides, started) ? fresh(ports, started.processes ?? false) : startOwn(ports, started));
  const tokens = localTokens(tokenKey, ports.clock);
  let command = 0;
  return endsByItself(
    {
      app,
      ports,
      token: (role, staffId) => tokens.official({ role, person: personFor(role, staffId) }),
      call: async (method, url, { token, body, headers = {}, raw } = {}) => {
        const response = await app.inject({
          method,
          url,
          headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
          ...(body === undefined ? {} : { payload: body as object }),
          ...raw,
        });
        const isJson =
          String(response.headers['content-type']).includes('json') && !String(response.headers['content-type']).includes('ndjson');
        return {
          status: response.statusCode,
          headers: response.headers,
          text: response.body,
          body: JSON.parse(isJson && response.body !== '' ? response.body : '{}') as Body,
        };
      },
      context: () => {
        command += 1;
        const id = ports.identifiers.derive('test-command', String(command));
        return contextAt(ports.clock.now(), id);
      },
      settled: async () => {
        if (!(await ports.readModels.reached(await ports.store.end(), 600_000))) throw new Error('the tables do not follow');
      },
      close,
    },
    'close',
  );
};

const permits = { department: 'Autorizări', departmentCode: '425' } as const;
const taxes = { department: 'Taxe', departmentCode: '500' } as const;
export const staff = {
  s001: { staffId: 's001', name: 'Bogdan Suciu', role: 'head-of-service', ...permits, email: 's001@primarie.example' },
  s002: { staffId: 's002', name: 'Zoltán Marc', role: 'executive', ...permits, email: 's002@primarie.example' },
  s003: { staffId: 's003', name: 'Ana Străină', role: 'executive', ...taxes, email: 's003@primarie.example' },
} as const;
export const applicant = 'Lăcătuș Andrei';
export const request = { number: '519073', filedOn: '2026-02-02' } as const;

export const registered = {
  ...request,
  applicantName: applicant,
  ...permits,
  handlerStaffId: 's002',
  status: 'in-operation',
} as const;

/** Three civil servants and one registered request of s002. */
export const seed = async ({ ports, context, settled }: Service): Promise<void> => {
  for (const person of Object.values(staff)) mustBeDone(await registerStaff(ports)(context(), person));
  mustBeDone(await registerRequest(ports)(context(), registered));
  await settled();
};

/** The same service, which knows them. */
export const startSeeded = async (...made: Parameters<typeof startService>): Promise<Service> => {
  const service = await startService(...made);
  await seed(service);
  return service;
};

export const lookupBody = { requestNumber: request.number, applicantName: 'Andrei Lacatus', filedOn: request.filedOn };
/** Thursday, 10:00 in Cluj: three days ahead. */
export const startsAt = '2026-03-05T08:00:00.000Z';

export const bookingToken = async ({ call }: Service): Promise<string> =>
  (await call('POST', '/api/v1/requests/lookup', { body: lookupBody })).body.bookingToken;

export const online = { startsAt, mode: 'online', email: 'andrei@exemplu.ro', phone: '0740 123 456', recordingNoticeVersion: '2026-1' };
export const inPerson = { startsAt, mode: 'in-person', phone: '0740 123 456' };
