import { readSettings } from '../../../src/infrastructure/config/settings';
import { SettingsInvalid } from '../../../src/infrastructure/config/setting-fault';

const least = {
  TICHET_OIDC_ISSUER: 'https://id.primaria.example/realms/city',
  TICHET_OIDC_AUDIENCE: 'tichet-api',
  TICHET_OIDC_CLIENT_ID: 'tichet-pages',
  TICHET_OIDC_ROLES: 'ta-staff=staff, ta-head=head',
};
const files = (path: string): string => {
  if (path.endsWith('secret')) return 'kept apart\n';
  if (path.endsWith('empty')) return '\n';
  throw new Error('no such file');
};
const faultsOf = (environment: Readonly<Record<string, string | undefined>>): SettingsInvalid['faults'] => {
  try {
    readSettings(environment, files);
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.faults;
    throw error;
  }
  return [];
};

describe('the settings of an identity provider', () => {
  it('are none, unless there is one', () => {
    expect(readSettings({}, files).settings.identity).toBeUndefined();
  });

  it('are few: the rest has defaults', () => {
    const { settings, notices } = readSettings(least, files);
    expect(notices).toEqual([]);
    expect(settings.identity).toEqual({
      issuer: 'https://id.primaria.example/realms/city',
      audience: 'tichet-api',
      tokenType: 'at+jwt',
      clientId: 'tichet-pages',
      scope: 'openid',
      rolesClaim: 'roles',
      roles: [
        ['ta-staff', 'staff'],
        ['ta-head', 'head'],
      ],
      staffClaim: 'staff_id',
      localTokens: false,
    });
  });

  it('have a secret in a file, and values with an equals sign in them', () => {
    const { settings } = readSettings(
      { ...least, TICHET_OIDC_CLIENT_SECRET_FILE: '/run/secret', TICHET_OIDC_ROLES: 'cn=audit=auditor' },
      files,
    );
    expect(settings.identity).toMatchObject({ clientSecret: 'kept apart', roles: [['cn=audit', 'auditor']] });
  });

  it('may be of this machine without HTTPS', () => {
    expect(faultsOf({ ...least, TICHET_OIDC_ISSUER: 'http://127.0.0.1:8080' })).toEqual([]);
  });

  it.each([
    ['TICHET_OIDC_ISSUER', 'http://id.primaria.example', 'https://'],
    ['TICHET_OIDC_ISSUER', 'https://id.primaria.example/?x=1', 'without ?'],
    ['TICHET_OIDC_ISSUER', 'https://admin:pass@id.primaria.example', 'https://'],
    ['TICHET_OIDC_ISSUER', '', 'TICHET_OIDC_AUDIENCE needs it'],
    ['TICHET_OIDC_AUDIENCE', '', 'TICHET_OIDC_ISSUER needs it'],
    ['TICHET_OIDC_CLIENT_ID', '', 'TICHET_OIDC_ISSUER needs it'],
    ['TICHET_OIDC_ROLES', '', 'TICHET_OIDC_ISSUER needs it'],
    ['TICHET_OIDC_ROLES', 'ta-staff', '"ta-staff" is not value=role'],
    ['TICHET_OIDC_ROLES', 'ta-boss=mayor', 'the role one of: staff'],
    ['TICHET_OIDC_ROLES', '=admin', 'is not value=role'],
    ['TICHET_OIDC_ROLES', 'a=staff,', '"" is not value=role'],
    ['TICHET_OIDC_ROLES', 'a=staff,a=admin', '"a" is there twice'],
    ['TICHET_OIDC_TOKEN_TYPE', 'jwt', 'is not one of: at+jwt, JWT'],
    ['TICHET_OIDC_SCOPE', 'profile', '"openid" is missing'],
    ['TICHET_OIDC_LOCAL_TOKENS', 'yes', 'is not one of: off, on'],
    ['TICHET_OIDC_CLIENT_SECRET_FILE', '/nowhere', 'cannot be read'],
    ['TICHET_OIDC_CLIENT_SECRET_FILE', '/empty', 'is empty'],
  ])('%s=%s is refused with a sentence in both languages', (setting, value, sentence) => {
    const faults = faultsOf({ ...least, [setting]: value });
    expect(faults.map((one) => one.setting)).toEqual([setting]);
    expect(faults[0]?.en).toContain(sentence);
    expect(faults[0]?.ro).not.toBe(faults[0]?.en);
  });

  it('keep an id token from passing for an access token where no type tells them apart', () => {
    const same = { ...least, TICHET_OIDC_AUDIENCE: 'tichet-pages' };
    expect(faultsOf(same)).toEqual([]);
    expect(faultsOf({ ...same, TICHET_OIDC_TOKEN_TYPE: 'JWT' })[0]?.en).toContain('must differ');
  });

  it('never repeat what may be secret', () => {
    const faults = faultsOf({
      ...least,
      TICHET_OIDC_ISSUER: 'https://admin:pass-word@id.example',
      TICHET_OIDC_CLIENT_SECRET_FILE: '/nowhere',
    });
    expect(new SettingsInvalid(faults).message).not.toContain('pass-word');
  });
});

describe('TICHET_DEVELOPMENT=on', () => {
  it('is for trying it out', () => {
    expect(readSettings({ TICHET_DEVELOPMENT: 'on' }, files).settings.development).toBeDefined();
  });

  it.each([
    [{ NODE_ENV: 'production' }, 'NODE_ENV=production'],
    [least, 'TICHET_OIDC_ISSUER'],
  ])('refuses to start with %j', (environment, named) => {
    const faults = faultsOf({ ...environment, TICHET_DEVELOPMENT: 'on' });
    expect(faults.map(({ setting }) => setting)).toEqual(['TICHET_DEVELOPMENT']);
    expect(faults[0]?.en).toContain(named);
    expect(faultsOf(environment)).toEqual([]);
  });
});
