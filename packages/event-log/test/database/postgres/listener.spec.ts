import { Client } from 'pg';
import { createListener, type Listener } from '@tichet-albastru/event-log/database/postgres/listener';
import { createTestDatabase, type TestDatabase } from '../../../../../test/support/postgres';
import { closing } from '../../../../../test/support/closing';

let database: TestDatabase;
let client: Client;
let listener: Listener;
beforeEach(async () => {
  database = await createTestDatabase();
  client = closing(new Client({ connectionString: database.url }));
  await client.connect();
  listener = closing(createListener(database.url));
});

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};
const say = (channel: string, text: string) => client.query('SELECT pg_notify($1, $2)', [channel, text]);

describe('the listener', () => {
  it('hears each channel for itself, also one that was added later', async () => {
    const heard: (string | undefined)[] = [];
    const rows: (string | undefined)[] = [];
    listener.on('events', (text) => heard.push(text));
    await until(() => heard.length === 1);
    const stop = listener.on('rows', (text) => rows.push(text));
    await until(() => rows.length === 1);
    await say('events', 'a');
    await say('rows', 'b');
    await until(() => rows.length === 2);
    stop();
    await say('rows', 'c');
    await say('events', 'd');
    await until(() => heard.length === 3);
    expect([heard, rows]).toEqual([
      [undefined, 'a', 'd'],
      [undefined, 'b'],
    ]);
  });

  it('that was cut off listens again, and says that something may have been missed', async () => {
    const heard: (string | undefined)[] = [];
    listener.on('events', (text) => heard.push(text));
    await until(() => heard.length === 1);
    for (let time = 2; time < 4; time += 1) {
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tichet-listener' AND datname = current_database()`,
      );
      await say('events', 'missed');
      await until(() => heard.at(-1) === undefined && heard.length >= time);
    }
    await say('events', 'heard');
    await until(() => heard.at(-1) === 'heard');
  });

  it('that nobody answers goes on asking, ends no process, and can be closed', async () => {
    const url = new URL(database.url);
    url.port = '1';
    const nobody = closing(createListener(url.href));
    let heard = 0;
    nobody.on('events', () => (heard += 1));
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(heard).toBe(0);
  });
});
