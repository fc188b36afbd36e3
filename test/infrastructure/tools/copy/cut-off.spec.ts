import { postgresOperationRows } from '../../../../src/infrastructure/tools/copy/carry-operations';
import { appendInOrderTo } from '@tichet-albastru/event-log/stores/postgres/append-in-order';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { databaseFault } from '@tichet-albastru/event-log/database/postgres/database-fault';
import { openPostgres, type Postgres } from '../../../../src/infrastructure/nest/postgres';
import { openFaultyConnection } from '../../../support/faulty-connection';
import { collected, noStream, notedEvents } from '../../../support/noted';
import { createTestDatabase, type TestDatabase } from '../../../support/postgres';
import { closing } from '../../../support/closing';

// A connection that dies in somebody's hands says so as an event: where nobody hears it, the process ends in the middle of a copy.
let database: TestDatabase;
const cutAt = async (marked: string): Promise<Postgres> => {
  const connection = await openFaultyConnection(database.url, marked);
  const postgres = closing(await openPostgres({ url: connection.url }));
  connection.suffer((nth) => (nth === 0 ? 'question-lost' : undefined));
  return postgres;
};
beforeEach(async () => {
  database = await createTestDatabase();
});

describe('a copy that is cut off from its database', () => {
  it('while it appends is told so, and appends again', async () => {
    const { pool } = await cutAt('append_events');
    const append = appendInOrderTo(pool);
    const requests = [{ stream: 'a-1', expected: noStream, events: notedEvents('one', 2) }];
    expect(await append(requests)).toMatchObject({ written: 0, because: { kind: 'unknown' } });
    expect(await append(requests)).toMatchObject({ written: 1 });
  });

  it('still writes all of it or nothing', async () => {
    const opened = await cutAt('nothing');
    const store = closing(new PostgresEventStore(opened));
    const append = appendInOrderTo(opened.pool);
    const first = { stream: 'a-1', expected: noStream, events: notedEvents('one', 1) };
    const stale = { stream: 'a-1', expected: noStream, events: notedEvents('other', 1) };
    expect(await append([first, stale])).toMatchObject({ written: 0, because: { kind: 'conflict' } });
    expect(await collected(store.readAll())).toEqual([]);
  });

  it('while it carries the operational state rejects, and keeps what stood', async () => {
    const { pool } = await cutAt('delete from "tichet"."registers"');
    const rows = postgresOperationRows(pool);
    await pool.query(`INSERT INTO tichet.registers (name, value) VALUES ('one', '1')`);
    const pages = async function* () {
      await Promise.resolve();
      yield [{ name: 'two', value: '2' }];
    };
    const fault: unknown = await rows.replace('registers', pages()).catch((error: unknown) => error);
    expect(databaseFault(fault)).toBeDefined();
    expect(await rows.after('registers', '', 10)).toEqual([{ name: 'one', value: '1' }]);
    await rows.replace('registers', pages());
    expect(await rows.after('registers', '', 10)).toEqual([{ name: 'two', value: '2' }]);
  });
});
