import { resolve } from 'node:path';
import { SettingsInvalid } from '../../../src/infrastructure/config/setting-fault';
import { readSettings } from '../../../src/infrastructure/config/settings';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const target = { name: 'statistics', url: 'https://statistics.example/hook', secret, events: ['ticket.*'] };

const settingsOf = (content: unknown, files: Readonly<Record<string, string>> = {}) =>
  readSettings({ TICHET_WEBHOOKS_FILE: '/etc/tichet/webhooks.json' }, (path) => {
    if (path === resolve('/etc/tichet/webhooks.json')) return typeof content === 'string' ? content : JSON.stringify(content);
    const text = files[path];
    if (text === undefined) throw new Error('no such file');
    return text;
  }).settings;

const sentencesOf = (content: unknown): SettingsInvalid['faults'] => {
  try {
    settingsOf(content);
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.faults;
    throw error;
  }
  return [];
};

describe('the file of webhooks', () => {
  it('left out, nobody is told anything', () => {
    expect(readSettings({}, () => '').settings).not.toHaveProperty('webhooks');
  });

  it('names targets; the usual ones are public and begin now', () => {
    expect(settingsOf([target]).webhooks).toEqual([
      { name: 'statistics', url: target.url, secrets: [secret], events: ['ticket.*'], private: false, fromBeginning: false },
    ]);
  });

  it('takes secrets out of a file beside it, two while they are changed', () => {
    const { secret: _secret, ...others } = target;
    const files = { [resolve('/etc/tichet/s.secret')]: `${secret}\n${secret}\n` };
    expect(settingsOf([{ ...others, secretFile: 's.secret', from: 'beginning' }], files).webhooks).toMatchObject([
      { secrets: [secret, secret], fromBeginning: true },
    ]);
  });

  it('takes http and private addresses of a target that says so', () => {
    expect(settingsOf([{ ...target, url: 'http://10.0.0.7:8080/', private: true }]).webhooks).toMatchObject([{ private: true }]);
  });

  it.each<[string, unknown, string]>([
    ['no JSON', '[{', 'must be a JSON list'],
    ['no list', { statistics: target }, 'must be a JSON list'],
    ['no object', ['https://statistics.example'], 'Target 1: It must be a JSON object'],
    ['no name', [{ ...target, name: 'Statistică' }], '"name" must be 1 to 40'],
    ['no address', [{ ...target, url: 'statistics' }], 'not an address https://'],
    ['http', [{ ...target, url: 'http://statistics.example' }], 'must begin with https://'],
    ['another protocol', [{ ...target, url: 'file:///etc/passwd', private: true }], 'must begin with https://'],
    ['a password in the address', [{ ...target, url: 'https://u:p@statistics.example' }], 'must not have a user'],
    ['a private address', [{ ...target, url: 'https://192.168.0.4/' }], 'not public'],
    ['a private address in hexadecimal', [{ ...target, url: 'https://0x7f.1/' }], 'not public'],
    ['a private address of IPv6', [{ ...target, url: 'https://[::ffff:10.0.0.1]/' }], 'not public'],
    ['no secret', [{ ...target, secret: undefined }], 'Either "secret" or "secretFile"'],
    ['two places of a secret', [{ ...target, secretFile: 'x' }], 'Either "secret" or "secretFile"'],
    ['no file', [{ ...target, secret: undefined, secretFile: 'nowhere' }], 'cannot be read'],
    ['a short secret', [{ ...target, secret: 'whsec_c2hvcnQ=' }], '24 to 64 bytes'],
    ['a secret without its mark', [{ ...target, secret: secret.slice(6) }], 'must be whsec_'],
    ['no events', [{ ...target, events: [] }], 'at least one name'],
    ['an event that is none', [{ ...target, events: ['ticket.Sheduled'] }], '"events" has "ticket.Sheduled"'],
    ['what stays at home', [{ ...target, events: ['ops.EventSkipped'] }], '"events" has "ops.EventSkipped"'],
    ['an unknown field', [{ ...target, retries: 3 }], 'Unknown field: "retries"'],
    ['no truth', [{ ...target, private: 'yes' }], '"private" must be true or false'],
    ['no beginning', [{ ...target, from: 'yesterday' }], '"from" can be now or beginning'],
    ['a name twice', [target, target], 'stands there twice'],
  ])('refuses %s, in both languages, and repeats neither address nor secret', (_, content, sentence) => {
    const faults = sentencesOf(content);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ setting: 'TICHET_WEBHOOKS_FILE', en: expect.stringContaining(sentence) });
    expect(faults[0]?.ro).not.toBe(faults[0]?.en);
    expect(JSON.stringify(faults)).not.toMatch(/statistics\.example|whsec_[A-Za-z0-9]/);
  });

  it('tells all faults of all targets at once', () => {
    expect(
      sentencesOf([
        { ...target, name: '' },
        { ...target, url: '', events: 'all' },
      ]).map(({ en }) => en.slice(0, 9)),
    ).toEqual(['Target 1:', 'Target 2:', 'Target 2:']);
  });
});
