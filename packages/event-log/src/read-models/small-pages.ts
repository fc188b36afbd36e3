import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Logger } from '../ports/logger';
import { type Database, openSqlite } from '../database/sqlite/driver';
import { errorCode } from '@tichet-albastru/kernel/error-code';

/** A booking changes a few rows in many tables, and each change writes a whole page. */
const bytesInPage = 4096;

const pageSizeOf = (database: Database): unknown => database.pragma('page_size', { simple: true });

/**
 * Rewrites a file of tables of an earlier version, with pages of 16 KiB, with small pages: a copy beside it, which then takes its name. No
 * other process may have the file open. A process that is killed on the way leaves the old file whole, and the next start tries again. The
 * same holds where the file is in use, or the disk is full.
 */
export const smallPages = (path: string, logger: Logger): void => {
  const draft = `${path}-anew`;
  rmSync(draft, { force: true });
  if (!existsSync(path)) return;
  const begun = performance.now();
  const database = openSqlite(path, { timeout: 0 });
  try {
    if (pageSizeOf(database) === bytesInPage) return;
    logger.info('tables.smaller-pages', { size: statSync(path).size });
    // brings the write-ahead log into the file and removes it; refused while another process has the file open
    database.pragma('journal_mode = DELETE');
    // SQLite would make it readable to others
    writeFileSync(draft, '', { mode: 0o600 });
    database.pragma(`page_size = ${bytesInPage}`);
    database.prepare('VACUUM INTO ?').run(draft);
    renameSync(draft, path);
    logger.info('tables.smaller-pages-made', { milliseconds: Math.round(performance.now() - begun) });
  } catch (error) {
    rmSync(draft, { force: true });
    logger.warn('tables.smaller-pages-later', { code: errorCode(error) });
  } finally {
    database.close();
  }
};
