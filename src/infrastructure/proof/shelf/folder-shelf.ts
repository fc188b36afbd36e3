import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from '../../error-code';
import { notesIn } from '../note/checkpoint';
import { bytesOfAHash } from '../tree/node-hash';
import { hashesOfATile, tilePath, type TileAt } from '../tree/tiles';
import type { SealShelf } from './seal-shelf';

const onlyOwner = 0o600;
const folderMode = 0o700;
/** Some notes, and what a crash may have cut off, are in the newest bytes of the file of all. */
const tailBytes = 2 * 1024;

const readIfThere = async (path: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/** Whole or not at all. @param durable also after a power cut */
const write = async (path: string, bytes: string | Buffer, durable: boolean): Promise<void> => {
  const draft = `${path}.new`;
  try {
    await writeFile(draft, bytes, { mode: onlyOwner, flush: durable });
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    await mkdir(dirname(path), { recursive: true, mode: folderMode });
    await writeFile(draft, bytes, { mode: onlyOwner, flush: durable });
  }
  await rename(draft, path);
  if (durable) await sync(dirname(path));
};

const sync = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
};

const widthIn = (name: string): number => (/^\d+$/.test(name) ? Number(name) : 0);

/**
 * A folder as C2SP tlog-tiles lays it out, so that any of its clients can read it: `checkpoint` is the newest signed checkpoint,
 * `tile/…` the tree. Beside them `checkpoints`, all that were ever signed, and a file a record.
 */
export const createFolderShelf = (folder: string): SealShelf => {
  const all = join(folder, 'checkpoints');
  let wholeUntil: number | undefined;
  /** of the tiles that grow, the width under which each is kept now */
  const widths = new Map<string, readonly number[]>();

  /** Widths of the narrower tiles that are kept, widest first. */
  const narrower = async (at: TileAt): Promise<readonly number[]> => {
    try {
      const names = await readdir(join(folder, dirname(tilePath(at, 1))));
      return names.map(widthIn).sort((a, b) => b - a);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return [];
      throw error;
    }
  };

  const tile = async (at: TileAt): Promise<Buffer | undefined> => {
    const whole = await readIfThere(join(folder, tilePath(at)));
    if (whole !== undefined) return whole;
    const [widest] = await narrower(at);
    if (widest === undefined) return undefined;
    // a wider one that took its place meanwhile is there under another name
    return (await readIfThere(join(folder, tilePath(at, widest)))) ?? tile(at);
  };

  const newest = async (): Promise<string | undefined> => {
    try {
      const handle = await open(all, 'r');
      try {
        const { size } = await handle.stat();
        const from = Math.max(0, size - tailBytes);
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
        return notesIn(buffer.subarray(0, bytesRead).toString()).at(-1);
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  };

  /** Bytes of the file of all up to the end of its last whole note: behind it may be what a crash cut off, and nobody was told of. */
  const bytesOfWholeNotes = async (): Promise<number> => {
    const file = (await readIfThere(all))?.toString() ?? '';
    const last = notesIn(file).at(-1);
    return last === undefined ? 0 : Buffer.byteLength(file.slice(0, file.lastIndexOf(last) + last.length));
  };

  return {
    tile,
    putTile: async (at, hashes) => {
      const path = tilePath(at);
      const width = hashes.length / bytesOfAHash;
      const others = widths.get(path) ?? [hashesOfATile, ...(await narrower(at))];
      await write(join(folder, tilePath(at, width)), hashes, false);
      for (const other of others) if (other > 0 && other !== width) await rm(join(folder, tilePath(at, other)), { force: true });
      if (width === hashesOfATile) widths.delete(path);
      else widths.set(path, [width]);
    },
    removeTiles: async () => {
      widths.clear();
      await rm(join(folder, 'tile'), { recursive: true, force: true });
    },
    checkpoints: async function* () {
      yield* notesIn((await readIfThere(all))?.toString() ?? '');
    },
    newest,
    append: async (note) => {
      if ((await newest()) === note) return;
      await mkdir(folder, { recursive: true, mode: folderMode });
      wholeUntil ??= await bytesOfWholeNotes();
      const handle = await open(all, 'a', onlyOwner);
      try {
        await handle.truncate(wholeUntil);
        await handle.appendFile(note);
        await handle.datasync();
      } finally {
        await handle.close();
      }
      if (wholeUntil === 0) await sync(folder);
      wholeUntil += Buffer.byteLength(note);
      await write(join(folder, 'checkpoint'), note, false);
    },
    get: async (record) => (await readIfThere(join(folder, record)))?.toString(),
    put: (record, text) => write(join(folder, record), text, true),
  };
};
