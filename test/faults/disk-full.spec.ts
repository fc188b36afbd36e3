import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { registerRequest } from '../../src/application/requests/register-request';
import { EventStoreUnavailable } from '@tichet-albastru/event-log/ports/event-store';
import { registerStaff } from '../../src/application/staff/register-staff';
import type { CommandContext } from '../../src/application/kernel/execute';
import { createApplication } from '../../src/infrastructure/service/application';
import { problemOf } from '../../src/infrastructure/api/problem/problem-filter';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { openedToken } from '../../src/infrastructure/nest/tokens';
import { createCommitQueue } from '@tichet-albastru/event-log/database/sqlite/commit-queue';
import { createStorageHealth, watchedStore } from '@tichet-albastru/event-log/database/storage-health';
import { createTestPorts, silentLogger } from '../../src/infrastructure/testing/test-ports';
import { settingsOf } from '../infrastructure/tools/command-line/captured';
import { lookupBody, mustBeDone, registered, staff } from '../http/support/service';
import { contextAt } from '../support/command-context';
import { closing } from '../support/closing';

const sqliteError = (code: string): Error => Object.assign(new Error('secret of andrei@exemplu.ro'), { code });

describe('an error of the disk', () => {
  it.each([
    'SQLITE_FULL',
    'SQLITE_IOERR',
    'SQLITE_IOERR_WRITE',
    'SQLITE_BUSY',
    'SQLITE_BUSY_SNAPSHOT',
    'SQLITE_READONLY',
    'ENOSPC',
    'EROFS',
  ])('%s is answered as an outage, with the time to come back', (code) => {
    expect(problemOf(sqliteError(code)).problem).toEqual({ code: 'unavailable', retryAfterSeconds: 5 });
    expect(problemOf(new EventStoreUnavailable('full', code)).problem.code).toBe('unavailable');
  });

  it.each(['SQLITE_ERROR', 'SQLITE_CONSTRAINT_UNIQUE', 'ENOENT'])('%s stays a bug', (code) => {
    expect(problemOf(sqliteError(code)).problem.code).toBe('internal');
  });

  it('of a write or its undoing reaches whoever asked, ends no process, and is forgotten with the next write', async () => {
    const lines: unknown[] = [];
    const health = createStorageHealth({ ...silentLogger, error: (...line) => lines.push(line), info: (...line) => lines.push(line) });
    const database = openSqlite(':memory:');
    let full = true;
    const prepare = database.prepare.bind(database);
    database.prepare = ((sql: string) => {
      const statement = prepare(sql);
      if (sql !== 'COMMIT' && sql !== 'ROLLBACK') return statement;
      return {
        run: () => {
          if (full) throw sqliteError(sql === 'COMMIT' ? 'SQLITE_FULL' : 'SQLITE_IOERR');
          return statement.run();
        },
      };
    }) as typeof database.prepare;
    const queue = createCommitQueue(database, health.folder);
    await expect(queue.run(() => 1)).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(health.failing()).toEqual([{ place: 'folder', code: 'SQLITE_FULL' }]);
    full = false;
    database.exec('ROLLBACK');
    await expect(queue.run(() => 2)).resolves.toBe(2);
    expect(health.failing()).toEqual([]);

    expect(JSON.stringify(lines)).not.toMatch(/secret|andrei/);
    expect(lines.at(-1)).toEqual(['storage.recovered', { place: 'folder' }]);
  });

  it('of the event store is told by its code; a conflict says nothing about the disk', async () => {
    const health = createStorageHealth(silentLogger);
    const full = [{ place: 'log', code: 'SQLITE_FULL' }];
    const { store } = createTestPorts();
    const append = store.append.bind(store);
    store.append = () => Promise.reject(new EventStoreUnavailable('full', 'SQLITE_FULL'));
    const event = { id: 'i1', type: 'Noted', body: '{}', hash: 'ab'.repeat(32) };
    const noted = (): Promise<unknown> => watched.append('a-1', { kind: 'no-stream' }, [event]);
    const watched = watchedStore({ ...store }, health.log);
    await expect(noted()).rejects.toThrow(EventStoreUnavailable);
    expect(health.failing()).toEqual(full);
    const mended = watchedStore({ ...store, append }, health.log);
    await mended.append('a-1', { kind: 'at', revision: 4, hash: event.hash }, [event]);
    expect(health.failing()).toEqual(full);
    await mended.append('a-1', { kind: 'no-stream' }, [event]);
    expect(health.failing()).toEqual([]);
  });
});

describe('a service whose disk fails', () => {
  it('answers 503 with Retry-After, is not ready, tells the code alone, and goes on by itself', async () => {
    const lines: unknown[] = [];
    const logger = { ...silentLogger, error: (...line: unknown[]) => lines.push(line) };
    const ports = createTestPorts({ logger });
    const storage = createStorageHealth(logger);
    let full = false;
    const { keyValues, throttle } = ports.operations;
    const write = async <T>(work: () => Promise<T>): Promise<T> => {
      if (full) {
        storage.folder.failed(sqliteError('SQLITE_FULL'));
        throw sqliteError('SQLITE_FULL');
      }
      const result = await work();
      storage.folder.wrote();
      return result;
    };
    const failing = createTestPorts({
      ...ports,
      operations: {
        ...ports.operations,
        throttle: { ...throttle, take: (...asked) => write(() => throttle.take(...asked)) },
        keyValues: { ...keyValues, put: (...put) => write(() => keyValues.put(...put)) },
      },
    });
    storage.watch('folder', (thoroughly) => (thoroughly ? failing.operations.keyValues.put('tried', 'again') : Promise.resolve()));
    const app = closing(
      await createApplication({
        ports: { ...failing, tokenKey: new Uint8Array(32), storage },
        processes: false,
      }),
    );
    const lookup = () => app.inject({ method: 'POST', url: '/api/v1/requests/lookup', payload: lookupBody });
    const ready = async () => {
      const { statusCode, body } = await app.inject({ url: '/health/ready' });
      return [statusCode, body];
    };
    expect(await ready()).toEqual([200, '{"status":"ready"}']);
    full = true;
    const answer = await lookup();
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json()).toMatchObject({ code: 'unavailable' });
    const failingFolder = '"failing":[{"place":"folder","code":"SQLITE_FULL"}]';
    expect(await ready()).toEqual([503, `{"status":"storage-failing",${failingFolder}}`]);
    expect(answer.body + JSON.stringify(lines)).not.toMatch(/secret|andrei/i);
    expect(lines).toContainEqual(['http.unavailable', { method: 'POST', route: '/api/v1/requests/lookup', code: 'SQLITE_FULL' }]);
    full = false;
    expect(await ready()).toEqual([200, '{"status":"ready"}']);
    expect((await lookup()).statusCode).toBe(404);
  });

  it('on a disk that is really full: nothing half done stays, and the same command goes through once there is room', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tichet-full-'));
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder]).status !== 0) {
      rmSync(folder, { recursive: true });
      console.warn('SKIPPED: only root can mount a small disk here.');
      return;
    }
    const closing: (() => unknown)[] = [];
    try {
      const app = await createApplication({ settings: settingsOf(folder), processes: false });
      closing.unshift(() => app.close());
      const { ports } = app.get<OpenedPorts>(openedToken);
      const context: CommandContext = contextAt('2026-03-02T08:00:00.000Z', 'c1');
      const register = () => registerRequest(ports)(context, registered);
      const ready = async (): Promise<number> => (await app.inject({ url: '/health/ready' })).statusCode;
      expect(await ports.readModels.reached(await ports.store.end(), 600_000)).toBe(true);
      expect(await ready()).toBe(200);
      mustBeDone(await registerStaff(ports)({ ...context, commandId: 'c0' }, staff.s002));
      const end = await ports.store.end();
      const filler = join(folder, 'filler');
      for (let size = 64 * 1024; size >= 1; size = Math.floor(size / 2)) {
        try {
          for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
        } catch (error) {
          expect(error).toMatchObject({ code: 'ENOSPC' });
        }
      }
      await expect(register()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
      expect(await ready()).toBe(503);
      const answer = await app.inject({ method: 'POST', url: '/api/v1/requests/lookup', payload: lookupBody });
      expect(answer.statusCode).toBe(503);
      expect(await ports.store.end()).toBe(end);
      rmSync(filler);
      expect(await ready()).toBe(200);
      expect(await register()).toMatchObject({ position: await ports.store.end() });
    } finally {
      for (const close of closing) await close();
      spawnSync('umount', [folder]);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
