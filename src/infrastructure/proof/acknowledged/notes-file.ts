import { type FileHandle, mkdir, open, rename, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { fieldsOf, parsedJson } from '@tichet-albastru/kernel/json.codec';
import { folderMode, onlyOwner, readIfThere, syncFolder } from '@tichet-albastru/kernel/whole-file';
import type { Remembered, RememberedEvent } from './missing';
import { createNotes, type Notes } from './notes';

/** The newest events, and those before them: when the newest are enough, they take the place of those before. */
const [young, old] = ['newest', 'before'] as const;

/** Between two writings, in milliseconds: with the time that a disk takes the file is at most a second behind. */
const pauseMilliseconds = 250;
/** Before a disk that did not take it is tried again. */
const againMilliseconds = 1000;

export const eventShape = { position: 'text', stream: 'text', revision: 'count', id: 'text', hash: 'hash' } as const;
export const eventMarks = { sent: 'flag' } as const;
const lineOf = ({ position, stream, revision, id, hash, sent }: RememberedEvent, sample?: true): string =>
  // written by hand: of every event that is acknowledged there is one
  `{"position":"${position}","stream":${JSON.stringify(stream)},"revision":${revision},"id":${JSON.stringify(id)},"hash":"${hash}"${sent ? ',"sent":true' : ''}${sample ? ',"sample":true' : ''}}\n`;

/** What the files of a folder hold. */
type Read = {
  readonly notes: Notes;
  /** lines that say nothing any more; the last one of a file, which a crash may have cut off, is none */
  readonly unreadable: number;
  /** whether there is any file at all */
  readonly found: boolean;
  /** how much of the newest file is whole lines, where a crash has cut one off */
  readonly wholeBytes?: number;
};

const readNotes = async (folder: string): Promise<Read> => {
  const notes = createNotes();
  let [unreadable, found, wholeBytes] = [0, false, 0];
  let cut = false;
  for (const name of [old, young]) {
    const bytes = await readIfThere(join(folder, name));
    if (bytes !== undefined) {
      found = true;
      wholeBytes = bytes.lastIndexOf('\n') + 1;
      cut = wholeBytes < bytes.length && name === young;
      for (const line of bytes.toString('utf8', 0, wholeBytes).split('\n').slice(0, -1)) {
        const kept = parsedJson(line);
        const event = fieldsOf(kept, eventShape, eventMarks);
        if (event === undefined) unreadable += 1;
        else if (fieldsOf(kept, { sample: 'flag' })?.sample === true) notes.addSample(event);
        else notes.add(event);
      }
    }
    if (name === old) notes.turn();
  }
  return { notes, unreadable, found, ...(cut && { wholeBytes }) };
};

/** What the process of this data folder has acknowledged or signed, as far as it is written; for a reader beside that process. */
export const rememberedIn = async (
  dataFolder: string,
): Promise<Required<Remembered> & { readonly unreadable: number; readonly found: boolean }> => {
  const { notes, unreadable, found } = await readNotes(pathIn(dataFolder, dataFiles.acknowledged));
  return { ...notes.remembered(), unreadable, found };
};

/** Notes in memory, which a file follows. */
export type KeptNotes = Pick<Notes, 'remembered' | 'newest'> & {
  /** Remembered when it returns, and written soon. @returns whether it is new */
  add(event: RememberedEvent): boolean;
  /** how long the oldest note has waited to be written, in milliseconds; 0 when none waits */
  readonly waits: () => number;
  /** Writes what waits, and closes the file. */
  close(): Promise<void>;
};

/** For a log that is gone with the process. */
export const createNotesInMemory = (): KeptNotes => {
  const notes = createNotes();
  return {
    add: (event) => {
      if (notes.isFull()) notes.turn();
      return notes.add(event);
    },
    remembered: notes.remembered,
    newest: notes.newest,
    waits: () => 0,
    close: () => Promise.resolve(),
  };
};

/** What waits to be written: lines, and where the newest file takes the place of the one before. */
type Waiting = { lines: string; since: number; turn: boolean };

/**
 * What the process of this folder remembers, and goes on remembering. A file that is missing is an empty one; what cannot be read of it is
 * told, and is no reason not to start.
 */
export const openNotes = async (dataFolder: string, logger: Logger): Promise<KeptNotes> => {
  const folder = pathIn(dataFolder, dataFiles.acknowledged);
  const { notes, unreadable, wholeBytes } = await readNotes(folder);
  if (unreadable > 0) logger.warn('acknowledged.unreadable', { count: unreadable });
  if (wholeBytes !== undefined) await truncate(join(folder, young), wholeBytes);
  let waiting: Waiting[] = [];
  let file: FileHandle | undefined;
  /** how much of the newest file is whole lines; nothing where it was not opened yet */
  let whole: number | undefined;
  let writing: Promise<void> | undefined;
  const stop = new AbortController();
  let failing: string | undefined;

  const opened = async (): Promise<FileHandle> => {
    if (file !== undefined) return file;
    await mkdir(folder, { recursive: true, mode: folderMode });
    file = await open(join(folder, young), 'a', onlyOwner);
    const { size } = await file.stat();
    // a disk that took half of a line: the next one would stand behind it, and neither could be read
    if (whole !== undefined && size > whole) await file.truncate(whole);
    whole = Math.min(whole ?? size, size);
    await syncFolder(folder);
    await syncFolder(dirname(folder));
    return file;
  };
  const write = async ({ lines, turn }: Waiting): Promise<void> => {
    const handle = await opened();
    await handle.appendFile(lines);
    await handle.datasync();
    whole = (whole ?? 0) + Buffer.byteLength(lines);
    if (!turn) return;
    file = undefined;
    await handle.close();
    await rename(join(folder, young), join(folder, old));
    whole = undefined;
  };
  const writeAll = async (): Promise<void> => {
    for (;;) {
      const [next] = waiting;
      if (next === undefined) return;
      try {
        waiting = waiting.slice(1);
        await write(next);
        if (failing !== undefined) logger.info('acknowledged.written-again');
        failing = undefined;
      } catch (error) {
        // written twice it says the same
        waiting = [next, ...waiting];
        const code = errorCode(error) ?? 'unknown';
        if (failing !== code) logger.warn('acknowledged.not-written', { code });
        failing = code;
        await file?.close().catch(() => undefined);
        file = undefined;
        if (stop.signal.aborted) return;
      }
      await sleep(failing === undefined ? pauseMilliseconds : againMilliseconds, undefined, { signal: stop.signal, ref: false }).catch(
        () => undefined,
      );
    }
  };
  const begin = (): void => {
    writing ??= writeAll().finally(() => {
      writing = undefined;
      if (waiting.length > 0 && !stop.signal.aborted) begin();
    });
  };
  const append = (lines: string, turn = false): void => {
    const last = waiting.at(-1);
    if (last === undefined || last.turn) waiting.push({ lines, since: performance.now(), turn });
    else {
      last.lines += lines;
      last.turn = turn;
    }
    begin();
  };

  return {
    add: (event) => {
      // the samples go to the end of the file that becomes the older one
      if (notes.isFull())
        append(
          notes
            .turn()
            .map((sample) => lineOf(sample, true))
            .join(''),
          true,
        );
      const isNew = notes.add(event);
      if (isNew) append(lineOf(event));
      return isNew;
    },
    remembered: notes.remembered,
    newest: notes.newest,
    waits: () => (waiting[0] === undefined ? 0 : performance.now() - waiting[0].since),
    close: async () => {
      stop.abort();
      await writing;
      await writeAll();
      await file?.close();
      file = undefined;
    },
  };
};
