import { readFileSync } from 'node:fs';
import { errorCode } from '../../runtime/error-code';
import { notesIn } from '../../signed-log/checkpoint';
import { noteVerifierOf, type NoteVerifier } from '../../signed-log/signed-note';
import { CommandEnds, exitCodes } from './exit-code';

/** Many thousands of checkpoints, and no whole disk. */
const largestFile = 64 * 1024 * 1024;

/** @throws CommandEnds for a file that cannot be read */
export const fileToVerify = (path: string): Buffer => {
  try {
    const bytes = readFileSync(path);
    if (bytes.length <= largestFile) return bytes;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CommandEnds(exitCodes.notFound, {
      ro: `Fișierul ${path} nu poate fi citit.`,
      en: `The file ${path} cannot be read.`,
    });
  }
  throw new CommandEnds(exitCodes.invalidInput, { ro: `Fișierul ${path} este prea mare.`, en: `The file ${path} is too large.` });
};

/** Checkpoints that were kept elsewhere: each file has one or more. @throws CommandEnds for a file that has none */
export const checkpointsIn = (paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) => {
    const notes = notesIn(fileToVerify(path).toString());
    if (notes.length > 0) return notes;
    throw new CommandEnds(exitCodes.invalidInput, {
      ro: `În fișierul ${path} nu este niciun sigiliu semnat (C2SP tlog-checkpoint).`,
      en: `There is no signed checkpoint (C2SP tlog-checkpoint) in the file ${path}.`,
    });
  });

const looksLikeKey = /^\S+\+[0-9a-f]{8}\+/i;

/** The public key to insist on: its line, or a file that begins with it. @throws CommandEnds for what is none */
export const keyToInsistOn = (given: string): NoteVerifier => {
  // a line with a slip in it is no name of a file
  const key =
    noteVerifierOf(given) ?? (looksLikeKey.test(given) ? undefined : noteVerifierOf(fileToVerify(given).toString().split('\n')[0] ?? ''));
  if (key?.algorithm === 1) return key;
  throw new CommandEnds(exitCodes.invalidInput, {
    ro: 'Cheia (--key) nu este o linie <nume>+<8 cifre>+<base64> și nici un fișier care începe cu ea.',
    en: 'The key (--key) is neither a line <name>+<8 digits>+<base64> nor a file that begins with one.',
  });
};

/** @throws CommandEnds where checkpoints are given for a file, which has its own */
export const mustHaveNoCheckpoint = (given: readonly string[] | undefined): void => {
  if (given === undefined) return;
  throw new CommandEnds(exitCodes.wrongUse, {
    ro: 'Un fișier se verifică față de sigiliul din el; --checkpoint este pentru tot jurnalul.',
    en: 'A file is verified against the checkpoint in it; --checkpoint is for the whole log.',
  });
};
