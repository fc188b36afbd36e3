import { closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

/** Brings the write-ahead log of a database to the disk, as far as it is written when asked. */
export type LogSync = {
  /** beside the thread that asks */
  apart(): Promise<void>;
  /** at the end: the thread waits */
  now(): void;
  /** once whatever is under way is over */
  close(): void;
};

/** @param path of the log; it is there from the first commit until the last connection is closed */
export const openLogSync = (path: string): LogSync => {
  let file: number | undefined;
  let underWay = 0;
  let closing = false;
  const opened = (): number => (file ??= openSync(path, 'r+'));
  const closeIfOver = (): void => {
    if (!closing || underWay > 0 || file === undefined) return;
    closeSync(file);
    file = undefined;
  };
  return {
    apart: () =>
      new Promise((resolve, reject) => {
        const log = opened();
        underWay += 1;
        fdatasync(log, (error) => {
          underWay -= 1;
          closeIfOver();
          if (error) reject(error);
          else resolve();
        });
      }),
    now: () => {
      fdatasyncSync(opened());
    },
    close: () => {
      closing = true;
      closeIfOver();
    },
  };
};
