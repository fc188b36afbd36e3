import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Client } from 'pg';
import { endsByItself } from './closing';

/** Asks the process of the test run for a server; see postgres-servers.mjs. */
const ask = async (question: string): Promise<string> => {
  const socket = connect(Number(process.env['TICHET_TEST_POSTGRES_DESK']), '127.0.0.1');
  try {
    socket.write(`${question}\n`);
    let answer = '';
    while (!answer.endsWith('\n')) {
      const [bytes] = await once(socket, 'data');
      answer += String(bytes);
    }
    if (answer.startsWith('error')) throw new Error(`PostgreSQL for the tests: ${answer.trim()}`);
    return answer.trim();
  } finally {
    socket.destroy();
  }
};

/** One statement, over a connection of its own. @returns its rows */
export const askDatabase = async <T extends object>(url: string, statement: string): Promise<readonly T[]> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(statement)).rows;
  } finally {
    await client.end();
  }
};

export type TestDatabase = { readonly url: string; readonly drop: () => Promise<void> };

const createDatabase = async (server: string): Promise<TestDatabase> => {
  const name = `tichet_${randomBytes(6).toString('hex')}`;
  await askDatabase(server, `CREATE DATABASE ${name} TEMPLATE template0`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const drop = async (): Promise<void> => {
    await askDatabase(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  return { url: url.href, drop };
};

/** A database of its own, empty, on the server of this run or on the one at TICHET_TEST_POSTGRES_URL. */
export const createTestDatabase = async (): Promise<TestDatabase> =>
  endsByItself(await createDatabase(process.env['TICHET_TEST_POSTGRES_URL'] ?? (await ask('shared'))), 'drop');

/** A server of its own, for tests that stop it. @param folder where its data are; any when left out */
export const startTestServer = async (folder = '') => {
  const [number, server = ''] = (await ask(`own ${folder}`)).split(' ');
  return endsByItself(
    {
      createDatabase: () => createDatabase(server),
      stop: () => ask(`stop ${number}`),
      /** every connection is cut, nothing is written down */
      crash: () => ask(`crash ${number}`),
      /** also one that has ended by itself; nothing happens to one that runs */
      start: () => ask(`start ${number}`),
      remove: () => ask(`remove ${number}`),
    },
    'remove',
  );
};
