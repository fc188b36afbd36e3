// The programs of others that `npm run test:peers` runs beside the service, as Debian packages them. Installs what is missing where it may
// (Debian, as root), one by one and without starting a service, and says by name what is not there. With --look it only says.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Debian's package, and the program (or the file) by which one sees that it is there. */
const packages = {
  pgbouncer: 'pgbouncer',
  'postgresql-15': 'pg_basebackup',
  postfix: 'postfix',
  'dovecot-imapd': 'dovecot',
  postgrey: 'postgrey',
  glewlwyd: 'glewlwyd',
  'liblemonldap-ng-portal-perl': '/usr/share/lemonldap-ng/portal/htdocs/index.psgi',
  'libstring-random-perl': '/usr/share/perl5/String/Random.pm',
  'libio-string-perl': '/usr/share/perl5/IO/String.pm',
  'libmime-tools-perl': '/usr/share/perl5/MIME/Entity.pm',
  'libemail-sender-perl': '/usr/share/perl5/Email/Sender/Simple.pm',
  'libcrypt-jwt-perl': '/usr/share/perl5/Crypt/JWT.pm',
  kannel: 'bearerbox',
  'kannel-extras': '/usr/lib/kannel/test/fakesmsc',
  'nginx-light': 'nginx',
  caddy: 'caddy',
  haproxy: 'haproxy',
  prometheus: 'promtool',
  radicale: 'radicale',
  khal: 'khal',
  'docker-compose': 'docker-compose',
  systemd: 'systemd-analyze',
};

const postgres = '/usr/lib/postgresql';
const folders = [
  ...(process.env.PATH ?? '').split(':'),
  ...['/usr/sbin', '/sbin', '/usr/local/sbin'],
  ...(existsSync(postgres) ? readdirSync(postgres).map((version) => join(postgres, version, 'bin')) : []),
];
const isThere = (program) => (program.startsWith('/') ? ['/'] : folders).some((folder) => existsSync(join(folder, program)));
const missing = () => Object.keys(packages).filter((name) => !isThere(packages[name]));

const run = (command, ...argv) =>
  spawnSync(command, argv, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    .status === 0;

const install = (names) => {
  // Debian's word for "install, but start nothing"; whoever has one of their own keeps it
  const policy = '/usr/sbin/policy-rc.d';
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    run('apt-get', 'update', '-qq');
    for (const name of names) {
      console.log(`apt-get install ${name}`);
      run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', name);
    }
  } finally {
    if (isOurs) rmSync(policy);
  }
};

const may = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && !process.argv.includes('--look');
if (missing().length > 0 && may) install(missing());
const without = missing();
for (const name of without) console.warn(`NOT THERE: ${name}. What needs it is left out; on Debian: apt-get install ${name}`);
if (without.length === 0) console.log(`All ${Object.keys(packages).length} programs are there.`);
