import { registerStaff } from '../../../src/application/staff/register-staff';
import type { CommandContext } from '../../../src/application/kernel/execute';
import { EventStoreUnavailable, type EventStore, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { createTestPorts } from '../../../src/infrastructure/testing/test-ports';
import { contextAt } from '../../support/command-context';

const events = async (store: EventStore): Promise<readonly Recorded[]> => {
  const all: Recorded[] = [];
  for await (const event of store.readAll()) all.push(event);
  return all;
};

/** Ports over a store that can be exchanged under them, as a server is that comes back from a backup. */
const createWorld = (keys = createMemoryKeyStore()) => {
  let inner = createMemoryEventStore();
  let appends = 0;
  const store: EventStore = {
    append: (stream, expected, added) => {
      appends += 1;
      if (appends > 50) throw new Error('It tries for ever.');
      return inner.append(stream, expected, added);
    },
    read: (stream, from) => inner.read(stream, from),
    readAll: (options) => inner.readAll(options),
    subscribe: (options) => inner.subscribe(options),
    end: () => inner.end(),
  };
  const ports = createTestPorts({ store, keys });
  const context = (): CommandContext => contextAt(ports.clock.now(), ports.identifiers.next());
  const named = (name: string) =>
    registerStaff(ports)(context(), {
      staffId: 's001',
      name,
      role: 'executive',
      department: 'Urbanism',
      departmentCode: '425',
      email: 's001@primarie.example',
    });
  /** The log as it stood after so many events. */
  const putBackTo = async (count: number): Promise<void> => {
    const earlier = createMemoryEventStore();
    for (const { stream, revision, id, type, body, hash } of (await events(inner)).slice(0, count)) {
      const before = (await events(earlier)).findLast((event) => event.stream === stream);
      await earlier.append(stream, before ? { kind: 'at', revision: revision - 1, hash: before.hash } : { kind: 'no-stream' }, [
        { id, type, body, hash },
      ]);
    }
    inner = earlier;
  };
  return { ports, named, putBackTo, events: () => events(inner), exchange: (store: EventStore) => (inner = store) };
};

describe('a log that was put back to an earlier state under a running process', () => {
  it('is found out by the next append: the command is decided against what stands there now', async () => {
    const { named, putBackTo, events: all } = createWorld();
    for (const name of ['Ana Pop', 'Ana Marc', 'Ana Radu']) await named(name);
    const before = await all();
    // of the last one this process remembers nothing yet
    await putBackTo(before.length - 2);
    expect(isRefusal(await named('Ana Iacob'))).toBe(false);
    expect(await all()).toHaveLength(before.length - 1);
  });

  it('and went on from there in another way, is found out too', async () => {
    const one = createWorld();
    const other = createWorld(one.ports.keys);
    for (const name of ['Ana Pop', 'Ana Marc', 'Ana Radu']) await one.named(name);
    other.ports.clock.advance({ seconds: 1 });
    for (const name of ['Ion Pop', 'Ion Marc']) await other.named(name);
    one.exchange(other.ports.store);
    expect(isRefusal(await one.named('Ana Iacob'))).toBe(false);
  });
});

describe('a store that waits long for its server before it gives up', () => {
  it('is not asked again and again by one command', async () => {
    const { named, exchange, ports } = createWorld();
    await named('Ana Pop');
    let asked = 0;
    exchange({
      ...ports.store,
      read: createMemoryEventStore().read.bind(undefined),
      append: async () => {
        asked += 1;
        await new Promise((resolve) => setTimeout(resolve, 1600));
        throw new EventStoreUnavailable('away');
      },
    });
    await expect(named('Ana Marc')).rejects.toBeInstanceOf(EventStoreUnavailable);
    expect(asked).toBe(1);
  });
});
