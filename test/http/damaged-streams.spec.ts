import { pause } from '@tichet-albastru/kernel/pause';
import { currentStaff } from '../../src/application/kernel/streams';
import { registerStaff } from '../../src/application/staff/register-staff';
import { readSettings } from '../../src/infrastructure/config/settings';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { openedToken } from '../../src/infrastructure/nest/tokens';
import { LogReadOnly } from '../../src/infrastructure/proof/alarm/log-alarm';
import { openDamage } from '../../src/infrastructure/proof/damaged-streams';
import { createApplication } from '../../src/infrastructure/service/application';
import { demoStaff } from '../../src/infrastructure/tools/demo/cast';
import { contextOfCommandLine, performInService } from '../../src/infrastructure/tools/local-socket/socket-service';
import { environmentOf } from '../infrastructure/tools/command-line/captured';
import { closing, emptyFolder, endsByItself } from '../support/closing';
import { Emulator } from '../support/eventstoredb/emulator';

const [first, second] = demoStaff;
if (first === undefined || second === undefined) throw new Error('There is nobody.');

/** Beside the streams of the procedure those by which the service itself goes. */
const streams = [
  `staff-${first.staffId}`,
  'calendar-ro',
  'ops-people',
  'ops-staff-directory',
  'ops-log.accepted',
  'ops-log.damaged',
  'reading-p.1_2026-03-02',
];

const servedOn = (server: Emulator) => {
  const settings = { ...environmentOf(emptyFolder()), TICHET_EVENT_STORE: 'eventstoredb', TICHET_EVENTSTOREDB_URL: server.url };
  return async () => {
    const app = await createApplication({ settings: readSettings(settings, () => '').settings });
    const opened = app.get<OpenedPorts>(openedToken);
    const { ports, sealing } = opened;
    const service = {
      ...{ opened, ports },
      stop: () => app.close(),
      fault: () => sealing?.alarm.standing()?.fault,
      look: () => sealing?.streams?.look(),
      close: async (stream: string) => (await performInService(opened, { command: 'close-stream', stream, reason: 'x' }, 'ion')).exit,
      register: (person: typeof first) => registerStaff(ports)(contextOfCommandLine(ports, 'p.test'), person),
      open: () => openDamage(ports.store, { anew: true }),
      ready: async () => (await app.inject({ url: '/health/ready' })).json<{ status: string }>().status,
    };
    return endsByItself(service, 'stop');
  };
};

it('whatever the stream is that was deleted, the service starts, reads everything else and says which one it is', async () => {
  const server = closing(await Emulator.start());
  const served = servedOn(server);
  const before = await served();
  await before.register(first);
  await before.stop();
  for (const stream of streams) {
    // deleted where it never was any, too: nobody can say what stood there
    server.log.setMetadata(stream, {});
    server.log.softDelete(stream);
    const service = await served();
    expect([stream, service.fault(), await service.ready()]).toEqual([
      stream,
      { reason: 'stream-damaged', number: 0, stream, revision: 0, how: 'deleted' },
      'log-corrupt',
    ]);
    await expect(service.register(second)).rejects.toThrow(LogReadOnly);
    if (!stream.startsWith('staff-')) expect((await currentStaff(service.ports, first.staffId)).status).not.toBe('unknown');
    await service.stop();
    server.log.takeBack(stream);
    const mended = await served();
    expect([stream, mended.fault()]).toEqual([stream, undefined]);
    await mended.stop();
  }
  const service = await served();
  expect(await service.close(streams[0] ?? '')).toBe(3);
  await service.register(second);
});

it('also where the very stream was deleted for ever in which it stands what was closed, everything can be closed, and all others go on', async () => {
  const server = closing(await Emulator.start());
  const served = servedOn(server);
  const gone: string[] = [];
  let service = await served();
  for (const stream of ['calendar-ro', 'ops-log.damaged', 'ops-log.damaged.2']) {
    gone.push(stream);
    server.log.tombstone(stream);
    // a look that finds nothing asks nobody: without a pause the server's own news would never be read
    while (service.fault() === undefined) {
      await service.look();
      await pause(10);
    }
    await expect(service.register(second)).rejects.toThrow(LogReadOnly);
    // what was closed there stays so, and may be closed again
    const closings = gone.length > 2 ? gone : [stream];
    for (const one of closings) expect([one, await service.close(one)]).toEqual([one, 0]);
    await service.look();
    expect([stream, service.fault()]).toEqual([stream, undefined]);
    await service.stop();
    service = await served();
    expect([stream, service.fault()]).toEqual([stream, undefined]);
  }
  await service.register(second);
});

it('a closing is about what was done before it: mended and done once more, also while nobody served, it is to be decided anew', async () => {
  const server = closing(await Emulator.start());
  const served = servedOn(server);
  const [stream, never] = [`staff-${first.staffId}`, 'calendar-ro'];
  let service = await served();
  await service.register(first);
  const untilFault = async (): Promise<unknown> => {
    // a look that finds nothing asks nobody: without a pause the server's own news would never be read
    while (service.fault() === undefined) {
      await service.look();
      await pause(10);
    }
    return service.fault();
  };
  server.log.softDelete(stream);
  await untilFault();
  expect(await service.close(stream)).toBe(0);
  await service.look();
  expect(service.fault()).toBeUndefined();
  // while it runs
  server.log.takeBack(stream);
  await service.register(first);
  server.log.softDelete(stream);
  expect(await untilFault()).toMatchObject({ stream, how: 'deleted' });
  expect(await service.close(stream)).toBe(0);
  await service.look();
  await service.register(second);
  await service.stop();
  // a start of itself asks nobody again
  service = await served();
  expect(service.fault()).toBeUndefined();
  await service.stop();
  // and while nobody served
  server.log.takeBack(stream);
  server.log.softDelete(stream);
  service = await served();
  expect(service.fault()).toMatchObject({ stream, how: 'deleted' });
  expect([await service.close(stream), await service.close(never)]).toEqual([0, 3]);
  expect(await service.open()).toEqual([]);
});
