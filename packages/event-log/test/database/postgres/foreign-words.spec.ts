import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgres, type Postgres } from '../../../../../src/infrastructure/nest/postgres';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { counting } from '../../../../../test/projections/kernel/counting';
import { worldWith } from '../../../../../test/projections/kernel/world';
import { noStream, notedEvents } from '../../../../../test/support/noted';
import { createTestDatabase, type TestDatabase } from '../../../../../test/support/postgres';
import { closing } from '../../../../../test/support/closing';

let database: TestDatabase;
let one: Postgres;
let other: Postgres;
beforeEach(async () => {
  database = await createTestDatabase();
  one = closing(await openPostgres({ url: database.url }));
  other = closing(await openPostgres({ url: database.url }));
});
const say = (channel: string, what: string) => other.pool.query('SELECT pg_notify($1, $2)', [channel, what]);

// Whoever may connect to a database may say anything on any channel.
describe('what others say on our channels', () => {
  it('ends no process, and readers of changes go on', async () => {
    const rows = closing(new PostgresReadModels(one));
    await catchUp(worldWith(rows), [counting()]);
    for (const words of ['{"by":"x","nth":1,"builds":[1]}', '{"by":"x","nth":1,"builds":[null],"rows":[null]}', 'x', '{}'])
      await say('tichet_rows', words);
    await sleep(200);
    expect(await rows.count('counting')).toBe(0);
  });

  it('keeps no follower of the log from hearing of an append at once', async () => {
    const reader = new PostgresEventStore(one);
    const writer = new PostgresEventStore(other);
    await writer.append('a-1', noStream, notedEvents('one', 1));
    const items = reader.subscribe({ after: '', signal: new AbortController().signal })[Symbol.asyncIterator]();
    const next = async (): Promise<void> => {
      for (let item = await items.next(); item.done !== true && 'kind' in item.value;) item = await items.next();
    };
    await next();
    for (const words of ['x', '99999999999999', '']) await say('tichet_events', words);
    await sleep(100);
    // it looks by itself every half second, counted from the last look: from the second on, only who hears is sooner, once at least
    let soonest = Infinity;
    for (let n = 0; n < 100 && soonest >= 250; n += 1) {
      const appended = performance.now();
      const seen = next();
      await writer.append(`b-${n}`, noStream, notedEvents(`b${n}`, 1));
      await seen;
      if (n > 0) soonest = Math.min(soonest, performance.now() - appended);
    }
    await items.return?.();
    await Promise.all([reader.close(), writer.close()]);
    expect(soonest).toBeLessThan(250);
  });
});
