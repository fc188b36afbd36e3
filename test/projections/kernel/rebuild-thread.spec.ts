import { getPriority } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore, type SqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { rebuildInThread } from '../../../src/infrastructure/tables/threads/table-threads';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { auditEvidence } from '../../../src/projections/audit-trail/audit-trail';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { rebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { ticketStatus } from '../../../src/projections/ticket-status/ticket-status';
import { onlineHistory, rescheduledHistory } from '../../support/histories';
import { counting } from './counting';
import { asCase, dump, sideBySide, worldWith } from './world';
import { closing, emptyFolder } from '../../support/closing';

describe('A rebuild in a thread of its own', () => {
  let folder: string;
  let store: SqliteEventStore;
  let rows: SqliteReadModels;
  beforeEach(async () => {
    folder = emptyFolder();
    store = closing(await openSqliteEventStore({ folder }));
    rows = closing(new SqliteReadModels(join(folder, 'read-models.db'), { rebuild: rebuildInThread(folder) }));
  });

  const world = async () => {
    const told = { ...worldWith(rows), store };
    const tell = worldWith(rows);
    await tell.tell(...sideBySide(...Array.from({ length: 8 }, (_, n) => asCase(n, n % 2 === 0 ? onlineHistory() : rescheduledHistory()))));
    const streams = new Map<string, { revision: number; hash: string }>();
    for await (const event of tell.store.readAll()) {
      const { stream, revision, id, type, body, hash } = event;
      const tail = streams.get(stream);
      await store.append(stream, tail === undefined ? { kind: 'no-stream' } : { kind: 'at', ...tail }, [{ id, type, body, hash }]);
      streams.set(stream, { revision, hash });
    }
    return told;
  };

  it('gives the rows that following the log gave, and nobody who waits for a position waits for ever', async () => {
    const told = await world();
    const end = await catchUp(told, [ticketStatus, auditEvidence]);
    const before = await dump(rows, ticketStatus, auditEvidence);
    const builds = (await rows.builds()).map(({ build }) => build);

    expect(await rebuild(told, ticketStatus)).toBe('switched');
    expect(await rebuild(told, auditEvidence)).toBe('switched');

    expect(await rows.reached(end, 600_000)).toBe(true);
    expect((await rows.builds()).map(({ build }) => build)).not.toEqual(builds);
    expect(await dump(rows, ticketStatus, auditEvidence)).toBe(before);
  });

  it('stands back alone: the thread that asked for it keeps its priority', async () => {
    const told = await world();
    const before = getPriority();
    expect(await rebuild(told, ticketStatus)).toBe('switched');
    expect(getPriority()).toBe(before);
  });

  it('leaves what is asked to stop for the next one, and fills a table that it does not know where it was asked', async () => {
    const told = await world();
    const stop = new AbortController();
    stop.abort();

    expect(await rebuild(told, ticketStatus, { signal: stop.signal })).toBe('interrupted');
    expect(await rebuild(told, counting())).toBe('switched');
    expect(await rows.count('counting')).toBe(8);
  });
});
