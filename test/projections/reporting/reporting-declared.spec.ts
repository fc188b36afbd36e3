import { allProjections } from '../../../src/projections/all-projections';
import { catchUpReporting } from '@tichet-albastru/event-log/reporting/fill-reporting';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { reportingViews } from '../../../src/projections/reporting/reporting';
import { emptyFolder } from '../../support/closing';
import { citizenAbsentHistory, clarificationHistory, onlineHistory, phoneHistory } from '../../support/histories';
import { inPostgres, inSqlite, World, type Asked, type Place } from '../kernel/errands';
import { asCase, beside, sideBySide, worldWith } from '../kernel/world';
import { reportingTables } from '../../support/declared-reporting';

/** Flags are 0 and 1 in SQLite, counts text in PostgreSQL, and instants its own. */
const plain = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
};
const asText = (rows: Asked): readonly string[] =>
  rows.map((row) => JSON.stringify(Object.entries(row).map(([name, value]) => [name, plain(value)]))).toSorted();

describe('the reporting tables as they are declared', () => {
  const log = worldWith();
  const places: Place[] = [];
  const declared = { tables: reportingTables, views: reportingViews };
  const answersOf = async (place: Place, name: string, columns: readonly string[]): Promise<readonly string[]> =>
    asText(await place.ask(`SELECT ${columns.join(', ')} FROM v2_${name}`));

  beforeAll(async () => {
    places.push(inSqlite(emptyFolder()), await inPostgres());
    const histories = [onlineHistory(), phoneHistory(), citizenAbsentHistory(), clarificationHistory()];
    await log.tell(...sideBySide(...histories.map((history, n) => asCase(n, history))));
    for (const place of places) {
      await catchUp(beside(log, place.models), allProjections);
      await catchUpReporting(new World(place).ports, declared);
    }
  });

  it('stand in both databases with the same rows, and their views with the same answers', async () => {
    const [sqlite, postgres] = places;
    if (sqlite === undefined || postgres === undefined) throw new Error('There are two places.');
    for (const { name, columns } of [...reportingTables, ...reportingViews]) {
      const answers = await answersOf(sqlite, name, Object.keys(columns));
      expect({ name, answers: await answersOf(postgres, name, Object.keys(columns)) }).toEqual({ name, answers });
    }
  });

  it('park nothing, and are not behind', async () => {
    for (const place of places) {
      expect(await place.reporting.parked()).toEqual([]);
      for (const table of await place.reporting.freshness()) expect(table).toMatchObject({ behindRows: 0, parked: 0 });
    }
  });

  it('have views with the columns that are described, each with its sentence', async () => {
    for (const { name, columns } of reportingViews) {
      const found = (await places[1]?.ask(`SELECT attname FROM pg_attribute WHERE attrelid = 'v2_${name}'::regclass AND attnum > 0`)) ?? [];
      expect({ name, columns: found.map(({ attname }) => attname) }).toEqual({ name, columns: Object.keys(columns) });
    }
  });
});
