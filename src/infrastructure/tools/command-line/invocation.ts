import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { readSettings, type Settings } from '../../config/settings';
import type { OwnParts } from '../../nest/options';
import type { FollowedTables } from '../../nest/provided';
import { subscriptionTarget } from '../../nest/subscription';
import { followedTables } from '../../nest/tables';
import { exitCodes, type ExitCode } from './exit-code';
import { colouring, columnsOf, languageOf, type Colour, type Language, type Terminal, type Words } from './terminal';
import { inBoth } from '../../phrasing/sentences';

export type JsonOption = { readonly json?: boolean };

/** What every command needs of the command line: its settings, its voice and the way to end. */
export class Invocation {
  readonly language: Language;
  #exitCode: ExitCode = exitCodes.done;
  #settings: Settings | undefined;

  /** @param own the tables and subscriptions of an embedding program, whose command line this is */
  constructor(
    readonly terminal: Terminal,
    readonly own: OwnParts = {},
  ) {
    this.language = languageOf(terminal.env);
  }

  get exitCode(): ExitCode {
    return this.#exitCode;
  }

  /** @throws SettingsInvalid */
  get settings(): Settings {
    this.#settings ??= readSettings(this.terminal.env, (path) => readFileSync(path, 'utf8')).settings;
    return this.#settings;
  }

  /** @throws TableUnusable */
  get tables(): FollowedTables {
    return followedTables(this.own);
  }

  /** The words in the language of the person's session. */
  say({ ro, en }: Words): string {
    return this.language === 'ro' ? ro : en;
  }

  /** Data, on standard output. */
  print(line: string): void {
    this.terminal.stdout.write(`${line}\n`);
  }

  /** Data as they are, on standard output: what is no line, or has its end already. */
  write(data: string | Uint8Array): void {
    this.terminal.stdout.write(data);
  }

  printJson(value: unknown): void {
    this.print(JSON.stringify(value, undefined, this.terminal.stdout.isTTY === true ? 2 : undefined));
  }

  printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
    for (const line of columnsOf([head, ...rows])) this.print(line);
  }

  /** A message for whoever looks: standard error, and only on a terminal. */
  tell(words: Words): void {
    if (this.terminal.stderr.isTTY === true) this.terminal.stderr.write(`${this.say(words)}\n`);
  }

  /** What went wrong is said on standard error to whoever looks or keeps it. */
  complain(sentence: string): void {
    this.terminal.stderr.write(`${sentence}\n`);
  }

  colour(colour: Colour, text: string): string {
    return colouring(this.terminal.stdout, this.terminal.env)(colour, text);
  }

  end(code: ExitCode): void {
    this.#exitCode = code;
  }
}

/** All who are told of events, as far as this program knows of them. */
export const eventTargetsOf = ({ settings, own }: Invocation): readonly { readonly name: string }[] => [
  ...(settings.webhooks ?? []),
  ...(own.subscriptions ?? []).map(subscriptionTarget),
];

/** One command: adds itself to the program. */
export type CommandOfTichet = (program: Command, desk: Invocation) => void;

/** A command with its examples first in its help. */
export const addCommand = (
  program: Command,
  desk: Invocation,
  {
    usage,
    words,
    examples,
    group = false,
    isDefault = false,
  }: {
    readonly usage: string;
    readonly words: Words;
    readonly examples: readonly string[];
    /** a group of commands, which answers nothing itself */
    readonly group?: boolean;
    /** of its group: what the group does where nothing more is said */
    readonly isDefault?: boolean;
  },
): Command => {
  const command = program
    .command(usage, { isDefault })
    .description(desk.say(words))
    .addHelpText('before', `${desk.say(inBoth.cli.desk.examples)}\n${examples.map((line) => `  ${line}\n`).join('')}`);
  return group ? command : command.option('--json', desk.say(inBoth.cli.desk.optionJson));
};
