import type { KeyEpoch } from './key-epoch';

/** A key as it is kept: sealed with the master key and bound to its name. `undefined` where it was destroyed: its name stays. */
export type WrappedKey = { readonly name: string; readonly wrapped: Buffer | undefined };

/** The keys of a key store as they stand, for carrying them to another one under the same master key. */
export type WrappedKeys = {
  /** At most `most`, in order of name, behind this one. */
  after(name: string, most: number): Promise<readonly WrappedKey[]>;
  /** Those of these names that there are. */
  named(names: readonly string[]): Promise<readonly WrappedKey[]>;
  /**
   * Adds the keys whose names are new, and destroys those that come destroyed; a name that is here already, living or destroyed, is
   * otherwise left as it is. Durable when it answers.
   */
  take(keys: readonly WrappedKey[]): Promise<void>;
  /** `undefined` where none was noted yet */
  epoch(): Promise<KeyEpoch | undefined>;
  /** Of the same master key; never back to an older one. */
  takeEpoch(epoch: KeyEpoch): Promise<void>;
};
