// Appends under load and says on its output what was acknowledged, until it is killed: `postgres-appending-child URL [unasked]`.
// `unasked` is the broken variant: it takes the database as it is and does not ask whether commits are durable.
import { PostgresEventStore } from '../../src/infrastructure/log/event-store/postgres/postgres-event-store';
import { createListener } from '../../src/infrastructure/database/postgres/listener';
import { openPool } from '../../src/infrastructure/database/postgres/open-pool';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { appendWithoutEnd } from './append-without-end';

const [url = '', variant] = process.argv.slice(2);

const main = async (): Promise<void> => {
  const postgres = variant === 'unasked' ? { pool: openPool({ url }), listener: createListener(url) } : await openPostgres({ url });
  await appendWithoutEnd(new PostgresEventStore(postgres));
};

void main();
