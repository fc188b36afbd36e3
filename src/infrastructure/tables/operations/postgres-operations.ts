import type { Pool } from 'pg';
import type { Operations } from '../../../application/kernel/ports/operations';
import { workplaceIn } from '@tichet-albastru/event-log/database/postgres/ask-database';
import { composerOf } from '@tichet-albastru/event-log/database/sql/work';
import type { PlaceHealth } from '@tichet-albastru/event-log/database/storage-health';
import type { OperationRows } from './operation-tables';
import { operationsIn } from './operations';

/**
 * Operational state in PostgreSQL, for any number of processes; nothing is kept in memory. All but the hits of a throttle and refused
 * attempts is durable when it is answered. Everything throws DatabaseUnavailable while the database is away: what was asked for may have
 * happened or not, and may be asked for again.
 * @param options.pool of an opened database (`openPostgres`): its schema is up to date; the caller that opened the connections closes them
 * @param options.answerKey encrypts codes, and the answers kept under idempotency keys
 * @param options.health is told how the writes went
 */
export const openPostgresOperations = ({
  pool,
  answerKey,
  health,
}: {
  readonly pool: Pool;
  readonly answerKey: Buffer;
  readonly health?: PlaceHealth;
}): Operations => {
  const place = workplaceIn(pool, health);
  return operationsIn(composerOf<OperationRows>('postgres'), { durable: place, repeatable: place, answerKey });
};
