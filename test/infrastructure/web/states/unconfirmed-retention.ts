import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { join } from 'node:path';
import type { Demonstration } from '../browser/support/demonstration';

/** As in a folder that is older than the shipped periods: nobody has confirmed yet what is due. */
export const unconfirmRetention = ({ dataDirectory }: Demonstration): Promise<void> => {
  const operations = openSqlite(join(dataDirectory, 'operations.db'), { timeout: 10_000 });
  operations.prepare("DELETE FROM registers WHERE name = 'retention-confirmed'").run();
  operations.close();
  return Promise.resolve();
};
