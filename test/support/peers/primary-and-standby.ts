import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { closing, emptyFolder } from '../closing';
import { freePort } from '../free-port';
import { askDatabase } from '../postgres';
import { program } from './program';

/** An address that leads to another one, until it is led elsewhere: whoever was connected is cut off then, as by a failover that is done well. */
const openSwitch = async (leadsTo: number) => {
  let to: number | undefined = leadsTo;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    if (to === undefined) {
      near.destroy();
      return;
    }
    const far = connect(to, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const lead = (port?: number): void => {
    to = port;
    for (const socket of open) socket.destroy();
  };
  return closing({
    port: (server.address() as AddressInfo).port,
    /** nowhere, when it is left out */
    lead,
    close: async () => {
      lead();
      server.close();
      await once(server, 'close');
    },
  });
};

const isRoot = process.getuid?.() === 0;
const idOf = (flag: '-u' | '-g'): number => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
/** The server refuses to run as root. */
const asPostgres = (name: string, argv: readonly string[]): readonly [string, readonly string[]] =>
  isRoot ? [program('setpriv'), ['--reuid=postgres', '--regid=postgres', '--init-groups', program(name), ...argv]] : [program(name), argv];

/** Beside the test: what it runs may come through a switch of ours. */
export const run = async (name: string, ...argv: readonly string[]): Promise<void> => {
  const [command, words] = asPostgres(name, argv);
  const child = spawn(command, words, { cwd: '/', env: { PATH: process.env['PATH'], LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}: ${said}`);
};

/** One server of PostgreSQL as Debian packages it, with its data in this folder. */
const serverIn = (folder: string, port: number) => {
  let child: ChildProcess | undefined;
  const url = `postgres://postgres@127.0.0.1:${String(port)}/postgres`;
  const ask = <T extends object>(statement: string): Promise<readonly T[]> => askDatabase<T>(url, statement);
  const end = async (signal: 'SIGINT' | 'SIGQUIT'): Promise<void> => {
    const ending = child;
    if (ending === undefined) return;
    child = undefined;
    const gone = once(ending, 'close');
    ending.kill(signal);
    await gone;
  };
  return {
    port,
    url,
    ask,
    start: async (): Promise<void> => {
      const settings = { port: String(port), listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '100' };
      const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
      const [command, words] = asPostgres('postgres', ['-D', folder, ...flags]);
      const started = spawn(command, words, { cwd: '/', env: { LC_ALL: 'C' }, stdio: ['ignore', 'ignore', 'pipe'] });
      child = started;
      let said = '';
      started.stderr.on('data', (bytes: Buffer) => (said = `${said}${bytes.toString()}`.slice(-4_000)));
      for (;;) {
        if (started.exitCode !== null) throw new Error(`PostgreSQL did not start: ${said}`);
        if (await ask('SELECT 1').catch(() => undefined)) return;
        await sleep(50);
      }
    },
    /** Every connection is cut and nothing is written down, as in a crash. */
    crash: () => end('SIGQUIT'),
    /** In order: what was written is sent to the standby before it ends. */
    stop: () => end('SIGINT'),
  };
};

/** Places for the data of servers, which these may enter. */
const dataFolders = (...names: readonly string[]): readonly string[] => {
  const folder = emptyFolder();
  chmodSync(folder, 0o755);
  return names.map((name) => {
    const place = join(folder, name);
    mkdirSync(place, { mode: 0o700 });
    if (isRoot) chownSync(place, idOf('-u'), idOf('-g'));
    return place;
  });
};

const initialised = async (folder: string) => {
  await run('initdb', '--pgdata', folder, '--username=postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-instructions');
  return serverIn(folder, await freePort());
};

/** One server by itself. */
export const startServer = async () => {
  const [folder = ''] = dataFolders('data');
  const server = await initialised(folder);
  closing({ end: server.crash });
  await server.start();
  return server;
};

/** Asks until it is so. */
const until = async (holds: () => Promise<boolean>): Promise<void> => {
  while (!(await holds().catch(() => false))) await sleep(20);
};

/**
 * A primary and a standby that streams from it, an address that leads to the primary, and one between the two, so that what the standby lacks
 * is decided by the test and not by luck.
 */
export const startPrimaryAndStandby = async () => {
  const [one = '', other = ''] = dataFolders('primary', 'standby');
  const primary = await initialised(one);
  const standby = serverIn(other, await freePort());
  const ends = closing({
    end: async () => {
      await standby.crash();
      await primary.crash();
    },
  });
  await primary.start();
  const between = await openSwitch(primary.port);
  const address = await openSwitch(primary.port);
  const source = `host=127.0.0.1 port=${String(between.port)} user=postgres application_name=standby`;
  await run('pg_basebackup', '--pgdata', other, '--dbname', source, '--checkpoint=fast', '--wal-method=stream', '--write-recovery-conf');
  await standby.start();

  const set = async (setting: string, value: string): Promise<void> => {
    await primary.ask(`ALTER SYSTEM SET ${setting} = '${value}'`);
    await primary.ask('SELECT pg_reload_conf()');
    await until(async () => (await primary.ask<{ readonly now: string }>(`SELECT current_setting('${setting}') AS now`))[0]?.now === value);
  };

  return {
    primary,
    standby,
    end: ends.end,
    /** where the service finds its database */
    url: `postgres://postgres@127.0.0.1:${String(address.port)}/postgres`,
    /** of the primary, for connections made from now on */
    set,
    /** No commit is acknowledged from now on before the standby has it. */
    synchronise: async (): Promise<void> => {
      await set('synchronous_standby_names', 'standby');
      await until(
        async () =>
          (await primary.ask<{ readonly sync_state: string }>('SELECT sync_state FROM pg_stat_replication'))[0]?.sync_state === 'sync',
      );
    },
    /** The standby has what the primary has just now. */
    caughtUp: async (): Promise<void> => {
      const [end] = await primary.ask<{ readonly lsn: string }>('SELECT pg_current_wal_flush_lsn()::text AS lsn');
      const statement = `SELECT pg_last_wal_replay_lsn() >= '${String(end?.lsn)}' AS has`;
      await until(async () => (await standby.ask<{ readonly has: boolean }>(statement))[0]?.has === true);
    },
    /** Nothing that the primary writes from now on reaches the standby. */
    cut: async (): Promise<void> => {
      between.lead();
      await until(async () => (await primary.ask('SELECT 1 FROM pg_stat_replication')).length === 0);
    },
    /** Until now the standby took nothing more from the primary; now it catches up. */
    mend: (): void => {
      between.lead(primary.port);
    },
    /** The address leads nowhere. */
    away: (): void => {
      address.lead();
    },
    /** The standby is a primary from now on, and the address leads to it. */
    failOver: async (): Promise<void> => {
      address.lead();
      await standby.ask('SELECT pg_promote()');
      address.lead(standby.port);
    },
    lead: (to: { readonly port: number }): void => {
      address.lead(to.port);
    },
  };
};
