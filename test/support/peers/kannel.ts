import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { eventually } from '../eventually';
import { emptyFolder, endsByItself } from '../closing';
import { freePort } from '../free-port';
import { program } from './program';

/** Where Debian's kannel-extras has the centre that delivers to nobody. */
export const fakeCentre = '/usr/lib/kannel/test/fakesmsc';

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

/** A program that stays in the foreground, ended with its test; what it says goes into a file. */
const daemon = (
  folder: string,
  name: string,
  argv: readonly string[],
): { readonly said: () => string; readonly stop: () => Promise<void> } => {
  const child = spawn(program(name), argv, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => {
      said += part.toString('latin1');
    });
  const stop = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  endsByItself({ stop }, 'stop');
  return { said: () => said, stop };
};

export type Kannel = {
  /** its `sendsms` */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** what the centre was given, as it was given it: Kannel’s own words for a message */
  readonly delivered: () => readonly string[];
  /** everything that Kannel’s two boxes have written into their logs */
  readonly log: () => string;
};

/** Kannel’s bearerbox and smsbox, and a centre that takes every message and says that it arrived. */
export const startKannel = async (): Promise<Kannel> => {
  const folder = emptyFolder();
  const [admin, box, centre, sending] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const [user, password] = ['tichet', 'o-parola'];
  const configuration = [
    [
      'core',
      `admin-port = ${admin}`,
      'admin-password = x',
      `smsbox-port = ${box}`,
      'box-allow-ip = 127.0.0.1',
      'log-file = bearer.log',
      'log-level = 1',
    ],
    ['smsc', 'smsc = fake', 'smsc-id = fake', `port = ${centre}`, 'connect-allow-ip = 127.0.0.1'],
    ['smsbox', 'bearerbox-host = 127.0.0.1', `sendsms-port = ${sending}`, 'log-file = sms.log', 'log-level = 1', 'access-log = access.log'],
    ['sendsms-user', `username = ${user}`, `password = ${password}`, 'max-messages = 4', 'concatenation = true'],
    ['sms-service', 'keyword = default', 'text = ok'],
  ];
  const file = join(folder, 'kannel.conf');
  writeFileSync(file, configuration.map(([group = '', ...lines]) => [`group = ${group}`, ...lines, ''].join('\n')).join('\n'));
  daemon(folder, 'bearerbox', [file]);
  await listening(box);
  await listening(centre);
  daemon(folder, 'smsbox', [file]);
  await listening(sending);
  const { said } = daemon(folder, fakeCentre, ['-H', '127.0.0.1', '-r', String(centre), '-m', '0', '1 2 text nothing']);
  await eventually('the centre', () => Promise.resolve(said().includes('starting') || undefined));
  const logs = ['bearer.log', 'sms.log', 'access.log'].map((name) => join(folder, name));
  return {
    url: `http://127.0.0.1:${String(sending)}/cgi-bin/sendsms`,
    ...{ user, password },
    delivered: () => Array.from(said().matchAll(/Got message \d+: <(.*)>/gu), ([, message = '']) => message),
    log: () => logs.map((log) => (existsSync(log) ? readFileSync(log, 'latin1') : '')).join('\n'),
  };
};
