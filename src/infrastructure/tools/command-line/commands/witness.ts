import { once } from 'node:events';
import type { Server } from 'node:http';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { systemClock } from '../../../runtime/clock/system-clock';
import { lockDataFolder } from '../../../database/data-folder/lock-data-folder';
import { isNoteName, noteVerifierOf, verifierLine, type NoteVerifier } from '../../../signed-log/signed-note';
import { createCosigner } from '../../../signed-log/witness/cosigner';
import { createFolderMemory, openWitnessKey } from '../../../signed-log/witness/folder-witness';
import { createWitnessServer } from '../../../signed-log/witness/witness-server';
import { addCommand, type CommandOfTichet, type Desk } from '../desk';
import { CommandEnds, exitCodes } from '../exit-code';

type Options = { readonly listen: string; readonly folder: string; readonly log: readonly string[]; readonly name?: string };

const addressOf = (text: string): { readonly host: string; readonly port: number } => {
  const [, host = '', digits = ''] = /^(\[[0-9a-f:]+\]|[^:\s]+):(\d{1,5})$/iu.exec(text) ?? [];
  if (host === '' || Number(digits) > 65_535)
    throw new CommandEnds(exitCodes.invalidInput, {
      ro: `--listen: „${text}” nu este GAZDĂ:PORT, de exemplu 127.0.0.1:8080.`,
      en: `--listen: "${text}" is not HOST:PORT, for example 127.0.0.1:8080.`,
    });
  return { host: host.replace(/^\[|\]$/gu, ''), port: Number(digits) };
};

const logOf = (line: string): NoteVerifier => {
  const log = noteVerifierOf(line);
  if (log?.algorithm === 1) return log;
  throw new CommandEnds(exitCodes.invalidInput, {
    ro: '--log: nu este linia cheii unui jurnal: nume+8 cifre+base64, cum stă în fișierul verifier de lângă sigilii și în fiecare dovadă.',
    en: '--log: this is not the line of a log’s key: name+8 digits+base64, as it stands in the file verifier beside the seals and in every proof.',
  });
};

const nameOf = (name: string): string => {
  if (isNoteName(name)) return name;
  throw new CommandEnds(exitCodes.invalidInput, {
    ro: '--name: numele martorului nu poate avea spații sau plus.',
    en: '--name: the name of a witness has neither spaces nor a plus.',
  });
};

const forgot = (folder: string, file: string): CommandEnds =>
  new CommandEnds(exitCodes.failed, {
    ro: `Martorul din ${folder} nu mai știe ce a contrasemnat: lipsește ${file}. Puneți fișierul la loc, sau începeți într-un dosar nou, cu o cheie nouă, și spuneți-o serviciului.`,
    en: `The witness in ${folder} no longer knows what it cosigned: ${file} is missing. Put the file back, or begin in a new folder, with a new key, and tell the service.`,
  });

const untilStopped = async (server: Server, { signal }: Desk['terminal']): Promise<void> => {
  const over = new AbortController();
  const stop = (): void => {
    over.abort();
  };
  signal?.addEventListener('abort', stop, { once: true });
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, stop);
  if (signal?.aborted !== true && !over.signal.aborted) await once(over.signal, 'abort');
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.off(name, stop);
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
};

const listening = async (server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<string> => {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch {
    throw new CommandEnds(exitCodes.failed, {
      ro: `Portul ${port} de la ${host} nu poate fi folosit; alegeți altul cu --listen.`,
      en: `Port ${port} of ${host} cannot be used; choose another one with --listen.`,
    });
  }
  const address = server.address();
  const chosen = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${chosen}`;
};

export const witnessCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'witness',
    words: {
      ro: 'un martor: ține minte cât de lung era jurnalul altui serviciu și contrasemnează numai ce îl continuă; nu are nevoie de nicio setare',
      en: 'a witness: remembers how long the log of another service was and cosigns only what continues it; needs no setting',
    },
    examples: [
      'tichet witness --listen 127.0.0.1:8080 --folder /var/lib/martor --log tichet.primarie.example/tichet-albastru+1a2b3c4d+AQ…',
      'tichet witness --listen 10.0.0.7:8080 --folder /var/lib/martor --name control.primarie.example/martor --log …',
    ],
  })
    .requiredOption('--listen <host:port>', desk.say({ ro: 'unde ascultă', en: 'where it listens' }))
    .requiredOption(
      '--folder <folder>',
      desk.say({ ro: 'cheia lui și ce a contrasemnat ultima dată', en: 'its key, and what it cosigned last' }),
    )
    .requiredOption(
      '--log <line...>',
      desk.say({ ro: 'linia cheii unui jurnal; de mai multe ori', en: 'the line of a log’s key; more than once' }),
    )
    .option('--name <name>', desk.say({ ro: 'numele lui, la prima pornire', en: 'its name, at the first start' }))
    .action(async ({ listen, folder: given, log, name = `${hostname()}/tichet-witness` }: Options) => {
      const [address, logs, folder] = [addressOf(listen), log.map(logOf), resolve(given)];
      const named = nameOf(name);
      const lock = lockDataFolder(folder);
      try {
        const key = await openWitnessKey(folder, named);
        const memory = createFolderMemory(folder);
        if (key === 'forgot') throw forgot(folder, 'witness.key');
        for (const { name: origin } of logs) if ((await memory.last(origin)) === 'forgot') throw forgot(folder, `${origin}: .checkpoint`);
        const server = createWitnessServer({
          cosigner: createCosigner({ memory, logs, key, clock: systemClock }),
          memory,
          logs,
          key,
          onAnswer: ({ kind }) => {
            if (kind !== 'cosigned' && kind !== 'knows') desk.complain(`${systemClock.now()} ${kind}`);
          },
          onFailure: (error) => {
            desk.complain(`${systemClock.now()} ${error instanceof Error ? error.message : 'failed'}`);
          },
        });
        const url = await listening(server, address);
        desk.printJson({ name: key.name, url, verifier: verifierLine(key) });
        desk.tell({ ro: `Ascultă la ${url}; oprire cu Ctrl+C.`, en: `Listening at ${url}; stop with Ctrl+C.` });
        await untilStopped(server, desk.terminal);
      } finally {
        lock.release();
      }
    });
};
