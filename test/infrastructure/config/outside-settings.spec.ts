import { resolve } from 'node:path';
import { outsideNames, outsideSettings } from '../../../src/infrastructure/config/outside-settings';
import type { SettingFault } from '../../../src/infrastructure/config/setting-fault';
import { createNoteSigner, verifierLine } from '../../../src/infrastructure/signed-log/signed-note';

const verifier = verifierLine(createNoteSigner('control.example/witness', Buffer.alloc(32, 9), 4));
const logLine = verifierLine(createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 3)));
const data = resolve('/var/lib/tichet');

const read = (environment: Readonly<Record<string, string>>, file = '') => {
  const faults: SettingFault[] = [];
  const { outside } = outsideSettings(environment, data, () => file, faults);
  return { outside, faults };
};
const inFile = (content: unknown) => read({ TICHET_WITNESSES_FILE: 'witnesses.json' }, JSON.stringify(content));

describe('settings of who keeps checkpoints elsewhere', () => {
  it('with nothing set, are left out', () => {
    expect(read({})).toEqual({ outside: undefined, faults: [] });
    expect(outsideNames(undefined)).toEqual([]);
  });

  it('are all read', () => {
    const { outside, faults } = read({
      TICHET_WITNESS_FOLDER: '/mnt/control',
      TICHET_TIMESTAMP_URL: 'http://tsa.example/tsr',
      TICHET_TIMESTAMP_HOURS: '6',
      TICHET_CHECKPOINT_MAIL_TO: 'control@city.example',
    });
    expect(faults).toEqual([]);
    expect(outside).toEqual({
      witnessFolder: '/mnt/control',
      witnesses: [],
      timeStamp: { url: 'http://tsa.example/tsr', hours: 6 },
      mailTo: 'control@city.example',
    });
    expect(outsideNames(outside)).toEqual(['folder', 'time-stamp', 'letter']);
  });

  it('read witnesses from a file', () => {
    const { outside, faults } = inFile([{ name: 'control', url: 'https://witness.example/w/', verifier }]);
    expect(faults).toEqual([]);
    expect(outside?.witnesses).toMatchObject([{ name: 'control', url: 'https://witness.example/w', private: false }]);
    expect(outsideNames(outside)).toEqual(['control']);
  });

  it.each<[string, { readonly faults: readonly SettingFault[] }, string]>([
    ['a folder in the data folder', read({ TICHET_WITNESS_FOLDER: `${data}/witness` }), 'outside the data folder'],
    ['a folder that holds the data folder', read({ TICHET_WITNESS_FOLDER: '/var/lib' }), 'outside the data folder'],
    ['the data folder itself', read({ TICHET_WITNESS_FOLDER: data }), 'outside the data folder'],
    ['an authority that is no address', read({ TICHET_TIMESTAMP_URL: 'tsa.example' }), 'not an address http'],
    ['hours that are none', read({ TICHET_TIMESTAMP_URL: 'http://t.example', TICHET_TIMESTAMP_HOURS: '0' }), 'whole number of hours'],
    ['hours without an authority', read({ TICHET_TIMESTAMP_HOURS: '6' }), 'with TICHET_TIMESTAMP_URL only'],
    [
      'certificates that are none',
      read({ TICHET_TIMESTAMP_URL: 'http://t.example', TICHET_TIMESTAMP_CA_FILE: 'ca.pem' }, 'no certificate'),
      'certificates in PEM',
    ],
    [
      'certificates that are spoiled',
      read(
        { TICHET_TIMESTAMP_URL: 'http://t.example', TICHET_TIMESTAMP_CA_FILE: 'ca.pem' },
        '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      ),
      'certificates in PEM',
    ],
    ['no address of mail', read({ TICHET_CHECKPOINT_MAIL_TO: 'control' }), 'not an e-mail address'],
    ['an address with a name', read({ TICHET_CHECKPOINT_MAIL_TO: 'Control <control@city.example>' }), 'without a name'],
    ['a file that is no list', inFile({}), 'JSON list'],
    ['an entry that is no object', inFile(['x']), 'Witness 1: It must be a JSON object'],
    ['an unknown field', inFile([{ name: 'a', url: 'https://w.example', verifier, key: 'x' }]), 'Unknown field: "key"'],
    ['http to somebody outside', inFile([{ name: 'a', url: 'http://w.example', verifier }]), 'must begin with https://'],
    ['an address inside', inFile([{ name: 'a', url: 'https://10.0.0.1', verifier }]), 'not public'],
    ['an address with a query', inFile([{ name: 'a', url: 'https://w.example/?a=1', verifier }]), 'query'],
    ['a key that is a log’s', inFile([{ name: 'a', url: 'https://w.example', verifier: logLine }]), 'line of a witness'],
    [
      'a key with a digit changed',
      inFile([{ name: 'a', url: 'https://w.example', verifier: verifier.replace(/.$/u, 'A') }]),
      'line of a witness',
    ],
    ['a name of the service', inFile([{ name: 'folder', url: 'https://w.example', verifier }]), 'the service’s own'],
    [
      'a name twice',
      inFile([
        { name: 'a', url: 'https://w.example', verifier },
        { name: 'a', url: 'https://v.example', verifier },
      ]),
      'stands there twice',
    ],
    ['private that is no flag', inFile([{ name: 'a', url: 'https://w.example', verifier, private: 'yes' }]), '"private" must be'],
  ])('refuse %s', (_, { faults }, en) => {
    expect(faults).toHaveLength(1);
    expect(faults[0]?.en).toContain(en);
    expect(faults[0]?.ro).not.toMatch(/[şţŞŢ]/u);
    expect(faults[0]?.ro).not.toBe(faults[0]?.en);
  });
});
