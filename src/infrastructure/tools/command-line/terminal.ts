import type { Locale } from '../../../domain/ticket/facts';
import type { Environment } from '../../config/setting';
import { languages, type Sentence } from '../../phrasing/sentences';

/** What a script learns from how a command ended. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2, notFound: 3, invalidInput: 5, findings: 6 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** A command ends here, with a sentence for the person at the terminal. */
export class CommandEnds extends Error {
  override readonly name = 'CommandEnds';
  constructor(
    readonly exitCode: ExitCode,
    readonly words: Sentence,
  ) {
    super(words.en);
  }
}

/** Where text goes. `isTTY`: a person looks at it now. */
export type TextOutput = { write(text: string | Uint8Array): unknown; readonly isTTY?: boolean };

/** What the command line has of the world. */
export type Terminal = {
  /** data, and nothing else */
  readonly stdout: TextOutput;
  /** messages and progress */
  readonly stderr: TextOutput;
  readonly env: Environment;
  /** ends `serve` and `demo`; a signal of the operating system does the same */
  readonly signal?: AbortSignal;
};

/** The language of the person's session, by the usual variables; English where they say none that we speak. */
export const languageOf = (environment: Environment): Locale => {
  const [said = ''] = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].filter((value) => value);
  return languages.find((language) => language === said.toLowerCase().split(/[^a-z]/)[0]) ?? 'en';
};

const colours = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const;
export type Colour = keyof typeof colours;

/** Colours only where a person looks, and only when NO_COLOR (no-color.org) is not set. */
export const colouring =
  (output: TextOutput, environment: Environment) =>
  (colour: Colour, text: string): string =>
    output.isTTY === true && (environment['NO_COLOR'] ?? '') === '' ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text;

const letters = new Intl.Segmenter();
const widthOf = (text: string): number => Array.from(letters.segment(text)).length;

/** Columns in line; the last one as long as it likes. */
export const columnsOf = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = rows.reduce<readonly number[]>((known, row) => row.map((cell, index) => Math.max(known[index] ?? 0, widthOf(cell))), []);
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell))))
      .join('  ')
      .trimEnd(),
  );
};
