import type { Pool } from 'pg';
import type { KeyEpoch } from './key-epoch';
import type { KeyStore } from './key-store';
import type { WrappedKey, WrappedKeys } from './wrapped-keys';

type Row = { readonly name: string; readonly wrapped: Buffer | null };

const keyOf = ({ name, wrapped }: Row): WrappedKey => ({ name, wrapped: wrapped ?? undefined });

/**
 * The keys in PostgreSQL.
 * @param options.destroy of the key store on the same database, which takes the bytes out of the file as well
 */
export const postgresWrappedKeys = ({ pool, destroy }: { readonly pool: Pool; readonly destroy: KeyStore['destroy'] }): WrappedKeys => {
  const rows = async (text: string, ...values: readonly unknown[]): Promise<readonly WrappedKey[]> =>
    (await pool.query<Row>(text, [...values])).rows.map(keyOf);
  return {
    after: (name, most) => rows('SELECT name, wrapped FROM tichet.keys WHERE name > $1 ORDER BY name LIMIT $2', name, most),
    named: (names) => rows('SELECT name, wrapped FROM tichet.keys WHERE name = ANY ($1)', names),
    take: async (keys) => {
      const living = keys.filter(({ wrapped }) => wrapped !== undefined);
      await pool.query(
        `INSERT INTO tichet.keys (name, wrapped) SELECT * FROM unnest($1::text[], $2::bytea[]) AS taken (name, wrapped) ORDER BY name
         ON CONFLICT (name) DO NOTHING`,
        [living.map(({ name }) => name), living.map(({ wrapped }) => wrapped)],
      );
      const gone = keys.flatMap(({ name, wrapped }) => (wrapped === undefined ? [name] : []));
      if (gone.length > 0) await destroy(gone);
    },
    epoch: async () => (await pool.query<KeyEpoch>('SELECT epoch AS number, sealed FROM tichet.key_check')).rows[0],
    takeEpoch: async ({ number, sealed }) => {
      await pool.query(
        `INSERT INTO tichet.key_check AS k (epoch, sealed) VALUES ($1, $2)
         ON CONFLICT (single) DO UPDATE SET epoch = excluded.epoch, sealed = excluded.sealed WHERE excluded.epoch > k.epoch`,
        [number, sealed],
      );
    },
  };
};
