import { join } from 'node:path';
import { EventLogCorrupt, type EventStore, EventStoreUnavailable } from '@tichet-albastru/event-log/ports/event-store';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { RowChange } from '@tichet-albastru/event-log/ports/read-models';
import { DatabaseUnavailable } from '@tichet-albastru/event-log/database/postgres/database-fault';
import { type Listener, silentListener } from '@tichet-albastru/event-log/database/postgres/listener';
import { openPostgres } from '../../../src/infrastructure/nest/postgres';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import type { TableStore } from '@tichet-albastru/event-log/read-models/table-read-models';
import { followAskedLog } from '../../../src/infrastructure/tables/threads/table-threads';
import { errorOf, failedWith, type KeptIn } from '@tichet-albastru/event-log/read-models/thread-messages.codec';
import { silentLogger } from '../../../src/infrastructure/testing/test-ports';
import { auditEvidence } from '../../../src/projections/audit-trail/audit-trail';
import type { FollowedLog } from '@tichet-albastru/event-log/projector/projector-ports';
import { catchUp, runProjections } from '@tichet-albastru/event-log/projector/projector';
import { ticketStatus } from '../../../src/projections/ticket-status/ticket-status';
import { onlineHistory, rescheduledHistory } from '../../support/histories';
import { closing, emptyFolder } from '../../support/closing';
import { createTestDatabase } from '../../support/postgres';
import { asCase, beside, dump, sideBySide, type World, worldWith } from './world';

const longEnough = 600_000;
const tables = [ticketStatus, auditEvidence];
const history = () => sideBySide(...Array.from({ length: 8 }, (_, n) => asCase(n, n % 2 === 0 ? onlineHistory() : rescheduledHistory())));

/** Tables that a thread keeps up to a log of this one. */
type Kept = { readonly rows: TableStore; readonly keptIn: KeptIn };

const inFile = (): Promise<Kept> => {
  const folder = emptyFolder();
  return Promise.resolve({ rows: closing(new SqliteReadModels(join(folder, 'read-models.db'))), keptIn: { folder } });
};
const onServer = async (listen: (listener: Listener) => Listener): Promise<Kept> => {
  const { url } = await createTestDatabase();
  const { pool, listener } = closing(await openPostgres({ url }));
  const rows = closing(new PostgresReadModels({ pool, listener: listen(listener) }));
  return { rows, keptIn: { postgres: { url, most: 1 } } };
};
const places: readonly (readonly [where: string, open: () => Promise<Kept>])[] = [
  ['a file', inFile],
  ['a server', () => onServer((listener) => listener)],
  ['a server that is not heard', () => onServer(() => silentListener)],
];

const prepared = async (open: () => Promise<Kept>): Promise<Kept> => {
  const kept = await open();
  for (const table of tables) await kept.rows.prepare(table);
  return kept;
};

describe('Following a log that is elsewhere in a thread, which is handed on what this one reads of it', () => {
  let told: World;
  let stop: AbortController;
  let noted: string[];
  beforeEach(async () => {
    told = worldWith();
    stop = new AbortController();
    noted = [];
    await told.tell(...history());
  });

  const follow = (log: FollowedLog, { rows, keptIn }: Kept): Promise<void> => {
    const logger: Logger = { ...silentLogger, warn: (event) => noted.push(event) };
    rows.useThreads({ follow: followAskedLog(keptIn, log, logger) });
    return runProjections({ ...told, rows }, tables, { signal: stop.signal });
  };

  it.each(places)('gives the rows that following here gives, in %s, and tells this thread of every one', async (_, open) => {
    const here = beside(told);
    await catchUp(here, tables);
    const kept = await prepared(open);
    const changed: RowChange[] = [];
    const listening = (async () => {
      for await (const change of kept.rows.changes(stop.signal)) changed.push(change);
    })();
    const following = follow(told.store, kept);

    expect(await kept.rows.reached(await told.store.end(), longEnough)).toBe(true);
    expect(await dump(kept.rows, ...tables)).toBe(await dump(here.rows, ...tables));
    stop.abort();
    await Promise.all([following, listening]);
    expect(new Set(changed.map(({ projection }) => projection))).toEqual(new Set(['ticket-status', 'audit-evidence', 'audit-trail']));
  });

  it('sits an outage of the log out, and leaves every subscription', async () => {
    const signals: AbortSignal[] = [];
    const kept = await prepared(inFile);
    const following = follow(
      {
        ...asked(told.store),
        subscribe: (options) => {
          signals.push(options.signal);
          if (signals.length === 1) throw new EventStoreUnavailable('The log is away.', 'unavailable');
          return told.store.subscribe(options);
        },
      },
      kept,
    );
    expect(await kept.rows.reached(await told.store.end(), longEnough)).toBe(true);
    expect(noted).toEqual(['projector-waits-for-the-log']);
    stop.abort();
    await following;
    expect(signals.at(-1)?.aborted).toBe(true);
  });

  it('folds nothing of a log in which what was handled last does not stand', async () => {
    const kept = await inFile();
    await catchUp({ ...told, rows: kept.rows }, tables);
    const waits = new Promise<void>((resolve) => {
      noted.push = () => {
        resolve();
        return 0;
      };
    });
    const subscribed: string[] = [];
    const following = follow(
      {
        ...asked(told.store),
        at: () => Promise.resolve(undefined),
        subscribe: (options) => {
          subscribed.push(options.after ?? '');
          return told.store.subscribe(options);
        },
      },
      kept,
    );
    await waits;
    stop.abort();
    await following;
    expect(subscribed).toEqual([]);
  });

  it('ends with what ended it, and what that says of a stream: one that is not whole is no reason to follow no more', async () => {
    const damage = { stream: 'ticket-1', revision: 3, how: 'cut' } as const;
    const log: FollowedLog = {
      ...asked(told.store),
      subscribe: () => {
        throw new EventLogCorrupt('Revision 3 of ticket-1 is missing.', damage);
      },
    };
    const ended: unknown = await follow(log, await inFile()).catch((error: unknown) => error);
    expect(ended).toBeInstanceOf(EventLogCorrupt);
    expect(ended).toMatchObject({ damage });
  });

  it.each([
    new EventLogCorrupt('Another log.'),
    new EventStoreUnavailable('Away.', 'deadline-exceeded'),
    new DatabaseUnavailable('57P01'),
    Object.assign(new Error('No space.'), { code: 'SQLITE_FULL' }),
  ])('hands on an error as it is: %s', (error) => {
    const there = errorOf(failedWith(error));
    expect(there.constructor).toBe(error.constructor);
    expect(there).toMatchObject({ name: error.name, message: error.message, ...('code' in error && { code: error.code }) });
  });
});

/** What following asks of a log. */
const asked = (store: EventStore): FollowedLog => ({
  end: () => store.end(),
  read: (stream) => store.read(stream),
  subscribe: (options) => store.subscribe(options),
});
