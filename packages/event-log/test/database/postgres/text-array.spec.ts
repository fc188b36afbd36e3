import { openPool } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { textArray } from '@tichet-albastru/event-log/database/postgres/text-array';
import { createTestDatabase } from '../../../../../test/support/postgres';
import { closing } from '../../../../../test/support/closing';

it('a text[] arrives as it was sent, whatever is in it', async () => {
  const database = await createTestDatabase();
  const pool = closing(openPool({ url: database.url, most: 1 }));
  const texts = ['', '{"a":"ș \\" \\\\ \\u0000"}', '{}', 'NULL', 'ăâîșț 😀 \u2028 </script>', ' , "\'', 'x'.repeat(300_000)];
  for (const sent of [texts, [], ['one']]) {
    const { rows } = await pool.query('SELECT t FROM unnest($1::text[]) t', [textArray(sent)]);
    expect(rows.map(({ t }) => t)).toEqual(sent);
  }
});
