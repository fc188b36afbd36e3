import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreUnavailable } from '@tichet-albastru/event-log/ports/event-store';
import { currentStaff } from '../../src/application/kernel/streams';
import { registerStaff } from '../../src/application/staff/register-staff';
import { readSettings } from '../../src/infrastructure/config/settings';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { openedToken } from '../../src/infrastructure/nest/tokens';
import { AcknowledgedGone, LogReadOnly } from '../../src/infrastructure/proof/alarm/log-alarm';
import { unlessThrown } from '@tichet-albastru/kernel/error-code';
import { createApplication } from '../../src/infrastructure/service/application';
import { demoStaff } from '../../src/infrastructure/tools/demo/cast';
import { contextOfCommandLine } from '../../src/infrastructure/tools/local-socket/socket-service';
import { environmentOf, tichetIn } from '../infrastructure/tools/command-line/captured';
import { closing, emptyFolder, endsByItself } from '../support/closing';
import { Emulator } from '../support/eventstoredb/emulator';
import { collected } from '../support/noted';
import { askDatabase, createTestDatabase } from '../support/postgres';

const idOf = (place: number): string => demoStaff[place]?.staffId ?? 'nobody';

/** The service on this folder, as `tichet serve` has it. */
const served = async (folder: string, settings: Record<string, string> = {}) => {
  const app = await createApplication({ settings: readSettings({ ...environmentOf(folder), ...settings }, () => '').settings });
  const opened = app.get<OpenedPorts>(openedToken);
  const { ports, sealing } = opened;
  const fault = () => sealing?.alarm.standing()?.fault;
  return endsByItself(
    {
      ports,
      acknowledged: sealing?.acknowledged,
      fault,
      register: async (...places: readonly number[]) => {
        for (const place of places) {
          const person = demoStaff[place];
          if (person === undefined) throw new Error('no such person');
          await registerStaff(ports)(contextOfCommandLine(ports, 'p.test'), person);
        }
      },
      knows: async (place: number) =>
        (await unlessThrown(AcknowledgedGone, undefined, () => currentStaff(ports, idOf(place))))?.status === 'known',
      untilAlarmed: async () => {
        while (fault() === undefined) await sleep(20);
        return fault();
      },
      ready: async () => (await app.inject({ url: '/health/ready' })).json<{ status: string }>().status,
      stop: () => app.close(),
    },
    'stop',
  );
};

describe('of a file that was replaced under the running service', () => {
  const events = (folder: string) => join(folder, 'events.db');
  const copied = async (folder: string): Promise<string> => {
    const [database, copy] = [openSqlite(events(folder), { readonly: true }), join(emptyFolder(), 'copy.db')];
    await database.backup(copy);
    database.close();
    return copy;
  };
  const putInItsPlace = (folder: string, copy: string): void => {
    for (const name of readdirSync(folder)) if (name.startsWith('events.db-')) rmSync(join(folder, name));
    renameSync(copy, events(folder));
  };

  it('what lies there now is read: an older one lacks what was acknowledged, while it runs and at the next start', async () => {
    const folder = emptyFolder();
    const service = await served(folder);
    await service.register(0, 1);
    const older = await copied(folder);
    await service.register(2, 3);
    expect(await service.knows(3)).toBe(true);
    putInItsPlace(folder, older);
    expect(await service.untilAlarmed()).toMatchObject({ reason: 'acknowledged-missing', stream: `staff-${idOf(2)}`, missing: 2 });
    expect(await service.knows(3)).toBe(false);
    await expect(service.register(4)).rejects.toThrow(LogReadOnly);
    await service.stop();
    rmSync(join(folder, 'operations.db'));
    const again = await served(folder);
    expect([again.fault(), await again.ready()]).toEqual([expect.objectContaining({ missing: 2 }), 'log-corrupt']);
  });

  it('the same content raises nothing, and takes appends from the next start on', async () => {
    const folder = emptyFolder();
    const service = await served(folder);
    await service.register(0, 1);
    putInItsPlace(folder, await copied(folder));
    await new Promise<void>((resolve) => {
      service.acknowledged?.whenDropped(resolve);
    });
    expect(await service.acknowledged?.compare()).toBeUndefined();
    await expect(service.register(2)).rejects.toThrow(EventStoreUnavailable);
    expect(service.fault()).toBeUndefined();
    await service.stop();
    const again = await served(folder);
    await again.register(2);
    expect([await again.ready(), (await collected(again.ports.store.readAll())).length]).toEqual(['ready', 3]);
  });
});

it('of a database that was put back to an earlier state, behind the back of two processes, both find it, each by its own', async () => {
  const database = await createTestDatabase();
  const [first, second] = [emptyFolder(), emptyFolder()];
  const settings = {
    TICHET_EVENT_STORE: 'postgres',
    TICHET_POSTGRES_URL: database.url,
    TICHET_MASTER_KEY_FILE: join(first, 'master.key'),
  };
  const [one, other] = [await served(first, settings), await served(second, settings)];
  await one.register(0, 1);
  await other.register(2);
  expect([await one.knows(2), await other.knows(1)]).toEqual([true, true]);
  await askDatabase(
    database.url,
    'DROP TRIGGER events_never_change ON tichet.events; DELETE FROM tichet.events WHERE position > 1; UPDATE tichet.head SET position = 1',
  );
  await Promise.all([one.untilAlarmed(), other.untilAlarmed()]);
  while ((await one.knows(2)) || (await other.knows(1))) await sleep(20);
  await Promise.all([one.stop(), other.stop()]);
  const named = async (folder: string) => {
    const { exit, stdout } = await tichetIn({ ...environmentOf(folder), ...settings }, ['doctor']);
    return [exit, [1, 2].filter((place) => stdout.includes(`staff-${idOf(place)}`))];
  };
  // whoever signs remembers what others have acknowledged as well
  expect([await named(first), await named(second)]).toEqual([
    [6, expect.arrayContaining([1])],
    [6, expect.arrayContaining([2])],
  ]);
});

it('of an EventStoreDB whose log became another one, at the start', async () => {
  const [server, another] = [closing(await Emulator.start()), closing(await Emulator.start())];
  const folder = emptyFolder();
  const service = await served(folder, { TICHET_EVENT_STORE: 'eventstoredb', TICHET_EVENTSTOREDB_URL: server.url });
  await service.register(0, 1);
  await service.stop();
  const again = await served(folder, { TICHET_EVENT_STORE: 'eventstoredb', TICHET_EVENTSTOREDB_URL: another.url });
  expect(again.fault()).toMatchObject({ reason: 'acknowledged-missing', number: 0, stream: `staff-${idOf(0)}`, missing: 2 });
});
