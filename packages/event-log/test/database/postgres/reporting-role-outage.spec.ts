import { DatabaseUnusable } from '@tichet-albastru/event-log/database/postgres/database-unusable';
import { openPool } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { openPostgres } from '../../../../../src/infrastructure/nest/postgres';
import { openReporting } from '@tichet-albastru/event-log/reporting/reporting-role';
import { createTestDatabase } from '../../../../../test/support/postgres';
import { closing } from '../../../../../test/support/closing';

it('a database that only reads is told to whoever starts a service on it, in a sentence', async () => {
  const database = await createTestDatabase();
  const postgres = await openPostgres({ url: database.url });
  await openReporting(postgres.pool);
  await postgres.close();
  const standby = closing(openPool({ url: database.url, readOnly: true }));
  await expect(openReporting(standby)).rejects.toBeInstanceOf(DatabaseUnusable);
});
