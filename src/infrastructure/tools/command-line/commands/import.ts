import { readFileSync } from 'node:fs';
import { Argument } from 'commander';
import { errorCode } from '../../../runtime/error-code';
import { askOffice } from '../ask-office';
import { addCommand, type CommandOfTichet, type JsonOption } from '../desk';
import { CommandEnds, exitCodes } from '../exit-code';

const read = (file: string): string => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = errorCode(error) ?? 'unknown';
    throw new CommandEnds(exitCodes.notFound, {
      ro: `Fișierul ${file} nu poate fi citit (${code}).`,
      en: `The file ${file} cannot be read (${code}).`,
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandEnds(exitCodes.invalidInput, { ro: `Fișierul ${file} nu este UTF-8.`, en: `The file ${file} is not UTF-8.` });
  }
};

export const importCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, {
    usage: 'import',
    words: {
      ro: 'înregistrează personalul sau cererile dintr-un fișier CSV ori NDJSON; liniile bune intră, celelalte primesc câte o explicație',
      en: 'registers staff or requests from a CSV or NDJSON file; good lines go in, every other line gets a reason',
    },
    examples: ['tichet import staff examples/staff.csv', 'tichet import requests examples/requests.csv --json'],
  })
    .addArgument(new Argument('<what>').choices(['staff', 'requests']))
    .argument('<file>')
    .action(async (what: 'staff' | 'requests', file: string, options: JsonOption) => {
      await askOffice(desk, { command: 'import', what, text: read(file) }, options);
    });
};
