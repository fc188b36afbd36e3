import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettingsInvalid } from '../../../src/infrastructure/config/setting-fault';
import { readSettings } from '../../../src/infrastructure/config/settings';
import { openPorts } from '../../../src/infrastructure/nest/open-ports';
import { readSettingsFile } from '../../../src/infrastructure/nest/ports.module';
import { FakeWebex } from '../../support/webex/fake-webex';
import { slot } from '../../application/processes/world';
import { closing, emptyFolder } from '../../support/closing';

const files: Readonly<Record<string, string>> = { secret: 'client-secret\n', token: 'first-token\n', hooks: 'h', empty: ' \n' };
const read = (path: string): string => {
  const text = files[path.slice(path.lastIndexOf('/') + 1)];
  if (text === undefined) throw new Error('no such file');
  return text;
};
const whole = {
  TICHET_VIDEO: 'webex',
  TICHET_WEBEX_CLIENT_ID: 'client',
  TICHET_WEBEX_CLIENT_SECRET_FILE: '/run/secret',
  TICHET_WEBEX_REFRESH_TOKEN_FILE: '/run/token',
};
const faultsOf = (environment: Readonly<Record<string, string>>): SettingsInvalid['faults'] => {
  try {
    readSettings(environment, read);
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.faults;
    throw error;
  }
  return [];
};

describe('the settings of Webex', () => {
  it('are not needed where a person makes the meetings, and a fault where one is set all the same', () => {
    expect(readSettings({}, read).settings.webex).toBeUndefined();
    expect(faultsOf({ TICHET_WEBEX_BASE_URL: 'https://webexapis.com/v1' })).toMatchObject([
      { setting: 'TICHET_WEBEX_BASE_URL', en: expect.stringContaining('TICHET_VIDEO=webex only') },
    ]);
  });

  it('need the integration and the first token, and nothing else', () => {
    expect(readSettings(whole, read).settings.webex).toEqual({
      baseUrl: 'https://webexapis.com/v1',
      clientId: 'client',
      clientSecret: 'client-secret',
      refreshTokenFile: '/run/token',
      autoRecord: false,
    });
    const more = {
      TICHET_WEBEX_AUTO_RECORD: 'on',
      TICHET_WEBEX_HOST_EMAIL: '@cluj.example',
      TICHET_WEBEX_WEBHOOK_SECRET_FILE: '/run/hooks',
    };
    expect(readSettings({ ...whole, ...more }, read).settings.webex).toMatchObject({
      autoRecord: true,
      hostEmail: '@cluj.example',
      webhookSecret: 'h',
    });
  });

  it('that are missing are told all at once', () => {
    expect(faultsOf({ TICHET_VIDEO: 'webex' }).map(({ setting }) => setting)).toEqual([
      'TICHET_WEBEX_CLIENT_ID',
      'TICHET_WEBEX_CLIENT_SECRET_FILE',
      'TICHET_WEBEX_REFRESH_TOKEN_FILE',
    ]);
  });

  it.each([
    ['TICHET_WEBEX_CLIENT_SECRET_FILE', '/run/nothing', 'cannot be read'],
    ['TICHET_WEBEX_CLIENT_SECRET_FILE', '/run/empty', 'is empty'],
    ['TICHET_WEBEX_REFRESH_TOKEN_FILE', '/run/nothing', 'cannot be read'],
    ['TICHET_WEBEX_WEBHOOK_SECRET_FILE', '/run/nothing', 'cannot be read'],
    ['TICHET_WEBEX_HOST_EMAIL', 'nobody', 'neither @domain'],
    ['TICHET_WEBEX_BASE_URL', 'http://webex.example/v1', 'Without https'],
    ['TICHET_WEBEX_BASE_URL', 'ftp://webex.example', 'not an address'],
    ['TICHET_WEBEX_AUTO_RECORD', 'maybe', 'is not one of'],
  ])('refuse %s=%s with a sentence in both languages', (setting, value, sentence) => {
    const [first, ...others] = faultsOf({ ...whole, [setting]: value });
    expect(others).toEqual([]);
    expect(first).toMatchObject({ setting, en: expect.stringContaining(sentence) });
    expect(first?.ro).not.toBe(first?.en);
  });

  it('open a service whose meetings are made there, and whose calls are counted', async () => {
    const folder = emptyFolder();
    const webex = closing(await new FakeWebex().start());
    writeFileSync(join(folder, 'secret'), 'client-secret');
    writeFileSync(join(folder, 'token'), 'first-token');
    writeFileSync(join(folder, 'hooks'), 'hooks');
    const environment = {
      ...whole,
      TICHET_DATA_DIR: join(folder, 'data'),
      TICHET_LOG_LEVEL: 'silent',
      TICHET_WEBEX_CLIENT_SECRET_FILE: join(folder, 'secret'),
      TICHET_WEBEX_REFRESH_TOKEN_FILE: join(folder, 'token'),
      TICHET_WEBEX_WEBHOOK_SECRET_FILE: join(folder, 'hooks'),
      TICHET_WEBEX_BASE_URL: webex.url,
    };
    const opened = closing(await openPorts(readSettings(environment, readSettingsFile).settings));
    const host = { email: 'ioana@primaria.example' };
    const { video } = opened.ports;
    if (video.kind === 'manual') throw new Error('A person makes the meetings.');
    const made = await video.create({ ticketId: 't-1', reference: 'TA-1', slot, host, before: [] });
    expect(made).toMatchObject({ joinUrl: expect.stringContaining('https://') });
    expect(opened.webexHints?.(Buffer.from('{}'), 'x')).toBe('refused');
    expect(await opened.metrics.text()).toContain(
      'tichet_outbound_requests_total{peer="webex",operation="create-meeting",outcome="2xx"} 1',
    );
  });
});
