import { resolve } from 'node:path';
import { contentsOf, masterKeyFileFor, sameStore, storeNamed } from '../../../../src/infrastructure/tools/copy/store-named';

const environment = {
  TICHET_DATA_DIR: '/var/lib/tichet',
  TICHET_POSTGRES_URL: 'postgres://tichet:secret@db/tichet',
  TICHET_EVENTSTOREDB_URL: 'esdb://admin:secret@a:2113,b:2113?tls=true',
  TICHET_EVENTSTOREDB_PREFIX: 'cluj',
};

describe('a store is named', () => {
  it.each([
    ['sqlite', environment, { kind: 'sqlite', folder: '/var/lib/tichet' }],
    ['sqlite', {}, { kind: 'sqlite', folder: resolve('data') }],
    ['sqlite:/elsewhere', environment, { kind: 'sqlite', folder: '/elsewhere' }],
    ['sqlite:copy', {}, { kind: 'sqlite', folder: resolve('copy') }],
    ['postgres', environment, { kind: 'postgres', url: environment.TICHET_POSTGRES_URL }],
    ['postgres://tichet@db/other', {}, { kind: 'postgres', url: 'postgres://tichet@db/other' }],
    ['eventstoredb', environment, { kind: 'eventstoredb', url: environment.TICHET_EVENTSTOREDB_URL, prefix: 'cluj' }],
    ['eventstoredb', { TICHET_EVENTSTOREDB_URL: 'esdb://a' }, { kind: 'eventstoredb', url: 'esdb://a' }],
    [
      'eventstoredb',
      { TICHET_EVENTSTOREDB_URL: 'esdb://a', TICHET_EVENTSTOREDB_APPENDS: 'client' },
      { kind: 'eventstoredb', url: 'esdb://a', appends: 'client' },
    ],
  ])('by %s', (text, settings, store) => {
    expect(storeNamed(text, settings)).toEqual(store);
  });

  it.each([
    ['memory', environment, 'memory'],
    ['', environment, 'sqlite:FOLDER'],
    ['sqlite:', environment, 'sqlite:FOLDER'],
    ['mysql://u:secret@h', environment, 'sqlite:FOLDER'],
    ['postgres', {}, 'TICHET_POSTGRES_URL'],
    ['eventstoredb', { TICHET_EVENTSTOREDB_URL: '' }, 'TICHET_EVENTSTOREDB_URL'],
    ['postgres', { TICHET_POSTGRES_URL: 'http://u:secret@h' }, 'TICHET_POSTGRES_URL'],
    ['eventstoredb', { TICHET_EVENTSTOREDB_URL: 'http://u:secret@h' }, 'TICHET_EVENTSTOREDB_URL'],
    ['postgres://tichet:secret@db/tichet', {}, '.pgpass'],
  ])('and not by %j: the sentence says what to do and repeats no password', (text, settings, said) => {
    const store = storeNamed(text, settings);
    expect(store).toMatchObject({ kind: 'not-a-store' });
    expect(JSON.stringify(store)).toContain(said);
    expect(JSON.stringify(store)).not.toContain('secret');
  });

  it('has its keys and operations beside it, or where the read models are', () => {
    const log = { kind: 'eventstoredb', url: 'esdb://a' } as const;
    expect(contentsOf({ kind: 'sqlite', folder: '/a' }, environment)).toEqual({ kind: 'sqlite', folder: '/a' });
    expect(contentsOf(log, environment)).toEqual({ kind: 'sqlite', folder: '/var/lib/tichet' });
    expect(contentsOf(log, { ...environment, TICHET_READ_MODELS: 'postgres' })).toEqual({
      kind: 'postgres',
      url: environment.TICHET_POSTGRES_URL,
    });
    expect(contentsOf(log, { TICHET_READ_MODELS: 'postgres' })).toMatchObject({ kind: 'not-a-store' });
  });

  it('is the same as itself only', () => {
    const stores = [
      { kind: 'sqlite', folder: '/a' },
      { kind: 'sqlite', folder: '/b' },
      { kind: 'postgres', url: 'postgres://a' },
      { kind: 'postgres', url: 'postgres://b' },
      { kind: 'eventstoredb', url: 'esdb://a' },
      { kind: 'eventstoredb', url: 'esdb://a', prefix: 'x' },
    ] as const;
    for (const one of stores) expect(stores.filter((other) => sameStore(one, other))).toEqual([one]);
  });

  it('is opened with the master key of the service that has it', () => {
    expect(masterKeyFileFor({ kind: 'sqlite', folder: '/a' }, {})).toBe('/a/master.key');
    expect(masterKeyFileFor({ kind: 'postgres', url: 'postgres://a' }, environment)).toBe('/var/lib/tichet/master.key');
    expect(masterKeyFileFor({ kind: 'sqlite', folder: '/a' }, { TICHET_MASTER_KEY_FILE: '/safe/key' })).toBe('/safe/key');
  });
});
