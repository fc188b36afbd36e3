import { SqliteUnusable } from '@tichet-albastru/event-log/database/sqlite/driver';
import { WrongMasterKey } from '@tichet-albastru/event-log/keys/key-epoch';
import { unusableReasons } from '@tichet-albastru/event-log/unusable';
import { inWords, wordsOf } from '../../../src/infrastructure/phrasing/unusable-words';

/** One of each value that a sentence takes. */
const values = {
  ...{ folder: '/data', code: 'EACCES', steps: 'third', node: '20.20.2', version: '12.11.1', found: 'none', fault: 'refused' },
  ...{ setting: 'fsync', path: '/data/master.key', mode: '644', length: 31, due: 32, reason: 'EIO', epoch: 3 },
};

it.each(unusableReasons)('%s is said in every language, with no value left open', (reason) => {
  const { ro, en } = wordsOf({ reason, values });
  expect(ro).not.toBe(en);
  for (const words of [ro, en]) expect(words).toMatch(/^[^{}]{20,}$/);
});

it('an error of a store is told to a person in both languages, and says in English what it is without', () => {
  const error = new SqliteUnusable('sqlite', { node: '20.20.2', version: '12.11.1', found: '13.2.0' });
  expect(error.message).toMatch(/^On Node\.js 20\.20\.2 SQLite needs better-sqlite3 12\.11\.1/);
  expect(inWords(error)).toBe(error);
  expect(error.message).toMatch(/ \/ SQLite cannot be used: on Node\.js 20\.20\.2 it needs better-sqlite3 12\.11\.1, and 13\.2\.0/);
});

it.each([
  ['/data', 'in /data: that of epoch 3'],
  [undefined, 'in the database: that of epoch 3'],
])('another master key says where the keys are (%s)', (folder, words) => {
  expect(inWords(new WrongMasterKey(3, folder))).toHaveProperty('message', expect.stringContaining(words));
});

it('leaves every other error as it is', () => {
  expect(inWords(new Error('other'))).toEqual(new Error('other'));
  expect(inWords('text')).toBe('text');
});
