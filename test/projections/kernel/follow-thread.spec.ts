import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { EventLogCorrupt, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import type { Projection } from '../../../src/application/kernel/ports/projection';
import type { RowChange } from '@tichet-albastru/event-log/ports/read-models';
import { openSqliteEventStore, type SqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { followInThread } from '../../../src/infrastructure/tables/threads/table-threads';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { silentLogger } from '../../../src/infrastructure/testing/test-ports';
import { auditEvidence } from '../../../src/projections/audit-trail/audit-trail';
import { catchUp, runProjections } from '@tichet-albastru/event-log/projector/projector';
import { ticketStatus } from '../../../src/projections/ticket-status/ticket-status';
import { onlineHistory, rescheduledHistory } from '../../support/histories';
import { counting } from './counting';
import { asCase, beside, dump, sideBySide, worldWith } from './world';
import { closing, emptyFolder } from '../../support/closing';

const longEnough = 600_000;

describe('Following the log in a thread of its own', () => {
  let folder: string;
  let store: SqliteEventStore;
  let rows: SqliteReadModels;
  let stop: AbortController;
  beforeEach(async () => {
    folder = emptyFolder();
    store = closing(await openSqliteEventStore({ folder }));
    rows = closing(new SqliteReadModels(join(folder, 'read-models.db'), { follow: followInThread(folder, store, silentLogger) }));
    stop = new AbortController();
  });

  const lived = async () => {
    const told = worldWith();
    await told.tell(...sideBySide(...Array.from({ length: 8 }, (_, n) => asCase(n, n % 2 === 0 ? onlineHistory() : rescheduledHistory()))));
    const events: Recorded[] = [];
    for await (const event of told.store.readAll()) events.push(event);
    return { told, events };
  };
  const append = async (events: readonly Recorded[]): Promise<void> => {
    const tails = new Map<string, { revision: number; hash: string }>();
    for (const { stream, revision, id, type, body, hash } of events) {
      const tail = tails.get(stream);
      await store.append(stream, tail === undefined ? { kind: 'no-stream' } : { kind: 'at', ...tail }, [{ id, type, body, hash }]);
      tails.set(stream, { revision, hash });
    }
  };
  const follow = (...tables: Projection[]): Promise<void> => runProjections({ ...worldWith(rows), store }, tables, { signal: stop.signal });

  it('gives the rows that following here gives, and tells this thread of every one', async () => {
    const { told, events } = await lived();
    const here = beside(told);
    await catchUp(here, [ticketStatus, auditEvidence]);
    for (const table of [ticketStatus, auditEvidence]) await rows.prepare(table);
    const changed: RowChange[] = [];
    const listening = (async () => {
      for await (const change of rows.changes(stop.signal)) changed.push(change);
    })();
    const following = follow(ticketStatus, auditEvidence);
    await append(events);

    expect(await rows.reached(await store.end(), longEnough)).toBe(true);
    expect(await dump(rows, ticketStatus, auditEvidence)).toBe(await dump(here.rows, ticketStatus, auditEvidence));
    stop.abort();
    await Promise.all([following, listening]);
    expect(new Set(changed.map(({ projection }) => projection))).toEqual(new Set(['ticket-status', 'audit-evidence', 'audit-trail']));
  });

  it('follows a table that it does not know where it was asked', async () => {
    const { events } = await lived();
    await append(events);
    for (const table of [ticketStatus, counting()]) await rows.prepare(table);
    const following = follow(ticketStatus, counting());
    expect(await rows.reached(await store.end(), longEnough)).toBe(true);
    stop.abort();
    await following;
    expect(await rows.count('counting')).toBe(8);
  });

  it('ends with what ended it: a log that contradicts itself as such, so that nobody begins again', async () => {
    const { events } = await lived();
    const [first] = events;
    if (first === undefined) throw new Error('Nothing was told.');
    const { id, body, hash } = first;
    await store.append('ticket-1', { kind: 'no-stream' }, [
      { id, type: 'Requested', body: body.replace('"type":"', '"type":"Never'), hash },
    ]);
    await expect(follow(ticketStatus, auditEvidence)).rejects.toBeInstanceOf(EventLogCorrupt);
  });

  it('ends with an error when its files are gone, and not in silence', async () => {
    mkdirSync(join(folder, 'nowhere'));
    const nowhere = followInThread(join(folder, 'nowhere'), store, silentLogger);
    await expect(nowhere([ticketStatus], stop.signal, () => undefined)).rejects.toMatchObject({ code: 'SQLITE_CANTOPEN' });
  });
});
