import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { cutPower } from '../support/cut-power';
import { openDisk, type Disk } from '../support/disk';
import { fillDisk } from '../support/fill-disk';
import { itOnDisks } from '../support/on-disks';
import { createFolderCheckpointStore } from '@tichet-albastru/signed-log';
import { noteOf, hashesOf } from '../contract/checkpoint-store-contract';
import { acknowledgedUntil } from './acknowledged-until';
import { sealAgain } from './sealed-folder';

const full = process.env['FAULTS'] === 'full';
const cuts = full ? 40 : 2;
const itOnADisk = itOnDisks('ext4');

/** Lets a child append and seal, and cuts the power under it. @returns the sizes that it said were signed */
const cutWhileSealing = async (disk: Disk, ...variant: readonly string[]): Promise<readonly number[]> => {
  const sizes = await acknowledgedUntil({ program: 'sealing-child.ts', argv: [disk.folder, ...variant], within: 300 }, ({ pid }) => {
    cutPower(pid, disk);
  });
  return sizes.map(Number);
};

const onADisk = async (work: (disk: Disk) => Promise<void>, megabytes = 512): Promise<void> => {
  const disk = openDisk(megabytes);
  try {
    await work(disk);
  } finally {
    disk.remove();
  }
};

itOnADisk(`${cuts} power cuts take no signed checkpoint; tiles that they took are made anew, and every event is proved`, () =>
  onADisk(async (disk) => {
    const signed: number[] = [];
    for (let cut = 0; cut < cuts; cut += 1) {
      signed.push(...(await cutWhileSealing(disk)));
      disk.start();
      const { sizes, fault, proved, events } = await sealAgain(disk.folder);
      expect(fault).toBeUndefined();
      expect(signed.filter((size) => !sizes.includes(size))).toEqual([]);
      expect(proved).toBe(events);
    }
    // whatever the disk kept of them: without any tile it is the same
    rmSync(join(disk.folder, 'seal', 'tile'), { recursive: true });
    const { proved, events } = await sealAgain(disk.folder);
    expect(proved).toBe(events);
  }),
);

itOnADisk('a power cut takes checkpoints that nobody synced: the test would see it', () =>
  onADisk(async (disk) => {
    let lost: readonly number[] = [];
    for (let cut = 0; cut < 5 && lost.length === 0; cut += 1) {
      const signed = await cutWhileSealing(disk, 'no-datasync');
      disk.start();
      const { sizes } = await sealAgain(disk.folder);
      lost = signed.filter((size) => !sizes.includes(size));
    }
    expect(lost).not.toEqual([]);
  }),
);

itOnADisk('on a full disk a checkpoint is refused whole, those before it stay, and it is taken once there is room', () =>
  onADisk(async (disk) => {
    const checkpoints = createFolderCheckpointStore(join(disk.folder, 'seal'));
    await checkpoints.putTile({ level: 0, index: 0 }, hashesOf(100));
    let size = 0;
    for (; size < 50; size += 1) await checkpoints.append(noteOf(size + 1), size + 1);
    const free = fillDisk(disk.folder);
    const refused: unknown[] = [];
    // the last block of the file still has room for some
    for (let more = 0; more < 60; more += 1) {
      try {
        await checkpoints.append(noteOf(size + 1), size + 1);
        size += 1;
      } catch (error) {
        refused.push(errorCode(error));
      }
    }
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused)).toEqual(new Set(['ENOSPC']));
    await expect(checkpoints.putTile({ level: 0, index: 1 }, hashesOf(256))).rejects.toMatchObject({ code: 'ENOSPC' });
    free();
    await checkpoints.putTile({ level: 0, index: 1 }, hashesOf(256));
    const again = createFolderCheckpointStore(join(disk.folder, 'seal'));
    await again.append(noteOf(size + 1), size + 1);
    const notes: string[] = [];
    for await (const note of again.notes()) notes.push(note);
    expect(notes).toEqual(Array.from({ length: size + 1 }, (_, place) => noteOf(place + 1)));
  }, 16),
);
