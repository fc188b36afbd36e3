import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { join } from 'node:path';
import { DataFolderUnusable } from '@tichet-albastru/event-log/database/data-folder/data-folder-unusable';
import { openSqliteOperations } from '../../../../src/infrastructure/tables/operations/sqlite-operations';
import { openSqliteOperationRows } from '../../../../src/infrastructure/tools/copy/carry-operations';
import { removedAtOnce } from '@tichet-albastru/event-log/database/sql/table';
import { closing, emptyFolder } from '../../../support/closing';

const answerKey = Buffer.alloc(32, 3);
const at = '2026-03-02T08:00:00.000Z';
const later = '2026-03-02T09:00:00.000Z';

/** `operations.db` as it was made before it had steps: a command under a key in one text, and no journal of refusals. */
const older = `
  CREATE TABLE idempotency (key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, at TEXT NOT NULL, command TEXT NOT NULL, answer TEXT) WITHOUT ROWID;
  CREATE INDEX idempotency_at ON idempotency (at);
  CREATE TABLE verification (
    ticket_id TEXT PRIMARY KEY, n INTEGER NOT NULL, expires_at TEXT NOT NULL, tries INTEGER NOT NULL, spent INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE openings (
    reference TEXT PRIMARY KEY, n INTEGER NOT NULL, asked_at TEXT NOT NULL, expires_at TEXT NOT NULL, tries INTEGER NOT NULL, spent_by TEXT,
    sent INTEGER NOT NULL
  ) WITHOUT ROWID;
  INSERT INTO openings VALUES ('TA-7H3K9QXZ', 7, '${at}', '${later}', 0, NULL, 0);
  CREATE TABLE throttle (tag TEXT NOT NULL, at TEXT NOT NULL);
  INSERT INTO throttle VALUES ('tag', '${at}'), ('tag', '${later}');
  CREATE TABLE registers (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  INSERT INTO idempotency VALUES
    ('kept', 'f', '${at}', '{"commandId":"c-1","at":"${at}","ids":["t-1","ș"]}', NULL),
    ('refused', 'f', '${at}', '{"commandId":"c-2","at":"","ids":[]}', NULL);
  INSERT INTO verification VALUES ('t-1', 2, '${later}', 4, 0);
  INSERT INTO registers VALUES ('tokens', '7');`;

let folder: string;
const path = (): string => join(folder, 'operations.db');
beforeEach(() => {
  folder = emptyFolder();
  const database = openSqlite(path());
  database.exec(older);
  database.close();
});

describe('operations.db of an older version', () => {
  it('is opened with all that stood there, as often as one likes', async () => {
    openSqliteOperations({ folder, answerKey }).close();
    const operations = closing(openSqliteOperations({ folder, answerKey }));
    const { idempotency, verification, openings, keyValues, refusals, attempts, throttle } = operations;
    const other = { commandId: 'other', at: later, ids: ['other'] };
    expect(await idempotency.remember('kept', 'f', other)).toEqual({ kind: 'kept', command: { commandId: 'c-1', at, ids: ['t-1', 'ș'] } });
    expect(await idempotency.remember('kept', 'g', other)).toEqual({ kind: 'other-body' });
    expect(await idempotency.remember('refused', 'f', other)).toEqual({ kind: 'kept', command: { commandId: 'c-2', at: later, ids: [] } });
    expect(await verification.takeTry('t-1', at, 5)).toEqual({ kind: 'compare', n: 2, triesLeft: 0 });
    expect(await verification.takeTry('t-1', at, 5)).toEqual({ kind: 'exhausted' });
    // a code that belonged to nobody in particular is asked for anew
    expect(await openings.unsent()).toEqual([]);
    expect([await keyValues.get('tokens'), await refusals.of('ticket-t-1'), await attempts.list()]).toEqual(['7', [], []]);
    expect(await idempotency.prune(later)).toBe(1);
    // nobody knows how long a hit of then was to count
    expect([await throttle.prune('2027-03-02T08:00:00.000Z'), await throttle.prune('2027-03-02T08:30:00.000Z')]).toEqual([0, 1]);
    expect(await throttle.hits('tag', later, at, false)).toEqual({ count: 1, oldest: later });
  });

  it('is read without being changed, by a command and by a copy', async () => {
    const reading = openSqliteOperations({ folder, readOnly: true });
    expect([await reading.keyValues.get('tokens'), await reading.refusals.of('x'), await reading.outbox.list()]).toEqual(['7', [], []]);
    reading.close();
    const rows = openSqliteOperationRows({ path: path(), readOnly: true });
    expect(await rows.after('idempotency', '', 10)).toEqual([
      { key: 'kept', fingerprint: 'f', at, commandId: 'c-1', commandAt: at, ids: ['t-1', 'ș'], answer: null },
      { key: 'refused', fingerprint: 'f', at, commandId: 'c-2', commandAt: null, ids: [], answer: null },
    ]);
    expect(await rows.after('openings', '', 10)).toEqual([]);
    rows.close();
    const database = closing(openSqlite(path(), { readonly: true }));
    expect(database.prepare(`SELECT group_concat(name) FROM sqlite_master WHERE type = 'table'`).pluck().get()).toBe(
      'idempotency,verification,openings,throttle,registers',
    );
  });

  it('of a newer one is refused with a sentence, and left as it is', () => {
    openSqliteOperations({ folder, answerKey }).close();
    const database = openSqlite(path());
    database.exec(`INSERT INTO migrations (name) VALUES ('from-tomorrow')`);
    database.close();
    expect(() => openSqliteOperations({ folder, answerKey })).toThrow(DataFolderUnusable);
    expect(() => openSqliteOperations({ folder, answerKey })).toThrow('newer than this program (from-tomorrow)');
  });
});

describe('what is too old', () => {
  it('is removed some thousands at a time', async () => {
    const operations = closing(openSqliteOperations({ folder: emptyFolder(), answerKey }));
    const count = removedAtOnce + 1;
    await Promise.all(Array.from({ length: count }, (_, number) => operations.sessions.put(`tag-${number}`, 'sealed', at)));
    expect([await operations.sessions.prune(later), await operations.sessions.prune(later)]).toEqual([removedAtOnce, 1]);
  });
});
