// Appends under load and says on its output what was acknowledged, until it is killed: `postgres-appending-child URL [unasked]`.
// `unasked` is the broken variant: it takes the database as it is and does not ask whether commits are durable.
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { createListener } from '@tichet-albastru/event-log/database/postgres/listener';
import { openPool } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { appendWithoutEnd } from './append-without-end';

const [url = '', variant] = process.argv.slice(2);

const main = async (): Promise<void> => {
  const postgres = variant === 'unasked' ? { pool: openPool({ url }), listener: createListener(url) } : await openPostgres({ url });
  await appendWithoutEnd(new PostgresEventStore(postgres));
};

void main();
