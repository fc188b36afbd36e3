import { chmodSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgres } from '../../../../src/infrastructure/nest/postgres';
import { type KeyStore, KeyUnusable } from '@tichet-albastru/event-log/keys/key-store';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { MasterKeyUnusable, openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { createPersonalData } from '../../../../src/infrastructure/log/keys/personal-data';
import { derivedFrom } from '../../../../src/infrastructure/log/keys/purpose-keys';
import { openPostgresKeyStore } from '@tichet-albastru/event-log/keys/postgres-key-store';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { createTestDatabase } from '../../../support/postgres';
import { closing, emptyFolder } from '../../../support/closing';

let folder = '';
beforeEach(() => {
  folder = emptyFolder();
});
const bytesOnDisk = (): Buffer => Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));

describe('the master key', () => {
  it('is made once, readable by its owner only, and the same ever after', () => {
    const path = join(folder, 'new', 'master.key');
    const key = openMasterKey(path, { create: true });
    expect(key).toHaveLength(32);
    expect(statSync(path).mode & 0o777).toBe(0o400);
    expect(openMasterKey(path, { create: true })).toEqual(key);
    expect(openMasterKey(path, { create: false })).toEqual(key);
    expect(readdirSync(join(folder, 'new'))).toEqual(['master.key']);
  });

  it('is refused in a sentence when it is missing, short or open to others, and never overwritten', () => {
    const path = join(folder, 'master.key');
    expect(() => openMasterKey(path, { create: false })).toThrow(`${path} is missing: put it back`);
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, 'short', { mode: 0o400 });
    expect(() => openMasterKey(path, { create: true })).toThrow('5 bytes instead of 32');
    chmodSync(path, 0o644);
    expect(() => openMasterKey(path, { create: true })).toThrow(MasterKeyUnusable);
    expect(() => openMasterKey(path, { create: true })).toThrow(/chmod 400/);
    expect(readFileSync(path, 'utf8')).toBe('short');
  });
});

const masterKey = Buffer.alloc(32, 5);
type OpenedKeys = KeyStore & { readonly close: () => unknown };
const inPostgres = async (): Promise<OpenedKeys> => {
  const database = await createTestDatabase();
  const postgres = await openPostgres({ url: database.url });
  const keys = await openPostgresKeyStore({ pool: postgres.pool, masterKey });
  return { ...keys, close: () => postgres.close().then(database.drop) };
};
const stores: readonly { readonly kind: string; readonly open: () => Promise<OpenedKeys> }[] = [
  { kind: 'memory', open: () => Promise.resolve({ ...createMemoryKeyStore(), close: () => undefined }) },
  { kind: 'sqlite', open: () => Promise.resolve(openSqliteKeyStore({ path: join(folder, 'keys.db'), masterKey })) },
  { kind: 'postgres', open: inPostgres },
];

describe.each(stores)('the $kind key store', ({ open }) => {
  it('remembers up to where its log was read for erasures', async () => {
    const keys = closing(await open());
    expect(await keys.erasedUntil()).toBe('');
    await keys.noteErasedUntil('00000000000000000007');
    await keys.noteErasedUntil('00000000000000000009');
    expect(await keys.erasedUntil()).toBe('00000000000000000009');
  });

  it('gives everybody who asks at once the same key', async () => {
    const store = closing(await open());
    const asked = await Promise.all(Array.from({ length: 50 }, () => store.obtain(['contact:ticket-1', 'record:ticket-1'])));
    expect(new Set(asked.map((keys) => keys.map((key) => key?.toString('hex')).join())).size).toBe(1);
    expect(asked[0]?.[0]).not.toEqual(asked[0]?.[1]);
  });

  it('finds only what was made, and what is destroyed never comes back', async () => {
    const store = await open();
    expect(await store.find('contact:ticket-1')).toBeUndefined();
    const [key] = await store.obtain(['contact:ticket-1']);
    expect(await store.find('contact:ticket-1')).toEqual(key);
    await store.destroy(['contact:ticket-1', 'contact:never-made']);
    expect(await store.find('contact:ticket-1')).toBeUndefined();
    expect(await store.obtain(['contact:ticket-1', 'contact:never-made'])).toEqual([undefined, undefined]);
    expect(await store.destroyed()).toEqual(['contact:never-made', 'contact:ticket-1']);
    await store.destroy(['contact:ticket-1']);
    await store.close();
  });
});

describe('keys on disk', () => {
  const openKeys = (key = masterKey) => openSqliteKeyStore({ path: join(folder, 'keys.db'), masterKey: key });

  it('stand after closing, wrapped: the key itself is in no file', async () => {
    const first = openKeys();
    const [key] = await first.obtain(['contact:ticket-1']);
    if (!key) throw new Error('no key');
    expect(bytesOnDisk().includes(key)).toBe(false);
    first.close();
    const second = openKeys();
    expect(await second.find('contact:ticket-1')).toEqual(key);
    second.close();

    expect(() => openKeys(Buffer.alloc(32, 6))).toThrow('put back the file of epoch 1');
  });

  it('leave no wrapped byte behind when they are destroyed, in the write-ahead log neither', async () => {
    const store = closing(openKeys());
    await store.obtain(Array.from({ length: 20 }, (_, n) => `contact:ticket-${n}`));
    const before = bytesOnDisk();
    const at = before.indexOf('contact:ticket-7');
    expect(at).toBeGreaterThan(-1);
    const wrapped = before.subarray(at + 'contact:ticket-7'.length, at + 'contact:ticket-7'.length + 60);
    expect(bytesOnDisk().includes(wrapped)).toBe(true);
    await store.destroy(['contact:ticket-7']);
    expect(bytesOnDisk().includes(wrapped)).toBe(false);
  });
});

describe('codes, tokens and tags', () => {
  const data = (key = masterKey) => createPersonalData({ keys: createMemoryKeyStore(), purposeKeys: derivedFrom(key) });

  it('A9: a code is digits of chance, and compared whole', () => {
    const codes = Array.from({ length: 200 }, () => data().randomCode(6));
    expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
    expect(new Set(codes).size).toBeGreaterThan(150);
    const areSame = (one: string, other: string): boolean => data().areSame(one, other);
    expect([areSame('471147', '471147'), areSame('471147', '471148'), areSame('47114', '471147'), areSame('', '1')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('a manage token opens its own ticket only, and nothing once the ticket is erased', async () => {
    const tickets = data();
    const token = await tickets.manageToken('t');
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await tickets.isManageToken('t', token)).toBe(true);
    for (const wrong of ['', 'x', `${token}x`, await tickets.manageToken('u')]) expect(await tickets.isManageToken('t', wrong)).toBe(false);
    // of another ticket whose secret nobody made, and of another installation with the same master key
    expect([await tickets.isManageToken('v', token), await data().isManageToken('t', token)]).toEqual([false, false]);
    await tickets.destroyTicket('t');
    expect(await tickets.isManageToken('t', token)).toBe(false);
    await expect(tickets.manageToken('t')).rejects.toThrow(KeyUnusable);
  });

  it('a tag is the same for the same text and purpose only', () => {
    const tag = data().tag('email-cap', 'a@b.ro');
    expect(data().tag('email-cap', 'a@b.ro')).toBe(tag);
    expect(data().tag('lookup-throttle', 'a@b.ro')).not.toBe(tag);
    expect(data(Buffer.alloc(32, 9)).tag('email-cap', 'a@b.ro')).not.toBe(tag);
  });
});
