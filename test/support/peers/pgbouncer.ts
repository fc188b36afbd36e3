import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endsByItself } from '../closing';
import { freePort } from '../free-port';
import { program } from './program';

export type PoolMode = 'session' | 'transaction' | 'statement';

/**
 * A real PgBouncer before a server.
 * @param server any address of a database there, with its user and password
 * @param more lines of pgbouncer.ini, by name
 */
export const startPgBouncer = async (server: string, mode: PoolMode, more: Readonly<Record<string, string | number>> = {}) => {
  const { hostname, port, username, password } = new URL(server);
  const folder = mkdtempSync(join(tmpdir(), 'tichet-pgbouncer-'));
  chmodSync(folder, 0o755);
  const at = await freePort();
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: at,
    unix_socket_dir: '',
    auth_type: 'any',
    pool_mode: mode,
    // two processes take thirty in session pooling, and who gets none waits
    default_pool_size: 60,
    max_client_conn: 1000,
    ...more,
  };
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(
    file,
    [
      '[databases]',
      `* = host=${hostname} port=${port} user=${username} password=${password}`,
      '[pgbouncer]',
      ...Object.entries(settings).map(([name, value]) => `${name} = ${value}`),
    ].join('\n'),
  );
  // it refuses to run as root
  const child = spawn(program('pgbouncer'), [...(process.getuid?.() === 0 ? ['-u', 'nobody'] : []), file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  let said = '';
  const listens = new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString();
      if (said.includes('process up')) resolve();
    });
    void ended.then(() => {
      reject(new Error(`PgBouncer has ended:\n${said}`));
    });
  });
  const pooler = endsByItself(
    {
      /** the address of the same database behind it */
      of: (database: string): string => {
        const url = new URL(database);
        url.port = String(at);
        return url.href;
      },
      said: () => said,
      stop: async () => {
        child.kill('SIGINT');
        setTimeout(() => child.kill('SIGKILL'), 5000).unref();
        await ended;
        rmSync(folder, { recursive: true, force: true });
      },
    },
    'stop',
  );
  await listens;
  return pooler;
};
