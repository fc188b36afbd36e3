import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createAdapter, equip, localTokens, openPorts, Subscriptions, SubscriptionUnusable, TichetAlbastruModule } from '../../src';
import { registerStaff } from '../../src/application/staff/register-staff';
import type { DomainEvent } from '../../src/domain/facts';
import { subscriptionTask } from '../../src/infrastructure/nest/subscription';
import { createMetrics } from '../../src/infrastructure/telemetry/metrics';
import { createTestPorts } from '../../src/infrastructure/testing/test-ports';
import { environmentOf, settingsOf, tichet, tichetIn } from '../infrastructure/tools/command-line/captured';
import { emptyFolder } from '../support/closing';
import { contextAt } from '../support/command-context';

const everythingInMemory = () => {
  return { ...createTestPorts(), tokenKey: new Uint8Array(32).fill(5) };
};

@Controller('host')
class HostController {
  @Get()
  own(): { readonly host: true } {
    return { host: true };
  }

  @Post()
  taken(): { readonly host: true } {
    return { host: true };
  }
}

const registerAna = async (ports: ReturnType<typeof everythingInMemory>): Promise<void> => {
  const at = ports.clock.now();
  const context = contextAt(at, 'c');
  const person = { staffId: 'f01', name: 'Ana', email: 'f01@primarie.example', department: 'A', departmentCode: '1' } as const;
  await registerStaff(ports)(context, { ...person, role: 'executive' });
};

const parkedSubscription = JSON.stringify({
  position: '1',
  failing: { since: '2026-03-01T08:00:00.000Z', attempts: 29, nextAt: '2026-03-02T09:00:00.000Z', reason: 'TypeError' },
  disabledAt: '2026-03-02T08:00:00.000Z',
});

let app: NestFastifyApplication | undefined;
afterEach(async () => {
  await app?.close();
  app = undefined;
});

const hostWith = async (tichet: ReturnType<typeof TichetAlbastruModule.forRoot>): Promise<NestFastifyApplication> => {
  @Module({ imports: [tichet], controllers: [HostController] })
  class HostModule {}
  // Nest declares its options as a class that it does not export.
  const host = await NestFactory.create<NestFastifyApplication>(HostModule, createAdapter(), { bodyParser: false, logger: false });
  await equip(host, createMetrics());
  await host.init();
  return host;
};

describe('a team embeds the module', () => {
  it('forRootAsync: under its own path, and the guard keeps its hands off the host’s routes', async () => {
    app = await hostWith(
      TichetAlbastruModule.forRootAsync({
        mountPath: '/primarie/tichet',
        useFactory: () => ({ ports: everythingInMemory(), processes: false }),
      }),
    );
    expect((await app.inject({ url: '/host' })).json()).toEqual({ host: true });
    expect((await app.inject({ url: '/primarie/tichet/tasks' })).statusCode).toBe(401);
    expect((await app.inject({ url: '/api/v1/tasks' })).statusCode).toBe(404);
    // the host may decompress what its own routes are sent
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await app.inject({ method: 'POST', url: '/host', headers, payload: '{}' })).statusCode).toBe(201);
  });

  it('forRoot: a subscription of the team’s own hears each fact that it looks at, again after a throw, and goes on where it was', async () => {
    const everything = everythingInMemory();
    const heard: string[] = [];
    let away = true;
    const started = async (): Promise<NestFastifyApplication> => {
      let tell = (): void => undefined;
      const told = new Promise<void>((resolve) => {
        tell = resolve;
      });
      const handle = ({ fact: { type } }: DomainEvent): Promise<void> => {
        heard.push(away ? 'away' : type);
        tell();
        return away ? Promise.reject(new Error('away')) : Promise.resolve();
      };
      const subscriptions = [{ name: 'own', looksAt: { staff: ['StaffLeft', 'StaffRegistered'] }, handle, fromBeginning: true }];
      const host = await hostWith(TichetAlbastruModule.forRoot({ http: false, ports: everything, subscriptions }));
      await told;
      return host;
    };
    const at = everything.clock.now();
    const actor = { kind: 'staff', id: 'admin' } as const;
    const tell = async (commandId: string, staffId: string): Promise<void> => {
      const person = {
        staffId,
        name: 'Ana',
        email: `${staffId}@primarie.example`,
        role: 'executive',
        department: 'A',
        departmentCode: '1',
      } as const;
      await registerStaff(everything)(
        { commandId, correlationId: commandId, causationId: commandId, asker: { kind: 'host' }, actor, at },
        person,
      );
    };
    await tell('c1', 'f01');
    app = await started();
    await app.close();
    expect(heard).toEqual(['away']);
    away = false;
    everything.clock.advance({ hours: 2 });
    app = await started();
    await app.close();
    await tell('c2', 'f02');
    app = await started();
    expect(heard).toEqual(['away', 'StaffRegistered', 'StaffRegistered']);
  });

  it('forRoot: a handler is told by its signal that the application closes, and hears again what it has not ended', async () => {
    const everything = everythingInMemory();
    const heard: boolean[] = [];
    let told = (): void => undefined;
    const handle = (_: DomainEvent, signal: AbortSignal): Promise<void> => {
      heard.push(signal.aborted);
      told();
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('interrupted'));
        });
      });
    };
    await registerAna(everything);
    for (const nth of [1, 2]) {
      const hears = new Promise<void>((resolve) => {
        told = resolve;
      });
      const subscriptions = [{ name: 'own', looksAt: { staff: 'all' }, handle, fromBeginning: true }] as const;
      app = await hostWith(TichetAlbastruModule.forRoot({ http: false, ports: everything, subscriptions }));
      await hears;
      await app.close();
      expect([nth, heard.length]).toEqual([nth, nth]);
    }
    expect(await everything.operations.keyValues.get('webhook:subscription/own')).not.toContain('failing');
  });

  it('a handler that never ends is left behind: what it was handed it hears again at the next start', async () => {
    const everything = everythingInMemory();
    const warnings: string[] = [];
    const logger = { info: () => undefined, warn: (event: string) => warnings.push(event), error: () => undefined };
    await registerAna(everything);
    const heard: string[] = [];
    const start = async (ends: boolean): Promise<void> => {
      const stop = new AbortController();
      let told = (): void => undefined;
      const hears = new Promise<void>((resolve) => {
        told = resolve;
      });
      const handle = ({ id }: DomainEvent): Promise<void> => {
        heard.push(id);
        told();
        return ends ? Promise.resolve() : new Promise(() => undefined);
      };
      const own = { name: 'own', looksAt: { staff: 'all' }, handle, fromBeginning: true } as const;
      const work = subscriptionTask({ ...everything, logger }, own, 1).work(stop.signal);
      await hears;
      stop.abort();
      await work;
    };
    await start(false);
    expect(warnings).toEqual(['subscription.left-behind']);
    await start(true);
    expect([heard.length, new Set(heard).size]).toEqual([2, 1]);
    expect(warnings).toHaveLength(1);
  });

  it('forRoot: a subscription that was parked can be seen, and goes on from where it stopped', async () => {
    const everything = everythingInMemory();
    const heard: string[] = [];
    let away = true;
    let waiting: { readonly event: string; readonly tell: () => void } | undefined;
    const noted = (event: string): void => {
      if (event === waiting?.event) waiting.tell();
    };
    const logger = { info: noted, warn: noted, error: noted };
    const told = (event: string): Promise<void> =>
      new Promise((tell) => {
        waiting = { event, tell };
      });
    const handle = ({ fact: { type } }: DomainEvent): Promise<void> => {
      if (away) return Promise.reject(new TypeError('away'));
      heard.push(type);
      waiting?.tell();
      return Promise.resolve();
    };
    const subscriptions = [{ name: 'own', looksAt: { staff: 'all' }, handle, fromBeginning: true }] as const;
    const started = (): Promise<NestFastifyApplication> =>
      hostWith(TichetAlbastruModule.forRoot({ http: false, ports: { ...everything, logger }, subscriptions }));
    await registerAna(everything);

    const failed = told('webhook.failed');
    app = await started();
    await failed;
    await app.close();
    everything.clock.advance({ hours: 25 });
    const parked = told('webhook.disabled');
    app = await started();
    await parked;
    await app.close();
    app = await started();
    const standing = app.get(Subscriptions);
    expect(await standing.list()).toMatchObject([{ name: 'own', state: 'disabled', reason: 'TypeError' }]);
    expect(await standing.enable('other')).toBe('not-found');
    away = false;
    const again = told('handled');
    expect(await standing.enable('own')).toBe('enabled');
    await again;
    expect(heard).toEqual(['StaffRegistered']);
    expect(await standing.enable('own')).toBe('not-waiting');
  });

  it('forRoot: a subscription that was parked is listed and enabled where webhooks are', async () => {
    const everything = everythingInMemory();
    const target = 'subscription/own';
    const handle = () => Promise.resolve();
    const subscriptions = [{ name: 'own', looksAt: { staff: 'all' }, handle }] as const;
    app = await hostWith(TichetAlbastruModule.forRoot({ ports: everything, subscriptions, processes: false }));
    await everything.operations.keyValues.put(`webhook:${target}`, parkedSubscription);
    const headers = {
      authorization: `Bearer ${await localTokens(everything.tokenKey, everything.clock).official({ role: 'admin', person: 'p.admin' })}`,
    };
    const listed = await app.inject({ url: '/api/v1/webhooks', headers });
    expect(listed.json()).toMatchObject({ webhooks: [{ name: target, state: 'disabled', reason: 'TypeError' }] });
    const enabled = await app.inject({ method: 'POST', url: '/api/v1/webhooks/subscription%2Fown/enable', headers });
    expect([enabled.statusCode, enabled.json()]).toEqual([200, { webhooks: [{ name: target, state: 'active', position: '1' }] }]);
    const nobody = await app.inject({ method: 'POST', url: '/api/v1/webhooks/subscription%2Fother/enable', headers });
    expect(nobody.statusCode).toBe(404);
  });

  const own = { name: 'own', looksAt: { staff: 'all' }, handle: () => Promise.resolve() };
  it.each<readonly [string, unknown, string]>([
    ['two of one name, one of which would miss facts', [own, { ...own }], 'There are two subscriptions own'],
    ['no name', [{ ...own, name: undefined }], '“undefined” is no name'],
    ...['', 'S s', 'a/b', '..', 'a\0', 'own\n', 'a'.repeat(101)].map(
      (name) => ['a name that is none', [{ ...own, name }], 'is no name'] as const,
    ),
    ['nothing that it looks at', [{ ...own, looksAt: undefined }], 'The subscription own needs'],
    ['a category that is none', [{ ...own, looksAt: { toString: 'all' } }], 'The categories are request, agenda'],
    ['types that are no list', [{ ...own, looksAt: { staff: 'some' } }], 'The subscription own needs'],
    ['a misspelt fact', [{ ...own, looksAt: { staff: ['StaffRegisterd'] } }], 'the nearest are StaffRegistered, '],
    ['no handle', [{ ...own, handle: undefined }], 'The subscription own needs'],
    ['an entry that is none', [own, null], 'Entry 2 of the subscriptions'],
    ['no list', own, 'The subscriptions are no list'],
  ])('a subscription with %s: the application ends at its start with a sentence, and nothing is opened', async (_, declared, sentence) => {
    const folder = join(emptyFolder(), 'data');
    // as a host that is written in JavaScript says it
    const options: object = { subscriptions: declared };
    const refused = await openPorts(settingsOf(folder), {}, options).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(SubscriptionUnusable);
    expect(String(refused)).toContain(sentence);
    expect(existsSync(folder)).toBe(false);
    const listed = await tichetIn(environmentOf(folder), ['webhooks', 'list'], options);
    expect(listed.exit).not.toBe(0);
    expect(listed.stdout).toBe('');
  });

  it('the command line of a team lists and enables its subscription, and the doctor finds it; ours does not know it', async () => {
    const folder = emptyFolder();
    const opened = await openPorts(settingsOf(folder));
    await opened.ports.operations.keyValues.put('webhook:subscription/own', parkedSubscription);
    await opened.close();
    const subscriptions = [{ name: 'own', looksAt: {}, handle: () => Promise.resolve() }];
    const theirs = (...argv: readonly string[]) => tichetIn(environmentOf(folder), argv, { subscriptions });
    expect((await theirs('webhooks', 'list')).stdout).toMatch(/^subscription\/own +disabled +1 +29 +TypeError /m);
    expect((await theirs('doctor', '--json')).stdout).toContain('subscription/own');
    expect((await tichet(folder, 'webhooks', 'enable', 'subscription/own')).exit).toBe(3);
    expect((await theirs('webhooks', 'enable', 'subscription/own')).exit).toBe(0);
    expect((await theirs('webhooks', 'list')).stdout).toMatch(/^subscription\/own +active /m);
  });

  it('forRoot: without routes, and with a port of the team’s own', async () => {
    const lines: string[] = [];
    const logger = { info: (event: string) => lines.push(event), warn: () => undefined, error: () => undefined };
    app = await hostWith(TichetAlbastruModule.forRoot({ http: false, ports: { ...everythingInMemory(), logger }, processes: false }));
    expect((await app.inject({ url: '/health/live' })).statusCode).toBe(404);
    await app.close();
    expect(lines).toEqual(['service.stopped']);
  });
});
