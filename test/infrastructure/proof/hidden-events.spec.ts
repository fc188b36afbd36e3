import { type Database, openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { copyFileSync } from 'node:fs';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { dataFiles, pathIn } from '../../../src/infrastructure/database/data-folder/data-files';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { newestSignedFault } from '../../../src/infrastructure/proof/signing/newest-signed-fault';
import { createCurrentSignedLog } from '../../../src/infrastructure/proof/signing/current-signed-log';
import { ticketProof } from '../../../src/infrastructure/proof/ticket-proof';
import { logInSqlite } from '../../../src/infrastructure/proof/verify/log-in-sqlite';
import { type LogVerified, verifyLog } from '../../../src/infrastructure/proof/verify/verify-log';
import { forged, insert, inTheLog, rowAt } from '../../support/behind-its-back';
import { type SealedLog, sealedTickets, sealKey, checkpointsIn } from '../../support/sealed-tickets';
import { closing, emptyFolder } from '../../support/closing';

let base: SealedLog;
let folder = '';
beforeAll(async () => {
  base = await sealedTickets(6, { every: 10, keep: false });
});
beforeEach(() => {
  folder = emptyFolder();
  copyFileSync(pathIn(base.folder, dataFiles.events), pathIn(folder, dataFiles.events));
});

const verified = async (): Promise<LogVerified> => {
  const log = logInSqlite(pathIn(folder, dataFiles.events));
  try {
    return await verifyLog({ log, checkpoints: checkpointsIn(base.folder), verifier: sealKey, outside: base.notes.slice(-1) });
  } finally {
    log.close();
  }
};
const stream = (): string => `ticket-${base.tickets[0] ?? ''}`;
/** What the service reads of the first ticket. */
const proved = async () => {
  const store = await openSqliteEventStore({ folder, readOnly: true });
  try {
    const signedLog = createCurrentSignedLog({ checkpoints: checkpointsIn(base.folder), verifier: sealKey, counts: true });
    return await ticketProof({ store, signedLog }, base.tickets[0] ?? '');
  } finally {
    await store.close();
  }
};
const revisionsRead = async (): Promise<number> => {
  const answer = await proved();
  return isRefusal(answer) || answer.kind !== 'proved' ? 0 : answer.proof.events.length;
};
/** The newest event of the first ticket. */
const newestOfTicket = (): { readonly position: number; readonly revision: number } => {
  const database = openSqlite(pathIn(folder, dataFiles.events), { readonly: true });
  const found = database
    .prepare<[string], { position: number; revision: number }>(
      'SELECT position, revision FROM events WHERE stream = ? ORDER BY revision DESC',
    )
    .get(stream());
  database.close();
  if (found === undefined) throw new Error('There is no such ticket.');
  return found;
};

describe('an event that stands in the log and in no history', () => {
  it('is found where its stream is kept as bytes, which read the same', async () => {
    const { position, revision } = newestOfTicket();
    expect(await revisionsRead()).toBe(revision + 1);
    inTheLog(folder, (database) => database.prepare('UPDATE events SET stream = CAST(stream AS BLOB) WHERE position = ?').run(position));
    // what the service reads of the ticket is one fact shorter, and its chain is whole
    expect(await revisionsRead()).toBe(revision);
    expect((await verified()).faults[0]).toMatchObject({ reason: 'hash-differs', number: position });
    const store = closing(await openSqliteEventStore({ folder, readOnly: true }));
    expect(await newestSignedFault({ store, checkpoints: checkpointsIn(base.folder), key: sealKey })).toMatchObject({
      reason: 'event-missing',
    });
  });

  it.each(['id', 'type', 'data'])('is found where its %s is kept as bytes', async (column) => {
    inTheLog(folder, (database) => database.prepare(`UPDATE events SET ${column} = CAST(${column} AS BLOB) WHERE position = 7`).run());
    expect((await verified()).faults[0]).toMatchObject({ reason: 'hash-differs', number: 7 });
  });

  it('is found where the index of the streams does not have it', async () => {
    const { position, revision } = newestOfTicket();
    let row: ReturnType<typeof rowAt> | undefined;
    inTheLog(folder, (database) => {
      row = rowAt(database, position);
      database.prepare('DELETE FROM events WHERE position = ?').run(position);
    });
    const edit = (work: (database: Database) => void): void => {
      const database = openSqlite(pathIn(folder, dataFiles.events));
      database.unsafeMode(true);
      database.pragma('writable_schema = ON');
      work(database);
      database.close();
    };
    const unique = ',\n    UNIQUE (stream, revision)';
    let kept: { readonly name: string; readonly rootpage: number } | undefined;
    edit((database) => {
      kept = database
        .prepare<[], { name: string; rootpage: number }>(
          "SELECT name, rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_events_2'",
        )
        .get();
      database.prepare("DELETE FROM sqlite_schema WHERE name = 'sqlite_autoindex_events_2'").run();
      database.prepare("UPDATE sqlite_schema SET sql = replace(sql, ?, '') WHERE name = 'events'").run(unique);
    });
    edit((database) => {
      if (row !== undefined) insert(database, position, row);
    });
    edit((database) => {
      database
        .prepare("UPDATE sqlite_schema SET sql = replace(sql, 'hash BLOB NOT NULL', ?) WHERE name = 'events'")
        .run(`hash BLOB NOT NULL${unique}`);
      database.prepare("INSERT INTO sqlite_schema VALUES ('index', ?, 'events', ?, NULL)").run(kept?.name, kept?.rootpage);
    });
    expect(await revisionsRead()).toBe(revision);
    expect((await verified()).faults[0]).toMatchObject({ reason: 'hash-differs', number: position });
  });

  it('is found in any place that a row can have, and the verification comes to its end', async () => {
    const { revision } = newestOfTicket();
    const places = [-(2n ** 63n), -(2n ** 53n) - 1n, -1n, 0n, 2n ** 53n + 1n, 2n ** 53n + 3n, 2n ** 63n - 1n];
    for (const place of places) {
      inTheLog(folder, (database) => {
        const { position } = newestOfTicket();
        const { hash } = rowAt(database, position);
        const row = forged(() => 5, stream(), revision + 1, hash.toString('hex'));
        insert(database, 900_000, row);
        database.prepare('UPDATE events SET position = ? WHERE position = 900000').run(place);
      });
      const { events, faults } = await verified();
      expect([place, events]).toEqual([place, base.size + 1]);
      expect(faults.length).toBeGreaterThan(0);
      // at a place before all others, whoever reads the ticket sees that it was not sealed
      if (place <= 0n) expect(await proved()).toMatchObject({ kind: 'differs' });
      inTheLog(folder, (database) => database.prepare('DELETE FROM events WHERE position = ?').run(place));
    }
    expect((await verified()).faults).toEqual([]);
  });

  it('is a log that cannot be read where the table is another one', () => {
    inTheLog(folder, (database) =>
      database.exec('CREATE TABLE other AS SELECT * FROM events; DROP TABLE events; ALTER TABLE other RENAME TO events'),
    );
    expect(() => logInSqlite(pathIn(folder, dataFiles.events))).toThrow(expect.objectContaining({ name: 'EventLogCorrupt' }));
  });
});
