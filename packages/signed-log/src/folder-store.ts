import { rmSync } from 'node:fs';
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { notesIn } from './checkpoint';
import { bytesOfAHash } from './merkle-tree';
import { hashesOfATile, tilePath, type TileAt } from './tiles';
import type { CheckpointStore } from './checkpoint-store';
import { folderMode, ifThere, onlyOwner, readIfThere, syncFolder, writeWhole } from '@tichet-albastru/kernel/whole-file';

/** Some notes, and what a crash may have cut off, are in the newest bytes of the file of all. */
const tailBytes = 2 * 1024;

const widthIn = (name: string): number => (/^\d+$/.test(name) ? Number(name) : 0);

/**
 * A folder as C2SP tlog-tiles lays it out, so that any of its clients can read it: `checkpoint` is the newest signed checkpoint,
 * `tile/…` the tree. BackgroundTask them `checkpoints`, all that were ever signed, and a file a record.
 */
export const createFolderCheckpointStore = (folder: string): CheckpointStore => {
  const all = join(folder, 'checkpoints');
  /** what this writer knows of the file of all: its newest note, and the bytes up to its end; unknown after a failure */
  let known: { readonly note: string; readonly wholeUntil: number } | undefined;
  /** of the tiles that grow, the width under which each is kept now */
  const standing = new Map<string, number>();

  /** Widths of the narrower tiles that are kept, widest first. */
  const narrower = async (at: TileAt): Promise<readonly number[]> => {
    const names = await ifThere(() => readdir(join(folder, dirname(tilePath(at, 1)))));
    return (names ?? []).map(widthIn).sort((a, b) => b - a);
  };

  const tile = async (at: TileAt): Promise<Buffer | undefined> => {
    const whole = await readIfThere(join(folder, tilePath(at)));
    if (whole !== undefined) return whole;
    const [widest] = await narrower(at);
    if (widest === undefined) return undefined;
    // a wider one that took its place meanwhile is there under another name
    return (await readIfThere(join(folder, tilePath(at, widest)))) ?? tile(at);
  };

  const newest = (): Promise<string | undefined> =>
    ifThere(async () => {
      const handle = await open(all, 'r');
      try {
        const { size } = await handle.stat();
        const from = Math.max(0, size - tailBytes);
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
        const last = notesIn(buffer.subarray(0, bytesRead).toString()).at(-1);
        // more than a crash leaves behind it is no reason to forget what was signed
        return last ?? (from === 0 ? undefined : notesIn((await readIfThere(all))?.toString() ?? '').at(-1));
      } finally {
        await handle.close();
      }
    });

  /** Bytes of the file of all notes up to its last whole note: behind it may be a note that a crash cut off before it was answered. */
  const bytesOfWholeNotes = async (): Promise<number> => {
    const file = (await readIfThere(all))?.toString() ?? '';
    const last = notesIn(file).at(-1);
    return last === undefined ? 0 : Buffer.byteLength(file.slice(0, file.lastIndexOf(last) + last.length));
  };

  return {
    tile,
    putTile: async (at, hashes) => {
      const width = hashes.length / bytesOfAHash;
      const path = tilePath(at);
      const last = standing.get(path);
      const others = last === undefined ? [hashesOfATile, ...(await narrower(at))] : [last];
      standing.delete(path);
      // a whole one is never looked at again when the tree is opened, so a power cut must not take it
      await writeWhole(join(folder, tilePath(at, width)), hashes, width === hashesOfATile);
      for (const other of others) if (other > 0 && other !== width) rmSync(join(folder, tilePath(at, other)), { force: true });
      if (width < hashesOfATile) standing.set(path, width);
    },
    removeTiles: async () => {
      standing.clear();
      await rm(join(folder, 'tile'), { recursive: true, force: true });
    },
    notes: async function* () {
      yield* notesIn((await readIfThere(all))?.toString() ?? '');
    },
    newest,
    append: async (note) => {
      const before = known;
      known = undefined;
      if ((before?.note ?? (await newest())) === note) {
        known = before;
        return;
      }
      const wholeUntil = before?.wholeUntil ?? (await bytesOfWholeNotes());
      if (before === undefined) await mkdir(folder, { recursive: true, mode: folderMode });
      const handle = await open(all, 'a', onlyOwner);
      try {
        if (before === undefined) await handle.truncate(wholeUntil);
        await handle.appendFile(note);
        await handle.datasync();
      } finally {
        await handle.close();
      }
      if (wholeUntil === 0) await syncFolder(folder);
      await writeWhole(join(folder, 'checkpoint'), note, false);
      known = { note, wholeUntil: wholeUntil + Buffer.byteLength(note) };
    },
    get: async (record) => (await readIfThere(join(folder, record)))?.toString(),
    put: (record, text) => writeWhole(join(folder, record), text, record !== 'resume'),
  };
};
