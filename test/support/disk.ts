import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, existsSync, readdirSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk in a file, with a file system of its own, whose power can be cut. */
export type Disk = {
  /** where it is mounted; readable by everybody */
  readonly folder: string;
  /** Whatever was written stands on the disk when this returns. */
  sync(): void;
  /** At once: what was not synced is gone, and whoever goes on with its files hears EIO. */
  cut(): void;
  /** The machine comes back: what stood on the disk is mounted again. Whoever had its files open has ended. */
  start(): void;
  remove(): void;
};

export const fileSystems = ['ext4', 'xfs'] as const;
export type FileSystem = (typeof fileSystems)[number];

/** mkfs.xfs refuses smaller ones; the file has holes where nothing was written. */
const leastMegabytes: Readonly<Record<FileSystem, number>> = { ext4: 8, xfs: 320 };
const make: Readonly<Record<FileSystem, readonly string[]>> = { ext4: ['-q', '-F', '-m', '0'], xfs: ['-q', '-f'] };
const inMemory = '/dev/shm';
const longestMilliseconds = 30_000;

/**
 * EXT4_IOC_SHUTDOWN, which is XFS_IOC_GOINGDOWN as well: the file system stops without flushing its journal (2), and nothing that is only
 * in memory reaches the disk any more. Node has no ioctl; Perl is on every system that has apt.
 */
const shutDown = 'my $how = pack("L", 2); open(my $disk, "<", $ARGV[0]) or die $!; ioctl($disk, 0x8004587D, $how) or die $!';

const run = (command: string, ...argv: readonly string[]): void => {
  const { status, error, stderr } = spawnSync(command, argv, { encoding: 'utf8', timeout: longestMilliseconds });
  if (status !== 0) throw new Error(`${command}: ${error?.message ?? stderr.trim()}`);
};

const nameOf = /^tichet-disk-(\d+)-/;
const lives = (pid: number): boolean => existsSync(`/proc/${String(pid)}`);

const removeFolder = (folder: string): void => {
  const mounted = join(folder, 'disk');
  // the loop device goes with the mount; with -l both go as soon as nobody has a file of it open
  if (spawnSync('umount', [mounted]).status !== 0) spawnSync('umount', ['-l', mounted]);
  rmSync(folder, { recursive: true, force: true });
};

/** Disks of tests that died. */
const removeLeftOvers = (): void => {
  for (const place of [inMemory, tmpdir()].filter(existsSync))
    for (const name of readdirSync(place)) {
      const [, pid] = nameOf.exec(name) ?? [];
      if (pid !== undefined && !lives(Number(pid))) removeFolder(join(place, name));
    }
};

/** In memory where there is plenty: what a disk forgets is decided by its file system, and nobody waits for the disk of this machine. */
const placeFor = (megabytes: number): string => {
  if (!existsSync(inMemory)) return tmpdir();
  const { bavail, bsize } = statfsSync(inMemory);
  return bavail * bsize > 2 * megabytes * 1024 * 1024 ? inMemory : tmpdir();
};

export const openDisk = (atLeastMegabytes: number, fileSystem: FileSystem = 'ext4'): Disk => {
  removeLeftOvers();
  const megabytes = Math.max(atLeastMegabytes, leastMegabytes[fileSystem]);
  const outside = mkdtempSync(join(placeFor(megabytes), `tichet-disk-${String(process.pid)}-`));
  const [image, folder] = [join(outside, 'image'), join(outside, 'disk')];
  const remove = (): void => {
    process.removeListener('exit', remove);
    removeFolder(outside);
  };
  process.once('exit', remove);
  const start = (): void => {
    run('mount', '-t', fileSystem, '-o', 'loop', image, folder);
  };
  try {
    // a server that runs as another user has to get there
    run('chmod', '755', outside);
    mkdirSync(folder);
    writeFileSync(image, '');
    truncateSync(image, megabytes * 1024 * 1024);
    run(`mkfs.${fileSystem}`, ...make[fileSystem], image);
    start();
  } catch (error) {
    remove();
    throw error;
  }
  return {
    folder,
    sync: () => {
      run('sync', '-f', folder);
    },
    cut: () => {
      run('perl', '-e', shutDown, folder);
    },
    start: () => {
      run('umount', folder);
      start();
    },
    remove,
  };
};
