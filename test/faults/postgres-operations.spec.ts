import type { Pool } from 'pg';
import type { StoredAnswer, StoredCommand, Operations } from '../../src/application/kernel/ports/operations';
import { mostRefusalsOfSubject, type NotedRefusal } from '../../src/application/kernel/ports/refusals';
import { problemOf } from '../../src/infrastructure/api/problem/problem-filter';
import { openPostgresOperations } from '../../src/infrastructure/tables/operations/postgres-operations';
import { DatabaseUnavailable } from '@tichet-albastru/event-log/database/postgres/database-fault';
import { openPool } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { openPostgres, type Postgres } from '../../src/infrastructure/nest/postgres';
import { openPostgresKeyStore } from '@tichet-albastru/event-log/keys/postgres-key-store';
import { createStorageHealth } from '@tichet-albastru/event-log/database/storage-health';
import { silentLogger } from '../../src/infrastructure/testing/test-ports';
import { meetingPoint } from '../support/meeting-point';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { closing } from '../support/closing';

const rounds = process.env['FAULTS'] === 'full' ? 100 : 5;
const answerKey = Buffer.alloc(32, 3);
const at = '2026-03-02T08:00:00.000Z';
const later = '2026-03-02T08:10:00.000Z';

let database: TestDatabase;
let processes: readonly Postgres[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  processes = (await Promise.all([openPostgres({ url: database.url }), openPostgres({ url: database.url })])).map((one) => closing(one));
});

/** Between looking and writing: whoever is careless waits here until all the calls of a race have looked. */
let meanwhile: () => Promise<void> = () => Promise.resolve();
const valueOf = async (pool: Pool, text: string, values: readonly unknown[]): Promise<unknown> => {
  const { rows } = await pool.query<{ readonly value: unknown }>(text, [...values]);
  return rows[0]?.value;
};

/** Operations of this round's own: names that no other round has. */
type Race = { readonly round: string; readonly operations: readonly Operations[] };
/** Of so many calls at once, by turns of both processes, the answers. */
const atOnce = <T>({ operations }: Race, count: number, call: (one: Operations, index: number) => Promise<T>): Promise<readonly T[]> => {
  meanwhile = meetingPoint(count);
  return Promise.all(
    Array.from({ length: count }, (_, index) => index).flatMap((index) => {
      const one = operations[index % operations.length];
      return one ? [call(one, index)] : [];
    }),
  );
};
const different = (answers: readonly unknown[]): number => new Set(answers.map((answer) => JSON.stringify(answer))).size;

const command = (commandId: string): StoredCommand => ({ commandId, at, ids: [] });
const refusedAt = (subject: string, when: string): NotedRefusal => ({
  subject,
  commandId: when,
  at: when,
  command: 'cancelTicket',
  code: 'wrong-state',
  actor: { kind: 'staff', id: 's001' },
});
const answerOf = (body: string): StoredAnswer => ({ status: 201, body, headers: {} });

type Promised = {
  readonly what: string;
  /** how often the promise was broken in a round */
  readonly broken: (race: Race) => Promise<number>;
  /** the same port, reading first and writing then */
  readonly careless: (pool: Pool, right: Operations) => Operations;
};

/** One port with this in the place of what is right. */
const instead =
  <Port extends keyof Operations>(port: Port, part: (pool: Pool) => Partial<Operations[Port]>) =>
  (pool: Pool, right: Operations): Operations => ({ ...right, [port]: { ...right[port], ...part(pool) } });

const promises: readonly Promised[] = [
  {
    what: 'A9: of a hundred tries at once five are compared',
    broken: async (race) => {
      await race.operations[0]?.verification.open(race.round, 1, later);
      const taken = await atOnce(race, 100, ({ verification }) => verification.takeTry(race.round, at, 5));
      return Math.abs(taken.filter(({ kind }) => kind === 'compare').length - 5);
    },
    careless: instead('verification', (pool) => ({
      takeTry: async (ticketId, _at, triesPerCode) => {
        const tries = Number(await valueOf(pool, 'SELECT tries AS value FROM tichet.verification WHERE ticket_id = $1', [ticketId]));
        if (tries >= triesPerCode) return { kind: 'exhausted' };
        await meanwhile();
        await pool.query('UPDATE tichet.verification SET tries = $2 WHERE ticket_id = $1', [ticketId, tries + 1]);
        return { kind: 'compare', n: 1, triesLeft: triesPerCode - tries - 1 };
      },
    })),
  },
  {
    what: 'A24: of fifty tickets of one address at once three get a place',
    broken: async (race) => {
      const claimed = await atOnce(race, 50, ({ places }, index) => places.claim(race.round, `${race.round}-${index}`, 3));
      return Math.abs(claimed.filter(Boolean).length - 3);
    },
    careless: instead('places', (pool) => ({
      claim: async (tag, ticketId, limit) => {
        const taken = await valueOf(pool, 'SELECT count(*) AS value FROM tichet.email_cap WHERE tag = $1', [tag]);
        if (Number(taken) >= limit) return false;
        await meanwhile();
        await pool.query('INSERT INTO tichet.email_cap VALUES ($1, $2)', [ticketId, tag]);
        return true;
      },
    })),
  },
  {
    what: 'of a hundred hits at once each is told another count',
    broken: async (race) => {
      const hits = await atOnce(race, 100, ({ throttle }) => throttle.hits(race.round, at, at, true));
      return 100 - different(hits.map(({ count }) => count));
    },
    careless: instead('throttle', (pool) => ({
      hits: async (tag, hitAt) => {
        const count = await valueOf(pool, 'SELECT count(*) AS value FROM tichet.throttle WHERE tag = $1', [tag]);
        await meanwhile();
        await pool.query('INSERT INTO tichet.throttle VALUES ($1, $2)', [tag, hitAt]);
        return { count: Number(count) + 1, oldest: hitAt };
      },
    })),
  },
  {
    what: 'of a hundred that want ten places each takes both of its tags or none',
    broken: async (race) => {
      const tags = [`${race.round}-a`, `${race.round}-b`].map((tag) => ({ tag, since: at, limit: 10 }));
      const asked = [tags, tags.toReversed()];
      const full = await atOnce(race, 100, ({ throttle }, index) => throttle.take(asked[index % 2] ?? tags, at));
      return Math.abs(full.filter((place) => place === undefined).length - 10);
    },
    careless: instead('throttle', (pool) => ({
      take: async (places, hitAt) => {
        for (const { tag, limit } of places) {
          const count = await valueOf(pool, 'SELECT count(*) AS value FROM tichet.throttle WHERE tag = $1', [tag]);
          if (Number(count) >= limit) return { full: 0 };
        }
        await meanwhile();
        for (const { tag } of places) await pool.query('INSERT INTO tichet.throttle VALUES ($1, $2)', [tag, hitAt]);
        return undefined;
      },
    })),
  },
  {
    what: 'of fifty callers at once with one key all get one command',
    broken: async (race) => {
      const kept = await atOnce(race, 50, ({ idempotency }, index) => idempotency.remember(race.round, 'print', command(`c${index}`)));
      return different(kept) - 1;
    },
    careless: instead('idempotency', (pool) => ({
      remember: async (key, fingerprint, proposal) => {
        const standing = await valueOf(pool, 'SELECT command_id AS value FROM tichet.idempotency WHERE key = $1', [key]);
        if (typeof standing === 'string') return { kind: 'kept', command: command(standing) };
        await meanwhile();
        await pool.query(
          `INSERT INTO tichet.idempotency (key, fingerprint, at, command_id, command_at, ids) VALUES ($1, $2, $3, $4, $3, '{}')
           ON CONFLICT (key) DO UPDATE SET command_id = excluded.command_id`,
          [key, fingerprint, proposal.at, proposal.commandId],
        );
        return { kind: 'kept', command: proposal };
      },
    })),
  },
  {
    what: 'of fifty answers at once under one key all get one',
    broken: async (race) => {
      await race.operations[0]?.idempotency.remember(race.round, 'print', command('c'));
      return different(await atOnce(race, 50, ({ idempotency }, index) => idempotency.settle(race.round, answerOf(`${index}`)))) - 1;
    },
    careless: instead('idempotency', (pool) => ({
      settle: async (key, answer) => {
        const standing = await valueOf(pool, 'SELECT answer AS value FROM tichet.idempotency WHERE key = $1', [key]);
        if (typeof standing === 'string') return answerOf(standing);
        await meanwhile();
        await pool.query('UPDATE tichet.idempotency SET answer = $2 WHERE key = $1', [key, answer.body]);
        return answer;
      },
    })),
  },
  {
    what: 'of fifty attempts at once each has another number',
    broken: async (race) => 50 - different(await atOnce(race, 50, ({ attempts }) => attempts.begin(race.round, at))),
    careless: instead('attempts', (pool) => ({
      begin: async (effectId, begun) => {
        const standing = await valueOf(pool, 'SELECT attempts AS value FROM tichet.attempts WHERE effect_id = $1', [effectId]);
        const number = Number(standing ?? 0) + 1;
        await meanwhile();
        await pool.query(
          `INSERT INTO tichet.attempts (effect_id, attempts, last_at, done) VALUES ($1, $2, $3, false)
           ON CONFLICT (effect_id) DO UPDATE SET attempts = excluded.attempts`,
          [effectId, number, begun],
        );
        return number;
      },
    })),
  },
  {
    what: 'of fifty who ask at once for a code that opens a ticket one gets it, and three of a hundred tries are compared',
    broken: async (race) => {
      const [before] = race.operations;
      const asked = await atOnce(race, 50, ({ openings }, index) =>
        openings.ask(
          { id: race.round, reference: 'TA-1', n: 100 + index, askedAt: at, expiresAt: later, vouched: false },
          '2026-03-02T07:59:00.000Z',
        ),
      );
      const taken = await atOnce(race, 100, ({ openings }) => openings.takeTry(race.round, at, 3));
      expect(await before?.openings.takeTry(race.round, later, 3)).toEqual({ kind: 'expired' });
      const given = asked.filter(({ kind }) => kind === 'asked').length;
      return Math.abs(given - 1) + Math.abs(taken.filter(({ kind }) => kind === 'compare').length - 3);
    },
    careless: instead('openings', (pool) => ({
      ask: async ({ id, reference, n, askedAt, expiresAt }) => {
        const standing = await valueOf(pool, 'SELECT asked_at AS value FROM tichet.openings WHERE id = $1', [id]);
        if (typeof standing === 'string') return { kind: 'too-soon', askedAt: standing };
        await meanwhile();
        await pool.query(
          `INSERT INTO tichet.openings (id, reference, n, asked_at, expires_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (id) DO UPDATE SET n = excluded.n`,
          [id, reference, n, askedAt, expiresAt],
        );
        return { kind: 'asked' };
      },
    })),
  },
  {
    what: 'of 240 refused attempts at once the newest 200 are kept',
    broken: async (race) => {
      const [one] = race.operations;
      const instantOf = (index: number): string => new Date(Date.parse(at) + index * 1000).toISOString();
      await atOnce(race, 240, ({ refusals }, index) => refusals.note(refusedAt(race.round, instantOf(index))));
      const kept = (await one?.refusals.of(race.round)) ?? [];
      return Math.abs(kept.length - mostRefusalsOfSubject) + (kept[0]?.at === instantOf(240 - mostRefusalsOfSubject) ? 0 : 1);
    },
    careless: instead('refusals', (pool) => ({
      note: async ({ subject, commandId, at: when, command: name, code, actor }) => {
        const kept = Number(await valueOf(pool, 'SELECT count(*) AS value FROM tichet.refusals WHERE subject = $1', [subject]));
        await meanwhile();
        await pool.query(
          `INSERT INTO tichet.refusals (entry, subject, command_id, at, command, code, actor_kind, actor_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
          [`${subject} ${commandId}`, subject, commandId, when, name, code, actor.kind, actor.id],
        );
        if (kept < mostRefusalsOfSubject) return;
        await pool.query(
          'DELETE FROM tichet.refusals WHERE entry = (SELECT entry FROM tichet.refusals WHERE subject = $1 ORDER BY at LIMIT 1)',
          [subject],
        );
      },
    })),
  },
];

describe.each(promises)('of two processes on one database: $what', ({ what, broken, careless }) => {
  const right = ({ pool }: Postgres): Operations => openPostgresOperations({ pool, answerKey });
  const inRounds = async (kind: string, operations: readonly Operations[]): Promise<number> => {
    let times = 0;
    for (let round = 0; round < rounds; round += 1) times += await broken({ round: `${kind} ${what} ${round}`, operations });
    return times;
  };

  it('always', async () => {
    expect(await inRounds('right', processes.map(right))).toBe(0);
  });

  it('not where it is read first and written then: the test would see it', async () => {
    const operations = processes.map((postgres) => careless(postgres.pool, right(postgres)));
    expect(await inRounds('careless', operations)).toBeGreaterThan(0);
  });
});

describe('while the database is away', () => {
  /** Nothing listens there. */
  const away = () => openPool({ url: 'postgres://nobody@127.0.0.1:1/nothing' });

  it('everything is 503, try again; the next write that is kept says that it is back', async () => {
    const lines: unknown[] = [];
    const health = createStorageHealth({ ...silentLogger, error: (...line) => lines.push(line), info: (...line) => lines.push(line) });
    const pool = closing(away());
    const operations = openPostgresOperations({ pool, answerKey, health: health.tables });
    for (const asked of [() => operations.keyValues.put('a', 'b'), () => operations.keyValues.get('a')]) {
      const error: unknown = await asked().catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(DatabaseUnavailable);
      expect(problemOf(error).problem.code).toBe('unavailable');
    }
    await expect(openPostgresKeyStore({ pool, masterKey: answerKey, health: health.tables })).rejects.toThrow(DatabaseUnavailable);
    expect(health.failing()).toEqual([{ place: 'tables', code: 'ECONNREFUSED' }]);
    const [postgres] = processes;
    if (postgres) await openPostgresOperations({ pool: postgres.pool, answerKey, health: health.tables }).keyValues.put('a', 'b');
    expect(health.failing()).toEqual([]);
    expect(lines).toEqual([
      ['storage.failing', { place: 'tables', code: 'ECONNREFUSED' }],
      ['storage.recovered', { place: 'tables' }],
    ]);
  });
});
