import { closeSync, openSync, readSync } from 'node:fs';
import { nameOfTicket, ticketWithReference } from '../../../application/audit/ticket-named';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { Refusal } from '../../../domain/kernel/refusal';
import { isCivilDate, momentBefore, parseInstant, startOfNextDay } from '../../../domain/time/civil-time';
import { sentenceOf } from '../../phrasing/problems/catalogue';
import { inBoth, inEveryLanguage } from '../../phrasing/sentences';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { fieldsOf, isJsonObject, parsedJson } from '@tichet-albastru/kernel/json.codec';
import { exportFormats } from '../../proof/export/export-lines';
import { notesIn, type NoteVerifier, noteVerifierOf } from '@tichet-albastru/signed-log';
import { whileReading } from './installation';
import type { Invocation } from './invocation';
import { CommandEnds, type ExitCode, exitCodes } from './terminal';

/** An instant, or a date of Cluj: then its last moment. @throws CommandEnds */
export const momentOf = (text: string): Instant => {
  const moment = isCivilDate(text) ? momentBefore(startOfNextDay(text)) : parseInstant(text);
  if (moment !== undefined) return moment;
  throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.moments.neitherDateYyyyMm({ text }));
};

/** @throws CommandEnds */
export const dateOf = (text: string): CivilDate => {
  if (isCivilDate(text)) return text;
  throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.moments.notDateYyyyMm({ text }));
};

/** Of `--from` and `--to`. @throws CommandEnds */
export const daysOf = ({ from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }) =>
  defined({ from: from === undefined ? undefined : dateOf(from), to: to === undefined ? undefined : dateOf(to) });

/**
 * The id of the ticket that a person names by id or by reference (`TA-…`).
 * @throws CommandEnds when it is neither, or when nothing has that reference
 */
export const findTicket = async (cli: Invocation, named: string): Promise<string> => {
  const name = nameOfTicket(named);
  if (name === undefined) throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.findTicket.neitherTicketsIdUuid({ named }));
  if ('ticketId' in name) return name.ticketId;
  const found = await whileReading(cli.settings, (ports) => ticketWithReference(ports, name.reference));
  if (found !== undefined) return found;
  throw new CommandEnds(exitCodes.notFound, inBoth.cli.findTicket.noTicket(name));
};

const exitCodeOf = ({ code }: Refusal): ExitCode => {
  switch (code) {
    case 'not-found':
    case 'request-not-found':
      return exitCodes.notFound;
    case 'invalid':
      return exitCodes.invalidInput;
    default:
      return exitCodes.failed;
  }
};

/** A refusal of the procedure, as the end of a command: the same sentence that the API gives. */
export const endsWith = (refusal: Refusal): CommandEnds => {
  const { article, code, details } = refusal;
  const sentence = sentenceOf(code, details);
  const field = details?.['field'];
  const about = typeof field === 'string' ? ` (${field})` : article === undefined ? '' : ` (art. ${article})`;
  return new CommandEnds(
    exitCodeOf(refusal),
    inEveryLanguage((locale) => `${sentence[locale]}${about}`),
  );
};

/** Many thousands of checkpoints, and no whole disk. */
const largestFile = 64 * 1024 * 1024;

/** No more than one byte too many: what has no end is not waited for. */
const beginningOf = (path: string): Buffer => {
  const file = openSync(path, 'r');
  try {
    const pieces: Buffer[] = [];
    for (let read = 0; read <= largestFile;) {
      const piece = Buffer.allocUnsafe(1024 * 1024);
      const bytes = readSync(file, piece);
      if (bytes === 0) break;
      pieces.push(piece.subarray(0, bytes));
      read += bytes;
    }
    return Buffer.concat(pieces);
  } finally {
    closeSync(file);
  }
};

/** @throws CommandEnds for a file that cannot be read */
export const fileToVerify = (path: string): Buffer => {
  try {
    const bytes = beginningOf(path);
    if (bytes.length <= largestFile) return bytes;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CommandEnds(exitCodes.notFound, inBoth.cli.filesToVerify.fileCannotRead({ path }));
  }
  throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.filesToVerify.fileTooLarge({ path }));
};

const bytesLookedAt = 200;

/** By the first words of the file; the next reader reports one that cannot be read. */
export const isExport = (path: string): boolean => {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return false;
  }
  try {
    const beginning = Buffer.alloc(bytesLookedAt);
    const text = beginning.toString('utf8', 0, readSync(file, beginning));
    return exportFormats.some((format) => text.includes(JSON.stringify(format)));
  } catch {
    return false;
  } finally {
    closeSync(file);
  }
};

/** Notes one behind the other; or the JSON answer of `GET /audit/checkpoint`, which has one, and the cosigned one. */
const notesGiven = (text: string): readonly string[] => {
  const answer = parsedJson(text.replace(/^\uFEFF/, ''));
  if (!isJsonObject(answer)) return notesIn(text);
  return [answer, answer['witnessed']].flatMap((held) => fieldsOf(held, { note: 'text' })?.note ?? []);
};

/** Checkpoints that were kept elsewhere: each file has one or more. @throws CommandEnds for a file that has none */
export const checkpointsIn = (paths: readonly string[]): readonly string[] =>
  paths.flatMap((path) => {
    const notes = notesGiven(fileToVerify(path).toString());
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
