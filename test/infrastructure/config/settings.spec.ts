import { readSettings } from '../../../src/infrastructure/config/settings';
import { SettingsInvalid } from '../../../src/infrastructure/config/setting-fault';

const noFile = (): string => {
  throw new Error('no such file');
};
const faultsOf = (environment: Record<string, string>, readFile: (path: string) => string = noFile): SettingsInvalid['faults'] => {
  try {
    readSettings(environment, readFile);
  } catch (error) {
    if (error instanceof SettingsInvalid) return error.faults;
    throw error;
  }
  return [];
};

describe('settings', () => {
  it('starts with no settings at all', () => {
    const { settings, notices } = readSettings({}, noFile);
    expect(notices).toEqual([]);
    expect(settings).toMatchObject({ port: 3000, host: '127.0.0.1', publicUrl: 'http://127.0.0.1:3000', eventStore: 'sqlite' });
    expect(settings.dataDirectory).toMatch(/\/data$/);
    expect(settings.mailFrom).toContain('@');
    expect(settings.policies['lead-time']).toEqual({ name: 'lead-time', version: 1, value: { hours: 48 } });
  });

  it.each([
    ['PORT', 'http', 'not a port'],
    ['PORT', '65536', 'not a port'],
    ['TICHET_PUBLIC_URL', 'primaria', 'not an address'],
    ['TICHET_SMTP_URL', 'http://mail.example', 'smtp://'],
    ['TICHET_MAIL_FROM', 'nobody', 'not an e-mail address'],
    ['TICHET_EVENT_STORE', 'mysql', 'is not one of: sqlite, memory, postgres, eventstoredb'],
    ['TICHET_READ_MODELS', 'mysql', 'is not one of: sqlite, memory, postgres'],
    ['TICHET_READ_MODELS', 'postgres', 'With TICHET_EVENT_STORE=sqlite it can be: sqlite'],
    ['TICHET_POSTGRES_URL', 'mysql://x', 'postgres://'],
    ['TICHET_EVENTSTOREDB_URL', 'http://x', 'esdb://'],
    ['TICHET_EVENTSTOREDB_PREFIX', 'cluj.', 'not a prefix'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector', 'http://'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'ftp://collector', 'http://'],
    ['TICHET_WEBEX_CLIENT_ID', 'id', 'TICHET_VIDEO=webex only'],
    ['TICHET_VIDEO', 'zoom', 'is not one of: manual, webex'],
    ['TICHET_WEBHOOKS_FILE', 'hooks.json', 'cannot be read'],
    ['TICHET_BOUNCE_IMAP_URL', 'imap://x', 'imaps://user:password@host/INBOX'],
    ['TICHET_BOUNCE_IMAP_URL', 'https://a:parola@x/INBOX', 'imaps://user:password@host/INBOX'],
    ['TICHET_BOUNCE_ADDRESS', 'nobody', 'not an e-mail address'],
    ['TICHET_BOUNCE_ADDRESS', 'Primăria <intoarse@primaria.example>', 'the address alone'],
    ['TICHET_BOUNCE_WEBHOOK_SECRET_FILE', 'secret', 'cannot be read'],
    ['TICHET_REGISTRY', 'paper', 'is not one of: local, manual, http'],
    ['TICHET_REGISTRY_URL', 'https://gateway.example', 'TICHET_REGISTRY=http only'],
    ['TICHET_REGISTRY_TOKEN_FILE', 'token', 'TICHET_REGISTRY=http only'],
    ['TICHET_POLICIES_FILE', 'policies.json', 'cannot be read'],
    ['TICHET_TRUSTED_PROXY', 'proxy.example', 'not a list of IP addresses'],
    ['TICHET_TRUSTED_PROXY', '10.0.0.0/8, 0.0.0.0/0', 'not a list of IP addresses'],
    ['TICHET_TRUSTED_PROXY', '10.0.0.1/33', 'not a list of IP addresses'],
    ['TICHET_LOG_LEVEL', 'loud', 'is not one of'],
  ])('refuses %s=%s with a sentence that names it', (setting, value, sentence) => {
    const faults = faultsOf({ [setting]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({ setting });
    expect(faults[0]?.en).toContain(sentence);
    expect(faults[0]?.ro).not.toBe(faults[0]?.en);
  });

  it('takes proxies by address and by network', () => {
    const { settings } = readSettings({ TICHET_TRUSTED_PROXY: '127.0.0.1, 10.0.0.0/8,::1' }, noFile);
    expect(settings.trustedProxies).toEqual(['127.0.0.1', '10.0.0.0/8', '::1']);
    expect(readSettings({}, noFile).settings.trustedProxies).toEqual([]);
  });

  it.each([
    ['postgres', undefined, 'TICHET_POSTGRES_URL', 'TICHET_EVENT_STORE=postgres needs it'],
    ['eventstoredb', undefined, 'TICHET_EVENTSTOREDB_URL', 'TICHET_EVENT_STORE=eventstoredb needs it'],
    ['memory', 'sqlite', 'TICHET_READ_MODELS', 'it can be: memory'],
  ])('refuses %s with tables in %s and no address: %s', (eventStore, readModels, setting, sentence) => {
    const [first, ...others] = faultsOf({
      TICHET_EVENT_STORE: eventStore,
      ...(readModels === undefined ? {} : { TICHET_READ_MODELS: readModels }),
    });
    expect(others).toEqual([]);
    expect(first).toMatchObject({ setting, en: expect.stringContaining(sentence) });
  });

  it('refuses keys of one process beside a log of several', () => {
    const [first] = faultsOf({ TICHET_EVENT_STORE: 'postgres', TICHET_READ_MODELS: 'sqlite', TICHET_POSTGRES_URL: 'postgres://db/tichet' });
    expect(first).toMatchObject({ setting: 'TICHET_READ_MODELS', en: expect.stringContaining('it can be: postgres') });
  });

  it.each([
    [{ TICHET_EVENT_STORE: 'postgres' }, { eventStore: 'postgres', readModels: 'postgres', postgresUrl: 'postgres://db/tichet' }],
    [{ TICHET_EVENT_STORE: 'eventstoredb' }, { readModels: 'sqlite', eventStoreDb: { url: 'esdb://db:2113?tls=false', prefix: 'cluj' } }],
    [
      { TICHET_EVENT_STORE: 'eventstoredb', TICHET_READ_MODELS: 'postgres' },
      { eventStore: 'eventstoredb', readModels: 'postgres' },
    ],
    [{ TICHET_EVENT_STORE: 'memory' }, { eventStore: 'memory', readModels: 'memory' }],
  ])('takes %j with the tables that go with it', (environment, expected) => {
    const addresses = {
      TICHET_POSTGRES_URL: 'postgres://db/tichet',
      TICHET_EVENTSTOREDB_URL: 'esdb://db:2113?tls=false',
      TICHET_EVENTSTOREDB_PREFIX: 'cluj',
    };
    expect(readSettings({ ...addresses, ...environment }, noFile).settings).toMatchObject(expected);
  });

  it('says every fault at once and never repeats a URL that may hold a password', () => {
    const faults = faultsOf({ PORT: 'x', TICHET_SMTP_URL: 'secret-password@host', TICHET_EVENT_STORE: 'mysql' });
    expect(faults.map(({ setting }) => setting).sort()).toEqual(['PORT', 'TICHET_EVENT_STORE', 'TICHET_SMTP_URL']);
    expect(new SettingsInvalid(faults).message).not.toContain('secret-password');
  });

  it('points out an unknown name and the one that was probably meant', () => {
    const { notices } = readSettings({ TICHET_SMPT_URL: 'smtp://x', TICHET_COFFEE: '1' }, noFile);
    expect(notices[0]).toMatchObject({ setting: 'TICHET_SMPT_URL', en: expect.stringContaining('TICHET_SMTP_URL') });
    expect(notices[1]).toMatchObject({ setting: 'TICHET_COFFEE', ro: 'Setare necunoscută. Nu are niciun efect.' });
  });
});

describe('the policies file', () => {
  const withFile = (content: unknown): SettingsInvalid['faults'] =>
    faultsOf({ TICHET_POLICIES_FILE: 'p.json' }, () => (typeof content === 'string' ? content : JSON.stringify(content)));

  it('gives a changed policy its own version and leaves the others', () => {
    const { settings } = readSettings({ TICHET_POLICIES_FILE: 'p.json' }, () =>
      JSON.stringify({ 'lead-time': { value: { hours: 72 }, version: 2 }, 'slot-release-delay': { value: null, version: 3 } }),
    );
    expect(settings.policies['lead-time']).toEqual({ name: 'lead-time', version: 2, value: { hours: 72 } });
    expect(settings.policies['slot-release-delay']).toEqual({ name: 'slot-release-delay', version: 3, value: null });
    expect(settings.policies['booking-horizon'].version).toBe(1);
  });

  it.each([
    ['not JSON', '{', 'not correct JSON'],
    ['an array', [], 'must be a JSON object'],
    ['an unknown policy', { 'lead-tine': { value: { hours: 1 }, version: 2 } }, 'no policy "lead-tine"'],
    ['a bare value', { 'lead-time': 48 }, 'must be {"value"'],
    ['no version', { 'lead-time': { value: { hours: 72 } } }, 'needs "version"'],
    ['version 1, which is the rulebook', { 'lead-time': { value: { hours: 72 }, version: 1 } }, 'from 2 up'],
    ['a wrong unit', { 'lead-time': { value: { days: 2 }, version: 2 } }, '"hours"'],
    ['a number out of bounds', { 'lead-time': { value: { hours: -1 }, version: 2 } }, '"hours": 0–720'],
    ['a fraction', { 'lead-time': { value: { hours: 1.5 }, version: 2 } }, 'whole numbers'],
    ['an extra field', { 'lead-time': { value: { hours: 48, minutes: 1 }, version: 2 } }, 'must be'],
    ['an unknown reading of A5', { 'clarification-window': { value: 'thirty', version: 2 } }, 'plain-30-roll'],
    ['a delay that ends before it begins', { 'slot-release-delay': { value: { minMinutes: 9, maxMinutes: 1 }, version: 2 } }, 'must be'],
    ['null where there is no off', { 'lead-time': { value: null, version: 2 } }, 'must be'],
  ])('refuses %s', (_, content, sentence) => {
    const [first] = withFile(content);
    expect(first?.setting).toBe('TICHET_POLICIES_FILE');
    expect(first?.en).toContain(sentence);
  });
});
