import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { noteNoticeInForce } from '../../../src/application/booking/notice-in-force';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import { noteNewInstallation } from '../../../src/application/privacy/retention';
import { recordingNoticeOf } from '../../../src/domain/ticket/request-ticket';
import { Background } from '../../../src/infrastructure/nest/background';
import { portsToken } from '../../../src/infrastructure/nest/tokens';
import { LiveStreams } from '../../../src/infrastructure/api/live-streams';
import { RequestRate } from '../../../src/infrastructure/api/access/request-rate';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { createTestPorts, type TestPorts } from '../../../src/infrastructure/testing/test-ports';

/** What stands in a port by value; what it holds is not asked again. */
const values: ReadonlySet<string> = new Set(['policies', 'cityHall']);
/** The ports that an application which runs already can be given anew. */
export const exchanged: ReadonlySet<string> = new Set([
  ...['store', 'codec', 'personalData', 'operations', 'mailer', 'video', 'documents', 'clock', 'identifiers', 'logger', 'correspondence'],
  ...['streamCache', 'keys', 'readModels', 'rows', ...values],
]);

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Stands for what is there now, however deep: each use asks for it again, so that what took it apart long ago follows as well. */
const standingFor = <T extends object>(current: () => T, isValue = false): T => {
  const parts = new Map<PropertyKey, unknown>();
  const part = (name: PropertyKey): unknown => {
    const now: unknown = Reflect.get(current(), name);
    if (typeof now !== 'function' && (isValue || !isObject(now))) return now;
    if (!parts.has(name)) {
      const called = (...given: readonly unknown[]): unknown => {
        const target = current();
        return Reflect.apply(Reflect.get(target, name) as () => unknown, target, given);
      };
      parts.set(name, typeof now === 'function' ? called : standingFor(() => Reflect.get(current(), name) as object));
    }
    return parts.get(name);
  };
  return new Proxy({} as T, {
    get: (_, name) => part(name),
    has: (_, name) => name in current(),
    ownKeys: () => Reflect.ownKeys(current()),
    getPrototypeOf: () => Reflect.getPrototypeOf(current()),
    getOwnPropertyDescriptor: (_, name) => {
      const described = Reflect.getOwnPropertyDescriptor(current(), name);
      return described && { value: part(name), writable: true, enumerable: described.enumerable ?? true, configurable: true };
    },
  });
};

type Running = {
  readonly app: NestFastifyApplication;
  readonly processes: boolean;
  ports: TestPorts;
  /** it was closed, or has held streams open, which end with it alone */
  over: boolean;
};

/**
 * Gives an application that runs already another world: store, tables, keys, clock, letters. To start one takes a hundred times as long. Who
 * has one has it alone; what it does in the background ends with `close`, and begins again for the next.
 */
export const createFresh = (start: (ports: TestPorts, processes: boolean) => Promise<NestFastifyApplication>) => {
  const idle: Running[] = [];

  const run = async (ports: TestPorts, processes: boolean): Promise<Running> => {
    const running = { ports, processes, over: false };
    const forwarded = Object.fromEntries(
      Object.entries(ports).map(([name, port]) => [
        name,
        exchanged.has(name) ? standingFor(() => Reflect.get(running.ports, name) as object, values.has(name)) : (port as unknown),
      ]),
    ) as TestPorts;
    const app = await start(forwarded, processes);
    const [streams, adapter] = [app.get(LiveStreams), app.getHttpAdapter()];
    const end = adapter.close.bind(adapter) as () => unknown;
    const begin = streams.begin.bind(streams);
    streams.begin = (holder) => {
      running.over = true;
      return begin(holder);
    };
    // Nest's application takes no assignment, and ends its adapter
    adapter.close = () => {
      running.over = true;
      return end();
    };
    return Object.assign(running, { app });
  };

  /** Between two worlds there is an empty one of long ago: what counts by the minute forgets. */
  const leave = (running: Running): void => {
    running.ports = createTestPorts({ clock: fixedClock('2000-01-01T00:00:00.000Z') });
    running.app.get(RequestRate).count('');
    idle.push(running);
  };

  const enter = async (running: Running, ports: TestPorts): Promise<Running> => {
    running.ports = ports;
    const { streamCache } = running.app.get<Ports>(portsToken);
    streamCache.forgetAll();
    await noteNewInstallation(ports);
    await noteNoticeInForce(ports, recordingNoticeOf(ports.policies, ports.cityHall.recordingNotice));
    await running.app.get(Background).start();
    return running;
  };

  return async (
    ports: TestPorts,
    processes: boolean,
  ): Promise<{ readonly app: NestFastifyApplication; readonly close: () => Promise<void> }> => {
    const place = idle.findIndex((running) => running.processes === processes && !running.over);
    const [found] = place < 0 ? [] : idle.splice(place, 1);
    const running = found === undefined ? await run(ports, processes) : await enter(found, ports);
    return {
      app: running.app,
      close: async () => {
        if (running.over || running.app.getHttpServer().listening) return running.app.close();
        await running.app.get(Background).stop();
        leave(running);
      },
    };
  };
};
