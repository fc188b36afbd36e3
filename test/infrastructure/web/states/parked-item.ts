import { join } from 'node:path';
import { openSqliteReader } from '@tichet-albastru/event-log/stores/sqlite/sqlite-reader';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import type { Demonstration } from '../browser/support/demonstration';

/* Nobody's rows: the rest of the demonstration goes on. */

type Parking = { readonly table: string; readonly keys: readonly string[]; readonly error: string };

/** Where its stores are. */
type Place = Pick<Demonstration, 'dataDirectory'>;

const parkedAt = '2027-03-10T07:31:00.000Z';

/** Parks rows of the running demonstration, as a projection does that cannot take an event; those that are parked already stay. */
const park = async ({ dataDirectory }: Place, { table, keys, error }: Parking): Promise<readonly string[]> => {
  const rows = new SqliteReadModels(join(dataDirectory, 'read-models.db'));
  const log = openSqliteReader(join(dataDirectory, 'events.db'));
  try {
    for (;;) {
      const parked = (await rows.parked()).filter((item) => item.projection === table && keys.includes(item.key));
      if (parked.length === keys.length) return parked.map(({ id }) => id);
      const [build] = (await rows.builds()).filter(({ projection }) => projection === table);
      if (build === undefined) throw new Error('There is no such table.');
      const [event] = log.ofStream('staff-d01', 0);
      if (event === undefined) throw new Error('There is no such person.');
      const parks = keys.map((key) => ({ table, key, event, error, parkedAt }));
      await rows.commit([{ build, expected: build.checkpoint, next: build.checkpoint, writes: [], parks, unparks: [] }]);
    }
  } finally {
    rows.close();
    log.close();
  }
};

/** One row. @returns its id */
export const parkAnItem = async (demonstration: Place): Promise<string> => {
  const error = 'TypeError: Cannot read properties of undefined (reading “department”)';
  return (await park(demonstration, { table: 'staff-directory', keys: ['oprit'], error }))[0] ?? '';
};

/** A row that verdicts rest on. */
export const parkEvidence = async (demonstration: Place): Promise<void> => {
  await park(demonstration, { table: 'audit-evidence', keys: ['oprit'], error: 'TypeError: Cannot read properties of undefined' });
};

/** Two hundred: 198 times the same error, and twice another. */
export const parkManyItems = async (demonstration: Demonstration): Promise<void> => {
  const named = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, place) => `oprit-${from + place}`);
  const error = "TypeError: Cannot read properties of undefined (reading 'Țărnă-Ödön Ștefania')";
  await park(demonstration, { table: 'agenda-days', keys: named(1, 198), error });
  await park(demonstration, { table: 'agenda-days', keys: named(199, 200), error: 'RangeError: The day 2027-03-31 has no such hour' });
};
