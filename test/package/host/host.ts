import { Body, Controller, type DynamicModule, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CommandContext,
  createAdapter,
  equipAll,
  mountDocument,
  type OwnPorts,
  type Ports,
  portsToken,
  portToken,
  readSettings,
  RegisterRequest,
  RegisterStaff,
  RequestTicket,
  Tables,
  TichetAlbastruModule,
  type TichetAlbastruOptions,
  VerifyEmail,
} from '../../../src';
import { handledRequests } from './handled-requests';

@Controller('host')
class HostController {
  @Post('echo')
  echo(@Body() body: object): object {
    return body;
  }
}

@Module({})
class HostModule {
  static with(options: TichetAlbastruOptions): DynamicModule {
    return {
      module: HostModule,
      imports: [CqrsModule.forRoot(), TichetAlbastruModule.forRoot({ ...options, web: true, mountPath: '/tichet' })],
      controllers: [HostController],
    };
  }
}

/** Monday, 2 March 2026, 10:00 in Cluj: the host's own clock. */
const at = '2026-03-02T08:00:00.000Z';
const startsAt = '2026-03-05T08:00:00.000Z';
const context = (commandId: string): CommandContext => ({
  commandId,
  correlationId: commandId,
  causationId: commandId,
  asker: { kind: 'host' },
  actor: { kind: 'system', id: 'host' },
  at,
});

/** What it takes until it is there. */
const until = async <T>(look: () => T | undefined): Promise<T> => {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const codeIn = (text: string): string | undefined => /\b\d{6}\b/.exec(text)?.[0];
/** The text of a letter that the outbox has kept. */
const textOf = (mime: string): string => {
  const part = /content-type: text\/plain[\s\S]*?\r\n\r\n([\s\S]*?)\r\n--/i.exec(mime)?.[1] ?? '';
  return /content-transfer-encoding: base64/i.test(mime) ? Buffer.from(part, 'base64').toString() : part;
};

export type Chosen = {
  readonly folder: string;
  /** `memory`, `sqlite`, or the address of a PostgreSQL database */
  readonly eventStore: string;
  /** letters go to the outbox of the package, in a thread of its own, in place of the host's */
  readonly outbox?: boolean;
  /** the document of the contract can be read, too */
  readonly document?: boolean;
};

/**
 * A city hall's application: an own mailer, clock, subscription, table and commands over the bus, a `ValidationPipe` for everything. A
 * booking from the request until it is scheduled; what came of it.
 */
export const bookOnce = async ({
  folder,
  eventStore,
  outbox = false,
  document = false,
}: Chosen): Promise<Readonly<Record<string, unknown>>> => {
  const place = eventStore.startsWith('postgres:')
    ? { TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: eventStore }
    : { TICHET_EVENT_STORE: eventStore };
  const environment = { TICHET_DATA_DIR: folder, TICHET_LOG_LEVEL: 'silent', ...place };
  const { settings } = readSettings(environment, () => '');
  const letters: string[] = [];
  const heard: string[] = [];
  const mailer: Ports['mailer'] = {
    send: ({ text }) => {
      letters.push(text);
      return Promise.resolve({ kind: 'accepted' });
    },
    forget: () => Promise.resolve(0),
  };
  const ports: OwnPorts = { clock: { now: () => at }, ...(outbox ? {} : { mailer }) };
  const own = {
    name: 'host',
    looksAt: { ticket: 'all' },
    fromBeginning: true,
    handle: ({ fact }: { readonly fact: { readonly type: string } }) => {
      heard.push(fact.type);
      return Promise.resolve();
    },
  } as const;
  const module = HostModule.with({ settings, ports, subscriptions: [own], projections: [handledRequests] });
  const nest = { bodyParser: false, logger: false, abortOnError: false } as const;
  const app = await NestFactory.create<NestFastifyApplication>(module, createAdapter(), nest);
  app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
  await equipAll(app);
  if (document) mountDocument(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, type: response.headers.get('content-type'), body: (await response.json()) as { code?: unknown } };
  };
  const keptLetters = (): readonly string[] => {
    try {
      const place = join(folder, 'outbox');
      return readdirSync(place)
        .filter((name) => name.endsWith('.eml'))
        .map((name) => textOf(readFileSync(join(place, name), 'utf8')));
    } catch {
      return [];
    }
  };

  try {
    const bus = app.get(CommandBus);
    const department = { department: 'Autorizări', departmentCode: '425' };
    const person = { ...department, staffId: 'f02', name: 'Levente Fodor', role: 'executive', email: 'f02@primarie.example' } as const;
    await bus.execute(new RegisterStaff(context('staff'), person));
    const identity = { number: '300117', filedOn: '2026-02-02' };
    const request = { ...department, ...identity, applicantName: 'Țurcanu Ștefan', handlerStaffId: 'f02', status: 'in-operation' } as const;
    await bus.execute(new RegisterRequest(context('request'), request));

    const asked = { requestNumber: identity.number, filedOn: identity.filedOn, applicantName: 'Stefan Turcanu' };
    const found = await post('/tichet/requests/lookup', asked);
    const unknownMember = await post('/tichet/requests/lookup', { ...asked, colour: 'blue' });
    const identifiers = app.get<Ports['identifiers']>(portToken.identifiers);
    const ticketId = identifiers.next();
    const wanted = { request: identity, startsAt, mode: 'in-person', email: 'stefan@exemplu.ro' } as const;
    const requested = await bus.execute(new RequestTicket(context('ticket'), { ticketId, holdId: identifiers.next(), ...wanted }));
    const code = await until(() => (outbox ? keptLetters() : letters).map(codeIn).find((one) => one !== undefined));
    const verified = await bus.execute(new VerifyEmail(context('code'), { ticketId, code }));
    await until(() => heard.find((type) => type === 'Scheduled'));

    const { store, readModels } = app.get<Ports>(portsToken);
    await readModels.reached(await store.end(), 600_000);
    const { rows: ownTable } = await readModels.select(handledRequests.name);

    const page = await (await fetch(url)).text();
    const [style = ''] = /\/assets\/[\w.]+\.css/.exec(page) ?? [];
    return {
      found: found.status,
      unknownMember: [unknownMember.status, unknownMember.type?.split(';')[0], unknownMember.body.code],
      ofTheHost: (await post('/host/echo', { any: 'thing' })).body,
      requested: requested.kind,
      verified: verified.kind,
      heard: heard.slice(0, 4),
      ownTable,
      ownRebuilt: (await app.get(Tables).rebuild(handledRequests.name)).map(({ outcome }) => outcome),
      style: (await fetch(`${url}${style}`)).status,
      metrics: (await fetch(`${url}/metrics`)).status,
      document: (await fetch(`${url}/api/docs`)).status,
    };
  } finally {
    await app.close();
  }
};
