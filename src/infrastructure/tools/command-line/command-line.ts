import { inWords } from '../../phrasing/unusable-words';
import { Command, CommanderError } from 'commander';
import { EventLogCorrupt, EventStoreUnavailable } from '@tichet-albastru/event-log/ports/event-store';
import { SettingsInvalid } from '../../config/setting';
import { commands } from './commands';
import { Invocation } from './invocation';
import { CommandEnds, exitCodes, type ExitCode, type Terminal } from './terminal';
import type { OwnParts } from '../../nest/options';
import { damageWords } from '../../proof/fault-words';
import { endProcess } from '../../runtime/end-process';
import { programVersion } from '../../runtime/program-version';

const examples = ['tichet demo', 'tichet serve', 'tichet import requests requests.csv', 'tichet audit --verdict fail', 'tichet doctor'];

/** `cli-exit` codes of commander that are no mistake of the person. */
const asked: readonly string[] = ['commander.helpDisplayed', 'commander.help', 'commander.version'];

const exitCodeOf = (cli: Invocation, error: unknown): ExitCode => {
  if (error instanceof CommanderError) return asked.includes(error.code) && error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
  if (error instanceof CommandEnds) {
    cli.complain(cli.say(error.words));
    return error.exitCode;
  }
  // what a command does not tell better itself
  if (error instanceof EventLogCorrupt && error.damage) {
    cli.complain(cli.say(damageWords(error.damage)));
    return exitCodes.findings;
  }
  if (error instanceof EventStoreUnavailable) cli.complain(cli.words.commandLine.logAway({ code: error.code ?? 'unknown' }));
  else {
    const said = inWords(error);
    cli.complain(said instanceof Error ? said.message : String(said));
  }
  return error instanceof SettingsInvalid ? exitCodes.invalidInput : exitCodes.failed;
};

/**
 * Runs one command of `tichet`.
 * @param argv what follows the program's name
 * @param own what an embedding program adds, and its commands are to know
 * @returns 0 done, 1 failed, 2 wrong use, 3 not found, 5 invalid input, 6 findings
 */
export const runCommandLine = async (argv: readonly string[], terminal: Terminal, own: OwnParts = {}): Promise<ExitCode> => {
  const cli = new Invocation(terminal, own);
  const words = cli.words.commandLine;
  const program = new Command('tichet')
    .description(words.blueTicketAppointmentsCitizens)
    .version(programVersion, '--version', words.printsVersion)
    .exitOverride()
    // what stands behind the name of a command is its own
    .enablePositionalOptions()
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      outputError: (text, write) => {
        write(text);
      },
    })
    .addHelpText('before', `${words.examples}\n${examples.map((line) => `  ${line}\n`).join('')}`);
  for (const add of commands) add(program, cli);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return cli.exitCode;
  } catch (error) {
    return exitCodeOf(cli, error);
  }
};

/** `tichet` as a program of its own, or of an embedding team: then with its tables and subscriptions. Ends with the exit code. */
export const commandLine = async (own: OwnParts = {}): Promise<void> => {
  const { stdout, stderr, env, argv } = process;
  // A reader that went away early (`tichet export | head`) is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  endProcess(await runCommandLine(argv.slice(2), { stdout, stderr, env }, own));
};
