import { Injectable, Module } from '@nestjs/common';
import { CqrsModule, EventBus, EventsHandler, type IEventHandler, UnhandledExceptionBus } from '@nestjs/cqrs';
import { Test, type TestingModule } from '@nestjs/testing';
import { firstValueFrom, map, take, toArray } from 'rxjs';
import { FactRecorded, Facts, TichetAlbastruModule, type TichetAlbastruMounting } from '../../src';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { registerStaff } from '../../src/application/staff/register-staff';
import type { DomainEvent } from '../../src/domain/facts';
import { followFacts } from '../../src/infrastructure/nest/facts';
import { createTestPorts, type TestPorts } from '../../src/infrastructure/testing/test-ports';
import { contextAt } from '../support/command-context';

const inMemory = () => ({ ...createTestPorts(), tokenKey: new Uint8Array(32).fill(5) });

const register = async (ports: TestPorts, staffId: string): Promise<void> => {
  const person = { name: 'Ana', email: `${staffId}@primarie.example`, role: 'executive', department: 'A', departmentCode: '1' } as const;
  await registerStaff(ports)(contextAt(ports.clock.now(), staffId), { ...person, staffId });
};
const whoOf = ({ fact }: DomainEvent): string => (fact.type === 'StaffRegistered' ? fact.data.staffId : fact.type);

let running: TestingModule;
afterEach(() => running.close());

const hostOf = async (
  ports: ReturnType<typeof inMemory>,
  { providers = [], cqrs = CqrsModule, ...options }: TichetAlbastruMounting & { providers?: (typeof Told)[]; cqrs?: unknown } = {},
): Promise<TestingModule> => {
  const imports = [cqrs as typeof CqrsModule, TichetAlbastruModule.forRoot({ http: false, ports, processes: false, ...options })];
  @Module({ imports, providers })
  class HostModule {}
  const host = await Test.createTestingModule({ imports: [HostModule] }).compile();
  host.useLogger(false);
  return host.init();
};

/** Tells whom it heard of; throws at `bad`. */
@Injectable()
@EventsHandler(FactRecorded)
class Told implements IEventHandler<FactRecorded> {
  readonly heard: string[] = [];
  readonly #waiting = new Map<string, () => void>();

  handle({ event }: FactRecorded): void {
    const who = whoOf(event);
    this.heard.push(who);
    this.#waiting.get(who)?.();
    if (who === 'bad') throw new Error('A handler of the host.');
  }

  of(who: string): Promise<void> {
    return new Promise((resolve) => this.#waiting.set(who, resolve));
  }
}

describe('Facts, for what may be missed', () => {
  it('hands facts over from the moment when somebody listens, the same to all', async () => {
    const ports = inMemory();
    await register(ports, 'before');
    running = await hostOf(ports);
    const { facts$ } = running.get(Facts);
    const one = firstValueFrom(facts$.pipe(map(whoOf), take(2), toArray()));
    const other = firstValueFrom(facts$.pipe(map(whoOf)));
    await register(ports, 'f01');
    await register(ports, 'f02');
    expect([await one, await other]).toEqual([['f01', 'f02'], 'f01']);
  });

  it('one that fails ends alone', async () => {
    const ports = inMemory();
    running = await hostOf(ports);
    const { facts$ } = running.get(Facts);
    const failing = firstValueFrom(
      facts$.pipe(
        map(() => {
          throw new Error('An operator of the host.');
        }),
      ),
    );
    const other = firstValueFrom(facts$.pipe(map(whoOf), take(2), toArray()));
    await Promise.all([expect(failing).rejects.toThrow('An operator of the host.'), register(ports, 'f01')]);
    await register(ports, 'f02');
    expect(await other).toEqual(['f01', 'f02']);
  });

  it('reads the log once for all, and not while nobody listens', async () => {
    const ports = inMemory();
    let readings = 0;
    const store: EventStore = {
      ...ports.store,
      subscribe: (options) => {
        readings += 1;
        return ports.store.subscribe(options);
      },
    };
    running = await Test.createTestingModule({
      imports: [TichetAlbastruModule.forRoot({ http: false, ports: { ...ports, store } })],
    }).compile();
    const { facts$ } = running.get(Facts, { strict: false });
    expect(readings).toBe(0);
    const two = [firstValueFrom(facts$), firstValueFrom(facts$)];
    await register(ports, 'f01');
    await Promise.all(two);
    expect(readings).toBe(1);
  });

  it('completes when the application ends, for whoever listens then and later', async () => {
    running = await hostOf(inMemory());
    const { facts$ } = running.get(Facts);
    const rest = firstValueFrom(facts$.pipe(toArray()));
    await running.close();
    expect([await rest, await firstValueFrom(facts$.pipe(toArray()))]).toEqual([[], []]);
  });

  it('goes on behind the last fact when the store fails, after ever longer pauses', async () => {
    const ports = createTestPorts();
    const failures: unknown[] = [];
    const logger = { ...ports.logger, error: (_: string, values: unknown) => failures.push(values) };
    const stop = new AbortController();
    const heard: string[] = [];
    const pauses: number[] = [];
    let reading = 0;
    const store: EventStore = {
      ...ports.store,
      subscribe: async function* (options) {
        reading += 1;
        if (reading < 3) throw new Error('away');
        for await (const item of ports.store.subscribe(options)) {
          if ('kind' in item) continue;
          yield item;
          if (reading === 3) throw new Error('away again');
        }
      },
    };
    const tell = (event: DomainEvent): void => {
      heard.push(whoOf(event));
      if (heard.length === 2) stop.abort();
    };
    const pause = async (milliseconds: number): Promise<void> => {
      if (pauses.length === 0) for (const staffId of ['f01', 'f02']) await register(ports, staffId);
      pauses.push(milliseconds);
    };
    await followFacts({ ...ports, store, logger }, tell, stop.signal, pause);
    expect([heard, pauses]).toEqual([
      ['f01', 'f02'],
      [1000, 2000, 1000],
    ]);
    expect(failures).toEqual(Array.from({ length: 3 }, () => ({ name: 'facts', kind: 'Error', code: undefined })));
  });
});

describe('Nest’s EventBus, where a host asks for it', () => {
  it('publishes each fact; a handler that throws hears the next one', async () => {
    const ports = inMemory();
    running = await hostOf(ports, { eventBus: true, providers: [Told] });
    const told = running.get(Told);
    const unhandled = firstValueFrom(running.get(UnhandledExceptionBus));
    for (const staffId of ['f01', 'bad']) await register(ports, staffId);
    expect((await unhandled).cause).toBeInstanceOf(FactRecorded);
    const last = told.of('f02');
    await register(ports, 'f02');
    await last;
    expect(told.heard).toEqual(['f01', 'bad', 'f02']);
  });

  it('reaches the handlers of a host that sets its own CqrsModule.forRoot(), once', async () => {
    const ports = inMemory();
    running = await hostOf(ports, { eventBus: true, providers: [Told], cqrs: CqrsModule.forRoot() });
    const told = running.get(Told);
    const last = told.of('f02');
    for (const staffId of ['f01', 'f02']) await register(ports, staffId);
    await last;
    expect(told.heard).toEqual(['f01', 'f02']);
  });

  it('survives a publisher of the host’s own that throws', async () => {
    const ports = inMemory();
    const failures: unknown[] = [];
    const logger = { ...ports.logger, error: (_: string, values: unknown) => failures.push(values) };
    running = await hostOf({ ...ports, logger }, { eventBus: true });
    const second = firstValueFrom(running.get(Facts).facts$.pipe(take(2), toArray()));
    running.get(EventBus).publisher = {
      publish: () => {
        throw new Error('no broker');
      },
    };
    for (const staffId of ['f01', 'f02']) await register(ports, staffId);
    await second;
    expect(failures).toEqual(Array.from({ length: 2 }, () => ({ name: 'event-bus', kind: 'Error', code: undefined })));
  });

  it('publishes nothing where nobody asks for it', async () => {
    const ports = inMemory();
    running = await hostOf(ports, { providers: [Told] });
    const written = firstValueFrom(running.get(Facts).facts$);
    await register(ports, 'f01');
    await written;
    expect(running.get(Told).heard).toEqual([]);
  });
});
