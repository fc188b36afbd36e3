import { CommandBus, CqrsModule, QueryBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetEligibility, openedToken, openPorts, portToken, RegisterStaff, TichetAlbastruModule } from '../../src';
import { BackgroundTasks } from '../../src/infrastructure/nest/background.module';
import { AbsenceCalendars } from '../../src/infrastructure/nest/absence-calendars';
import type { OwnPorts } from '../../src/infrastructure/nest/options';
import type { OpenedPorts, Provided } from '../../src/infrastructure/nest/provided';
import { signTheRest } from '../../src/infrastructure/proof/signing/sign-log';
import type { Settings } from '../../src/infrastructure/config/settings';
import { settingsOf } from '../infrastructure/tools/command-line/captured';
import { FakeWebex } from '../support/webex/fake-webex';
import { closing, emptyFolder } from '../support/closing';
import { contextAt } from '../support/command-context';
import { hostPorts } from '../support/host-ports';

type Name = keyof Provided;
type Note = (name: Name) => void;

/** What Nest itself looks for in whatever it is given. */
const asksNest = /^(then|constructor|on(Module|Application)|before)/;
const isPlain = (value: object): boolean => Object.getPrototypeOf(value) === Object.prototype;

/** The same port, telling each time that something of it is used. */
const recording = <T extends object>(name: Name, port: T, note: Note): T =>
  new Proxy(port, {
    get: (target, key) => {
      const found: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || asksNest.test(key) || found === undefined) return found;
      if (typeof found === 'function')
        return (...given: readonly unknown[]): unknown => {
          note(name);
          return Reflect.apply(found, target, given);
        };
      note(name);
      return typeof found === 'object' && found !== null && isPlain(found) ? recording(name, found, note) : found;
    },
    apply: (target, self, given: readonly unknown[]): unknown => {
      note(name);
      return Reflect.apply(target as (...some: readonly unknown[]) => unknown, self, given);
    },
  });

/** Nobody answers there: whoever asks finds out at once. */
const nobody = 'http://127.0.0.1:9';
const mailTo = 'arhiva@primarie.example';

let webexAt: FakeWebex;
beforeAll(async () => {
  webexAt = closing(await new FakeWebex().start());
});

const everythingSet = (): Settings => {
  const folder = emptyFolder();
  const tokenFile = join(folder, 'token');
  writeFileSync(tokenFile, 'first-token');
  const webex = { baseUrl: webexAt.url, clientId: 'client', clientSecret: 'client-secret', refreshTokenFile: tokenFile, autoRecord: false };
  const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'];
  return {
    ...settingsOf(folder),
    eventStore: 'memory',
    webex,
    identity: {
      issuer: nobody,
      audience: 'api',
      tokenType: 'at+jwt',
      clientId: 'pages',
      scope: 'openid',
      rolesClaim: 'roles',
      roles: [],
      staffClaim: 'staff',
      localTokens: true,
    },
    webhooks: [{ name: 'one', url: `${nobody}/in`, secrets, events: ['*'], private: true, fromBeginning: false }],
    registry: { kind: 'http', url: nobody, tokenFile, freshMinutes: 1, pollMinutes: 1, listsDocuments: true },
    outside: { witnesses: [], mailTo },
    calendarHosts: ['calendar.example'],
  };
};

/** A module in which these ports are replaced before anything is made of them. */
const replaced = async (settings: Settings, own: OwnPorts, web = false): Promise<TestingModule> => {
  let building = Test.createTestingModule({ imports: [TichetAlbastruModule.forRoot({ settings, web })] });
  for (const [name, value] of Object.entries(own)) building = building.overrideProvider(portToken[name as Name]).useValue(value);
  return building.compile();
};

type Subject = {
  readonly opened: OpenedPorts;
  readonly tasks: BackgroundTasks['tasks'];
  readonly commands: CommandBus;
  readonly queries: QueryBus;
};
const subjectOf = (module: TestingModule): Subject => ({
  opened: module.get<OpenedPorts>(openedToken),
  tasks: module.get(BackgroundTasks, { strict: false }).tasks,
  commands: module.get(CommandBus, { strict: false }),
  queries: module.get(QueryBus, { strict: false }),
});

const slot = { startsAt: '2026-03-05T08:00:00.000Z', endsAt: '2026-03-05T08:15:00.000Z' };
const person = { department: 'Autorizări', departmentCode: '425', name: 'Ana', role: 'executive', email: 'ana@primarie.example' } as const;
const signal = new AbortController().signal;
const whatever = (outcome: Promise<unknown>): Promise<unknown> => outcome.catch(() => undefined);

/** Each user of ports, made to use them. None runs beside another one. */
const users: Readonly<Record<string, (subject: Subject) => Promise<unknown>>> = {
  'a command': ({ commands, opened }) => {
    const context = contextAt(opened.ports.clock.now(), 'c');
    return commands.execute(new RegisterStaff(context, { ...person, staffId: 'f02' }));
  },
  'a query': ({ queries }) => queries.execute(new GetEligibility({ number: '300117', filedOn: '2026-02-02' })),
  Webex: async ({ opened: { ports } }) => {
    if (ports.video.kind !== 'automatic') throw new Error('Webex is set.');
    await whatever(ports.video.create({ slot, host: { email: 'f02@primarie.example' }, ticketId: 't', reference: 'r', before: [] }));
  },
  'the identity provider': ({ opened }) => whatever(opened.identity?.greet() ?? Promise.reject(new Error('it is set'))),
  webhooks: async ({ opened: { ports } }) => {
    for await (const recorded of ports.store.readAll()) await ports.webhooks?.deliver('one', ports.codec.decode(recorded), signal);
  },
  'the register': async ({ opened: { ports } }) => {
    if (ports.requests.kind !== 'asked') throw new Error('The register is set.');
    await whatever(ports.requests.verify({ number: '300117', filedOn: '2026-02-02', applicantName: 'Ana' }));
  },
  signing: ({ opened: { ports, sealing } }) =>
    sealing === undefined ? Promise.reject(new Error('it is signed')) : signTheRest(ports, sealing),
  'the checkpoint letter': async ({ tasks }) => {
    const stop = new AbortController();
    const task = tasks.find(({ name }) => name === 'outside-letter');
    if (task === undefined) throw new Error(`no such task: ${tasks.map(({ name }) => name).join(', ')}`);
    const working = task.work(stop.signal);
    letterSent = (): void => {
      stop.abort();
    };
    await working;
  },
  'the alarm': async ({ opened: { sealing } }) => {
    await sealing?.alarm.raise({ reason: 'log-shorter', number: 3 });
    await sealing?.alarm.clear('admin', 'a test');
  },
};
let letterSent = (): void => undefined;

/** Which user uses which of the replaced ports. */
const found = async (wire: (settings: Settings, own: OwnPorts) => Promise<TestingModule>): Promise<readonly string[]> => {
  const uses = new Set<string>();
  let during = 'start';
  const base = await openPorts({ ...settingsOf(emptyFolder()), eventStore: 'memory' });
  const { clock, logger, metrics, operations, store, identifiers, mailer, keys, readModels, rows } = hostPorts(base);
  const note: Note = (name) => uses.add(`${during}: ${name}`);
  const sending: typeof mailer = {
    ...mailer,
    send: async (letter) => {
      if (letter.to === mailTo) letterSent();
      return Promise.resolve({ kind: 'accepted' });
    },
  };
  const leaves = { clock, logger, metrics, operations, store, identifiers, mailer: sending, keys, readModels, rows };
  const own = Object.fromEntries(Object.entries(leaves).map(([name, port]) => [name, recording(name as Name, port, note)])) as OwnPorts;
  const module = await wire(everythingSet(), own);
  // the buses know their handlers; nothing else is begun, so that nobody uses a port beside whom we ask
  module.get(CqrsModule, { strict: false }).onApplicationBootstrap();
  const subject = subjectOf(module);
  for (const [name, use] of Object.entries(users)) {
    during = name;
    await use(subject);
  }
  during = 'end';
  await module.close();
  await base.close();
  return [...uses];
};

const expected = [
  'a command: store',
  'a command: keys',
  'a command: identifiers',
  'start: metrics',
  'a query: store',
  'Webex: operations',
  'Webex: clock',
  'Webex: metrics',
  'the identity provider: clock',
  'the identity provider: logger',
  'the identity provider: metrics',
  'webhooks: clock',
  'webhooks: metrics',
  'the register: metrics',
  'signing: store',
  'signing: clock',
  'the checkpoint letter: mailer',
  'the checkpoint letter: clock',
  'the checkpoint letter: operations',
  'the checkpoint letter: identifiers',
  'the alarm: clock',
  'the alarm: logger',
  'the alarm: operations',
];

describe('whoever uses a port', () => {
  it('uses the one that stands under its token', async () => {
    const uses = await found((settings, own) => replaced(settings, own));
    expect(expected.filter((use) => !uses.includes(use))).toEqual([]);
  });

  it('is found out where users are made before the ports are replaced', async () => {
    const early: { close(): Promise<void> }[] = [];
    const before = async (settings: Settings, own: OwnPorts): Promise<TestingModule> => {
      const opened = await openPorts(settings);
      early.push(opened);
      const tasks = new BackgroundTasks(opened, new AbsenceCalendars(opened.ports, opened));
      return Test.createTestingModule({ imports: [TichetAlbastruModule.forRoot({ ports: { ...hostPorts(opened), ...own } })] })
        .overrideProvider(BackgroundTasks)
        .useValue(tasks)
        .compile();
    };
    // the letter is handed to the outbox of those who came first: nobody tells that it was sent
    const stop = setInterval(() => {
      letterSent();
    }, 200);
    const uses = await found(before);
    clearInterval(stop);
    for (const opened of early) await opened.close();
    const missed = expected.filter((use) => !uses.includes(use));
    expect(missed).toEqual(
      expect.arrayContaining(['Webex: clock', 'webhooks: clock', 'the alarm: clock', 'the checkpoint letter: mailer']),
    );
    expect(missed).toEqual(
      expect.arrayContaining(['the identity provider: logger', 'the identity provider: metrics', 'the alarm: logger']),
    );
  });

  it('is given nothing else than what stands there, whichever port it is', async () => {
    const base = closing(await openPorts({ ...everythingSet(), development: { toTry: [] } }));
    const uses = new Set<Name>();
    const own = Object.fromEntries(
      Object.keys(portToken).map((name) => {
        const port: unknown = name === 'settings' ? everythingSet() : hostPorts(base)[name as Name];
        if (port instanceof Uint8Array) return [name, new Uint8Array(32).fill(9)];
        const whole = typeof port === 'function' || (typeof port === 'object' && port !== null) ? port : { [name]: () => undefined };
        return [name, recording(name as Name, whole, (used) => uses.add(used))];
      }),
    ) as OwnPorts;
    const module = closing(await replaced(everythingSet(), own));
    const given = hostPorts(module.get<OpenedPorts>(openedToken));
    const wrapped: readonly string[] = ['store', 'mailer'];
    for (const [name, port] of Object.entries(own)) if (!wrapped.includes(name)) expect(given[name as Name]).toBe(port);
    uses.clear();
    await given.store.end();
    await given.mailer.forget('nobody');
    expect([...uses]).toEqual(wrapped);
  });
});
