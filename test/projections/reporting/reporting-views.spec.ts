import { type Database, openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { join } from 'node:path';
import { SqliteReadModels, SqliteReadModelsReader } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { allProjections } from '../../../src/projections/all-projections';
import { auditEvidence } from '../../../src/projections/audit-trail/audit-trail';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { rebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { ticketFacts } from '../../../src/projections/ticket-facts/ticket-facts';
import { citizenAbsentHistory, clarificationHistory, onlineHistory, phoneHistory } from '../../support/histories';
import { reportingColumns } from '../../support/reporting-columns';
import { asCase, sideBySide, worldWith } from '../kernel/world';
import { closing, emptyFolder } from '../../support/closing';

const columns = Object.fromEntries(Object.entries(reportingColumns).map(([name, promised]) => [`reporting_v1_${name}`, promised]));

describe('the reporting views', () => {
  let folder: string;
  let models: SqliteReadModels;
  let db: Database;
  beforeEach(async () => {
    folder = emptyFolder();
    const file = join(folder, 'read-models.db');
    models = closing(new SqliteReadModels(file));
    const world = worldWith(models);
    await world.tell(
      ...sideBySide(
        ...[onlineHistory(), phoneHistory(), citizenAbsentHistory(), clarificationHistory()].map((story, n) => asCase(n, story)),
      ),
    );
    await catchUp(world, allProjections);
    for (const projection of [ticketFacts, auditEvidence]) expect(await rebuild(world, projection)).toBe('switched');
    db = closing(openSqlite(file, { readonly: true }));
  });

  it.each(Object.entries(columns))('%s has the columns that were promised, in rows, after a rebuild too', (view, promised) => {
    const [row] = db.prepare<[], Record<string, unknown>>(`SELECT * FROM ${view}`).all();
    expect(Object.keys(row ?? {})).toEqual(promised.split(' '));
  });

  it('hold no personal data, sealed or not', () => {
    for (const view of Object.keys(columns)) {
      const text = JSON.stringify(db.prepare(`SELECT * FROM ${view}`).all());
      expect(text).not.toMatch(/sealed|contact:|@|POPESCU/i);
    }
  });

  it('add up by week and department', () => {
    const rows = db.prepare<[], Record<string, unknown>>('SELECT * FROM reporting_v1_weekly_summary').all();
    expect(rows).toEqual([expect.objectContaining({ week: '2026-W10', department_code: '425', tickets: 4, held: 3, citizen_absent: 1 })]);
  });

  it('a reader beside the writer sees what was committed', async () => {
    const beside = closing(new SqliteReadModelsReader(join(folder, 'read-models.db')));
    expect(await beside.count('ticket-facts')).toBe(4);
  });
});
