import type { Pool } from 'pg';
import type { KeyStore } from './key-store';
import { epochIn, insertKeysInto, type KeyRow } from './postgres-key-store';
import type { WrappedKey, WrappedKeys } from './wrapped-keys';

const keyOf = ({ name, wrapped }: KeyRow): WrappedKey => ({ name, wrapped: wrapped ?? undefined });

/**
 * The keys in PostgreSQL.
 * @param options.destroy of the key store on the same database, which takes the bytes out of the file as well
 */
export const postgresWrappedKeys = ({ pool, destroy }: { readonly pool: Pool; readonly destroy: KeyStore['destroy'] }): WrappedKeys => {
  const rows = async (text: string, ...values: readonly unknown[]): Promise<readonly WrappedKey[]> =>
    (await pool.query<KeyRow>(text, [...values])).rows.map(keyOf);
  return {
    after: (name, most) => rows('SELECT name, wrapped FROM tichet.keys WHERE name > $1 ORDER BY name LIMIT $2', name, most),
    named: (names) => rows('SELECT name, wrapped FROM tichet.keys WHERE name = ANY ($1)', names),
    take: async (keys) => {
      const living = keys.filter(({ wrapped }) => wrapped !== undefined);
      await pool.query(insertKeysInto('tichet.keys'), [living.map(({ name }) => name), living.map(({ wrapped }) => wrapped)]);
      const gone = keys.flatMap(({ name, wrapped }) => (wrapped === undefined ? [name] : []));
      if (gone.length > 0) await destroy(gone);
    },
    epoch: () => epochIn(pool),
    takeEpoch: async ({ number, sealed }) => {
      await pool.query(
        `INSERT INTO tichet.key_check AS k (epoch, sealed) VALUES ($1, $2)
         ON CONFLICT (single) DO UPDATE SET epoch = excluded.epoch, sealed = excluded.sealed WHERE excluded.epoch > k.epoch`,
        [number, sealed],
      );
    },
  };
};
