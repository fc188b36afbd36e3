import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import { eventually } from '../eventually';
import { emptyFolder, endsByItself } from '../closing';
import { freePort } from '../free-port';
import { program } from './program';

const run = (name: string, ...argv: readonly string[]): string => {
  const { status, stdout, stderr } = spawnSync(program(name), argv, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name} ${argv.join(' ')} ended with ${String(status)}: ${stdout}${stderr}`);
  return stdout;
};
const idOf = (kind: '-u' | '-g', user: string): number => Number(run('id', kind, user));

/** Until somebody listens there. */
const listening = (port: number): Promise<true> =>
  eventually(`somebody on port ${String(port)}`, async () => {
    const socket = connect(port, '127.0.0.1');
    const found = await once(socket, 'connect').then(
      () => true as const,
      () => undefined,
    );
    socket.destroy();
    return found;
  });

/** What a program that stays in the foreground is started by, and ended with. */
const daemon = (name: string, argv: readonly string[]): void => {
  const child = spawn(program(name), argv, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  endsByItself(
    {
      stop: async () => {
        child.kill('SIGTERM');
        await ended;
      },
    },
    'stop',
  );
};

/** The services of a Postfix, as its own master.cf has them, in no other root; those that listen come first. */
const master = (listeners: readonly string[]): string =>
  [
    ...listeners,
    'pickup unix n - n 60 1 pickup',
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'tlsmgr unix - - n 1000? 1 tlsmgr',
    'rewrite unix - - n - - trivial-rewrite',
    ...['bounce', 'defer', 'trace'].map((service) => `${service} unix - - n - 0 bounce`),
    'flush unix n - n 1000? 0 flush',
    'proxymap unix - - n - - proxymap',
    ...['smtp', 'relay'].map((service) => `${service} unix - - n - - smtp`),
    'showq unix n - n - - showq',
    ...['error', 'retry'].map((service) => `${service} unix - - n - - error`),
    'virtual unix - n n - - virtual',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd',
    '',
  ].join('\n');

type Postfix = {
  readonly folder: string;
  /** Changes settings, and has every process of it read them again. */
  set(settings: Readonly<Record<string, string>>): void;
  /** What waits is tried now. */
  flush(): void;
  log(): string;
};

const startPostfix = (name: string, listeners: readonly string[], settings: Readonly<Record<string, string>>): Postfix => {
  const folder = emptyFolder();
  chmodSync(folder, 0o755);
  for (const part of ['queue', 'data']) mkdirSync(join(folder, part), { mode: 0o755 });
  chownSync(join(folder, 'data'), idOf('-u', 'postfix'), idOf('-g', 'postfix'));
  const all = {
    compatibility_level: '3.10',
    queue_directory: join(folder, 'queue'),
    data_directory: join(folder, 'data'),
    maillog_file: join(folder, 'log'),
    maillog_file_prefixes: folder,
    command_directory: '/usr/sbin',
    daemon_directory: '/usr/lib/postfix/sbin',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    myhostname: name,
    mydestination: '',
    alias_maps: '',
    alias_database: '',
    local_recipient_maps: '',
    smtputf8_enable: 'yes',
    // an hour of retries in a few seconds
    minimal_backoff_time: '1s',
    maximal_backoff_time: '1s',
    queue_run_delay: '1s',
    ...settings,
  };
  writeFileSync(
    join(folder, 'main.cf'),
    Object.entries(all)
      .map(([key, value]) => `${key} = ${value}\n`)
      .join(''),
  );
  writeFileSync(join(folder, 'master.cf'), master(listeners));
  const command = (...argv: readonly string[]): string => run('postfix', '-c', folder, ...argv);
  command('start');
  return endsByItself(
    {
      folder,
      set: (changes: Readonly<Record<string, string>>) => {
        run('postconf', '-c', folder, '-e', ...Object.entries(changes).map(([key, value]) => `${key}=${value}`));
        command('reload');
      },
      flush: () => void command('flush'),
      log: () => readFileSync(join(folder, 'log'), 'utf8'),
      stop: () => void command('stop'),
    },
    'stop',
  );
};

const inline = (entries: Readonly<Record<string, string>>): string =>
  `inline:{${Object.entries(entries)
    .map(([key, value]) => ` { ${key} = ${value} }`)
    .join(',')} }`;

/** Postfix begins the name of a file with the second; the microsecond stands behind the place on the disk. */
const arrivedAt = (name: string): number => {
  const [, second = '0', microsecond = '0'] = /^(\d+)\..*M(\d+)/.exec(name) ?? [];
  return Number(second) * 1_000_000 + Number(microsecond);
};

/** Of nobody in particular: letters lie in folders of this user. */
const owner = { uid: 65534, gid: 65534 };

export type MailServers = {
  /** to be believed by who connects to them (`NODE_EXTRA_CA_CERTS`) */
  readonly certificate: string;
  /** of the city hall, for the service: with STARTTLS, user and password */
  readonly submission: string;
  /** the same for a server of before SMTPUTF8 */
  readonly oldSubmission: string;
  /** `imaps://` of the mailbox to which letters come back */
  readonly bounces: string;
  /** of the city hall */
  readonly ours: Postfix;
  /** of the citizens' provider */
  readonly theirs: Postfix;
  /** From now on nobody has these mailboxes there; the others stay. */
  closeMailbox(address: string): void;
  /** Where letters to this domain are handed to from now on. */
  lead(domain: string, to: 'theirs' | 'of before SMTPUTF8' | 'nobody'): void;
  /** Waits for the nth letter that arrived in this mailbox. */
  letter(address: string, nth: number): Promise<ParsedMail>;
};

/**
 * The city hall's Postfix (submission with STARTTLS, authentication by Dovecot), its Dovecot with the mailbox of bounces, and the Postfix of a
 * provider of citizens, which greylists strangers by postgrey.
 */
export const startMailServers = async ({
  bounceAddress,
  citizens,
}: {
  readonly bounceAddress: string;
  readonly citizens: readonly string[];
}): Promise<MailServers> => {
  const folder = emptyFolder();
  chmodSync(folder, 0o755);
  const [submissionPort, oldSubmissionPort, imapsPort, theirPort, theirOldPort, greyPort, nobodysPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  run('openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, '-days', '2', ...subject);

  const mail = join(folder, 'mail');
  mkdirSync(mail);
  chownSync(mail, owner.uid, owner.gid);
  const intoFolders = {
    virtual_mailbox_base: mail,
    virtual_uid_maps: `static:${String(owner.uid)}`,
    virtual_gid_maps: `static:${String(owner.gid)}`,
  };
  const mailboxes = (addresses: readonly string[]): string =>
    inline(Object.fromEntries(addresses.map((address) => [address, `${address}/`])));

  daemon('postgrey', [
    `--inet=127.0.0.1:${String(greyPort)}`,
    '--delay=1',
    `--dbdir=${greyFolder()}`,
    `--pidfile=${join(folder, 'postgrey.pid')}`,
  ]);
  const submission = (port: number, ...options: readonly string[]): string =>
    [
      `127.0.0.1:${String(port)} inet n - n - - smtpd`,
      '-o smtpd_tls_security_level=encrypt -o smtpd_tls_auth_only=yes',
      `-o smtpd_tls_cert_file=${certificate} -o smtpd_tls_key_file=${key}`,
      '-o smtpd_sasl_auth_enable=yes -o smtpd_sasl_type=dovecot -o smtpd_sasl_path=private/auth',
      '-o smtpd_relay_restrictions=permit_sasl_authenticated,reject',
      ...options,
    ].join(' ');
  const leads = new Map<string, number>();
  const transports = (): string =>
    inline(Object.fromEntries([...leads].map(([domain, port]) => [domain, `smtp:[127.0.0.1]:${String(port)}`])));
  const domains = [...new Set(citizens.map((address) => address.slice(address.indexOf('@') + 1)))];
  for (const domain of domains) leads.set(domain, theirPort);
  const ours = startPostfix('mail.primaria.example', [submission(submissionPort), submission(oldSubmissionPort, '-o smtputf8_enable=no')], {
    ...intoFolders,
    virtual_mailbox_domains: bounceAddress.slice(bounceAddress.indexOf('@') + 1),
    virtual_mailbox_maps: mailboxes([bounceAddress]),
    transport_maps: transports(),
  });
  const theirDoor = (port: number, ...options: readonly string[]): string =>
    [`127.0.0.1:${String(port)} inet n - n - - smtpd`, '-o smtpd_relay_restrictions=permit_auth_destination,reject', ...options].join(' ');
  let theirCitizens = citizens;
  const theirs = startPostfix('mx.exemplu.ro', [theirDoor(theirPort), theirDoor(theirOldPort, '-o smtputf8_enable=no')], {
    ...intoFolders,
    virtual_mailbox_domains: domains.join(', '),
    virtual_mailbox_maps: mailboxes(theirCitizens),
    smtpd_recipient_restrictions: `reject_unlisted_recipient, check_policy_service inet:127.0.0.1:${String(greyPort)}`,
  });

  const [user, password] = ['tichet@primaria.example', 'o parolă, cu % și :'];
  const configuration = join(folder, 'dovecot.conf');
  const users = join(folder, 'users');
  writeFileSync(users, [user, bounceAddress].map((name) => `${name}:{PLAIN.b64}${Buffer.from(password).toString('base64')}\n`).join(''));
  writeFileSync(
    configuration,
    dovecotConfiguration({ folder, imapsPort, certificate, key, mail, users, sasl: join(ours.folder, 'queue/private/auth') }),
  );
  daemon('dovecot', ['-c', configuration, '-F']);
  await Promise.all([submissionPort, imapsPort, theirPort, greyPort].map(listening));
  await eventually('the socket of authentication', () => (existsSync(join(ours.folder, 'queue/private/auth')) ? true : undefined));

  const at = (scheme: string, name: string, port: number): string =>
    `${scheme}://${encodeURIComponent(name)}:${encodeURIComponent(password)}@localhost:${String(port)}`;
  const lettersIn = (address: string): readonly string[] => {
    const arrived = join(mail, address, 'new');
    return existsSync(arrived)
      ? readdirSync(arrived)
          .toSorted((one, other) => arrivedAt(one) - arrivedAt(other))
          .map((name) => join(arrived, name))
      : [];
  };
  return {
    certificate,
    submission: at('smtp', user, submissionPort),
    oldSubmission: at('smtp', user, oldSubmissionPort),
    bounces: `${at('imaps', bounceAddress, imapsPort)}/INBOX`,
    ours,
    theirs,
    closeMailbox: (address) => {
      theirCitizens = theirCitizens.filter((other) => other !== address);
      theirs.set({ virtual_mailbox_maps: mailboxes(theirCitizens) });
    },
    lead: (domain, to) => {
      leads.set(domain, { theirs: theirPort, 'of before SMTPUTF8': theirOldPort, nobody: nobodysPort }[to]);
      ours.set({ transport_maps: transports() });
    },
    letter: async (address, nth) => {
      const file = await eventually(`letter ${String(nth)} to ${address}`, () => lettersIn(address)[nth - 1]);
      return simpleParser(readFileSync(file));
    },
  };
};

/** Of a user of its own, as which postgrey runs. */
const greyFolder = (): string => {
  const folder = emptyFolder();
  chownSync(folder, idOf('-u', 'postgrey'), idOf('-g', 'postgrey'));
  return folder;
};

const dovecotConfiguration = (
  of: Readonly<Record<'folder' | 'certificate' | 'key' | 'mail' | 'users' | 'sasl', string>> & { imapsPort: number },
) => `
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = ${of.folder}/dovecot
state_dir = ${of.folder}/state
log_path = ${of.folder}/dovecot.log
protocols {
  imap = yes
}
listen = 127.0.0.1
ssl = required
ssl_server_cert_file = ${of.certificate}
ssl_server_key_file = ${of.key}
mail_driver = maildir
mail_path = ${of.mail}/%{user}
mail_uid = ${String(owner.uid)}
mail_gid = ${String(owner.gid)}
first_valid_uid = 1
first_valid_gid = 1
auth_mechanisms = plain login
passdb passwd-file {
  passwd_file_path = ${of.users}
}
userdb static {
  fields {
    home = ${of.mail}/%{user}
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${String(of.imapsPort)}
    ssl = yes
  }
}
service anvil {
  chroot =
}
service auth {
  unix_listener ${of.sasl} {
    mode = 0660
    user = postfix
    group = postfix
  }
}
`;
