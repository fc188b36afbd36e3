import type { KeyEpoch } from '../key-epoch';
import { derivedFrom, purposeKeyName, purposes, wrappingKeyOf } from '../purpose-keys';
import { openBytes, encryptBytes } from '../encrypting';

/** From one master key to the next. */
export type MasterKeyChange = { readonly from: Buffer; readonly to: Buffer; /** the epoch that begins */ readonly epoch: number };

/** A key store whose keys can be wrapped anew. */
export type RewrappedStore = {
  /** `undefined` where none was noted yet */
  epoch(): Promise<KeyEpoch | undefined>;
  /**
   * Wraps every living key with the new master key, puts what was derived from the old one among them, and notes the new epoch: all of it
   * in one transaction, durable when it answers.
   * @param onKeys hears how many of how many keys are wrapped
   * @returns living keys
   * @throws KeyUnusable when the old master key is not the one; nothing has changed then
   */
  rewrap(change: MasterKeyChange, onKeys: (done: number, total: number) => void): Promise<number>;
  /** Takes what is left of the old wrapped keys out of the files; again at every start of the service. */
  sweep(): Promise<void>;
};

export type Rewrapping = (name: string, wrapped: Buffer) => Buffer;

export const rewrapping = ({ from, to }: MasterKeyChange): Rewrapping => {
  const [old, next] = [wrappingKeyOf(from), wrappingKeyOf(to)];
  return (name, wrapped) => encryptBytes(next, openBytes(old, wrapped, name), name);
};

/**
 * What was derived from the old master key so far, as keys of their own: they stay what they are, and do not lead back to it. A store that
 * has one already keeps that.
 */
export const purposeKeysToKeep = ({ from, to }: MasterKeyChange): readonly { readonly name: string; readonly wrapped: Buffer }[] => {
  const [derived, next] = [derivedFrom(from), wrappingKeyOf(to)];
  return purposes.map((purpose) => {
    const name = purposeKeyName(purpose);
    return { name, wrapped: encryptBytes(next, derived(purpose), name) };
  });
};
