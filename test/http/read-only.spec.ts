import { type Database, openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { registerStaff } from '../../src/application/staff/register-staff';
import { createApplication } from '../../src/infrastructure/service/application';
import { localTokens } from '../../src/infrastructure/outside/identity/local-tokens';
import { contextOfCommandLine, performInService } from '../../src/infrastructure/tools/local-socket/socket-service';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { openedToken } from '../../src/infrastructure/nest/tokens';
import { LogReadOnly, clearedKey } from '../../src/infrastructure/proof/alarm/log-alarm';
import { demoStaff } from '../../src/infrastructure/tools/demo/cast';
import { settingsOf, tichet } from '../infrastructure/tools/command-line/captured';
import { closing, emptyFolder } from '../support/closing';

/** The service on this folder, as `tichet serve` has it. */
const served = async (folder: string) => {
  const app = await createApplication({ settings: settingsOf(folder) });
  const opened = app.get<OpenedPorts>(openedToken);
  const { ports } = opened;
  return {
    app,
    opened,
    ports,
    register: (place: number) => {
      const person = demoStaff[place];
      if (person === undefined) throw new Error('no such person');
      return registerStaff(ports)(contextOfCommandLine(ports, 'p.test'), person);
    },
    ready: async () => (await app.inject({ url: '/health/ready' })).json<{ status: string }>().status,
    metric: async (name: string) => {
      const { body } = await app.inject({ url: '/metrics' });
      return new RegExp(`^${name} (.+)$`, 'm').exec(body)?.[1];
    },
    stop: async () => {
      await app.close();
    },
  };
};

const inEvents = (folder: string, work: (database: Database) => void): void => {
  const database = openSqlite(join(folder, 'events.db'));
  database.exec('DROP TRIGGER IF EXISTS events_never_change; DROP TRIGGER IF EXISTS events_never_go');
  work(database);
  database.close();
};
/** Every time of this event an hour later, and back: the same length, and whole JSON. */
const change = (folder: string, from: string, to: string): void => {
  inEvents(folder, (database) => {
    database.prepare('UPDATE events SET data = replace(data, ?, ?) WHERE position = 2').run(from, to);
  });
};

describe('a service that seals its log', () => {
  it('signs what waits when it ends, however short it lived, and goes on under the same name', async () => {
    const folder = emptyFolder();
    for (const place of [0, 1]) {
      const service = await served(folder);
      await service.register(place);
      await service.stop();
      const { exit, stdout } = await tichet(folder, 'seal', '--json');
      expect(exit).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject({ size: place + 1, waiting: 0, signedAt: expect.any(String) });
    }
    const { stdout } = await tichet(folder, 'seal');
    expect(stdout).toMatch(/events signed\s+2\n/);
    expect(stdout).toMatch(/127\.0\.0\.1\/tichet-albastru\+[0-9a-f]{8}\+/);
  });

  it('tells in numbers how far the seal is', async () => {
    const folder = emptyFolder();
    const service = await served(folder);
    await service.register(0);
    expect(await service.metric('tichet_seal_size')).toBe('0');
    expect(await service.metric('tichet_seal_waiting')).toBe('1');
    expect(await service.metric('tichet_seal_alarm')).toBe('0');
    expect(await service.metric('tichet_seal_age_seconds')).toBeUndefined();
    await service.stop();
    const again = closing(await served(folder));
    expect(await again.metric('tichet_seal_size')).toBe('1');
    expect(Number(await again.metric('tichet_seal_age_seconds'))).toBeGreaterThanOrEqual(0);
  });
});

describe('a log that was changed after it was sealed', () => {
  it('makes the service read only, over restarts, until it is as it was and a person has cleared the alarm', async () => {
    const folder = emptyFolder();
    const first = await served(folder);
    for (const place of [0, 1, 2]) await first.register(place);
    await first.stop();
    const recordedAt = openSqlite(join(folder, 'events.db'), { readonly: true })
      .prepare('SELECT data FROM events WHERE position = 2')
      .pluck()
      .get();
    const [, at = ''] = /"recordedAt":"([^"]+)"/.exec(String(recordedAt)) ?? [];
    const other = at.replace(/^2/, '1');

    change(folder, at, other);
    for (const restart of [1, 2]) {
      const service = await served(folder);
      expect([restart, await service.ready()]).toEqual([restart, 'log-corrupt']);
      await expect(service.register(3)).rejects.toThrow(LogReadOnly);
      expect(await service.metric('tichet_seal_alarm')).toBe('1');
      const token = await localTokens(service.opened.tokenKey, service.ports.clock).official({ role: 'admin', person: 'p.admin' });
      const headers = { authorization: `Bearer ${token}`, 'accept-language': 'ro', 'idempotency-key': 'k' };
      const { staffId, ...person } = demoStaff[3] ?? { staffId: '' };
      const refused = await service.app.inject({ method: 'PUT', url: `/api/v1/staff/${staffId}`, headers, payload: person });
      expect(refused.statusCode).toBe(503);
      expect(refused.headers['retry-after']).toBe('300');
      expect(refused.json()).toMatchObject({ code: 'read-only', detail: expect.stringMatching(/^Programările sunt oprite/) });
      expect((await service.app.inject({ url: '/' })).statusCode).toBe(200);
      const office = await performInService(
        service.opened,
        { command: 'import', what: 'staff', text: JSON.stringify(demoStaff[3]) },
        'ion',
      );
      expect(office).toMatchObject({ exit: 1, value: { code: 'read-only' } });
      const clear = await performInService(service.opened, { command: 'clear-seal-alarm', reason: 'nimic' }, 'ion');
      expect(clear).toMatchObject({ exit: 6, value: { outcome: 'stands', fault: { reason: 'hash-differs', number: 2 } } });
      await service.stop();
    }
    const doctor = await tichet(folder, 'doctor', '--json');
    expect(doctor.stdout).toContain('"seal-alarm"');
    expect((await tichet(folder, 'seal')).exit).toBe(6);
    expect((await tichet(folder, 'seal', 'clear', '--reason', 'x')).exit).toBe(6);

    change(folder, other, at);
    const mended = await served(folder);
    expect(await mended.ready()).toBe('log-corrupt');
    await expect(mended.register(3)).rejects.toThrow(LogReadOnly);
    expect(await performInService(mended.opened, { command: 'clear-seal-alarm', reason: 'pus la loc' }, 'ion')).toMatchObject({ exit: 0 });
    await mended.register(3);
    while ((await mended.ready()) !== 'ready') await sleep(20);
    expect(await mended.ports.operations.keyValues.get(clearedKey)).toContain('pus la loc');
    await mended.stop();
    const now = await tichet(folder, 'seal', '--json');
    expect([now.exit, JSON.parse(now.stdout)]).toEqual([0, expect.objectContaining({ size: 4, waiting: 0 })]);
    expect((await tichet(folder, 'seal', 'clear', '--reason', 'x')).stdout).toContain('no alarm');
  });

  it('is found shorter at the start, which nothing in the log itself could tell', async () => {
    const folder = emptyFolder();
    const first = await served(folder);
    for (const place of [0, 1, 2]) await first.register(place);
    await first.stop();
    inEvents(folder, (database) => database.exec('DELETE FROM events WHERE position = 3'));
    rmSync(join(folder, 'acknowledged'), { recursive: true });
    const service = closing(await served(folder));
    expect(service.opened.sealing?.alarm.standing()?.fault).toEqual({ reason: 'log-shorter', number: 3 });
    expect(await service.ready()).toBe('log-corrupt');
  });

  it('is missed at the start by the event that was acknowledged, though no seal says anything of it, and until it stands there again', async () => {
    const folder = emptyFolder();
    const first = await served(folder);
    for (const place of [0, 1, 2]) await first.register(place);
    await first.stop();
    rmSync(join(folder, 'seal'), { recursive: true });
    const whole = readFileSync(join(folder, 'events.db'));
    inEvents(folder, (database) => database.exec('DELETE FROM events WHERE position = 3'));
    const service = await served(folder);
    const stream = `staff-${demoStaff[2]?.staffId}`;
    expect(service.opened.sealing?.alarm.standing()?.fault).toMatchObject({
      reason: 'acknowledged-missing',
      number: 3,
      stream,
      missing: 1,
    });
    expect(await service.ready()).toBe('log-corrupt');
    expect(await service.metric('tichet_acknowledged_missing')).toBe('1');
    await expect(service.register(3)).rejects.toThrow(LogReadOnly);
    const clear = () => performInService(service.opened, { command: 'clear-seal-alarm', reason: 'văzut' }, 'ion');
    expect(await clear()).not.toMatchObject({ exit: 0 });
    await service.stop();
    const [doctor, verify] = [await tichet(folder, 'doctor'), await tichet(folder, 'verify')];
    expect([doctor.exit, doctor.stdout]).toEqual([6, expect.stringContaining(stream)]);
    expect(doctor.stdout).toContain('tichet accept-log');
    expect([verify.exit, verify.stdout]).toEqual([6, expect.stringMatching(new RegExp(`no. 3 .*${stream}.* was acknowledged`))]);
    writeFileSync(join(folder, 'events.db'), whole);
    const again = closing(await served(folder));
    expect(await again.ready()).toBe('log-corrupt');
    expect(await performInService(again.opened, { command: 'clear-seal-alarm', reason: 'pus la loc' }, 'ion')).toMatchObject({ exit: 0 });
    await again.register(3);
  });

  it('raises the alarm while the service runs, and what is due does not go out', async () => {
    const folder = emptyFolder();
    const service = await served(folder);
    for (const place of [0, 1]) await service.register(place);
    const { sealing } = service.opened;
    await sealing?.alarm.raise({ reason: 'signer-refuses', number: 1 });
    expect(await service.ready()).toBe('log-corrupt');
    await service.stop();
    // nothing was signed of what is in doubt
    expect(JSON.parse((await tichet(folder, 'seal', '--json')).stdout)).toMatchObject({ size: 0, waiting: 2 });
  });
});
