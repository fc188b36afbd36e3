import type { Pool } from 'pg';
import { EventLogCorrupt, type EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { roundsOf } from '@tichet-albastru/event-log/stores/postgres/postgres-writer';
import { openPostgres, type Postgres } from '../../../../src/infrastructure/nest/postgres';
import { after, collected, noStream, notedEvents, noted } from '../../../support/noted';
import { createTestDatabase } from '../../../support/postgres';
import { closing } from '../../../support/closing';

let postgres: Postgres;
let store: PostgresEventStore;
beforeEach(async () => {
  const { url } = await createTestDatabase();
  postgres = closing(await openPostgres({ url }));
  store = closing(new PostgresEventStore(postgres));
});

describe('the events table', () => {
  it('never changes and never loses a row', async () => {
    await store.append('a-1', noStream, notedEvents('one', 3));
    for (const attempt of [`UPDATE tichet.events SET body = 'x'`, 'DELETE FROM tichet.events', 'TRUNCATE tichet.events'])
      await expect(postgres.pool.query(attempt)).rejects.toThrow('append-only');
  });

  it('with a row cut out is an error for every reader and subscriber, never a shorter history', async () => {
    await store.append('a-1', noStream, notedEvents('one', 3));
    await postgres.pool.query(
      'ALTER TABLE tichet.events DISABLE TRIGGER events_never_change; DELETE FROM tichet.events WHERE revision = 1',
    );
    await expect(collected(store.read('a-1'))).rejects.toThrow(new EventLogCorrupt('Revision 1 of a-1 is missing.'));
    await expect(collected(store.readAll())).rejects.toThrow(new EventLogCorrupt('Position 2 of the log is missing.'));
    const following = async (): Promise<void> => {
      for await (const item of store.subscribe({ signal: new AbortController().signal })) if ('kind' in item) return;
    };
    await expect(following()).rejects.toThrow(EventLogCorrupt);
  });
});

describe('a session whose commits do not wait for the disk', () => {
  /** @returns the setting at the end of a transaction that appends one event, which is when it counts */
  const settingAfter = async (statement: string): Promise<unknown> => {
    const client = await postgres.pool.connect();
    await client.query('SET synchronous_commit = off');
    await client.query('BEGIN');
    await client.query(statement);
    const { rows } = await client.query('SHOW synchronous_commit');
    await client.query('COMMIT');
    client.release(true);
    return rows[0].synchronous_commit;
  };

  it('waits for it when it appends', async () => {
    const append = `tichet.append_events('{a-1}', '{-1}', '{""}', '{0}', '{1}', '{0}', '{one}', '{Noted}', '{x}', '{ab}')`;
    expect(await settingAfter(`SELECT * FROM ${append}`)).toBe('on');
    expect(await store.end()).toBe('1'.padStart(20, '0'));
  });

  it('would not, were the event written without the function', async () => {
    expect(await settingAfter(`INSERT INTO tichet.events VALUES (1, 'a-1', 0, 'one', 'Noted', 'x', 'ab')`)).toBe('off');
  });
});

describe('appends that share a commit', () => {
  it('are decided one after the other where they could meet', async () => {
    const answers = await Promise.allSettled([
      store.append('a-1', noStream, notedEvents('one', 2)),
      store.append('a-1', after(1), notedEvents('two', 2)),
      store.append('a-1', after(1), notedEvents('three', 1)),
      store.append('a-2', noStream, [noted('two-1')]),
      store.append('a-1', noStream, notedEvents('one', 2)),
    ]);
    expect(answers).toMatchObject([
      { value: { kind: 'appended', revision: 1 } },
      { value: { kind: 'appended', revision: 3 } },
      { value: { kind: 'conflict', revision: 3 } },
      { reason: { name: 'AppendRefused' } },
      { value: { kind: 'already-appended', revision: 1, position: '2'.padStart(20, '0') } },
    ]);
    expect(await store.end()).toBe('4'.padStart(20, '0'));
  });

  it('go into as few rounds as that takes', () => {
    const request = (stream: string, ...ids: readonly string[]) => ({ stream, expected: noStream, events: ids.map(noted) });
    expect(
      roundsOf([request('a-1', 'i1'), request('a-2', 'i2'), request('a-1', 'i3'), request('a-3', 'i4', 'i3'), request('a-4', 'i5')]),
    ).toEqual([0, 0, 1, 2, 0]);
  });
});

describe('a reader that is stuck', () => {
  const events = 5000;
  /** @returns how many batches were fetched for somebody who took one event and no more */
  const batchesFor = async (read: (from: EventStore) => AsyncIterable<unknown>): Promise<number> => {
    for (let turn = 0; turn < events / 500; turn += 1) await store.append(`a-${turn}`, noStream, notedEvents(`e-${turn}`, 500));
    let batches = 0;
    const query = postgres.pool.query.bind(postgres.pool) as (...asked: unknown[]) => Promise<unknown>;
    const counting = Object.assign(Object.create(postgres.pool) as Pool, {
      query: (...asked: unknown[]) => {
        batches += 1;
        return query(...asked);
      },
    });
    const counted = new PostgresEventStore({ pool: counting, listener: postgres.listener });
    const reading = read(counted)[Symbol.asyncIterator]();
    await reading.next();
    await store.append('b-1', noStream, notedEvents('late', 1));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await reading.return?.();
    return batches;
  };

  it('keeps one batch in memory, and no connection', async () => {
    expect(await batchesFor((from) => from.subscribe({ signal: new AbortController().signal }))).toBe(1);
    expect(postgres.pool.idleCount).toBe(postgres.pool.totalCount);
  });

  it('keeps all of it where the store reads ahead: the test would see it', async () => {
    const readsAhead = async function* (from: EventStore) {
      yield* await collected(from.readAll());
    };
    expect(await batchesFor(readsAhead)).toBeGreaterThan(events / 1000 - 1);
  });
});
