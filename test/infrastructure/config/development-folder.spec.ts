import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSettings } from '../../../src/infrastructure/config/settings';
import type { Environment } from '../../../src/infrastructure/config/setting';
import { keepDevelopmentApart } from '../../../src/infrastructure/service/development-folder';
import { serve } from '../../../src/infrastructure/service/serve';
import { emptyFolder } from '../../support/closing';

const faultsOf = (environment: Environment): string => {
  try {
    readSettings({ TICHET_DEVELOPMENT: 'on', ...environment }, () => '');
    return '';
  } catch (error) {
    return String(error);
  }
};

describe('TICHET_DEVELOPMENT=on is for whoever sits at this machine', () => {
  it.each([
    [{}],
    [{ HOST: 'localhost' }],
    [{ HOST: '::1' }],
    [{ HOST: '127.0.0.2' }],
    // a port that is forwarded to this machine
    [{ TICHET_PUBLIC_URL: 'http://localhost:8080' }],
    [{ TICHET_PUBLIC_URL: 'https://127.0.0.1:8443' }],
  ])('%j is allowed', (environment) => {
    expect(faultsOf(environment)).toBe('');
  });

  it.each([
    [{ HOST: '0.0.0.0', TICHET_PUBLIC_URL: 'https://tichet.primaria.example' }, 'HOST=0.0.0.0'],
    [{ HOST: '::' }, 'HOST=::'],
    [{ HOST: '10.0.0.5' }, 'HOST=10.0.0.5'],
    [{ HOST: 'tichet.primaria.example' }, 'HOST=tichet.primaria.example'],
    [{ TICHET_PUBLIC_URL: 'https://tichet.primaria.example' }, 'TICHET_PUBLIC_URL=https://tichet.primaria.example'],
    [{ TICHET_PUBLIC_URL: 'http://localhost.attacker.example' }, 'TICHET_PUBLIC_URL=http://localhost.attacker.example'],
  ])('%j is refused', (environment, named) => {
    expect(faultsOf(environment)).toContain(named);
    expect(faultsOf({ ...environment, TICHET_DEVELOPMENT: 'off' })).toBe('');
  });
});

describe('a data folder is of development, or never', () => {
  const inDevelopment = (dataDirectory: string) => ({ dataDirectory, development: { toTry: [] } });

  it('one that is empty becomes a folder of development, and is served as nothing else', () => {
    const folder = join(emptyFolder(), 'new');
    keepDevelopmentApart(inDevelopment(folder));
    writeFileSync(join(folder, 'events.db'), '');
    expect(() => {
      keepDevelopmentApart(inDevelopment(folder));
    }).not.toThrow();
    expect(() => {
      keepDevelopmentApart({ dataDirectory: folder });
    }).toThrow('was made in development');
  });

  it.each(['events.db', 'keys.db', 'master.key'])('one with %s and no mark is refused, with what to do', (file) => {
    const folder = emptyFolder();
    writeFileSync(join(folder, file), '');
    expect(() => {
      keepDevelopmentApart(inDevelopment(folder));
    }).toThrow(`touch ${join(folder, 'development')}`);
    expect(existsSync(join(folder, 'development'))).toBe(false);
    writeFileSync(join(folder, 'development'), '');
    expect(() => {
      keepDevelopmentApart(inDevelopment(folder));
    }).not.toThrow();
  });

  it('the service itself looks', async () => {
    const environment = { PORT: '0', TICHET_DATA_DIR: emptyFolder(), TICHET_LOG_LEVEL: 'silent' };
    const start = (development: string) => serve(readSettings({ ...environment, TICHET_DEVELOPMENT: development }, () => '').settings);
    await (await start('off')).stop();
    await expect(start('on')).rejects.toThrow('was not made in development');
    await (await start('off')).stop();
  });
});
