import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentText } from '../../src/infrastructure/service/write-openapi';

const committed = join(__dirname, '../../openapi.json');

/** The routes of the contract. */
const contract = [
  'POST /requests/lookup',
  'GET /slots',
  'POST /tickets',
  'POST /tickets/{id}/verification',
  'POST /tickets/{id}/verification/new-code',
  'GET /tickets/{id}',
  'POST /tickets/{id}/reschedule',
  'POST /tickets/{id}/cancel',
  'GET /tickets/{id}/invitation.ics',
  'GET /calendar',
  'GET /calendar/live',
  'POST /calendar/feed',
  'GET /tasks',
  'POST /tickets/{id}/meeting-link',
  'POST /tickets/{id}/start',
  'POST /tickets/{id}/recording',
  'POST /tickets/{id}/held',
  'POST /tickets/{id}/absent',
  'POST /tickets/{id}/resolution',
  'POST /tickets/{id}/resolution/filed',
  'POST /tickets/{id}/resolution/handed-over',
  'POST /tickets/{id}/notice',
  'POST /tickets/{id}/reassign',
  'POST /staff/{id}/absences',
  'DELETE /staff/{id}/absences/{absenceId}',
  'PUT /staff/{id}/hours',
  'POST /letters/{id}/bounced',
  'POST /webhooks/bounces',
  'POST /requests/{number}/{filedOn}/late-admission',
  'PUT /staff/{id}',
  'POST /staff/{id}/left',
  'PUT /requests/{number}/{filedOn}',
  'POST /requests/{number}/{filedOn}/answers',
  'POST /requests/import',
  'POST /staff/import',
  'POST /bridge-days',
  'POST /working-days',
  'DELETE /bridge-days/{date}',
  'DELETE /working-days/{date}',
  'POST /tickets/{id}/forget',
  'GET /parked',
  'POST /parked/{id}/retry',
  'POST /parked/{id}/skip',
  'GET /webhooks',
  'POST /webhooks/{name}/enable',
  'GET /eligibility',
  'GET /audit/tickets',
  'GET /audit/tickets/{id}',
  'GET /audit/tickets/{id}/history',
  'GET /audit/export',
  'GET /audit/tickets/{id}/proof',
  'GET /audit/checkpoint',
  'GET /events',
  'GET /reports/summary',
  'POST /webhooks/webex',
];

describe('openapi.json', () => {
  it('is what the routes say (npm run openapi writes it anew)', async () => {
    const text = await documentText();
    if (process.env['WRITE_OPENAPI'] === '1' || !existsSync(committed)) writeFileSync(committed, text);
    expect(readFileSync(committed, 'utf8')).toBe(text);
  });

  it('has every route of the contract', async () => {
    const { paths } = JSON.parse(await documentText()) as { paths: Record<string, object> };
    const routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routes.filter((route) => route.includes(' /api/v1/')).map((route) => route.replace('/api/v1', ''))).toEqual(
      expect.arrayContaining(contract),
    );
    expect(routes).toEqual(expect.arrayContaining(['GET /health/live', 'GET /health/ready', 'GET /metrics']));
  });
});
