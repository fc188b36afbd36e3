import { join } from 'node:path';
import { openSqliteReader } from '../../../src/infrastructure/log/event-store/sqlite/sqlite-reader';
import { SqliteReadModels } from '../../../src/infrastructure/tables/read-models/sqlite-read-models';
import type { Demonstration } from '../browser/support/demonstration';

const table = 'staff-directory';
/** Nobody's row: the rest of the demonstration goes on. */
const key = 'oprit';

/** Parks a row of the running demonstration, as a projection does that cannot take an event; once. @returns its id */
export const parkAnItem = async ({ dataDirectory }: Demonstration): Promise<string> => {
  const rows = new SqliteReadModels(join(dataDirectory, 'read-models.db'));
  const log = openSqliteReader(join(dataDirectory, 'events.db'));
  try {
    const find = async () => (await rows.parked()).find((item) => item.key === key)?.id;
    for (let known = await find(); ; known = await find()) {
      if (known !== undefined) return known;
      const [build] = (await rows.builds()).filter(({ projection }) => projection === table);
      if (build === undefined) throw new Error('There is no such table.');
      const [event] = log.ofStream('staff-d01', 0);
      if (event === undefined) throw new Error('There is no such person.');
      const parkedAt = '2027-03-10T07:31:00.000Z';
      const parks = [{ table, key, event, error: 'TypeError: Cannot read properties of undefined (reading “department”)', parkedAt }];
      await rows.commit([{ build, expected: build.checkpoint, next: build.checkpoint, writes: [], parks, unparks: [] }]);
    }
  } finally {
    rows.close();
    log.close();
  }
};
