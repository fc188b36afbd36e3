import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Projection } from '../../src/application/kernel/ports/projection';
import { dataFiles, pathIn } from '../../src/infrastructure/database/data-folder/data-files';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { rebuildInThread } from '../../src/infrastructure/tables/threads/table-threads';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { silentLogger } from '../../src/infrastructure/testing/test-ports';
import { auditEvidence } from '../../src/projections/audit-trail/audit-trail';
import { rebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { ticketStatus } from '../../src/projections/ticket-status/ticket-status';
import { benchCodec, writeTickets } from './support/logs';
import { inTurn, ratios, secondsFor, spreadOf } from './support/measuring';
import type { Section } from './support/report';
import { freshFolder, rawDatabase } from './support/stores';

/** Reads the events, parses each, and upserts one row an event, a thousand in a transaction. */
const rawUpserts = (events: string, rows: string): void => {
  const log = openSqlite(events, { readonly: true });
  const table = rawDatabase(rows, 'NORMAL');
  table.exec('CREATE TABLE tickets (key TEXT PRIMARY KEY NOT NULL, row TEXT NOT NULL)');
  const upsert = table.prepare('INSERT INTO tickets (key, row) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET row = excluded.row');
  const commit = table.transaction((batch: readonly (readonly [string, string])[]) => {
    for (const [key, row] of batch) upsert.run(key, row);
  });
  let batch: (readonly [string, string])[] = [];
  const read = log.prepare<[], { stream: string; data: string }>(
    'SELECT position, stream, revision, id, type, data, hash FROM events ORDER BY position',
  );
  for (const { stream, data } of read.iterate()) {
    const { data: fact } = JSON.parse(data) as { data: object };
    batch.push([stream, JSON.stringify(fact)]);
    if (batch.length < 1000) continue;
    commit(batch);
    batch = [];
  }
  commit(batch);
  table.close();
  log.close();
};

export const measureRebuilds = async ({ tickets, rounds }: { readonly tickets: number; readonly rounds: number }): Promise<Section> => {
  const folder = freshFolder();
  const store = await openSqliteEventStore({ folder });
  await writeTickets(store, tickets);
  const events = Number(await store.end());
  const ours = (projection: Projection) => async (): Promise<number> => {
    for (const end of ['', '-wal', '-shm']) rmSync(pathIn(folder, dataFiles.readModels) + end, { force: true });
    const rows = new SqliteReadModels(pathIn(folder, dataFiles.readModels), { rebuild: rebuildInThread(folder) });
    const ports = { store, codec: benchCodec(), rows, clock: fixedClock(), logger: silentLogger };
    const seconds = await secondsFor(async () => {
      const outcome = await rebuild(ports, projection);
      if (outcome !== 'switched') throw new Error(`The rebuild ended with ${outcome}.`);
    });
    const count = await rows.count(projection.derived?.name ?? projection.name);
    if (count !== tickets) throw new Error(`The table has ${count} rows.`);
    rows.close();
    return events / seconds;
  };
  const rates = await inTurn(rounds, {
    raw: async () => {
      const seconds = await secondsFor(() => {
        rawUpserts(pathIn(folder, dataFiles.events), join(freshFolder(), 'rows.db'));
      });
      return events / seconds;
    },
    status: ours(ticketStatus),
    audit: ours(auditEvidence),
  });
  await store.close();
  const raw = spreadOf(rates.raw);
  return {
    title: `Rebuilding from ${events.toLocaleString('en-US')} events (${tickets.toLocaleString('en-US')} tickets)`,
    rawMeans:
      'one connection reads and parses the same events in order (`iterate()`, `JSON.parse`); another upserts one row an event, the fact as JSON under its stream’s name, in transactions of 1,000 (WAL, synchronous=NORMAL, only the key’s index).',
    figures: [
      {
        what: 'ticket status',
        unit: 'events/s',
        raw,
        ours: spreadOf(rates.status),
        ratio: ratios(rates.status, rates.raw),
        target: { atLeast: 0.8 },
      },
      {
        what: 'audit trail',
        unit: 'events/s',
        raw,
        ours: spreadOf(rates.audit),
        ratio: ratios(rates.audit, rates.raw),
        target: { atLeast: 0.35 },
      },
    ],
    whereTheTimeGoes:
      'Ours includes thread start, switch and indexes. Ticket status decodes only the types it needs, folds 8,000 events in memory and writes each row once. The audit trail takes 200 µs a ticket: a fifth each for the 25 checks and for reading the evidence, a sixth each for decoding events and writing evidence (2.5 KB), a tenth for garbage collection; V8’s threads take half as much again on the other processor. The log: five facts a ticket, three days between booking and meeting, forty people with two meetings a day, a thousand requests.',
  };
};
