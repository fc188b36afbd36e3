import { heldLeases } from '@tichet-albastru/event-log/database/postgres/held-leases';
import { leaseRow } from '@tichet-albastru/event-log/database/postgres/lease';
import { openPostgres, type Postgres } from '../../../../../src/infrastructure/nest/postgres';
import { createTestDatabase } from '../../../../../test/support/postgres';
import { closing } from '../../../../../test/support/closing';

let postgres: Postgres;
beforeEach(async () => {
  postgres = closing(await openPostgres({ url: (await createTestDatabase()).url }));
});

const milliseconds = 60_000;
const token = (digit: number): string => `00000000-0000-4000-8000-00000000000${digit}`;
const holder = (name: string, digit: number) =>
  leaseRow(postgres.pool, { name: 'projections', holder: name, token: token(digit), milliseconds });
const standing = async () => (await heldLeases(postgres.pool)).map(({ name, holder: who, since }) => [name, who, since] as const);

describe('who does what', () => {
  it('is told with the process and since when it does; renewing changes nothing of that, and another taking over does', async () => {
    const first = holder('a-1', 1);
    await first.take();
    const [[, , since] = []] = await standing();
    expect(Math.abs(Date.parse(since ?? '') - Date.now())).toBeLessThan(60_000);
    await first.renew();
    await first.take();
    expect(await standing()).toEqual([['projections', 'a-1', since]]);
    await first.release();
    expect(await standing()).toEqual([]);
    await postgres.pool.query(`SELECT pg_sleep(0.01)`);
    await holder('b-2', 2).take();
    const [[name, who, later] = []] = await standing();
    expect([name, who]).toEqual(['projections', 'b-2']);
    expect((later ?? '') > (since ?? '')).toBe(true);
  });

  it('of a lease that a version before this has taken, since when is not known; one that is over is held by nobody', async () => {
    const insert = (name: string, until: string) =>
      postgres.pool.query(
        `INSERT INTO tichet.leases (name, holder, token, until) VALUES ($1, 'old', gen_random_uuid(), clock_timestamp() + $2::interval)`,
        [name, until],
      );
    await insert('seal', '1 hour');
    await insert('processes', '-1 seconds');
    expect(await standing()).toEqual([['seal', 'old', undefined]]);
  });
});
