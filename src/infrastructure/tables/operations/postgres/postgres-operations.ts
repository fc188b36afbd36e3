import type { Pool } from 'pg';
import type { Operations } from '../../../../application/kernel/ports/operations';
import { askDatabase } from '../../../database/postgres/ask-database';
import type { StorageHealth } from '../../../database/storage-health';
import { postgresDrafts } from './drafts';
import { postgresAttempts, postgresOutbox, postgresRegisters } from './effects';
import { postgresIdempotency } from './idempotency';
import { postgresPlaces, postgresThrottle } from './limits';
import { postgresOpenings } from './openings';
import { postgresRefusals } from './refusals';
import { postgresSessions } from './sessions';
import { postgresVerification } from './verification';

/**
 * Operational state in PostgreSQL, for any number of processes. Whatever decides is decided by one statement, or under a lock that ends
 * with it; nothing is kept in memory. All but the hits of a throttle is durable when it is answered. Everything throws
 * DatabaseUnavailable while the database is away: what was asked for may have happened or not, and may be asked for again.
 * @param options.pool of an opened database (`openPostgres`): its schema is up to date; the connections stay with whoever opened them
 * @param options.answerKey seals the answers kept under idempotency keys
 * @param options.health is told how the writes went
 */
export const openPostgresOperations = ({
  pool,
  answerKey,
  health,
}: {
  readonly pool: Pool;
  readonly answerKey: Buffer;
  readonly health?: StorageHealth;
}): Operations => {
  const database = askDatabase(pool, health);
  return {
    idempotency: postgresIdempotency(database, answerKey),
    verification: postgresVerification(database),
    places: postgresPlaces(database),
    throttle: postgresThrottle(database),
    attempts: postgresAttempts(database),
    outbox: postgresOutbox(database),
    registers: postgresRegisters(database),
    sessions: postgresSessions(database),
    drafts: postgresDrafts(database),
    openings: postgresOpenings(database),
    refusals: postgresRefusals(database),
  };
};
