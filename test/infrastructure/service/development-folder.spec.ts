import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { readSettings } from '../../../src/infrastructure/config/settings';
import type { Environment } from '../../../src/infrastructure/config/setting';
import { keepDevelopmentApart, keepDevelopmentApartInStores } from '../../../src/infrastructure/service/development-folder';
import { createApplication } from '../../../src/infrastructure/service/application';
import { serve } from '../../../src/infrastructure/service/serve';
import { createMemoryOperations } from '../../../src/infrastructure/tables/operations/memory-operations';
import { demoStaff } from '../../../src/infrastructure/tools/demo/cast';
import { contextOfCommandLine } from '../../../src/infrastructure/tools/local-socket/socket-service';
import { emptyFolder } from '../../support/closing';
import { createTestDatabase } from '../../support/postgres';

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
    [{ TICHET_HOSTS: 'localhost, [::1]' }],
  ])('%j is allowed', (environment) => {
    expect(faultsOf(environment)).toBe('');
  });

  it.each([
    [{ HOST: '0.0.0.0', TICHET_PUBLIC_URL: 'https://tichet.primaria.example' }, 'HOST=0.0.0.0'],
    [{ HOST: '::' }, 'HOST=::'],
    [{ HOST: '10.0.0.5' }, 'HOST=10.0.0.5'],
    [{ HOST: 'tichet.primaria.example' }, 'HOST=tichet.primaria.example'],
    [{ TICHET_PUBLIC_URL: 'https://tichet.primaria.example' }, 'TICHET_PUBLIC_URL=https://tichet.primaria.example'],
    [{ TICHET_HOSTS: 'localhost, intranet' }, 'TICHET_HOSTS=localhost, intranet'],
    [{ TICHET_TRUSTED_PROXY: '10.0.0.0/8' }, 'TICHET_TRUSTED_PROXY=10.0.0.0/8'],
    [{ TICHET_PUBLIC_URL: 'http://localhost.attacker.example' }, 'TICHET_PUBLIC_URL=http://localhost.attacker.example'],
  ])('%j is refused', (environment, named) => {
    expect(faultsOf(environment)).toContain(named);
    expect(faultsOf({ ...environment, TICHET_DEVELOPMENT: 'off' })).toBe('');
  });
});

const inDevelopment = (dataDirectory: string) => ({ dataDirectory, readModels: 'sqlite' as const, development: { toTry: [] } });

describe('a data folder is of development, or never', () => {
  it('one that is empty becomes a folder of development, and is served as nothing else', () => {
    const folder = join(emptyFolder(), 'new');
    keepDevelopmentApart(inDevelopment(folder));
    writeFileSync(join(folder, 'events.db'), '');
    expect(() => {
      keepDevelopmentApart(inDevelopment(folder));
    }).not.toThrow();
    expect(() => {
      keepDevelopmentApart({ dataDirectory: folder, readModels: 'sqlite' });
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

/** Each time in a folder of its own, as the next machine has it. */
const startOnDatabase = async () => {
  const { url } = await createTestDatabase();
  const masterKey = join(emptyFolder(), 'master.key');
  return (development: string, folder = emptyFolder()) => {
    const environment = {
      PORT: '0',
      TICHET_DATA_DIR: folder,
      TICHET_LOG_LEVEL: 'silent',
      TICHET_EVENT_STORE: 'postgres',
      TICHET_POSTGRES_URL: url,
      TICHET_MASTER_KEY_FILE: masterKey,
      TICHET_DEVELOPMENT: development,
    };
    return serve(readSettings(environment, () => '').settings);
  };
};

describe('what is kept in a database is of development, or never', () => {
  it('the service looks, whichever folder it is started in', async () => {
    const start = await startOnDatabase();
    await (await start('on')).stop();
    await expect(start('off')).rejects.toThrow('was made in development');
    await (await start('on')).stop();
  });

  it('one of production is opened to no role, once there is a fact in it', async () => {
    const start = await startOnDatabase();
    const service = await start('off');
    const { ports } = service.opened;
    const [person] = demoStaff;
    if (person === undefined) throw new Error('nobody');
    await registerStaff(ports)(contextOfCommandLine(ports, 'p.test'), person);
    await service.stop();
    const folder = emptyFolder();
    await expect(start('on', folder)).rejects.toThrow('was served as production');
    // and its own folder is served as it was
    await (await start('off', folder)).stop();
  });

  it('an application that mounts the module opens itself to every role in code only', async () => {
    const before = process.env;
    process.env = { ...before, TICHET_DEVELOPMENT: 'on', TICHET_DATA_DIR: emptyFolder() };
    try {
      await expect(createApplication({ processes: false })).rejects.toThrow('settings of forRoot()');
    } finally {
      process.env = before;
    }
  });

  it('the mark of a folder is in its operational state as well, and so in its backups', async () => {
    const folder = join(emptyFolder(), 'new');
    const { keyValues } = createMemoryOperations();
    const keep = (development?: { readonly toTry: [] }, dataDirectory = folder, end = '1') =>
      keepDevelopmentApartInStores({
        settings: { dataDirectory, readModels: 'sqlite' },
        ...(development && { development }),
        store: { end: () => Promise.resolve(end) },
        operations: { keyValues },
      });
    // a host that decides itself, with data of its own
    await keep({ toTry: [] });
    keepDevelopmentApart(inDevelopment(folder));
    await keep({ toTry: [] });
    await expect(keep(undefined, emptyFolder())).rejects.toThrow('was made in development');
    // what production has kept says so itself, when it is put back where a trial was
    await keyValues.remove('made-in-development');
    await keep();
    await expect(keep({ toTry: [] })).rejects.toThrow('was served as production');
  });
});
