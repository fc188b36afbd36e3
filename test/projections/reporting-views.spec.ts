import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteReadModels, SqliteReadModelsReader } from '../../src/infrastructure/read-models/sqlite/sqlite-read-models';
import { allProjections } from '../../src/projections/all-projections';
import { auditEvidence } from '../../src/projections/audit-trail/audit-trail';
import { catchUp } from '../../src/projections/kernel/projector';
import { rebuild } from '../../src/projections/kernel/rebuild';
import { ticketFacts } from '../../src/projections/ticket-facts/ticket-facts';
import { citizenAbsentHistory, clarificationHistory, onlineHistory, phoneHistory } from '../support/histories';
import { asCase, sideBySide, worldWith } from './world';

const columns = {
  reporting_v1_tickets:
    'ticket_id department department_code staff_id mode ground late_admission status requested_at scheduled_at scheduled_for week lead_hours rescheduled_by_citizen rescheduled_by_staff reassigned cancelled_by citizen_absent staff_absent wrong_codes',
  reporting_v1_meetings:
    'ticket_id department_code staff_id mode week scheduled_for started_at ended_at minutes record_kind recorded recording_missing recording_waived resolution_issued resolution_after_minutes',
  reporting_v1_verdicts: `ticket_id department_code staff_id mode starts_at record_kind overall warnings waived as_of next_change_at ${Array.from({ length: 20 }, (_, n) => `c${String(n + 1).padStart(2, '0')}`).join(' ')}`,
  reporting_v1_eligibility:
    'request_number filed_on status department_code communicated_on advertised_until enforced_until late_admission_until active_ticket_id',
  reporting_v1_weekly_summary:
    'week department_code tickets held citizen_absent staff_absent cancelled reschedulings recorded resolutions average_minutes average_resolution_after_minutes',
} as const;

describe('the reporting views', () => {
  let folder: string;
  let models: SqliteReadModels;
  let db: Database.Database;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'reporting-'));
    const file = join(folder, 'read-models.db');
    models = new SqliteReadModels(file);
    const world = worldWith(models);
    await world.tell(
      ...sideBySide(
        ...[onlineHistory(), phoneHistory(), citizenAbsentHistory(), clarificationHistory()].map((story, n) => asCase(n, story)),
      ),
    );
    await catchUp(world, allProjections);
    for (const projection of [ticketFacts, auditEvidence]) expect(await rebuild(world, projection)).toBe('switched');
    db = new Database(file, { readonly: true });
  });
  afterEach(() => {
    db.close();
    models.close();
    rmSync(folder, { recursive: true });
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
    const beside = new SqliteReadModelsReader(join(folder, 'read-models.db'));
    expect(await beside.count('ticket-facts')).toBe(4);
    beside.close();
  });
});
