import { readSettings } from '../../../src/infrastructure/config/settings';
import { SettingsInvalid } from '../../../src/infrastructure/config/setting-fault';

const http = {
  TICHET_REGISTRY: 'http',
  TICHET_REGISTRY_URL: 'https://gateway.example/v1/',
  TICHET_REGISTRY_TOKEN_FILE: '/etc/tichet/token',
};
const token = (): string => 'a-secret-token\n';
const read = (environment: Record<string, string>, readFile = token) => readSettings(environment, readFile).settings.registry;
const faultsOf = (environment: Record<string, string>, readFile = token): SettingsInvalid['faults'] => {
  try {
    read(environment, readFile);
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.faults;
    throw error;
  }
  return [];
};

describe('the settings of the registry', () => {
  it('are local with nothing set; manual needs nothing more', () => {
    expect(read({})).toEqual({ kind: 'local' });
    expect(read({ TICHET_REGISTRY: 'manual' })).toEqual({ kind: 'manual' });
  });

  it('name a gateway, and keep the path of the token but not the token', () => {
    expect(read(http)).toEqual({
      kind: 'http',
      url: 'https://gateway.example/v1',
      tokenFile: '/etc/tichet/token',
      freshMinutes: 30,
      pollMinutes: 15,
    });
    expect(read({ ...http, TICHET_REGISTRY_FRESH_MINUTES: '0', TICHET_REGISTRY_POLL_MINUTES: '60' })).toMatchObject({
      freshMinutes: 0,
      pollMinutes: 60,
    });
    expect(read({ ...http, TICHET_REGISTRY_URL: 'http://127.0.0.1:8081' })).toMatchObject({ url: 'http://127.0.0.1:8081' });
  });

  it.each([
    ['TICHET_REGISTRY_URL', '', 'TICHET_REGISTRY=http needs it'],
    ['TICHET_REGISTRY_TOKEN_FILE', '', 'TICHET_REGISTRY=http needs it'],
    ['TICHET_REGISTRY_URL', 'http://gateway.example', 'on the same machine only'],
    ['TICHET_REGISTRY_URL', 'https://user:secret@gateway.example', 'without password'],
    ['TICHET_REGISTRY_URL', 'https://gateway.example?key=secret', 'without password or parameters'],
    ['TICHET_REGISTRY_FRESH_MINUTES', '1441', 'from 0 to 1440'],
    ['TICHET_REGISTRY_POLL_MINUTES', '0', 'from 1 to 1440'],
    ['TICHET_REGISTRY_POLL_MINUTES', 'often', 'whole number of minutes'],
  ])('refuse %s=%s with a sentence that names it and repeats no secret', (setting, value, sentence) => {
    const faults = faultsOf({ ...http, [setting]: value });
    expect(faults).toMatchObject([{ setting, en: expect.stringContaining(sentence) }]);
    expect(faults[0]?.ro).not.toBe(faults[0]?.en);
    expect(JSON.stringify(faults)).not.toContain('secret');
  });

  it('refuse a token file that is not there, or is no token', () => {
    const missing = (): string => {
      throw new Error('no such file');
    };
    expect(faultsOf(http, missing)).toMatchObject([{ setting: 'TICHET_REGISTRY_TOKEN_FILE', en: 'The file cannot be read.' }]);
    expect(faultsOf(http, () => 'two\nlines')).toMatchObject([{ en: 'The file must hold the access token, on one line.' }]);
  });
});
