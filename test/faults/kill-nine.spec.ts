import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recorded } from '../../src/application/ports/event-store';
import { lockDataFolder } from '../../src/infrastructure/data-folder/lock-data-folder';
import { openSqliteEventStore } from '../../src/infrastructure/event-store/sqlite/sqlite-event-store';
import { verifyChain } from '../../src/infrastructure/serialization/verify-chain';

const kills = process.env['FAULTS'] === 'full' ? 200 : 12;
const root = join(__dirname, '..', '..');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tichet-kill-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Lets a child append, kills it at a random moment after its first acknowledgements. @returns what it had acknowledged */
const killWhileAppending = (variant?: string): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const preload = join(root, 'test', 'support', 'typescript-in-threads.cjs');
    const child = spawn(
      process.execPath,
      ['--require', preload, join(__dirname, 'appending-child.ts'), folder, ...(variant ? [variant] : [])],
      { cwd: root },
    );
    let output = '';
    let complaint = '';
    let doomed = false;
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString();
      if (doomed) return;
      doomed = true;
      setTimeout(() => child.kill('SIGKILL'), Math.random() * 120);
    });
    child.stderr.on('data', (bytes: Buffer) => {
      complaint += bytes.toString();
    });
    child.on('close', () => {
      // the last line may be cut off: it was not acknowledged to anybody then
      const whole = output.slice(0, output.lastIndexOf('\n') + 1);
      if (doomed) resolve(whole.split(/\s/).filter(Boolean));
      else reject(new Error(complaint));
    });
  });

/** Ids in the log, whose chains and positions must be whole. */
const standing = async (): Promise<ReadonlySet<string>> => {
  const lock = lockDataFolder(folder);
  const store = await openSqliteEventStore({ folder });
  const streams = new Map<string, Recorded[]>();
  const ids = new Set<string>();
  for await (const event of store.readAll()) {
    ids.add(event.id);
    const events = streams.get(event.stream) ?? [];
    streams.set(event.stream, [...events, event]);
  }
  await store.close();
  lock.release();
  for (const events of streams.values()) {
    expect(verifyChain(events)).toBeUndefined();
    // an append of two is there whole or not at all
    expect(events.length % 2).toBe(0);
  }
  return ids;
};

it(
  `loses no acknowledged event in ${kills} kills, and the chains stay whole`,
  async () => {
    const acknowledged = new Set<string>();
    for (let kill = 0; kill < kills; kill += 1) {
      for (const id of await killWhileAppending()) acknowledged.add(id);
      if (kill % 4 !== 3) continue;
      const ids = await standing();
      expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
    }
    expect(acknowledged.size).toBeGreaterThan(kills);
  },
  kills * 10_000,
);

it('catches a store that acknowledges before the commit', async () => {
  let lost = 0;
  for (let kill = 0; kill < 10 && lost === 0; kill += 1) {
    const acknowledged = await killWhileAppending('early');
    const ids = await standing();
    lost = acknowledged.filter((id) => !ids.has(id)).length;
  }
  expect(lost).toBeGreaterThan(0);
}, 60_000);
