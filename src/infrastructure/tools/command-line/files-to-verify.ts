import { readFileSync } from 'node:fs';
import { errorCode } from '../../runtime/error-code';
import { notesIn } from '../../signed-log/checkpoint';
import { noteVerifierOf, type NoteVerifier } from '../../signed-log/signed-note';
import { CommandEnds, exitCodes } from './terminal';
import { inBoth } from '../../phrasing/sentences';

/** Many thousands of checkpoints, and no whole disk. */
const largestFile = 64 * 1024 * 1024;

/** @throws CommandEnds for a file that cannot be read */
export const fileToVerify = (path: string): Buffer => {
  try {
    const bytes = readFileSync(path);
    if (bytes.length <= largestFile) return bytes;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CommandEnds(exitCodes.notFound, inBoth.cli.filesToVerify.fileCannotRead({ path }));
  }
  throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.filesToVerify.fileTooLarge({ path }));
};

/** Checkpoints that were kept elsewhere: each file has one or more. @throws CommandEnds for a file that has none */
export const checkpointsIn = (paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) => {
    const notes = notesIn(fileToVerify(path).toString());
    if (notes.length > 0) return notes;
    throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.filesToVerify.noSignedCheckpointC2sp({ path }));
  });

const looksLikeKey = /^\S+\+[0-9a-f]{8}\+/i;

/** The public key to insist on: its line, or a file that begins with it. @throws CommandEnds for what is none */
export const keyToInsistOn = (given: string): NoteVerifier => {
  // a line with a slip in it is no name of a file
  const key =
    noteVerifierOf(given) ?? (looksLikeKey.test(given) ? undefined : noteVerifierOf(fileToVerify(given).toString().split('\n')[0] ?? ''));
  if (key?.algorithm === 1) return key;
  throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.filesToVerify.keyKeyNeitherLine);
};

/** @throws CommandEnds where checkpoints are given for a file, which has its own */
export const mustHaveNoCheckpoint = (given: readonly string[] | undefined): void => {
  if (given === undefined) return;
  throw new CommandEnds(exitCodes.wrongUse, inBoth.cli.filesToVerify.fileVerifiedAgainstCheckpoint);
};
