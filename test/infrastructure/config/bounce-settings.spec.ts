import { bounceSettings } from '../../../src/infrastructure/config/settings';
import type { SettingFault } from '../../../src/infrastructure/config/setting-fault';

const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const read = (environment: Record<string, string>, file = '') => {
  const faults: SettingFault[] = [];
  return { settings: bounceSettings(environment, () => file, faults), faults };
};

describe('settings of letters that come back', () => {
  it('are none at all when nothing is set', () => {
    expect(read({})).toEqual({ settings: {}, faults: [] });
  });

  it('are an address, a mailbox and the secrets of a provider, two of them while they are changed', () => {
    const environment = {
      TICHET_BOUNCE_ADDRESS: 'intoarse@primaria.example',
      TICHET_BOUNCE_IMAP_URL: 'imaps://ta:p%40rola@mail.primaria.example/Intoarse',
      TICHET_BOUNCE_WEBHOOK_SECRET_FILE: 'secret',
    };
    expect(read(environment, `${secret}\n${secret}\n`)).toEqual({
      settings: {
        bouncesTo: 'intoarse@primaria.example',
        bounceMailbox: {
          host: 'mail.primaria.example',
          port: 993,
          secure: true,
          user: 'ta',
          password: 'p@rola',
          folder: 'Intoarse',
        },
        bounceSecrets: [secret, secret],
      },
      faults: [],
    });
  });

  it('refuses an empty file of secrets', () => {
    const { settings, faults } = read({ TICHET_BOUNCE_WEBHOOK_SECRET_FILE: 'secret' }, ' \n');
    expect(settings).toEqual({});
    expect(faults.map(({ en }) => en)).toEqual(['The file is empty.']);
  });

  it.each([`whsec_${'A'.repeat(35)}`, `whsec_${'A'.repeat(33)}`, 'whsec_c2N1cnQ=', 'parola noastra', `${secret} ${'*'.repeat(40)}`])(
    'refuses a file of secrets that holds "%s"',
    (file) => {
      const { settings, faults } = read({ TICHET_BOUNCE_WEBHOOK_SECRET_FILE: 'secret' }, file);
      expect(settings).toEqual({});
      expect(faults.map(({ en }) => en)).toEqual(['The file must hold one secret a line: whsec_ and at least 24 bytes in base64.']);
    },
  );

  it('never repeats a password', () => {
    const { faults } = read({ TICHET_BOUNCE_IMAP_URL: 'imaps://:parola-secreta@x' });
    expect(JSON.stringify(faults)).not.toContain('parola-secreta');
    expect(faults).toHaveLength(1);
  });
});
