import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { closing, emptyFolder } from '../support/closing';

describe('a destroyed key', () => {
  it('leaves no byte behind, even when a reader held the log and the process was killed', async () => {
    const folder = emptyFolder();
    const [path, after] = [join(folder, 'keys.db'), join(folder, 'after')];
    const masterKey = Buffer.alloc(32, 7);
    const keys = openSqliteKeyStore({ path, masterKey });
    await keys.obtain(['contact:ticket-1']);
    const reader = openSqlite(path, { readonly: true });
    reader.exec('BEGIN');
    const wrapped = reader.prepare<[], Buffer>('SELECT wrapped FROM keys').pluck().get();
    if (wrapped === undefined) throw new Error('No key was made.');
    await keys.destroy(['contact:ticket-1']);
    const bytesIn = (where: string): boolean =>
      ['keys.db', 'keys.db-wal'].map((name) => join(where, name)).some((file) => existsSync(file) && readFileSync(file).includes(wrapped));
    expect(bytesIn(folder)).toBe(true);
    // what a kill -9 leaves
    for (const name of ['keys.db', 'keys.db-wal']) cpSync(join(folder, name), join(after, name));
    reader.close();
    keys.close();

    const again = closing(openSqliteKeyStore({ path: join(after, 'keys.db'), masterKey }));
    expect(bytesIn(after)).toBe(false);
    expect(await again.find('contact:ticket-1')).toBeUndefined();
  });
});
