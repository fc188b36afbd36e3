import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { LookupFunction } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Agent, fetch, type RequestInit, type Response } from 'undici';
import { read } from '../../docs/markdown';
import { closing, emptyFolder } from '../closing';
import { freePort } from '../free-port';
import { program } from './program';

export const host = 'tichet.example';

/** What of a file is the machine's own. Each must be there to be replaced. */
export type Own = readonly (readonly [string, string])[];

/** A file of deploy/ with what is this machine's own, and nothing else, in the place of what it says. */
export const taken = (path: string, own: Own): string =>
  own.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`${path} does not say: ${from}`);
    return text.replaceAll(from, to);
  }, read(path));

/** A certificate of one's own for tichet.example, by openssl: its two files, and both in one. */
export const certificate = (): { readonly folder: string; readonly ca: string } => {
  const folder = emptyFolder();
  const [chain, key] = [join(folder, 'fullchain.pem'), join(folder, 'privkey.pem')];
  const asked = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    '-subj',
    `/CN=${host}`,
    '-addext',
    `subjectAltName=DNS:${host}`,
  ];
  const { status, stderr } = spawnSync('openssl', [...asked, '-keyout', key, '-out', chain], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  const ca = readFileSync(chain, 'utf8');
  writeFileSync(join(folder, 'tichet.pem'), ca + readFileSync(key, 'utf8'), { mode: 0o600 });
  return { folder, ca };
};

export type Kind = 'nginx' | 'caddy' | 'haproxy';
type Ground = {
  readonly folder: string;
  readonly ports: { readonly http: number; readonly https: number };
  /** where the processes listen */
  readonly processes: readonly number[];
};
type Prepared = { readonly argv: readonly string[]; readonly environment?: NodeJS.ProcessEnv; readonly check: readonly string[] };

/** Without the second process, as the files say for SQLite. */
const processesOf = ({ processes: [first = 0, second] }: Ground, line: string): Own => [
  ['127.0.0.1:3001', `127.0.0.1:${String(first)}`],
  second === undefined ? [line, ''] : ['127.0.0.1:3002', `127.0.0.1:${String(second)}`],
];

const written = (folder: string, name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** How each is started on its file of deploy/, with what is this machine's own. */
export const prepared: Readonly<Record<Kind, (ground: Ground, more?: Own) => Prepared>> = {
  nginx: (ground, more = []) => {
    const { folder, ports } = ground;
    const server = taken('deploy/nginx/tichet.conf', [
      ['listen 80;', `listen 127.0.0.1:${String(ports.http)};`],
      ['listen 443 ssl;', `listen 127.0.0.1:${String(ports.https)} ssl;`],
      ['    listen [::]:80;\n', ''],
      ['    listen [::]:443 ssl;\n', ''],
      ['/etc/ssl/tichet', folder],
      ...processesOf(ground, '    server 127.0.0.1:3002 max_fails=0;\n'),
      ...more,
    ]);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`);
    const main = `daemon off; pid ${folder}/nginx.pid; error_log stderr warn; events {}\nhttp { access_log off; ${temporary.join(' ')}\n${server}}\n`;
    const file = written(folder, 'nginx.conf', process.getuid?.() === 0 ? `user root;\n${main}` : main);
    return { argv: ['-c', file], check: ['-t', '-c', file] };
  },
  caddy: (ground, more = []) => {
    const { folder, ports, processes } = ground;
    // in its environment is what is one's own; its ports and its own files are not to be in anybody's way here
    const options = `{\n\tadmin off\n\thttp_port ${String(ports.http)}\n\thttps_port ${String(ports.https)}\n\tdefault_bind 127.0.0.1\n\tservers`;
    const file = written(folder, 'Caddyfile', taken('deploy/caddy/Caddyfile', [['{\n\tservers', options], ...more]));
    const environment = {
      SITE: host,
      TLS: `${folder}/fullchain.pem ${folder}/privkey.pem`,
      PROCESSES: processes.map((port) => `127.0.0.1:${String(port)}`).join(' '),
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
    };
    const of = ['--adapter', 'caddyfile', '--config', file];
    return { argv: ['run', ...of], environment, check: ['validate', ...of] };
  },
  haproxy: (ground, more = []) => {
    const { folder, ports } = ground;
    const text = taken('deploy/haproxy/haproxy.cfg', [
      ['    bind :::80 v6only\n', ''],
      ['    bind :::443 v6only ssl crt /etc/haproxy/tichet.pem alpn h2,http/1.1\n', ''],
      ['bind :80', `bind 127.0.0.1:${String(ports.http)}`],
      ['bind :443', `bind 127.0.0.1:${String(ports.https)}`],
      ['/etc/haproxy/tichet.pem', `${folder}/tichet.pem`],
      ...processesOf(ground, '    server tichet-2 127.0.0.1:3002\n'),
      // whoever runs the tests need not be root, and is nobody else afterwards
      ['    user haproxy\n    group haproxy\n', ''],
      ...more,
    ]);
    const file = written(folder, 'haproxy.cfg', text);
    return { argv: ['-db', '-f', file], check: ['-c', '-f', file] };
  },
};

/** What a proxy’s own check of its file says. */
export const checked = (kind: Kind, { check, environment = {} }: Prepared) => {
  const { status, stdout, stderr } = spawnSync(program(kind), check, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
  });
  return { status, said: stdout + stderr };
};

export type Front = {
  readonly url: string;
  readonly port: number;
  call(path: string, options?: RequestInit & { readonly from?: string }): Promise<Response>;
  stop(): Promise<void>;
};

/** One name, one address: nobody is asked where tichet.example is. */
const here: LookupFunction = (_name, { all = false }, found) => {
  if (all) found(null, [{ address: '127.0.0.1', family: 4 }]);
  else found(null, '127.0.0.1', 4);
};

/** A proxy of this kind before these processes, and who asks it over TLS. */
export const startFront = async (
  kind: Kind,
  processes: readonly number[],
  ports: Ground['ports'],
  { folder, ca }: ReturnType<typeof certificate>,
  more: Own = [],
): Promise<Front> => {
  const { argv, environment = {} } = prepared[kind]({ folder, ports, processes }, more);
  const child = spawn(program(kind), argv, { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], ...environment } });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = once(child, 'close');
  const agents = new Map<string, Agent>();
  const agentFrom = (from: string): Agent => {
    const known = agents.get(from);
    const agent =
      known ??
      new Agent({
        localAddress: from,
        connect: { ca, lookup: here },
        bodyTimeout: 0,
        headersTimeout: 0,
      });
    agents.set(from, agent);
    return agent;
  };
  const url = `https://${host}:${String(ports.https)}`;
  const front = closing<Front>({
    url,
    port: ports.https,
    call: (path, { from = '127.0.0.1', ...options } = {}) =>
      fetch(`${url}${path}`, { redirect: 'manual', ...options, dispatcher: agentFrom(from) }),
    stop: async () => {
      for (const agent of agents.values()) await agent.destroy();
      child.kill(kind === 'haproxy' ? 'SIGKILL' : 'SIGTERM');
      await ended;
    },
  });
  const patience = performance.now() + 120_000;
  // until it listens and believes the processes to be there
  for (;;) {
    const said = await front.call('/health/ready').then(
      async (answer) => `${String(answer.status)} ${await answer.text()}`,
      (error: unknown) => String(error instanceof Error ? error.cause : error),
    );
    if (said.startsWith('200 ')) return front;
    if (child.exitCode !== null || performance.now() > patience) throw new Error(`${kind} does not serve: ${said}\n${output}`);
    await sleep(100);
  }
};

export const freePorts = async (): Promise<Ground['ports']> => ({ http: await freePort(), https: await freePort() });
