import fs, { copyFileSync, cpSync, existsSync, linkSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { createPersonalData } from '../../../../src/infrastructure/log/keys/personal-data';
import {
  calendarKeyOf,
  derivedFrom,
  formerKeyNames,
  lastingPurposes,
  openPurposeKeys,
  type Purpose,
  type PurposeKeys,
  purposes,
} from '../../../../src/infrastructure/log/keys/purpose-keys';
import { keepOldMasterKey, makeNextMasterKey, replaceMasterKey } from '../../../../src/infrastructure/log/keys/rotation/master-key-files';
import { openRewrappedSqlite } from '../../../../src/infrastructure/log/keys/rotation/rewrap-sqlite';
import { rotateMasterKey, rotationSteps, type RotationStep } from '../../../../src/infrastructure/log/keys/rotation/rotate';
import { currentMasterKey } from '../../../../src/infrastructure/log/keys/rotation/current-master-key';
import { epochOfFile } from '@tichet-albastru/event-log/keys/sqlite-key-epoch';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { createMemoryOperations } from '../../../../src/infrastructure/tables/operations/memory-operations';
import { feedOwner, renewFeed } from '../../../../src/infrastructure/outside/calendar-feed/feed-secrets';
import { createStoredTokens } from '../../../../src/infrastructure/outside/video/webex/stored-tokens';
import { answered } from '../../../../src/infrastructure/api/problem/problem';
import { waitingReadings } from '../../../../src/infrastructure/api/access/waiting-readings.codec';
import type { Reading } from '../../../../src/application/privacy/record-reading';
import { followedCalendars } from '../../../../src/infrastructure/outside/absences/followed-calendars';
import { closing, emptyFolder } from '../../../support/closing';

const names = Array.from({ length: 1500 }, (_, n) => `contact:ticket-${n}`);
const hex = (keys: readonly (Buffer | undefined)[]) => keys.map((key) => key?.toString('hex'));

/** An installation as it was before any rotation: 1,500 keys, one of them destroyed. */
const installation = async () => {
  const folder = emptyFolder();
  const path = join(folder, 'master.key');
  const masterKey = openMasterKey(path, { create: true });
  const keys = openSqliteKeyStore({ path: join(folder, 'keys.db'), masterKey });
  await keys.obtain(names);
  await keys.destroy(['contact:ticket-7']);
  const standing = hex(await Promise.all(names.map((name) => keys.find(name))));
  keys.close();
  return { folder, path, masterKey, standing };
};

const tokenKey = new Uint8Array(32).fill(4);

const rotate = async (folder: string, step?: (step: RotationStep) => void, keys?: (done: number) => void) => {
  const store = openRewrappedSqlite(join(folder, 'keys.db'));
  try {
    return await rotateMasterKey(join(folder, 'master.key'), store, { ...(step && { step }), ...(keys && { keys }) }, { tokenKey });
  } finally {
    store.close();
  }
};

/** As the service starts. */
const opened = async (folder: string) => {
  const file = join(folder, 'keys.db');
  const masterKey = await currentMasterKey(join(folder, 'master.key'), { create: false, finish: true }, () =>
    Promise.resolve(epochOfFile(file)),
  );
  const keys = openSqliteKeyStore({ path: file, masterKey });
  try {
    const found = hex(await Promise.all(names.map((name) => keys.find(name))));
    const purposeKeys = await openPurposeKeys(keys, masterKey);
    return {
      found,
      of: hex(purposes.map((purpose) => purposeKeys(purpose))),
      former: lastingPurposes.map((purpose) => hex(purposeKeys.former?.(purpose) ?? [])),
      destroyed: await keys.destroyed(),
    };
  } finally {
    keys.close();
  }
};

describe('the rotation of the master key', () => {
  it('wraps every living key anew, makes others for every purpose, and says where the old one lies', async () => {
    const { folder, path, masterKey, standing } = await installation();
    copyFileSync(join(folder, 'keys.db'), join(folder, 'older-keys.db'));
    const rotated = await rotate(folder);
    const count = names.length - 1 + purposes.length + lastingPurposes.length;
    expect(rotated).toEqual({ epoch: 2, keys: count, old: `${path}.epoch-1` });
    expect(readFileSync(rotated.old)).toEqual(masterKey);
    expect(statSync(path).mode & 0o777).toBe(0o400);
    expect(openMasterKey(path, { create: false })).not.toEqual(masterKey);
    const derived = derivedFrom(masterKey);
    const first = await opened(folder);
    expect(first).toMatchObject({ found: standing, destroyed: ['contact:ticket-7'] });
    const formers = [derived('tag'), derived('webex-tokens'), calendarKeyOf(tokenKey), derived('waiting-reading')];
    expect(first.former).toEqual(formers.map((key) => hex([key])));
    for (const key of hex(purposes.map((purpose) => derived(purpose)))) expect(first.of).not.toContain(key);

    const older = () => openSqliteKeyStore({ path: join(folder, 'older-keys.db'), masterKey: openMasterKey(path, { create: false }) });
    expect(older).toThrow('put back the file of epoch 1');
    const withOld = () => openSqliteKeyStore({ path: join(folder, 'keys.db'), masterKey });
    expect(withOld).toThrow('put back the file of epoch 2');

    expect(await rotate(folder)).toMatchObject({ epoch: 3, keys: count + lastingPurposes.length, old: `${path}.epoch-2` });
    const second = await opened(folder);
    expect(second).toMatchObject({ found: standing, destroyed: ['contact:ticket-7'] });
    expect(second.former).toEqual(
      lastingPurposes.map((purpose, place) => [first.of[purposes.indexOf(purpose)], ...(first.former[place] ?? [])]),
    );
    expect(second.of.filter((key) => first.of.includes(key))).toEqual([]);
  });

  it('ends manage tokens, and tells a tag of before from any other', async () => {
    const { folder, masterKey } = await installation();
    const dataOf = async (key: Buffer) => {
      const keys = openSqliteKeyStore({ path: join(folder, 'keys.db'), masterKey: key });
      return { keys, ...createPersonalData({ keys, purposeKeys: await openPurposeKeys(keys, key) }) };
    };
    const before = await dataOf(masterKey);
    const token = await before.manageToken('t');
    const tag = before.tag('email-cap', 'a@b.ro');
    before.keys.close();
    await rotate(folder);
    const after = await dataOf(openMasterKey(join(folder, 'master.key'), { create: false }));
    closing(after.keys);
    expect(await after.isManageToken('t', token)).toBe(false);
    expect(await after.isManageToken('t', await after.manageToken('t'))).toBe(true);
    expect([after.tag('email-cap', 'a@b.ro') === tag, after.formerTags('email-cap', 'a@b.ro')]).toEqual([false, [tag]]);
  });

  it('leaves no byte of the old wrapped keys in the files', async () => {
    const { folder } = await installation();
    const database = openSqlite(join(folder, 'keys.db'), { readonly: true });
    const wrapped = database.prepare<[], Buffer>('SELECT wrapped FROM keys WHERE wrapped IS NOT NULL').pluck().all();
    database.close();
    const left = (): number => {
      const bytes = Buffer.concat(
        readdirSync(folder)
          .filter((name) => name.startsWith('keys.db'))
          .map((name) => readFileSync(join(folder, name))),
      );
      return wrapped.filter((old) => bytes.includes(old)).length;
    };
    expect(left()).toBe(wrapped.length);
    await rotate(folder);
    expect(left()).toBe(0);
  });

  it('ended behind any step, or in the midst of the keys, leaves an installation that opens, with every key', async () => {
    const { folder, standing } = await installation();
    const snapshots: string[] = [];
    const snap = (): void => {
      // the files as a process leaves them that is killed now
      const copy = emptyFolder();
      cpSync(folder, copy, { recursive: true });
      snapshots.push(copy);
    };
    const steps: RotationStep[] = [];
    await rotate(
      folder,
      (step) => {
        steps.push(step);
        snap();
      },
      snap,
    );
    expect(steps).toEqual(rotationSteps);
    expect(snapshots).toHaveLength(rotationSteps.length + 2);
    for (const left of snapshots) {
      expect(await opened(left)).toMatchObject({ found: standing, destroyed: ['contact:ticket-7'] });
      expect(existsSync(join(left, 'master.key.next'))).toBe(false);
      expect(await rotate(left)).toMatchObject({ epoch: expect.any(Number) });
      expect((await opened(left)).found).toEqual(standing);
    }
  });

  it('would be caught renaming first: ended there, the keys would have lost their master key', async () => {
    const { folder, path } = await installation();
    makeNextMasterKey(path);
    keepOldMasterKey(path, 1);
    replaceMasterKey(path);
    await expect(opened(folder)).rejects.toThrow('put back the file of epoch 1');
  });

  it('refuses a master key that is not the one, and changes nothing', async () => {
    const { folder, standing } = await installation();
    const path = join(folder, 'stranger.key');
    writeFileSync(path, Buffer.alloc(32, 9), { mode: 0o400 });
    const store = openRewrappedSqlite(join(folder, 'keys.db'));
    await expect(rotateMasterKey(path, store)).rejects.toThrow('put back the file of epoch 1');
    store.close();
    expect((await opened(folder)).found).toEqual(standing);
  });

  it('of a file that is mounted by itself is left as it is, before anything is wrapped', async () => {
    const { folder, path, masterKey, standing } = await installation();
    const mounted = jest.spyOn(fs, 'linkSync').mockImplementation(() => {
      throw Object.assign(new Error('another file system'), { code: 'EXDEV' });
    });
    await expect(rotate(folder)).rejects.toThrow(/is mounted by itself.*Nothing has changed/);
    mounted.mockRestore();
    expect(readdirSync(folder).filter((name) => name.startsWith('master.key'))).toEqual(['master.key']);
    expect(openMasterKey(path, { create: false })).toEqual(masterKey);
    expect((await opened(folder)).found).toEqual(standing);
  });

  it('tries again whether it can be replaced, though one that was ended while it tried has left its trial there', async () => {
    const { folder, path, standing } = await installation();
    linkSync(path, `${path}.probe`);
    await rotate(folder);
    expect(existsSync(`${path}.probe`)).toBe(false);
    expect((await opened(folder)).found).toEqual(standing);
  });

  it('of a file that is mounted by itself only once all is wrapped says which file is needed, not that nothing has changed', async () => {
    const { folder } = await installation();
    await expect(
      rotate(folder, (step) => {
        if (step === 'rewrapped') throw new Error('ended');
      }),
    ).rejects.toThrow('ended');
    const mounted = jest.spyOn(fs, 'linkSync').mockImplementation(() => {
      throw Object.assign(new Error('another file system'), { code: 'EXDEV' });
    });
    await expect(opened(folder)).rejects.toThrow(/keep that file/);
    mounted.mockRestore();
    await opened(folder);
  });

  it('that cannot be put in its place says which file is needed now', async () => {
    const { folder, standing } = await installation();
    const busy = jest.spyOn(fs, 'renameSync').mockImplementation(() => {
      throw Object.assign(new Error('busy'), { code: 'EBUSY' });
    });
    await expect(rotate(folder)).rejects.toThrow(/wrapped with the key in \S+master\.key\.next by now: keep that file/);
    await expect(opened(folder)).rejects.toThrow(/keep that file/);
    busy.mockRestore();
    expect((await opened(folder)).found).toEqual(standing);
  });

  it('that is missing where keys stand is asked for; another is not made in its place', async () => {
    const { folder, path, standing } = await installation();
    renameSync(path, `${path}.away`);
    const epoch = () => Promise.resolve(epochOfFile(join(folder, 'keys.db')));
    await expect(currentMasterKey(path, { create: true, finish: true }, epoch)).rejects.toThrow('is missing: put it back');
    expect(existsSync(path)).toBe(false);
    renameSync(`${path}.away`, path);
    expect((await opened(folder)).found).toEqual(standing);
    // the first start of a folder makes one
    const first = join(emptyFolder(), 'master.key');
    expect(await currentMasterKey(first, { create: true, finish: true }, () => Promise.resolve(undefined))).toHaveLength(32);
  });

  it('of a reader leaves the next master key where it is', async () => {
    const { folder, path } = await installation();
    makeNextMasterKey(path);
    const key = await currentMasterKey(path, { create: false, finish: false }, () => Promise.resolve(epochOfFile(join(folder, 'keys.db'))));
    expect(key).toEqual(openMasterKey(path, { create: false }));
    expect(existsSync(`${path}.next`)).toBe(true);
  });
});

describe('what lasts longer than an epoch', () => {
  const [old, next] = [derivedFrom(Buffer.alloc(32, 1)), derivedFrom(Buffer.alloc(32, 2))];
  const rotated: PurposeKeys = Object.assign((purpose: Purpose) => next(purpose), { former: (purpose: Purpose) => [old(purpose)] });

  it('is the address of a calendar feed: found once more, and kept under the present key', async () => {
    const operations = createMemoryOperations();
    const by = (purposeKeys: PurposeKeys) => ({
      operations,
      personalData: createPersonalData({ keys: createMemoryKeyStore(), purposeKeys }),
    });
    const secret = answered(await renewFeed(by(old), { kind: 'host' }, 's001'));
    expect(await feedOwner(by(next), secret)).toBeUndefined();
    expect(await feedOwner(by(rotated), secret)).toBe('s001');
    expect(await feedOwner(by(next), secret)).toBe('s001');
    expect(await feedOwner(by(old), secret)).toBeUndefined();
  });

  it('are the tokens of Webex, of the same first token', async () => {
    const { keyValues } = createMemoryOperations();
    const [a, b] = [old('webex-tokens'), next('webex-tokens')];
    const before = createStoredTokens(keyValues, a);
    const tokens = { accessToken: 'access', expiresAt: '2027-01-01T00:00:00.000Z', refreshToken: 'refresh' };
    await before.keep({ ...tokens, first: before.tagOf('first') });
    const after = createStoredTokens(keyValues, b, [a]);
    expect(await after.read('another')).toBeUndefined();
    expect(await createStoredTokens(keyValues, b).read('first')).toBeUndefined();
    expect(await after.read('first')).toEqual({ ...tokens, first: after.tagOf('first') });
    expect(await createStoredTokens(keyValues, b).read('first')).toEqual({ ...tokens, first: after.tagOf('first') });
  });

  it('goes on over many rotations without a start between them, and is then under the present key', async () => {
    const { folder, masterKey } = await installation();
    const operations = createMemoryOperations();
    const tokens = { accessToken: 'access', expiresAt: '2027-01-01T00:00:00.000Z', refreshToken: 'refresh' };
    const readAt = '2026-03-02T08:00:00.000Z';
    const seen = { role: 'head', purpose: 'ticket', page: '/programari/:id', tickets: ['t'], requests: [], readAt } as const;
    const readingId = '019c0000-0001-7000-8000-000000000001';
    const reading: Reading = { readingId, pseudonym: 'p', person: 's001', ...seen };
    /** As the service has it after a start, of the epoch that stands; `alone`: without what earlier epochs have left. */
    const started = async (key: Buffer, alone = false) => {
      const keys = openSqliteKeyStore({ path: join(folder, 'keys.db'), masterKey: key });
      const all = await openPurposeKeys(keys, key);
      keys.close();
      const renewed = (purpose: Purpose) => all.renewed?.(purpose);
      const former = alone ? () => [] : (all.former ?? (() => []));
      const purposeKeys: PurposeKeys = Object.assign((purpose: Purpose) => all(purpose), { renewed, former });
      return {
        feeds: { operations, personalData: createPersonalData({ keys: createMemoryKeyStore(), purposeKeys }) },
        webex: createStoredTokens(operations.keyValues, purposeKeys('webex-tokens'), former('webex-tokens')),
        calendars: followedCalendars({ operations }, renewed('absence-calendar') ?? calendarKeyOf(tokenKey), former('absence-calendar')),
        waiting: waitingReadings(folder, purposeKeys),
      };
    };
    const before = await started(masterKey);
    const secret = answered(await renewFeed(before.feeds, { kind: 'host' }, 's001'));
    await before.webex.keep({ ...tokens, first: before.webex.tagOf('first') });
    await before.calendars.put('s001', 'https://calendar.example/s001.ics');
    await before.waiting.add(reading);
    const rotations = formerKeyNames('tag').length;
    for (let n = 0; n < rotations; n += 1) await rotate(folder);
    const now = openMasterKey(join(folder, 'master.key'), { create: false });
    const found = async ({ feeds, webex, calendars, waiting }: Awaited<ReturnType<typeof started>>) => ({
      feed: await feedOwner(feeds, secret),
      webex: (await webex.read('first'))?.refreshToken,
      calendar: await calendars.get('s001'),
      waiting: await waiting.read(readingId),
    });
    const lost = { feed: undefined, webex: undefined, calendar: 'lost', waiting: 'unreadable' };
    expect(await found(await started(now, true))).toEqual(lost);
    const whole = { feed: 's001', webex: 'refresh', calendar: { address: 'https://calendar.example/s001.ics' }, waiting: reading };
    expect(await found(await started(now))).toEqual(whole);
    // what waits in a file is appended to the log at the start, and the file goes
    expect(await found(await started(now, true))).toEqual({ ...whole, waiting: 'unreadable' });
  });
});
