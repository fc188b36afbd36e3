import { readSettings } from '../../../src/infrastructure/config/settings';
import { environmentWithSecrets, settingsTable, unknownSettings } from '../../../src/infrastructure/config/settings-table';
import { type Environment, SettingsInvalid } from '../../../src/infrastructure/config/setting';

const files: Readonly<Record<string, string>> = {
  '/run/TICHET_POSTGRES_URL': 'postgres://user:secret@db/tichet\n',
  '/run/TICHET_POSTGRES_DIRECT_URL': 'postgres://user:secret@db-direct/tichet\n',
  '/run/TICHET_EVENTSTOREDB_URL': 'esdb://admin:secret@log:2113\n',
  '/run/TICHET_SMTP_URL': 'smtps://user:secret@mail.example\n',
  '/run/TICHET_BOUNCE_IMAP_URL': 'imaps://user:secret@mail.example/INBOX\n',
  '/run/empty': '\n',
  '/run/other': 'http://user:secret@mail.example',
};
const readFile = (path: string): string => {
  const content = files[path];
  if (content === undefined) throw new Error('no such file');
  return content;
};
const faultsOf = (environment: Environment) => {
  try {
    readSettings(environment, readFile);
    return [];
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.faults;
    throw error;
  }
};

describe('a secret may stand in a file', () => {
  const secrets = Object.entries(settingsTable).flatMap(([name, { secret }]) => (secret === true ? [name] : []));

  it('whatever the table calls one, and what it means is the same', () => {
    expect(secrets).toEqual([
      'TICHET_POSTGRES_URL',
      'TICHET_POSTGRES_DIRECT_URL',
      'TICHET_EVENTSTOREDB_URL',
      'TICHET_SMTP_URL',
      'TICHET_BOUNCE_IMAP_URL',
    ]);
    const stores = { TICHET_EVENT_STORE: 'eventstoredb', TICHET_READ_MODELS: 'postgres' };
    const named = Object.fromEntries(secrets.map((name) => [`${name}_FILE`, `/run/${name}`]));
    const given = Object.fromEntries(secrets.map((name) => [name, readFile(`/run/${name}`).trim()]));
    const { settings } = readSettings({ ...stores, ...named }, readFile);
    expect(settings).toEqual(readSettings({ ...stores, ...given }, readFile).settings);
    expect(settings).toMatchObject({ smtpUrl: 'smtps://user:secret@mail.example', postgresUrl: 'postgres://user:secret@db/tichet' });
    expect(unknownSettings(named)).toEqual({ misspelt: [], others: [] });
    expect(unknownSettings({ PORT_FILE: 'x', TICHET_DATA_DIR_FILE: 'x', TICHET_SMTP_URL_FIEL: 'x' })).toMatchObject({
      misspelt: [{ setting: 'TICHET_SMTP_URL_FIEL', en: expect.stringContaining('TICHET_SMTP_URL_FILE') }],
      others: [{ setting: 'TICHET_DATA_DIR_FILE' }],
    });
    expect(environmentWithSecrets(named, readFile)).toMatchObject(given);
  });

  it.each([
    [{ TICHET_SMTP_URL_FILE: '/nowhere' }, 'TICHET_SMTP_URL_FILE', 'cannot be read'],
    [{ TICHET_SMTP_URL_FILE: '/run/empty' }, 'TICHET_SMTP_URL_FILE', 'is empty'],
    [{ TICHET_SMTP_URL_FILE: '/run/other' }, 'TICHET_SMTP_URL', 'smtp://'],
    [
      { TICHET_SMTP_URL_FILE: '/run/TICHET_SMTP_URL', TICHET_SMTP_URL: 'smtps://mail.example' },
      'TICHET_SMTP_URL_FILE',
      'TICHET_SMTP_URL is set, too',
    ],
  ])('%j is refused in one sentence that repeats no secret', (environment, setting, sentence) => {
    const faults = faultsOf(environment);
    expect(faults).toMatchObject([{ setting, en: expect.stringContaining(sentence) }]);
    expect(new SettingsInvalid(faults).message).not.toContain('secret');
  });
});

describe('letters do not travel in clear', () => {
  it.each([
    '?ignoreTLS=true',
    '?requireTLS=false',
    '?opportunisticTLS=true',
    '?requireTLS=true&ignoreTLS=TRUE',
    '?tls.rejectUnauthorized=false',
    '?tls.rejectUnauthorized=0',
  ])('smtp://mail.example%s is refused; on this machine it is nobody’s matter', (query) => {
    expect(faultsOf({ TICHET_SMTP_URL: `smtp://mail.example:587${query}` })).toMatchObject([{ setting: 'TICHET_SMTP_URL' }]);
    expect(faultsOf({ TICHET_SMTP_URL: `smtp://127.0.0.1:2525${query}` })).toEqual([]);
  });

  it('a connection that begins in clear and one that does not are both taken', () => {
    for (const url of ['smtp://mail.example:587', 'smtps://mail.example', 'smtp://mail.example?requireTLS=true'])
      expect(faultsOf({ TICHET_SMTP_URL: url })).toEqual([]);
    expect(faultsOf({ TICHET_SMTP_URL: 'smtps://mail.example?secure=false' })).toHaveLength(1);
  });
});

it.each(['[::1]', 'my_host.ro', 'webex.com, a_b.ro'])(
  'no link leads to the host %s: it is refused, and a dot at the end is none',
  (given) => {
    expect(faultsOf({ TICHET_MEETING_HOSTS: given })).toMatchObject([{ setting: 'TICHET_MEETING_HOSTS' }]);
    expect(readSettings({ TICHET_MEETING_HOSTS: 'Webex.com.' }, () => '').settings.meetingHosts).toEqual(['webex.com']);
  },
);
