import { readFileSync } from 'node:fs';
import { Argument } from 'commander';
import { errorCode } from '../../../runtime/error-code';
import { askRunningService } from '../ask-running-service';
import { addCommand, type CommandOfTichet, type JsonOption } from '../invocation';
import { CommandEnds, exitCodes } from '../terminal';
import { inBoth } from '../../../phrasing/sentences';

const read = (file: string): string => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const code = errorCode(error) ?? 'unknown';
    throw new CommandEnds(exitCodes.notFound, inBoth.cli.import.fileCannotRead({ file, code }));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.import.fileNotUtf8({ file }));
  }
};

export const importCommand: CommandOfTichet = (program, desk) => {
  addCommand(program, desk, 'import', desk.words.import.aboutImport, ['tichet import staff examples/staff.csv', 'tichet import requests examples/requests.csv --json'])
    .addArgument(new Argument('<what>').choices(['staff', 'requests']))
    .argument('<file>')
    .action(async (what: 'staff' | 'requests', file: string, options: JsonOption) => {
      await askRunningService(desk, { command: 'import', what, text: read(file) }, options);
    });
};
