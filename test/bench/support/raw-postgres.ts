import { Pool } from 'pg';
import type { Envelope } from '@tichet-albastru/event-log/ports/event-store';

export type RawAppend = { readonly stream: string; readonly events: readonly Envelope[] };

const insert = {
  name: 'raw-append',
  text: `INSERT INTO events (stream, revision, id, type, body, hash)
    SELECT e.stream, e.revision, e.id, e.type, e.body, decode(e.hash, 'hex')
    FROM unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[]) AS e (stream, revision, id, type, body, hash)`,
};

/** Plain pg and the table of the store: the same columns and indexes, positions from a sequence, nothing looked at before. */
export const rawPostgres = async (url: string) => {
  const pool = new Pool({ connectionString: url, max: 10 });
  pool.on('error', () => undefined);
  await pool.query(`CREATE TABLE events (position bigserial PRIMARY KEY, stream text COLLATE "C" NOT NULL, revision integer NOT NULL,
    id text COLLATE "C" NOT NULL UNIQUE, type text NOT NULL, body text NOT NULL, hash bytea NOT NULL, UNIQUE (stream, revision))`);
  return {
    /** One statement, one commit. */
    append: async (appends: readonly RawAppend[]): Promise<void> => {
      const rows = appends.flatMap(({ stream, events }) => events.map((event, revision) => ({ stream, revision, ...event })));
      await pool.query({
        ...insert,
        values: [
          rows.map(({ stream }) => stream),
          rows.map(({ revision }) => revision),
          rows.map(({ id }) => id),
          rows.map(({ type }) => type),
          rows.map(({ body }) => body),
          rows.map(({ hash }) => hash),
        ],
      });
    },
    close: () => pool.end(),
  };
};
