import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreUnavailable } from '@tichet-albastru/event-log/ports/event-store';
import { Background } from '../../src/infrastructure/nest/background';
import { followedTables } from '../../src/infrastructure/nest/tables';
import { createLogAlarm } from '../../src/infrastructure/proof/alarm/log-alarm';
import { createMemoryCheckpointStore, createNoteSigner } from '@tichet-albastru/signed-log';
import { createTestPorts } from '../../src/infrastructure/testing/test-ports';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { appendSmall } from '../support/small-events';

const key = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 3));

/** A background with work beside the effects that says whether it goes on. */
const started = async ({ processes = true, alarmed = true, checkpoints = createMemoryCheckpointStore() } = {}) => {
  const rows = new MemoryReadModels();
  const ports = createTestPorts({ readModels: rows });
  const alarm = createLogAlarm({ keyValues: ports.operations.keyValues, clock: ports.clock, logger: ports.logger });
  let goesOn = 0;
  const work = async (signal: AbortSignal): Promise<void> => {
    goesOn += 1;
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
    });
    goesOn -= 1;
  };
  const background = new Background(ports, rows, followedTables(), {
    processes,
    tasks: [{ name: 'work', work }],
    ...(alarmed && { sealing: { checkpoints, key, alarm } }),
  });
  await background.start();
  return { ports, alarm, checkpoints, background, goesOn: () => goesOn };
};
const until = async (is: () => boolean): Promise<void> => {
  while (!is()) await sleep(10);
};

describe('what goes on beside the requests', () => {
  it('stops sending while the alarm stands, is not ready, and begins again when it is cleared', async () => {
    const { alarm, background, goesOn } = await started();
    await until(() => goesOn() === 1);
    await alarm.raise({ reason: 'log-shorter', number: 3 });
    await until(() => goesOn() === 0);
    expect(await background.readiness()).toBe('log-corrupt');
    await alarm.clear('command-line', 'looked');
    await until(() => goesOn() === 1);
    expect(await background.readiness()).toBe('ready');
    await background.stop();
  });

  it('without an ear for the alarm it would go on: the test would see it', async () => {
    const { alarm, background, goesOn } = await started({ alarmed: false });
    await until(() => goesOn() === 1);
    await alarm.raise({ reason: 'log-shorter', number: 3 });
    await sleep(50);
    expect(goesOn()).toBe(1);
    await background.stop();
  });

  it('seals also where another process performs the effects, and at the end what waits', async () => {
    const { ports, checkpoints, background } = await started({ processes: false });
    await appendSmall(ports.store, 7);
    await background.stop();
    expect(await checkpoints.newest()).toContain('\n7\n');
  });

  it('goes on sealing after an outage, and raises no alarm for it', async () => {
    const whole = createMemoryCheckpointStore();
    let full = true;
    const checkpoints = {
      ...whole,
      append: (note: string, size: number) =>
        full ? Promise.reject(new EventStoreUnavailable('full', 'ENOSPC')) : whole.append(note, size),
    };
    const { ports, alarm, background } = await started({ checkpoints });
    await appendSmall(ports.store, 150);
    await sleep(50);
    full = false;
    let sealed = false;
    while (!sealed) {
      await sleep(20);
      sealed = (await whole.newest())?.includes('\n150\n') === true;
    }
    expect(alarm.standing()).toBeUndefined();
    await background.stop();
  });

  it('raises the alarm when the signer meets a tree that it has not signed, and signs nothing more', async () => {
    const checkpoints = createMemoryCheckpointStore();
    const { ports, alarm, background } = await started({ checkpoints });
    await appendSmall(ports.store, 100);
    while ((await checkpoints.newest()) === undefined) await sleep(10);
    const other = createMemoryCheckpointStore();
    const { ports: another, background: stopped } = await started({ checkpoints: other });
    await appendSmall(another.store, 130, 'another');
    await stopped.stop();
    // somebody brings the seals of another log under the same key
    const foreign = (await other.newest()) ?? '';
    await checkpoints.append(foreign, 130);
    await appendSmall(ports.store, 100, 'later');
    await until(() => alarm.standing() !== undefined);
    expect(alarm.standing()?.fault.reason).toBe('signer-refuses');
    await background.stop();
    expect(await checkpoints.newest()).toBe(foreign);
  });
});
