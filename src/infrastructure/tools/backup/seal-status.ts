import Database from 'better-sqlite3';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { checkpointOf, type Checkpoint } from '../../signed-log/checkpoint';
import { signedNoteOf } from '../../signed-log/signed-note';
import { createFolderCheckpointStore } from '../../signed-log/folder-store';
import { createFrontier, leafHash } from '../../signed-log/merkle-tree';

const checkpointIn = (note: string): Checkpoint | undefined => {
  const signed = signedNoteOf(note);
  return signed && checkpointOf(signed.text);
};

/** Events under a checkpoint. */
export const sizeOfNote = (note: string): number | undefined => checkpointIn(note)?.size;

/** What a data folder's seals say, whoever signed them. */
export type CurrentSeal = { readonly verifier: string; readonly newest: Checkpoint | undefined };

/** @returns `undefined` where nothing was ever sealed */
export const currentSealIn = async (dataFolder: string): Promise<CurrentSeal | undefined> => {
  const checkpoints = createFolderCheckpointStore(pathIn(dataFolder, dataFiles.seal));
  const verifier = await checkpoints.get('verifier');
  if (verifier === undefined) return undefined;
  const note = await checkpoints.newest();
  return { verifier, newest: note === undefined ? undefined : checkpointIn(note) };
};

const isHash = /^[0-9a-f]{64}$/;

/** Whether the log in this file begins with what was sealed: at least so long, and with the same root. */
export const continues = (eventsFile: string, { size, root }: Checkpoint): boolean => {
  const database = new Database(eventsFile, { readonly: true });
  try {
    const hashes = database
      .prepare<[number], string>('SELECT lower(hex(hash)) FROM events ORDER BY position LIMIT ?')
      .pluck()
      .iterate(size);
    const tree = createFrontier(0, []);
    for (const hash of hashes) {
      if (!isHash.test(hash)) return false;
      tree.append(leafHash(hash));
    }
    return tree.size === size && tree.root().equals(root);
  } finally {
    database.close();
  }
};
