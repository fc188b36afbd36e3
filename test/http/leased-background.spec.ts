import { setTimeout as sleep } from 'node:timers/promises';
import { EventLogCorrupt } from '@tichet-albastru/event-log/ports/event-store';
import { Background } from '../../src/infrastructure/nest/background';
import { followedTables } from '../../src/infrastructure/nest/tables';
import type { Lease } from '@tichet-albastru/event-log/database/postgres/lease';
import { createTestPorts, silentLogger } from '../../src/infrastructure/testing/test-ports';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { closing } from '../support/closing';

/** A lease that is always to be had, and how often it was taken. */
const freeLease = () => {
  const taken: string[] = [];
  const lease = (name: string): Lease => ({
    held: (signal, work) => {
      taken.push(name);
      return work(signal, () => !signal.aborted);
    },
  });
  return { taken, lease };
};

describe('what one process of all does', () => {
  it('on a broken log is not begun again, neither with the lease nor by taking it again', async () => {
    const rows = new MemoryReadModels();
    const ports = createTestPorts({ readModels: rows });
    ports.store.subscribe = async function* () {
      yield await Promise.reject(new EventLogCorrupt('a hole'));
    };
    const failures: unknown[] = [];
    const logger = { ...silentLogger, error: (...line: unknown[]) => failures.push(line) };
    const { taken, lease } = freeLease();
    const background = new Background({ ...ports, logger }, rows, followedTables(), { processes: false, lease });
    await background.start();
    await sleep(2500);
    expect(await background.readiness()).toBe('log-corrupt');
    await background.stop();
    expect({ taken, failures: failures.length }).toEqual({ taken: ['projections'], failures: 1 });
  });

  it('goes on with the next lease when holding one has failed', async () => {
    const rows = new MemoryReadModels();
    const ports = createTestPorts({ readModels: rows });
    const { taken, lease } = freeLease();
    let failed = false;
    const background = closing(
      new Background(ports, rows, followedTables(), {
        processes: false,
        lease: (name) => ({
          held: (signal, work) => {
            if (failed) return lease(name).held(signal, work);
            failed = true;
            return Promise.reject(new Error('no such table'));
          },
        }),
      }),
    );
    await background.start();
    while (taken.length === 0) await sleep(50);
    expect(await background.readiness()).toBe('ready');
  });
});

describe('what counts no longer', () => {
  it('is forgotten by whoever serves, and what still counts is not', async () => {
    const rows = new MemoryReadModels();
    const ports = createTestPorts({ readModels: rows });
    const { throttle } = ports.operations;
    const [before, then, now] = ['2020-01-01T00:00:00.000Z', '2020-01-02T00:00:00.000Z', ports.clock.now()];
    await throttle.hits('a', then, before, true);
    await throttle.hits('b', now, then, true);
    const background = closing(new Background(ports, rows, followedTables(), { processes: false }));
    await background.start();
    while ((await throttle.hits('a', then, before, false)).count > 0) await sleep(20);
    expect((await throttle.hits('b', now, then, false)).count).toBe(1);
  });

  it('is forgotten also where something else cannot be, which is said', async () => {
    const rows = new MemoryReadModels();
    const ports = createTestPorts({ readModels: rows });
    const { throttle, sessions } = ports.operations;
    const [before, then] = ['2020-01-01T00:00:00.000Z', '2020-01-02T00:00:00.000Z'];
    await throttle.hits('a', then, before, true);
    const failures: unknown[] = [];
    const logger = { ...silentLogger, error: (...line: unknown[]) => failures.push(line) };
    const operations = { ...ports.operations, sessions: { ...sessions, prune: () => Promise.reject(new Error('statement timeout')) } };
    const background = closing(new Background({ ...ports, operations, logger }, rows, followedTables(), { processes: false }));
    await background.start();
    while ((await throttle.hits('a', then, before, false)).count > 0) await sleep(20);
    expect(failures).toContainEqual(['background.failed', expect.objectContaining({ name: 'old-sessions' })]);
  });
});
