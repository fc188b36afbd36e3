import { type Database, openSqlite } from '../database/sqlite/driver';
import { chmodSync, existsSync, rmSync, statSync } from 'node:fs';
import type { ReportingLooked, ReportingStore } from '../ports/reporting-store';
import { ReportingUnavailable } from '../ports/reporting';
import { keepLogShort, type ShortLog } from '../database/sqlite/short-log';
import type { Work } from '../database/sql/work';
import { Statements } from '../database/sqlite/statements';
import { storageFault } from '../database/storage-health';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { answered } from '@tichet-albastru/kernel/turns';
import type { Sources } from '../read-models/sources';
import { sqliteDialect } from '../read-models/dialect';
import { sqliteReporting } from './reporting-dialect';
import { reportingOf } from './reporting-tables';
import { addSourceParked, createReportingBookkeeping } from './reporting.migration';
import { ReportingWriter } from './reporting-writer';

const isDamage = (error: unknown): boolean => {
  const code = errorCode(error) ?? '';
  return code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB';
};

/** What this file does says nothing about the folder that it is in. */
const unavailable = (error: unknown, code: string | undefined): unknown =>
  code === undefined ? error : new ReportingUnavailable(error instanceof Error ? error.message : '', code);

type OpenFile = { readonly database: Database; readonly statements: Statements; readonly log: ShortLog; readonly number: bigint };

/** Its number in the file system, and who may read it. */
type Seen = { readonly number: bigint; readonly mode: number };
const look = (file: string): Seen | undefined => {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found && { number: found.ino, mode: Number(found.mode & 0o777n) };
};
const ownerAlone = 0o600;

/** A file of before does not. */
const tellsSourceParked = (database: Database): boolean =>
  database.prepare(`SELECT 1 FROM pragma_table_info('reporting_tables') WHERE name = 'source_parked'`).get() !== undefined;

/** @param mode of a file that is new */
const open = (file: string, mode: number): OpenFile => {
  const isNew = !existsSync(file);
  const database = openSqlite(file, { timeout: 1_000 });
  try {
    // the operator decides who else may read it
    if (isNew) chmodSync(file, mode);
    database.pragma('journal_mode = WAL');
    // what a power cut takes is noticed, and filled again
    database.pragma('synchronous = NORMAL');
    for (const sql of createReportingBookkeeping(sqliteDialect)) database.exec(sql);
    if (!tellsSourceParked(database)) database.exec(addSourceParked(sqliteDialect));
    return { database, statements: new Statements(database), log: keepLogShort(database, 2), number: look(file)?.number ?? 0n };
  } catch (error) {
    database.close();
    throw error;
  }
};

/** One that is damaged holds nothing that cannot be made again. */
const openOrMakeAnew = (file: string, mode = ownerAlone): OpenFile => {
  const before = look(file)?.mode ?? mode;
  try {
    return open(file, before);
  } catch (error) {
    if (!isDamage(error)) throw error;
    remove(file);
    return open(file, before);
  }
};

const remove = (file: string): void => {
  for (const beside of ['', '-wal', '-shm']) rmSync(`${file}${beside}`, { force: true });
};

/** @param holds whether what is looked for is in this file */
const lookIn = <T>(file: string, work: Work<readonly T[]>, holds: (database: Database) => boolean = () => true): readonly T[] => {
  if (!existsSync(file)) return [];
  const database = openSqlite(file, { readonly: true, timeout: 1_000 });
  try {
    return holds(database) ? new Statements(database).run(work) : [];
  } catch (error) {
    if (!isDamage(error)) throw error;
    return [];
  } finally {
    database.close();
  }
};

/** The tables of a file, for commands that only look; nothing where there is no such file, or none that can be read. */
export const sqliteReportingLooked = (file: string): ReportingLooked => ({
  // a file of before, which no service of now has opened yet, does not tell all of it
  freshness: () => answered(() => lookIn(file, new ReportingWriter(sqliteReporting).freshness(), tellsSourceParked)),
  parked: () => answered(() => lookIn(file, new ReportingWriter(sqliteReporting).parked())),
});

/**
 * The reporting tables in a file of their own, which one process fills and others open to read. Everything in it can be made again: one that
 * is damaged, or taken away, is begun anew, and the bookkeeping tells that it is to be filled.
 */
export const openSqliteReporting = (file: string, sources: Sources): ReportingStore & { readonly close: () => void } => {
  const writer = new ReportingWriter(sqliteReporting);
  /** Opened at the first request: a caller that never asks leaves no file behind. */
  let opened: OpenFile | undefined;
  /** Who may read the file, as it was seen last. */
  let mode = look(file)?.mode;
  let isOver = false;
  const close = (): void => {
    opened?.log.close();
    opened?.database.close();
  };
  /** Nothing is written into a new file before the tables are declared in it. */
  let isDeclared = true;
  /** What throws on the way leaves a database that is closed: the next one to ask tries again. */
  const beginAnew = (): OpenFile => {
    isDeclared = false;
    close();
    remove(file);
    opened = openOrMakeAnew(file, mode);
    return opened;
  };
  const openedNow = (): OpenFile => {
    try {
      return openOnce();
    } catch (error) {
      throw unavailable(error, errorCode(error));
    }
  };
  const openOnce = (): OpenFile => {
    if (opened === undefined) {
      if (isOver) throw new Error('The reporting tables are closed.');
      opened = openOrMakeAnew(file);
      return opened;
    }
    const seen = look(file);
    if (!isOver && (!opened.database.open || seen?.number !== opened.number)) return beginAnew();
    mode = seen?.mode;
    return opened;
  };
  const asked = <T>(file: OpenFile, work: (file: OpenFile) => T): T => {
    try {
      return work(file);
    } catch (error) {
      // the next caller begins anew
      if (isDamage(error)) close();
      throw unavailable(error, isDamage(error) ? errorCode(error) : storageFault(error));
    }
  };
  const store = reportingOf(sources, {
    transaction: (work, how) =>
      answered(() => {
        const file = openedNow();
        if (how === 'declaring') isDeclared = true;
        if (!isDeclared) throw new ReportingUnavailable('The file of the reporting tables was taken away, or damaged.', 'file-gone');
        return asked(file, ({ database, statements, log }) => {
          const done = database.transaction(() => statements.run(work(writer))).immediate();
          log.wrote();
          return done;
        });
      }),
    // of a file in which nothing is declared yet there is nothing to tell
    look: (work) => answered(() => asked(openedNow(), ({ statements }) => statements.run(work(writer)))),
  });
  return {
    ...store,
    close: () => {
      isOver = true;
      close();
    },
  };
};
