import { fieldsOf, parsedJson } from '@tichet-albastru/kernel/json.codec';
import { tilePath, type TileAt, type TileReader } from './tiles';
import { verifiedCheckpoint, type SignedCheckpoint } from './checkpoint';
import type { NoteVerifier } from './signed-note';

/** What is kept beside the checkpoints in small texts of their own: the key in one line, what witnesses and time stamps said last. */
export type CheckpointRecord = 'verifier' | 'resume' | 'witnessed' | 'time-stamped' | 'published';

/**
 * Where the tree and its signed checkpoints stand. Tiles can be made anew from the log at any time, and those that
 * still grow need not be durable; whole ones must be, and a checkpoint before `append` answers, for it is what the signer remembers.
 */
export type CheckpointStore = TileReader & {
  /** In the place of what is there: a narrower one, or one of a tree that was never signed. A wider one that begins with it may stay. */
  putTile(at: TileAt, hashes: Buffer): Promise<void>;
  /** For a tree that is made anew. */
  removeTiles(): Promise<void>;
  /** Signed notes, oldest first. */
  notes(): AsyncIterable<string>;
  newest(): Promise<string | undefined>;
  /** Durably, behind all others. The same note again at the end changes nothing. */
  append(note: string, size: number): Promise<void>;
  get(record: CheckpointRecord): Promise<string | undefined>;
  /** Whole or not at all; durably, but for `resume`, which can be counted again. */
  put(record: CheckpointRecord, text: string): Promise<void>;
};

/** For tests, and for a log in memory. */
export const createMemoryCheckpointStore = (): CheckpointStore => {
  const tiles = new Map<string, Buffer>();
  const notes: string[] = [];
  const records = new Map<CheckpointRecord, string>();
  return {
    tile: (at) => Promise.resolve(tiles.get(tilePath(at))),
    putTile: async (at: TileAt, hashes) => {
      await Promise.resolve();
      tiles.set(tilePath(at), Buffer.from(hashes));
    },
    removeTiles: async () => {
      await Promise.resolve();
      tiles.clear();
    },
    notes: async function* () {
      await Promise.resolve();
      yield* [...notes];
    },
    newest: () => Promise.resolve(notes.at(-1)),
    append: async (note) => {
      await Promise.resolve();
      if (notes.at(-1) !== note) notes.push(note);
    },
    get: (record) => Promise.resolve(records.get(record)),
    put: async (record, text) => {
      await Promise.resolve();
      records.set(record, text);
    },
  };
};

/**
 * The checkpoint to hand to a party outside that has the one of `size` leaves. A cosigned checkpoint proves more and is preferred; the
 * newest one is taken where there is no witness, or the witness is away. `undefined` when neither has grown.
 */
export const newestOutside = async (
  checkpoints: Pick<CheckpointStore, 'get' | 'newest'>,
  log: NoteVerifier,
  size: number,
): Promise<SignedCheckpoint | undefined> => {
  for (const note of [await checkpoints.get('witnessed'), await checkpoints.newest()]) {
    const checkpoint = note === undefined ? undefined : verifiedCheckpoint(note, log);
    if (checkpoint !== undefined && checkpoint.size > size) return checkpoint;
  }
  return undefined;
};

/**
 * How far the log is signed: `size` leaves, the last of them from `position` of the log, for logs whose positions do not count; `at`: when
 * that was signed. Of what was signed last, but for a crash between the two.
 */
export type PlaceNoted = { readonly size: number; readonly position: string; readonly at?: string };

/** @returns `undefined` for what was never noted, or cannot be read */
export const placeNoted = (text: string | undefined): PlaceNoted | undefined =>
  fieldsOf(parsedJson(text), { size: 'number', position: 'text' }, { at: 'text' });
