import { lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { cutPower } from '../support/cut-power';
import { type Disk, fileSystems, openDisk } from '../support/disk';
import { itOnDisks } from '../support/on-disks';
import { acknowledgedUntil } from './acknowledged-until';
import { broken } from './over-http/broken';
import { standing } from './standing';

const full = process.env['FAULTS'] === 'full';
const cuts = full ? 40 : 2;

/** Lets a child append, and cuts the power under it. @returns what it had acknowledged */
const cutWhileAppending = (disk: Disk, environment: NodeJS.ProcessEnv = {}): Promise<readonly string[]> =>
  acknowledgedUntil({ program: 'appending-child.ts', argv: [disk.folder], environment, within: full ? 600 : 200 }, ({ pid }) => {
    cutPower(pid, disk);
  });

const standingAfter = async (disk: Disk): Promise<ReadonlySet<string>> => {
  disk.start();
  const lock = lockDataFolder(disk.folder);
  const store = await openSqliteEventStore({ folder: disk.folder });
  const ids = await standing(store);
  await store.close();
  lock.release();
  return ids;
};

describe.each(full ? fileSystems : fileSystems.slice(0, 1))('on a disk with %s', (fileSystem) => {
  const itCuts = itOnDisks(fileSystem);

  itCuts(`${cuts} power cuts under load take no acknowledged event, and the chains stay whole`, async () => {
    const disk = openDisk(1024, fileSystem);
    try {
      const acknowledged = new Set<string>();
      for (let cut = 0; cut < cuts; cut += 1) {
        for (const id of await cutWhileAppending(disk)) acknowledged.add(id);
        const ids = await standingAfter(disk);
        expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
      }
      expect(acknowledged.size).toBeGreaterThan(cuts);
      if (full) process.stderr.write(`${JSON.stringify({ fileSystem, cuts, acknowledged: acknowledged.size })}\n`);
    } finally {
      disk.remove();
    }
  });

  itCuts('a power cut takes what a store acknowledged with synchronous=NORMAL', async () => {
    const disk = openDisk(1024, fileSystem);
    try {
      // one that comes right after a checkpoint, which syncs, may take nothing
      let lost: readonly string[] = [];
      for (let cut = 0; cut < 10 && lost.length === 0; cut += 1) {
        const acknowledged = await cutWhileAppending(disk, broken('no-sync'));
        const ids = await standingAfter(disk);
        lost = acknowledged.filter((id) => !ids.has(id));
        if (full)
          process.stderr.write(
            `${JSON.stringify({ fileSystem, synchronous: 'normal', acknowledged: acknowledged.length, lost: lost.length })}\n`,
          );
      }
      expect(lost).not.toEqual([]);
    } finally {
      disk.remove();
    }
  });
});
