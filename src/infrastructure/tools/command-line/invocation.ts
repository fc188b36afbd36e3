import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { readSettings, type Settings, type SettingsRead } from '../../config/settings';
import type { OwnParts } from '../../nest/options';
import type { FollowedTables } from '../../nest/provided';
import { subscriptionsOf, subscriptionTarget } from '../../nest/subscription';
import { followedTables } from '../../nest/tables';
import { sentences, type Sentence, type Sentences } from '../../phrasing/sentences';
import { colouring, columnsOf, exitCodes, languageOf, type Colour, type ExitCode, type Terminal } from './terminal';
import type { Locale } from '../../../domain/ticket/facts';

export type JsonOption = { readonly json?: boolean };

type Progress = { readonly at: (done: number, total: number) => void; readonly stop: () => void };

const noProgress: Progress = { at: () => undefined, stop: () => undefined };

/** A bar on standard error, and only on a terminal. */
const progressOn = ({ stderr, env }: Terminal): Progress => {
  if (stderr.isTTY !== true) return noProgress;
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      stderr.write(chunk.toString());
      done();
    },
  });
  const plain = (env['NO_COLOR'] ?? '') !== '';
  const bar = new SingleBar({
    stream: Object.assign(stream, { isTTY: true, columns: 80 }),
    format: plain ? '{percentage}% {value}/{total}' : '{bar} {percentage}% {value}/{total}',
    hideCursor: false,
    clearOnComplete: true,
  });
  let started = false;
  return {
    at: (done, total) => {
      if (!started) bar.start(total, 0);
      started = true;
      bar.setTotal(total);
      bar.update(done);
    },
    stop: () => {
      if (started) bar.stop();
    },
  };
};

/** What every command needs of the command line: its settings, its voice and the way to end. */
export class Invocation {
  readonly language: Locale;
  /** what the command line says, in the language of the person's session */
  readonly words: Sentences['cli'];
  #exitCode: ExitCode = exitCodes.done;
  #read: SettingsRead | undefined;

  /** @param own the tables and subscriptions of an embedding program, whose command line this is */
  constructor(
    readonly terminal: Terminal,
    readonly own: OwnParts = {},
  ) {
    this.language = languageOf(terminal.env);
    this.words = sentences[this.language].cli;
  }

  get exitCode(): ExitCode {
    return this.#exitCode;
  }

  /** @throws SettingsInvalid */
  get settingsRead(): SettingsRead {
    this.#read ??= readSettings(this.terminal.env, readFileSync);
    return this.#read;
  }

  /** @throws SettingsInvalid */
  get settings(): Settings {
    return this.settingsRead.settings;
  }

  /** @throws TableUnusable */
  get tables(): FollowedTables {
    return followedTables(this.own);
  }

  /**
   * All who are told of events, as far as this program knows of them.
   * @throws SubscriptionUnusable
   */
  get eventTargets(): readonly { readonly name: string }[] {
    return [...(this.settings.webhooks ?? []), ...subscriptionsOf(this.own).map(subscriptionTarget)];
  }

  /** A sentence that was said in every language, in that of the person's session. */
  say(words: Sentence): string {
    return words[this.language];
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

  /** A list: as a table for people, as data for programs. */
  printList(json: boolean, data: object, head: readonly string[], rows: readonly (readonly string[])[]): void {
    if (json) this.printJson(data);
    else this.printTable(head, rows);
  }

  /** A message for a person who looks: standard error, and only on a terminal. */
  tell(sentence: string): void {
    if (this.terminal.stderr.isTTY === true) this.complain(sentence);
  }

  /** Writes what went wrong to standard error. */
  complain(sentence: string): void {
    this.terminal.stderr.write(`${sentence}\n`);
  }

  colour(colour: Colour, text: string): string {
    return colouring(this.terminal.stdout, this.terminal.env)(colour, text);
  }

  end(code: ExitCode): void {
    this.#exitCode = code;
  }

  /** Work that tells how far it is. */
  async withProgress<T>(work: (at: Progress['at']) => Promise<T>): Promise<T> {
    const { at, stop } = progressOn(this.terminal);
    try {
      return await work(at);
    } finally {
      stop();
    }
  }

  /** Work in steps: each step is announced and reports its progress. */
  async inSteps<Step extends string, T>(
    words: Readonly<Record<Step, string>>,
    work: (tell: (step: Step, done: number, total: number) => void) => Promise<T>,
  ): Promise<T> {
    let current: Step | undefined;
    let bar = noProgress;
    try {
      return await work((step, done, total) => {
        if (step !== current) {
          bar.stop();
          this.tell(words[step]);
          bar = progressOn(this.terminal);
          current = step;
        }
        bar.at(done, total);
      });
    } finally {
      bar.stop();
    }
  }

  /** Work that is told when the caller's signal or the operating system says stop. @param reason what it is aborted with */
  async untilStopped<T>(work: (stopped: AbortSignal) => Promise<T>, reason?: Error): Promise<T> {
    const over = new AbortController();
    const stop = (): void => {
      over.abort(reason);
    };
    const { signal } = this.terminal;
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    process.once('SIGINT', stop).once('SIGTERM', stop);
    try {
      return await work(over.signal);
    } finally {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      signal?.removeEventListener('abort', stop);
    }
  }
}

/** One command: adds itself to the program. */
export type CommandOfTichet = (program: Command, cli: Invocation) => void;

/** A group of commands, which answers nothing itself, with its examples first in its help. */
export const addGroup = (
  program: Command,
  cli: Invocation,
  usage: string,
  about: string,
  examples: readonly string[],
  isDefault = false,
): Command =>
  program
    .command(usage, { isDefault })
    .description(about)
    .addHelpText('before', `${cli.words.command.examples}\n${examples.map((line) => `  ${line}\n`).join('')}`);

/** A command. @param isDefault what its group does where nothing more is said */
export const addCommand = (...described: Parameters<typeof addGroup>): Command =>
  addGroup(...described).option('--json', described[1].words.command.optionJson);
