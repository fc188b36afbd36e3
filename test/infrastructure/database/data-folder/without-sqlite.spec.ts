import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../docs/markdown';
import { booked } from '../../../package/host/expected';

let folder: string;
const living: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'without-sqlite-'));
});
afterEach(async () => {
  for (const child of living.splice(0)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

const support = (name: string): readonly string[] => ['--require', join(root, 'test/support', name)];
const lacking = [...support('typescript-in-threads.cjs'), ...support('without-sqlite.cjs')];
const program = join(__dirname, 'lock-child.ts');
const path = (): string => join(folder, 'lock.pid');

const said = (preloads: readonly string[], ...steps: readonly string[]): unknown => {
  const { stdout, stderr } = spawnSync(process.execPath, [...preloads, program, folder, ...steps], { encoding: 'utf8' });
  return stdout === '' ? stderr : JSON.parse(stdout);
};
/** Has done what it was told to, and lives. */
const stays = async (preloads: readonly string[], ...steps: readonly string[]): Promise<ChildProcess> => {
  const child = spawn(process.execPath, [...preloads, program, folder, ...steps, 'stay'], { stdio: ['ignore', 'pipe', 'inherit'] });
  living.push(child);
  await once(child.stdout, 'data');
  return child;
};

describe('a data folder where SQLite cannot be loaded', () => {
  it('is taken by one, and given back without a trace', () => {
    expect(said(lacking, 'take', 'take', 'release', 'take', 'release')).toEqual(['take', 'DataFolderInUse', 'release', 'take', 'release']);
    expect(existsSync(path())).toBe(false);
  });

  it('is refused while another process that lives has it', async () => {
    const holder = await stays(lacking, 'take');
    expect(readFileSync(path(), 'utf8')).toBe(String(holder.pid));
    expect(said(lacking, 'take')).toEqual(['DataFolderInUse']);
    expect(readFileSync(path(), 'utf8')).toBe(String(holder.pid));
  });

  it('is taken over from one that has died', () => {
    expect(said(lacking, 'take')).toEqual(['take']);
    expect(existsSync(path())).toBe(true);
    expect(said(lacking, 'take', 'release')).toEqual(['take', 'release']);
  });

  it.each(['', 'no number', '-1'])('is taken over where the file says %j', (text) => {
    writeFileSync(path(), text);
    expect(said(lacking, 'take')).toEqual(['take']);
  });

  it('a folder that is none is told in a sentence', () => {
    writeFileSync(join(folder, 'file'), '');
    const { stdout } = spawnSync(process.execPath, [...lacking, program, join(folder, 'file'), 'take'], { encoding: 'utf8' });
    expect(JSON.parse(stdout)).toEqual(['DataFolderUnusable']);
  });

  it('a booking is made on memory, from the request until it is scheduled', () => {
    const main = (eventStore: string) =>
      spawnSync(process.execPath, [...lacking, join(root, 'test/package/host/main.ts'), eventStore], { encoding: 'utf8' });
    const { stdout, stderr } = main('memory');
    expect({ stderr, booking: JSON.parse(stdout || 'null') as unknown }).toEqual({ stderr: '', booking: booked });
    // SQLite is missing there indeed
    expect(main('sqlite')).toMatchObject({ status: 1, stderr: expect.stringContaining('better_sqlite3.node') });
  });
});

describe('where SQLite can be loaded', () => {
  const whole = support('typescript-in-threads.cjs');

  it('its own lock is taken, for a log in memory too', async () => {
    await stays(whole, 'take');
    expect(existsSync(path())).toBe(false);
    expect(said(whole, 'take')).toEqual(['DataFolderInUse']);
    expect(said(whole, 'take-with-sqlite')).toEqual(['DataFolderInUse']);
  });
});
