import { once } from 'node:events';
import type { Server } from 'node:http';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import {
  createCosigner,
  createFolderMemory,
  createWitnessServer,
  isNoteName,
  type NoteVerifier,
  noteVerifierOf,
  openWitnessKey,
  verifierLine,
} from '@tichet-albastru/signed-log';
import { addCommand, type CommandOfTichet, type Invocation } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';
import { inBoth } from '../../../phrasing/sentences';

type Options = { readonly listen: string; readonly folder: string; readonly log: readonly string[]; readonly name?: string };

const addressOf = (text: string): { readonly host: string; readonly port: number } => {
  const [, host = '', digits = ''] = /^(\[[0-9a-f:]+\]|[^:\s]+):(\d{1,5})$/iu.exec(text) ?? [];
  if (host === '' || Number(digits) > 65_535) throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.witness.listenNotHostPort({ text }));
  return { host: host.replace(/^\[|\]$/gu, ''), port: Number(digits) };
};

const logOf = (line: string): NoteVerifier => {
  const log = noteVerifierOf(line);
  if (log?.algorithm === 1) return log;
  throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.witness.logNotLineLogs);
};

const nameOf = (name: string): string => {
  if (isNoteName(name)) return name;
  throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.witness.nameNameWitnessNeither);
};

const forgot = (folder: string, file: string): CommandEnds =>
  new CommandEnds(exitCodes.failed, inBoth.cli.witness.witnessNoLongerKnows({ folder, file }));

const untilStopped = async (server: Server, cli: Invocation): Promise<void> => {
  await cli.untilStopped(async (stopped) => {
    if (!stopped.aborted) await once(stopped, 'abort');
  });
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
    throw new CommandEnds(exitCodes.failed, inBoth.cli.witness.portCannotUsedChoose({ port, host }));
  }
  const address = server.address();
  const chosen = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${chosen}`;
};

export const witnessCommand: CommandOfTichet = (program, cli) => {
  addCommand(program, cli, 'witness', cli.words.witness.aboutWitness, [
    'tichet witness --listen 127.0.0.1:8080 --folder /var/lib/martor --log tichet.primarie.example/tichet-albastru+1a2b3c4d+AQ…',
    'tichet witness --listen 10.0.0.7:8080 --folder /var/lib/martor --name control.primarie.example/martor --log …',
  ])
    .requiredOption('--listen <host:port>', cli.words.witness.optionListen)
    .requiredOption('--folder <folder>', cli.words.witness.optionFolder)
    .requiredOption('--log <line...>', cli.words.witness.optionLog)
    .option('--name <name>', cli.words.witness.optionName)
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
            if (kind !== 'cosigned' && kind !== 'knows') cli.complain(`${systemClock.now()} ${kind}`);
          },
          onFailure: (error) => {
            cli.complain(`${systemClock.now()} ${error instanceof Error ? error.message : 'failed'}`);
          },
        });
        const url = await listening(server, address);
        cli.printJson({ name: key.name, url, verifier: verifierLine(key) });
        cli.tell(cli.words.witness.listeningStopCtrlC({ url }));
        await untilStopped(server, cli);
      } finally {
        lock.release();
      }
    });
};
