import { writeFileSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { EventStoreDbUnusable } from '../../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-unusable';
import { openEventStoreDb } from '../../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { closing, emptyFolder } from '../../../support/closing';
import { Emulator } from '../../../support/eventstoredb/emulator';
import { envelopes } from '../../../support/eventstoredb/envelopes';
import { type Authority, createAuthority, makeCertificate } from '../../../support/eventstoredb/certificate';
import { listening, tlsBefore } from '../../../support/eventstoredb/tls-front';
import { freePort } from '../../../support/free-port';

const secret = 'p4ss-w0rd';
const warnings: string[] = [];
let emulator: Emulator;
let authority: Authority;
let stranger: Authority;

beforeAll(async () => {
  emulator = await Emulator.start();
  authority = createAuthority();
  stranger = createAuthority();
});
afterAll(() => emulator.stop());
beforeEach(() => {
  warnings.length = 0;
  emulator.misbehaviour.always('read', undefined);
  const warn = (...words: readonly unknown[]): void => {
    warnings.push(words.join(' '));
  };
  jest.spyOn(console, 'warn').mockImplementation(warn);
  jest.spyOn(console, 'error').mockImplementation(warn);
});
afterEach(() => {
  jest.restoreAllMocks();
  expect(warnings).toEqual([]);
});

/** What opening says, in each language. */
const saidBy = async (url: string): Promise<{ readonly ro: string; readonly en: string }> => {
  const opened = await openEventStoreDb({ url, limit: 3000 }).then(
    async (store) => {
      await store.close();
      return { ro: 'opens', en: 'opens' };
    },
    (error: unknown) => {
      if (!(error instanceof EventStoreDbUnusable)) throw error;
      expect(`${error.message}${JSON.stringify(error)}`).not.toContain(secret);
      return error.words;
    },
  );
  return opened;
};

const behindTls = (names: string, options: { readonly expired?: boolean } = {}): Promise<number> =>
  tlsBefore(emulator.wire.port, authority.certify(names, options));
const here = 'IP:127.0.0.1';
const esdb = (port: number, ...options: readonly string[]): string => `esdb://us:${secret}@127.0.0.1:${port}?${options.join('&')}`;

/** Takes connections and says nothing. */
const mute = (): Promise<number> => listening(createServer((socket) => socket.on('error', () => undefined)));

describe('why EventStoreDB cannot be used is told by its cause, in both languages, with the option to change', () => {
  it('(over TLS with everything in order it opens)', async () => {
    expect((await saidBy(esdb(await behindTls(here), `tlsCAFile=${authority.caFile}`))).en).toBe('opens');
  });

  it.each([
    ['one server', (port: number) => esdb(port, `tlsCAFile=${authority.caFile}`)],
    ['a cluster', (port: number) => `esdb://127.0.0.1:${port},127.0.0.1:${port}?tlsCAFile=${authority.caFile}&maxDiscoverAttempts=1`],
  ])('%s whose address is an IP address is told no name: Node 26 refuses to tell one', async (_, url) => {
    const told = new Set<unknown>();
    await saidBy(url(await tlsBefore(emulator.wire.port, authority.certify(here), (name) => told.add(name))));
    expect(told).toEqual(new Set([false]));
  });

  it.each<readonly [string, () => Promise<string>, RegExp, RegExp]>([
    [
      'an authority that is not named',
      async () => esdb(await behindTls(here)),
      /tlsCAFile= in TICHET_EVENTSTOREDB_URL/,
      /autoritate necunoscută.*tlsCAFile=/,
    ],
    [
      'a certificate of another authority',
      async () => esdb(await behindTls(here), `tlsCAFile=${stranger.caFile}`),
      /authority.*tlsCAFile= in TICHET_EVENTSTOREDB_URL/,
      /autoritate necunoscută/,
    ],
    [
      'an expired certificate',
      async () => esdb(await behindTls(here, { expired: true }), `tlsCAFile=${authority.caFile}`),
      /not valid today \(CERT_HAS_EXPIRED\).*clocks/,
      /nu este valabil azi/,
    ],
    [
      'a certificate for another name',
      async () => esdb(await behindTls('DNS:elsewhere.example'), `tlsCAFile=${authority.caFile}`),
      /for another name \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
      /pentru alt nume/,
    ],
    [
      'TLS asked of a server without',
      () => Promise.resolve(esdb(emulator.wire.port)),
      /does not speak TLS.*tls=false/,
      /nu vorbește TLS.*tls=false/,
    ],
    [
      'a server with TLS asked without',
      async () => `esdb://127.0.0.1:${await behindTls(here)}?tls=false`,
      /speaks TLS.*leave tls=false out/,
      /vorbește TLS.*scoateți tls=false/,
    ],
    ['nobody there', async () => `esdb://127.0.0.1:${await freePort()}?tls=false`, /Nobody listens.*ECONNREFUSED/, /nu ascultă nimeni/],
    [
      'nobody there, of several hosts',
      async () => `esdb://127.0.0.1:${await freePort()},127.0.0.1:${await freePort()}?tls=false`,
      /Nobody listens.*ECONNREFUSED/,
      /nu ascultă nimeni/,
    ],
    [
      'a name that nobody knows',
      () => Promise.resolve('esdb://nobody.invalid:2113?tls=false'),
      /No host of the name nobody\.invalid is known/,
      /Nu se cunoaște nicio gazdă/,
    ],
    ['somebody who says nothing', async () => `esdb://127.0.0.1:${await mute()}?tls=false`, /says nothing/, /nu spune nimic/],
  ])('%s', async (_, url, en, ro) => {
    const said = await saidBy(await url());
    expect(said.en).toMatch(en);
    expect(said.ro).toMatch(ro);
  });

  it.each([
    ['access-denied', /names none with user:password@/, /nu numește niciunul cu utilizator:parolă@/],
    ['not-ready', /is not ready \(not-ready\): it is starting/, /nu este gata/],
  ] as const)('%s, as the server itself says', async (as, en, ro) => {
    emulator.misbehaviour.always('read', { kind: 'refuse', as });
    const said = await saidBy(emulator.url);
    expect(said.en).toMatch(en);
    expect(said.ro).toMatch(ro);
  });
});

describe('of users and of a cluster', () => {
  let secure: Emulator;
  beforeEach(async () => {
    secure = closing(await Emulator.start({ certificate: makeCertificate() }));
    secure.access.setUser('clerk', 'right', ['$admins']);
  });

  it('(with the right password it opens)', async () => {
    expect((await saidBy(secure.urlFor('clerk', 'right'))).en).toBe('opens');
  });

  it('(where the cluster is asked at IP addresses who is in it, it opens)', async () => {
    const host = `127.0.0.1:${secure.wire.port}`;
    expect((await saidBy(secure.urlFor('clerk', 'right').replace(/localhost:\d+/, `${host},${host}`))).en).toBe('opens');
  });

  it.each([
    ['a wrong password', 'clerk'],
    ['an unknown user', 'stranger'],
  ])('%s is another cause than a right that lacks', async (_, user) => {
    const said = await saidBy(secure.urlFor(user, secret));
    expect(said.en).toMatch(/does not know this user with this password \(not-authenticated\); look at user:password@/);
    expect(said.ro).toMatch(/nu cunoaște acest utilizator cu această parolă/);
  });

  it('a user without the right to read $all', async () => {
    secure.access.setUser('reader', secret);
    expect((await saidBy(secure.urlFor('reader', secret))).en).toMatch(/knows the user, who may not read the log \(access-denied\)/);
  });

  it('an address that names no user, where the server wants one: nothing is said of a user whom it knows', async () => {
    const said = await saidBy(secure.urlFor('nobody', secret).replace(`nobody:${secret}@`, ''));
    expect(said.en).toMatch(/names none with user:password@ \(access-denied\); write it before the host/);
    expect(said.ro).toMatch(/nu numește niciunul cu utilizator:parolă@ \(access-denied\)/);
  });

  it('no quorum', async () => {
    secure.loseQuorum();
    const said = await saidBy(secure.urlFor('clerk', 'right'));
    expect(said.en).toMatch(/most of its cluster’s nodes are missing/);
    expect(said.ro).toMatch(/lipsesc cele mai multe noduri/);
  });
});

describe('an option of the address is what it says, or is refused with a sentence', () => {
  const missing = join(emptyFolder(), 'ca.pem');
  const wrong = join(emptyFolder(), 'wrong.pem');
  writeFileSync(wrong, 'no certificate');
  it.each([
    [`tls=perhaps`, 'it takes true or false'],
    [`tlsCAFile=${missing}`, `${missing} (ENOENT)`],
    [`tlsCAFile=${wrong}`, 'no certificate'],
    [`userCertFile=${wrong}`, 'userCertFile and userKeyFile together'],
    [`userCertFile=${wrong}&userKeyFile=${wrong}`, 'no certificate'],
    [`tls=false&tlsCAFile=${missing}`, 'tlsCAFile and tls=false'],
    ['nodePreference=follower', 'every call asks the leader'],
    ['keepAliveInterval=0', 'milliseconds from 10000 to 3600000, or -1'],
    ['keepAliveTimeout=-5', 'or -1 for none'],
    ['gossipTimeout=5000', 'seconds from 1 to 60'],
    ['maxDiscoverAttempts=0', 'attempts from 1 to 100'],
    ['discoveryInterval=soon', 'milliseconds from 10 to 60000'],
    ['defaultDeadline=1000', 'does nothing here'],
    ['connectionName=us', 'does nothing here'],
    ['tlsVerifyCert=false', 'does nothing here'],
    ['throwOnAppendFailure=false', 'would look like one that was made'],
    ['passwort=x', 'Known are tls'],
  ])('%s', async (option, en) => {
    const said = await saidBy(`esdb://127.0.0.1:2113?${option}`);
    expect(said.en).toContain('TICHET_EVENTSTOREDB_URL');
    expect(said.en).toContain(en);
    expect(said.ro).not.toBe(said.en);
  });

  it('of several names behind one that is looked up only the first would be asked', async () => {
    expect((await saidBy('esdb+discover://a.example,b.example')).en).toContain('only the first would be asked');
  });

  it.each(['keepAliveInterval=-1', 'keepAliveInterval=20000&keepAliveTimeout=1000', 'nodePreference=Leader', 'KEEP_ALIVE_INTERVAL=10000'])(
    '%s is taken, without a word',
    async (options) => {
      expect((await saidBy(`${emulator.url}&${options}`)).en).toBe('opens');
    },
  );
});

it('a start that has failed ends, though the client goes on asking the nodes of the cluster for hours', async () => {
  const hosts = [await freePort(), await freePort()].map((port) => `127.0.0.1:${port}`).join(',');
  const failed = await new Promise<{ readonly code: unknown; readonly said: string }>((resolve) => {
    const options = [
      '--require',
      join(__dirname, '../../../support/typescript-in-threads.cjs'),
      join(__dirname, '../../../../src/main.ts'),
    ];
    const env = {
      ...{ PATH: process.env['PATH'], PORT: '0', TICHET_DATA_DIR: emptyFolder(), TICHET_EVENT_STORE: 'eventstoredb' },
      TICHET_EVENTSTOREDB_URL: `esdb://${hosts}?tls=false&discoveryInterval=60000&maxDiscoverAttempts=100`,
    };
    execFile(process.execPath, options, { env, timeout: 60_000 }, (error, _, said) => {
      resolve({ code: error?.code, said });
    });
  });
  expect(failed).toEqual({ code: 1, said: expect.stringContaining('Nobody listens') as unknown });
});

it('an outage while it runs is told by its cause, too', async () => {
  const opened = closing(await openEventStoreDb({ url: emulator.url, limit: 3000 }));
  emulator.misbehaviour.always('read', { kind: 'refuse', as: 'not-ready' });
  await expect(opened.end()).rejects.toMatchObject({ name: 'EventStoreUnavailable', code: 'not-ready' });
  emulator.misbehaviour.always('read', undefined);
  await expect(opened.append('ticket-1', { kind: 'no-stream' }, envelopes('ticket-1', 0, 1, 'ours'))).resolves.toMatchObject({
    kind: 'appended',
  });
});
