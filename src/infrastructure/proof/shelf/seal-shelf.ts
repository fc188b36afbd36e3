import type { TileAt } from '../tree/tiles';

/** What is kept with the seals in small files of their own: the key in one line, what witnesses and time stamps said last. */
export type SealRecord = 'verifier' | 'resume' | 'witnessed' | 'time-stamped' | 'published';

/**
 * Where the tree and its signed checkpoints stand. Tiles can be made anew from the log at any time, and those that
 * still grow need not be durable; whole ones must be, and a checkpoint before `append` answers, for it is what the signer remembers.
 */
export type SealShelf = {
  /** As it was put last. */
  tile(at: TileAt): Promise<Buffer | undefined>;
  /** In the place of what is there: a narrower one, or one of a seal that was never signed. A wider one that begins with it may stay. */
  putTile(at: TileAt, hashes: Buffer): Promise<void>;
  /** For a tree that is made anew. */
  removeTiles(): Promise<void>;
  /** Signed notes, oldest first. */
  checkpoints(): AsyncIterable<string>;
  newest(): Promise<string | undefined>;
  /** Durably, behind all others. The same note again at the end changes nothing. */
  append(note: string, size: number): Promise<void>;
  get(record: SealRecord): Promise<string | undefined>;
  /** Whole or not at all; durably, but for `resume`, which can be counted again. */
  put(record: SealRecord, text: string): Promise<void>;
};
