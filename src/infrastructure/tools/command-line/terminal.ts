import type { Environment } from '../../config/setting';

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

export type Words = { readonly ro: string; readonly en: string };
export type Language = 'ro' | 'en';

/** The language of the person's session, by the usual variables; English where they say nothing of Romanian. */
export const languageOf = (environment: Environment): Language => {
  const [said = ''] = [environment['LC_ALL'], environment['LC_MESSAGES'], environment['LANG']].filter((value) => value);
  return /^ro\b|^ro_/i.test(said) ? 'ro' : 'en';
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
