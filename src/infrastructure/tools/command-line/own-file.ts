import { writeFileSync } from 'node:fs';
import { inBoth } from '../../phrasing/sentences';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { CommandEnds, exitCodes } from './terminal';

const onlyOwner = 0o600;

/** A new file that its owner alone reads. What stands there already is not written over: the command ends, with a sentence. */
export const writeOwnFile = (path: string, text: string): void => {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: onlyOwner });
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.proof.fileCannotWrittenAlready({ path }));
  }
};
