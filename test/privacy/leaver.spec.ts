import { createHmac, hkdfSync } from 'node:crypto';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sendOpeningLetters } from '../../src/application/booking/opening';
import { referenceOf } from '../../src/domain/ticket/ticket';
import { openReading } from '@tichet-albastru/event-log/database/sqlite/open-database';
import { openIfFitting } from '@tichet-albastru/event-log/keys/encrypting';
import { openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { createPersonalData } from '../../src/infrastructure/log/keys/personal-data';
import { currentTokenKey, derivedFrom, openPurposeKeys, type PurposeKeys } from '../../src/infrastructure/log/keys/purpose-keys';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { createApplication } from '../../src/infrastructure/service/application';
import { openedToken } from '../../src/infrastructure/nest/tokens';
import type { OpenedPorts } from '../../src/infrastructure/nest/provided';
import { localTokens } from '../../src/infrastructure/outside/identity/local-tokens';
import { collectingMailer } from '../../src/infrastructure/testing/test-ports';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { settingsOf, tichet } from '../infrastructure/tools/command-line/captured';
import { closing, emptyFolder } from '../support/closing';
import { awaitedCodeOf } from '../support/codes';
import { register, registerDemoStaff } from '../support/sealed-folder';
import { BrowserOf } from '../infrastructure/web/booking/browser-of';

const clock = fixedClock();
const mailer = collectingMailer();
const lookup = { requestNumber: '100', applicantName: 'Canarul Galben', filedOn: '2026-02-10' };
const wish = {
  startsAt: '2026-03-05T08:00:00.000Z',
  mode: 'online',
  email: 'canar@exemplu.ro',
  phone: '0740 123 456',
  recordingNoticeVersion: '2026-1',
};

/** The installation as it is served, until it is stopped. */
const serving = async (folder: string) => {
  const app = closing(await createApplication({ settings: settingsOf(folder), ports: { clock, mailer }, processes: false }));
  const opened = app.get<OpenedPorts>(openedToken);
  const call = async (method: 'GET' | 'POST', url: string, token?: string, body?: object) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const answer = await app.inject({ method, url: `/api/v1${url}`, headers, ...(body === undefined ? {} : { payload: body }) });
    return { status: answer.statusCode, body: JSON.parse(answer.body || '{}') as Record<string, string> };
  };
  return { app, opened, ports: opened.ports, call };
};
type Serving = Awaited<ReturnType<typeof serving>>;

const openWithCode = async (service: Serving, browser: BrowserOf, reference: string): Promise<string> => {
  await browser.visit(`/tichet/${reference}`);
  await browser.send(`/tichet/${reference}/deschide/cod`);
  await browser.get(`/tichet/${reference}/deschide?trimis=1`);
  await sendOpeningLetters(service.ports, clock.now());
  const code = /^\d{6}$/mu.exec(mailer.letters.findLast(({ subject }) => subject.includes('se deschide'))?.text ?? '')?.[0] ?? '';
  return (await browser.send(`/tichet/${reference}/deschide`, { code })).location;
};

/** What every version before this one computed of a master key, and took for right whenever it came. */
const formerly = (masterKey: Buffer) => {
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', masterKey, Buffer.alloc(0), `tichet-albastru/${purpose}`, 32));
  const hmac = (purpose: string, ...parts: readonly string[]) => createHmac('sha256', key(purpose)).update(parts.join('\u001f')).digest();
  return {
    manageToken: (ticketId: string): string => hmac('manage-token', ticketId).toString('base64url'),
    code: (ticketId: string, n: number): string =>
      String(hmac('verification-code', ticketId, String(n)).readUIntBE(0, 6) % 1_000_000).padStart(6, '0'),
  };
};

/** Everything that somebody can make who has a master key and, where there is one, a copy of the data folder. */
const leaverWith = async (masterKey: Buffer, ticketId: string, stolen?: string) => {
  const from = async (): Promise<{ readonly purposeKeys: PurposeKeys; readonly manageToken?: string; readonly tokenKey?: Uint8Array }> => {
    if (stolen === undefined) return { purposeKeys: derivedFrom(masterKey) };
    const keys = openSqliteKeyStore({ path: join(stolen, 'keys.db'), masterKey });
    const purposeKeys = await openPurposeKeys(keys, masterKey);
    const manageToken = await createPersonalData({ keys, purposeKeys }).manageToken(ticketId);
    keys.close();
    return { purposeKeys, manageToken, tokenKey: currentTokenKey(readFileSync(join(stolen, 'token.key')), purposeKeys) };
  };
  const { purposeKeys, manageToken, tokenKey } = await from();
  const official = tokenKey && (await localTokens(tokenKey, clock).official({ role: 'auditor', person: 'p.auditor' }));
  return {
    manageTokens: [formerly(masterKey).manageToken(ticketId), ...(manageToken === undefined ? [] : [manageToken])],
    officialTokens: official === undefined ? [] : [official],
    tag: (purpose: string, text: string) => createHmac('sha256', purposeKeys('tag')).update(`${purpose}\u001f${text}`).digest('base64url'),
    /** the codes that a copy of the data holds, as far as these keys open them */
    codesIn: (folder: string): readonly string[] => {
      const database = openReading(join(folder, 'operations.db'));
      const rows = database.prepare<[], { name: string; sealed: string }>('SELECT name, sealed FROM codes').all();
      database.close();
      return rows.flatMap(
        ({ name, sealed }) =>
          openIfFitting(purposeKeys('kept-answer'), Buffer.from(sealed, 'base64'), `code\u001f${name}`)?.toString() ?? [],
      );
    },
  };
};
type Leaver = Awaited<ReturnType<typeof leaverWith>>;

/** What the service says to each of the leaver's tokens. */
const attack = async ({ call }: Serving, ticketId: string, { manageTokens, officialTokens }: Leaver) => ({
  manages: await Promise.all(manageTokens.map(async (token) => (await call('GET', `/tickets/${ticketId}`, token)).status)),
  governs: await Promise.all(officialTokens.map(async (token) => (await call('GET', `/audit/tickets/${ticketId}`, token)).status)),
});

describe('whoever has left, and once copied the master key', () => {
  it('forges nothing after a rotation: with the key, with a copy of the data, or with both', async () => {
    const folder = emptyFolder();
    const before = await serving(folder);
    await registerDemoStaff(before.opened);
    await register(before.opened, ['100']);
    const found = await before.call('POST', '/requests/lookup', undefined, lookup);
    const made = await before.call('POST', '/tickets', found.body['bookingToken'], wish);
    const { ticketId = '', manageToken = '' } = made.body;
    const reference = referenceOf(ticketId);
    const code = await awaitedCodeOf(before.ports, ticketId);
    const masterKey = openMasterKey(join(folder, 'master.key'), { create: false });
    const stolen = join(emptyFolder(), 'copy');

    // the upgrade alone: what was computed of the key is no token and no code any more
    const withKey = await leaverWith(masterKey, ticketId);
    expect(await attack(before, ticketId, withKey)).toEqual({ manages: [401], governs: [] });
    expect(formerly(masterKey).code(ticketId, 1)).not.toBe(code);
    await before.call('POST', `/tickets/${ticketId}/verification`, manageToken, { code });
    await before.ports.readModels.reached(await before.ports.store.end(), 60_000);
    const citizen = new BrowserOf(before);
    expect(await openWithCode(before, citizen, reference)).toContain('facut=deschis');
    clock.advance({ seconds: 61 });
    await new BrowserOf(before).visit(`/tichet/${reference}`);
    const asking = new BrowserOf(before);
    await asking.visit(`/tichet/${reference}`);
    await asking.send(`/tichet/${reference}/deschide/cod`);
    await before.app.close();
    cpSync(folder, stolen, { recursive: true });

    // before the rotation a copy of everything is everything
    const withBoth = await leaverWith(masterKey, ticketId, stolen);
    const still = await serving(folder);
    expect(await attack(still, ticketId, withBoth)).toEqual({ manages: [401, 200], governs: [200] });
    expect(withBoth.codesIn(stolen)).toHaveLength(1);
    expect(withKey.codesIn(stolen)).toHaveLength(1);
    expect(withBoth.tag('web-session', 'x')).toBe(still.ports.personalData.tag('web-session', 'x'));
    await still.app.close();

    expect((await tichet(folder, 'keys', 'rotate')).exit).toBe(0);
    const after = await serving(folder);
    for (const leaver of [withKey, withBoth]) {
      const { manages, governs } = await attack(after, ticketId, leaver);
      expect([...manages, ...governs].filter((status) => status !== 401)).toEqual([]);
      expect(leaver.tag('web-session', 'x')).not.toBe(after.ports.personalData.tag('web-session', 'x'));
    }
    // what the citizen held ends with it
    expect((await after.call('GET', `/tickets/${ticketId}`, manageToken)).status).toBe(401);
    const returning = citizen.at(after);
    expect((await returning.get(`/tichet/${reference}`)).location).toBe(`/tichet/${reference}/deschide`);

    // and is had again by the mailed code, of which the leaver opens nothing, also in a new copy of the data
    await returning.visit(`/tichet/${reference}`);
    await returning.send(`/tichet/${reference}/deschide/cod`);
    const newer = join(emptyFolder(), 'newer');
    cpSync(folder, newer, { recursive: true });
    // two of before the rotation would be the one that nobody entered; the new one is opened by nobody
    for (const leaver of [withKey, withBoth]) expect(leaver.codesIn(newer)).toEqual(withBoth.codesIn(stolen));
    clock.advance({ seconds: 61 });
    expect(await openWithCode(after, returning, reference)).toContain('facut=deschis');
    expect((await returning.visit(`/tichet/${reference}`)).status).toBe(200);
  });
});

describe('whoever has left with a copy of the data only, without the master key', () => {
  /** Every key that lies in a copy as it is. */
  const keysIn = (copy: string): readonly Buffer[] =>
    readdirSync(copy)
      .filter((name) => name.endsWith('.key'))
      .map((name) => readFileSync(join(copy, name)))
      .filter(({ length }) => length === 32);

  /** A ticket of which two codes are awaited, one after the other, and what the copy tells of it. @param computed as the broken variant has its codes */
  const played = async (computed?: (key: Buffer, ticketId: string, n: number) => string) => {
    const folder = emptyFolder();
    const service = await serving(folder);
    await registerDemoStaff(service.opened);
    await register(service.opened, ['100']);
    const found = await service.call('POST', '/requests/lookup', undefined, lookup);
    const { ticketId = '', manageToken = '' } = (await service.call('POST', '/tickets', found.body['bookingToken'], wish)).body;
    const codes: string[] = [];
    for (const n of [2, 3]) {
      const inCopy = readFileSync(join(folder, 'token.key'));
      if (computed) jest.spyOn(service.ports.personalData, 'randomCode').mockReturnValue(computed(inCopy, ticketId, n));
      clock.advance({ seconds: 61 });
      expect((await service.call('POST', `/tickets/${ticketId}/verification/new-code`, manageToken)).status).toBeLessThan(300);
      codes.push(await awaitedCodeOf(service.ports, ticketId, n));
    }
    await service.app.close();
    jest.restoreAllMocks();
    const stolen = join(emptyFolder(), 'copy');
    cpSync(folder, stolen, { recursive: true, filter: (path) => !path.endsWith('master.key') });
    const keys = keysIn(stolen);
    expect(keys.length).toBeGreaterThan(0);
    for (const masterKey of keys)
      expect(() => openSqliteKeyStore({ path: join(stolen, 'keys.db'), masterKey })).toThrow('put back the file of epoch 1');
    const leavers = await Promise.all(keys.map((key) => leaverWith(key, ticketId)));
    const guesses = keys.flatMap((key) => [1, 2, 3].map((n) => formerly(key).code(ticketId, n)));
    return {
      folder,
      ticketId,
      leavers,
      opened: leavers.flatMap((leaver) => leaver.codesIn(stolen)),
      guessed: codes.every((code) => guesses.includes(code)),
      /** what the key of local tokens signs, which lies there */
      officials: await localTokens(readFileSync(join(stolen, 'token.key')), clock).official({ role: 'auditor', person: 'p.auditor' }),
    };
  };

  it('opens no code and no ticket with it; the tokens that its key signs end with the next rotation', async () => {
    const { folder, ticketId, leavers, opened, guessed, officials } = await played();
    expect({ opened, guessed }).toEqual({ opened: [], guessed: false });
    const before = await serving(folder);
    for (const leaver of leavers) expect(await attack(before, ticketId, leaver)).toEqual({ manages: [401], governs: [] });
    expect((await before.call('GET', `/audit/tickets/${ticketId}`, officials)).status).toBe(200);
    await before.app.close();
    expect((await tichet(folder, 'keys', 'rotate')).exit).toBe(0);
    const after = await serving(folder);
    for (const leaver of leavers) expect(await attack(after, ticketId, leaver)).toEqual({ manages: [401], governs: [] });
    expect((await after.call('GET', `/audit/tickets/${ticketId}`, officials)).status).toBe(401);
  });

  it('would know tomorrow’s codes if they were computed of anything that lies there', async () => {
    const { guessed } = await played((key, ticketId, n) => formerly(key).code(ticketId, n));
    expect(guessed).toBe(true);
  });
});
