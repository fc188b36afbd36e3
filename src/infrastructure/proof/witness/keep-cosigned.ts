import { verifiedCheckpoint } from '../note/checkpoint';
import { type NoteVerifier, signedNoteOf, verifiedLine } from '../note/signed-note';
import type { SealShelf } from '../shelf/seal-shelf';

/** Keeps the newest checkpoint that somebody has cosigned, with the lines of all who have. One at a time. */
export type KeepCosigned = (cosigned: { readonly note: string; readonly line: string; readonly by: NoteVerifier }) => Promise<void>;

const withLine = (note: string, line: string, by: NoteVerifier): string => {
  const before = verifiedLine(note, by);
  return before === undefined ? `${note}${line}` : note.replace(before, line);
};

/** @param log the key of our own log */
export const createKeepCosigned = (shelf: Pick<SealShelf, 'get' | 'put'>, log: NoteVerifier): KeepCosigned => {
  let turn: Promise<unknown> = Promise.resolve();
  const keep: KeepCosigned = async ({ note, line, by }) => {
    const ours = verifiedCheckpoint(note, log);
    if (ours === undefined) throw new TypeError('What was cosigned is no checkpoint of this log.');
    const kept = await shelf.get('witnessed');
    const standing = kept === undefined ? undefined : verifiedCheckpoint(kept, log);
    if (standing !== undefined && standing.size > ours.size) return;
    const isSame = standing !== undefined && signedNoteOf(standing.note)?.text === signedNoteOf(note)?.text;
    await shelf.put('witnessed', withLine(isSame ? standing.note : note, line, by));
  };
  return (cosigned) => {
    const mine = turn.then(() => keep(cosigned));
    turn = mine.catch(() => undefined);
    return mine;
  };
};
