import { createLease } from '@tichet-albastru/event-log/database/postgres/lease';
import { openPostgres, type Postgres } from '../../../../../src/infrastructure/nest/postgres';
import { createTestDatabase, type TestDatabase } from '../../../../../test/support/postgres';
import { closing } from '../../../../../test/support/closing';

let database: TestDatabase;
let postgres: Postgres;
beforeEach(async () => {
  database = await createTestDatabase();
  postgres = closing(await openPostgres({ url: database.url }));
});

const leaseUntil = (until: string) =>
  postgres.pool.query(
    `INSERT INTO tichet.leases (name, holder, token, until) VALUES ('work', 'dead', gen_random_uuid(), clock_timestamp() + $1::interval)`,
    [until],
  );
/** Within so many milliseconds, or however long it takes. */
const isHad = async (within?: number): Promise<boolean> => {
  let had = false;
  const enough = within === undefined ? new AbortController().signal : AbortSignal.timeout(within);
  const lease = createLease({ pool: postgres.pool, name: 'work', holder: 'me', milliseconds: 1000, tryEvery: 50 });
  await lease.held(enough, () => {
    had = true;
    return Promise.resolve();
  });
  return had;
};

describe('the lease of a holder who died', () => {
  it('is not waited for until an end that the database’s clock, set back since, reaches in hours', async () => {
    await leaseUntil('1 hour');
    expect(await isHad()).toBe(true);
  });

  it('is waited for until an end that it can have', async () => {
    await leaseUntil('3 seconds');
    expect(await isHad(300)).toBe(false);
    expect(await isHad()).toBe(true);
  });

  it('of another version, which gives leases some times as long, is as well', async () => {
    await leaseUntil('5 seconds');
    expect(await isHad(1000)).toBe(false);
  });
});
