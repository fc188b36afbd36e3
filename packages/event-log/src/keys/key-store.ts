import type { Position } from '../ports/event-store';

/**
 * The keys that seal personal text, by name `<kind>:<stream>`: 32 bytes each. Destroying a key erases the person.
 * A destroyed key leaves its name behind, so that it can never come back.
 */
export type KeyStore = {
  /** The keys of these names, made where there is none, and durable before it answers. `undefined` stands for a destroyed key. */
  obtain(names: readonly string[]): Promise<readonly (Buffer | undefined)[]>;
  /** `undefined` when the key is destroyed, or was never made. */
  find(name: string): Promise<Buffer | undefined>;
  /** For ever, and durably before it answers. A name that was never used can never be used afterwards. */
  destroy(names: readonly string[]): Promise<void>;
  /** Names of destroyed keys. */
  destroyed(): Promise<readonly string[]>;
  /**
   * Up to where a log was read for people whose keys had to be destroyed again; empty before the first time. Kept with the keys, so that
   * a restore of older keys also restores the older place.
   */
  erasedUntil(): Promise<Position>;
  noteErasedUntil(position: Position): Promise<void>;
};

/** The key exists no more, or an installation's key file is not the one that wrapped the keys. */
export class KeyUnusable extends Error {
  override readonly name = 'KeyUnusable';
}
