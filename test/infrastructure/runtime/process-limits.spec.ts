import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { Background } from '../../../src/infrastructure/nest/background';
import { followedTables } from '../../../src/infrastructure/nest/tables';
import { leastOpenFiles, lockHolder, openFileLimit } from '../../../src/infrastructure/runtime/open-files';
import { takeWarnings } from '../../../src/infrastructure/service/warnings';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { createTestPorts, silentLogger } from '../../../src/infrastructure/testing/test-ports';
import { closing, emptyFolder } from '../../support/closing';

const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux(
  'a service that may open few files says so at its start and to the doctor, and what Node warns of is a line of its log',
  async () => {
    const folder = emptyFolder();
    const warner = join(folder, 'warner.cjs');
    writeFileSync(warner, "setTimeout(() => process.emitWarning('11 abort listeners', 'MaxListenersExceededWarning'), 0)");
    const requires = [warner, './test/support/typescript-in-threads.cjs'].flatMap((file) => ['--require', file]);
    const data = join(folder, 'data');
    const child = spawn('sh', ['-c', 'ulimit -n 1024; exec "$0" "$@"', process.execPath, ...requires, 'src/main.ts'], {
      cwd: join(__dirname, '../../..'),
      env: { PATH: process.env['PATH'], PORT: '0', TICHET_DATA_DIR: data },
    });
    closing({ end: () => child.kill('SIGKILL') });
    let text = '';
    child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const lines: unknown[] = [];
    const awaited = [{ msg: 'service.started' }, { name: 'ThreadWarning' }, { name: 'MaxListenersExceededWarning' }];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(JSON.parse(line));
      if (awaited.every((one) => lines.some((said) => expect.objectContaining(one).asymmetricMatch(said)))) break;
    }
    expect(lines).toContainEqual(expect.objectContaining({ msg: 'service.few-open-files', limit: 1024, needed: leastOpenFiles }));
    expect(lines).toContainEqual(
      expect.objectContaining({ level: 'warn', msg: 'process.warning', name: 'MaxListenersExceededWarning', reason: '11 abort listeners' }),
    );
    const holder = lockHolder(join(data, 'lock.db'));
    expect({ holder, limit: holder && openFileLimit(holder) }).toEqual({ holder: child.pid, limit: 1024 });
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    expect(text).toBe('');
    // the threads have the same program before theirs
    expect(lines).toContainEqual(expect.objectContaining({ name: 'ThreadWarning', reason: expect.stringContaining('11 abort listeners') }));
  },
);

it('the limit is the soft one, and not known where there is none, or nobody tells', () => {
  const proc = emptyFolder();
  mkdirSync(join(proc, '7'));
  const told = (line: string): number | undefined => {
    writeFileSync(join(proc, '7/limits'), `Max processes  1  1\n${line}\n`);
    return openFileLimit(7, proc);
  };
  expect(told('Max open files            256                  4096                 files     ')).toBe(256);
  expect(told('Max open files            unlimited            unlimited            files     ')).toBeUndefined();
  expect(openFileLimit(8, proc)).toBeUndefined();
  expect([lockHolder(join(proc, 'lock.db'), proc), lockHolder(proc, proc)]).toEqual([undefined, undefined]);
});

it('what waits for the end of the service is no leak of listeners, however many wait', async () => {
  const rows = new MemoryReadModels();
  const ports = createTestPorts({ readModels: rows });
  const warned: Error[] = [];
  const hear = (warning: Error): void => void warned.push(warning);
  process.on('warning', hear);
  closing({ end: () => process.off('warning', hear) });
  const waiting: string[] = [];
  const tasks = Array.from({ length: 30 }, (_, n) => ({
    name: `task-${String(n)}`,
    work: (signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        waiting.push(`task-${String(n)}`);
        signal.addEventListener('abort', () => {
          resolve();
        });
      }),
  }));
  const background = new Background({ ...ports, logger: silentLogger }, rows, followedTables(), { processes: true, tasks });
  await background.start();
  while (waiting.length < 30) await sleep(20);
  await new Promise(setImmediate);
  await background.stop();
  expect(warned).toEqual([]);
});

it('a warning that comes before there is a log waits for it', async () => {
  const { EventEmitter } = await import('node:events');
  const from = new EventEmitter();
  const asText: unknown[] = [];
  from.on('warning', (warning) => asText.push(warning));
  const tell = takeWarnings(from);
  from.emit('warning', new Error('early'));
  const lines: unknown[] = [];
  tell({ ...silentLogger, warn: (...line) => lines.push(line) });
  from.emit('warning', Object.assign(new Error('late'), { name: 'DeprecationWarning', code: 'DEP0005' }));
  expect(asText).toEqual([]);
  expect(lines).toEqual([
    ['process.warning', { name: 'Error', reason: 'early', code: undefined }],
    ['process.warning', { name: 'DeprecationWarning', reason: 'late', code: 'DEP0005' }],
  ]);
});
