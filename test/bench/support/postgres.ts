import { createTestDatabase, type TestDatabase } from '../../support/postgres';
import { offerPostgres } from '../../support/postgres-servers.mjs';

let offered: Promise<{ readonly port: number; readonly close: () => Promise<void> }> | undefined;
const databases: TestDatabase[] = [];

/** A database of its own on the server of this run: one out of the npm package, or that of TICHET_TEST_POSTGRES_URL. */
export const freshDatabase = async (): Promise<TestDatabase> => {
  if (process.env['TICHET_TEST_POSTGRES_URL'] === undefined) {
    offered ??= offerPostgres();
    process.env['TICHET_TEST_POSTGRES_DESK'] = String((await offered).port);
  }
  const database = await createTestDatabase();
  databases.push(database);
  return database;
};

export const removePostgres = async (): Promise<void> => {
  for (const { drop } of databases.splice(0)) await drop().catch(() => undefined);
  await (await offered)?.close();
};
