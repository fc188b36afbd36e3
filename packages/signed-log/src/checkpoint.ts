import { bytesOfAHash, type NodeHash } from './merkle-tree';
import { signedNoteOf, signNote, verifiedBy, type NoteSigner, type NoteVerifier } from './signed-note';

/** C2SP tlog-checkpoint: which tree, how many leaves it has, and its root. */
export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: NodeHash };
/** With the note that signs it, word for word. */
export type SignedCheckpoint = Checkpoint & { readonly note: string };

export const checkpointText = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${root.toString('base64')}\n`;

/** The first three lines; further ones are extensions, which are signed with them and mean nothing here. `undefined` for other texts. */
export const checkpointOf = (text: string): Checkpoint | undefined => {
  const [, origin = '', digits = '', encoded = ''] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/=]+)\n/u.exec(text) ?? [];
  const root = Buffer.from(encoded, 'base64');
  const size = Number(digits);
  if (root.length !== bytesOfAHash || root.toString('base64') !== encoded || !Number.isSafeInteger(size)) return undefined;
  return { origin, size, root };
};

export const signCheckpoint = (checkpoint: Checkpoint, signer: NoteSigner): SignedCheckpoint => ({
  ...checkpoint,
  note: signNote(checkpointText(checkpoint), signer),
});

/** @returns `undefined` for a note that is no checkpoint of this key's tree: the tree is called as its key is */
export const verifiedCheckpoint = (note: string, verifier: NoteVerifier): SignedCheckpoint | undefined => {
  const signed = signedNoteOf(note);
  const checkpoint = signed && checkpointOf(signed.text);
  if (signed === undefined || checkpoint?.origin !== verifier.name || verifiedBy(signed, verifier) === undefined) return undefined;
  return { ...checkpoint, note };
};

/** A file of notes one behind the other, cut apart. What is behind the last whole note (a write that a crash cut off) is left out. */
export const notesIn = (file: string): readonly string[] => file.match(/[^\n—][^\n]*\n(?:[^\n]+\n)*\n(?:— [^\n]+\n)+/gu) ?? [];

/** Who has put his name under a note, and when (ISO 8601), as the line itself says it: C2SP tlog-cosignature. */
export type Cosignature = { readonly name: string; readonly at: string };

const timeBytes = 8;
const cosignatureBytes = timeBytes + 64;
/** The last second that a date of ours can have, 9999-12-31T23:59:59Z. */
const lastSecond = 253_402_300_799n;

/** Of lines that bear a time, in their order. Nothing is verified: the keeper of cosigned notes has verified them before. */
export const cosignaturesIn = (note: string): readonly Cosignature[] =>
  (signedNoteOf(note)?.signatures ?? []).flatMap(({ name, signature }): readonly Cosignature[] => {
    if (signature.length !== cosignatureBytes) return [];
    const seconds = signature.readBigUInt64BE();
    return seconds > lastSecond ? [] : [{ name, at: new Date(Number(seconds) * 1000).toISOString() }];
  });
