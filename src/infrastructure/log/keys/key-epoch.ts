import { inBoth, inOneLine, type Sentence } from '../../phrasing/sentences';
import { KeyUnusable } from './key-store';
import { wrappingKeyOf } from './purpose-keys';
import { openIfFitting, encryptBytes } from './encrypting';

/**
 * Which master key wrapped the keys of a store: its number, from 1 on and raised by every rotation, and a text sealed with it, which tells
 * whether a master key is the one.
 */
export type KeyEpoch = { readonly number: number; readonly sealed: Buffer };

const checkText = 'key-check';

export const keyEpoch = (masterKey: Buffer, number: number): KeyEpoch => ({
  number,
  sealed: encryptBytes(wrappingKeyOf(masterKey), Buffer.from(checkText), checkText),
});

export const isMasterKeyOf = ({ sealed }: KeyEpoch, masterKey: Buffer): boolean =>
  openIfFitting(wrappingKeyOf(masterKey), sealed, checkText) !== undefined;

/** Says where the keys are, as the administrator knows it, and which epoch is needed. */
export class WrongMasterKey extends KeyUnusable {
  readonly words: Sentence;
  constructor(epoch: number, where: Sentence | string) {
    const words = inBoth.unusable.masterKey.other({ where, epoch });
    super(inOneLine(words));
    this.words = words;
  }
}
